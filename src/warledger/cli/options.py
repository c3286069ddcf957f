"""Options that several commands share: the ledger, days, times known, formats; and the app that serves a command.

Words of the command line in, values out; a day or a time that is none is refused as bad usage.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import attrs
import typer

from warledger.app import App, build
from warledger.domain.coded import CoderName
from warledger.domain.errors import StoreError
from warledger.ledger.named import Named, find_place
from warledger.settings import Settings, ledger_at


class TableFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def parse_day(said: str) -> date:
    """Read a day, `2024-11-30`."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(f"{said!r} is no day; write YYYY-MM-DD, as 2024-11-30") from None


def parse_moment(said: str) -> datetime:
    """Read a time, `2024-11-29T20:00` (UTC unless it names a zone); a day alone means its last second."""
    try:
        if len(said) == 10:
            return datetime.combine(date.fromisoformat(said), time(23, 59, 59), UTC)
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(f"{said!r} is no time; write 2024-11-29 or 2024-11-29T20:00") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="LEDGER",
        help="A file or a postgresql:// URL; by default WARLEDGER_DB, else warledger.db in the current folder.",
    ),
]
Format = Annotated[TableFormat, typer.Option("--format", help="How to print the list.")]
On = Annotated[date | None, typer.Option("--on", parser=parse_day, metavar="DATE", help="The day asked about.")]
From = Annotated[date | None, typer.Option("--from", parser=parse_day, metavar="DATE", help="First day.")]
To = Annotated[date | None, typer.Option("--to", parser=parse_day, metavar="DATE", help="Last day.")]
KnownAt = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        parser=parse_moment,
        metavar="TIME",
        help="Answer as the ledger stood then: a day (its end) or a time such as 2024-11-29T20:00 (UTC).",
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        metavar="0..1",
        help="Pass over claims that the coder held less likely to be right; an event stays with one such claim. "
        "Claims that carry no confidence (a dataset's rows, a language model's) stay.",
    ),
]
Published = Annotated[
    date | None,
    typer.Option("--published", parser=parse_day, metavar="DATE", help="Publication day of reports that give none."),
]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Outlet of reports that name none.")]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Language of reports that name none (ISO 639-1); else told apart."),
]


Coder = Annotated[
    CoderName,
    typer.Option(
        "--coder",
        help="Who codes: the rules on this machine; llm, the language model named by WARLEDGER_LLM_URL and "
        "WARLEDGER_LLM_MODEL, to which the reports are then sent; or both: the rules, with where the model differs.",
    ),
]

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]


def open_app(db: str | Path | None = None, *, coder: CoderName = CoderName.RULES) -> App:
    """The app that serves one command; nothing is loaded before it is asked for.

    Args:
        db: the ledger that the command line names, or None.
        coder: who codes, as the command line says.

    Raises:
        UsageError: a setting of the environment is none.
    """
    settings = attrs.evolve(Settings.from_environment(), coder=coder)
    return build(settings if db is None else attrs.evolve(settings, db=ledger_at(str(db))))


def open_to_ask(db: str | Path | None, *, coder: CoderName = CoderName.RULES) -> App:
    """The app of a ledger that is there; asking never makes one.

    Raises:
        StoreError: there is no such file.
    """
    app = open_app(db, coder=coder)
    if isinstance(app.settings.db, Path) and not app.settings.db.exists():
        raise StoreError(f"{app.name}: no ledger there; `warledger ingest PATH` makes one, `warledger demo` too")
    return app


def named_place(app: App, said: str) -> Named:
    """The place that a person names; others that bear the name are told.

    Raises:
        UsageError: neither the gazetteer nor the ledger knows the name.
    """
    named = find_place(said, app.gazetteer, app.ledger)
    note = named.note(said)
    if note is not None:
        say(note)
    return named


def say(line: object) -> None:
    """Tell one thing in one plain line on standard error."""
    print(" ".join(str(line).split()), file=sys.stderr)
