"""Years written as they are spoken: words with their classes in, the same out with each such year as one word.

"Nineteen ninety-seven" is a year; "twenty thirty" may count people and is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warledger.read.lexing import Lexed

_SPOKEN = re.compile("(?<![-N])NN(?:-?N)?(?![-NUG])")


def join_spoken_years(words: Sequence[Lexed]) -> list[Lexed]:
    """Join the number words of a year.

    Args:
        words: a text's words with their classes.

    Returns:
        The words in order; a joined one has the class and the value of a year in digits.
    """
    joined, at = [], 0
    for match in _SPOKEN.finditer("".join(w.tag for w in words)):
        first, last = match.start(), match.end() - 1
        year = _year(*(int(w.value) for w in words[first : last + 1] if w.tag == "N" and w.value.isdigit()))
        if year is not None:
            joined += [*words[at:first], Lexed(words[first].start, words[last].end, "Y", str(year))]
            at = last + 1
    return [*joined, *words[at:]]


def _year(century: int = 0, tens: int = 0, ones: int = 0) -> int | None:
    """Nineteen twelve, nineteen ninety, nineteen ninety-seven."""
    if century != 19 or not 10 <= tens <= 99 or (ones and tens % 10) or not 0 <= ones <= 9:
        return None
    return 1900 + tens + ones
