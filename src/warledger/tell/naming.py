"""Put actors and places in words: canonical names become prose, private persons' names are withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from warledger.domain.phrases import Form, Phrases
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.rows import place_name
from warledger.tell.templates import Noun, fill, listed, printable

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
        name = printable(name)
        for match, say in self.phrases.names.patterns:
            if (m := re.match(match, name)) is not None:
                first = m.group(1) if m.groups() else name
                said = say.replace("{owner}", self._possessive(first)).replace("{name}", first)
                return said if say != "{name}" else self._with_article(said)
        if self.phrases.called is not None:
            return self.phrases.called.actor(name) or self.foreign(name)
        return self._with_article(name)

    def foreign(self, name: str) -> str:
        """A name as the record has it, which the language's own tables do not: set apart in letters of another."""
        said = printable(name)
        return said if self._is_own(said) else fill(self.phrases.foreign, name=said)

    def outlet(self, name: str) -> str:
        """An outlet, as it calls itself."""
        called = self.phrases.called.actor(name) if self.phrases.called is not None else None
        return called or self.foreign(name)

    def actors(self, names: Sequence[str]) -> Noun:
        """Several canonical names as a list; private persons' are withheld."""
        return self.side([self.actor(n) for n in names])

    def parties(self, names: Sequence[str]) -> Noun:
        """Who fights, holds or rules, as a list: a side to a war is named, though no table knows it."""
        return self.side([self._in_prose(n) for n in names])

    def side(self, said: Sequence[str]) -> Noun:
        """Names as they are told, as a list with what agrees with it."""
        names, rules = tuple(dict.fromkeys(said)), self.phrases.names
        oblique = [_WORD.sub(lambda m: rules.oblique.get(m.group(), m.group()), n) for n in names]
        joints = self.phrases.joints
        return Noun(listed(names, joints), _form_of(names, rules.forms, rules.several), listed(oblique, joints))

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
        """A place's bare name as the language writes it, with the article that its kind of name takes."""
        exact, written = place.precision is PlacePrecision.EXACT, printable(place.name)
        known = place.entry if exact or not self._is_own(written) else None
        name = (place_name(place) or written) if known is not None else written
        if exact:
            name = re.sub(r"^([^,]+), ([^,]+)$", r"\1 (\2)", name)
        if known is not None:
            name = self._entry(known, name)
            if place.precision is PlacePrecision.REGION and known.feature_code.startswith("PPL"):
                name = fill(self.phrases.places.around, name=name)
        elif not self._is_own(name):
            name = self.foreign(name)
        takes = any(re.search(p, name) for p in self.phrases.places.take_article)
        return f"the {name}" if takes and not name.startswith(("the ", "The ")) else self._country(name)

    def settlement(self, entry: GazetteerEntry) -> str:
        """A place of the gazetteer."""
        return self._entry(entry, entry.name)

    def _entry(self, entry: GazetteerEntry, name: str) -> str:
        called = self.phrases.called
        return name if called is None else called.entry(entry) or self.foreign(name)

    def _is_own(self, name: str) -> bool:
        """Whether a name is written in the letters of the language."""
        first, last = self.phrases.letters
        return all(not c.isalpha() or first <= c <= last for c in name)

    def within(self, name: str, country: str | None) -> str:
        """A place of a country, or the country, of which only the name is at hand."""
        called = self.phrases.called
        return name if called is None else called.within(name, country) or self.foreign(name)

    def title(self, name: str) -> str:
        """A road or an agreement."""
        called = self.phrases.called
        return name if called is None else called.title(name) or self.foreign(name)

    def ground(self, said: Sequence[str]) -> Noun:
        """Names of places as they are told, as a list with what agrees with it."""
        names, rules = tuple(dict.fromkeys(said)), self.phrases.places
        return Noun(listed(names, self.phrases.joints), _form_of(names, rules.forms, rules.several))

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
        if precision is PlacePrecision.NEAR and head in self.phrases.places.own_preposition:
            precision = PlacePrecision.REGION
        return self.phrases.places.by_precision[str(precision)].replace("{name}", name)

    def at_all(self, places: Sequence[Place]) -> str:
        """Several places with their prepositions: "in A and B", "near C"."""
        said = tuple(dict.fromkeys(s for s in map(self.at, places) if s))
        heads = {s.split()[0] for s in said}
        if len(heads) == 1 and heads <= self._prepositions():
            names = tuple(s.split(" ", 1)[1] for s in said)
            return f"{min(heads)} {listed(names, self.phrases.joints)}"
        return listed(said, self.phrases.joints)

    def _prepositions(self) -> set[str]:
        said = self.phrases.places
        return {p.split()[0] for p in (*said.by_precision.values(), said.site)}

    def away(self, places: Sequence[Place]) -> str:
        """Several places as what one leaves: "from A and B", or nothing."""
        at, said = self.at_all(places), self.phrases.places
        return fill(said.away, at=at.removeprefix(said.here)) if at else ""

    def coarse(self, place: Place | None) -> Place | None:
        """A place as movements of forces may be told: its division or its country, never nearer; else nothing."""
        if place is None or place.precision is PlacePrecision.COUNTRY:
            return place
        if place.entry is None or not place.entry.admin1:
            return None
        called = self.phrases.called
        name = called.division(place.entry) if called is not None else None
        return Place(
            name=name or fill(self.phrases.places.division, name=place.entry.admin1),
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


def _form_of(names: Sequence[str], forms: Sequence[Form], several: int | None) -> int:
    """The form of what agrees with a list of names."""
    if len(names) != 1 and several is not None:
        return several
    ruling = [f.form for n in names[:1] for f in forms if f.match.search(n) is not None]
    return ruling[0] if ruling else 0
