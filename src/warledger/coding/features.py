"""Features of a pair: how a mention stands to the word that a claim hangs on. Numbers in, an array out.

The names are in FEATURES; `--explain` prints them.
"""

from __future__ import annotations

import numpy as np

from warledger.coding.candidates import Pool
from warledger.coding.words import Words
from warledger.ports import Array

FEATURES = (
    "same sentence",
    "sentence before",
    "two sentences before",
    "earlier",
    "sentence after",
    "later",
    "before the word",
    "behind the word",
    "words apart",
    "nearest before",
    "nearest behind",
    "first of the sentence",
    "marks between",
    "said how often",
    "first of the report",
    "holds the word",
    "others between",
)


def pair_features(anchors: Array, pool: Pool, words: Words) -> Array:
    """Describe each pair of an anchor word and a mention.

    Args:
        anchors: word numbers; shape (anchors,).
        pool: the mentions.
        words: the report's words.

    Returns:
        float32 array of shape (anchors, mentions, len(FEATURES)).
    """
    out = np.zeros((len(anchors), len(pool.first), len(FEATURES)), dtype=np.float32)
    if out.size == 0:
        return out
    apart = words.sentence[pool.first][None, :] - words.sentence[anchors][:, None]
    same = apart == 0
    gap_before = anchors[:, None] - pool.last[None, :]
    gap_behind = pool.first[None, :] - anchors[:, None]
    before, behind = same & (gap_before > 0), same & (gap_behind > 0)
    marks = words.marks
    out[..., 0] = same
    out[..., 1] = apart == -1
    out[..., 2] = apart == -2
    out[..., 3] = apart < -2
    out[..., 4] = apart == 1
    out[..., 5] = apart > 1
    out[..., 6] = before
    out[..., 7] = behind
    out[..., 8] = np.log1p(np.maximum(np.maximum(gap_before, gap_behind), 0)) / 5
    out[..., 9] = _nearest(gap_before, before)
    out[..., 10] = _nearest(gap_behind, behind)
    out[..., 11] = _first_of_sentence(words.sentence[pool.first])[None, :]
    out[..., 12] = np.minimum(np.abs(marks[pool.first][None, :] - marks[anchors][:, None]), 6) / 6 * same
    out[..., 13] = np.log1p(np.bincount(pool.value)[pool.value])[None, :] / 3
    out[..., 14] = (pool.value == pool.value[0])[None, :]
    out[..., 15] = same & ~before & ~behind
    out[..., 16] = np.minimum(_others_between(anchors, pool), 4) / 4 * same
    return out


def words_between(anchors: Array, pool: Pool, words: Words) -> tuple[Array, Array]:
    """The words that stand between each anchor and each mention of its sentence.

    Args:
        anchors: word numbers; shape (anchors,).
        pool: the mentions.
        words: the report's words.

    Returns:
        Number of the first such word, and of the word behind the last; both of shape (anchors, mentions), and equal
        where none stands between or the mention is in another sentence.
    """
    at = anchors[:, None]
    first, last = pool.first[None, :], pool.last[None, :]
    low, high = np.minimum(at, last) + 1, np.maximum(at, first)
    apart = (words.sentence[pool.first][None, :] == words.sentence[anchors][:, None]) & (low < high)
    inside = (first <= at) & (at <= last)
    return low, np.where(apart & ~inside, high, low)


def words_beside(pool: Pool, words: Words) -> tuple[Array, Array]:
    """The words before and behind each mention, held within the report; two arrays of shape (mentions,)."""
    return np.maximum(pool.first - 1, 0), np.minimum(pool.last + 1, len(words) - 1)


def _others_between(anchors: Array, pool: Pool) -> Array:
    """How many mentions of the class stand between the word and each mention; words of two values count once."""
    starts = np.unique(pool.first)
    before = np.searchsorted(starts, pool.first)[None, :]
    upto = np.searchsorted(starts, anchors)[:, None]
    return np.maximum(np.where(before < upto, upto - before - 1, before - upto), 0)


def _nearest(gap: Array, fits: Array) -> Array:
    masked = np.where(fits, gap, np.iinfo(np.int64).max)
    nearest: Array = fits & (masked == masked.min(axis=1, keepdims=True))
    return nearest


def _first_of_sentence(sentence: Array) -> Array:
    first = np.zeros(len(sentence), dtype=bool)
    first[np.unique(sentence, return_index=True)[1]] = True
    return first
