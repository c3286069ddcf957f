"""Settings: frozen, and the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen


@frozen(kw_only=True)
class Settings:
    """What a run depends on outside its arguments.

    Args:
        db: the ledger (WARLEDGER_DB): a path, `warledger.db` in the current folder by default, or a postgresql:// URL.
        data: folder of the tables.
        max_report_chars: a longer text is cut there and the cut is said aloud.
    """

    db: Path | str = Path("warledger.db")
    data: Path = Path(__file__).parent / "data"
    max_report_chars: int = 200_000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment once."""
        env = os.environ if environment is None else environment
        return cls(db=ledger_at(env["WARLEDGER_DB"])) if env.get("WARLEDGER_DB") else cls()


def ledger_at(said: str) -> Path | str:
    """Where a ledger is: a postgresql:// URL as it stands, anything else a path."""
    return said if said.startswith(("postgresql:", "postgres:")) else Path(said)
