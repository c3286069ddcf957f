"""What was said of control packed in runs, of which every place is asked at once.

They are made from what is in order of control; nothing of the chain changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from warledger.adapters.stores import runs
from warledger.adapters.stores.guards import guard

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEYS = {"control_runs": ("run",), "control_parts": ("run,day",)}


def upgrade() -> None:
    """Make the tables, fill them from what is there, set the guards."""
    op.create_table(
        "control_runs",
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("before", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("earliest", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "control_parts",
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("stood", sa.LargeBinary, nullable=False),
        sa.Column("said", sa.LargeBinary, nullable=False),
    )
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        for column in ("stood", "said"):  # as they are: they are read far more often than written
            db.exec_driver_sql(f"ALTER TABLE control_parts ALTER COLUMN {column} SET STORAGE EXTERNAL")
    runs.add_all(db)
    guard(db, _KEYS)
