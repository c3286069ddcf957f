"""The demonstration's reports: the corpus's own unchanged, those that only it has apart from any that the coder saw."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src/warledger/data/demo"


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_demonstration_holds_every_syrian_report_of_the_corpus_unchanged():
    corpus = [r for r in _lines(ROOT / "corpus/dev/reports.jsonl") if r["conflict"] == "syria-2024"]
    assert _lines(DEMO / "reports.jsonl")[: len(corpus)] == corpus


def test_the_coder_learned_from_no_report_of_the_demonstration():
    learned = {r["url"] for r in _lines(ROOT / "corpus" / "train" / "gold.jsonl")}  # the exercises have no address
    assert not [r["id"] for r in _lines(DEMO / "reports.jsonl") if r["url"] in learned]


def test_no_report_stands_twice_in_the_demonstration():
    reports = _lines(DEMO / "reports.jsonl")
    for field in ("id", "url", "text"):
        assert len({r[field] for r in reports}) == len(reports)


def test_every_report_says_when_where_and_by_whom_it_was_published():
    for report in _lines(DEMO / "reports.jsonl"):
        assert report["published"] and report["url"] and report["publisher"] and report["text"], report["id"]


def test_demonstration_names_its_licence():
    assert "CC BY 4.0" in (DEMO / "LICENCE.md").read_text(encoding="utf-8")
