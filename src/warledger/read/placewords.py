"""Words of a sentence for the reader of places: tokens with offsets, runs of capitals."""

from __future__ import annotations

import re
from typing import NamedTuple

from warledger.domain.placecues import Phrases, PlaceCues

MAX_RUN = 14
"""Longest run of capitalised words that is looked at as a whole; a headline in capitals is cut there."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|W\.Va\.|[^\W\d_]+(?:[-'’ʼ‘`][^\W\d_]+)*")
APOSTROPHES = "'’ʼ‘`"
_SHORT = frozenset(("st", "ste", "mt", "ft"))
MAX_PHRASES = 3


class Word(NamedTuple):
    """One word: where it stands, its letters, and whether it looks like a name's."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool


def words_of(text: str, start: int, end: int, cues: PlaceCues) -> list[Word]:
    """Cut a stretch of text into words; an elided article and an English or Turkish case mark are left off."""
    return [_word(text, m.start(), m.end(), cues) for m in _WORD.finditer(text, start, end)]


def _word(text: str, start: int, end: int, cues: PlaceCues) -> Word:
    said = text[start:end]
    for at, letter in enumerate(said):
        if letter in APOSTROPHES:
            head, tail = said[:at], said[at + 1 :]
            if head.casefold() in cues.elisions:
                start, said = start + at + 1, tail
            elif tail in ("s", "S") or (cues.suffixed and at > 1):
                end, said = start + at, head
            break
    head, hyphen, tail = said.partition("-")
    if hyphen and head.casefold() in cues.seats:
        start, said = start + len(head) + 1, tail
    capital = _is_capital(said) and said.rpartition("-")[2] not in cues.tails
    return Word(start, end, said, said.casefold(), capital)


def _is_capital(said: str) -> bool:
    if said[0].isupper():
        return True
    head, hyphen, tail = said.partition("-")
    return bool(hyphen) and len(head) <= 4 and tail[:1].isupper()


def run_end(text: str, words: list[Word], first: int, cues: PlaceCues) -> int:
    """The index behind the last word of the run of capitals that begins at `first`."""
    last = first
    at = first + 1
    while at < len(words) and at - first < MAX_RUN and joined(text, words, at):
        if words[at].capital:
            last = at
        elif words[at].lower not in cues.joining:
            break
        at += 1
    return last + 1


def joined(text: str, words: list[Word], at: int) -> bool:
    """Say whether only a space parts a word from the one before it ("St. Louis" counts)."""
    gap = text[words[at - 1].end : words[at].start]
    return (gap.isspace() and "\n" not in gap) or (gap == ". " and words[at - 1].lower in _SHORT)


def phrases_before(text: str, words: list[Word], at: int, cues: PlaceCues) -> tuple[list[str], int]:
    """Classes of the phrases in front of word `at`, innermost first, and the index where they begin."""
    classes: list[str] = []
    begin = at
    for _ in range(MAX_PHRASES):
        end = begin
        if end and words[end - 1].lower in _ARTICLES and _spaced(text, words, end):
            end -= 1
        if not end or not _spaced(text, words, end):
            break
        found = _match_back(words, end, cues.before)
        if found is None:
            break
        length, kind = found
        begin = end - length
        if not (classes and classes[-1] in _NOUNS and length == 1 and words[begin].lower in cues.adjectives):
            classes.append(kind)
    return classes, begin


_NOUNS = frozenset(("settlement", "settlements", "division", "site"))
_ARTICLES = frozenset(("the", "a", "an", "la", "le", "les", "el", "los", "las"))


def _spaced(text: str, words: list[Word], at: int) -> bool:
    return at < len(words) and text[words[at - 1].end : words[at].start].strip("'’s«\"“„") in (" ", "") if at else False


def _match_back(words: list[Word], end: int, phrases: Phrases) -> tuple[int, str] | None:
    for phrase, kind in phrases.get(words[end - 1].lower, ()):
        size = len(phrase)
        if size <= end and all(words[end - size + i].lower == w for i, w in enumerate(phrase)):
            return size, kind
    return None


def phrases_after(text: str, words: list[Word], at: int, cues: PlaceCues) -> tuple[list[str], int]:
    """Classes of the phrases that begin at word `at`, and the index behind the last; words of direction are passed."""
    classes: list[str] = []
    end = at
    for _ in range(MAX_PHRASES):
        skip = end
        while skip < len(words) and _spaced(text, words, skip) and _is_part(words[skip], cues):
            skip += 1
        if skip >= len(words) or not _spaced(text, words, skip):
            break
        found = _match_on(words, skip, cues.after)
        if found is None:
            break
        length, kind = found
        classes.append(kind)
        end = skip + length
    return classes, end


def _is_part(word: Word, cues: PlaceCues) -> bool:
    return any(len(p) == 1 and kind == "part" for p, kind in cues.before.get(word.lower, ()))


def _match_on(words: list[Word], at: int, phrases: Phrases) -> tuple[int, str] | None:
    for phrase, kind in phrases.get(words[at].lower, ()):
        size = len(phrase)
        if at + size <= len(words) and all(words[at + i].lower == w for i, w in enumerate(phrase)):
            return size, kind
    return None
