"""The coding model on ONNX Runtime: int8 encoder, Unigram tokenizer, float heads. Fits ports.ClaimModel.

A folder holds `encoder.onnx`, `tokenizer.json`, `heads.npz` and `model.json` (languages, window, SHA-256 of the rest);
a file that is not the one the card names is refused at load. Each window goes through alone: the int8 encoder scales
its numbers by the largest of all that go through together, so a report's claims would hang on its neighbours. Products
are exact on every processor: one without instructions for them would else cut sums of 8-bit products off at 16 bits.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from attrs import field, frozen
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from warledger.domain.errors import DataError
from warledger.ports import Array, Encoded, HeadWeights

EXACT_PRODUCTS = ("session.x64quantprecision", "1")
"""The runtime's setting for it, for processors that would cut sums off; half as fast on those that would not."""
EXACT_BY_THEMSELVES = frozenset({"avx_vnni", "avx512_vnni"})
"""Instructions that sum 8-bit products in 32 bits."""
AHEAD = 16
"""How many texts are begun before the first of them must be taken."""


@frozen(kw_only=True, eq=False)
class Window:
    """A run of pieces that fits the encoder: ids, and which of them (from, to) are to be kept."""

    ids: list[int]
    first: int
    keep_from: int


@frozen(kw_only=True, eq=False)
class OnnxModel:
    """The coding model, ready to encode."""

    languages: Sequence[str]
    heads: HeadWeights = field(repr=False)
    session: onnxruntime.InferenceSession = field(repr=False)
    tokenizer: Tokenizer = field(repr=False)
    window: int
    context: int

    def encode(self, texts: Iterable[tuple[str, Sequence[int]]]) -> Iterator[Encoded]:
        """Encode texts; one longer than the window is parted at the last break that fits, with context before it.

        The cores encode up to AHEAD texts while the caller works on one before them.
        """
        begun: deque[tuple[Array, list[tuple[Window, Future[Array]]]]] = deque()
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as cores:
            for text, breaks in texts:
                pieces = self.tokenizer.encode(text, add_special_tokens=False)
                ends = np.array([e for _, e in pieces.offsets], dtype=np.int64)
                windows = self._windows(pieces.ids, ends, breaks)
                begun.append((ends, [(w, cores.submit(self._run, w.ids)) for w in windows]))
                if len(begun) > AHEAD:
                    yield self._joined(*begun.popleft())
            while begun:
                yield self._joined(*begun.popleft())

    def _joined(self, ends: Array, windows: Sequence[tuple[Window, Future[Array]]]) -> Encoded:
        vectors = np.zeros((len(ends), self.heads["group.weight"].shape[1]), dtype=np.float32)
        for w, hidden in windows:
            vectors[w.first + w.keep_from : w.first + len(w.ids)] = hidden.result()[1 + w.keep_from : 1 + len(w.ids)]
        return Encoded(vectors=vectors, ends=ends)

    def _windows(self, ids: list[int], ends: Array, breaks: Sequence[int]) -> Iterator[Window]:
        room = self.window - 2
        if len(ids) <= room:
            yield Window(ids=ids, first=0, keep_from=0)
            return
        at = np.unique(np.searchsorted(ends, np.asarray(breaks, dtype=np.int64), side="right"))
        done = 0
        while done < len(ids):
            first = max(0, done - self.context)
            stop = min(len(ids), first + room)
            if stop < len(ids):
                fitting = at[(at > done) & (at <= stop)]
                stop = int(fitting[-1]) if len(fitting) else stop
            yield Window(ids=ids[first:stop], first=first, keep_from=done - first)
            done = stop

    def _run(self, pieces: Sequence[int]) -> Array:
        """The vectors of a run of pieces, with those of its start and its end."""
        ids = np.array([[0, *pieces, 2]], dtype=np.int64)
        hidden: Array = self.session.run(None, {"ids": ids})[0][0]
        return hidden


def load_model(folder: Path) -> OnnxModel:
    """Load the model.

    Raises:
        DataError: a file is missing, or is not the one that the card names.
    """
    card = json.loads(_checked(folder / "model.json", None))
    for name, digest in card["sha256"].items():
        _checked(folder / name, digest)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # a window a core is a quarter faster than a window on all cores
    threadpool_limits(limits=1, user_api="blas")  # small products; its threads would busy every core
    if not EXACT_BY_THEMSELVES & processor_flags():
        options.add_session_config_entry(*EXACT_PRODUCTS)
    with np.load(folder / "heads.npz") as heads:
        weights = {name: heads[name].astype(np.float32) for name in heads.files}
    return OnnxModel(
        languages=tuple(card["languages"]),
        heads=weights,
        session=onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]),
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        window=card["window"],
        context=card["context"],
    )


def processor_flags(told: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """The instruction sets that Linux says the processor has; none where it does not say."""
    try:
        lines = told.read_text(encoding="ascii", errors="ignore").splitlines()
    except OSError:
        return frozenset()
    return next((frozenset(line.split(":", 1)[1].split()) for line in lines if line.startswith("flags")), frozenset())


def _checked(path: Path, digest: str | None) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    if digest is not None and hashlib.sha256(data).hexdigest() != digest:
        raise DataError(f"{path}: is not the file that model.json names; run `make train` or install again")
    return data
