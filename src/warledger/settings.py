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
        db: path of the ledger (WARLEDGER_DB), `warledger.db` in the current folder by default.
        data: folder of the tables.
        max_report_chars: a longer text is cut there and the cut is said aloud.
    """

    db: Path = Path("warledger.db")
    data: Path = Path(__file__).parent / "data"
    max_report_chars: int = 200_000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment once."""
        env = os.environ if environment is None else environment
        return cls(db=Path(env["WARLEDGER_DB"])) if env.get("WARLEDGER_DB") else cls()
