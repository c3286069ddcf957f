"""Find words that say how much of a place, or how many: text in, mentions out.

Of words inside longer ones ("part of" in "the greater part of") only the longer count. They count where a place or a
word for one ("the city") follows, or stands in front as in Turkish: "most of the fighters" tells of no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from warledger.domain.mention import ExtentMention, NumberMention, ToponymMention
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span

NEAR_CHARS = 32
"""A place, or a word for one, stands no further off."""
_SORTS = frozenset({"countryside", "division", "district", "settlement", "settlements", "site", "near"})
_COUNTED = frozenset({"district", "settlement", "settlements"})
_LEAST_LETTERS = 3
_WORD = re.compile(r"[^\W\d_]+")


def find_extents(
    text: str,
    language: str | None,
    cues: Mapping[str, PlaceCues],
    toponyms: Sequence[ToponymMention],
    numbers: Sequence[NumberMention],
) -> tuple[ExtentMention, ...]:
    """Find every word of extent.

    Args:
        text: the report's text.
        language: ISO 639-1 code; None is read as English.
        cues: tables by language; a language without one gives no mentions.
        toponyms: the places of the text.
        numbers: its numbers; one that counts villages or the like is an extent.

    Returns:
        Mentions in order of their start.
    """
    table = cues.get(language or "en")
    if table is None:
        return ()
    told = list(_longest(text, table))
    sorts = _words_for_places(table, _SORTS) if told else frozenset()

    def of_a_place(span: Span) -> bool:
        before, after = max(0, span.start - NEAR_CHARS if table.suffixed else span.start), span.end + NEAR_CHARS
        named = any(before <= t.span.start < after for t in toponyms)
        return named or not sorts.isdisjoint(_WORD.findall(text[before:after].casefold()))

    found = [e for e in told if of_a_place(e.span)]
    found += _counted(numbers, _words_for_places(table, _COUNTED) if numbers else frozenset())
    return tuple(sorted(found, key=lambda e: e.span.start))


def _longest(text: str, table: PlaceCues) -> Iterator[ExtentMention]:
    found = [(m.start(), -m.end(), extent) for pattern, extent in table.extents for m in pattern.finditer(text)]
    told = 0
    for start, end, extent in sorted(found):
        if start >= told:
            told = -end
            yield ExtentMention(span=Span.of(text, start, told), extent=extent)


def _counted(numbers: Sequence[NumberMention], sorts: frozenset[str]) -> Iterator[ExtentMention]:
    for number in numbers:
        if number.unit is not None and number.min not in (None, 1) and number.unit.casefold() in sorts:
            count = number.span.text if number.rule == "vague" else number.min
            yield ExtentMention(span=number.span, extent=f"{count} {number.unit}")


def _words_for_places(table: PlaceCues, sorts: frozenset[str]) -> frozenset[str]:
    phrases = (phrase for side in (table.before, table.after) for rows in side.values() for phrase in rows)
    return frozenset(w for words, sort in phrases if sort in sorts for w in words if len(w) >= _LEAST_LETTERS)
