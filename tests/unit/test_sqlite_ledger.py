"""The SQLite ledger's own promises: forward migrations, plain errors, control by seeks."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from warledger.adapters.stores import database, queries, schema
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.errors import NewerSchema, Problem, StoreError
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval

NOW = datetime(2024, 11, 30, 20, tzinfo=UTC)
TEXT = "Fighters hold the centre of Saraqib, a resident said by phone."


def received(ident: str = "s1", text: str = TEXT) -> Received:
    raw = text.encode()
    report = Report(id=ident, published=date(2024, 11, 30), text=text, sha256=hashlib.sha256(raw).hexdigest())
    return Received(report=report, raw=raw)


def fill(path: Path) -> None:
    item = received()
    claim = ControlClaim(
        report_key=item.report.key,
        quotes=(Span.of(TEXT, 0, 35),),
        holder=("Rebels (Syria)",),
        place=Place(name="Saraqib", entry=None, precision=PlacePrecision.EXACT),
        when=Interval.day(date(2024, 11, 30)),
    )
    store = SqliteLedger(path)
    store.append(item, [claim], note="coded", recorded_at=NOW)
    store.append(received(text=TEXT + " It is calm."), [], note="coded", recorded_at=NOW)
    store.refuse(Problem(file="x.txt", what="empty"), recorded_at=NOW)
    store.close()


def test_what_was_kept_is_there_after_reopening(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    again = SqliteLedger(tmp_path / "w.db")
    assert [k.report.id for k in again.reports()] == ["s1", "s1"]
    assert again.append(received(), [], note="coded", recorded_at=NOW) == "known"


def test_the_untouched_bytes_are_kept_beside_their_hash(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    rows = sqlite3.connect(tmp_path / "w.db").execute("SELECT raw, sha256 FROM reports").fetchall()
    assert all(hashlib.sha256(raw).hexdigest() == digest for raw, digest in rows)


def test_the_migrations_lead_to_the_tables_that_the_queries_use(tmp_path: Path) -> None:
    SqliteLedger(tmp_path / "w.db").close()
    with create_engine(f"sqlite:///{tmp_path / 'w.db'}").connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == schema.HEAD
        assert compare_metadata(context, schema.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == schema.HEAD
    assert {r.revision for r in script.walk_revisions()} == set(database.KNOWN)


def test_control_is_answered_by_seeks(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    db = sqlite3.connect(tmp_path / "w.db")
    for places in (set[int](), queries.numbers(["name:saraqib"])):
        for known_at in (queries.FOREVER, "2024-11-29T00:00:00.000000+00:00"):
            query, asked = queries.control(date(2024, 11, 30), known_at, places, dialect="sqlite")
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", asked)]
            on_claims = [step for step in plan if "control_claims" in step or " c " in f"{step} "]
            by_spot = [step for step in on_claims if "SEARCH c USING PRIMARY KEY (spot>? AND spot<?)" in step]
            ahead = [step for step in on_claims if "USING COVERING INDEX control_ahead_of_its_time" in step]
            assert len(by_spot) >= 2 and len(ahead) == (known_at != queries.FOREVER), plan
            assert len(by_spot) + len(ahead) == len(on_claims), plan


def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    db = sqlite3.connect(tmp_path / "w.db")
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.commit()
    with pytest.raises(NewerSchema, match="newer version"):
        SqliteLedger(tmp_path / "w.db")


@pytest.mark.parametrize("content", [b"A diary, no database. " * 100, b"x", b"SQLite format 3\x00 and rubbish" * 99])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a warledger database") as caught:
        SqliteLedger(path)
    assert "\n" not in str(caught.value) and path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "w.db")
    db.execute("CREATE TABLE recipes(name)")
    db.commit()
    with pytest.raises(StoreError, match="not a warledger database"):
        SqliteLedger(tmp_path / "w.db")


def test_a_missing_folder_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"w\.db: it cannot be opened"):
        SqliteLedger(tmp_path / "missing" / "w.db")


def test_a_locked_ledger_says_so_and_can_still_be_read(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    other = sqlite3.connect(tmp_path / "w.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = SqliteLedger(tmp_path / "w.db", timeout=0.05)
    with pytest.raises(StoreError, match="another process is writing"):
        store.append(received("s2"), [], note="coded", recorded_at=NOW)
    assert len(list(store.reports())) == 2
    other.execute("ROLLBACK")
    assert store.append(received("s2"), [], note="coded", recorded_at=NOW) == "kept"


def test_a_read_only_ledger_answers_and_refuses_to_write(tmp_path: Path) -> None:
    fill(tmp_path / "w.db")
    store = SqliteLedger(tmp_path / "w.db", read_only=True)
    assert len(list(store.claims(ids=[k.id for k in store.claims(known_at=NOW)]))) == 0
    assert next(iter(store.reports())).report.text.startswith("Fighters")
    with pytest.raises(StoreError, match="may be read but not written"):
        store.append(received("s2"), [], note="coded", recorded_at=NOW)


_FILLS_THE_DISK = """
import resource, sys
from datetime import UTC, date, datetime
from pathlib import Path
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.errors import StoreError
from warledger.domain.report import Received, Report
store = SqliteLedger(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for n in range(100):
    text = f"Report {n}. " + "Shells fell on Hama. " * 2000
    report = Report(id=str(n), published=date(2024, 12, 5), text=text, sha256="")
    try:
        store.append(Received(report=report, raw=text.encode()), [], note="coded", recorded_at=datetime.now(UTC))
    except StoreError as error:
        print(n, error)
        break
"""


def test_a_full_disk_keeps_the_earlier_reports_whole_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    run = subprocess.run(
        [sys.executable, "-c", _FILLS_THE_DISK, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    kept, _, line = run.stdout.strip().partition(" ")
    assert "disk is full" in line and "\n" not in line
    reports = list(SqliteLedger(path).reports())
    assert len(reports) == int(kept) > 0
    assert all(len(k.report.text) > 2000 for k in reports)
