"""Gather claims of many reports into happenings.

In: event claims. Out: sets of claim ids, one a happening, the same whatever the order of arrival. Two clusters are one
where the mean weight between their claims is above the threshold (average linkage), so that a chain of half-alike
claims does not join its two ends.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from math import inf

import numpy as np

from warledger.corroborate.blocks import candidate_pairs
from warledger.corroborate.columns import Columns, Floats, Groups, Ints, Parents, columns_of, no_groups, no_parents
from warledger.corroborate.compare import evidence, possible, weigh
from warledger.corroborate.decisions import NO_RULINGS, Rulings
from warledger.domain.corroboration import Weights
from warledger.ports import KeptClaim

FLOOR = -6.0
"""Log-odds of a pair that cannot be one happening, and the least that any pair counts."""


def gather(
    claims: Sequence[KeptClaim],
    weights: Weights,
    *,
    groups: Groups = no_groups,
    parents: Parents = no_parents,
    rulings: Rulings = NO_RULINGS,
) -> tuple[frozenset[str], ...]:
    """Gather event claims into happenings.

    Args:
        claims: event claims, in any order.
        weights: how pairs are compared.
        groups: wider groups and sides of an actor.
        parents: containing places of a place.
        rulings: what persons decided; it outranks the comparison.

    Returns:
        Disjoint sets of ids that hold every claim, sorted by their smallest id.

    Raises:
        ValueError: a claim is no event claim.
    """
    columns = columns_of(claims, weights, groups=groups, parents=parents)
    a, b, scores = score_pairs(columns, weights)
    at = {name: row for row, name in enumerate(columns.ids)}
    bound = [[at[i] for i in group if i in at] for group in rulings.bound]
    apart = [(at[i], at[j]) for left, right in rulings.apart for i in left & at.keys() for j in right & at.keys()]
    found = link(len(columns), a, b, scores, weights.threshold, bound=bound, apart=apart)
    return tuple(frozenset(columns.ids[i] for i in members) for members in found)


def score_pairs(columns: Columns, weights: Weights, of: Ints | None = None) -> tuple[Ints, Ints, Floats]:
    """Compare every candidate pair, or those with a row among `of`; pairs of no more than the floor are left out."""
    parts: list[tuple[Ints, Ints, Floats]] = []
    for a, b in candidate_pairs(columns, weights, of):
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


def connected(columns: Columns, seeds: Ints, weights: Weights, ties: Sequence[Ints]) -> Ints:
    """Rows that a chain of pairs above the threshold leads to: no cluster reaches from one such set into another.

    Args:
        columns: every row that may be met.
        seeds: where the chains begin.
        weights: how pairs are compared.
        ties: sets of rows that are met together, whatever their weights.

    Returns:
        The rows, the seeds among them, sorted.
    """
    tied: dict[int, list[int]] = {}
    for number, rows in enumerate(ties):
        for row in rows.tolist():
            tied.setdefault(row, []).append(number)
    inside, ahead = set(seeds.tolist()), set(seeds.tolist())
    while ahead:
        frontier = np.array(sorted(ahead), dtype=np.int64)
        a, b, scores = score_pairs(columns, weights, frontier)
        close = scores > weights.threshold
        met = {*a[close].tolist(), *b[close].tolist()}
        met |= {row for known in ahead for number in tied.get(known, ()) for row in ties[number].tolist()}
        ahead = met - inside
        inside |= met
    return np.array(sorted(inside), dtype=np.int64)


def link(
    count: int,
    a: Ints,
    b: Ints,
    scores: Floats,
    threshold: float,
    *,
    bound: Sequence[Sequence[int]] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> list[list[int]]:
    """Average linkage over a sparse set of pairs; a pair that is not listed counts FLOOR.

    Args:
        count: number of rows.
        a, b: rows of each pair, each pair once.
        scores: weight of each pair.
        threshold: mean weight from which two clusters are one.
        bound: disjoint groups of rows that are one cluster from the start.
        apart: pairs of rows that are never in one cluster, unless one group binds them.

    Returns:
        The clusters, members sorted, in order of their first member.
    """
    members = {i: [i] for i in range(count)}
    at = list(range(count))
    for group in bound:
        for row in group:
            at[row] = min(group)
        members |= {min(group): sorted(group)} if group else {}
    members = {i: m for i, m in members.items() if at[i] == i}
    sums: dict[int, dict[int, float]] = {}
    for i, j, score in _between(at, a, b, scores - FLOOR, apart):
        near = sums.setdefault(i, {})
        near[j] = sums.setdefault(j, {})[i] = near.get(j, 0.0) + score
    lift = threshold - FLOOR
    heap = [entry for i, near in sums.items() for j in near if i < j for entry in _worth(i, j, members, sums, lift)]
    heapq.heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if i not in members or j not in members or (len(members[i]), len(members[j])) != (size_i, size_j):
            continue
        _merge(i, j, members, sums)
        for k in sums[i]:
            for entry in _worth(min(i, k), max(i, k), members, sums, lift):
                heapq.heappush(heap, entry)
    return [sorted(m) for _, m in sorted(members.items())]


def _between(
    at: Sequence[int], a: Ints, b: Ints, scores: Floats, apart: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, float]]:
    """Pairs of the clusters that rows start in, with their weights; those kept apart weigh less than anything."""
    for i, j, score in zip(a.tolist(), b.tolist(), scores.tolist(), strict=True):
        if at[i] != at[j]:
            yield at[i], at[j], score
    for i, j in apart:
        if at[i] != at[j]:
            yield at[i], at[j], -inf


def _worth(
    i: int, j: int, members: Mapping[int, list[int]], sums: Mapping[int, Mapping[int, float]], lift: float
) -> Iterator[tuple[float, int, int, int, int]]:
    """What the heap keeps of two clusters: mean, names and sizes; nothing where they are not to be one."""
    size_i, size_j = len(members[i]), len(members[j])
    mean = sums[i][j] / (size_i * size_j)
    if mean > lift:
        yield -mean, i, j, size_i, size_j


def _merge(i: int, j: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """Make cluster j part of cluster i: the sums of weights to every other cluster add up."""
    members[i] += members.pop(j)
    mine = sums[i]
    del mine[j]
    for k, total in sums.pop(j).items():
        if k != i:
            mine[k] = sums[k][i] = mine.get(k, 0.0) + total
            del sums[k][j]
