"""Words of a text as they are searched: any script in, folded words out; and where a text holds the words asked for.

Case, accents and vowel signs go, as in names; an Arabic word is also known without what is written onto its front
("and", "in", "the"). Scripts that put no spaces between words are cut into pairs of letters. Refuses nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from warledger.domain.folding import fold_name

MOST_WORDS = 12
"""More words than this of a question are not looked at."""
LONGEST = 64
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_FIRST_UNSPACED = _UNSPACED[0]
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+(?:[\u0300-\u036f\u064b-\u065f\u0670'’]+[^\W_{_UNSPACED}]*)*")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_APOSTROPHE = re.compile("['’]")
_FRONTS = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_LETTERS = "وبلفك"
_LEAST = 3


def words_in(text: str) -> frozenset[str]:
    """Every folded word of a text, also without what is written onto its front or behind an apostrophe."""
    return frozenset(form for piece in set(text.split()) for _, _, forms in _found(piece) for form in forms)


def words_asked(question: str) -> tuple[str, ...]:
    """The words of a question in their order, each once."""
    found = dict.fromkeys(_bare(forms[0]) for _, _, forms in _found(question))
    return tuple(found)[:MOST_WORDS]


def holds_words(words: frozenset[str], asked: tuple[str, ...]) -> bool:
    """Whether a text's words hold every word asked for; of the last its beginning is enough."""
    if not asked:
        return False
    *whole, last = asked
    if not is_beginning(last):
        return words.issuperset(asked)
    return words.issuperset(whole) and any(w.startswith(last) for w in words)


def is_beginning(word: str) -> bool:
    """Whether a word is long enough to stand for all that begin with it; where no spaces are written, any is."""
    return len(word) >= _LEAST or _IS_UNSPACED.match(word) is not None


def places_of_words(text: str, asked: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where a text holds words that were asked for: start and end of each, in order."""
    if not asked:
        return ()
    whole, beginning = set(asked), asked[-1] if is_beginning(asked[-1]) else None
    return tuple((a, b) for a, b, forms in _found(text) if _is_hit(forms, whole, beginning))


def _is_hit(forms: tuple[str, ...], whole: set[str], beginning: str | None) -> bool:
    if not whole.isdisjoint(forms):
        return True
    if beginning is not None:
        for form in forms:  # nearly always one
            if form.startswith(beginning):
                return True
    return False


def _found(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and forms of each word, the word itself first."""
    for match in _WORD.finditer(text):
        (start, end), said = match.span(), match[0]
        if said[0] >= _FIRST_UNSPACED and _IS_UNSPACED.match(said):
            pairs = range(max(1, len(said) - 1))
            yield from ((start + i, min(start + i + 2, end), (said[i : i + 2],)) for i in pairs)
        elif forms := _forms(said):
            yield start, end, forms


@lru_cache(maxsize=65_536)
def _forms(said: str) -> tuple[str, ...]:
    whole = _folded(said)
    found = dict.fromkeys((whole, _folded(_APOSTROPHE.split(said, maxsplit=1)[0]), *_without_fronts(whole)))
    return tuple(f for f in found if f)


def _folded(word: str) -> str:
    return fold_name(unicodedata.normalize("NFC", word)).replace(" ", "")[:LONGEST]


def _without_fronts(word: str) -> Iterator[str]:
    """An Arabic word without its article, and then without up to two letters that are written onto its front."""
    if _is_arabic(word):
        bare = _bare(word)
        yield bare
        for _ in range(2):
            if bare[:1] in _LETTERS and len(bare) > _LEAST:
                bare = bare[1:]
                yield bare


def _bare(word: str) -> str:
    """An Arabic word without the article and what is written before it."""
    if not _is_arabic(word):
        return word
    front = next((f for f in _FRONTS if word.startswith(f)), "")
    return word[len(front) :] if len(word) - len(front) >= _LEAST else word


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"
