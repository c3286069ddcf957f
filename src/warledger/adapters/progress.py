"""How far an ingest is, told to whoever serves the same ledger: a small file beside it, gone when the ingest is done.

A ledger that is no file has none. A file that was not written for a while was left by a process that was killed.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from attrs import frozen

STALE_SECONDS = 60.0
_LEAST_SECONDS = 0.5


@frozen(kw_only=True)
class Progress:
    """How far an ingest is.

    Args:
        done_bytes: bytes of the items that are done.
        total_bytes: of all, or None where that is not known.
    """

    done_bytes: int
    total_bytes: int | None


class ProgressFile:
    """The file of one ledger.

    Args:
        ledger: a path, or a URL, which has no file.
        total_bytes: of what is taken in, or None.
    """

    def __init__(self, ledger: Path | str, total_bytes: int | None = None) -> None:
        self._path = ledger.with_name(f"{ledger.name}.progress") if isinstance(ledger, Path) else None
        self._total, self._done, self._written = total_bytes, 0, 0.0

    def advance(self, raw_bytes: int) -> None:
        """Tell of some more bytes that are done; a file that cannot be written is no reason to stop."""
        self._done += raw_bytes
        now = time.monotonic()
        if self._path is None or now - self._written < _LEAST_SECONDS:
            return
        self._written = now
        beside = self._path.with_name(f".{self._path.name}")
        with suppress(OSError):
            beside.write_text(json.dumps({"done": self._done, "total": self._total}), encoding="utf-8")
            beside.replace(self._path)

    def close(self) -> None:
        """The ingest is done."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def read(self) -> Progress | None:
        """How far a running ingest is, or None where none runs."""
        if self._path is None:
            return None
        try:
            if time.time() - self._path.stat().st_mtime > STALE_SECONDS:
                return None
            said = json.loads(self._path.read_text(encoding="utf-8"))
            return Progress(done_bytes=int(said["done"]), total_bytes=said["total"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
