"""`warledger history`: every claim and event at one place, in order of their days, with who said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from warledger.asking import coverage, decisions_on
from warledger.cli.claims import shown_figure
from warledger.cli.events import shown_days, shown_range
from warledger.cli.options import Db, Format, KnownAt, TableFormat, named_place, open_to_ask
from warledger.cli.tables import Column, print_rows
from warledger.domain.codes import Kind
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.event import Event
from warledger.domain.records import Record
from warledger.domain.rows import event_row, history_row
from warledger.ports import KeptClaim

COLUMNS = (
    Column(key="days", title="when", whole=True),
    Column(key="what", title="what"),
    Column(key="who", title="who", least=14),
    Column(key="figures", title="figures"),
    Column(key="said", title="said by", least=14),
    Column(key="quote", title="words", least=24),
    Column(key="id", title="id", whole=True),
)
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("start", "end", "kind", "what", "who", "whom", "figures", "modality", "place", "said_by", "publisher"),
        *("published", "url", "quote", "id"),
    )
)
KINDS = (Kind.EVENT, Kind.CONTROL, Kind.TOLL)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("history")(history)


def history(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place, in any script.")],
    known_at: KnownAt = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """Tell what is recorded of a place: who claimed what of it, and what the monitor concludes."""
    app = open_to_ask(db)
    named = named_place(app, place)
    claims = list(app.ledger.claims(known_at=known_at, kinds=KINDS, place_keys=named.keys))
    events = list(app.ledger.events(known_at=known_at, place_keys=named.keys))
    decided = decisions_on(app, [e.id for e in events], {k.id for k in claims}, known_at)
    rows = [_event(e) for e in events if e.claim_ids] + [_claim(k) for k in claims]
    rows += [_decision(d, standing) for d, standing in decided]
    rows.sort(key=lambda r: (r["end"] or r["start"] or "9999", r["start"] or "", r["kind"], r["id"]))
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    print_rows(iter(rows), columns, form, empty=f"nothing is recorded of {named.name}; {coverage(app, known_at)}")


def _claim(kept: KeptClaim) -> Record:
    row = history_row(kept)
    doubt = "" if row["modality"] == "asserted" else f" ({row['modality']})"
    chain = [*row["said_by"], row["publisher"] or kept.report.id]
    return {
        **row,
        "days": shown_days(row),
        "what": f"{row['what'].replace('_', ' ')}{doubt}",
        "figures": list(_figures(row["figures"])),
        "said": ", in ".join(chain),
    }


def _event(event: Event) -> Record:
    row = event_row(event)
    killed = shown_range(event.fatalities.low, event.fatalities.high)
    return {
        "start": row["start"],
        "end": row["end"],
        "days": shown_days(row),
        "kind": "conclusion",
        "what": f"EVENT {event.type}, {event.grade}".replace("_", " "),
        "who": row["initiator"],
        "whom": row["target"],
        "figures": [f"killed {killed}"] if killed else [],
        "modality": None,
        "place": row["place"],
        "said": f"{len(event.origins)} {'origins' if len(event.origins) != 1 else 'origin'}",
        "said_by": row["origins"],
        "publisher": None,
        "published": None,
        "url": None,
        "quote": "",
        "id": event.id,
    }


def _decision(decision: Decision, standing: bool) -> Record:
    day = decision.recorded_at.date().isoformat()
    undone = f" {decision.payload['decision']}" if decision.act == DecisionAct.UNDO else ""
    return {
        **dict.fromkeys(key for key in (c.key for c in CSV_COLUMNS)),
        "start": day,
        "end": day,
        "days": day,
        "kind": "decision",
        "what": f"DECISION {decision.act}{undone}" + ("" if standing else " (undone)"),
        "who": [],
        "whom": [],
        "figures": [],
        "said": decision.author,
        "said_by": [decision.author],
        "quote": decision.reason,
        "id": decision.id,
    }


def _figures(said: Record) -> Iterator[str]:
    yield from (shown_figure(harm, f) for harm, listed in said.items() for f in listed)
