"""How far the confidence of claims can be trusted.

In go claims with the program's confidence and whether each turned out exact; out come the Brier score (mean squared
distance between confidence and outcome, Brier 1950; 0 is best, saying 0.5 always gives 0.25) and a reliability table.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

Outcome = tuple[float, bool]


@frozen(kw_only=True)
class Bin:
    """Claims of like confidence: how many, their mean confidence, the share that was exact."""

    low: float
    high: float
    claims: int
    confidence: float
    exact: float


def brier_score(outcomes: Sequence[Outcome]) -> float:
    """Mean squared error of the confidences.

    Raises:
        ValueError: no outcome, or a confidence outside 0 to 1.
    """
    if not outcomes or not all(0 <= confidence <= 1 for confidence, _ in outcomes):
        raise ValueError("confidences between 0 and 1 are needed, one at least")
    return sum((confidence - exact) ** 2 for confidence, exact in outcomes) / len(outcomes)


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[Bin]:
    """Group outcomes into bins of equal width; a bin without claims is left out."""
    table = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [(c, exact) for c, exact in outcomes if min(int(c * bins), bins - 1) == number]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            share = sum(exact for _, exact in inside) / len(inside)
            table.append(Bin(low=low, high=high, claims=len(inside), confidence=confidence, exact=share))
    return table


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Expected calibration error: the distance of confidence and outcome, averaged over the bins by their claims."""
    return sum(b.claims * abs(b.confidence - b.exact) for b in reliability(outcomes)) / len(outcomes)
