"""How Arabic writes the names of a brief: the table of names and the gazetteer in, an Arabic name or None out."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from warledger.domain.arabic import ArabicNames
from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry
from warledger.ports import Gazetteer


@frozen(kw_only=True, eq=False)
class CalledInArabic:
    """Names as `/api/v1/names` has them.

    Args:
        names: of actors, roads and agreements.
        canonical: names and aliases of the actor table, folded, to canonical names.
        gazetteer: of places.
    """

    names: ArabicNames
    canonical: Mapping[str, str] = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)
    _places: dict[str, Mapping[str, str]] = field(factory=dict, init=False, repr=False)

    def actor(self, name: str) -> str | None:
        """An actor, by any of its names."""
        return self.names.of(name) or self.names.of(self.canonical.get(fold_name(name), name))

    def entry(self, entry: GazetteerEntry) -> str | None:
        """A place of the gazetteer; the places of a country are looked up once."""
        whole = entry if entry.country else self.gazetteer.get(entry.key) or entry
        if whole.country not in self._places:
            self._places[whole.country] = self.gazetteer.in_arabic(whole.country)
        return self._places[whole.country].get(entry.key)

    def division(self, entry: GazetteerEntry) -> str | None:
        """The first-order division that a place lies in."""
        found = (e for e in self.gazetteer.parents(entry) if e.feature_code == "ADM1")
        return next(filter(None, map(self.entry, found)), None)

    def within(self, name: str, country: str | None) -> str | None:
        """A place of a country, or the country itself, by the name that the record has; the widest of that name."""
        found = (e for e in self.gazetteer.find(name) if country in (None, e.country))
        widest = sorted(found, key=lambda e: not e.feature_code.startswith(("PCL", "ADM")))
        return next(filter(None, map(self.entry, widest)), None)

    def title(self, name: str) -> str | None:
        """A road or an agreement."""
        return self.names.titles.get(name)
