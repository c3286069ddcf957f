"""Quarters of a country: text and its places in, the part of a country that a direction beside its name says out.

"The north" is that part of the country that the report is about; "Mali's north" and "northern areas of Mali" are no
middle of Mali.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from warledger.domain.mention import ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.placecues import LAND, PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer

QUARTER = "quarter"
REACH = 40
"""Words of direction stand at most so many letters from the country's name."""


def quarters(text: str, gazetteer: Gazetteer, cues: PlaceCues, main: str | None) -> Iterator[ToponymMention]:
    """ "In the north": that part of the country that the report is about, where the gazetteer holds it."""
    land = gazetteer.country(main) if main is not None else None
    if land is None:
        return
    for direction, pattern in cues.compass:
        for found in pattern.finditer(text):
            entry = _part(direction, land, gazetteer)
            if entry is not None:
                span = Span.of(text, *found.span("name"))
                yield ToponymMention(
                    span=span, name=entry.name, entry=entry, precision=PlacePrecision.REGION, rule=QUARTER
                )


def in_its_quarter(
    mention: ToponymMention, start: int, end: int, text: str, gazetteer: Gazetteer, cues: PlaceCues
) -> ToponymMention:
    """The part of a country that is meant where a direction stands beside its name; any other mention as it is.

    Args:
        mention: of a place.
        start: where its bare name begins.
        end: where that ends.
        text: the report's text.
        gazetteer: names to places.
        cues: of the report's language.
    """
    land = mention.entry
    if land is None or not land.feature_code.startswith("PCL"):
        return mention
    low = max(0, start - REACH)
    around = text[low:start] + LAND + text[end : end + REACH]
    for direction, pattern in cues.quarters:
        for found in pattern.finditer(around):
            part = _part(direction, land, gazetteer)
            if part is not None:
                first, last = low + found.start(), low + found.end() - len(LAND) + (end - start)
                span = Span.of(text, min(first, mention.span.start), max(last, mention.span.end))
                return evolve(
                    mention, span=span, name=part.name, entry=part, precision=PlacePrecision.REGION, rule=QUARTER
                )
    return mention


def _part(direction: str, land: GazetteerEntry, gazetteer: Gazetteer) -> GazetteerEntry | None:
    named = gazetteer.find(f"{direction} {land.name}")
    return next((e for e in named if e.country == land.country and e.feature_code == "RGN"), None)
