"""Words of a report as the coder counts them: a reading in, word spans and their sentences out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from attrs import field, frozen

from warledger.domain.span import Span
from warledger.ports import Array

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")


@frozen(kw_only=True, eq=False)
class Words:
    """Every word and mark of a text.

    Args:
        text: the report's text.
        starts: offset of each word's first character, ascending.
        ends: offset behind each word's last character.
        sentence: number of the sentence of each word.
        bounds: first word and the word behind the last, of each sentence; shape (sentences, 2).
        marks: how many punctuation marks stand up to each word.
    """

    text: str = field(repr=False)
    starts: Array
    ends: Array
    sentence: Array
    bounds: Array
    marks: Array

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Number of the word that holds a character, or of the last one that starts before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def of(self, span: Span) -> tuple[int, int]:
        """First and last word of a span."""
        return self.at(span.start), max(self.at(span.start), self.at(max(span.start, span.end - 1)))

    def span(self, first: int, last: int) -> Span:
        """The characters from the first word through the last."""
        return Span.of(self.text, int(self.starts[first]), int(self.ends[last]))


def find_words(text: str, sentences: Sequence[Span]) -> Words:
    """Find the words of every sentence."""
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    bounds: list[tuple[int, int]] = []
    for number, span in enumerate(sentences):
        first = len(starts)
        for match in _WORD.finditer(text, span.start, span.end):
            starts.append(match.start())
            ends.append(match.end())
            sentence.append(number)
        bounds.append((first, len(starts)))
    return Words(
        text=text,
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        sentence=np.array(sentence, dtype=np.int64),
        bounds=np.array(bounds, dtype=np.int64).reshape(-1, 2),
        marks=np.cumsum([not text[s].isalnum() for s in starts], dtype=np.int64),
    )
