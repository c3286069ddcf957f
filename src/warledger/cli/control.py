"""`warledger control`: who holds which place on a day, as known at a time; contested and besieged places say so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

import typer

from warledger.cli.asking import coverage, kept_by_id, newest_day, open_to_ask, states_on
from warledger.cli.named import find_place
from warledger.cli.options import Db, KnownAt, On, TableFormat, say
from warledger.cli.tables import Column, print_rows
from warledger.domain.control import ControlState
from warledger.domain.records import Record
from warledger.domain.rows import collection, control_feature, control_row
from warledger.ports import KeptClaim


class ControlFormat(StrEnum):
    """How control is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


COLUMNS = (
    Column(key="place", title="place"),
    Column(key="held", title="held by"),
    Column(key="state", title="state"),
    Column(key="since", title="as of", whole=True),
    Column(key="said_by", title="said by"),
    Column(key="doubt", title="against", right=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("place", "place_key", "country", "admin1", "latitude", "longitude", "holder", "status", "extent"),
        *("since", "said_by", "claims", "against"),
    )
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("control")(control)


def control(
    on: On = None,
    known_at: KnownAt = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="A place, in any script.")] = None,
    form: Annotated[ControlFormat, typer.Option("--format", help="How to print the list.")] = ControlFormat.TABLE,
    db: Db = None,
) -> None:
    """Say who holds what on a day; by default the day of the newest report."""
    app = open_to_ask(db)
    day = on if on is not None else newest_day(app)
    if on is None:
        say(f"on {day}, the day of the newest report")
    named = find_place(place, app.gazetteer, app.ledger) if place is not None else None
    states = states_on(app, day, known_at, named.keys if named is not None else ())
    if form is ControlFormat.GEOJSON:
        print(json.dumps(collection([control_feature(s) for s in states]), ensure_ascii=False))
        return
    cited = kept_by_id(app, [i for s in states for i in (*s.claim_ids, *s.against)])
    about = f" of {named.name}" if named is not None else ""
    empty = f"nothing is known{about} on {day}; {coverage(app, known_at)}"
    columns = COLUMNS if form is ControlFormat.TABLE else CSV_COLUMNS
    print_rows(control_rows(states, cited), columns, TableFormat(form.value), empty=empty)


def control_rows(states: Iterable[ControlState], cited: dict[str, KeptClaim]) -> Iterator[Record]:
    """States as rows for people, by place."""
    for state in sorted(states, key=lambda s: s.place.name.casefold()):
        row = control_row(state)
        said_by = dict.fromkeys(sourced(cited[i]) for i in state.claim_ids if i in cited)
        yield {
            **row,
            "held": row["holder"] or "nobody is named",
            "state": shown_state(state),
            "said_by": list(said_by),
            "doubt": len(state.against) or None,
        }


def shown_state(state: ControlState) -> str:
    """Status and extent in one column: "held", "held, most of it", "held: 70 locations"."""
    match state.extent:
        case "all" | "":
            return str(state.status)
        case "most" | "part":
            return f"{state.status}, {state.extent} of it"
        case count:
            return f"{state.status}: {count}"


def sourced(kept: KeptClaim) -> str:
    """Who says a claim, for a table: the nearest source, or the outlet."""
    outlet = kept.report.publisher or kept.report.id
    return f"{kept.claim.attribution[0]} ({outlet})" if kept.claim.attribution else outlet
