"""Fit the lines of confidence: coded held-out reports and their gold in, intercept and slope of each kind out.

One slope for all kinds and an intercept for each, by logistic regression with a light ridge (Newton's method): a kind
with few claims borrows the slope of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from evaluation.agreement import ActorNames, Record
from evaluation.claims import score_report

from warledger.coding.confidence import KINDS, log_odds

IDENTITY = np.array([[0.0, 1.0]] * len(KINDS), dtype=np.float32)
"""Lines that leave the product as it is."""
RIDGE = 1.0
STEPS = 30


def fit_lines(gold: Sequence[Record], said: Sequence[Record], actors: ActorNames) -> np.ndarray:
    """The lines of each kind.

    Args:
        gold: held-out reports with their claims.
        said: the same with the program's, each with the bare product as `confidence`.
        actors: names that mean one actor.

    Returns:
        float32 array of shape (kinds, 2).
    """
    kinds = [str(k) for k in KINDS]
    rows, outcomes = [], []
    for report, coded in zip(gold, said, strict=True):
        for claim, exact in score_report(report, coded["claims"], actors).outcomes:
            if claim["kind"] in kinds:
                own = [float(claim["kind"] == k) for k in kinds]
                rows.append([*own, log_odds(claim["confidence"])])
                outcomes.append(exact)
    x, y = np.array(rows), np.array(outcomes, dtype=float)
    w = np.zeros(len(kinds) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - RIDGE * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w = w + np.linalg.solve(curve, slope)
    return np.stack([w[:-1], np.full(len(kinds), w[-1])], axis=1).astype(np.float32)
