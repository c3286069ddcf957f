"""Split a text into sentences: text in, spans out, none overlapping. A line break always ends a sentence.

A full stop after an initial, a title, an abbreviation or inside a number ends none.
"""

from __future__ import annotations

import re

from warledger.domain.span import Span

MAX_SENTENCE_CHARS = 2_000
"""A longer run without an end is cut at a space, so that no sentence costs unbounded time."""

_STOP = re.compile(r"(?:[.!?…؟۔]+[\"'”’»)\]]*)(?=\s)|\n+")
_NO_STOP = re.compile(
    r"(?:\b(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Cpl|Adm|Cmdr|St|Sen|Rep|Gov|Prof|Rev|Hon|Jr|Sr|No|vs|etc"
    r"|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|Inc|Ltd|Co|Corp|Bros|e\.g|i\.e|cf|al|U\.S|U\.N|U\.K"
    r"|a\.m|p\.m|M|MM|Mme|Sr|Sra|gén|gen|ул|г|им|тыс|млн|кв|стр|Дж|р|ст|обл))\.$"
)
_LOWER_NEXT = re.compile(r"\s+[a-zа-яёіїєґçğıöşüéèàáíóúñ]")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Split a text.

    Args:
        text: the report's text as coded.

    Returns:
        Non-empty spans in order, white space trimmed off both ends.
    """
    spans: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _continues(text, start, stop):
            continue
        spans.extend(_trimmed(text, start, stop.end()))
        start = stop.end()
    spans.extend(_trimmed(text, start, len(text)))
    return tuple(spans)


def _continues(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop.group().startswith("\n"):
        return False
    if stop.group()[0] == "." and _NO_STOP.search(text[max(start, stop.start() - 8) : stop.start() + 1]):
        return True
    return _LOWER_NEXT.match(text, stop.end()) is not None


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    spans = []
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        spans.append(Span.of(text, start, cut))
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        spans.append(Span.of(text, start, end))
    return spans
