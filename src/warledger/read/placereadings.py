"""Further readings of a report's words as places: mentions in, candidates out that a claim may be placed at instead.

A city and its province often bear one name, a country is said by its people's adjective or its capital, and a fight
"between A and B" or at "the border" has a place that no name says alone. Nothing here is chosen: the coder chooses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from warledger.domain.distance import km_between
from warledger.domain.mention import TWIN, ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer
from warledger.read.placequarters import QUARTER, quarters
from warledger.read.placescan import Named, Scan
from warledger.read.placing import OWN_TOWN_KM, Choice, is_town

Pair = tuple[Choice, ToponymMention]
MAX_GAP = 6
_LEAD = 24
"""How far before the first of two places the words that join them may begin."""
MAX_TWINS = 1
"""Mentions of one name that are read both ways: more would add mentions but no value."""
MAX_LANDS = 2
"""Sentences in which the main country is read from its people or capital."""
_DIVISIONS = frozenset(("ADM1", "RGN"))


def further_readings(
    text: str,
    scan: Scan,
    choices: Sequence[Choice],
    mentions: Sequence[ToponymMention],
    *,
    gazetteer: Gazetteer,
    cues: PlaceCues,
    main: str | None,
) -> list[ToponymMention]:
    """Find what else the words of a report could place a claim at.

    Args:
        text: the report's text.
        scan: the names found in it.
        choices: the names kept, one for each mention.
        mentions: the mentions, in order of their start.
        gazetteer: names to places.
        cues: words around place names in the report's language.
        main: the country that the report is about, or None.

    Returns:
        Further mentions, in no order; they may overlap one another and those given.
    """
    parts = list(quarters(text, gazetteer, cues, main))
    return [
        *_twins(choices, mentions),
        *_lands(text, scan, choices, mentions, gazetteer, main),
        *_capitals(text, scan, gazetteer, cues, main),
        *parts,
        *_phrases(text, list(zip(choices, mentions, strict=True)), cues, {p.span for p in parts}),
    ]


def _twins(choices: Sequence[Choice], mentions: Sequence[ToponymMention]) -> Iterator[ToponymMention]:
    """The division beside its bare town, and the town beside its bare division."""
    seen: dict[str, int] = {}
    for choice, mention in zip(choices, mentions, strict=True):
        named, entry = choice.named, mention.entry
        if entry is None or "division" in (*named.before, *named.after) or named.exact_with_sort:
            continue
        twin = _twin(named, entry)
        if twin is None or seen.get(twin.key, 0) >= MAX_TWINS:
            continue
        seen[twin.key] = seen.get(twin.key, 0) + 1
        precision = PlacePrecision.REGION if twin.feature_code in _DIVISIONS else PlacePrecision.EXACT
        yield ToponymMention(span=mention.span, name=named.core, entry=twin, precision=precision, rule=TWIN)


def _twin(named: Named, entry: GazetteerEntry) -> GazetteerEntry | None:
    town = entry.feature_code.startswith("PPL")
    if not town and entry.feature_code not in _DIVISIONS:
        return None
    for other in named.entries:
        sort = other.feature_code in _DIVISIONS if town else other.feature_code.startswith("PPL") and is_town(other)
        if sort and other.country == entry.country and km_between(other, entry) < OWN_TOWN_KM:
            return other
    return None


def _lands(
    text: str,
    scan: Scan,
    choices: Sequence[Choice],
    mentions: Sequence[ToponymMention],
    gazetteer: Gazetteer,
    main: str | None,
) -> Iterator[ToponymMention]:
    """Countries said by their people or their capital: the main one once a sentence, others once a report."""
    counts: Counter[str] = Counter()
    named = {
        (c.named.sentence, m.entry.country)
        for c, m in zip(choices, mentions, strict=True)
        if m.entry is not None and m.precision == PlacePrecision.COUNTRY
    }
    said = {code for _, code in named}
    capitals = [
        (m.span, m.entry.country, c.named.sentence)
        for c, m in zip(choices, mentions, strict=True)
        if m.entry is not None and m.entry.feature_code == "PPLC" and m.precision == "exact"
    ]
    parts = [
        (m.span, m.entry.country, c.named.sentence)
        for c, m in zip(choices, mentions, strict=True)
        if m.entry is not None and (m.rule == QUARTER or (m.entry.feature_code == "PCLI" and m.precision == "region"))
    ]
    peoples = [(Span.of(text, w.start, w.end), code, number) for w, code, number in scan.people_words]
    for span, code, number in (*parts, *peoples, *capitals):
        often = code == main and counts[code] < MAX_LANDS
        if (number, code) in named if often else code in said:
            continue
        entry = gazetteer.country(code)
        if entry is None:
            continue
        named.add((number, code))
        counts[code] += 1
        said.add(code)
        yield ToponymMention(span=span, name=entry.name, entry=entry, precision=PlacePrecision.COUNTRY, rule="people")


def _capitals(
    text: str, scan: Scan, gazetteer: Gazetteer, cues: PlaceCues, main: str | None
) -> Iterator[ToponymMention]:
    """ "The capital", "the Sudanese capital": that of the people beside the word, else of the main country."""
    for pattern in cues.capital:
        for found in pattern.finditer(text):
            start, end = found.span("name")
            beside = (code for w, code, _ in scan.people_words if w.end == start - 1 or w.start == end + 1)
            code = next(beside, main)
            entry = gazetteer.capital(code) if code is not None else None
            if entry is not None:
                span = Span.of(text, start, end)
                yield ToponymMention(
                    span=span, name=entry.name, entry=entry, precision=PlacePrecision.EXACT, rule="capital"
                )


def _phrases(text: str, pairs: Sequence[Pair], cues: PlaceCues, known: Set[Span]) -> Iterator[ToponymMention]:
    """Places that only a phrase says: a stretch between two towns, a border, a bank, a quarter of an unknown land."""
    seen: set[str] = set()
    for start, end, precision in (*_stretches(text, pairs, cues), *_told(text, cues)):
        span = Span.of(text, start, end)
        if span.text.casefold() not in seen and span not in known:
            seen.add(span.text.casefold())
            yield ToponymMention(span=span, name=span.text, entry=None, precision=precision, rule="phrase")


def _stretches(text: str, pairs: Sequence[Pair], cues: PlaceCues) -> Iterator[tuple[int, int, PlacePrecision]]:
    """ "Between A and B", "the road from A to B": the words from the first to the last."""
    for (_, one), (_, two) in pairwise(pairs):
        gap = text[one.span.end : two.span.start].casefold().strip()
        if _coarse(one) or _coarse(two) or not gap or len(gap) > MAX_GAP:
            continue
        lead = text[max(0, one.span.start - _LEAD) : one.span.start]
        before = re.split(r"[.;:!?\n]", lead)[-1].casefold().split()
        for opening, joining in cues.stretches:
            if gap == joining and before[-len(opening) :] == list(opening):
                start = _back(text, one.span.start, len(opening))
                yield start, two.span.end, PlacePrecision.NEAR


def _back(text: str, at: int, count: int) -> int:
    """Where the last `count` words before `at` begin."""
    for _ in range(count):
        at = len(text[:at].rstrip())
        while at and not text[at - 1].isspace():
            at -= 1
    return at


def _coarse(mention: ToponymMention) -> bool:
    return mention.precision in (PlacePrecision.REGION, PlacePrecision.COUNTRY)


def _told(text: str, cues: PlaceCues) -> Iterator[tuple[int, int, PlacePrecision]]:
    for pattern in cues.regions:
        for found in pattern.finditer(text):
            yield found.start("name"), found.end("name"), PlacePrecision.REGION
