"""`warledger ingest`: read, code and keep reports in the ledger, with a progress bar and a closing line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from warledger.adapters.progress import ProgressFile
from warledger.app import App
from warledger.cli.coders import counted_reasons
from warledger.cli.options import Coder, Db, Language, Paths, Published, Publisher, open_app, say
from warledger.cli.tables import console, counted
from warledger.domain.coded import CoderName
from warledger.domain.errors import Problem
from warledger.domain.report import Received
from warledger.pipeline import Outcome, Run, end_of_day, in_order_of_publication
from warledger.pipeline import ingest as ingest_items
from warledger.ports import Defaults

REFUSED = 1


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("ingest")(ingest)


def ingest(
    paths: Paths,
    db: Db = None,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    coder: Coder = CoderName.RULES,
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Record each report as known at the end of its day of publication, day by day."),
    ] = False,
) -> int:
    """Read, code and keep reports."""
    app = open_app(db, coder=coder)
    defaults = Defaults(published=published, publisher=publisher, language=language)
    outcome = ingest_paths(app, paths, defaults, replay=replay)
    print(closing_line(outcome))
    if coder is not CoderName.RULES:
        print(second_line(outcome, coder))
    return REFUSED if outcome.refused else 0


def ingest_paths(app: App, paths: list[str], defaults: Defaults, *, replay: bool) -> Outcome:
    """Ingest with a progress bar on standard error.

    Args:
        app: whose ledger and rooms.
        paths: files, folders or `-`.
        defaults: what the caller says of reports that do not say it themselves.
        replay: whether reports count as known at the end of their day, and not now.
    """
    items: Iterator[Received | Problem] = app.collect(paths, defaults)
    total = app.files.total_bytes(paths)
    told = ProgressFile(app.settings.db, total)

    def done(raw_bytes: int) -> None:
        told.advance(raw_bytes)
        bar.advance(bar.task_ids[0], raw_bytes)

    with progress_bar(total) as bar, closing(told):
        run = Run(
            rooms=app.rooms,
            ledger=app.ledger,
            recorded_at=end_of_day if replay else lambda _: datetime.now(UTC),
            now=lambda: datetime.now(UTC),
            tell=say,
            progress=done,
        )
        return ingest_items(in_order_of_publication(items) if replay else items, run)


@contextmanager
def progress_bar(total: int | None, doing: str = "reading and coding") -> Iterator[Progress]:
    """A bar on standard error, shown on a terminal only, gone when done."""
    out = console(stderr=True)
    columns = (
        TextColumn(doing),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        bar.add_task("ingest", total=total)
        yield bar


def closing_line(outcome: Outcome) -> str:
    """What a run did, in one line."""
    parts = [
        f"{counted(outcome.kept, 'report')} kept" + _aside(outcome),
        f"{outcome.known} already known",
        f"{outcome.refused} refused",
        counted(outcome.claims, "claim"),
        counted(outcome.events, "event"),
    ]
    return ", ".join(parts)


def second_line(outcome: Outcome, coder: CoderName) -> str:
    """What a language model as coder came to, in one line."""
    said = counted_reasons(outcome.dropped)
    if coder is not CoderName.BOTH:
        return said
    return f"{said}, {counted(outcome.disagreements, 'disagreement')} with the rules, whose claims were kept"


def _aside(outcome: Outcome) -> str:
    said = []
    if outcome.new_versions:
        said.append(counted(outcome.new_versions, "new version"))
    if outcome.not_coded:
        said.append(f"{outcome.not_coded} not coded")
    return f" ({', '.join(said)})" if said else ""
