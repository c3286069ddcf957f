"""What the words of a quote say of its code by themselves: words and quotes in, rows of a table of weights out.

The network weighs one word by all that stands around it; a table weighs the words of the quote, pairs of them and those
beside the word that the claim hangs on, each alone. The rows are hashed, so that any language fits one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from attrs import frozen

from warledger.coding.words import Words
from warledger.domain.cues import fold
from warledger.ports import Array

ROWS = 1 << 15
STEM = 6
"""Letters of a word that count; endings say little of what happened."""
NEAR = 2
"""Words so near the one that the claim hangs on are weighed once more."""
_IN, _PAIR, _BESIDE, _ANCHOR = 1, 2, 3, 4
_SPREAD = 0x9E3779B97F4A7C15


@frozen(kw_only=True, eq=False)
class Wording:
    """The rows of a report's words, without its marks.

    Args:
        at: the words' numbers; shape (said,).
        alone: the row of each; same shape.
        pair: the row of each with the next one; one fewer.
        beside: the row of each where it stands beside the word that a claim hangs on; same shape.
        anchor: the row of each where a claim hangs on it; same shape.
    """

    at: Array
    alone: Array
    pair: Array
    beside: Array
    anchor: Array

    def rows(self, quote: tuple[int, int], anchor: int) -> Array:
        """The rows that a claim's words stand in.

        Args:
            quote: first and last word of the quote.
            anchor: the word that the claim hangs on.

        Returns:
            Row numbers below ROWS, each once, ascending.
        """
        low, high = np.searchsorted(self.at, (quote[0], quote[1] + 1))
        near, far = np.searchsorted(self.at, (anchor - NEAR, anchor + NEAR + 1))
        own, next_one = np.searchsorted(self.at, (anchor, anchor + 1))
        parts = (
            self.alone[low:high],
            self.pair[low : max(low, high - 1)],
            self.beside[max(low, near) : max(low, near, min(high, far))],
            self.anchor[own:next_one],
        )
        return np.unique(np.concatenate(parts))


def wording(words: Words) -> Wording:
    """The rows of a report's words."""
    text = fold(words.text)
    ends = np.minimum(words.ends, words.starts + STEM)
    said = [
        (number, crc32(text[start:end].encode()))
        for number, (start, end) in enumerate(zip(words.starts.tolist(), ends.tolist(), strict=True))
        if text[start].isalnum()
    ]
    table = np.array(said, dtype=np.uint64).reshape(-1, 2)
    stem = table[:, 1]
    return Wording(
        at=table[:, 0].astype(np.int64),
        alone=_rows(_IN, stem),
        pair=_rows(_PAIR, stem[:-1], stem[1:]),
        beside=_rows(_BESIDE, stem),
        anchor=_rows(_ANCHOR, stem),
    )


def wording_scores(words: Words, at: Array, quotes: Sequence[tuple[int, int]], weights: Array) -> Array:
    """What the words of each anchor's quote add to its codes; shape (anchors, codes)."""
    said = wording(words)
    return np.array(
        [weights[said.rows(quote, int(anchor))].sum(axis=0) for anchor, quote in zip(at, quotes, strict=True)],
        dtype=np.float32,
    ).reshape(len(at), weights.shape[1])


def _rows(sort: int, *parts: Array) -> Array:
    number: Array = np.full(len(parts[0]), sort, dtype=np.uint64)
    for part in parts:
        number = (number ^ part) * np.uint64(_SPREAD)
        number = number ^ (number >> np.uint64(32))
    return (number & np.uint64(ROWS - 1)).astype(np.int64)
