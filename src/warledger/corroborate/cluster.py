"""Gather claims of many reports into happenings.

In: event claims. Out: sets of claim ids, one a happening, the same whatever the order of arrival. Two clusters are one
where the mean weight between their claims is above the threshold (average linkage), so that a chain of half-alike
claims does not join its two ends.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from warledger.corroborate.blocks import candidate_pairs
from warledger.corroborate.columns import Columns, Floats, Groups, Ints, Parents, columns_of, no_groups, no_parents
from warledger.corroborate.compare import evidence, possible, weigh
from warledger.domain.corroboration import Weights
from warledger.ports import KeptClaim

FLOOR = -6.0
"""Log-odds of a pair that cannot be one happening, and the least that any pair counts."""


def gather(
    claims: Sequence[KeptClaim], weights: Weights, *, groups: Groups = no_groups, parents: Parents = no_parents
) -> tuple[frozenset[str], ...]:
    """Gather event claims into happenings.

    Args:
        claims: event claims, in any order.
        weights: how pairs are compared.
        groups: wider groups and sides of an actor.
        parents: containing places of a place.

    Returns:
        Disjoint sets of ids that hold every claim, sorted by their smallest id.

    Raises:
        ValueError: a claim is no event claim.
    """
    columns = columns_of(claims, weights, groups=groups, parents=parents)
    a, b, scores = score_pairs(columns, weights)
    found = link(len(columns), a, b, scores, weights.threshold)
    return tuple(frozenset(columns.ids[i] for i in members) for members in found)


def score_pairs(columns: Columns, weights: Weights) -> tuple[Ints, Ints, Floats]:
    """Compare every candidate pair; pairs that count no more than the floor are left out."""
    parts: list[tuple[Ints, Ints, Floats]] = []
    for a, b in candidate_pairs(columns, weights):
        ok = possible(columns, a, b, weights)
        a, b = a[ok], b[ok]
        scores = weigh(evidence(columns, a, b, weights), weights)
        keep = scores > FLOOR
        parts.append((a[keep], b[keep], scores[keep]))
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    a, b, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    _, once = np.unique(a * (int(b.max(initial=0)) + 1) + b, return_index=True)
    return a[once], b[once], scores[once]


def link(count: int, a: Ints, b: Ints, scores: Floats, threshold: float) -> list[list[int]]:
    """Average linkage over a sparse set of pairs; a pair that is not listed counts FLOOR.

    Args:
        count: number of rows.
        a, b: rows of each pair, each pair once.
        scores: weight of each pair.
        threshold: mean weight from which two clusters are one.

    Returns:
        The clusters, members sorted, in order of their first member.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(count)}
    sums: dict[int, dict[int, float]] = {}
    for i, j, score in zip(a.tolist(), b.tolist(), (scores - FLOOR).tolist(), strict=True):
        sums.setdefault(i, {})[j] = score
        sums.setdefault(j, {})[i] = score
    lift = threshold - FLOOR
    heap = [(-s, i, j, 1, 1) for i, near in sums.items() for j, s in near.items() if i < j and s > lift]
    heapq.heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if i not in members or j not in members or (len(members[i]), len(members[j])) != (size_i, size_j):
            continue
        _merge(i, j, members, sums)
        for k, total in sums[i].items():
            mean = total / (len(members[i]) * len(members[k]))
            if mean > lift:
                low, high = min(i, k), max(i, k)
                heapq.heappush(heap, (-mean, low, high, len(members[low]), len(members[high])))
    return [sorted(m) for _, m in sorted(members.items())]


def _merge(i: int, j: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """Make cluster j part of cluster i: the sums of weights to every other cluster add up."""
    members[i] += members.pop(j)
    mine = sums[i]
    del mine[j]
    for k, total in sums.pop(j).items():
        if k != i:
            mine[k] = sums[k][i] = mine.get(k, 0.0) + total
            del sums[k][j]
