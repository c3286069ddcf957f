"""A database as a ledger uses it: whole transactions, errors as one plain line, and a schema brought forward.

An engine, a name for messages and the plain words of its errors in; transactions out. Refuses a database that is no
ledger, one that a newer version wrote, and an old one that may not be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from warledger.adapters.stores.schema import HEAD
from warledger.domain.errors import NewerSchema, StoreError

KNOWN = ("0001", "0002", "0003", "0004", HEAD)
"""Every migration that this version can read or bring forward."""


class Database:
    """One database that holds a ledger.

    Args:
        engine: how to connect; an execution option `writes` marks a connection that will write.
        name: what messages call it; it holds no password.
        plain: marks of what the database says, in lower case, and the plain words for each, the first found counts.
    """

    read_options: ClassVar[dict[str, str]] = {}
    """Execution options that make a read transaction see one moment."""

    def __init__(self, engine: Engine, name: str, plain: Sequence[tuple[str, str]]) -> None:
        self.engine = engine
        self.name = name
        self._plain = plain
        self._raises = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Turn what the database raises into a StoreError of one plain line that names the ledger."""
        try:
            yield
        except self._raises as error:
            said = str(getattr(error, "orig", None) or error).partition("\n")[0]
            plain = next((line for mark, line in self._plain if mark in said.lower()), said)
            raise StoreError(f"{self.name}: {plain}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction: nobody else writes meanwhile, and all of it is kept or nothing."""
        options = {"writes": True}
        with self.plain_errors(), self._connected(options) as connection, connection.begin():
            self.lock(connection)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read transaction: everything read in it is of one moment."""
        with self.plain_errors(), self._connected(self.read_options) as connection, connection.begin():
            yield connection

    def lock(self, connection: Connection) -> None:
        """Keep other writers out until the transaction ends."""

    def scrub(self) -> None:
        """Leave nothing in the database's own files of what was overwritten."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def bring_forward(self, *, read_only: bool) -> None:
        """Make the tables of an empty database, or bring those of an older version forward.

        Raises:
            NewerSchema: a newer version wrote it.
            StoreError: it is no ledger, or an older one that may not be written.
        """
        with self.reading() as connection:
            if self._version(connection) == HEAD:
                return
        if read_only:
            raise StoreError(f"{self.name}: an older version wrote it, and it may not be written to bring it forward")
        with self.writing() as connection:
            if self._version(connection) != HEAD:  # another process may have done it while this one waited
                _upgrade(connection)

    def _connected(self, options: Mapping[str, Any]) -> Connection:
        return self.engine.connect().execution_options(**options)

    def _version(self, connection: Connection) -> str | None:
        inspector = inspect(connection)
        tables = set(inspector.get_table_names()) - self.foreign_tables()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(f"{self.name}: it is not a warledger database")
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if version is not None and version not in KNOWN:
            raise NewerSchema(
                f"{self.name}: it was written by a newer version of warledger (schema {version}); please upgrade"
            )
        return None if version is None else str(version)

    def foreign_tables(self) -> set[str]:
        """Tables that are there before any ledger is."""
        return set()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
