"""What the network is punished for: labels on the wrong words, roles filled with the wrong candidates."""

from __future__ import annotations

import numpy as np
import torch
from dataset import Example, Group
from network import Heads
from torch.nn import functional as F

from warledger.coding.candidates import Pool, same_and_other_side, word_pool
from warledger.coding.labels import CLASSES, GROUP_NAMES, MEMBERS, ROLES

LOW = -1e4


def report_loss(example: Example, words: torch.Tensor, heads: Heads) -> torch.Tensor:
    """The loss of one report; `words` is (words, width)."""
    wanted = torch.zeros(len(example.words), len(GROUP_NAMES))
    for g in example.groups:
        wanted[g.anchor, g.group] = 1
    scores = heads.group(heads.dropout(words))
    loss = F.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")
    if example.groups:
        loss = loss + 0.5 * role_loss(example, words, heads)
    return loss


def role_loss(example: Example, words: torch.Tensor, heads: Heads) -> torch.Tensor:
    groups = example.groups
    at = np.array([g.anchor for g in groups])
    anchors = heads.anchors(words, torch.from_numpy(at), torch.tensor([g.group for g in groups]))
    null = heads.null(anchors)
    c = example.candidates
    loss = small_codes_loss(groups, anchors, example.cues[at], heads) + quote_loss(example, at, anchors, words, heads)
    for name, pool in {"actors": c.actors, "places": c.places, "times": c.times, "numbers": c.numbers}.items():
        if len(pool):
            loss = loss + class_loss(name, pool, example, at, anchors, null, words, heads)
    return loss


def class_loss(
    name: str,
    pool: Pool,
    example: Example,
    at: np.ndarray,
    anchors: torch.Tensor,
    null: torch.Tensor,
    words: torch.Tensor,
    heads: Heads,
) -> torch.Tensor:
    columns = [ROLES.index(role) for role in CLASSES[name]]
    pairs = heads.pairs[name](at, anchors, words, pool, example.words) - null[:, None, columns]
    index = torch.from_numpy(pool.value)[None, :, None].expand_as(pairs)
    values = torch.full((len(at), len(pool.values), len(columns)), LOW).scatter_reduce(
        1, index, pairs, "amax", include_self=True
    )
    if name == "actors":
        same, other = same_and_other_side(pool.sides)
        groups = torch.tensor([g.group for g in example.groups])
        values = heads.weigh_beside(values, groups, torch.from_numpy(same), torch.from_numpy(other))
    wanted = torch.from_numpy(np.stack([g.fills[name] for g in example.groups]))
    known = torch.tensor([[g.known[role] for role in CLASSES[name]] for g in example.groups]).float()
    each = F.binary_cross_entropy_with_logits(values, wanted, reduction="none").sum(1)
    everything = torch.logsumexp(torch.cat([torch.zeros_like(values[:, :1]), values], 1), 1)
    right = torch.logsumexp(values.masked_fill(wanted == 0, LOW), 1)
    first = torch.where(wanted.sum(1) > 0, everything - right, everything)
    return ((0.5 * each + first) * known).sum()


def small_codes_loss(groups: list[Group], anchors: torch.Tensor, cues: np.ndarray, heads: Heads) -> torch.Tensor:
    allowed = torch.from_numpy(MEMBERS[[g.group for g in groups]])
    codes = heads.code(anchors).masked_fill(~allowed, LOW)
    loss = F.cross_entropy(codes, torch.tensor([g.code for g in groups]), reduction="sum")
    loss = loss + 0.5 * F.cross_entropy(
        heads.modalities(anchors, cues), torch.tensor([g.modality for g in groups]), reduction="sum"
    )
    for head, codes in ((heads.status, [g.status for g in groups]), (heads.extent, [g.extent for g in groups])):
        loss = loss + 0.5 * F.cross_entropy(head(anchors), torch.tensor(codes), reduction="sum", ignore_index=-1)
    return loss


def quote_loss(
    example: Example, at: np.ndarray, anchors: torch.Tensor, words: torch.Tensor, heads: Heads
) -> torch.Tensor:
    loss = torch.zeros(())
    sentence = example.words.sentence[at]
    for number in np.unique(sentence):
        low, high = (int(b) for b in example.words.bounds[number])
        rows = np.flatnonzero(sentence == number)
        pool = word_pool(example.words, low, high)
        scores = heads.pairs["words"](at[rows], anchors[rows], words, pool, example.words)
        place = torch.arange(low, high)[None]
        word = torch.from_numpy(at[rows])[:, None]
        first = torch.tensor([min(example.groups[r].quote[0], int(at[r])) - low for r in rows])
        last = torch.tensor([max(example.groups[r].quote[1], int(at[r])) - low for r in rows])
        loss = loss + F.cross_entropy(scores[..., 0].masked_fill(place > word, LOW), first, reduction="sum")
        loss = loss + F.cross_entropy(scores[..., 1].masked_fill(place < word, LOW), last, reduction="sum")
    return 0.5 * loss
