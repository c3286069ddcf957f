"""Look up who a few words name, without their sentence: folded words in, canonical names out, None for nobody."""

from __future__ import annotations

import re

from warledger.domain.mention import Reading
from warledger.domain.naming import KEY_LETTERS, LONGEST_ENDING, ActorNames, fold_word, like

_WORD = re.compile(r"(?:\w\.){2,}|\w+(?:['’.\-]\w+)*")
_LONGEST_STEM_ENDING = 4


def look_up(words: str, names: ActorNames, reading: Reading) -> tuple[str, ...] | None:
    """The actors that words name.

    Args:
        words: a name, a nationality, a state or its seat; folded or not.
        names: the actor table.
        reading: the report, for its language, its country and its year.
    """
    folded = tuple(fold_word(m.group()) for m in _WORD.finditer(words))
    if folded[:1] == ("the",):
        folded = folded[1:]
    if not folded:
        return None
    language = reading.report.language or "en"
    state = names.adjectives.get(folded) or names.metonyms.get(folded) or _foreign(folded, names, language)
    if state is not None:
        return (f"Government of {names.states[state].of}",)
    year = reading.report.published.year
    owners = names.names.get(folded, ())
    holding = [o.actor for o in owners if o.held_in(year)] or [o.actor for o in owners]
    return tuple(dict.fromkeys(holding))[:1] or None


def _foreign(folded: tuple[str, ...], names: ActorNames, language: str) -> str | None:
    """The state that words of another language than English name."""
    for words, state in names.abroad.get(language, {}).get(folded[0][:KEY_LETTERS], ()):
        if len(words) == len(folded) and all(like(f, w, LONGEST_ENDING) for f, w in zip(folded, words, strict=True)):
            return state
    stems = names.stems.get(language, {}) if language != "en" and len(folded) == 1 else {}
    word = folded[0].removeprefix("ال") if language == "ar" else folded[0]
    for length in range(len(word), 2, -1):
        by_stem = stems.get(word[:length])
        if by_stem is not None and len(word) - length <= _LONGEST_STEM_ENDING:
            return by_stem
    return None
