"""Rows into a table of a ledger, many in one statement: a connection inside a write transaction and rows in.

SQLite takes as many rows a statement as it has places for values: each statement with a guard (`guards`) copies the
pages that it touches, and so one of a hundred rows costs a third of a hundred of one. PostgreSQL takes them by COPY.
Past SQLAlchemy, which would bind each row anew; what the driver raises is for `Database.plain_errors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from warledger.domain.chain import Row

_VALUES = 999
"""Values of one statement that every SQLite takes."""


def insert_into(db: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with a value for every column of the table, in the table's order."""
    listed = list(rows)
    if not listed:
        return
    names = table.columns.keys()
    cursor, columns = db.connection.cursor(), ", ".join(f'"{name}"' for name in names)
    try:
        if db.dialect.name == "postgresql":
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for row in listed:
                    copy.write_row(row)
        else:
            one = f"({', '.join('?' * len(names))})"
            for some in _in_powers_of_two(listed, _VALUES // len(names)):
                many = ", ".join([one] * len(some))
                cursor.execute(f"INSERT INTO {table.name} ({columns}) VALUES {many}", tuple(chain.from_iterable(some)))
    finally:
        cursor.close()


def in_columns(table: Table, rows: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
    """The values of rows in the order of the columns of a table, which are more than one."""
    return map(itemgetter(*table.columns.keys()), rows)


def _in_powers_of_two(rows: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """Cut rows so that the statements are few of kind, and the driver keeps them prepared."""
    start = 0
    while start < len(rows):
        size = 1 << (min(most, len(rows) - start).bit_length() - 1)
        yield rows[start : start + size]
        start += size
