"""PDF: one file is one report, its pages joined. A scanned PDF has no text; refused: broken, locked and endless files.

A small file can hold work for hours, and a page cannot be stopped half-read: pages are read by a process of their own
(`pdf_reading`), which the system ends when it has had its processor time, however busy the machine is. The date of a
PDF's making is no date of publication and is not taken for one.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import PurePath

from attrs import frozen

from warledger.domain.errors import Problem
from warledger.domain.report import Draft

MOST_SECONDS = 60
"""Of processor time; a report of some hundred pages takes a few seconds."""
_READER = (sys.executable, "-P", "-m", "warledger.adapters.parsers.pdf_reading")
"""`-P`: a file of the current folder is not taken for a library."""


@frozen
class PdfParser:
    """Reader of `.pdf`.

    Args:
        most_seconds: a file that takes more processor time is refused.
    """

    most_seconds: int = MOST_SECONDS

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings that it reads."""
        return (".pdf",)

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read the one report."""
        done = subprocess.run((*_READER, str(self.most_seconds)), input=raw, capture_output=True, check=False)
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            what = f"takes more than {self.most_seconds} s to read as PDF; split it or save its text"
            yield Problem(file=file, what=what, raw=raw)
            return
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"ended with {done.returncode}"]
            yield Problem(file=file, what=f"is no readable PDF ({said[-1]})", raw=raw)
            return
        found = json.loads(done.stdout)
        if found["problem"] is not None:
            yield Problem(file=file, what=found["problem"], raw=raw)
            return
        yield Draft(file=file, raw=raw, text=found["text"], title=found["title"], suggested_id=PurePath(file).stem)
