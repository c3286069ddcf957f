"""Put actors and places in words: canonical names become prose, private persons' names are withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from warledger.domain.phrases import Phrases
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.rows import place_name
from warledger.tell.templates import fill, listed

_WORD = re.compile(r"[\w'’.-]+")


@frozen(kw_only=True)
class Naming:
    """The naming of one brief.

    Args:
        phrases: the table.
        known: canonical names that the actor table holds: organisations and public figures.
    """

    phrases: Phrases
    known: frozenset[str] = field(default=frozenset(), repr=False)

    def actor(self, name: str) -> str:
        """A name in prose ("Military Forces of Syria": "Syria's military"); a private person's is withheld."""
        return self.phrases.names.person if self.is_private(name) else self._in_prose(name)

    def _in_prose(self, name: str) -> str:
        for match, say in self.phrases.names.patterns:
            if (m := re.match(match, name)) is not None:
                first = m.group(1) if m.groups() else name
                said = say.replace("{owner}", self._possessive(first)).replace("{name}", first)
                return said if say != "{name}" else self._with_article(said)
        return self._with_article(name)

    def actors(self, names: Sequence[str]) -> str:
        """Several canonical names as a list; private persons' are withheld."""
        return listed(tuple(dict.fromkeys(self.actor(n) for n in names)))

    def parties(self, names: Sequence[str]) -> str:
        """Who fights, holds or rules, as a list: a side to a war is named, though no table knows it."""
        return listed(tuple(dict.fromkeys(self._in_prose(n) for n in names)))

    def is_plural(self, names: Sequence[str]) -> bool:
        """Whether a verb behind these names is plural."""
        if len(names) != 1:
            return len(names) > 1
        said = self._in_prose(names[0])
        bare = said.removeprefix("the ").removeprefix("The ")
        return bare not in self.phrases.names.singular and bare.endswith(self.phrases.names.plural_endings)

    def is_private(self, name: str) -> bool:
        """Whether a name is not in the actor table and looks like a person's: capitals, no organisation's word."""
        words = _WORD.findall(name)
        if name in self.known or not 2 <= len(words) <= 5 or any(c in name for c in "(),&") or " of " in name:
            return False
        org = self.phrases.names.article_words | self.phrases.names.organisation_words
        if any(w.rstrip("s") in org or w in org for w in words):
            return False
        return sum(w[:1].isupper() for w in words) >= 2 and all(
            w[:1].isupper() or w in _PARTICLES or w.startswith(("al-", "el-")) for w in words
        )

    def withhold(self, text: str, names: Iterable[str]) -> str:
        """Take private persons' names out of a quotation, whole and by their last word."""
        for name in names:
            if self.is_private(name):
                text = text.replace(name, self.phrases.names.withheld)
                last = name.split()[-1]
                text = re.sub(rf"\b{re.escape(last)}\b", self.phrases.names.withheld, text) if len(last) > 3 else text
        return text

    def place(self, place: Place) -> str:
        """A place's bare name in Latin script where the gazetteer has one, with the article its kind of name takes."""
        name = place.name
        if place.entry is not None and (place.precision is PlacePrecision.EXACT or not _is_latin(name)):
            name = place_name(place) or name
        if place.precision is PlacePrecision.EXACT:
            name = re.sub(r"^([^,]+), ([^,]+)$", r"\1 (\2)", name)
        takes = any(re.search(p, name) for p in self.phrases.places.take_article)
        return f"the {name}" if takes and not name.startswith(("the ", "The ")) else self._country(name)

    def is_many(self, places: Sequence[Place]) -> bool:
        """Whether a verb behind these places is plural."""
        names = {self.place(p) for p in places}
        return len(names) > 1 or any(re.search(w, n) for n in names for w in self.phrases.places.plural)

    def at(self, place: Place | None) -> str:
        """A place with its preposition ("in Aleppo", "near Atarib"), or nothing."""
        if place is None:
            return ""
        name, precision = self.place(place), place.precision
        head = name.split()[0].casefold() if name else ""
        if head in self.phrases.places.no_preposition:
            return name
        if precision is PlacePrecision.EXACT and any(re.search(s, name, re.I) for s in self.phrases.places.sites):
            return self.phrases.places.site.replace("{name}", name)
        if precision is PlacePrecision.NEAR and (head in self.phrases.places.own_preposition or head == "the"):
            precision = PlacePrecision.REGION
        return self.phrases.places.by_precision[str(precision)].replace("{name}", name)

    def at_all(self, places: Sequence[Place]) -> str:
        """Several places with their prepositions: "in A and B", "near C"."""
        said = [self.at(p) for p in places]
        heads = {s.split()[0] for s in said if s}
        if len(heads) == 1 and heads <= {"in", "near", "at"}:
            return f"{min(heads)} {listed(tuple(dict.fromkeys(s.split(' ', 1)[1] for s in said)))}"
        return listed(tuple(dict.fromkeys(s for s in said if s)))

    def coarse(self, place: Place | None) -> Place | None:
        """A place as movements of forces may be told: its division or its country, never nearer; else nothing."""
        if place is None or place.precision is PlacePrecision.COUNTRY:
            return place
        if place.entry is None or not place.entry.admin1:
            return None
        return Place(
            name=fill(self.phrases.places.division, name=place.entry.admin1),
            entry=None,
            precision=PlacePrecision.REGION,
        )

    def _with_article(self, name: str) -> str:
        words = name.split()
        if not words or words[0] in ("the", "The") or words[0] in self.phrases.names.without_article:
            return name
        if name not in self.known and any(w in self.phrases.names.outlet_words for w in words):
            return name
        if any(w in self.phrases.names.article_words for w in words):
            return f"the {name}"
        return name

    def _country(self, name: str) -> str:
        return f"the {name}" if name in self.phrases.names.countries_with_article else name

    def _possessive(self, name: str) -> str:
        name = self._country(name)
        return f"{name}'" if name.endswith("s") else f"{name}'s"


_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "ben", "abu", "van", "von", "de", "da", "di", "der", "du", "la", "le"}
)


def _is_latin(name: str) -> bool:
    return all(not c.isalpha() or c < "ɐ" for c in name)
