"""What makes the database itself refuse to change or delete a recorded row, and how a redaction alone gets past it.

In: a connection inside a write transaction, and tables. SQLite: triggers, also before an insert, since `INSERT OR
REPLACE` deletes without asking the others. PostgreSQL: one trigger function for update, delete and truncate, and no
rights for anybody but the owner and those whom the owner grants SELECT and INSERT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

SAYS = "the ledger is append-only"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION warledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$"""


def guard(db: Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Set the triggers.

    Args:
        db: inside a write transaction.
        keys: tables, each with its unique keys; the columns of a key are parted by commas.
    """
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(_FUNCTION)
    for table, unique in keys.items():
        for statement in _statements(db.dialect.name, table, unique):
            db.exec_driver_sql(statement)


@contextmanager
def lifted(db: Connection, tables: Sequence[str], verb: str = "UPDATE") -> Iterator[None]:
    """Let rows of some tables be rewritten, or deleted, until the block ends; no other connection sees the guard down.

    Args:
        db: inside a write transaction.
        tables: which.
        verb: `UPDATE`, or `DELETE` for tables that follow from others.
    """
    if db.dialect.name == "postgresql":
        for table in tables:
            db.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_refuse_change")
        yield
        for table in tables:
            db.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_refuse_change")
        return
    for table in tables:
        db.exec_driver_sql(f"DROP TRIGGER {table}_refuse_{verb.lower()}")
    yield
    for table in tables:
        db.exec_driver_sql(_refuse(table, verb))


def _statements(dialect: str, table: str, unique: Sequence[str]) -> Iterator[str]:
    if dialect == "postgresql":
        refuse = "EXECUTE FUNCTION warledger_refuse()"
        yield f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} {refuse}"
        yield f"REVOKE ALL ON {table} FROM PUBLIC"
        return
    for verb in ("UPDATE", "DELETE"):
        yield f"DROP TRIGGER IF EXISTS {table}_refuse_{verb.lower()}"
        yield _refuse(table, verb)
    for number, key in enumerate(unique):
        same = " AND ".join(f"{column} = NEW.{column}" for column in key.split(","))
        yield (
            f"CREATE TRIGGER {table}_refuse_replace_{number} BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def _refuse(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )
