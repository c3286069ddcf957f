"""`warledger recode`: code reports of the ledger anew, since the coder knows more now or could not code them then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from attrs import evolve

from warledger.app import App
from warledger.cli.ingest import progress_bar
from warledger.cli.options import Coder, Db, open_to_ask, parse_day, say
from warledger.cli.tables import counted
from warledger.domain.asked import Asked, Window
from warledger.domain.coded import CODED, CoderName
from warledger.domain.dataset import is_imported
from warledger.domain.errors import UsageError
from warledger.domain.report import Report
from warledger.pipeline import Recoded, Run
from warledger.pipeline import recode as recode_reports

_PAGE = 100
"""Reports that are read in one go."""


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("recode")(recode)


def recode(
    since: Annotated[
        date | None,
        typer.Option("--since", parser=parse_day, metavar="DATE", help="Only reports published on that day or later."),
    ] = None,
    report: Annotated[
        list[str] | None, typer.Option("--report", metavar="ID", help="Only this report; may be given again.")
    ] = None,
    uncoded: Annotated[
        bool, typer.Option("--uncoded", help="Only reports that could not be coded when they came.")
    ] = False,
    db: Db = None,
    coder: Coder = CoderName.RULES,
) -> None:
    """Code reports anew: what changed is a new version, known from now on; what was known before stays as it was."""
    app = open_to_ask(db, coder=coder)
    for ident in report or ():
        if not app.ledger.versions_of_report(ident):
            raise UsageError(f"no report has the id {ident!r}; nothing was coded anew")
    asked = Asked(from_day=since, reports=frozenset(report or ()))
    run = Run(
        rooms=app.rooms,
        ledger=app.ledger,
        recorded_at=lambda _: datetime.now(UTC),
        now=lambda: datetime.now(UTC),
        tell=say,
        progress=lambda chars: bar.advance(bar.task_ids[0], chars),
    )
    with progress_bar(None, "coding anew") as bar:
        done = recode_reports(reports_to_code(app, asked, uncoded=uncoded), run)
    print(closing_line(done))


def reports_to_code(app: App, asked: Asked, *, uncoded: bool) -> Iterator[Report]:
    """The reports that count, each once, though new versions come in meanwhile; rows of datasets are left out.

    Args:
        app: whose ledger; it tells the language of a report whose language was not known.
        asked: which reports.
        uncoded: only those that have not been coded.
    """
    window, given = Window(limit=_PAGE, newest_first=False), set[str]()
    while True:
        page = app.ledger.report_page(asked, window)
        for kept in page.items:
            report = kept.report
            if report.id in given or is_imported(report.id) or (uncoded and kept.note == CODED):
                continue
            given.add(report.id)
            yield evolve(report, language=report.language or app.languages_told.tell(report.text))
        if page.end is None:
            return
        window = evolve(window, after=page.end)


def closing_line(done: Recoded) -> str:
    """What a run did, in one line."""
    parts = [
        f"{counted(done.recoded, 'report')} coded anew",
        f"{done.unchanged} unchanged",
        f"{done.not_coded} not coded",
        *([f"{done.passed_over} passed over"] if done.passed_over else ()),
        counted(done.claims, "new claim"),
        counted(done.events, "event") + " changed",
    ]
    return ", ".join(parts)
