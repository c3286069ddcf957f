"""Open a SQLite ledger: a path in, an engine whose schema is the newest out, or a StoreError in one plain line.

Refuses a file that is no database or no ledger of ours, and one that a newer version wrote. Commits are whole on the
disk before they are acknowledged (synchronous=FULL); docs/decisions/0007-sqlite-in-wal-mode.md says why.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from warledger.adapters.stores.schema import HEAD
from warledger.domain.errors import NewerSchema, StoreError

KNOWN = frozenset({HEAD})
"""Every migration that this version can read or bring forward."""

_CACHE_KIB = 64 * 1024
"""Pages kept in memory, at most: enough for the index over control of a million claims."""
_MAGIC = b"SQLite format 3\x00"
_PLAIN = (
    ("locked", "another process is writing to it; try again when that is done"),
    ("busy", "another process is writing to it; try again when that is done"),
    ("readonly", "it may be read but not written"),
    ("disk is full", "the disk is full; nothing was written"),
    ("disk i/o error", "the disk is full or failing; nothing was written"),
    ("not a database", "it is not a warledger database"),
    ("malformed", "the database is damaged"),
    ("unable to open", "it cannot be opened: its folder is missing or may not be used"),
    ("no such table", "it is not a warledger database"),
)


def open_engine(path: Path, *, read_only: bool, timeout: float) -> Engine:
    """Open the database, make it where it is missing, and bring its schema forward.

    Args:
        path: the file.
        read_only: never write, not even a missing table.
        timeout: seconds to wait for another writer.

    Raises:
        NewerSchema: a newer version wrote it.
        StoreError: it cannot be opened, is locked, full, or not a ledger.
    """
    if path.exists() and not os.access(path, os.W_OK):
        read_only = True
    _refuse_other_files(path)
    engine = _engine(path, read_only=read_only, timeout=timeout)
    with plain_errors(path):
        if not _is_current(engine, path):
            if read_only:
                raise StoreError(f"{path}: an older version wrote it, and it may not be written to bring it forward")
            _bring_forward(engine, path)
    return engine


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the database raises into a StoreError of one plain line that names the file."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", None) or error).partition("\n")[0]
        plain = next((line for mark, line in _PLAIN if mark in said.lower()), said)
        raise StoreError(f"{path}: {plain}") from error


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """One write transaction: it takes the write lock at once, and keeps all of it or nothing."""
    with plain_errors(path), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """One read transaction: everything read in it is of one moment."""
    with plain_errors(path), engine.connect() as connection, connection.begin():
        yield connection


def _refuse_other_files(path: Path) -> None:
    """Refuse by the first bytes: SQLite itself would take a very short file for an empty one and write over it."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: it cannot be opened: {error.strerror}") from error
    if head and head != _MAGIC:
        raise StoreError(f"{path}: it is not a warledger database")


def _engine(path: Path, *, read_only: bool, timeout: float) -> Engine:
    def connect() -> sqlite3.Connection:
        mode = "ro" if read_only else "rwc"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        made = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        made.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        if not read_only:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("PRAGMA synchronous=FULL")
            made.execute("PRAGMA foreign_keys=ON")
        return made

    pool = NullPool if read_only else QueuePool
    engine = create_engine("sqlite://", creator=connect, poolclass=pool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin for ourselves: the driver would begin only before the first row is written."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_current(engine: Engine, path: Path) -> bool:
    with engine.connect() as connection, connection.begin():
        return _version(connection, path) == HEAD


def _version(connection: Connection, path: Path) -> str | None:
    tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreError(f"{path}: it is not a warledger database")
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    version = None if row is None else str(row[0])
    if version is not None and version not in KNOWN:
        raise NewerSchema(f"{path}: it was written by a newer version of warledger (schema {version}); please upgrade")
    return version


def _bring_forward(engine: Engine, path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine, path) as connection:
        if _version(connection, path) != HEAD:  # another process may have done it while this one waited
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
