"""Confidence: the model's own odds in, the probability that a claim is right in its key fields out.

The odds of a word, its code and its roles multiply to a product that says too much of claims about wars that the model
has not seen. A line through the log odds, one a kind, mends that (Platt 1999); training fits it on held-out wars.
"""

from __future__ import annotations

import math

from warledger.domain.codes import Kind
from warledger.ports import Array

KINDS = tuple(Kind)
_LEAST = 1e-4


def log_odds(product: float) -> float:
    """Logarithm of p / (1 - p), kept finite."""
    p = min(max(product, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def calibrated(kind: Kind, product: float, lines: Array) -> float:
    """The probability that a claim is right.

    Args:
        kind: its kind.
        product: the product of the model's probabilities, 0 to 1.
        lines: intercept and slope of each kind, in the order of `Kind`; shape (kinds, 2).
    """
    intercept, slope = (float(x) for x in lines[KINDS.index(kind)])
    return 1 / (1 + math.exp(-(intercept + slope * log_odds(product))))
