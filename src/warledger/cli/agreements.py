"""`warledger agreements`: agreements in force, events that breach them, and the front against the agreed line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from warledger.app import App
from warledger.asking import days_asked, newest_day, quotations, states_on
from warledger.cli.control import shown_state
from warledger.cli.events import shown_days
from warledger.cli.options import Db, Format, From, KnownAt, On, TableFormat, To, open_to_ask, say
from warledger.cli.tables import Column, print_rows
from warledger.domain.agreement import Agreement, Breach, LinePlace
from warledger.domain.errors import UsageError
from warledger.domain.records import Record
from warledger.domain.rows import event_row
from warledger.ledger.control import agree
from warledger.notice.agreements import agreed_line, breaches


class Part(StrEnum):
    """What is listed of agreements."""

    IN_FORCE = "in force"
    BREACH = "breach"
    LINE = "line"


COLUMNS = (
    Column(key="part", title="", whole=True),
    Column(key="agreement", title="agreement"),
    Column(key="days", title="when", whole=True),
    Column(key="what", title="what"),
    Column(key="place", title="where"),
    Column(key="who", title="who"),
    Column(key="words", title="words", least=24),
    Column(key="id", title="id", whole=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in "part agreement_id agreement start end what place who whom kept claims quotes id".split()  # noqa: SIM905
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("agreements")(agreements)


def agreements(
    on: On = None,
    first: From = None,
    last: To = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="One agreement alone.")] = None,
    part: Annotated[Part | None, typer.Option("--only", help="One sort of row alone.")] = None,
    known_at: KnownAt = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """List agreements and zones in force, the events that breach them, and the front against the agreed line.

    By default of the day of the newest report; the line is that of the last day. A breach is an event as the record has
    it, of a kind that the agreement forbids, where and while it held, by one whom it binds: no finding of law. Places
    of a line of which the record does not say who holds them are listed with --id or --only line.
    """
    app = open_to_ask(db)
    from_day, to_day = days_asked(on, first, last)
    end = to_day if to_day is not None else newest_day(app)
    start = from_day if from_day is not None else end
    if on is None and to_day is None:
        say(f"up to {end}, the day of the newest report")
    table = [a for a in chosen(app, id) if a.in_force(start, end)]
    lines = _line(app, table, end, known_at) if part in (None, Part.LINE) else ()
    rows = [
        *(_in_force(a) for a in table if part in (None, Part.IN_FORCE)),
        *(_broken(app, table, start, end, known_at) if part in (None, Part.BREACH) else ()),
        *(r for r in lines if r["kept"] is not None or part is Part.LINE or id is not None),
    ]
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    print_rows(rows, columns, form, empty=f"nothing of an agreement in force from {start} to {end}")


def chosen(app: App, id: str | None) -> Sequence[Agreement]:
    """Every agreement, or the one of that id.

    Raises:
        UsageError: none has it.
    """
    found = [a for a in app.agreements if id in (None, a.id)]
    if not found:
        raise UsageError(f"no agreement has the id {id!r}; there are {', '.join(a.id for a in app.agreements)}")
    return found


def _broken(app: App, table: Sequence[Agreement], first: date, last: date, known_at: datetime | None) -> list[Record]:
    events = app.ledger.events(known_at=known_at, from_day=first, to_day=last)
    found = breaches(table, events, partial(agree, groups=app.groups_on(last)))
    quotes = quotations(app, [i for b in found for i in b.event.claim_ids])
    return [_breach(b, quotes) for b in found]


def _line(app: App, table: Sequence[Agreement], on: date, known_at: datetime | None) -> list[Record]:
    keys = sorted({place.key for a in table for place, _ in a.line})
    states = states_on(app, on, known_at, keys) if keys else ()
    found = agreed_line(table, states, partial(agree, groups=app.groups_on(on)))
    quotes = quotations(app, [i for p in found if p.state is not None for i in p.state.claim_ids])
    return [_line_place(p, quotes) for p in found]


def _in_force(agreement: Agreement) -> Record:
    days = {
        "start": agreement.start.isoformat(),
        "end": agreement.end.isoformat() if agreement.end is not None else None,
    }
    where = [*(e.name for e in agreement.divisions), *(e.name for e in agreement.places)]
    return {
        **_about(agreement, Part.IN_FORCE, agreement.id),
        **days,
        "days": shown_days(days),
        "what": f"signed {agreement.signed}, forbids {', '.join(sorted(agreement.forbids))}",
        "place": [agreement.country] if agreement.whole_country else where,
        "who": list(agreement.parties),
    }


def _breach(found: Breach, quotes: dict[str, str]) -> Record:
    row = event_row(found.event)
    said = [quotes[i] for i in found.event.claim_ids if i in quotes]
    return {
        **_about(found.agreement, Part.BREACH, found.event.id),
        "start": row["start"],
        "end": row["end"],
        "days": shown_days(row),
        "what": f"{row['type'].replace('_', ' ')} ({row['grade']})",
        "place": row["place"],
        "who": list(found.doers),
        "whom": row["target"],
        "claims": row["claims"],
        "quotes": said,
        "words": said[0] if said else "",
    }


def _line_place(found: LinePlace, quotes: dict[str, str]) -> Record:
    state = found.state
    said = [quotes[i] for i in state.claim_ids if i in quotes] if state is not None else []
    since = state.since.isoformat() if state is not None else None
    verdict = {True: "held as agreed", False: "not held as agreed", None: "not known who holds it"}[found.kept]
    return {
        **_about(found.agreement, Part.LINE, found.place.key),
        "start": since,
        "end": None,
        "days": since,
        "what": f"{verdict}: was to be held by {found.agreed}",
        "place": found.place.name,
        "who": [*state.holder, f"({shown_state(state)})"] if state is not None else [],
        "kept": found.kept,
        "claims": list(state.claim_ids) if state is not None else [],
        "quotes": said,
        "words": said[0] if said else "",
    }


def _about(agreement: Agreement, part: Part, id: str) -> Record:
    return {
        "part": str(part),
        "agreement_id": agreement.id,
        "agreement": agreement.name,
        "whom": [],
        "kept": None,
        "claims": [],
        "quotes": [],
        "words": "",
        "id": id,
    }
