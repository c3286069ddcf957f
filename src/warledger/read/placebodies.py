"""Tell persons, bodies, peoples and vocabulary beside or instead of a place's name.

In go a sentence's words and an index, out comes a verdict; what is no place's name is not placed.
"""

from __future__ import annotations

from collections.abc import Sequence

from warledger.domain.placecues import PlaceCues
from warledger.read.placewords import Word, joined

MAX_BODY_WORDS = 5
MAX_PEOPLE_WORDS = 4


def titled(text: str, words: Sequence[Word], at: int, cues: PlaceCues) -> bool:
    """Say whether a title stands in front of word `at` ("Gov. Ramirez")."""
    if at == 0:
        return False
    gap = text[words[at - 1].end : words[at].start]
    return words[at - 1].lower in cues.titles and gap in (" ", ". ")


def initialled(text: str, words: Sequence[Word], at: int) -> bool:
    """Say whether an initial stands in front of word `at` ("Maria K. Ramirez")."""
    if at < 2 or len(words[at - 1].text) != 1 or not (words[at - 1].capital and words[at - 2].capital):
        return False
    return text[words[at - 1].end : words[at].start] == ". "


def makes_organisation(text: str, words: list[Word], stop: int, cues: PlaceCues) -> bool:
    """Say whether one of the capitalised words from `stop` on makes an organisation of the name before it."""
    for at in range(stop, min(stop + 4, len(words))):
        if not words[at].capital or not joined(text, words, at):
            return False
        if words[at].lower in cues.organisations:
            return True
    return False


def leads_body(text: str, words: list[Word], stop: int, cues: PlaceCues) -> bool:
    """Say whether one of the capitalised words from `stop` on is a local body's ("Regional Hospital")."""
    for at in range(stop, min(stop + MAX_BODY_WORDS, len(words))):
        if not words[at].capital or not joined(text, words, at):
            return False
        if words[at].lower in cues.civic:
            return True
    return False


def leads_street(words: Sequence[Word], stop: int, cues: PlaceCues) -> bool:
    """Say whether the name before word `stop` is a street's."""
    return any(w.capital and w.lower in cues.streets for w in words[stop : stop + 2])


def is_common(words: Sequence[Word], at: int, cues: PlaceCues) -> bool:
    """Say whether a word alone is vocabulary before it is a town: only a strict preposition makes it one."""
    word = words[at].lower
    common = word in cues.common or word in cues.civic
    return common and not (at and words[at - 1].lower in cues.strict)


def people_before(words: Sequence[Word], at: int, cues: PlaceCues) -> str | None:
    """The country of a people named shortly before word `at` ("the Russian city of")."""
    for word in words[max(0, at - MAX_PEOPLE_WORDS) : at]:
        code = cues.demonyms.get(word.lower)
        if code is not None:
            return code
    return None


def short_division(text: str, words: Sequence[Word], stop: int, cues: PlaceCues) -> str | None:
    """The division whose short form stands behind a comma at word `stop` ("Alexandria, La.")."""
    if not cues.abbreviations or stop >= len(words):
        return None
    gap = text[words[stop - 1].end : words[stop].start]
    return cues.abbreviations.get(words[stop].lower.rstrip(".")) if gap == ", " else None
