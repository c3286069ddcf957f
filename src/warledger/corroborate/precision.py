"""Precision codes of ACLED and UCDP for a place and an interval.

In: place or interval. Out: the code. Sources: ACLED codebook (2023), "Geo-precision" and "Time precision";
UCDP Georeferenced Event Dataset codebook 23.1, `where_prec` and `date_prec`.
"""

from __future__ import annotations

from warledger.domain.place import Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision

_AT_SEA = frozenset({"OCN", "SEA", "GULF", "STRT", "BAY", "CHN"})
_SECOND_ORDER = frozenset({"ADM2", "ADM3", "ADM4"})


def geo_precision(place: Place | None) -> int:
    """ACLED: 1 a particular town or site; 2 near it or a small part of a region; 3 a region or larger, or unknown."""
    if place is None:
        return 3
    return {PlacePrecision.EXACT: 1, PlacePrecision.NEAR: 2}.get(place.precision, 3)


def time_precision(when: Interval) -> int:
    """ACLED: 1 the day is known; 2 the week; 3 the month or less."""
    days = _days(when)
    return 3 if days is None else 1 if days == 1 else 2 if days <= 7 else 3


def where_prec(place: Place | None) -> int:
    """UCDP: 1 exact; 2 within 25 km of it; 3 second-order division; 4 first-order; 5 fuzzy; 6 country; 7 at sea."""
    if place is None:
        return 6
    feature = place.entry.feature_code if place.entry is not None else ""
    if feature in _AT_SEA:
        return 7
    match place.precision:
        case PlacePrecision.EXACT:
            return 1
        case PlacePrecision.NEAR:
            return 2
        case PlacePrecision.COUNTRY:
            return 6
    return 3 if feature in _SECOND_ORDER else 4 if feature == "ADM1" else 5


def date_prec(when: Interval) -> int:
    """UCDP: 1 the day; 2 two to six days; 3 the week; 4 the month; 5 more than a month, or an end unknown."""
    days = _days(when)
    if days is None:
        return 5
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _days(when: Interval) -> int | None:
    """Length in days, or None where an end is unknown; a coarse precision is never finer than its own unit."""
    if when.start is None or when.end is None:
        return None
    least = {TimePrecision.WEEK: 2, TimePrecision.MONTH: 8, TimePrecision.YEAR: 32}.get(when.precision, 1)
    return max((when.end - when.start).days + 1, least)
