"""Places: gazetteer entries, and the place that a claim is coded to."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import field, frozen

from warledger.domain.span import Span
from warledger.domain.when import Basis

_KIND_OF_DIVISION = re.compile(r" (?:governorate|province|region|state|oblast|prefecture|division)$", re.I)


class PlacePrecision(StrEnum):
    """How closely a report places a claim (codebook, section 1)."""

    EXACT = "exact"
    NEAR = "near"
    REGION = "region"
    COUNTRY = "country"


@frozen(kw_only=True)
class GazetteerEntry:
    """One place of the gazetteer.

    Args:
        key: stable identifier: `gn:170063` for GeoNames, `wl:...` for the curated supplement.
        geonames_id: GeoNames id, or None where GeoNames is not the source.
        name: the name in Latin script that tables show.
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
        feature_code: GeoNames feature code: PPL..., ADM1, PCLI, AIRP, MILB, ...
        country: ISO 3166-1 alpha-2 code.
        admin1: name of the first-order division, or None.
        population: inhabitants, 0 where unknown.
        parent: key of the entry that contains this one (a district its city, a city its division), or None.
    """

    key: str
    geonames_id: int | None
    name: str
    latitude: float
    longitude: float
    feature_code: str
    country: str
    admin1: str | None = None
    population: int = 0
    parent: str | None = None

    @property
    def division(self) -> str | None:
        """The first-order division that it is or lies in, without the word for its kind, or None where not known.

        GeoNames writes "Idlib" where other tables write "Idlib Governorate".
        """
        name = self.name if self.feature_code == "ADM1" else self.admin1
        return None if name is None else _KIND_OF_DIVISION.sub("", name) or name


@frozen(kw_only=True)
class Place:
    """The place of a claim, as the codebook writes it.

    Coordinates are None where no gazetteer entry could be told with certainty: a place that is only named.
    """

    name: str
    entry: GazetteerEntry | None
    precision: PlacePrecision
    basis: Basis = Basis.STATED
    spans: tuple[Span, ...] = field(default=(), eq=False)

    @property
    def key(self) -> str:
        """What tells this place from others: the entry's key, else the name folded to lower case."""
        return self.entry.key if self.entry is not None else f"name:{self.name.casefold()}"

    @property
    def latitude(self) -> float | None:
        """Degrees north, or None where the place is only named."""
        return self.entry.latitude if self.entry is not None else None

    @property
    def longitude(self) -> float | None:
        """Degrees east, or None where the place is only named."""
        return self.entry.longitude if self.entry is not None else None
