"""Forms of names: a bent word in, what its dictionary form could be out; a people's word in, its country out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warledger.domain.placecues import PlaceCues

MAX_VARIANTS = 8
_ARTICLED = ("ال",)


def people_by_stem(word: str, cues: PlaceCues) -> str | None:
    """The country whose adjective or people the word begins like, or None."""
    for cut in ("", *(_ARTICLED if cues.prefixes else ()), *cues.prefixes):
        if word.startswith(cut):
            bare = word[len(cut) :]
            for size in range(min(len(bare), 12), 3, -1):
                code = cues.stems.get(bare[:size])
                if code is not None:
                    return code
    return None


def inflections(words: Sequence[str], cues: PlaceCues) -> Iterable[str]:
    """Dictionary forms that the words could be case forms of; of several words each is bent by the same table."""
    choices = [[w, *_bases(w, cues)] for w in words]
    made: list[str] = [""]
    for options in choices:
        made = [f"{m} {o}".strip() for m in made for o in options[: MAX_VARIANTS if len(choices) == 1 else 4]]
    return made[1:40]


def _bases(word: str, cues: PlaceCues) -> list[str]:
    lower = word.casefold()
    return [word[: len(word) - len(e)] + b for e, b in cues.endings if lower.endswith(e) and len(word) - len(e) > 1]
