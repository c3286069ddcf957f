"""Rows into a database and its chain, and out again with the chain: what appends, copies, checks and redactions share.

Every function takes a connection inside a transaction. Records are rows by table with those that hang on them
(`domain.chain.Rows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs
from sqlalchemy import Connection, Table, bindparam, select, update

from warledger.adapters.stores import deriving, guards, ordering, queries, runs, schema
from warledger.adapters.stores.inserting import in_columns, insert_into
from warledger.domain.chain import DEPENDENT, START, Entry, Held, Row, Rows, Write, entry, item, name_of, sealed
from warledger.domain.errors import StoreError

Writing = tuple[Write, str, Sequence[Rows]]
"""What is done, when it is recorded, and the records."""
BATCH = 500
"""Values that one query lists at most."""
_T = TypeVar("_T")
_TABLES: Mapping[str, Table] = schema.metadata.tables
_NAMED = {
    "reports": ("id",),
    "claims": ("id",),
    "event_versions": ("id", "version"),
    "refusals": (),
    "decisions": ("id",),
}
"""Columns that `name_of` reads."""


def batches(values: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    """Values some at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def next_seq(db: Connection, table: Table) -> int:
    """The number of a table's next row; nobody else writes meanwhile."""
    return int(db.execute(queries.next_seq(table)).scalar_one())


def keep(db: Connection, writes: Sequence[Writing]) -> None:
    """Insert the records of some writes and seal each as an entry of the chain."""
    insert_rows(db, [record for _, _, records in writes for record in records])
    seal(db, writes)


def seal(db: Connection, writes: Sequence[Writing], note: Row | None = None) -> None:
    """Append an entry for each of some writes whose records are in place."""
    last, made = newest(db), []
    for act, recorded_at, records in writes:
        items = [item(next(iter(record)), record) for record in records]
        last = entry(last, act=act, recorded_at=recorded_at, items=items, note=note)
        made.append(attrs.astuple(last))
    insert_into(db, schema.chain, made)


def newest(db: Connection) -> Entry | None:
    """The end of the chain."""
    row = db.execute(queries.newest_entry()).mappings().first()
    return None if row is None else Entry(**row)


def insert_rows(db: Connection, records: Sequence[Rows]) -> None:
    """Insert records, table by table, rows before those that hang on them."""
    by_table: dict[str, list[Row]] = {}
    for record in records:
        for table, rows in record.items():
            by_table.setdefault(table, []).extend(rows)
    for table in sorted(by_table, key=list(_TABLES).index):
        insert_into(db, _TABLES[table], in_columns(_TABLES[table], by_table[table]))
    told = ordering.put_in_order(db, records)
    runs.add(db, told, [row for record in records for row in record.get("supersessions", ())])
    deriving.derive(db, records)
    if "event_versions" in by_table:
        ordering.note_settled(db)


def rewrite(db: Connection, records: Sequence[Rows]) -> None:
    """Write redacted records over those in place: the one change that a ledger allows, sealed by the caller."""
    with guards.lifted(db, sorted({table for record in records for table in record})):
        for record in records:
            for table, rows in record.items():
                key = next(iter(_TABLES[table].primary_key))
                changed = update(_TABLES[table]).where(key == bindparam("at"))
                for row in rows:
                    db.execute(changed, {**{k: v for k, v in row.items() if k != key.name}, "at": row[key.name]})
    deriving.derive_again(db, records)


def held(db: Connection, entries: Sequence[Entry]) -> Iterator[Held]:
    """Entries with their rows as they are now."""
    wanted: dict[str, list[int]] = {}
    for one in entries:
        for i in one.items:
            wanted.setdefault(i.table, []).append(i.seq)
    found: dict[tuple[str, int], Rows] = {}
    for table, seqs in wanted.items():
        if table in _NAMED:
            found.update(((table, seq), record) for seq, record in records_by_seq(db, table, seqs))
    for one in entries:
        keys = {(i.table, i.seq) for i in one.items}
        yield Held(entry=one, rows={k: found[k] for k in keys if k in found})


def records_by_seq(db: Connection, table: str, seqs: Sequence[int]) -> Iterator[tuple[int, Rows]]:
    """Records of a table by their numbers."""
    for batch in batches(sorted(set(seqs))):
        yield from _records(db, table, batch)


def every_record(db: Connection, table: str) -> Iterator[tuple[int, Rows]]:
    """All records of a table, in order."""
    for start in range(1, next_seq(db, _TABLES[table]), BATCH):
        yield from _records(db, table, range(start, start + BATCH))


def every_name(db: Connection) -> Iterator[tuple[str, int, str]]:
    """Table, number and name of every record."""
    for table, columns in _NAMED.items():
        here = _TABLES[table]
        asked = select(here.c.seq, *(here.c[name] for name in columns)).order_by(here.c.seq)
        for row in db.execution_options(yield_per=BATCH).execute(asked).mappings():
            yield table, row["seq"], name_of(table, row)


def take(db: Connection, entries: Sequence[Held], ledger: str) -> None:
    """Append another ledger's entries with their rows, unchanged.

    Raises:
        StoreError: they do not go on where this chain ends, or rows of them are gone.
    """
    last = newest(db)
    for one in entries:
        seq, link = (1, START) if last is None else (last.seq + 1, last.link)
        e = one.entry
        if e.seq != seq or sealed(link, e.recorded_at, e.act, e.body) != e.link:
            raise StoreError(f"{ledger}: entry {e.seq} does not go on where its chain ends, at entry {seq - 1}")
        missing = next((i for i in e.items if (i.table, i.seq) not in one.rows), None)
        if missing is not None:
            raise StoreError(f"{ledger}: {missing.table} {missing.name} of entry {e.seq} is gone; verify the source")
        records = [one.rows[i.table, i.seq] for i in e.items]
        (rewrite if e.act == Write.REDACTION else insert_rows)(db, records)
        insert_into(db, schema.chain, [attrs.astuple(e)])
        last = e


def _records(db: Connection, table: str, seqs: Sequence[int]) -> Iterator[tuple[int, Rows]]:
    here = _TABLES[table]
    hanging = {name: _hanging(db, name, column, seqs) for name, column in DEPENDENT.get(table, ())}
    for row in db.execute(select(here).where(here.c.seq.in_(seqs)).order_by(here.c.seq)).mappings():
        seq = row["seq"]
        yield seq, {table: [dict(row)], **{name: by_seq.get(seq, []) for name, by_seq in hanging.items()}}


def _hanging(db: Connection, table: str, column: str, seqs: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    there = _TABLES[table]
    hanging: dict[int, list[dict[str, Any]]] = {}
    for row in db.execute(select(there).where(there.c[column].in_(seqs))).mappings():
        hanging.setdefault(row[column], []).append(dict(row))
    return hanging
