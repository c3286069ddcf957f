"""Turn a text into lexed words: each has its offsets, the class that the language's table gives it, and a value.

A word that no table holds keeps its place with the class OTHER; a filler is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from warledger.domain.cues import TOKEN, Cue, Lexicon, fold

OTHER = "_"
FILLER = "filler"


class Lexed(NamedTuple):
    """A lexed word: offsets, one letter for its class, its value (a word or a number in digits)."""

    start: int
    end: int
    tag: str
    value: str


def lex(text: str, lexicon: Lexicon, tags: Mapping[str, str]) -> list[Lexed]:
    """Lex a text.

    Args:
        text: the text.
        lexicon: the language's cues.
        tags: one letter for each class of the tables; a class without a letter is passed over.

    Returns:
        The words in order. Numbers in digits are tagged by `number_tag`, punctuation by itself.
    """
    folded = fold(text)
    tokens = [(m.start(), m.end(), m.group()) for m in _token_pattern(lexicon.separators).finditer(folded)]
    lexed: list[Lexed] = []
    i, count, cues = 0, len(tokens), lexicon.cues
    while i < count:
        start, end, word = tokens[i]
        entries = cues.get(word)
        if entries is None and lexicon.prefixes:
            entries = _without_prefix(word, lexicon)
        cue = _match(entries, tokens, i, text) if entries is not None else None
        if cue is not None:
            last = i + len(cue.tokens)
            if cue.kind != FILLER:
                lexed.append(Lexed(start, tokens[last][1], tags.get(cue.kind, OTHER), cue.value))
            i = last + 1
            continue
        glued = word[0].isdecimal() and start > 0 and is_glued(folded[start - 1])
        lexed.append(Lexed(start, end, OTHER if glued else _shape_tag(word), word))
        i += 1
    return lexed


@lru_cache(maxsize=64)
def _token_pattern(separators: str) -> re.Pattern[str]:
    """The tokens; with separators a number in digits is one token with its groups of thousands and its decimals."""
    if not separators:
        return TOKEN
    mark = "." if "," in separators else ","
    grouped = rf"\d{{1,3}}(?:[{re.escape(separators)}]\d{{3}})+(?![\d])|\d+[{mark}]\d{{1,2}}(?!\d)"
    return re.compile(f"{grouped}|{TOKEN.pattern}")


def _match(entries: Sequence[Cue], tokens: Sequence[tuple[int, int, str]], i: int, text: str) -> Cue | None:
    following = tokens[i + 1][2] if i + 1 < len(tokens) else ""
    for cue in entries:
        more = cue.tokens
        if more and more[0] != following:
            continue
        if cue.cased and not text[tokens[i][0]].isupper():
            continue
        if len(more) < 2 or tuple(t[2] for t in tokens[i + 1 : i + 1 + len(more)]) == more:
            return cue
    return None


def is_glued(before: str) -> bool:
    """Whether the letter before a digit makes it part of a name (M23); Arabic writes "and", "by" onto numbers."""
    return before.isalpha() and not "\u0600" <= before <= "\u06ff"


def _without_prefix(word: str, lexicon: Lexicon) -> tuple[Cue, ...] | None:
    for prefix in lexicon.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            entries = lexicon.cues.get(word[len(prefix) :])
            if entries is not None:
                return entries
    return None


def _shape_tag(word: str) -> str:
    if word[0].isdecimal():
        return _number_tag(word)
    if word[0].isalpha():
        return OTHER
    return {"–": "-", "،": ",", "\n": "|"}.get(word, word if word in ".,-/:'" else "|")


def _number_tag(word: str) -> str:
    if len(word) == 4 and "1900" <= word <= "2099":
        return "Y"
    return "d" if len(word) <= 2 and word.isdecimal() and 1 <= int(word) <= 31 else "N"
