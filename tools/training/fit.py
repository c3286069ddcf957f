"""Fit the network on examples: some passes to find the words claims hang on, then all losses together."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
from anchors import choose_again
from average import RunningMean
from base_encoder import Encoder
from dataset import Example, Names, make_groups
from losses import report_loss
from network import Heads
from torch import nn

BATCH_REPORTS = 8
REMEMBERED = 0.998
"""Share of the running mean of the weights that a step keeps."""
WARM_UP_STEPS = 60
SHORT_FLOATS = "AVX512" in torch.backends.cpu.get_cpu_capability()
"""Where the processor has no instructions for 16-bit floats they are twenty times slower than 32-bit ones."""
VARIED = 0.6
"""Share of the reports that are varied in each pass."""


def fit(
    examples: Sequence[Example],
    encoder: Encoder,
    heads: Heads,
    names: Names,
    *,
    passes: int,
    again: Sequence[int],
    vary: Callable[[Example], Example],
    held: Sequence[Example] = (),
    rate: float = 1.0,
    tell: Callable[[str], None] = print,
) -> None:
    """Fit in place; what stands in the networks at the end is the running mean of their weights.

    Args:
        examples: the reports to learn from, their anchors chosen once.
        encoder: as loaded.
        heads: fresh.
        names: the corpus's actor names.
        passes: how often each report is seen.
        again: passes after which the network chooses the anchors again.
        vary: gives a variation of a report, another in each pass.
        held: reports held out, on which each pass is measured and from which nothing is learned.
        rate: share of the learning rates.
    """
    for example in (*examples, *held):
        example.groups = make_groups(example, names)
    mean = RunningMean((encoder, heads), REMEMBERED)
    steps = passes * math.ceil(len(examples) / BATCH_REPORTS)
    optimiser = torch.optim.AdamW(
        [{"params": encoder.parameters(), "lr": 1e-4 * rate}, {"params": heads.parameters(), "lr": 1.5e-3 * rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, s / WARM_UP_STEPS) * max(0.02, 1 - s / steps)
    )
    for number in range(passes):
        if number in again:
            tell(f"anchors moved: {move_anchors(examples, encoder, heads, names)}")
        began, total = time.monotonic(), 0.0
        encoder.train(), heads.train()
        seen = [vary(e) if random.random() < VARIED else e for e in examples]
        for batch in batches(seen, BATCH_REPORTS, shuffle=True):
            hidden = encode(encoder, batch)
            loss = sum(
                report_loss(e, hidden[row][torch.from_numpy(e.piece_of_word)], heads) for row, e in enumerate(batch)
            )
            loss = loss / len(batch) / 10
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            nn.utils.clip_grad_norm_(heads.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            mean.follow()
            total += float(loss.detach())
        mean.swap()
        move_anchors(held, encoder, heads, names)
        unseen = mean_loss(held, encoder, heads)
        if number + 1 < passes:
            mean.swap()
        tell(
            f"pass {number + 1} of {passes}: loss {total / len(examples):.4f}, held out {unseen:.4f}, "
            f"in {time.monotonic() - began:.0f} s"
        )


def mean_loss(examples: Sequence[Example], encoder: Encoder, heads: Heads) -> float:
    """The loss a report, of the scale in which passes are told, when nothing is learned."""
    encoder.eval(), heads.eval()
    total = 0.0
    with torch.no_grad():
        for batch in batches(examples, BATCH_REPORTS, shuffle=False):
            hidden = encode(encoder, batch)
            for row, e in enumerate(batch):
                total += float(report_loss(e, hidden[row][torch.from_numpy(e.piece_of_word)], heads))
    return total / 10 / BATCH_REPORTS / max(1, len(examples))


def move_anchors(examples: Sequence[Example], encoder: Encoder, heads: Heads, names: Names) -> int:
    """Let the network choose where nobody told the words that the claims hang on; how many it moved."""
    moved, untold = 0, [e for e in examples if not all(t.told for t in e.targets)]
    for example, scores in zip(untold, group_probabilities(untold, encoder, heads), strict=True):
        moved += choose_again(example.words, example.targets, scores)
        example.groups = make_groups(example, names)
    return moved


def group_probabilities(examples: Sequence[Example], encoder: Encoder, heads: Heads) -> list[np.ndarray]:
    encoder.eval(), heads.eval()
    found: dict[int, np.ndarray] = {}
    with torch.no_grad():
        for batch in batches(examples, 16, shuffle=False):
            hidden = encode(encoder, batch)
            for row, e in enumerate(batch):
                found[id(e)] = heads.group(hidden[row][torch.from_numpy(e.piece_of_word)]).sigmoid().numpy()
    return [found[id(e)] for e in examples]


def batches(examples: Sequence[Example], size: int, *, shuffle: bool) -> list[list[Example]]:
    """Reports of like length together."""
    order = sorted(examples, key=lambda e: len(e.ids) + (random.random() * 30 if shuffle else 0))
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        random.shuffle(cut)
    return cut


def encode(encoder: Encoder, batch: Sequence[Example]) -> torch.Tensor:
    longest = max(len(e.ids) for e in batch)
    ids = torch.ones(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, e in enumerate(batch):
        ids[row, : len(e.ids)] = torch.from_numpy(e.ids)
        mask[row, : len(e.ids)] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=SHORT_FLOATS):
        hidden = encoder(ids, mask)
    return hidden.float()
