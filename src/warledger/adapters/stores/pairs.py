"""Numbers of places with those of the claims that decide them (`ports.Pairs`): rows in, columns in one order out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from warledger.ports import Pairs


def pairs_of(rows: Iterable[tuple[int, int]]) -> Pairs:
    """A place and a claim a row, as columns."""
    return in_order(np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2).T)


def in_order(pairs: Pairs) -> Pairs:
    """By place, then by claim."""
    return pairs[:, np.lexsort(pairs[::-1])]
