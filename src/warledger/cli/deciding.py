"""`warledger merge`, `split`, `accept`, `discount` and `undo`: a person's decisions, which outrank the machine.

Each is kept with its author and reason, and the events that it bears on get new versions. An id that the ledger does
not know, or a decision that says nothing, is refused as bad usage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from warledger.app import App
from warledger.cli.asking import coverage, kept_by_id, open_to_ask
from warledger.cli.options import Db
from warledger.cli.tables import counted
from warledger.corroborate.decisions import decide, undo
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.pipeline import decide as keep_and_settle

Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept and shown.")]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The id of an event.")]


def register(cli: typer.Typer) -> None:
    """Give the commands their names."""
    for command in (merge, split, accept, discount):
        cli.command(command.__name__)(command)
    cli.command("undo")(undo_decision)


def merge(
    events: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", help="Ids of events that are one.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that events are one happening."""
    app = open_to_ask(db)
    _keep(app, lambda at: decide(DecisionAct.MERGE, _events(app, events), (), author=author, reason=reason, at=at))


def split(
    event: EventId,
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of the claims that leave it.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that claims of an event tell another happening, one of their own."""
    app = open_to_ask(db)
    _keep(app, lambda at: decide(DecisionAct.SPLIT, _events(app, [event]), claims, author=author, reason=reason, at=at))


def accept(event: EventId, author: Author, reason: Reason, db: Db = None) -> None:
    """Decide that an event happened: it counts as confirmed."""
    app = open_to_ask(db)
    _keep(app, lambda at: decide(DecisionAct.ACCEPT, _events(app, [event]), (), author=author, reason=reason, at=at))


def discount(
    id: Annotated[str, typer.Argument(metavar="EVENT|CLAIM", help="The id of an event or of a claim of one.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that an event did not happen, or that a claim counts for none."""
    app = open_to_ask(db)
    claim = kept_by_id(app, [id])
    events = [] if claim else _events(app, [id])
    claims = [id] if claim else []
    _keep(app, lambda at: decide(DecisionAct.DISCOUNT, events, claims, author=author, reason=reason, at=at))


def undo_decision(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its id; `warledger show EVENT` lists them.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that an earlier decision rules no more; both stay on record."""
    app = open_to_ask(db)
    decisions = app.ledger.decisions()
    meant = next((d for d in decisions if d.id == decision), None)
    if meant is None:
        raise UsageError(f"no decision has the id {decision!r}; the ledger holds {len(decisions)}")
    _keep(app, lambda at: undo(meant, decisions, author=author, reason=reason, at=at))


def _keep(app: App, make: Callable[[datetime], Decision]) -> None:
    """Keep a decision and say what became of the events; it is never older than what it decides upon."""
    recorded = (row.recorded_at for rows in (app.ledger.events(), app.ledger.decisions()) for row in rows)
    at = max([datetime.now(UTC), *recorded])
    try:
        decision = make(at)
    except ValueError as error:
        raise UsageError(str(error)) from error
    changed = keep_and_settle(app.ledger, app.settle, decision)
    print(f"decision {decision.id} kept; {counted(len(changed), 'event')} changed")
    for event in sorted(app.ledger.events(ids=sorted(changed)), key=lambda e: e.id) if changed else ():
        held = counted(len(event.claim_ids), "claim")
        print(f"  {event.id} version {event.version}: {event.grade}, {held}; {event.reason}")


def _events(app: App, ids: Sequence[str]) -> list[Event]:
    """The newest version of each event, in the order of the ids."""
    found = {e.id: e for e in app.ledger.events(ids=ids)}
    unknown = next((i for i in ids if i not in found), None)
    if unknown is not None:
        raise UsageError(f"no event has the id {unknown!r}; {coverage(app)}. `warledger events` lists ids")
    return [found[i] for i in ids]
