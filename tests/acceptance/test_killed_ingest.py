"""Killed at any moment, an ingest loses no report that it kept and leaves no half of one; run again, it finishes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warledger.app import build
from warledger.domain.codes import REAL, Kind
from warledger.ledger import verify
from warledger.settings import Settings, ledger_at

PROGRAM = Path(sys.executable).parent / "warledger"
pytestmark = pytest.mark.skipif(
    not (Settings().data / "model" / "model.json").exists(), reason="the coding model is not part of this tree"
)
PLACES = ("Saraqib", "Maarat al-Numan", "Khan Shaykhun", "Kafr Nabl", "Hama", "Homs", "Aleppo", "Idlib")
REPORTS = 64


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


def command(folder: Path, db: str) -> list[str]:
    return [str(PROGRAM), "ingest", str(folder), "--db", db, "--published", "2024-11-30"]


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "w.db") if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.mark.parametrize("kept_before_the_kill", [1, 40])
def test_killed_ingest_is_finished_by_the_next(db: str, tmp_path: Path, kept_before_the_kill: int) -> None:
    folder = written(tmp_path / "in")
    child = subprocess.Popen(command(folder, db), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None and kept(db) < kept_before_the_kill:
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL, "it was killed before its end"
    before = kept(db)
    done = subprocess.run(command(folder, db), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{REPORTS - before} report"), done.stdout
    ledger = build(Settings(db=ledger_at(db))).ledger
    assert verify(ledger).tampered == ()
    ids = [k.report.id for k in ledger.reports()]
    assert len(ids) == len(set(ids)) == REPORTS
    events = {k.id for k in ledger.claims() if k.claim.kind is Kind.EVENT and k.claim.modality in REAL}
    assert events
    assert events == {id for event in ledger.events() for id in event.claim_ids}, "every claim is in an event"


def kept(db: str) -> int:
    """Reports that the ledger holds, by a reader of its own; none while it is being made."""
    if db.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(db) as connection:
            return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
