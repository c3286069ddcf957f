"""Find associative toponyms: words that point to a place that no claim is placed at, a people's and a body's name.

In go the names of a report and what it says of where they lie; out come mentions: "Syrian" means Syria, and "Texas
Forestry Service" has Texas in it. Literal toponyms are found elsewhere and not read a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from warledger.domain.folding import fold_name
from warledger.domain.mention import ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer
from warledger.read.placescan import Named, Scan
from warledger.read.placing import Choice, Context, rank_in


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
        Mentions in no order, none overlapping another of them.
    """
    return [*_peoples(text, scan, gazetteer, cues), *_embedded(text, scan, choices, context)]


def merge_mentions(mentions: Sequence[ToponymMention], further: Iterable[ToponymMention]) -> tuple[ToponymMention, ...]:
    """Join further mentions to those given, in order of their start, but for what overlaps one given."""
    taken = [(m.span.start, m.span.end) for m in mentions]
    free = [f for f in further if all(f.span.end <= start or end <= f.span.start for start, end in taken)]
    return tuple(sorted((*mentions, *free), key=lambda m: m.span.start))


def _peoples(text: str, scan: Scan, gazetteer: Gazetteer, cues: PlaceCues) -> Iterator[ToponymMention]:
    for word, code, _ in scan.people_words:
        entry = gazetteer.country(code)
        if entry is not None and word.capital and word.lower not in cues.movements:
            yield _mention(text, word.start, word.end, entry, "people")


def _embedded(text: str, scan: Scan, choices: Sequence[Choice], context: Context) -> Iterator[ToponymMention]:
    """Names that lead another's name: a land's or a division's own, or one that the report has as a place."""
    known = {fold_name(c.named.core) for c in choices if c.best is not None and not c.stray}
    for named in scan.embedded:
        ranked = rank_in(named, (), context)
        if ranked and (fold_name(named.core) in known or _speaks_for_itself(named, ranked[0][1])):
            yield _mention(text, named.start, named.end, ranked[0][1], "embedded")


def _speaks_for_itself(named: Named, entry: GazetteerEntry) -> bool:
    return entry.feature_code in ("PCLI", "ADM1", "ADM2") and fold_name(entry.name) == fold_name(named.core)


def _mention(text: str, start: int, end: int, entry: GazetteerEntry, rule: str) -> ToponymMention:
    precision = PlacePrecision.COUNTRY if entry.feature_code == "PCLI" else PlacePrecision.EXACT
    return ToponymMention(
        span=Span.of(text, start, end), name=text[start:end], entry=entry, precision=precision, rule=rule
    )
