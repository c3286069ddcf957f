"""`warledger surges`: weeks in which a region saw more events, deaths or displaced than its own past explains."""

from __future__ import annotations

from datetime import timedelta

import typer

from warledger.app import App
from warledger.asking import country_name, coverage, days_asked, newest_day, quotations
from warledger.cli.options import Db, Format, From, KnownAt, On, TableFormat, To, open_to_ask, say
from warledger.cli.tables import Column, print_rows
from warledger.domain.finding import Surge
from warledger.domain.records import Record
from warledger.notice.surges import LEAST_WEEKS, notice_surges

COLUMNS = (
    Column(key="week", title="week from", whole=True),
    Column(key="region", title="where"),
    Column(key="measure", title="what", whole=True),
    Column(key="count", title="count", right=True, whole=True),
    Column(key="expected", title="expected", right=True, whole=True),
    Column(key="most", title="most before", right=True, whole=True),
    Column(key="chance", title="chance", right=True, whole=True),
    Column(key="source", title="counted from", whole=True),
    Column(key="words", title="words", least=24),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("week", "region", "level", "country", "measure", "count", "expected", "most", "baseline_weeks", "chance"),
        *("source", "events", "claims", "quotes"),
    )
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("surges")(surges)


def surges(
    on: On = None,
    first: From = None,
    last: To = None,
    known_at: KnownAt = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """List weeks in which a country or province saw more than its own past explains.

    By default the last whole week before the newest report. A region is compared with itself over up to two years, and
    is not judged before one year of record. Of weeks in which nothing changed at most 1 in 200 is called a surge
    (simulated counts; whatever their distribution, at most 1 in as many weeks as the baseline has).
    """
    app = open_to_ask(db)
    from_day, to_day = days_asked(on, first, last)
    end = to_day if to_day is not None else newest_day(app)
    if on is not None:
        end = on + timedelta(days=6 - on.weekday())
    start = from_day if from_day is not None else end - timedelta(days=6 + (end.weekday() + 1) % 7)
    seen = notice_surges(app.ledger, start, end, known_at)
    if form is TableFormat.TABLE:
        alarms = f"about {seen.looked * seen.rate:.1f} false alarms may be among them"
        say(f"{seen.looked} weeks of regions looked at, each against its own past; {alarms}")
    empty = f"no surge; a region needs {LEAST_WEEKS} weeks of record before it. {coverage(app, known_at)}"
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    print_rows([_row(app, s) for s in seen.found], columns, form, empty=empty)


def _row(app: App, surge: Surge) -> Record:
    quotes = list(quotations(app, surge.claim_ids).values())
    region = country_name(app, surge.country)
    return {
        "week": surge.week.isoformat(),
        "region": region if surge.level == "country" else f"{surge.region}, {region}",
        "level": surge.level,
        "country": surge.country,
        "measure": surge.measure,
        "count": surge.count,
        "expected": round(surge.expected, 2),
        "most": surge.most,
        "baseline_weeks": surge.baseline_weeks,
        "chance": f"{surge.chance:.1e}",
        "source": surge.source,
        "events": list(surge.event_ids),
        "claims": list(surge.claim_ids),
        "quotes": quotes,
        "words": quotes[0] + (f" and {len(quotes) - 1} more" if len(quotes) > 1 else "") if quotes else "",
    }
