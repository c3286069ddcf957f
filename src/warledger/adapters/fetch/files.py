"""Fetch files: the names of files and folders in, their bytes out, in a stable order.

Refused with a Problem: what is missing, unreadable or larger than `max_bytes`, and a folder without reports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from warledger.domain.errors import Problem

STANDARD_INPUT = "-"
MEGABYTE = 1_000_000


@frozen(kw_only=True)
class Files:
    """Files, folders with all that is below them, and `-` for standard input.

    Args:
        suffixes: which files of a folder are reports; a file named by the caller is taken whatever its suffix.
        max_bytes: a larger file is refused unread.
    """

    suffixes: Sequence[str]
    max_bytes: int = 64 * MEGABYTE

    def fetch(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes] | Problem]:
        """Yield each file's name and bytes."""
        for path in paths:
            if path == STANDARD_INPUT:
                yield self._sized(path, sys.stdin.buffer.read(self.max_bytes + 1))
                continue
            for found in self._files(path):
                yield found if isinstance(found, Problem) else self._read(found)

    def total_bytes(self, paths: Sequence[str]) -> int | None:
        """How much `fetch` will read, for a progress bar; None where standard input is among the paths."""
        if STANDARD_INPUT in paths:
            return None
        files = (f for p in paths for f in self._files(p) if isinstance(f, Path))
        return sum(f.stat().st_size for f in files if f.exists())

    def _files(self, path: str) -> Iterator[Path | Problem]:
        if not Path(path).is_dir():
            yield Path(path)
            return
        found = [f for f in _below(path) if f.suffix.lower() in self.suffixes]
        if not found:
            yield Problem(file=path, what=f"holds no reports ({', '.join(self.suffixes)})")
        yield from found

    def _read(self, path: Path) -> tuple[str, bytes] | Problem:
        try:
            with path.open("rb") as stream:
                return self._sized(str(path), stream.read(self.max_bytes + 1))
        except OSError as error:
            return Problem(file=str(path), what=f"cannot be read ({(error.strerror or str(error)).lower()})")

    def _sized(self, name: str, raw: bytes) -> tuple[str, bytes] | Problem:
        if len(raw) > self.max_bytes:
            return Problem(file=name, what=f"is larger than {self.max_bytes // MEGABYTE} MB; split it")
        return name, raw


def _below(folder: str) -> Iterator[Path]:
    """Every file below a folder by name; hidden files and folders are passed over, links to folders not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(at) / f for f in sorted(files) if not f.startswith("."))
