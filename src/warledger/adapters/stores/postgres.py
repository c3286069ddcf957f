"""The ledger in PostgreSQL 15 with PostGIS: the store of a server that many ask at once.

A `postgresql://` URL in. One writer at a time, as the chain demands, by an advisory lock that ends with its
transaction; readers never wait. Refuses, as a StoreError of one plain line, a server that cannot be reached, a database
that is no ledger, rights that are missing. Needs the extra `postgres` (psycopg 3).
"""

from __future__ import annotations

import re
from typing import ClassVar

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from warledger.adapters.stores.database import Database
from warledger.adapters.stores.schema import DERIVED, KEPT, ORDERS, control_claims
from warledger.adapters.stores.sql import SqlLedger
from warledger.domain.errors import StoreError

_WRITERS = 0x7761726C
"""Number of the advisory lock that writers take."""
_OPTIONS = "-c jit=off -c plan_cache_mode=force_custom_plan -c enable_hashjoin=off -c enable_mergejoin=off"
"""Every question goes by seeks in an index, which need no compiler; the plan of one day is not another's. A writer
keeps its plans (`PostgresDatabase.lock`)."""
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):[^@]*@")
_PLAIN = (
    ("lock timeout", "another process is writing to it; try again when that is done"),
    ("no space left", "the disk is full; nothing was written"),
    ("could not extend", "the disk is full; nothing was written"),
    ("read-only transaction", "it may be read but not written"),
    ("must be owner", "only the owner of its tables may do that"),
    ("permission denied to create extension", "it needs PostGIS: ask its owner for CREATE EXTENSION postgis"),
    ('extension "postgis" is not available', "the server lacks PostGIS (Debian: postgresql-15-postgis-3)"),
    ("permission denied", "it may not be used so: SELECT to read, SELECT and INSERT on its tables to write"),
    ("does not exist", "there is no such database or role"),
    ("authentication failed", "the server refuses the name or the password"),
    ("refused", "the server cannot be reached"),
    ("could not translate host name", "the server cannot be reached"),
    ("no such file or directory", "the server cannot be reached"),
    ("server closed the connection", "the server closed the connection; nothing was written"),
    ("terminating connection", "the server closed the connection; nothing was written"),
    ("connection is lost", "the server closed the connection; nothing was written"),
)


class PostgresLedger(SqlLedger):
    """A ledger in a PostgreSQL database; fits `ports.Ledger`."""

    def __init__(self, url: str, *, timeout: float = 5.0) -> None:
        """Open the database and bring its schema forward.

        Args:
            url: `postgresql://user@host/database`.
            timeout: seconds to wait while another process writes.

        Raises:
            NewerSchema: a newer version wrote it.
            StoreError: it cannot be used.
        """
        database = PostgresDatabase(_engine(url), without_password(url), _PLAIN)
        database.timeout_ms = max(1, round(timeout * 1000))
        database.bring_forward(read_only=False)
        super().__init__(database)


class PostgresDatabase(Database):
    """A PostgreSQL database."""

    timeout_ms = 5_000
    read_options: ClassVar[dict[str, str]] = {"isolation_level": "REPEATABLE READ"}

    def lock(self, connection: Connection) -> None:
        """Wait for other writers, but not for ever; keep the plans by which the server looks up what rows refer to."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {self.timeout_ms}")
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = auto")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

    def scrub(self) -> None:
        """Write the tables anew, so that overwritten rows are gone from their files.

        The server's own log of changes keeps them until it is recycled, and so do backups: they are its operator's.
        """
        with self.plain_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in (*KEPT, control_claims, *DERIVED, *ORDERS):
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))

    def foreign_tables(self) -> set[str]:
        """What PostGIS brings along."""
        return {"spatial_ref_sys"}


def without_password(url: str) -> str:
    """A URL as messages may show it."""
    return _PASSWORD.sub(r"\1:***@", url)


def _engine(url: str) -> Engine:
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(address, isolation_level="READ COMMITTED", connect_args={"options": _OPTIONS})
    except ModuleNotFoundError as error:
        raise StoreError("a postgresql:// ledger needs psycopg: pip install 'warledger[postgres]'") from error
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{without_password(url)}: no such URL; write postgresql://user@host/database") from error
    return engine
