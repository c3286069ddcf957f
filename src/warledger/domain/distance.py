"""Distance between two places on the earth, in kilometres."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from warledger.domain.place import GazetteerEntry

EARTH_DIAMETER_KM = 12_742.0


def km_between(a: GazetteerEntry, b: GazetteerEntry) -> float:
    """Great-circle distance by the haversine formula on a sphere, in kilometres."""
    south, west, north, east = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    h = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(h))
