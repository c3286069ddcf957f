"""How the program is asked: without the labels, once a set, and a stage that fails says so."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from evaluation.sets import EvaluationError, ScoredSet, ask, gold_rows

ECHO = "import sys; sys.stdout.write(open(sys.argv[-1], encoding='utf-8').read())"
FAIL = "import sys; sys.exit('the weights are missing')"
TALK = "print('Loading the model')"
OTHER = 'print(\'{"id": "nobody asked for this"}\')'


def started(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def scored(tmp_path: Path) -> ScoredSet:
    row = {"id": "a", "text": "A convoy of trucks left Tessalit at noon.", "claims": [{"kind": "event"}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return ScoredSet(name="small", title="one report", file=tmp_path / "gold.jsonl")


def test_program_gets_no_labels(scored: ScoredSet) -> None:
    rows = gold_rows(scored)
    assert ask(scored, rows, started(ECHO)) == {"a": {"id": "a", "text": rows["a"]["text"]}}


def test_failing_stage_is_told_with_its_message(scored: ScoredSet) -> None:
    with pytest.raises(EvaluationError, match=r"code --format jsonl ended with code 1: the weights are missing"):
        ask(scored, gold_rows(scored), started(FAIL))


def test_output_that_is_no_json_is_told(scored: ScoredSet) -> None:
    with pytest.raises(EvaluationError, match="wrote no JSON lines"):
        ask(scored, gold_rows(scored), started(TALK))


def test_answers_to_other_rows_are_told(scored: ScoredSet) -> None:
    with pytest.raises(EvaluationError, match="answered none of 1 rows"):
        ask(scored, gold_rows(scored), started(OTHER))


def test_program_that_is_not_there_is_told(scored: ScoredSet) -> None:
    with pytest.raises(EvaluationError, match="cannot be started"):
        ask(scored, gold_rows(scored), ["/nonexistent/warledger"])


def test_labels_of_a_file_of_their_own_are_joined(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"id": "a-1", "claim": {}}\n', encoding="utf-8")
    (tmp_path / "events.jsonl").write_text('{"id": "a-1", "event": "e1"}\n', encoding="utf-8")
    scored = ScoredSet(name="c", title="", file=tmp_path / "claims.jsonl", answers=tmp_path / "events.jsonl")
    assert gold_rows(scored) == {"a-1": {"id": "a-1", "claim": {}, "event": "e1"}}
