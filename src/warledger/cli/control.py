"""`warledger control`: who holds which place on a day, as known at a time; contested and besieged places say so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from warledger.app import App
from warledger.asking import country_name, coverage, kept_by_id, newest_day, states_on
from warledger.cli.options import Db, KnownAt, MinConfidence, On, TableFormat, named_place, open_to_ask, say
from warledger.cli.tables import Column, print_rows
from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.decision import Correction, told_together
from warledger.domain.errors import UsageError
from warledger.domain.place import PlacePrecision
from warledger.domain.records import Record
from warledger.domain.rows import collection, control_feature, control_row, place_name
from warledger.ledger.levels import AreaControl, Level, control_by_area, settlements
from warledger.ports import KeptClaim


class ControlFormat(StrEnum):
    """How control is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


COLUMNS = (
    Column(key="where", title="place"),
    Column(key="held", title="held by"),
    Column(key="state", title="state"),
    Column(key="since", title="as of", whole=True),
    Column(key="said_by", title="said by"),
    Column(key="doubt", title="against", right=True),
    Column(key="sure", title="sure", right=True, whole=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("place", "place_key", "country", "admin1", "latitude", "longitude", "holder", "status", "extent"),
        *("since", "said_by", "confidence", "claims", "against"),
    )
)

AREA_COLUMNS = (
    Column(key="country", title="country"),
    Column(key="admin1", title="province"),
    Column(key="held_by", title="holder"),
    Column(key="places", title="places", right=True, whole=True),
    Column(key="contested", title="contested", right=True, whole=True),
    Column(key="shown", title="which", least=20),
    Column(key="whole", title="said of the whole"),
    Column(key="since", title="newest word", whole=True),
)
AREA_CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in "country admin1 holder places contested besieged names whole since claims".split()  # noqa: SIM905
)
MOST_SHOWN = 8
"""So many places are named in a row of the table; JSON lines and CSV name all."""


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("control")(control)


def control(
    on: On = None,
    known_at: KnownAt = None,
    min_confidence: MinConfidence = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="A place, in any script.")] = None,
    level: Annotated[
        Level | None,
        typer.Option("--level", help="Settlements alone, or what each holder holds in each province or country."),
    ] = None,
    form: Annotated[ControlFormat, typer.Option("--format", help="How to print the list.")] = ControlFormat.TABLE,
    db: Db = None,
) -> None:
    """Say who holds what on a day; by default the day of the newest report."""
    app = open_to_ask(db)
    day = on if on is not None else newest_day(app)
    if on is None:
        say(f"on {day}, the day of the newest report")
    named = named_place(app, place) if place is not None else None
    states = states_on(app, day, known_at, named.keys if named is not None else (), min_confidence)
    if level in (Level.ADMIN1, Level.COUNTRY):
        _print_areas(app, control_by_area(states, level), form, empty=f"nothing is known on {day}")
        return
    states = settlements(states) if level is Level.SETTLEMENT else states
    if form is ControlFormat.GEOJSON:
        print(json.dumps(collection([control_feature(s) for s in states]), ensure_ascii=False))
        return
    cited = kept_by_id(app, [i for s in states for i in (*s.claim_ids, *s.against)])
    about = f" of {named.name}" if named is not None else ""
    empty = f"nothing is known{about} on {day}; {coverage(app, known_at)}"
    columns = COLUMNS if form is ControlFormat.TABLE else CSV_COLUMNS
    print_rows(control_rows(states, cited), columns, TableFormat(form.value), empty=empty)


def _print_areas(app: App, areas: Sequence[AreaControl], form: ControlFormat, *, empty: str) -> None:
    if form is ControlFormat.GEOJSON:
        raise UsageError("no borders are at hand: --format geojson goes with --level settlement")
    columns = AREA_COLUMNS if form is ControlFormat.TABLE else AREA_CSV_COLUMNS
    print_rows((_area_row(app, a) for a in areas), columns, TableFormat(form.value), empty=empty)


def _area_row(app: App, area: AreaControl) -> Record:
    names = sorted({place_name(s.place) or "" for s in area.places}, key=str.casefold)
    country = country_name(app, area.country) if area.country is not None else "country not known"
    return {
        "country": country,
        "admin1": area.division,
        "holder": area.holder,
        "held_by": area.holder or "nobody is named",
        "places": len(area.places),
        "names": names,
        "shown": [*names[:MOST_SHOWN], *([f"and {len(names) - MOST_SHOWN} more"] if len(names) > MOST_SHOWN else [])],
        "contested": area.count(Status.CONTESTED),
        "besieged": area.count(Status.BESIEGED),
        "whole": [f"{shown_state(s)}, as of {s.since}" for s in area.whole],
        "since": max(s.since for s in (*area.places, *area.whole)).isoformat(),
        "claims": list(area.claim_ids),
    }


def control_rows(states: Iterable[ControlState], cited: dict[str, KeptClaim]) -> Iterator[Record]:
    """States as rows for people, by place."""
    for state in sorted(states, key=lambda s: s.place.name.casefold()):
        row = control_row(state)
        said_by = dict.fromkeys(sourced(cited[i]) for i in state.claim_ids if i in cited)
        mended = dict.fromkeys(shown_corrections(act) for act in told_together(state.corrections))
        area = state.place.precision is PlacePrecision.REGION
        yield {
            **row,
            "where": f"{row['place']} (region)" if area else row["place"],
            "held": row["holder"] or "nobody is named",
            "state": shown_state(state),
            "said_by": [*said_by, *mended],
            "doubt": len(state.against) or None,
            "sure": f"{state.confidence:.0%}",
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


def shown_corrections(act: Sequence[Correction]) -> str:
    """What a person corrected, for a table: which fields, who and why."""
    fields = "; ".join(dict.fromkeys(f"{c.field}, was {c.was}" for c in act))
    return f"corrected by {act[0].author} ({fields}): {act[0].reason}"
