"""Read an exported model back, to train it further: its int8 matrices as floats, its heads as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from base_encoder import HEAD_WIDTH, Encoder
from network import Heads
from onnx import numpy_helper

_PIECES = ("word.weight", "position.weight")


def load_exported(folder: Path, dropout: float) -> tuple[Encoder, Heads]:
    """The network of an exported model.

    Args:
        folder: what `export.export` wrote: `encoder.onnx` and `heads.npz`.
        dropout: of the encoder, for what it is yet to learn.
    """
    graph = onnx.load(str(folder / "encoder.onnx")).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    weights = {name: value for name, value in stored.items() if name.startswith(("norm.", "layers."))}
    weights |= {name: _floats(stored, name) for name in _PIECES}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.startswith("/layers."):
            _, layer, part, _ = node.name.split("/")
            matrix = _floats(stored, node.input[1].removesuffix("_quantized"))
            quiet = stored.get(f"/{layer}/{part}/MatMul/smooth")
            weights[f"{layer}.{part}.weight"] = (matrix if quiet is None else matrix * quiet[:, None]).T
    inner, hidden = weights["layers.0.up.weight"].shape
    layers = sum(name.endswith(".up.weight") for name in weights)
    encoder = Encoder(len(weights["word.weight"]), hidden, layers, hidden // HEAD_WIDTH, inner, dropout)
    encoder.load_state_dict({name: _tensor(value) for name, value in weights.items()})
    heads = Heads(hidden)
    with np.load(folder / "heads.npz") as said:
        heads.load_state_dict({name: _tensor(said[name]) for name in heads.state_dict()})
    return encoder, heads


def mix(encoder: Encoder, heads: Heads, folder: Path, share: float) -> None:
    """Draw the weights of a network towards those of an exported one that it was trained from: the mean of both.

    Args:
        encoder: changed in place.
        heads: changed in place.
        folder: what `export.export` wrote.
        share: of the exported weights in the mean.
    """
    with torch.no_grad():
        for network, before in zip((encoder, heads), load_exported(folder, 0.0), strict=True):
            other = before.state_dict()
            for name, value in network.state_dict().items():
                if value.dtype.is_floating_point:
                    value.lerp_(other[name], share)


def _floats(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return (stored[f"{name}_quantized"].astype(np.float32) - zero) * stored[f"{name}_scale"]


def _tensor(value: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.array(value, dtype=np.float32))
