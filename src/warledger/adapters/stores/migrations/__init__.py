"""Alembic migrations of the SQLite ledger, run forward when it is opened."""
