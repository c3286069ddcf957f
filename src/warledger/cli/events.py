"""`warledger events`: the events of some days, places, actors, types and grades, as known at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Annotated

import typer

from warledger.app import App
from warledger.asking import coverage, days_asked
from warledger.cli.options import Db, Format, From, KnownAt, On, TableFormat, To, named_place, open_to_ask
from warledger.cli.tables import Column, print_rows
from warledger.domain.codes import EventType, Grade
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.records import Record
from warledger.domain.rows import episode_row, event_row
from warledger.ledger.named import is_named, near_names

COLUMNS = (
    Column(key="days", title="when", whole=True),
    Column(key="what", title="what"),
    Column(key="place", title="where"),
    Column(key="initiator", title="who"),
    Column(key="target", title="to whom"),
    Column(key="killed", title="killed", right=True, whole=True),
    Column(key="grade", title="grade", whole=True),
    Column(key="sources", title="src", right=True, whole=True),
    Column(key="id", title="id", whole=True),
)
EPISODE_COLUMNS = (
    Column(key="days", title="when", whole=True),
    Column(key="side", title="who"),
    Column(key="places", title="places taken", least=24),
    Column(key="number", title="events", right=True, whole=True),
    Column(key="id", title="id", whole=True),
)
EPISODE_CSV_COLUMNS = tuple(Column(key=key, title=key) for key in ("id", "start", "end", "side", "places", "events"))
CSV_COLUMNS = tuple(
    Column(key=key, title=key)
    for key in (
        *("id", "version", "type", "family", "sub_event_type", "start", "end", "place", "place_key", "latitude"),
        *("longitude", "place_precision", "initiator", "target", "fatalities_low", "fatalities_best"),
        *("fatalities_high", "grade", "sources", "origins", "claims", "recorded_at"),
    )
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("events")(events)


def events(
    on: On = None,
    first: From = None,
    last: To = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="A place, in any script.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Who did it or suffered it.")] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A type or family of events.")] = None,
    grade: Annotated[Grade | None, typer.Option("--grade", help="How well it is known.")] = None,
    by_episode: Annotated[
        bool, typer.Option("--episodes", help="List the campaigns that these events belong to, with the places taken.")
    ] = False,
    known_at: KnownAt = None,
    form: Format = TableFormat.TABLE,
    db: Db = None,
) -> None:
    """List events. One whose beginning is unknown counts on the day by which it was reported."""
    app = open_to_ask(db)
    from_day, to_day = days_asked(on, first, last)
    kind = read_type(type_)
    keys = named_place(app, place).keys if place is not None else ()
    found = app.ledger.events(known_at=known_at, from_day=from_day, to_day=to_day, place_keys=keys)
    wanted = None if actor is None else app.actor_names(actor)
    chosen = (
        e
        for e in found
        if e.when.meets(from_day, to_day)
        and (kind is None or kind in (str(e.type), str(e.family)))
        and (e.grade is grade if grade is not None else bool(e.claim_ids))
        and (wanted is None or is_named(wanted, (*e.initiator, *e.target)))
    )
    if by_episode:
        _print_episodes(app, {e.id for e in chosen}, known_at, form)
        return
    rows = _rows(sorted(chosen, key=_order))
    columns = COLUMNS if form is TableFormat.TABLE else CSV_COLUMNS
    print_rows(rows, columns, form, empty=f"no event answers to that; {coverage(app, known_at)}")


def _print_episodes(app: App, chosen: Collection[str], known_at: datetime | None, form: TableFormat) -> None:
    """Print the campaigns that some events belong to, whole."""
    found = app.episodes(tuple(app.ledger.events(known_at=known_at)))
    rows = (episode_row(episode) for episode in found if not set(chosen).isdisjoint(episode.event_ids))
    told = ({**row, "days": shown_days(row), "number": len(row["events"])} for row in rows)
    columns = EPISODE_COLUMNS if form is TableFormat.TABLE else EPISODE_CSV_COLUMNS
    print_rows(told, columns, form, empty=f"none of these events belongs to a campaign; {coverage(app, known_at)}")


def read_type(said: str | None) -> str | None:
    """A type or family of the codebook.

    Raises:
        UsageError: it is neither.
    """
    if said is None:
        return None
    known = [*(str(t) for t in EventType), "battle", "remote", "civilians", "demonstrations", "strategic"]
    word = said.strip().lower().replace(" ", "_").replace("-", "_")
    if word not in known:
        near = near_names(said, known)
        raise UsageError(f"no event type {said!r}" + (f"; near it: {', '.join(near)}" if near else ""))
    return word


def shown_days(row: Record) -> str:
    """Days in one column: "2024-11-30", "2024-11-27..30", "2024-11-27..12-06", "..2024-11-30"; an open end is empty."""
    start, end = row["start"], row["end"]
    if start is None or end is None:
        return f"{start or ''}..{end or ''}" if start or end else ""
    same = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
    return str(start) if start == end else f"{start}..{end[same:]}"


def shown_range(low: int | None, high: int | None) -> str:
    """Low to high in one column; nothing where no figure was given."""
    if low is None and high is None:
        return ""
    if low == high:
        return str(low)
    return f"{low}+" if high is None else f"to {high}" if low is None else f"{low}-{high}"


def _rows(events: Iterable[Event]) -> Iterator[Record]:
    for event in events:
        row = event_row(event)
        killed = shown_range(event.fatalities.low, event.fatalities.high)
        yield {**row, "days": shown_days(row), "what": str(event.type).replace("_", " "), "killed": killed}


def _order(event: Event) -> tuple[object, ...]:
    day = event.when.end or event.when.start
    return (day is None, day.toordinal() if day is not None else 0, str(event.type), event.id)
