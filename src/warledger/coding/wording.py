"""What the words of a quote say of its code by themselves: words and quotes in, rows of a table of weights out.

The network weighs one word by all that stands around it; a table weighs the words of the quote, pairs of them and those
beside the word that the claim hangs on, each alone. The rows are hashed, so that any language fits one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

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


def stems(words: Words) -> Array:
    """A number for the stem of each word, 0 for a mark; uint64; shape (words,)."""
    text = fold(words.text)
    said = (text[s:e] for s, e in zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    return np.array([crc32(w[:STEM].encode()) if w[0].isalnum() else 0 for w in said], dtype=np.uint64)


def wording(stem: Array, quote: tuple[int, int], anchor: int) -> Array:
    """The rows that a claim's words stand in.

    Args:
        stem: of each word of the report, as `stems` gives them.
        quote: first and last word of the quote.
        anchor: the word that the claim hangs on.

    Returns:
        Row numbers below ROWS, each once, ascending.
    """
    at = np.arange(quote[0], quote[1] + 1)
    at = at[stem[at] > 0]
    said = stem[at]
    beside = said[np.abs(at - anchor) <= NEAR]
    parts = (
        _rows(_IN, said),
        _rows(_PAIR, said[:-1], said[1:]),
        _rows(_BESIDE, beside),
        _rows(_ANCHOR, stem[anchor : anchor + 1]),
    )
    return np.unique(np.concatenate(parts))


def wording_scores(words: Words, at: Array, quotes: Sequence[tuple[int, int]], weights: Array) -> Array:
    """What the words of each anchor's quote add to its codes; shape (anchors, codes)."""
    stem = stems(words)
    return np.array(
        [weights[wording(stem, quote, int(anchor))].sum(axis=0) for anchor, quote in zip(at, quotes, strict=True)],
        dtype=np.float32,
    ).reshape(len(at), weights.shape[1])


def _rows(sort: int, *parts: Array) -> Array:
    number: Array = np.full(len(parts[0]), sort, dtype=np.uint64)
    for part in parts:
        number = (number ^ part) * np.uint64(_SPREAD)
        number = number ^ (number >> np.uint64(32))
    return (number & np.uint64(ROWS - 1)).astype(np.int64)
