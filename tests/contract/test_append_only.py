"""The database itself refuses to change or delete what was recorded, whoever asks and however."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_ledger import fill
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from warledger.adapters.stores import schema
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sql import SqlLedger
from warledger.adapters.stores.sqlite import SqliteLedger

TABLES = sorted(schema.metadata.tables)


@pytest.fixture(params=["sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlLedger]:
    if request.param == "sqlite":
        store: SqlLedger = SqliteLedger(tmp_path / "w.db")
    else:
        store = PostgresLedger(request.getfixturevalue("postgres_url"))
    fill(store)
    yield store
    store.close()


def attempt(store: SqlLedger, statement: str) -> None:
    with store.database.engine.connect() as db, db.begin():
        db.execute(text(statement))


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_changed_or_deleted(ledger: SqlLedger, table: str) -> None:
    column = next(iter(schema.metadata.tables[table].primary_key)).name
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
        with pytest.raises(DBAPIError, match="append-only"):
            attempt(ledger, statement)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_replaced(ledger: SqlLedger, table: str) -> None:
    sqlite = isinstance(ledger, SqliteLedger)
    refused = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if sqlite else f"TRUNCATE {table} CASCADE"
    with pytest.raises(DBAPIError, match="append-only"):
        attempt(ledger, refused)


def test_a_row_under_another_number_cannot_push_one_out_by_its_id(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "w.db")
    fill(ledger)
    columns = ", ".join(c.name for c in schema.claims.columns if c.name != "seq")
    with pytest.raises(DBAPIError, match="append-only"):
        attempt(ledger, f"INSERT OR REPLACE INTO claims (seq, {columns}) SELECT seq + 100, {columns} FROM claims")


def test_a_role_with_rights_to_read_and_insert_can_ingest_and_nothing_else(postgres_url: str) -> None:
    owner, database = PostgresLedger(postgres_url), postgres_url.rpartition("/")[2]
    role = f"desk_{database}"
    for statement in (
        f"CREATE ROLE {role} LOGIN",
        f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}",
    ):
        attempt(owner, statement)
    desk = PostgresLedger(postgres_url.replace("postgres@", f"{role}@"))
    fill(desk)
    assert len(list(desk.claims())) == 2 and len(desk.decisions()) == 1
    for statement in ("DELETE FROM chain", "ALTER TABLE chain DISABLE TRIGGER ALL", "TRUNCATE chain"):
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            attempt(desk, statement)
    desk.close()
    owner.close()
