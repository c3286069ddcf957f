"""Find associative toponyms: words that point to a place that no claim is placed at, a people's and a body's name.

In go the names of a report and what it says of where they lie; out come mentions: "Syrian" means Syria, and "Texas
Forestry Service" has Texas in it. Literal toponyms are found elsewhere and not read a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from warledger.domain.folding import fold_name
from warledger.domain.mention import ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer
from warledger.read.placescan import Named, Scan
from warledger.read.placing import Choice, Context, rank_in

_NAME_BEFORE = re.compile(r"([A-Z][a-z]+) \Z")
_WORDS = re.compile(r"([A-Z][a-zé]+)(?=( [A-Z][a-zé]+)?)(?!-)")
_SHORT = re.compile(r"(?<![\w.-])([A-Z][a-z]?(?:\.[A-Z][a-z]?)+)(?=\.)|(?<=, )([A-Z][a-z]+)(?=\.)")
_HYPHENED = re.compile(r"(?<![\w-])([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})[-–]([A-Z]?[\w.]*\w)")


def associated_places(
    text: str, scan: Scan, choices: Sequence[Choice], context: Context, *, gazetteer: Gazetteer, cues: PlaceCues
) -> list[ToponymMention]:
    """Find what points to a place without naming it as one.

    Args:
        text: the report's text.
        scan: the names and peoples found in it.
        choices: the names kept as places.
        context: what the report says of where its names lie.
        gazetteer: names to places.
        cues: words around place names in the report's language.

    Returns:
        Mentions in no order; they may overlap one another.
    """
    finder = _Finder(text, choices, context, gazetteer, cues)
    return [
        *finder.peoples(scan),
        *finder.folks(),
        *finder.embedded(scan.embedded),
        *finder.short_forms(),
        *finder.hyphened(),
    ]


def merge_mentions(mentions: Sequence[ToponymMention], further: Iterable[ToponymMention]) -> tuple[ToponymMention, ...]:
    """Join further mentions to those given, in order of their start; what overlaps an earlier one is left out."""
    kept, taken = list(mentions), [(m.span.start, m.span.end) for m in mentions]
    for mention in further:
        start, end = mention.span.start, mention.span.end
        if all(end <= a or b <= start for a, b in taken):
            kept.append(mention)
            taken.append((start, end))
    return tuple(sorted(kept, key=lambda m: m.span.start))


class _Finder:
    def __init__(
        self, text: str, choices: Sequence[Choice], context: Context, gazetteer: Gazetteer, cues: PlaceCues
    ) -> None:
        self.text, self.context, self.gazetteer, self.cues = text, context, gazetteer, cues
        self.known = {fold_name(c.named.core) for c in choices if c.best is not None and not c.stray}

    def peoples(self, scan: Scan) -> Iterator[ToponymMention]:
        """A people's country; a surname ("Jane French") and the second of two peoples ("American Indian") are none."""
        end = -2
        for word, code, _ in scan.people_words:
            entry = self.gazetteer.country(code)
            behind_name = _NAME_BEFORE.search(self.text, max(0, word.start - 24), word.start)
            surname = behind_name is not None and behind_name[1].casefold() in self.cues.given
            if entry is None or not word.capital or surname or word.lower in self.cues.movements:
                continue
            if word.start != end + 1:
                yield self._mention(word.start, word.end, entry, "people")
            end = word.end

    def folks(self) -> Iterator[ToponymMention]:
        """The people of a division or region ("Texans", "African")."""
        for found in _WORDS.finditer(self.text):
            for name in (found[1] + (found[2] or ""), found[1]):
                place = self.cues.folks.get(name.casefold())
                entry = next(iter(self._areas(place)), None) if place is not None else None
                if entry is not None:
                    yield self._mention(found.start(), found.start() + len(name), entry, "people")
                    break

    def embedded(self, names: Iterable[Named]) -> Iterator[ToponymMention]:
        """Names that lead another's: a body's, or a land's own, or one that the report has as a place elsewhere."""
        for named in names:
            yield from self._if_known(named, named.body)

    def short_forms(self) -> Iterator[ToponymMention]:
        """Short forms of divisions: dotted ones anywhere ("S.C."), others behind a comma (", Okla.")."""
        for found in _SHORT.finditer(self.text):
            name = self.cues.abbreviations.get((found[1] or found[2]).casefold())
            entry = next((e for e in self._areas(name) if e.feature_code == "ADM1"), None) if name else None
            if entry is not None:
                yield self._mention(*found.span(1 if found[1] else 2), entry, "short form")

    def hyphened(self) -> Iterator[ToponymMention]:
        """Names that a hyphen joins to a tail or to one another ("Houston-based", "Egyptian-US")."""
        for found in _HYPHENED.finditer(self.text):
            tailed = found[2] in self.cues.tails
            if found[1].casefold() in self.cues.given or found[2].casefold() in self.cues.descents:
                continue
            parts = [found.span(1)] if tailed else [found.span(1), found.span(2)]
            for start, end in parts:
                yield from self._part(start, end, certain=tailed)

    def _part(self, start: int, end: int, *, certain: bool) -> Iterator[ToponymMention]:
        starts = [start, *(start + m.end() for m in re.finditer(" ", self.text[start:end]))]
        for at in starts:
            name = self.text[at:end]
            if name.split()[0].casefold() in self.cues.stop:
                continue
            code = self.cues.demonyms.get(name.casefold())
            land = self.gazetteer.country(code) if code is not None else None
            if name.casefold() in self.cues.movements:
                return
            if land is not None:
                yield self._mention(at, end, land, "people")
                return
            entries = tuple(self.gazetteer.find(name)) if name[:1].isupper() and len(name) > 2 else ()
            if entries:
                yield from self._if_known(_bare(at, end, name, entries), certain)
                return

    def _if_known(self, named: Named, certain: bool) -> Iterator[ToponymMention]:
        ranked = rank_in(named, (), self.context)
        if ranked and (certain or fold_name(named.core) in self.known or _speaks_for_itself(named, ranked[0][1])):
            yield self._mention(named.start, named.end, ranked[0][1], "embedded")

    def _areas(self, name: str) -> list[GazetteerEntry]:
        """What bears the name, areas before towns and those first whose own name it is."""
        return sorted(self.gazetteer.find(name), key=lambda e: (e.feature_code.startswith("PPL"), e.name != name))

    def _mention(self, start: int, end: int, entry: GazetteerEntry, rule: str) -> ToponymMention:
        precision = PlacePrecision.COUNTRY if entry.feature_code == "PCLI" else PlacePrecision.EXACT
        span = Span.of(self.text, start, end)
        return ToponymMention(span=span, name=span.text, entry=entry, precision=precision, rule=rule)


def _bare(start: int, end: int, name: str, entries: tuple[GazetteerEntry, ...]) -> Named:
    return Named(
        start=start,
        end=end,
        core=name,
        entries=entries,
        before=[],
        after=[],
        span_start=start,
        span_end=end,
        sentence=0,
    )


def _speaks_for_itself(named: Named, entry: GazetteerEntry) -> bool:
    return entry.feature_code in ("PCLI", "ADM1", "ADM2") and fold_name(entry.name) == fold_name(named.core)
