"""The running mean of a network's weights: what the last passes agree on codes the unseen better than the last step."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn


class RunningMean:
    """An exponential mean of the weights that learn.

    Args:
        networks: whose weights are averaged.
        share: how much of the mean each step keeps; 0.998 remembers some 500 steps.
    """

    def __init__(self, networks: Sequence[nn.Module], share: float) -> None:
        self.share, self.steps = share, 0
        self.live = [p for network in networks for p in network.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.live]

    @torch.no_grad()
    def follow(self) -> None:
        """Take one step's weights in; the first steps count more, so that the beginning is soon forgotten."""
        self.steps += 1
        keep = min(self.share, self.steps / (self.steps + 10))
        torch._foreach_lerp_(self.mean, self.live, 1 - keep)

    @torch.no_grad()
    def swap(self) -> None:
        """Give the networks the mean, and keep what they had in its stead; twice changes nothing."""
        for live, mean in zip(self.live, self.mean, strict=True):
            had = live.detach().clone()
            live.copy_(mean)
            mean.copy_(had)
