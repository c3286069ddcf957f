"""`warledger precedents`: what was called a first or a deadliest, checked; and what is one though nobody said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from warledger.app import App
from warledger.asking import coverage, days_asked, kept_by_id, noticed_in, quotations
from warledger.cli.events import shown_days
from warledger.cli.options import Db, Format, From, KnownAt, On, TableFormat, To, open_to_ask
from warledger.cli.tables import Column, print_rows
from warledger.domain.finding import Coverage, NoticedPrecedent, PrecedentFinding
from warledger.domain.records import Record
from warledger.domain.rows import history_row
from warledger.domain.when import Interval
from warledger.notice.precedents import check_precedents
from warledger.ports import KeptClaim


class Sort(StrEnum):
    """Which precedents are listed."""

    CLAIMED = "claimed"
    NOTICED = "noticed"


COLUMNS = (
    Column(key="days", title="when", whole=True),
    Column(key="sort", title="", whole=True),
    Column(key="what", title="what"),
    Column(key="place", title="where"),
    Column(key="verdict", title="verdict"),
    Column(key="reason", title="why", least=24),
    Column(key="words", title="words", least=24),
    Column(key="id", title="id", whole=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("sort", "start", "end", "what", "place", "rank", "since", "verdict", "reason", "months", "country_months"),
        *("division_months", "events", "claims", "against", "quotes", "id"),
    )
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("precedents")(precedents)


def precedents(
    on: On = None,
    first: From = None,
    last: To = None,
    sort: Annotated[Sort | None, typer.Option("--only", help="Those claimed by reports, or those noticed.")] = None,
    known_at: KnownAt = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """Check "the first since 2016" against the record, and list firsts and deadliests that nobody claimed.

    A claimed precedent is supported, contradicted (with the events that do, and their claims), or the record is too
    thin to say: events in fewer than 80 of 100 months of the time in question in the country, or in fewer than half of
    them in the place's own province. How significant something was, and how large where no figure is given, no record
    can measure.
    """
    app = open_to_ask(db)
    from_day, to_day = days_asked(on, first, last)
    rows: list[Record] = []
    if sort is not Sort.NOTICED:
        rows += _claimed(app, from_day, to_day, known_at)
    if sort is not Sort.CLAIMED:
        found = noticed_in(app, from_day or date.min, to_day or date.max, known_at)
        rows += [_noticed(n, quotations(app, n.claim_ids)) for n in found]
    rows.sort(key=lambda r: (r["end"] or r["start"] or "", r["id"]))
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    print_rows(rows, columns, form, empty=f"no precedent is claimed or noticed; {coverage(app, known_at)}")


def _claimed(app: App, first: date | None, last: date | None, known_at: datetime | None) -> Iterator[Record]:
    findings = check_precedents(app.ledger, known_at, groups=app.corroborate.groups)
    kept = kept_by_id(app, [f.claim_id for f in findings])
    for finding in findings:
        said = kept[finding.claim_id]
        when = getattr(said.claim, "when", None) or Interval.day(said.report.published)
        if when.meets(first, last):
            yield _checked(finding, said, quotations(app, [finding.claim_id, *finding.contrary]))


def _checked(finding: PrecedentFinding, kept: KeptClaim, quotes: dict[str, str]) -> Record:
    row = history_row(kept)
    since = finding.precedent.since
    against = [quotes[i] for i in finding.contrary if i in quotes]
    return {
        "sort": str(Sort.CLAIMED),
        "start": row["start"],
        "end": row["end"],
        "days": shown_days(row),
        "what": f"{finding.precedent.rank} {row['what'].replace('_', ' ')}" + (f" since {since}" if since else ""),
        "place": row["place"],
        "rank": str(finding.precedent.rank),
        "since": since,
        "verdict": finding.verdict,
        "reason": finding.reason + (f": {', '.join(finding.event_ids[-3:])}" if finding.event_ids else ""),
        **_measured(finding.coverage),
        "events": list(finding.event_ids),
        "claims": [finding.claim_id],
        "against": list(finding.contrary),
        "quotes": [quotes[finding.claim_id], *against],
        "words": " AGAINST ".join([quotes[finding.claim_id], *against[-1:]]),
        "id": finding.claim_id,
    }


def _noticed(found: NoticedPrecedent, quotes: dict[str, str]) -> Record:
    days = {"start": found.day.isoformat(), "end": found.day.isoformat()}
    return {
        "sort": str(Sort.NOTICED),
        **days,
        "days": shown_days(days),
        "what": f"{found.what} {found.when}",
        "place": found.place,
        "rank": str(found.rank),
        "since": found.since.isoformat(),
        "verdict": "noticed",
        "reason": str(found.coverage) + (f"; the one before: {found.before}" if found.before else ""),
        **_measured(found.coverage),
        "events": [found.event_id],
        "claims": list(found.claim_ids),
        "against": [],
        "quotes": list(quotes.values()),
        "words": next(iter(quotes.values()), ""),
        "id": found.event_id,
    }


def _measured(coverage: Coverage | None) -> Record:
    names = ("months", "country_months", "division_months")
    return {name: getattr(coverage, name) if coverage is not None else None for name in names}
