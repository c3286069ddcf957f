"""Each stage answers every row in the benchmark's own form, in the rows' order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).parent / "warledger"
TEXT = 'Rebels took the town of Saraqib on Wednesday. "We will go on," their commander said.'


def ask(stage: str, rows: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = subprocess.run([PROGRAM, "eval", stage, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_dates_give_timex_values(tmp_path: Path) -> None:
    [answer] = ask("dates", [{"id": "d1", "published": "2024-11-30", "text": TEXT}], tmp_path)
    [day] = answer["timexes"]
    assert TEXT[day["start"] : day["end"]].endswith("Wednesday") and day["value"] == "2024-11-27"


def test_noon_is_told_as_its_hour(tmp_path: Path) -> None:
    [answer] = ask(
        "dates", [{"id": "d2", "published": "2024-11-30", "text": "Sirens wailed at noon on Friday."}], tmp_path
    )
    assert [t["value"] for t in answer["timexes"]] == ["2024-11-29T12:00"]


def test_lengths_are_no_dates(tmp_path: Path) -> None:
    text = "In the past two weeks nine people died. Two days after the vote a mill burned."
    [answer] = ask("dates", [{"id": "d3", "published": "2024-11-30", "text": text}], tmp_path)
    assert answer["timexes"] == []


def test_attribution_gives_source_cue_and_content(tmp_path: Path) -> None:
    [answer] = ask("attribution", [{"id": "a1", "text": TEXT}], tmp_path)
    [found] = answer["attributions"]
    words = {part: " ".join(TEXT[s:e] for s, e in found[part]) for part in ("source", "cue", "content")}
    assert "commander" in words["source"] and "said" in words["cue"] and "We will go on" in words["content"]


def test_clusters_answer_claims_and_documents(tmp_path: Path) -> None:
    taken = {
        "kind": "event", "type": "nonstate_takes_territory", "quote": "Rebels took Saraqib", "attribution": [],
        "modality": "asserted", "precedent": None, "initiator": ["Rebels (Syria)"], "target": [], "figures": {},
        "place": {"name": "Saraqib", "latitude": 35.86, "longitude": 36.81, "precision": "exact"},
        "time": {"start": "2024-11-29", "end": "2024-11-29", "precision": "day"},
    }  # fmt: skip
    other = taken | {"type": "protest", "quote": "People marched in Daraa", "place": None}
    rows = [
        {"id": str(n), "report": f"r{n}", "published": "2024-11-30", "publisher": f"p{n}", "claim": claim}
        for n, claim in enumerate((taken, taken, other))
    ]
    answers = ask("clusters", rows, tmp_path)
    assert [a["id"] for a in answers] == ["0", "1", "2"]
    assert answers[0]["event"] == answers[1]["event"] != answers[2]["event"]
    documents = ask("clusters", [{"id": "x", "text": TEXT}, {"id": "y", "text": "Calm in Oslo."}], tmp_path)
    assert documents[0]["event"] != documents[1]["event"]


def test_row_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "1", "text": "Calm."}\n{"text": \n')
    done = subprocess.run([PROGRAM, "eval", "attribution", file], capture_output=True, text=True)
    assert done.returncode == 2
    assert "rows.jsonl: line 2: broken JSON" in done.stderr and done.stderr.count("\n") == 1


def test_row_without_a_key_that_the_stage_needs_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "7", "text": "Calm on Friday."}\n')
    done = subprocess.run([PROGRAM, "eval", "dates", file], capture_output=True, text=True)
    assert done.returncode == 2
    assert "7" in done.stderr and "published" in done.stderr and done.stderr.count("\n") == 1
