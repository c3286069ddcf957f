"""The corpus's rows as reports, to be read as the program reads any."""

from __future__ import annotations

from datetime import date

from warledger.domain.report import Report


def report_of(row: dict) -> Report:
    return Report(
        id=row["id"],
        published=date.fromisoformat(row["published"]),
        text=row["text"],
        sha256="",
        publisher=row.get("publisher"),
        language=row["language"],
    )
