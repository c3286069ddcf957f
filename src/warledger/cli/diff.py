"""`warledger diff`: what changed hands between two days, as known at a time, with the claims behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from warledger.asking import coverage, days_asked, quotations, states_on
from warledger.cli.control import shown_state
from warledger.cli.options import Db, Format, KnownAt, TableFormat, named_place, open_to_ask, parse_day
from warledger.cli.tables import Column, print_rows
from warledger.domain.control import ControlState
from warledger.domain.records import Record
from warledger.domain.rows import control_row
from warledger.ledger.changes import Change, control_changes

COLUMNS = (
    Column(key="place", title="place"),
    Column(key="change", title="change"),
    Column(key="before", title="before"),
    Column(key="after", title="after"),
    Column(key="since", title="as of", whole=True),
    Column(key="words", title="words", least=24),
    Column(key="doubt", title="against", right=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("place", "place_key", "country", "admin1", "change", "holder_before", "status_before", "holder_after"),
        *("status_after", "extent", "since", "claims", "against", "quotes"),
    )
)
FirstDay = Annotated[date, typer.Option("--from", parser=parse_day, metavar="DATE", help="The earlier day.")]
LastDay = Annotated[date, typer.Option("--to", parser=parse_day, metavar="DATE", help="The later day.")]


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("diff")(diff)


def diff(
    first: FirstDay,
    last: LastDay,
    known_at: KnownAt = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="A place, in any script.")] = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """Say what changed hands between two days. Both are answered as known at the same time."""
    app = open_to_ask(db)
    days_asked(None, first, last)
    keys = named_place(app, place).keys if place is not None else ()
    before, after = (states_on(app, day, known_at, keys) for day in (first, last))
    changes = control_changes(before, after, groups=app.groups_on(last))
    quotes = quotations(app, [i for c in changes for i in c.claim_ids])
    rows = [_row(c, quotes) for c in sorted(changes, key=lambda c: (c.kind, c.place.name.casefold(), c.place.key))]
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    empty = f"nothing is known to have changed from {first} to {last}; {coverage(app, known_at)}"
    print_rows(rows, columns, form, empty=empty)


def _row(change: Change, quotes: dict[str, str]) -> Record:
    row = control_row(change.after)
    said = [quotes[i] for i in change.after.claim_ids if i in quotes]
    return {
        **{key: row[key] for key in ("place", "place_key", "country", "admin1", "extent", "since", "against")},
        "change": str(change.kind),
        "before": _shown(change.before),
        "after": _shown(change.after),
        "holder_before": list(change.before.holder) if change.before is not None else None,
        "status_before": str(change.before.status) if change.before is not None else None,
        "holder_after": row["holder"],
        "status_after": row["status"],
        "claims": list(change.claim_ids),
        "quotes": [quotes[i] for i in change.claim_ids if i in quotes],
        "words": said[0] + (f" and {len(said) - 1} more" if len(said) > 1 else "") if said else "",
        "doubt": len(change.after.against) or None,
    }


def _shown(state: ControlState | None) -> str:
    if state is None:
        return "not told"
    return f"{', '.join(state.holder) or 'nobody is named'} ({shown_state(state)})"
