"""The commands that care for a ledger: verify, redact, copy, backup and restore, as a person types them."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.cli.main import run
from warledger.ledger import verify

OLD = Path(__file__).parents[1] / "ledgers" / "r0001.sqlite"
BY_COURT = ("--author", "A. Editor", "--reason", "order of a court")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A ledger of four reports on Saraqib, Idlib and Hama."""
    return Path(shutil.copy(OLD, tmp_path / "w.db"))


def tamper(db: Path, statement: str) -> None:
    with sqlite3.connect(db) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    connection.close()


def test_verify_gives_a_link_to_note_and_finds_it_again(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--db", str(db)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("all as recorded: 6 entries, 24 records, 0 redactions; newest link ")
    link = said.split()[-1]
    assert run(["verify", "--noted", link, "--db", str(db)]) == 0
    assert run(["verify", "--noted", "f" * 64, "--db", str(db)]) == 1


def test_verify_names_what_was_tampered_with_and_ends_with_1(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SqliteLedger(db).close()
    tamper(db, "UPDATE reports SET raw = CAST('x' AS BLOB) WHERE id = 'a3'")
    assert run(["verify", "--db", str(db)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first == "report a3: its bytes are not those that were received (entry 3)"
    assert last.startswith("1 thing is not as recorded, of 6 entries")


def test_recode_changes_what_is_known_from_now_on_and_done_twice_nothing(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["control", "--on", "2024-12-06", "--known-at", "2024-12-31", "--db", str(db)]
    assert run(ask) == 0
    before = capsys.readouterr().out
    assert run(["recode", "--report", "nobody", "--db", str(db)]) == 2
    assert run(["recode", "--since", "2024-11-01", "--db", str(db)]) == 0
    said = capsys.readouterr().out
    assert not said.startswith("0 reports coded anew") and ", 0 not coded, " in said
    assert run(["recode", "--db", str(db)]) == 0
    assert capsys.readouterr().out.startswith("0 reports coded anew, 3 unchanged, 0 not coded, 0 new claims")
    assert run(ask) == 0
    assert capsys.readouterr().out == before
    assert run(["verify", "--db", str(db)]) == 0


def test_redacted_words_are_in_no_answer_and_no_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", "--words", "city changed hands", *BY_COURT, "--db", str(db)]) == 0
    assert capsys.readouterr().out.startswith("redacted: 1 report, ")
    assert run(["export", "jsonl", "--db", str(db)]) == 0
    assert run(["history", "Hama", "--db", str(db)]) == 0
    assert "city changed hands" not in capsys.readouterr().out
    assert all(b"city changed hands" not in path.read_bytes() for path in db.parent.iterdir())
    assert run(["verify", "--db", str(db)]) == 0
    assert "1 redaction" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nobody", *BY_COURT), "no report has the id 'nobody'"),
        (BY_COURT, "name the reports, the words or the refused files"),
        (("--words", "court", *BY_COURT), "must not repeat the words"),
        (("--words", "x", "--author", "A"), "Missing option '--reason'"),
    ],
)
def test_a_redaction_that_names_too_little_is_refused(
    db: Path, arguments: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["redact", *arguments, "--db", str(db)]) == 2
    assert line in capsys.readouterr().err
    assert verify(SqliteLedger(db)).redactions == 0


def test_a_backup_made_beside_a_writer_is_whole_and_comes_back(db: Path, tmp_path: Path) -> None:
    ledger = SqliteLedger(db)
    with ledger.database.writing():
        assert run(["backup", str(tmp_path / "b.db"), "--db", str(db)]) == 0
    assert [p.name for p in tmp_path.glob("*b.db*")] == ["b.db"]
    assert run(["restore", str(tmp_path / "b.db"), "--db", str(tmp_path / "r.db")]) == 0
    restored = SqliteLedger(tmp_path / "r.db")
    assert verify(restored) == verify(ledger)
    assert list(restored.claims()) == list(ledger.claims()) != []


def test_a_backup_of_an_older_version_comes_back(tmp_path: Path) -> None:
    assert run(["restore", str(OLD), "--db", str(tmp_path / "r.db")]) == 0
    assert verify(SqliteLedger(tmp_path / "r.db")).records == 24
    assert b"chain" not in OLD.read_bytes()


def test_a_backup_that_was_tampered_with_is_not_restored(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", str(tmp_path / "b.db"), "--db", str(db)]) == 0
    tamper(tmp_path / "b.db", "UPDATE claims SET kind = 'toll' WHERE seq = 1")
    assert run(["restore", str(tmp_path / "b.db"), "--db", str(tmp_path / "r.db")]) == 1
    assert "changed since it was recorded" in capsys.readouterr().err
    assert not (tmp_path / "r.db").exists() and not list(tmp_path.glob(".*.part*"))


def test_nothing_is_ever_written_over(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = db.read_bytes()
    assert run(["backup", str(db), "--db", str(db)]) == 2
    assert run(["restore", str(OLD), "--db", str(db)]) == 1
    assert "a ledger is there already" in capsys.readouterr().err
    assert run(["copy", str(db), str(db)]) == 2
    assert db.read_bytes() == before
    (tmp_path / "notes.txt").write_text("No ledger, but a diary of some length.")
    assert run(["restore", str(tmp_path / "notes.txt"), "--db", str(tmp_path / "r.db")]) == 1
    assert "not a warledger database" in capsys.readouterr().err


def test_a_ledger_moves_to_postgres_and_back_through_a_backup(
    db: Path, tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["copy", str(db), postgres_url]) == 0
    assert capsys.readouterr().out.startswith(f"6 entries copied to {postgres_url}; chain valid, 24 records")
    for ask in (["control", "--on", "2024-12-06"], ["events"], ["history", "Saraqib"], ["export", "csv"]):
        assert run([*ask, "--db", str(db)]) == 0
        from_file = capsys.readouterr().out
        assert run([*ask, "--db", postgres_url]) == 0
        assert capsys.readouterr().out == from_file != ""
    assert run(["redact", "a3", *BY_COURT, "--db", postgres_url]) == 0
    assert run(["backup", str(tmp_path / "b.db"), "--db", postgres_url]) == 0
    assert run(["verify", "--db", str(tmp_path / "b.db")]) == 0
    assert "7 entries, 24 records, 1 redaction" in capsys.readouterr().out


def test_a_backup_is_restored_into_an_empty_database(db: Path, tmp_path: Path, postgres_url: str) -> None:
    assert run(["restore", str(db), "--db", postgres_url]) == 0
    assert run(["verify", "--db", postgres_url]) == 0
    assert not list(tmp_path.glob(".*"))


def test_a_server_that_is_not_there_is_one_line_without_the_password(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("psycopg")
    assert run(["events", "--db", "postgresql://desk:secret@127.0.0.1:1/war"]) == 1
    said = capsys.readouterr().err
    assert said == "warledger: postgresql://desk:***@127.0.0.1:1/war: the server cannot be reached\n"
