"""The heads in numpy: word vectors in, scores of groups, codes, roles and the small codes out.

The weights come from training; tools/training/network.py holds the same arithmetic in torch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import evolve, frozen

from warledger.coding.candidates import Pool, same_and_other_side, word_pool
from warledger.coding.features import FEATURES, pair_features, words_beside, words_between
from warledger.coding.labels import BESIDE, CLASSES, MEMBERS, ROLES
from warledger.coding.wording import wording_scores
from warledger.coding.words import Words
from warledger.ports import Array, HeadWeights

IMPOSSIBLE = -1e4
"""The score of a code outside the anchor's group."""
MAX_PAIRS = 200_000
"""Anchors are scored in slices so that no more pairs than this stand in memory at once."""


@frozen(kw_only=True, eq=False)
class RoleScores:
    """How well each value fills each role of each anchor, against nobody.

    Args:
        values: log odds that the value fills the role rather than nobody; shape (anchors, values, roles).
        best: the mention that speaks loudest for each value; same shape.
    """

    values: Array
    best: Array


@frozen(kw_only=True, eq=False)
class AnchorScores:
    """Everything scored for a set of anchors; roles by class, small codes as probabilities."""

    roles: Mapping[str, RoleScores]
    quotes: tuple[tuple[int, int], ...]
    code: Array
    modality: Array
    status: Array
    extent: Array


def group_scores(vectors: Array, weights: HeadWeights) -> Array:
    """Probability that a claim of each group hangs on each word; shape (words, groups)."""
    return sigmoid(vectors @ weights["group.weight"].T + weights["group.bias"])


def code_scores(vectors: Array, weights: HeadWeights) -> Array:
    """Probability that a claim of each code hangs on each word; shape (words, codes)."""
    groups = group_scores(vectors, weights)
    out = np.zeros((len(vectors), MEMBERS.shape[1]), dtype=np.float32)
    for group, members in enumerate(MEMBERS):
        anchors = _anchors(vectors, np.full(len(vectors), group), weights)
        codes = softmax(np.where(members[None], anchors @ weights["code.weight"].T + weights["code.bias"], IMPOSSIBLE))
        out += groups[:, group : group + 1] * codes * members[None]
    return out


def _anchors(words: Array, groups: Array, weights: HeadWeights) -> Array:
    raw: Array = words @ weights["anchor.weight"].T + weights["anchor.bias"] + weights["group_vector.weight"][groups]
    return np.maximum(raw, 0)


def anchor_scores(
    vectors: Array,
    at: Array,
    groups: Array,
    pools: Mapping[str, Pool],
    words: Words,
    cues: Array,
    weights: HeadWeights,
) -> AnchorScores:
    """Score the candidates of each anchor.

    Args:
        vectors: one row a word; shape (words, width).
        at: word of each anchor; shape (anchors,).
        groups: group of each anchor; shape (anchors,).
        pools: candidates by class, without the class `words`.
        words: the report's words.
        cues: how the report holds each word (`coding.modality`); shape (words, features).
        weights: the trained heads.
    """
    anchors = _anchors(vectors[at], groups, weights)
    null = anchors @ weights["null.weight"].T + weights["null.bias"]
    quotes = _quotes(anchors, at, vectors, words, weights)
    codes = anchors @ weights["code.weight"].T + weights["code.bias"]
    codes = codes + wording_scores(words, at, quotes, weights["wording.weight"])
    return AnchorScores(
        roles={
            name: _class_scores(name, anchors, null, at, groups, vectors, pool, words, weights)
            for name, pool in pools.items()
        },
        quotes=quotes,
        code=softmax(np.where(MEMBERS[groups], codes, IMPOSSIBLE)),
        modality=softmax(
            anchors @ weights["modality.weight"].T + weights["modality.bias"] + cues[at] @ weights["cue.weight"].T
        ),
        status=softmax(anchors @ weights["status.weight"].T + weights["status.bias"]),
        extent=softmax(anchors @ weights["extent.weight"].T + weights["extent.bias"]),
    )


def _class_scores(
    name: str,
    anchors: Array,
    null: Array,
    at: Array,
    groups: Array,
    vectors: Array,
    pool: Pool,
    words: Words,
    weights: HeadWeights,
) -> RoleScores:
    roles = [ROLES.index(role) for role in CLASSES[name]]
    count = int(pool.value.max()) + 1 if len(pool.value) else 0
    if count == 0 or len(anchors) == 0:
        empty = np.zeros((len(anchors), count, len(roles)), dtype=np.float32)
        return RoleScores(values=empty, best=empty.astype(np.int64))
    w = _class_weights(name, weights)
    near = _near(vectors, w)
    mentions = _mentions(vectors, near, pool, words, w)
    slices = []
    step = max(1, MAX_PAIRS // len(mentions))
    for low in range(0, len(anchors), step):
        part = slice(low, low + step)
        slices.append(_pair_scores(at[part], anchors[part], near, mentions, pool, words, w))
    scores = _by_value(np.concatenate(slices) - null[:, None, roles], pool.value, count)
    return evolve(scores, values=_beside(scores.values, groups, pool, weights)) if name == "actors" else scores


def _beside(values: Array, groups: Array, pool: Pool, weights: HeadWeights) -> Array:
    """Weigh the one who suffers it by who does it: the same actor, one of his side, one of another side.

    The weights are one set a group of claims: allies agree, enemies fight.
    """
    out = values.copy()
    same, other = same_and_other_side(pool.sides)
    for number, (done_to, doer) in enumerate(BESIDE):
        likely = values[..., CLASSES["actors"].index(doer)]
        odds = np.exp(likely - np.maximum(likely.max(axis=1, keepdims=True), 0))
        share = odds / (odds.sum(axis=1, keepdims=True) + np.exp(-np.maximum(likely.max(axis=1, keepdims=True), 0)))
        w = weights["beside.weight"][groups].reshape(len(groups), len(BESIDE), 3)[:, number, :, None]
        out[..., CLASSES["actors"].index(done_to)] += (
            w[:, 0] * share + w[:, 1] * (share @ same) + w[:, 2] * (share @ other)
        )
    return out


def _near(vectors: Array, w: Mapping[str, Array]) -> Array:
    """Every word as a neighbour: what "by" and "against" look like; shape (words, narrow width)."""
    out: Array = np.maximum(vectors @ w["near.weight"].T + w["near.bias"], 0)
    return out


def _mentions(vectors: Array, near: Array, pool: Pool, words: Words, w: Mapping[str, Array]) -> Array:
    means = 0.5 * (vectors[pool.first] + vectors[pool.last])
    before, behind = words_beside(pool, words)
    out: Array = means @ w["mention.weight"].T + w["mention.bias"] + pool.traits @ w["trait.weight"].T
    out += near[before] @ w["left.weight"].T + near[behind] @ w["right.weight"].T
    return out


def _between(at: Array, near: Array, pool: Pool, words: Words, out: Array) -> None:
    """Write the mean of the words between an anchor and a mention; `out` is (anchors, mentions, narrow width)."""
    low, high = words_between(at, pool, words)
    sums = np.concatenate([np.zeros_like(near[:1]), near.cumsum(axis=0)])
    np.subtract(sums[high], sums[low], out=out)
    out /= np.maximum(high - low, 1)[..., None].astype(np.float32)


def _quotes(
    anchors: Array, at: Array, vectors: Array, words: Words, weights: HeadWeights
) -> tuple[tuple[int, int], ...]:
    """First and last word of the words that support each anchor, within its sentence and around it."""
    w = _class_weights("words", weights)
    near = _near(vectors, w)
    mentions = _mentions(vectors, near, word_pool(words, 0, len(words)), words, w)
    quotes = [(0, 0)] * len(at)
    for sentence in np.unique(words.sentence[at]) if len(at) else ():
        low, high = words.bounds[sentence]
        mine = np.flatnonzero(words.sentence[at] == sentence)
        pool = word_pool(words, int(low), int(high))
        scores = _pair_scores(at[mine], anchors[mine], near, mentions[low:high], pool, words, w)
        for row, anchor in enumerate(mine):
            word = at[anchor] - low
            first = int(scores[row, : word + 1, 0].argmax())
            last = int(word + scores[row, word:, 1].argmax())
            quotes[anchor] = (int(low + first), int(low + last))
    return tuple(quotes)


def _class_weights(name: str, weights: HeadWeights) -> dict[str, Array]:
    return {key: weights[f"pairs.{name}.{key}"] for key in _PAIR_WEIGHTS}


_PAIR_WEIGHTS = (
    "mention.weight",
    "mention.bias",
    "anchor.weight",
    "anchor.bias",
    "product.weight",
    "feature.weight",
    "trait.weight",
    "near.weight",
    "near.bias",
    "left.weight",
    "right.weight",
    "between.weight",
    "out.weight",
    "out.bias",
)


def _pair_scores(
    at: Array, anchors: Array, near: Array, mentions: Array, pool: Pool, words: Words, w: Mapping[str, Array]
) -> Array:
    count, width, said, beside = (len(at), len(mentions)), anchors.shape[1], len(FEATURES), near.shape[1]
    inputs = np.empty((*count, width + said + beside), dtype=np.float32)
    np.multiply(anchors[:, None], mentions[None], out=inputs[..., :width])
    inputs[..., width : width + said] = pair_features(at, pool, words)
    _between(at, near, pool, words, inputs[..., width + said :])
    # One product over all the pairs: three small ones for each anchor cost a fifth more.
    weights = np.concatenate([w["product.weight"], w["feature.weight"], w["between.weight"]], axis=1)
    mixed = (inputs.reshape(-1, inputs.shape[2]) @ weights.T).reshape(*count, -1)
    mixed += (anchors @ w["anchor.weight"].T + w["anchor.bias"])[:, None] + mentions[None]
    out: Array = np.maximum(mixed, 0).reshape(-1, mixed.shape[2]) @ w["out.weight"].T + w["out.bias"]
    return out.reshape(*count, -1)


def _by_value(pairs: Array, value: Array, count: int) -> RoleScores:
    """The loudest mention of each value speaks for it."""
    shape = (pairs.shape[0], count, pairs.shape[2])
    scores = np.full(shape, -np.inf, dtype=np.float32)
    best = np.zeros(shape, dtype=np.int64)
    for mention, number in enumerate(value):
        louder = pairs[:, mention] > scores[:, number]
        scores[:, number] = np.where(louder, pairs[:, mention], scores[:, number])
        best[:, number] = np.where(louder, mention, best[:, number])
    return RoleScores(values=scores, best=best)


def sigmoid(x: Array | float) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    out: Array = 0.5 * (1 + np.tanh(0.5 * x))
    return out


def softmax(x: Array) -> Array:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Array = e / e.sum(axis=-1, keepdims=True)
    return out
