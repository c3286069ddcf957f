"""The hash chain, decisions of persons, guards that also refuse to replace, and control known before its day.

Rows that were there before get their entries of the chain now: report by report, then events, then refusals. In
PostgreSQL texts compare by code point, as in SQLite, and PostGIS holds the position of each version of an event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain as chained
from typing import Any

import sqlalchemy as sa
from alembic import op

from warledger.adapters.stores.guards import guard
from warledger.domain.chain import Entry, Rows, Write, entry, item

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEYS = {
    "reports": ("seq", "key"),
    "supersessions": ("report",),
    "claims": ("seq", "id"),
    "control_claims": ("claim",),
    "control_places": ("place",),
    "event_versions": ("seq", "id,version"),
    "refusals": ("seq",),
    "decisions": ("seq", "id"),
    "chain": ("seq",),
}
_EVENTS_AN_ENTRY = 200
_POSITION = (
    "ALTER TABLE event_versions ADD COLUMN position geography(Point, 4326) GENERATED ALWAYS AS "
    "(CAST(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS geography)) STORED"
)


def upgrade() -> None:
    """Make the tables and indexes, chain what is there, set the guards."""
    op.create_index("ix_supersessions_by_report", "supersessions", ["by_report"])
    _control()
    _decisions()
    _chain()
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        _as_postgresql(db)
    _chain_what_is_there(db)
    guard(db, _KEYS)


def _control() -> None:
    """Places by number, and the place of which each claim is the first to speak."""
    db = op.get_bind()
    old = [dict(row) for row in db.exec_driver_sql("SELECT * FROM control_claims ORDER BY claim").mappings()]
    op.drop_table("control_claims")
    whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    claims = op.create_table(
        "control_claims",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.seq"), primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("place", whole, nullable=False),
        sa.Column("valid_from", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
    )
    places = op.create_table(
        "control_places",
        sa.Column("place", whole, primary_key=True, autoincrement=False),
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.seq"), nullable=False),
    )
    op.create_index("ix_control_places_claim", "control_places", ["claim"])
    new = [{**row, "place": _number(row.pop("place_key"))} for row in old]
    first = {row["place"]: row["claim"] for row in reversed(new)}
    op.bulk_insert(claims, new)
    op.bulk_insert(places, [{"place": place, "claim": claim} for place, claim in first.items()])
    columns: list[str | sa.TextClause] = ["place"]
    columns += [sa.text("valid_from DESC"), sa.text("recorded_at DESC"), "role", "report"]
    op.create_index("control_by_place_and_day", "control_claims", columns, postgresql_include=["claim"])
    ahead = sa.text("valid_from > recorded_at")
    name = "control_ahead_of_its_time"
    op.create_index(name, "control_claims", columns, sqlite_where=ahead, postgresql_where=ahead)


def _number(place_key: str) -> int:
    return int.from_bytes(hashlib.sha256(place_key.encode()).digest()[:8], "big", signed=True)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "recorded_at", "author", "reason", "act")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("events", "claims", "payload")),
        sa.UniqueConstraint("id"),
    )


def _chain() -> None:
    op.create_table(
        "chain",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("recorded_at", "act", "body", "link")),
    )


def _as_postgresql(db: sa.Connection) -> None:
    """Texts by code point, numbers of rows given by the ledger and not by a sequence, positions for maps."""
    inspector = sa.inspect(db)
    for table in _KEYS:
        for column in inspector.get_columns(table):
            if isinstance(column["type"], sa.Text):
                db.exec_driver_sql(f'ALTER TABLE {table} ALTER COLUMN {column["name"]} TYPE text COLLATE "C"')
            if column["name"] == "seq":
                db.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN seq DROP DEFAULT")
                db.exec_driver_sql(f"DROP SEQUENCE IF EXISTS {table}_seq_seq")
    db.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    db.exec_driver_sql(_POSITION)
    db.exec_driver_sql("CREATE INDEX event_positions ON event_versions USING gist (position)")


def _chain_what_is_there(db: sa.Connection) -> None:
    newest: Entry | None = None
    for act, records in chained(_reports(db), _events(db), _refusals(db)):
        recorded_at = max(next(iter(record.values()))[0]["recorded_at"] for record in records)
        items = [item(next(iter(record)), record) for record in records]
        newest = entry(newest, act=act, recorded_at=recorded_at, items=items)
        db.execute(
            sa.text("INSERT INTO chain VALUES (:seq, :recorded_at, :act, :body, :link)"),
            {name: getattr(newest, name) for name in ("seq", "recorded_at", "act", "body", "link")},
        )


def _reports(db: sa.Connection) -> Iterator[tuple[Write, list[Rows]]]:
    for (seq,) in db.exec_driver_sql("SELECT seq FROM reports ORDER BY seq").all():
        report = _rows(db, "reports", "seq", seq)
        records: list[Rows] = [{"reports": report, "supersessions": _rows(db, "supersessions", "by_report", seq)}]
        for claim in _rows(db, "claims", "report", seq):
            hanging = {t: _rows(db, t, "claim", claim["seq"]) for t in ("control_claims", "control_places")}
            records.append({"claims": [claim], **hanging})
        yield Write.REPORT, records


def _events(db: sa.Connection) -> Iterator[tuple[Write, list[Rows]]]:
    seqs = db.exec_driver_sql("SELECT seq FROM event_versions ORDER BY seq").scalars().all()
    for start in range(0, len(seqs), _EVENTS_AN_ENTRY):
        batch = seqs[start : start + _EVENTS_AN_ENTRY]
        yield Write.EVENTS, [{"event_versions": _rows(db, "event_versions", "seq", seq)} for seq in batch]


def _refusals(db: sa.Connection) -> Iterator[tuple[Write, list[Rows]]]:
    for seq in db.exec_driver_sql("SELECT seq FROM refusals ORDER BY seq").scalars().all():
        yield Write.REFUSAL, [{"refusals": _rows(db, "refusals", "seq", seq)}]


def _rows(db: sa.Connection, table: str, column: str, value: int) -> Sequence[dict[str, Any]]:
    first = {"control_claims": "claim", "control_places": "place", "supersessions": "report"}.get(table, "seq")
    found = db.execute(sa.text(f"SELECT * FROM {table} WHERE {column} = :value ORDER BY {first}"), {"value": value})
    return [dict(row) for row in found.mappings()]
