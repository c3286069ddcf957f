"""Tables in the order in which days are asked: who holds what, events of some days, happenings by last day.

They are made from the rows that are there; nothing of the chain changes. The index over control that held days and
times as text goes: `control_order` holds the same in a third of the room. A report may say where two coders differ; the
column is null in every row that is there, and a null is no part of a row's hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from warledger.adapters.stores.guards import guard
from warledger.adapters.stores.ordering import decides, note_settled, put_in_order
from warledger.domain.chain import Row, Rows

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEYS = {
    "control_order": ("spot,recorded_at,holds,report,claim",),
    "event_days": ("reach,day,id,event",),
    "happenings": ("claim",),
    "settled": ("claim",),
}
_COLUMNS = {
    "control_claims": ("claim", "claim, report, role, place, valid_from, recorded_at"),
    "claims": ("seq", "seq, report, kind, valid_from, valid_to, record"),
    "event_versions": ("seq", "seq, id, valid_from, valid_to"),
}
_BATCH = 2_000


def upgrade() -> None:
    """Make the tables, fill them from what is there, set the guards."""
    op.add_column("reports", sa.Column("disagreements", sa.Text))
    differ = sa.column("disagreements").is_not(None)
    op.create_index("reports_read_two_ways", "reports", ["seq"], sqlite_where=differ, postgresql_where=differ)
    op.drop_index("control_by_place_and_day", "control_claims")
    op.create_table(
        "control_order",
        *(sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False) for name in ("spot", "recorded_at")),
        *(sa.Column(name, sa.Integer, primary_key=True, autoincrement=False) for name in ("holds", "report", "claim")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_days",
        sa.Column("reach", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("event", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("until", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "happenings",
        sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, nullable=False),
    )
    op.create_index("happenings_by_day", "happenings", ["day", "claim"])
    op.create_table("settled", sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False))
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        for table, column in (*(("event_days", c) for c in ("day", "id", "until")), ("happenings", "day")):
            db.exec_driver_sql(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE "C"')
    for table in _COLUMNS:
        for batch in _batches(db, table):
            put_in_order(db, batch)
    note_settled(db)
    guard(db, _KEYS)


def _batches(db: sa.Connection, table: str) -> Iterator[list[Rows]]:
    """Rows of a table as records, some at a time, in order."""
    key, columns = _COLUMNS[table]
    after = 0
    while True:
        asked = sa.text(f"SELECT {columns} FROM {table} WHERE {key} > :after ORDER BY {key} LIMIT {_BATCH}")
        rows = [dict(row) for row in db.execute(asked, {"after": after}).mappings()]
        if not rows:
            return
        yield [{table: _deciding(db, rows) if table == "control_claims" else rows}]
        after = rows[-1][key]


def _deciding(db: sa.Connection, rows: Sequence[Row]) -> list[Row]:
    """Those of the rows noted of control that bear on it still."""
    asked = sa.text("SELECT seq, kind, valid_from, valid_to FROM claims WHERE seq BETWEEN :first AND :last")
    found = db.execute(asked, {"first": rows[0]["claim"], "last": rows[-1]["claim"]}).mappings()
    of_claim = {row["seq"]: dict(row) for row in found}
    return [row for row in rows if decides(row, of_claim.get(row["claim"]))]
