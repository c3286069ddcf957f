"""The network: an encoder, a head that finds the words claims hang on, heads that fill their roles.

The arithmetic of the heads is repeated in numpy by `warledger.coding.scores`; tests/unit/test_heads.py holds the two
together where torch is installed.
"""

from __future__ import annotations

import numpy as np
import torch
from dropout import Dropout
from torch import nn

from warledger.coding.candidates import Pool
from warledger.coding.features import FEATURES, pair_features, words_beside, words_between
from warledger.coding.labels import BESIDE, CLASSES, CODES, EXTENTS, GROUP_NAMES, MODALITIES, ROLES, STATUSES
from warledger.coding.modality import FEATURES as CUE_FEATURES
from warledger.coding.traits import TRAITS
from warledger.coding.wording import ROWS as WORDING_ROWS
from warledger.coding.words import Words

WIDTH = 192
NEAR = 64
"""Width of the words beside and between, which tell "by", "against" and "said"."""
FORGOTTEN = 0.5
"""Share of an anchor that its modality is learned without: its words are soon known by heart, the cues are not."""
NO_WORDS = 0.15
"""Share of mentions whose words are hidden in training."""


class Pairs(nn.Module):
    """Scores the mentions of one class against anchors, for each role of the class."""

    def __init__(self, hidden: int, roles: int, traits: int) -> None:
        super().__init__()
        self.mention = nn.Linear(hidden, WIDTH)
        self.trait = nn.Linear(traits, WIDTH, bias=False)
        self.anchor = nn.Linear(WIDTH, WIDTH)
        self.product = nn.Linear(WIDTH, WIDTH, bias=False)
        self.feature = nn.Linear(len(FEATURES), WIDTH, bias=False)
        self.near = nn.Linear(hidden, NEAR)
        self.left = nn.Linear(NEAR, WIDTH, bias=False)
        self.right = nn.Linear(NEAR, WIDTH, bias=False)
        self.between = nn.Linear(NEAR, WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, roles)
        self.dropout = Dropout(0.2)

    def forward(
        self, at: np.ndarray, anchors: torch.Tensor, vectors: torch.Tensor, pool: Pool, words: Words
    ) -> torch.Tensor:
        """Scores of shape (anchors, mentions, roles); `vectors` is (words, hidden), `at` the words of the anchors."""
        near = torch.relu(self.near(vectors))
        before, behind = words_beside(pool, words)
        mentions = self._unnamed(0.5 * (vectors[pool.first] + vectors[pool.last]))
        m = self.mention(mentions) + self.trait(torch.from_numpy(pool.traits))
        m = m + self.left(near[before]) + self.right(near[behind])
        mixed = self.product(anchors[:, None] * m[None]) + self.anchor(anchors)[:, None] + m[None]
        mixed = mixed + self.feature(torch.from_numpy(pair_features(at, pool, words)))
        mixed = mixed + self.between(self._mean(near, *words_between(at, pool, words)))
        return self.out(self.dropout(torch.relu(mixed)))

    @staticmethod
    def _mean(near: torch.Tensor, low: np.ndarray, high: np.ndarray) -> torch.Tensor:
        sums = torch.cat([torch.zeros_like(near[:1]), near.cumsum(0)])
        return (sums[high] - sums[low]) / torch.from_numpy(np.maximum(high - low, 1))[..., None]

    def _unnamed(self, mentions: torch.Tensor) -> torch.Tensor:
        """While training, hide the words of some mentions, so that traits and places must tell."""
        if not self.training:
            return mentions
        return mentions * (torch.rand(len(mentions), 1) > NO_WORDS)


class Heads(nn.Module):
    """Everything on top of the encoder."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.group = nn.Linear(hidden, len(GROUP_NAMES))
        self.anchor = nn.Linear(hidden, WIDTH)
        self.group_vector = nn.Embedding(len(GROUP_NAMES), WIDTH)
        self.code = nn.Linear(WIDTH, len(CODES))
        self.wording = nn.Embedding.from_pretrained(torch.zeros(WORDING_ROWS, len(CODES)))  # weighed by itself
        self.null = nn.Linear(WIDTH, len(ROLES))
        self.modality = nn.Linear(WIDTH, len(MODALITIES))
        self.cue = nn.Linear(CUE_FEATURES, len(MODALITIES), bias=False)
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.extent = nn.Linear(WIDTH, len(EXTENTS))
        self.pairs = nn.ModuleDict(
            {name: Pairs(hidden, len(roles), len(TRAITS[name])) for name, roles in CLASSES.items()}
        )
        self.beside = nn.Embedding(len(GROUP_NAMES), 3 * len(BESIDE))
        nn.init.zeros_(self.beside.weight)
        nn.init.zeros_(self.cue.weight)
        self.dropout, self.forgetful = Dropout(0.2), Dropout(FORGOTTEN)
        nn.init.constant_(self.group.bias, -5.5)

    def anchors(self, words: torch.Tensor, at: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
        return self.dropout(torch.relu(self.anchor(words[at]) + self.group_vector(groups)))

    def modalities(self, anchors: torch.Tensor, cues: np.ndarray) -> torch.Tensor:
        """Scores of shape (anchors, modalities); `cues` is (anchors, features)."""
        return self.modality(self.forgetful(anchors)) + self.cue(torch.from_numpy(cues))

    def weigh_beside(
        self, values: torch.Tensor, groups: torch.Tensor, same: torch.Tensor, other: torch.Tensor
    ) -> torch.Tensor:
        """Weigh the one who suffers it by who does it; `values` is (anchors, values, actor roles)."""
        roles, added = CLASSES["actors"], torch.zeros_like(values)
        weights = self.beside(groups).view(len(groups), len(BESIDE), 3)
        for number, (done_to, doer) in enumerate(BESIDE):
            likely = values[..., roles.index(doer)]
            share = torch.cat([torch.zeros_like(likely[:, :1]), likely], 1).softmax(1)[:, 1:]
            w = weights[:, number]
            added[..., roles.index(done_to)] = (
                w[:, :1] * share + w[:, 1:2] * (share @ same) + w[:, 2:] * (share @ other)
            )
        return values + added
