"""Make a network fit for int8: move the outliers of some inputs into the weights behind them. ONNX in, ONNX out.

The inputs of the second half of each feed-forward layer have channels that are a thousand times louder than others; one
int8 scale for all cannot hold both. Each channel is divided by a power of its loudest value and its row of weights
multiplied by the same, which changes nothing in float (Xiao et al. 2023, SmoothQuant, equation 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

SHARE = 0.9
"""How much of the loudness the weights take over. The vectors' cosine to those with these layers in float is
0.961 with half of it, 0.989 with 0.7, 0.990 with 0.9 and with all."""
_QUIETEST = 1e-5


def smooth(model: onnx.ModelProto, sample: Sequence[np.ndarray]) -> None:
    """Smooth in place.

    Args:
        model: the encoder in float, with inputs `ids` and `mask`.
        sample: piece numbers of some reports, each of shape (pieces,).
    """
    nodes = [n for n in model.graph.node if n.op_type == "MatMul" and "/down/" in n.name]
    loudest = _loudest(model, [n.input[0] for n in nodes], sample)
    weights = {i.name: i for i in model.graph.initializer}
    for node, loud in zip(nodes, loudest, strict=True):
        matrix = numpy_helper.to_array(weights[node.input[1]])
        strong = np.abs(matrix).max(axis=1)
        scale = np.maximum(loud, _QUIETEST) ** SHARE / np.maximum(strong, _QUIETEST) ** (1 - SHARE)
        scale /= np.exp(np.log(scale).mean())
        weights[node.input[1]].CopyFrom(
            numpy_helper.from_array((matrix * scale[:, None]).astype(np.float32), node.input[1])
        )
        name = f"{node.name}/smooth"
        model.graph.initializer.append(numpy_helper.from_array((1 / scale).astype(np.float32), name))
        divide = helper.make_node("Mul", [node.input[0], name], [f"{name}ed"], name=f"{name}/Mul")
        model.graph.node.insert(list(model.graph.node).index(node), divide)
        node.input[0] = f"{name}ed"


def _loudest(model: onnx.ModelProto, names: Sequence[str], sample: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The loudest value of each channel of the named inputs over the sample."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    for name in names:
        probe.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    loudest = [np.zeros(1) for _ in names]
    for ids in sample:
        values = session.run(list(names), {"ids": ids[None], "mask": np.ones_like(ids)[None]})
        loudest = [np.maximum(top, np.abs(v).max(axis=(0, 1))) for top, v in zip(loudest, values, strict=True)]
    return loudest


def save_smoothed(plain: Path, sample: Sequence[np.ndarray]) -> None:
    """Smooth a file in place."""
    model = onnx.load(str(plain))
    smooth(model, sample)
    onnx.save(model, str(plain))
