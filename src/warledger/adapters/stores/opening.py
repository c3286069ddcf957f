"""Open the ledger that a setting names: a `postgresql://` URL is a database, anything else a file."""

from __future__ import annotations

from pathlib import Path

from warledger.ports import Ledger


def open_ledger(db: str | Path) -> Ledger:
    """Open or make a ledger and bring its schema forward.

    Args:
        db: a path, or `postgresql://user@host/database`.

    Raises:
        NewerSchema: a newer version wrote it.
        StoreError: it cannot be used.
    """
    if str(db).startswith(("postgresql:", "postgres:")):
        from warledger.adapters.stores.postgres import PostgresLedger

        return PostgresLedger(str(db).replace("postgres:", "postgresql:", 1))
    from warledger.adapters.stores.sqlite import SqliteLedger

    return SqliteLedger(Path(db))
