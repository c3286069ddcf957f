"""A ledger that an older version wrote is brought forward: it answers as before, is chained, and can be copied on."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from warledger.adapters.stores import schema
from warledger.adapters.stores.database import KNOWN
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.errors import StoreError
from warledger.ledger import copy_ledger, verify
from warledger.ports import Ledger

KEPT = Path(__file__).parents[1] / "ledgers"
DAYS = (date(2024, 11, 29), date(2024, 12, 1), date(2024, 12, 6))
RELEASED = sorted(path.stem for path in KEPT.glob("*.sqlite"))
"""A ledger as each released schema wrote it, with the answers that it gave then beside it (the same name, .json)."""


def answers(ledger: Ledger, known_at: datetime | None) -> dict[str, Any]:
    """As the answers beside the kept files are written."""
    return {
        "reports": [
            [r.report.key, r.report.sha256, r.recorded_at.isoformat(), str(r.superseded_at)]
            for r in ledger.reports(known_at=known_at)
        ],
        "claims": [c.id for c in ledger.claims(known_at=known_at)],
        "events": [[e.id, e.version, str(e.grade)] for e in ledger.events(known_at=known_at)],
        "control": {str(day): [c.id for c in ledger.control(day, known_at=known_at)] for day in DAYS},
    }


def assert_answers_as_before(ledger: Ledger, name: str) -> None:
    before = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    assert [str(p) for p in ledger.refusals()] == before.pop("refusals")
    for known_at, said in before.items():
        moment = None if known_at == "None" else datetime.fromisoformat(known_at)
        assert answers(ledger, moment) == said, known_at


@pytest.mark.parametrize("name", RELEASED)
def test_an_old_ledger_answers_as_before_and_is_chained(tmp_path: Path, name: str) -> None:
    shutil.copy(KEPT / f"{name}.sqlite", tmp_path / "w.db")
    ledger = SqliteLedger(tmp_path / "w.db")
    assert_answers_as_before(ledger, name)
    verdict = verify(ledger)
    assert verdict.tampered == () and verdict.records == sum(1 for _ in ledger.names()) > 20
    assert verify(SqliteLedger(tmp_path / "w.db")) == verdict


def test_what_an_old_ledger_noted_of_an_event_of_many_days_decides_no_day(tmp_path: Path) -> None:
    old = tmp_path / "w.db"
    shutil.copy(KEPT / "r0003.sqlite", old)
    with sqlite3.connect(old) as db:
        [(claim, day)] = db.execute(
            "SELECT claim, control_claims.valid_from FROM control_claims JOIN claims ON seq = claim "
            "WHERE kind = 'event' AND role = 'holds' LIMIT 1"
        )
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claims'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        earlier = (date.fromisoformat(day) - timedelta(days=20)).isoformat()
        db.execute("UPDATE claims SET valid_from = ?, valid_to = ? WHERE seq = ?", (earlier, day, claim))
        noted = {claim for (claim,) in db.execute("SELECT claim FROM control_claims")}
    SqliteLedger(old).close()
    with sqlite3.connect(old) as db:
        assert {claim for (claim,) in db.execute("SELECT claim FROM control_order")} == noted - {claim}


@pytest.mark.parametrize("name", RELEASED)
def test_an_old_ledger_moves_to_postgres(tmp_path: Path, name: str, postgres_url: str) -> None:
    shutil.copy(KEPT / f"{name}.sqlite", tmp_path / "w.db")
    source, target = SqliteLedger(tmp_path / "w.db"), PostgresLedger(postgres_url)
    copy_ledger(source, target)
    assert_answers_as_before(target, name)
    assert verify(target) == verify(source)
    target.close()


def test_an_old_ledger_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    shutil.copy(KEPT / "r0001.sqlite", tmp_path / "w.db")
    with pytest.raises(StoreError, match="an older version wrote it"):
        SqliteLedger(tmp_path / "w.db", read_only=True)


def test_a_ledger_of_every_released_schema_is_kept() -> None:
    assert [f"r{version}" for version in KNOWN[:-1]] == RELEASED


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geography'")
def test_the_migrations_lead_postgres_to_the_tables_that_the_queries_use(postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    with ledger.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_shared})
        assert context.get_current_revision() == schema.HEAD
        assert compare_metadata(context, schema.metadata) == []
    ledger.close()


def _is_shared(item: Any, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Leave out what PostGIS brings."""
    return name not in {"spatial_ref_sys", "position", "event_positions"}
