"""Weigh the words of quotes alone, over every claim of the corpus, and put that beside the network's codes.

The network knows its own sentences by heart and tells like codes apart there by little of what they say; words weighed
without it err elsewhere than it does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from dataset import Example
from network import Heads
from torch.nn import functional as F

from warledger.coding.labels import CODES, MEMBERS
from warledger.coding.wording import ROWS, wording

STEPS, RATE, RIDGE = 150, 0.05, 1e-4
SHARE = 0.9
"""How much the words alone weigh beside the network; chosen on the reports held out."""
PUBLISHED = 3.0
"""How much more a report that tells what was published weighs than an invented exercise."""
GRAIN = 32
"""Weights are kept in steps of one part in so many."""


def add_wording_weights(examples: Sequence[Example], heads: Heads) -> None:
    """Put the words' own weights into the heads, in place of those before."""
    with torch.no_grad():
        heads.wording.weight.copy_((fit_wording_weights(examples) * SHARE * GRAIN).round() / GRAIN)


def fit_wording_weights(examples: Sequence[Example]) -> torch.Tensor:
    """Logistic regression of the code, among those of its group, on the words of the quote; shape (rows, codes)."""
    told = [(e, wording(e.words)) for e in examples if e.groups]
    rows = [torch.from_numpy(said.rows(g.quote, g.anchor)) for e, said in told for g in e.groups]
    starts = torch.tensor([0, *np.cumsum([len(r) for r in rows])[:-1]])
    codes = torch.tensor([g.code for e, _ in told for g in e.groups])
    others = torch.from_numpy(~MEMBERS[[g.group for e, _ in told for g in e.groups]])
    counts = torch.tensor([1.0 if e.record.get("invented") else PUBLISHED for e, _ in told for _ in e.groups])
    table, bias = (torch.zeros(shape, requires_grad=True) for shape in ((ROWS, len(CODES)), (len(CODES),)))
    optimiser = torch.optim.Adam([table, bias], lr=RATE)
    every = torch.cat(rows)
    for _ in range(STEPS):
        optimiser.zero_grad()
        scores = (F.embedding_bag(every, table, starts, mode="sum") + bias).masked_fill(others, -1e4)
        loss = (F.cross_entropy(scores, codes, reduction="none") * counts).mean() + RIDGE * (table**2).sum()
        loss.backward()
        optimiser.step()
    return table.detach()
