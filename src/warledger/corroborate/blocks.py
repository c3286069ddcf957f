"""Block claims: which pairs are worth comparing, found by place and day without looking at all pairs.

In: columns. Out: chunks of pairs (a < b; a pair may come twice) that share a neighbourhood and a window of days. The
neighbourhood is a grid for settlements and regions, a region with what lies in it, a coarser grid wherever one of the
two names only a country, and the first initiator where one names no place at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from warledger.corroborate.columns import COUNTRY, REGION, Bools, Columns, Ints
from warledger.domain.corroboration import Weights

CHUNK = 500_000
FINE_DEGREES, COARSE_DEGREES = 1.5, 12.0
_SPAN = 4_000_000  # more days than any calendar here has, so that cell and day make one sortable key


def candidate_pairs(columns: Columns, weights: Weights, of: Ints | None = None) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs to compare, in chunks of about CHUNK; where rows are given, those with one of them."""
    everything = np.arange(len(columns))
    asked = np.ones(len(columns), dtype=bool) if of is None else np.isin(everything, of)
    placed, nowhere = ~np.isnan(columns.latitude), columns.level > COUNTRY
    local, wide = placed & (columns.level <= REGION), placed & (columns.level == COUNTRY)
    region, days = columns.level == REGION, weights.window_days
    whole, doer = columns.place, columns.initiator[:, 0]

    def both(left: Bools, right: Bools) -> Iterator[tuple[Ints, Ints]]:
        """Rows of two kinds; where only some are asked for, from both ends."""
        yield everything[asked & left], everything[right]
        if of is not None and left is not right:
            yield everything[asked & right], everything[left]

    for left, right in both(local, local):
        yield from _neighbours(columns, left, right, FINE_DEGREES, days)
    for left, right in both(wide, placed):
        yield from _neighbours(columns, left, right, COARSE_DEGREES, days)
    for left, right in both(~placed, everything >= 0):
        yield from _by_key(columns, left, right, whole, whole, days)
    for left, right in both(nowhere, everything >= 0):
        yield from _by_key(columns, left, right, doer, doer, days)
    for above in columns.within.T:  # a region reaches as far as it does, not as far as the grid
        yield from _by_key(columns, everything[asked & local], everything[region], above, whole, days)
        if of is not None:
            yield from _by_key(columns, everything[asked & region], everything[local], whole, above, days)


def _neighbours(columns: Columns, left: Ints, right: Ints, degrees: float, days: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs in one cell of the grid or in two that touch."""
    rows = np.floor((columns.latitude + 90) / degrees)
    cells = int(360 / degrees)
    cols = np.floor((columns.longitude + 180) / degrees)
    for up in (-1, 0, 1):
        for along in (-1, 0, 1):
            to = (rows + up) * cells + (cols + along) % cells
            at = rows * cells + cols % cells
            yield from _within_days(columns, left, right, to, at, days, mirrored=True)


def _by_key(
    columns: Columns, left: Ints, right: Ints, left_key: Ints, right_key: Ints, days: int
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of which the one's key is the other's."""
    left, right = left[left_key[left] >= 0], right[right_key[right] >= 0]
    yield from _within_days(columns, left, right, left_key, right_key, days, mirrored=left_key is right_key)


def _within_days(
    columns: Columns,
    left: Ints,
    right: Ints,
    left_key: np.ndarray,
    right_key: np.ndarray,
    days: int,
    *,
    mirrored: bool,
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs whose cells are equal and whose last days lie at most `days` apart.

    Where they are mirrored, a pair of two rows of `left` would come from both of its ends: it comes from one.
    """
    if not len(left) or not len(right):
        return
    keys = right_key[right].astype(np.int64) * _SPAN + columns.last[right]
    order = np.argsort(keys, kind="stable")
    right, keys = right[order], keys[order]
    at = left_key[left].astype(np.int64) * _SPAN + columns.last[left]
    start = np.searchsorted(keys, at - days, side="left")
    count = np.searchsorted(keys, at + days, side="right") - start
    step = np.concatenate([[0], np.cumsum(count)])
    low = 0
    while low < len(left):
        high = max(low + 1, int(np.searchsorted(step, step[low] + CHUNK, side="right")) - 1)
        a, b = _expand(left[low:high], right, start[low:high], count[low:high])
        once = (a < b) | ~np.isin(b, left) if mirrored else a != b
        a, b = np.minimum(a, b)[once & (a != b)], np.maximum(a, b)[once & (a != b)]
        if len(a):
            yield a, b
        low = high


def _expand(left: Ints, right: Ints, start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Each left row beside each of the right rows from `start`, `count` of them."""
    a = np.repeat(left, count)
    offset = np.arange(len(a)) - np.repeat(np.cumsum(count) - count, count)
    return a, right[np.repeat(start, count) + offset]
