"""Fold a name so that its spellings meet: a name of any script in, a plain lower-case key out; it refuses nothing.

Case, accents, vowel signs and punctuation go; hyphens become spaces; articles of the name go where other words stay
("the", Arabic "al-" and its assimilated forms, in front or between); "St." and "Mt." are written out. Arabic letters
that writers interchange (alif with hamza, final ya, ta marbuta) are made one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ARTICLES = frozenset(
    "the al el ul ar as ash ad adh an at ath az aj ed er es esh et en ez edh eth ej".split()  # noqa: SIM905
)
_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "gov": "governorate"}
_GONE = "'’‘ʼʿʾ`´ʻʹʺ\"“”«»‎‏ـ"
_SPACE = "-‐‑‒–—/.,;:()[]{}_|·•،؛־"
_TABLE = {
    **{ord(c): None for c in _GONE},
    **{ord(c): " " for c in _SPACE},
    **dict(zip(map(ord, "أإآٱىةؤئ"), "اااايهوي", strict=True)),
    ord("ı"): "i",
    ord("ł"): "l",
    ord("ø"): "o",
    ord("đ"): "d",
    ord("ə"): "a",
    ord("ё"): "е",
}


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Fold a name.

    Args:
        name: in any script.

    Returns:
        The key, its words parted by single spaces; the article alone stays where nothing else would.
    """
    folded = name.casefold().translate(_TABLE)
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in parts if not unicodedata.combining(c)).translate(_TABLE)
    return " ".join(_without_articles(folded.split()))


def _without_articles(words: list[str]) -> list[str]:
    kept = [_word(w) for i, w in enumerate(words) if w not in ARTICLES or (i == len(words) - 1 and i > 0)]
    return kept or words


def _word(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return _WRITTEN_OUT.get(word, word)
