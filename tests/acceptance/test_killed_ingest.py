"""Killed at any moment, an ingest loses no report that it kept and leaves no half of one; run again, it finishes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warledger.app import build
from warledger.domain.codes import Kind
from warledger.pipeline import HAPPENED
from warledger.settings import Settings

PROGRAM = Path(sys.executable).parent / "warledger"
pytestmark = pytest.mark.skipif(
    not (Settings().data / "model" / "model.json").exists(), reason="the coding model is not part of this tree"
)
PLACES = ("Saraqib", "Maarat al-Numan", "Khan Shaykhun", "Kafr Nabl", "Hama", "Homs", "Aleppo", "Idlib")
REPORTS = 96


def written(folder: Path) -> Path:
    """A folder of reports of one taking each, some in text files and some in one file of JSON lines."""
    folder.mkdir()
    texts = [
        f"Rebels captured {PLACES[n % len(PLACES)]} on day {n} of the battle, killing {n + 2} soldiers, residents said."
        for n in range(REPORTS)
    ]
    for n, text in enumerate(texts[::2]):
        (folder / f"report{n:03}.txt").write_text(text)
    rows = [json.dumps({"id": f"line{n}", "text": text}) + "\n" for n, text in enumerate(texts[1::2])]
    (folder / "rest.jsonl").write_text("".join(rows))
    return folder


def command(folder: Path, db: Path) -> list[str]:
    return [str(PROGRAM), "ingest", str(folder), "--db", str(db), "--published", "2024-11-30"]


@pytest.mark.parametrize("kept_before_the_kill", [1, 20, 60])
def test_killed_ingest_is_finished_by_the_next(tmp_path: Path, kept_before_the_kill: int) -> None:
    folder, db = written(tmp_path / "in"), tmp_path / "w.db"
    child = subprocess.Popen(command(folder, db), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None and kept(db) < kept_before_the_kill:
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL, "it was killed before its end"
    before = kept(db)
    done = subprocess.run(command(folder, db), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{REPORTS - before} report"), done.stdout
    ledger = build(Settings(db=db)).ledger
    ids = [k.report.id for k in ledger.reports()]
    assert len(ids) == len(set(ids)) == REPORTS
    events = {k.id for k in ledger.claims() if k.claim.kind is Kind.EVENT and k.claim.modality in HAPPENED}
    assert events
    assert events == {id for event in ledger.events() for id in event.claim_ids}, "every claim is in an event"


def kept(db: Path) -> int:
    """Reports that the ledger holds, by a reader of its own; none while it is being made."""
    import sqlite3

    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
