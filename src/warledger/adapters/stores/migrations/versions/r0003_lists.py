"""Tables that follow from the others: lists are narrowed and texts searched by them, in every script, by index.

They are made from the rows that are there; nothing of the chain changes.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from warledger.adapters.stores.deriving import derive
from warledger.adapters.stores.guards import guard
from warledger.domain.chain import Rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEYS = {
    "report_words": ("word,report",),
    "claim_facets": ("claim",),
    "claim_names": ("name,claim",),
    "event_facets": ("event",),
    "event_claims": ("claim,event",),
    "event_names": ("role,name,event",),
    "actor_names": ("folded",),
}
_BATCH = 500


def upgrade() -> None:
    """Make the tables, fill them from what is there, set the guards."""
    for name, columns in {
        "reports_by_day": ["published", "seq"],
        "reports_by_publisher": ["publisher", "published", "seq"],
        "reports_by_language": ["language", "published", "seq"],
    }.items():
        op.create_index(name, "reports", columns)
    _claims()
    _events()
    _names()
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        for table in _KEYS:
            for column in sa.inspect(db).get_columns(table):
                if isinstance(column["type"], sa.Text):
                    db.exec_driver_sql(f'ALTER TABLE {table} ALTER COLUMN {column["name"]} TYPE text COLLATE "C"')
    for table in ("reports", "claims", "event_versions"):
        for batch in _batches(db, table):
            derive(db, batch)
    guard(db, _KEYS)


def _claims() -> None:
    op.create_table(
        "claim_facets",
        sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("confidence", sa.Float),
        sa.Column("valid_from", sa.Text),
        sa.Column("valid_to", sa.Text),
    )
    for column in ("kind", "type", "country", "confidence", "report"):
        op.create_index(f"claim_facets_by_{column}", "claim_facets", [column, "claim"])


def _events() -> None:
    op.create_table(
        "event_facets",
        sa.Column("event", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Text),
        sa.Column("valid_to", sa.Text),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("origins", sa.Integer, nullable=False),
        sa.Column("place_key", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        *(sa.Column(name, sa.Integer) for name in ("low", "best", "high")),
    )
    op.create_index("event_facets_by_version", "event_facets", ["id", "version", "recorded_at"])
    op.create_index("event_facets_by_day", "event_facets", ["day", "id"])
    for name, column in {"type": "type", "grade": "grade", "country": "country", "place": "place_key"}.items():
        op.create_index(f"event_facets_by_{name}", "event_facets", [column, "day", "id"])


def _names() -> None:
    """What is one narrow key: kept as its own index."""
    for table, texts, numbers in (
        ("report_words", ("word",), ("report",)),
        ("claim_names", ("name",), ("claim",)),
        ("event_claims", ("claim",), ("event",)),
        ("event_names", ("role", "name"), ("event",)),
    ):
        op.create_table(
            table,
            *(sa.Column(name, sa.Text, primary_key=True) for name in texts),
            *(sa.Column(name, sa.Integer, primary_key=True, autoincrement=False) for name in numbers),
            sqlite_with_rowid=False,
        )
    op.create_index("event_claims_by_event", "event_claims", ["event"])
    op.create_table(
        "actor_names",
        sa.Column("folded", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _batches(db: sa.Connection, table: str) -> Iterator[list[Rows]]:
    """Rows of a table as records, some at a time, in order."""
    columns = "seq, title, text" if table == "reports" else "*"
    after = 0
    while True:
        asked = sa.text(f"SELECT {columns} FROM {table} WHERE seq > :after ORDER BY seq LIMIT {_BATCH}")
        rows = [dict(row) for row in db.execute(asked, {"after": after}).mappings()]
        if not rows:
            return
        yield [{table: [row]} for row in rows]
        after = rows[-1]["seq"]
