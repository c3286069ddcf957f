"""The first ledger: reports, claims, control, event versions and refusals; triggers keep them append-only.

It was made for SQLite alone; in PostgreSQL the next revision sets the triggers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = ("reports", "supersessions", "claims", "control_claims", "event_versions", "refusals")


def upgrade() -> None:
    """Make the tables, their indexes and the triggers that refuse every update and deletion."""
    _reports()
    _claims()
    _control()
    _events()
    _refusals()
    for table in _TABLES if op.get_bind().dialect.name == "sqlite" else ():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("published", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("filed_as", sa.Text, nullable=False),
    )
    op.create_index("ix_reports_id", "reports", ["id"])
    op.create_table(
        "supersessions",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), primary_key=True),
        sa.Column("by_report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("place_key", sa.Text),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("valid_from", sa.Text),
        sa.Column("valid_to", sa.Text),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_claims_report", "claims", ["report"])
    op.create_index("ix_claims_place_key", "claims", ["place_key"])
    op.create_index("claims_by_kind_and_day", "claims", ["kind", "valid_from"])


def _control() -> None:
    op.create_table(
        "control_claims",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.seq"), primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("place_key", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
    )
    newest_first = [sa.text("valid_from DESC"), sa.text("recorded_at DESC")]
    op.create_index("control_by_place_and_day", "control_claims", ["place_key", *newest_first, "role", "report"])


def _events() -> None:
    op.create_table(
        "event_versions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("place_key", sa.Text),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("valid_from", sa.Text),
        sa.Column("valid_to", sa.Text),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "version"),
    )
    op.create_index("ix_event_versions_place_key", "event_versions", ["place_key"])


def _refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("record", sa.Text),
        sa.Column("field", sa.Text),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("refused", sa.Integer, nullable=False),
    )
    op.create_index("ix_refusals_file", "refusals", ["file"])
