"""The network: an encoder, a head that finds the words claims hang on, heads that fill their roles.

The arithmetic of the heads is repeated in numpy by `warledger.coding.scores`; tests/unit/test_heads.py holds the two
together where torch is installed.
"""

from __future__ import annotations

import torch
from torch import nn

from warledger.coding.features import FEATURES
from warledger.coding.labels import CLASSES, CODES, EXTENTS, GROUP_NAMES, MODALITIES, ROLES, STATUSES

WIDTH = 192


class Pairs(nn.Module):
    """Scores the mentions of one class against anchors, for each role of the class."""

    def __init__(self, hidden: int, roles: int) -> None:
        super().__init__()
        self.mention = nn.Linear(hidden, WIDTH)
        self.anchor = nn.Linear(WIDTH, WIDTH)
        self.product = nn.Linear(WIDTH, WIDTH, bias=False)
        self.feature = nn.Linear(len(FEATURES), WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, roles)
        self.dropout = nn.Dropout(0.2)

    def forward(self, anchors: torch.Tensor, mentions: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        m = self.mention(mentions)
        mixed = self.product(anchors[:, None] * m[None]) + self.anchor(anchors)[:, None] + m[None]
        return self.out(self.dropout(torch.relu(mixed + self.feature(features))))


class Heads(nn.Module):
    """Everything on top of the encoder."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.group = nn.Linear(hidden, len(GROUP_NAMES))
        self.anchor = nn.Linear(hidden, WIDTH)
        self.group_vector = nn.Embedding(len(GROUP_NAMES), WIDTH)
        self.code = nn.Linear(WIDTH, len(CODES))
        self.null = nn.Linear(WIDTH, len(ROLES))
        self.modality = nn.Linear(WIDTH, len(MODALITIES))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.extent = nn.Linear(WIDTH, len(EXTENTS))
        self.pairs = nn.ModuleDict({name: Pairs(hidden, len(roles)) for name, roles in CLASSES.items()})
        self.dropout = nn.Dropout(0.2)
        nn.init.constant_(self.group.bias, -5.5)

    def anchors(self, words: torch.Tensor, at: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
        return self.dropout(torch.relu(self.anchor(words[at]) + self.group_vector(groups)))
