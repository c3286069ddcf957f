"""Fold a name so that its spellings meet: a name of any script in, a plain lower-case key out; it refuses nothing.

Case, accents, vowel signs and punctuation go; hyphens become spaces; articles of the name go where other words stay
("the", Arabic "al-" and its assimilated forms, in front or between); "St." and "Mt." are written out. Arabic letters
that writers interchange (alif with hamza, final ya, ta marbuta) are made one.

Two others fold less, each for its reason: `cues.fold` keeps the length, so that offsets into the text stay true;
`naming.fold_word` folds one word, since names of the actor table are matched with a sentence word by word.
"""

from __future__ import annotations

import re
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


ARABIC_SPOKEN = frozenset(
    ("SY", "IQ", "LB", "PS", "IL", "JO", "YE", "SA", "OM", "AE", "KW", "EG", "SD", "LY", "TN", "DZ", "MA", "TD")
)
"""Countries whose places are written in Latin letters by no one rule; only their names get a loose key."""
_SAME_WORDS = {
    **dict.fromkeys(("tall", "tell", "tel"), "tal"),
    **dict.fromkeys(("kfar", "kafar", "kufr"), "kafr"),
    **dict.fromkeys(("dayr", "dair", "der"), "deir"),
    **dict.fromkeys(("jebel", "djebel", "gebel", "jabel"), "jabal"),
    **dict.fromkeys(("ayn", "ein"), "ain"),
    **dict.fromkeys(("bayt", "bait", "bet"), "beit"),
    **dict.fromkeys(("shaykh", "shaikh", "sheik", "cheikh"), "sheikh"),
    **dict.fromkeys(("umm", "om", "oum"), "um"),
    **dict.fromkeys(("abou", "abo"), "abu"),
}
_LOOSENINGS = (
    (re.compile("ee"), "i"),
    (re.compile("oo|ou"), "u"),
    (re.compile("a[iy]|e[iy]"), "i"),
    (re.compile("dh"), "d"),
    (re.compile(r"(?<=[ae])h\b"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LOOSE_LETTERS = str.maketrans("eoqy", "iuki")


def loose_key(folded: str) -> str:
    """The key of a transliterated Arabic name, alike for its usual spellings ("Darat Izza", "Darat Izzah").

    Args:
        folded: a name as `fold_name` gives it, in Latin letters.

    Returns:
        The key, with a mark in front that no folded name has.
    """
    loose = " ".join(_SAME_WORDS.get(w, w) for w in folded.split())
    for pattern, letters in _LOOSENINGS:
        loose = pattern.sub(letters, loose)
    return "~" + loose.translate(_LOOSE_LETTERS)


def _without_articles(words: list[str]) -> list[str]:
    kept = [_word(w) for i, w in enumerate(words) if w not in ARTICLES or (i == len(words) - 1 and i > 0)]
    return kept or words


def _word(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return _WRITTEN_OUT.get(word, word)
