"""Block claims: which pairs are worth comparing, found by place and day without looking at all pairs.

In: columns. Out: chunks of pairs (a < b; a pair may come twice) that share a neighbourhood and a window of days. The
neighbourhood is a grid for settlements and regions, a coarser grid wherever one of the two names only a country, and
the first initiator where one names no place at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from warledger.corroborate.columns import COUNTRY, REGION, Columns, Ints
from warledger.domain.corroboration import Weights

CHUNK = 500_000
FINE_DEGREES, COARSE_DEGREES = 1.5, 12.0
_SPAN = 4_000_000  # more days than any calendar here has, so that cell and day make one sortable key


def candidate_pairs(columns: Columns, weights: Weights) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs to compare, in chunks of about CHUNK."""
    everything = np.arange(len(columns))
    placed = ~np.isnan(columns.latitude)
    local = everything[placed & (columns.level <= REGION)]
    wide = everything[placed & (columns.level == COUNTRY)]
    yield from _neighbours(columns, local, local, FINE_DEGREES, weights.window_days)
    yield from _neighbours(columns, wide, everything[placed], COARSE_DEGREES, weights.window_days)
    yield from _by_key(columns, everything[~placed], everything, columns.place, weights.window_days)
    nowhere = everything[columns.level > COUNTRY]
    yield from _by_key(columns, nowhere, everything, columns.initiator[:, 0], weights.window_days)


def _neighbours(columns: Columns, left: Ints, right: Ints, degrees: float, days: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs in one cell of the grid or in two that touch."""
    rows = np.floor((columns.latitude + 90) / degrees)
    cells = int(360 / degrees)
    cols = np.floor((columns.longitude + 180) / degrees)
    for up in (-1, 0, 1):
        for along in (-1, 0, 1):
            to = (rows + up) * cells + (cols + along) % cells
            at = rows * cells + cols % cells
            yield from _within_days(columns, left, right, to, at, days)


def _by_key(columns: Columns, left: Ints, right: Ints, key: Ints, days: int) -> Iterator[tuple[Ints, Ints]]:
    known = key >= 0
    value = key.astype(float)
    yield from _within_days(columns, left[known[left]], right[known[right]], value, value, days)


def _within_days(
    columns: Columns, left: Ints, right: Ints, left_cell: np.ndarray, right_cell: np.ndarray, days: int
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs whose cells are equal and whose last days lie at most `days` apart."""
    if not len(left) or not len(right):
        return
    keys = right_cell[right].astype(np.int64) * _SPAN + columns.last[right]
    order = np.argsort(keys, kind="stable")
    right, keys = right[order], keys[order]
    at = left_cell[left].astype(np.int64) * _SPAN + columns.last[left]
    start = np.searchsorted(keys, at - days, side="left")
    count = np.searchsorted(keys, at + days, side="right") - start
    step = np.concatenate([[0], np.cumsum(count)])
    low = 0
    while low < len(left):
        high = max(low + 1, int(np.searchsorted(step, step[low] + CHUNK, side="right")) - 1)
        a, b = _expand(left[low:high], right, start[low:high], count[low:high])
        once = (a < b) | ~np.isin(b, left)
        a, b = np.minimum(a, b)[once & (a != b)], np.maximum(a, b)[once & (a != b)]
        if len(a):
            yield a, b
        low = high


def _expand(left: Ints, right: Ints, start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Each left row beside each of the right rows from `start`, `count` of them."""
    a = np.repeat(left, count)
    offset = np.arange(len(a)) - np.repeat(np.cumsum(count) - count, count)
    return a, right[np.repeat(start, count) + offset]
