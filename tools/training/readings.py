"""Read the corpus's reports as the program reads any: the same tables, the same readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from warledger.app import build
from warledger.domain.mention import Reading
from warledger.domain.report import Report
from warledger.read.reading import read_report
from warledger.settings import Settings


def read_rows_together(rows: Sequence[dict]) -> list[Reading]:
    """The readings of coded reports, in order."""
    tables = build(Settings()).tables
    return [read_report(report_of(row), tables) for row in rows]


def report_of(row: dict) -> Report:
    return Report(
        id=row["id"],
        published=date.fromisoformat(row["published"]),
        text=row["text"],
        sha256="",
        publisher=row.get("publisher"),
        language=row["language"],
    )
