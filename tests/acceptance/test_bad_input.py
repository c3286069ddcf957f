"""Bad input from end to end: one plain line for each, the rest goes on, nothing half-written, bounded time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command import run_here

from warledger.settings import Settings

PROGRAM = Path(sys.executable).parent / "warledger"
pytestmark = pytest.mark.skipif(
    not (Settings().data / "model" / "model.json").exists(), reason="the coding model is not part of this tree"
)
GOOD = "Rebels captured the town of Saraqib on Friday, the Syrian Observatory for Human Rights said."
DAY = ("--published", "2024-11-30")

LONGEST_S = 400
"""Seconds after which a run counts as endless: many times what the oddest text takes on two free cores."""


def run(*arguments: object, cwd: Path, said: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, input=said, timeout=LONGEST_S)


def rows(db: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(db) as connection:
        return connection.execute(query).fetchall()


def test_bad_files_are_named_and_the_good_one_is_kept(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "rubbish.txt").write_bytes(bytes(range(256)))
    (tmp_path / "broken.txt").write_bytes(b"Fire \xe9 in Goma")
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "l1", "text": GOOD}) + '\n{"id": \n')
    (tmp_path / "menu.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    done = run_here("ingest", ".", "missing.txt", *DAY, cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    for file in ("empty.txt", "rubbish.txt", "broken.txt", "lines.jsonl: line 2", "menu.html", "missing.txt"):
        assert sum(line.startswith(file) for line in said) == 1, (file, said)
    assert len(said) == 6
    assert done.stdout.startswith("2 reports kept, 0 already known, 6 refused, ")


def test_ingesting_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    first = run_here("ingest", "good.txt", *DAY, cwd=tmp_path)
    again = run_here("ingest", "good.txt", *DAY, cwd=tmp_path)
    assert first.returncode == again.returncode == 0
    assert first.stdout.startswith("1 report kept, 0 already known, 0 refused, ")
    assert again.stdout == "0 reports kept, 1 already known, 0 refused, 0 claims, 0 events\n"


def test_one_id_with_another_text_is_a_new_version(tmp_path: Path) -> None:
    for text in (GOOD, GOOD.replace("Saraqib", "Khan Shaykhun")):
        (tmp_path / "r.jsonl").write_text(json.dumps({"id": "r1", "published": "2024-11-30", "text": text}))
        done = run_here("ingest", "r.jsonl", cwd=tmp_path)
    assert "1 report kept (1 new version)" in done.stdout


def test_language_that_cannot_be_coded_is_kept_and_told(tmp_path: Path) -> None:
    text = "Waasi walikamata mji wa Goma siku ya Jumatatu, wakazi wa mji huo walisema kwa simu."
    (tmp_path / "sw.txt").write_text(text)
    done = run_here("ingest", "sw.txt", *DAY, "--language", "sw", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "sw.txt: not coded: language sw\n"
    assert done.stdout == "1 report kept (1 not coded), 0 already known, 0 refused, 0 claims, 0 events\n"


@pytest.mark.parametrize(
    "text",
    [
        "The rebels who took the village and then the next village and " * 80,
        "Aleppo, Homs, Hama, Idlib, Damascus, Raqqa, " * 100,
        "“He said ‘they said “we took Aleppo”’ and left.” " * 80,
        "The army (الجيش السوري) shelled Saraqib, сообщили источники. " * 80,
        GOOD + " " + "(" * 5_000,
        "12,345 killed, 67,890 wounded; " * 120,
    ],
    ids=["endless sentence", "only names", "nested quotes", "mixed scripts", "brackets", "numbers"],
)
def test_odd_texts_take_bounded_time(tmp_path: Path, text: str) -> None:
    done = run("code", "-", *DAY, "--language", "en", "--format", "jsonl", cwd=tmp_path, said=text)
    assert done.returncode == 0, done.stderr
    for claim in json.loads(done.stdout)["claims"]:
        quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
        assert all(q in text for q in quotes)


def test_report_of_five_megabytes_is_cut_aloud(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text((GOOD + " ") * 55_000)
    done = run_here("code", "long.txt", *DAY, "--language", "sw", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert "characters are too many: cut at" in done.stderr


def test_ledger_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    run_here("ingest", "good.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    with sqlite3.connect(tmp_path / "w.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = run_here("ingest", "good.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "newer" in done.stderr


@pytest.mark.parametrize("content", [b"no database at all, just words\n" * 40, b"\x00" * 5000])
def test_file_that_is_no_ledger_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "w.db").write_bytes(content)
    done = run_here("ingest", "good.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "w.db" in done.stderr
    assert (tmp_path / "w.db").read_bytes() == content


def test_ledger_in_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = run_here("ingest", "good.txt", *DAY, "--db", "no/such/w.db", cwd=tmp_path)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "w.db" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_ledger_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    run_here("ingest", "good.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    (tmp_path / "w.db").chmod(0o444)
    (tmp_path / "new.txt").write_text(GOOD + " More.")
    tmp_path.chmod(0o555)
    try:
        done = run_here("ingest", "new.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    finally:
        tmp_path.chmod(0o755)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "w.db" in done.stderr


def test_locked_ledger_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    run_here("ingest", "good.txt", *DAY, "--db", "w.db", cwd=tmp_path)
    (tmp_path / "new.txt").write_text(GOOD + " More.")
    with sqlite3.connect(tmp_path / "w.db") as holder:
        holder.execute("BEGIN IMMEDIATE")
        done = run_here("ingest", "new.txt", *DAY, "--db", "w.db", cwd=tmp_path)
        holder.rollback()
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "another process is writing" in done.stderr


def test_full_disk_is_one_line_and_leaves_whole_reports_only(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the same write fails in the same way."""
    ballast = "x" * 20_000  # in a key that is kept with the bytes and not coded
    reports = [{"id": f"r{n}", "published": "2024-11-30", "text": f"{GOOD} {n}", "note": ballast} for n in range(60)]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(r) + "\n" for r in reports))
    limited = f"ulimit -f 600; exec {PROGRAM} ingest r.jsonl --db w.db"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1 and "w.db" in done.stderr
    assert rows(tmp_path / "w.db", "PRAGMA integrity_check") == [("ok",)]
    finished = run_here("ingest", "r.jsonl", "--db", "w.db", cwd=tmp_path)
    assert finished.returncode == 0
    kept, known = (int(part.split()[0]) for part in finished.stdout.replace(" reports", "").split(", ")[:2])
    assert kept + known == 60
