"""The sets that are scored: where each stands, what the program may see of it, and how it is asked.

Gold rows are stripped of their labels before the program gets them, so that no answer can leak.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from attrs import frozen

from evaluation.agreement import Record

REPO = Path(__file__).parents[2]
CORPUS = REPO / "corpus"
PROGRAM = Path(sys.executable).parent / "warledger"
TIME_LIMIT_S = 1800
REPORT_KEYS = ("id", "url", "publisher", "published", "language", "title", "text")


class EvaluationError(Exception):
    """A set could not be scored; its text says why in one line."""


@frozen(kw_only=True)
class ScoredSet:
    """One set.

    Args:
        name: first word of its figures' names.
        title: for the page.
        file: rows with their labels.
        answers: rows whose labels stand in a file of their own, or None where they are in `file`.
        shown: keys that the program may see.
        command: arguments of `warledger`; the file of stripped rows follows.
        stage: the scorer's name, or `claims`.
    """

    name: str
    title: str
    file: Path
    answers: Path | None = None
    shown: tuple[str, ...] = REPORT_KEYS
    command: tuple[str, ...] = ("code", "--format", "jsonl")
    stage: str = "claims"


def claim_sets(shared: Path) -> list[ScoredSet]:
    """The sets of gold claims: the article that the codebook was tried on, and the development reports."""
    return [
        ScoredSet(name="seed", title="seed article (25 claims)", file=shared / "seed" / "gold.jsonl"),
        ScoredSet(name="dev", title="development reports", file=CORPUS / "dev" / "gold.jsonl"),
    ]


def stage_sets(shared: Path) -> list[ScoredSet]:
    """The sets of single stages: event clusters of the corpus and the public benchmarks."""
    bench = shared / "bench"
    return [
        ScoredSet(
            name="clusters",
            title="event clusters of the development claims",
            file=CORPUS / "dev" / "claims.jsonl",
            answers=CORPUS / "dev" / "events.jsonl",
            shown=("id", "report", "published", "publisher", "language", "claim"),
            command=("eval", "clusters"),
            stage="clusters",
        ),
        *(
            ScoredSet(name=name, title=title, file=bench / file, shown=shown, command=("eval", stage), stage=stage)
            for name, title, file, shown, stage in (
                ("types", "event types (CASE 2021 task 2)", "event_types.jsonl", ("id", "text"), "types"),
                ("toponyms", "toponyms (LGL)", "toponyms_lgl.jsonl", ("id", "published", "text"), "toponyms"),
                ("dates", "dates (TempEval-3 TBAQ)", "dates_tbaq.jsonl", ("id", "published", "text"), "dates"),
                ("attribution", "attribution (PolNeAR)", "attribution_dev.jsonl", ("id", "text"), "attribution"),
                ("documents", "same event (ECB+)", "same_event_docs.jsonl", ("id", "topic", "text"), "clusters"),
            )
        ),
    ]


def read_rows(path: Path) -> dict[str, Record]:
    """Read JSON lines by id.

    Raises:
        EvaluationError: the file cannot be read or a line is no JSON with an id.
    """
    try:
        return _by_id(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path.name} cannot be read: {error!r}") from error


def _by_id(text: str) -> dict[str, Record]:
    return {row["id"]: row for row in map(json.loads, filter(str.strip, text.split("\n")))}


def gold_rows(scored: ScoredSet) -> dict[str, Record]:
    """The rows with their labels."""
    rows = read_rows(scored.file)
    if scored.answers is None:
        return rows
    labels = read_rows(scored.answers)
    return {i: {**row, **labels[i]} for i, row in rows.items()}


def ask(scored: ScoredSet, rows: dict[str, Record], program: Sequence[str] = (str(PROGRAM),)) -> dict[str, Record]:
    """Run the program once over the stripped rows.

    Args:
        scored: the set.
        rows: its rows; what the program may not see is taken away.
        program: how the program is started.

    Returns:
        The program's rows by id.

    Raises:
        EvaluationError: it failed, took longer than `TIME_LIMIT_S` seconds, or wrote no JSON lines for these rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{scored.name}.jsonl"
        stripped = ({key: row[key] for key in scored.shown if key in row} for row in rows.values())
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in stripped), encoding="utf-8")
        command = [*program, *scored.command, str(file)]
        output = _run(scored, command)
    try:
        said = _by_id(output)
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"warledger {' '.join(scored.command)} wrote no JSON lines: {error!r}") from error
    if not said.keys() & rows.keys():
        raise EvaluationError(f"warledger {' '.join(scored.command)} answered none of {len(rows)} rows")
    return said


def _run(scored: ScoredSet, command: list[str]) -> str:
    asked = f"warledger {' '.join(scored.command)}"
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired as error:
        raise EvaluationError(f"{asked} took longer than {TIME_LIMIT_S} s") from error
    except OSError as error:
        raise EvaluationError(f"{asked} cannot be started: {error}") from error
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["no message"]
        raise EvaluationError(f"{asked} ended with code {done.returncode}: {said[-1]}")
    return done.stdout


def timed_ask(scored: ScoredSet, rows: dict[str, Record]) -> tuple[dict[str, Record], float]:
    """As `ask`, with the seconds that it took."""
    start = monotonic()
    said = ask(scored, rows)
    return said, monotonic() - start
