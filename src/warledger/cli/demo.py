"""`warledger demo`: the packaged reports of Syria 2024 through the whole house, and what the record then answers.

The reports are replayed: each counts as known at the end of its day of publication, so that "what was known when" has
an answer. The ledger is kept, and the last lines say how to go on with it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import typer
from rich import box
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from warledger.app import App
from warledger.cli.asking import gather_matter, states_on
from warledger.cli.brief import BriefFormat, print_brief
from warledger.cli.control import shown_state
from warledger.cli.ingest import closing_line, ingest_paths
from warledger.cli.named import settlements_first
from warledger.cli.options import open_app, parse_moment
from warledger.cli.tables import console, plain
from warledger.domain.control import ControlState
from warledger.domain.event import Event
from warledger.notice.precedents import check_precedents
from warledger.ports import Defaults
from warledger.tell.brief import write_brief

BRIEF_DAY = date(2024, 11, 30)
PLACES = ("Aleppo", "Saraqib", "Idlib", "Hama", "Homs", "Damascus")
DAYS = (date(2024, 11, 26), date(2024, 11, 30), date(2024, 12, 8))
EVENING = date(2024, 11, 29)
OFFENSIVE_BEGAN = date(2024, 11, 27)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("demo")(demo)


def demo() -> int:
    """Code the packaged reports of Syria 2024 and tell what they say."""
    folder = Path(tempfile.mkdtemp(prefix="warledger-demo-"))
    app = open_app(folder / "demo.db")
    out = console()
    reports = app.settings.data / "demo" / "reports.jsonl"
    out.print(Text("Reading 21 reports of 27 November to 8 December 2024, in five languages, as they came out.\n"))
    outcome = ingest_paths(app, [str(reports)], Defaults(), replay=True)
    out.print(Text(closing_line(outcome) + "\n"))
    print_brief(
        write_brief(gather_matter(app, BRIEF_DAY, BRIEF_DAY, None), app.phrases, app.known_names), app, BriefFormat.TEXT
    )
    show_control(app)
    show_evening(app)
    show_precedents(app)
    show_next(app, folder / "demo.db")
    return 0


def show_control(app: App) -> None:
    """Who holds the six cities on three days, in one table."""
    out = console()
    out.print(_rule("Who holds what, on three days"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", style="bold", no_wrap=True)
    for day in DAYS:
        table.add_column(f"{day.day} {day:%B}", ratio=1)
    for name in PLACES:
        table.add_row(name, *(Text(cell(states_on(app, day, None, place_keys(app, name)), day)) for day in DAYS))
    out.print(table)
    out.print(Text("“no report” means that no report of this record says who held the place by then.\n", style="dim"))


def show_evening(app: App) -> None:
    """What was known of Aleppo on one evening, beside what is known of that evening now."""
    then = parse_moment(EVENING.isoformat())
    out = console()
    out.print(_rule(f"Aleppo on the evening of {EVENING.day} {EVENING:%B}: what was known then, and what is known now"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", style="bold")
    table.add_column("known that evening", ratio=1)
    table.add_column("known now of that evening", ratio=1)
    keys = place_keys(app, PLACES[0])
    held = [cell(states_on(app, EVENING, at, keys), EVENING) for at in (then, None)]
    table.add_row("held by", *(Text(h) for h in held))
    told = [evening_events(app, at, keys) for at in (then, None)]
    table.add_row("events", *(Text("\n".join(lines) or "none recorded") for lines in told))
    reports = [len(list(app.ledger.reports(known_at=at))) for at in (then, None)]
    table.add_row("reports", *(str(n) for n in reports))
    out.print(table)


def evening_events(app: App, known_at: datetime | None, keys: Sequence[str]) -> list[str]:
    """Events in the city since the offensive began, up to the evening, each with its grade and origins."""
    found = app.ledger.events(known_at=known_at, from_day=OFFENSIVE_BEGAN, to_day=EVENING, place_keys=keys)
    told = [e for e in found if e.claim_ids and _happened_by(e, EVENING)]
    return [event_line(e) for e in sorted(told, key=lambda e: (e.when.start or date.min, str(e.type), e.id))]


def event_line(event: Event) -> str:
    """One event in one line."""
    who = plain(event.initiator) or "nobody named"
    origins = f"{len(event.origins)} {'origin' if len(event.origins) == 1 else 'origins'}"
    return f"{str(event.type).replace('_', ' ')}, {who} ({event.grade}, {origins})"


def show_precedents(app: App) -> None:
    """What reports called a first, a largest or the like, and what the record says to it."""
    findings = {f.claim_id: f for f in check_precedents(app.ledger)}
    claims = [k for k in app.ledger.claims(kinds=["event"]) if k.claim.precedent is not None]
    out = console()
    out.print(_rule("Precedents claimed, and what the record says to them"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("said by", "called", "what", "the record"):
        table.add_column(title, ratio=1 if title in ("what", "the record") else None)
    for kept in claims:
        precedent, finding = kept.claim.precedent, findings.get(kept.id)
        if precedent is not None:
            called = f"the {precedent.rank}" + (f" since {precedent.since}" if precedent.since else "")
            verdict = f"{finding.verdict}: {finding.reason}" if finding is not None else "not checked"
            said_by = plain([*kept.claim.attribution[:1], kept.report.publisher])
            table.add_row(Text(said_by), called, Text(f"“{plain(kept.claim.quotes[0].text)}”"), Text(verdict))
    out.print(table if claims else Text("None of the reports claims one.\n"))


def show_next(app: App, db: Path) -> None:
    """How to go on with the ledger."""
    out = console()
    out.print(_rule("Go on with this ledger"))
    first = next((e for e in app.ledger.events(from_day=BRIEF_DAY, to_day=BRIEF_DAY) if e.claim_ids), None)
    lines = [
        f"export WARLEDGER_DB={db}",
        "warledger brief --from 2024-11-27 --to 2024-12-08",
        "warledger history Saraqeb",
        "warledger events --type air_strike --format csv",
        *([f"warledger show {first.id}"] if first is not None else []),
        "warledger export geojson --out syria.geojson",
    ]
    for line in lines:
        out.print(Text(f"  {line}"), soft_wrap=True)


def place_keys(app: App, name: str) -> tuple[str, ...]:
    """The keys of the settlement that a name means first."""
    found = settlements_first(app.gazetteer.find(name))
    return (found[0].key,) if found else (f"name:{name.casefold()}",)


def cell(states: Sequence[ControlState], day: date) -> str:
    """Who holds one place, in a cell: holder, state, and since when it was last said."""
    if not states:
        return "no report"
    state = states[0]
    who = plain(state.holder) or "nobody named"
    how = shown_state(state)
    said = "" if state.since == day else f"; said on {state.since.day} {state.since:%B}"
    doubt = f"; {len(state.against)} against" if state.against else ""
    return f"{who} ({how}{said}{doubt})"


def _happened_by(event: Event, day: date) -> bool:
    return (event.when.end or event.when.start or date.max) <= day


def _rule(title: str) -> Rule:
    return Rule(Text(title, style="bold"), align="left", style="dim")
