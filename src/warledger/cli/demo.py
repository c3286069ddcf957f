"""`warledger demo`: the packaged reports of Syria 2024 through the whole house, and what the record then answers.

The reports are replayed: each counts as known at the end of its day of publication, so that "what was known when" has
an answer. The ledger is kept, and the last lines say how to go on with it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import typer
from rich import box
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from warledger.app import App
from warledger.asking import gather_matter, states_on
from warledger.cli.brief import BriefFormat, print_brief
from warledger.cli.control import shown_state
from warledger.cli.ingest import closing_line, ingest_paths
from warledger.cli.options import open_app, parse_moment
from warledger.cli.tables import console, plain
from warledger.domain.control import ControlState
from warledger.ledger.named import settlements_first
from warledger.ports import Defaults
from warledger.tell.brief import voice_for, write_brief
from warledger.tell.clauses import tell_group
from warledger.tell.groups import group_events
from warledger.tell.sayings import quote_of
from warledger.tell.templates import sentence_case

BRIEF_DAY = date(2024, 11, 30)
PLACES = ("Aleppo", "Saraqib", "Idlib", "Hama", "Homs", "Damascus")
DAYS = (date(2024, 11, 26), date(2024, 11, 30), date(2024, 12, 8))
EVENING_PLACE = "Aleppo"
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
    count = len(reports.read_text(encoding="utf-8").splitlines())
    out.print(
        Text(f"{count} reports on Syria, 27 November to 8 December 2024, in five languages, read as they came out.\n")
    )
    outcome = ingest_paths(app, [str(reports)], Defaults(), replay=True)
    out.print(Text(closing_line(outcome) + "\n"))
    brief = write_brief(gather_matter(app, BRIEF_DAY, BRIEF_DAY, None), app.phrases, app.known_names)
    print_brief(brief, app.phrases, BriefFormat.TEXT)
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
        table.add_row(name, *(Text(city_cell(app, name, day)) for day in DAYS))
    out.print(table)
    out.print(Text("“no report” means that no report of this record says who held the place by then.\n", style="dim"))


def show_evening(app: App) -> None:
    """What was known of Aleppo on one evening, beside what is known of that evening now."""
    out, sides = console(), (parse_moment(EVENING.isoformat()), None)
    title = f"{EVENING_PLACE} on the evening of {EVENING.day} {EVENING:%B}: known then, and known now"
    out.print(_rule(title))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for heading in ("", "known that evening", "known now of that evening"):
        table.add_column(heading, ratio=None if heading == "" else 1, style="bold" if heading == "" else "")
    keys = place_keys(app, EVENING_PLACE)
    table.add_row("held by", *(Text(cell(states_on(app, EVENING, at, keys), EVENING)) for at in sides))
    told = ["\n".join(evening_lines(app, at, keys)) or "nothing recorded" for at in sides]
    table.add_row("happened", *(Text(lines) for lines in told))
    table.add_row("from", *(f"{len(list(app.ledger.reports(known_at=at)))} reports" for at in sides))
    out.print(table)


def evening_lines(app: App, known_at: datetime | None, keys: Sequence[str]) -> list[str]:
    """What happened in the city since the offensive began, up to the evening, each with its grade."""
    matter = gather_matter(app, OFFENSIVE_BEGAN, EVENING, known_at)
    voice = voice_for(matter, app.phrases, app.known_names)
    there = [e for e in matter.events if e.claim_ids and e.place is not None and e.place.key in keys]
    begun = [e for e in there if (e.when.start or e.when.end or date.max) <= EVENING]
    return [f"• {tell_group(group, voice).text}" for group in group_events(matter, begun, voice)]


def show_precedents(app: App) -> None:
    """What reports called a first, a largest or the like, and what the record says to it."""
    out = console()
    out.print(_rule("Precedents claimed, and what the record says to them"))
    days = sorted(k.report.published for k in app.ledger.reports())
    matter = gather_matter(app, days[0] - timedelta(days=7), days[-1], None)
    voice = voice_for(matter, app.phrases, app.known_names)
    findings = {f.claim_id: f for f in matter.findings}
    for kept in matter.precedents():
        precedent, finding = kept.claim.precedent, findings.get(kept.id)
        if precedent is not None:
            since = f" since {voice.measures.since(precedent.since)}" if precedent.since else ""
            verdict = app.phrases.verdicts[finding.verdict] if finding is not None else "not checked"
            reason = f" ({finding.reason})" if finding is not None else ""
            text = Text.assemble(
                (f"The {precedent.rank}{since}", "bold"), f", by {voice.source(kept)} on {kept.report.published}: "
            )
            out.print(Padding(text + Text(f"“{quote_of(kept, voice)}”"), (0, 0, 0, 1)))
            out.print(Padding(Text(sentence_case(f"{verdict}{reason}")), (0, 0, 0, 3)))
    if not matter.precedents():
        out.print(Text(" None of the reports claims one."))
    out.print()


def show_next(app: App, db: Path) -> None:
    """How to go on with the ledger."""
    out = console()
    out.print(_rule("Go on with this ledger"))
    first = next((e for e in app.ledger.events(from_day=BRIEF_DAY, to_day=BRIEF_DAY) if e.claim_ids), None)
    lines = [
        f"export WARLEDGER_DB={db}",
        "warledger serve    # then open http://127.0.0.1:8765/ to see who holds what",
        "warledger brief --from 2024-11-27 --to 2024-12-08",
        "warledger history Aleppo",
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


def wider_keys(app: App, name: str) -> tuple[str, ...]:
    """The keys of the first-order divisions that bear the same name in the settlement's country."""
    found = settlements_first(app.gazetteer.find(name))
    return tuple(e.key for e in found[1:] if e.feature_code == "ADM1" and e.country == found[0].country)


def city_cell(app: App, name: str, day: date) -> str:
    """Who holds a city, or, where no report says, the province of its name."""
    states = states_on(app, day, None, place_keys(app, name))
    wider = wider_keys(app, name) if not states else ()
    whole = [s for s in states_on(app, day, None, wider) if s.extent == "all"] if wider else []
    return f"{cell(whole, day)} as part of the province" if whole else cell(states, day)


def cell(states: Sequence[ControlState], day: date) -> str:
    """Who holds one place, in a cell: holder, state, and since when it was last said."""
    if not states:
        return "no report"
    state = states[0]
    who = plain(state.holder) or "nobody named"
    how = shown_state(state)
    year = "" if state.since.year == day.year else f" {state.since.year}"
    said = "" if state.since == day else f"; said on {state.since.day} {state.since:%B}{year}"
    doubt = f"; {len(state.against)} against" if state.against else ""
    return f"{who} ({how}{said}{doubt})"


def _rule(title: str) -> Rule:
    return Rule(Text(title, style="bold"), align="left", style="dim")
