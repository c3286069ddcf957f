"""An exported encoder answers the same with fewer nodes; skipped where onnx, needed for training alone, is missing."""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx", reason="onnx is not installed; `make train` installs it")
sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "training"))

HEADS, LENGTH, WIDTH = 2, 5, 4


def attention(path: Path, *, masked: bool = True) -> None:
    """One layer's scores as the export writes them: product, scale, mask, softmax, product."""
    node, tensor = onnx.helper.make_node, onnx.TensorProto
    scale = onnx.numpy_helper.from_array(np.array(WIDTH**-0.5, dtype=np.float32), "scale")
    shape = [1, HEADS, LENGTH, WIDTH]
    nodes = [
        node("Transpose", ["k"], ["turned"], perm=[0, 1, 3, 2]),
        node("MatMul", ["q", "turned"], ["product"]),
        node("Mul", ["product", "scale"], ["scaled"]),
        *([node("Add", ["scaled", "mask"], ["masked"])] if masked else []),
        node("Softmax", ["masked" if masked else "scaled"], ["shares"], axis=-1),
        node("MatMul", ["shares", "v"], ["out"]),
    ]
    inputs = [onnx.helper.make_tensor_value_info(name, tensor.FLOAT, shape) for name in "qkv"]
    inputs.append(onnx.helper.make_tensor_value_info("mask", tensor.FLOAT, [1, 1, 1, LENGTH]))
    outputs = [onnx.helper.make_tensor_value_info("out", tensor.FLOAT, shape)]
    graph = onnx.helper.make_graph(nodes, "attention", inputs, outputs, [scale])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))


def answer(path: Path, given: dict[str, np.ndarray]) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    asked = {i.name for i in session.get_inputs()}
    found: np.ndarray = session.run(None, {name: value for name, value in given.items() if name in asked})[0]
    return found


def test_attention_answers_the_same_without_mask_and_scale(tmp_path: Path) -> None:
    from attention import slim_attention

    whole, slim = tmp_path / "whole.onnx", tmp_path / "slim.onnx"
    attention(whole)
    attention(slim)
    slim_attention(slim, WIDTH)
    random = np.random.default_rng(1)
    given = {name: random.normal(size=(1, HEADS, LENGTH, WIDTH)).astype(np.float32) for name in "qkv"}
    given["mask"] = np.zeros((1, 1, 1, LENGTH), dtype=np.float32)
    np.testing.assert_allclose(answer(slim, given), answer(whole, given), rtol=1e-6)
    graph = onnx.load(str(slim)).graph
    assert [n.op_type for n in graph.node] == ["Transpose", "FusedMatMul", "Softmax", "MatMul"]
    assert [i.name for i in graph.input] == ["q", "k", "v"]
    assert not graph.initializer


def test_a_graph_of_another_shape_is_refused(tmp_path: Path) -> None:
    from attention import slim_attention

    attention(tmp_path / "other.onnx", masked=False)
    with pytest.raises(ValueError, match="is no Add"):
        slim_attention(tmp_path / "other.onnx", WIDTH)
