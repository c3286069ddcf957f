"""`warledger roads`: which stretches of the main roads are cut for whom, and which towns lost their last way."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from typing import Annotated

import typer

from warledger.app import App
from warledger.asking import coverage, newest_day, quotations, states_on
from warledger.cli.control import ControlFormat
from warledger.cli.options import Db, KnownAt, On, TableFormat, open_to_ask, parse_day, say
from warledger.cli.tables import Column, print_rows
from warledger.domain.control import ControlState
from warledger.domain.records import Record
from warledger.domain.road import Cut, LostWay
from warledger.domain.rows import collection, place_name
from warledger.ledger.control import agree
from warledger.notice.roads import RoadNetwork, road_features

COLUMNS = (
    Column(key="what", title="what", whole=True),
    Column(key="road", title="road"),
    Column(key="start", title="from"),
    Column(key="end", title="to"),
    Column(key="for", title="for"),
    Column(key="by", title="at"),
    Column(key="since", title="as of", whole=True),
    Column(key="words", title="words", least=24),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in "what road name start end for by new since claims quotes".split()  # noqa: SIM905
)
Before = Annotated[
    date | None,
    typer.Option("--since", parser=parse_day, metavar="DATE", help="The earlier day compared with; the day before."),
]


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("roads")(roads)


def roads(
    on: On = None,
    since: Before = None,
    known_at: KnownAt = None,
    form: Annotated[ControlFormat, typer.Option("--format", help="How to print the list.")] = ControlFormat.TABLE,
    db: Db = None,
) -> None:
    """Say which stretches of main roads are cut for whom, and which towns lost their last way.

    A way leads to the capital, the coast or a border crossing. Roads are orders of settlements, drawn straight
    (--format geojson); a settlement of which nothing is known bars no way. It is told for civilians and aid.
    """
    app = open_to_ask(db)
    day = on if on is not None else newest_day(app)
    if on is None:
        say(f"on {day}, the day of the newest report")
    network = RoadNetwork(table=app.roads, same_side=partial(agree, groups=app.groups_on(day)))
    earlier = since if since is not None else day - timedelta(days=1)
    before, after = (states_on(app, d, known_at, network.keys) for d in (earlier, day))
    cuts, lost = network.cuts(before, after), network.lost_ways(before, after)
    if form is ControlFormat.GEOJSON:
        print(json.dumps(collection(road_features(app.roads, after, cuts)), ensure_ascii=False))
        return
    rows = [*(_cut(app, c) for c in cuts), *(_lost(app, w) for w in lost)]
    columns = COLUMNS if form is ControlFormat.TABLE else CSV_COLUMNS
    empty = f"no stretch is known to be cut on {day}; {coverage(app, known_at)}"
    print_rows(rows, columns, TableFormat(form.value), empty=empty)


def _cut(app: App, cut: Cut) -> Record:
    return {
        "what": "newly cut" if cut.new else "cut",
        "road": cut.road.id,
        "name": cut.road.name,
        "start": cut.start.name,
        "end": cut.end.name,
        "for": list(cut.holder),
        "new": cut.new,
        **_barred(app, cut.by),
    }


def _lost(app: App, lost: LostWay) -> Record:
    return {
        "what": f"lost way: {lost.end}",
        "road": None,
        "name": None,
        "start": lost.town.name,
        "end": lost.to.name,
        "for": list(lost.holder),
        "new": True,
        **_barred(app, lost.by),
    }


def _barred(app: App, by: tuple[ControlState, ...]) -> Record:
    """What bars a way, with the claims behind it."""
    claims = list(dict.fromkeys(i for s in by for i in s.claim_ids))
    quotes = list(quotations(app, claims).values())
    return {
        "by": [f"{place_name(s.place)} ({', '.join(s.holder) or 'nobody is named'}, {s.status})" for s in by],
        "since": max(s.since for s in by).isoformat() if by else None,
        "claims": claims,
        "quotes": quotes,
        "words": quotes[0] + (f" and {len(quotes) - 1} more" if len(quotes) > 1 else "") if quotes else "",
    }
