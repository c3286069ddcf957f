"""`warledger show`: one event or one claim, with every quote, source and version behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from warledger.app import App
from warledger.asking import coverage, decisions_on, kept_by_id, rows_of_datasets
from warledger.cli.claims import explanation, shown_figure
from warledger.cli.events import shown_days, shown_range
from warledger.cli.options import Db, open_to_ask
from warledger.cli.show_origins import show_origins
from warledger.cli.tables import console, plain
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.records import Record, figures_record, spans_record
from warledger.domain.rows import claim_row, decision_row, event_row
from warledger.ports import KeptClaim


class ShowFormat(StrEnum):
    """How one event or claim is printed."""

    TEXT = "text"
    JSON = "json"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("show")(show)


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of an event or of a claim.")],
    form: Annotated[ShowFormat, typer.Option("--format", help="How to print it.")] = ShowFormat.TEXT,
    origins: Annotated[
        bool, typer.Option("--origins", help="Of an event: who stands behind it, and why it has its grade.")
    ] = False,
    db: Db = None,
) -> None:
    """Show one event or claim with all that stands behind it."""
    app = open_to_ask(db)
    versions = app.ledger.versions(id)
    claims = {} if versions else kept_by_id(app, [id])
    if not versions and not claims:
        raise UsageError(f"no event or claim has the id {id!r}; {coverage(app)}. `warledger events` lists ids")
    if origins and not versions:
        raise UsageError(f"{id} is a claim; --origins is of an event")
    if origins:
        show_origins(versions[-1], kept_by_id(app, versions[-1].claim_ids), app.origin_graph, as_json=form == "json")
    elif versions:
        _show_event(app, versions[-1], list(versions), form)
    else:
        _show_claim(app, claims[id], form)


def _show_event(app: App, event: Event, versions: list[Event], form: ShowFormat) -> None:
    claims = kept_by_id(app, event.claim_ids)
    decided = decisions_on(app, [v.id for v in versions], {i for v in versions for i in v.claim_ids})
    if form is ShowFormat.JSON:
        record = {
            **event_row(event),
            "also_in": [event_row(e) for e in rows_of_datasets(app, event)],
            "versions": [event_row(v) for v in versions],
            "decisions": [{**decision_row(d), "in_force": standing} for d, standing in decided],
            "claims": [full_record(k) for k in claims.values()],
        }
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return
    out = console()
    out.print(Text(f"Event {event.id}", style="bold"))
    out.print(_fields(chain(_event_fields(event), _also_in(rows_of_datasets(app, event)))))
    out.print(Text("\nVersions", style="bold cyan"))
    out.print(_versions(versions))
    _print_decisions(out, decided)
    out.print(Text(f"\nClaims ({len(claims)})", style="bold cyan"))
    for kept in sorted(claims.values(), key=lambda k: (k.report.published, k.report.id, k.claim.quotes[0].start)):
        out.print(quoted(kept))


def _show_claim(app: App, kept: KeptClaim, form: ShowFormat) -> None:
    events = [e for e in app.ledger.events() if kept.id in e.claim_ids]
    decided = decisions_on(app, (), {kept.id})
    if form is ShowFormat.JSON:
        record = {
            **full_record(kept),
            "events": [e.id for e in events],
            "decisions": [{**decision_row(d), "in_force": standing} for d, standing in decided],
        }
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return
    out = console()
    out.print(Text(f"Claim {kept.id}", style="bold"))
    out.print(quoted(kept))
    out.print(Text("\nFields, and the words or rule behind each", style="bold cyan"))
    for line in list(explanation(kept.claim))[1:]:
        out.print(Text(line))
    known = f"\nReport {kept.report.id}, known since {kept.recorded_at:%Y-%m-%d %H:%M} UTC"
    gone = f", superseded at {kept.superseded_at:%Y-%m-%d %H:%M} UTC" if kept.superseded_at is not None else ""
    out.print(Text(known + gone))
    for event in events:
        out.print(Text(f"Part of event {event.id} ({event.type}, {event.grade})"))
    _print_decisions(out, decided)


def _print_decisions(out: Console, decided: Sequence[tuple[Decision, bool]]) -> None:
    if not decided:
        return
    out.print(Text("\nDecisions", style="bold cyan"))
    grid = Table.grid(padding=(0, 2))
    for decision, standing in decided:
        undone = f" {decision.payload['decision']}" if decision.act == DecisionAct.UNDO else ""
        said = f"{decision.act}{undone} by {decision.author}: {decision.reason}" + ("" if standing else " (undone)")
        grid.add_row(f"  {decision.recorded_at:%Y-%m-%d %H:%M} UTC", Text(said), decision.id)
    out.print(grid)


def full_record(kept: KeptClaim) -> Record:
    """A claim with its report, its spans and its confidence."""
    return {**claim_row(kept), "spans": spans_record(kept.claim), "confidence": kept.claim.confidence}


def quoted(kept: KeptClaim) -> RenderableType:
    """A claim as its words and who said them."""
    claim, report = kept.claim, kept.report
    words = Text(" … ".join(f"“{plain(q.text)}”" for q in claim.quotes))
    sources = " < ".join((*claim.attribution, report.publisher or report.id))
    doubt = "" if claim.modality == "asserted" else f"  ({claim.modality})"
    figures = [
        shown_figure(harm, f) for harm, said in figures_record(getattr(claim, "figures", ())).items() for f in said
    ]
    said = Text(f"{plain(sources)}, {report.published}{doubt}", style="dim")
    parts: list[RenderableType] = [words, said]
    if figures:
        parts.append(Text(", ".join(figures), style="dim"))
    parts.append(Text(f"{report.url or 'no URL'}  claim {kept.id}", style="dim"))
    return Padding(Group(*parts), (0, 0, 1, 2))


def _event_fields(event: Event) -> Iterator[tuple[str, str]]:
    row = event_row(event)
    where = row["place"] or "not told"
    if row["latitude"] is not None:
        where += f" ({row['latitude']:.3f}, {row['longitude']:.3f}; {row['place_precision']})"
    yield "what", f"{event.type} ({row['sub_event_type']})"
    yield "when", f"{shown_days(row) or 'not told'} (time precision {event.time_precision}, UCDP {event.date_prec})"
    yield "where", f"{where} (geo precision {event.geo_precision}, UCDP {event.where_prec})"
    yield "who", plain(row["initiator"]) or "not told"
    yield "to whom", plain(row["target"]) or "not told"
    yield "killed", "; ".join(_killed(event)) or "no figure"
    yield "UCDP", _violence(event)
    yield "grade", f"{event.grade}: {event.reason}"
    yield "origins", plain(row["origins"])
    for line in event.contradictions:
        yield "against each other", line


def _also_in(rows: Sequence[Event]) -> Iterator[tuple[str, str]]:
    for row in rows:
        dead, days = row.fatalities, shown_days(event_row(row))
        yield "also in", f"UCDP GED as {row.id}: {days}, {dead.best} killed (low {dead.low}, high {dead.high})"


def _killed(event: Event) -> Iterator[str]:
    """Low, best and high, each with the claims behind it."""
    fatal = event.fatalities
    for name, number, claims in (
        ("low", fatal.low, fatal.low_claims),
        ("best", fatal.best, fatal.best_claims),
        ("high", fatal.high, fatal.high_claims),
    ):
        if number is not None:
            yield f"{name} {number}" + (f" ({', '.join(claims)})" if claims else "")


def _violence(event: Event) -> str:
    """Type of violence, sides and dead by side."""
    coded = event.violence
    sorts = {1: "1 state-based", 2: "2 non-state", 3: "3 one-sided", None: "not told"}
    said = [f"type of violence {sorts[coded.type_of_violence]}"]
    sides = ("a", coded.side_a, coded.deaths_a), ("b", coded.side_b, coded.deaths_b)
    for letter, names, dead in (*sides, ("civilians", (), coded.deaths_civilians)):
        killed = shown_range(dead.low, dead.high)
        if names or killed:
            who = f"side {letter}: {plain(list(names))}" if letter != "civilians" else "civilians:"
            said.append(f"{who} {killed} killed (best {dead.best})" if killed else who)
    if coded.deaths_unknown:
        said.append(f"of unknown side: {coded.deaths_unknown} killed")
    return "; ".join(said)


def _fields(pairs: Iterator[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in pairs:
        grid.add_row(f"  {name}", Text(value))
    return grid


def _versions(versions: list[Event]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for version in versions:
        place = event_row(version)["place"] or "no place"
        said = f"{version.type}, {place}, {version.grade}, {len(version.claim_ids)} claims: {version.reason}"
        grid.add_row(f"  {version.version}", f"{version.recorded_at:%Y-%m-%d %H:%M} UTC", Text(said))
    return grid
