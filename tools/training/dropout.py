"""Dropout whose coins are bytes of numpy's; torch draws its own one by one, which took a sixth of the training."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

BYTE = 256


class Dropout(nn.Module):
    """While training, silence a share of the numbers and raise the others by as much; `share` is rounded to 1/256."""

    coins = np.random.Generator(np.random.SFC64(0))

    def __init__(self, share: float) -> None:
        super().__init__()
        self.cut = round(share * BYTE)

    @classmethod
    def seed(cls, seed: int) -> None:
        """Begin the coins of every layer anew."""
        cls.coins = np.random.Generator(np.random.SFC64(seed))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or not self.cut:
            return x
        kept = np.frombuffer(self.coins.bytes(x.numel()), dtype=np.uint8).reshape(x.shape) >= self.cut
        return x * torch.from_numpy(kept).to(x.dtype).mul_(BYTE / (BYTE - self.cut))
