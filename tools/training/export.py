"""Write the trained network as the coder loads it: an int8 ONNX encoder, a tokenizer, float16 heads and a card."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from attention import slim_attention
from base_encoder import HEAD_WIDTH, Encoder
from network import Heads
from onnxruntime.quantization import QuantType, quantize_dynamic
from smooth import save_smoothed
from tokenizers import Tokenizer

WINDOW_PIECES = 448
CONTEXT_PIECES = 96
LEARNED = "learned.txt"


def export(
    folder: Path,
    encoder: Encoder,
    heads: Heads,
    tokenizer: Tokenizer,
    thresholds: np.ndarray,
    calibration: np.ndarray,
    code_share: np.ndarray,
    languages: Sequence[str],
    sample: Sequence[np.ndarray],
) -> None:
    """Write the model beside the weights of relations, which are there already.

    `sample` is piece numbers of reports, by which int8's scales are made fit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    encoder.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        ids = torch.randint(4, 1000, (2, 16))
        axes = {0: "reports", 1: "pieces"}
        torch.onnx.export(
            encoder,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={"ids": axes, "mask": axes, "vectors": axes},
            dynamo=False,
        )
        save_smoothed(plain, sample)
        quantize_dynamic(
            plain,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            extra_options={"MatMulConstBOnly": True},
            per_channel=True,
        )
    slim_attention(folder / "encoder.onnx", HEAD_WIDTH)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    weights = {name: value.detach().numpy().astype(np.float16) for name, value in heads.state_dict().items()}
    np.savez_compressed(
        folder / "heads.npz",
        **weights,
        thresholds=thresholds.astype(np.float32),
        calibration=calibration.astype(np.float32),
        code_share=code_share.astype(np.float32),
    )
    _write_card(folder, languages)


def write_lines(folder: Path, calibration: np.ndarray) -> None:
    """Give an exported model other lines of confidence."""
    with np.load(folder / "heads.npz") as heads:
        np.savez_compressed(folder / "heads.npz", **{**heads, "calibration": calibration.astype(np.float32)})
    _write_card(folder, json.loads((folder / "model.json").read_text(encoding="utf-8"))["languages"])


def write_learned(folder: Path, ids: Iterable[str]) -> None:
    """Keep beside a model which reports it learned from, a line each."""
    (folder / LEARNED).write_text("".join(f"{i}\n" for i in sorted(ids)), encoding="utf-8")


def read_learned(folder: Path) -> frozenset[str]:
    """The ids of the reports that a model learned from; none where nobody kept them."""
    kept = folder / LEARNED
    return frozenset(kept.read_text(encoding="utf-8").split()) if kept.exists() else frozenset()


def _write_card(folder: Path, languages: Sequence[str]) -> None:
    names = ("encoder.onnx", "tokenizer.json", "heads.npz", "relations.npz")
    card = {
        "languages": list(languages),
        "window": WINDOW_PIECES,
        "context": CONTEXT_PIECES,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
