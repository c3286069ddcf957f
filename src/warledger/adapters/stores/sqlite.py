"""The ledger in one SQLite file: the default store, no server needed.

Refuses, as a StoreError of one plain line, a file that is locked, full, read-only, newer than this version or no
ledger. Commits are whole on the disk before they are acknowledged (synchronous=FULL);
docs/decisions/0007-sqlite-in-wal-mode.md says why.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from warledger.adapters.stores.database import Database
from warledger.adapters.stores.sql import SqlLedger
from warledger.domain.errors import StoreError

_CACHE_KIB, _WRITERS_CACHE_KIB = 6 * 1024, 24 * 1024
"""Pages that a connection keeps in memory, at most; a server holds half a dozen. What it does not keep the system does:
the file is not mapped, since each connection would map it for itself."""
_LOG_PAGES = 8_000
"""Pages of the write-ahead log, 32 MB, behind which a commit moves them into the file: what many commits change moves
once."""
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


class SqliteLedger(SqlLedger):
    """A ledger in a file; fits `ports.Ledger`."""

    def __init__(self, path: Path, *, read_only: bool = False, timeout: float = 5.0) -> None:
        """Open or make the file and bring its schema forward.

        Args:
            path: the file.
            read_only: never write, not even a missing table.
            timeout: seconds to wait while another process writes.

        Raises:
            NewerSchema: a newer version wrote it.
            StoreError: it cannot be used.
        """
        super().__init__(open_database(path, read_only=read_only, timeout=timeout))
        self._path = path

    def backup(self, out: Path) -> None:
        """Copy the file while others read and write it: whole, of one moment, under its name only when complete.

        Raises:
            StoreError: the copy cannot be written.
        """
        with written_aside(out) as aside:
            copy_file(self._path, aside)


class SqliteDatabase(Database):
    """A SQLite file."""

    def scrub(self) -> None:
        """Write the file anew and empty its write-ahead log, so that overwritten pages are gone from both.

        Raises:
            StoreError: another process still reads the old pages, or the disk cannot hold a second copy meanwhile.
        """
        with self.plain_errors():
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA temp_store=FILE")  # the second copy is larger than a statement's notes
                for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    row = raw.cursor().execute(statement).fetchone()
                    if row is not None and row[0]:
                        raise StoreError(f"{self.name}: another process still reads its old pages; end it first")
            finally:
                raw.invalidate()


def open_database(path: Path, *, read_only: bool, timeout: float) -> Database:
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
    database = SqliteDatabase(_engine(path, read_only=read_only, timeout=timeout), str(path), _PLAIN)
    database.bring_forward(read_only=read_only)
    return database


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


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file, of one moment, while others read and write it.

    Raises:
        StoreError: the source is no database, or one of the two fails.
    """
    _refuse_other_files(source)
    with SqliteDatabase(create_engine("sqlite://"), str(source), _PLAIN).plain_errors():
        read, written = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True), sqlite3.connect(target)
        try:
            read.backup(written)
            written.execute("PRAGMA journal_mode=DELETE")  # one file, with none beside it
        finally:
            read.close()
            written.close()


@contextmanager
def written_aside(path: Path, *, keep: bool = True) -> Iterator[Path]:
    """A name beside a file to write under; what was written gets the file's own name when it is whole on the disk.

    Args:
        path: the name at the end.
        keep: False to throw away what was written.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        yield aside
        if keep:
            with aside.open("rb") as written:
                os.fsync(written.fileno())
            aside.replace(path)
    finally:
        for left in (aside, *(aside.with_name(aside.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


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
            made.execute("PRAGMA temp_store=MEMORY")  # what a statement changes is noted in memory until it ends
            made.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
        return made

    pool = NullPool if read_only else QueuePool
    engine = create_engine("sqlite://", creator=connect, poolclass=pool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin for ourselves: the driver would begin only before the first row is written."""
    writes = connection.get_execution_options().get("writes", False)
    if writes:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_WRITERS_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
