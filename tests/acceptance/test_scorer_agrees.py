"""The scorer gives the same numbers as the one that came with the sets kept outside, where those are at hand."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from evaluation.agreement import ActorNames
from evaluation.claims import FIELDS, Rate, score_report, total
from evaluation.stages import SCORERS

REPO = Path(__file__).parents[2]
SHARED = REPO.parent / "shared"
OTHER, BENCH = SHARED / "score" / "score.py", SHARED / "score" / "bench.py"
pytestmark = pytest.mark.skipif(not OTHER.exists(), reason="the other scorer is not at hand")
Rows = dict[str, dict[str, Any]]


def read(path: Path) -> Rows:
    return {row["id"]: row for row in map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))}


def write(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows.values()), encoding="utf-8")
    return path


def marred_claim(claim: dict[str, Any], others: list[dict[str, Any]], dice: random.Random) -> dict[str, Any]:
    """The claim with some fields lost, taken from a claim nearby, or its quote cut."""
    out = dict(claim)
    for name in list(out):
        chance = dice.random()
        if name == "kind" or chance > 0.25:
            continue
        if name == "quote":
            words = out["quote"] if isinstance(out["quote"], str) else out["quote"][0]
            out["quote"] = words[: len(words) // 2] if chance > 0.03 else f"never written: {words}"
        elif chance > 0.15:
            out.pop(name)
        else:
            out[name] = dice.choice(others).get(name)
    return out


def marred_reports(gold: Rows) -> Rows:
    dice = random.Random(20241130)
    out: Rows = {}
    for i, report in gold.items():
        claims = [marred_claim(c, report["claims"], dice) for c in report["claims"] if dice.random() > 0.2]
        extra = [marred_claim(c, report["claims"], dice) for c in report["claims"] if dice.random() > 0.8]
        if dice.random() > 0.05:
            out[i] = {"id": i, "claims": claims + extra}
    return out


@pytest.mark.parametrize("part", ["dev", "train"])
def test_claims_score_the_same(part: str, tmp_path: Path) -> None:
    folder = REPO / "corpus" / part
    gold = read(folder / "gold.jsonl")
    said = marred_reports(gold)
    command = [OTHER, folder / "gold.jsonl", write(tmp_path / "said.jsonl", said), "--json", "--actors"]
    done = subprocess.run([sys.executable, *command, folder / "actors.json"], capture_output=True, check=True)
    theirs = json.loads(done.stdout)
    actors = ActorNames(json.loads((folder / "actors.json").read_text(encoding="utf-8")))
    ours = total(score_report(r, said.get(i, {}).get("claims", []), actors) for i, r in gold.items())
    assert ours.unfounded == theirs["quotes_not_in_text"] > 0
    assert ours.kinds() == list(theirs["detection"])
    for kind in ours.kinds():
        assert as_record(ours.detection(kind)) == pytest.approx(theirs["detection"][kind])
        assert as_record(ours.exactness(kind)) == pytest.approx(theirs["exact"][kind])
    for name, field in theirs["fields"].items():
        kind, part_of_claim = name.split(".")
        assert ours.field_share(kind, part_of_claim) == pytest.approx(field["share"]), name
    assert {name.split(".")[0] for name in theirs["fields"]} == set(FIELDS)


def as_record(rate: Rate) -> dict[str, float]:
    return {
        "precision": rate.precision,
        "recall": rate.recall,
        "f1": rate.f1,
        "gold": rate.gold,
        "predicted": rate.given,
    }


def marred_rows(gold: Rows, key: str) -> Rows:
    """Answers with items dropped, moved and changed, for lists; with labels exchanged, for labels."""
    dice = random.Random(7)
    labels = [row[key] for row in gold.values()]
    out: Rows = {}
    for i, row in gold.items():
        if dice.random() < 0.05:
            continue
        if isinstance(row[key], list):
            out[i] = {"id": i, key: [marred_item(item, dice) for item in row[key] if dice.random() > 0.2]}
        else:
            out[i] = {"id": i, key: row[key] if dice.random() > 0.3 else dice.choice(labels)}
    return out


def marred_item(item: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    out = dict(item)
    if "start" in out and dice.random() < 0.3:
        out["start"], out["end"] = out["start"] + 3, out["end"] + 4
    if "latitude" in out and dice.random() < 0.4:
        out["latitude"] = dice.choice([None, out["latitude"] + dice.random() * 3])
    if "value" in out and dice.random() < 0.3:
        out["value"] = "2001-01-01"
    if "content" in out and dice.random() < 0.5:
        out["content"] = [[start, (start + end) // 2] for start, end in out["content"]]
    return out


STAGES = [
    ("types", "event_types.jsonl", "label", ["accuracy", "macro_f1", "weighted_f1", "acled25_weighted_f1"]),
    ("toponyms", "toponyms_lgl.jsonl", "toponyms", ["mentions_f1", "within_10km", "within_161km", "found_and_near_f1"]),
    ("dates", "dates_tbaq.jsonl", "timexes", ["spans_f1", "values_f1", "value_accuracy"]),
    ("attribution", "attribution_dev.jsonl", "attributions", ["source_f1", "cue_f1", "content_f1", "whole_f1"]),
    ("clusters", "same_event_docs.jsonl", "event", ["bcubed_precision", "bcubed_recall", "bcubed_f1"]),
]


@pytest.mark.parametrize(("stage", "file", "key", "names"), STAGES, ids=[row[0] for row in STAGES])
def test_stages_score_the_same(stage: str, file: str, key: str, names: list[str], tmp_path: Path) -> None:
    gold = read(SHARED / "bench" / file)
    said = marred_rows(gold, key)
    command = [sys.executable, BENCH, stage, SHARED / "bench" / file, write(tmp_path / "said.jsonl", said)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ours = SCORERS[stage](gold, said)
    theirs = re.findall(r"\d\.\d{3}(?!\d)", printed if stage != "types" else printed.split("accuracy")[1])
    missing = [name for name in names if f"{ours[name]:.3f}" not in theirs]
    assert not missing, printed
