"""Where an export goes: a file, written aside and renamed when it is whole, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """Open the target of an export.

    Args:
        out: the file, or None for standard output.

    Raises:
        OSError: it cannot be written; nothing half-written is left.
    """
    if out is None:
        yield sys.stdout
        return
    aside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
