"""Weigh the words of modality alone, over every claim whose word the coder named, and add that to the network's.

The network knows by heart how its own sentences hold what they say, so it leaves the cues little to explain; fitted
without it they keep what they say of any sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from dataset import Example
from network import Heads
from torch import nn
from torch.nn import functional as F

from warledger.coding.labels import MODALITIES
from warledger.coding.modality import FEATURES

STEPS, RATE, DECAY = 500, 0.03, 0.01
BALANCE = 0.25
"""How far a seldom modality weighs more than its share: (most frequent / own) to this power."""


def add_cue_weights(examples: Sequence[Example], heads: Heads) -> None:
    """Add the cues' own weights and bias to those of the network, in place."""
    weight, bias = fit_cue_weights(examples)
    with torch.no_grad():
        heads.cue.weight += weight
        heads.modality.bias += bias


def fit_cue_weights(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logistic regression of modality on the cues around a claim's word: weights (modalities, features) and bias."""
    told = [(e, t) for e in examples for t in e.targets if t.told and t.record["kind"] in ("event", "control", "toll")]
    cues = torch.from_numpy(np.stack([e.cues[t.anchor] for e, t in told]))
    modality = torch.tensor([MODALITIES.index(t.record["modality"]) for _, t in told])
    share = torch.bincount(modality, minlength=len(MODALITIES)).clamp(min=1).float()
    torch.manual_seed(0)
    layer = nn.Linear(FEATURES, len(MODALITIES))
    optimiser = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        optimiser.zero_grad()
        F.cross_entropy(layer(cues), modality, weight=(share.max() / share) ** BALANCE).backward()
        optimiser.step()
    return layer.weight.detach(), layer.bias.detach()
