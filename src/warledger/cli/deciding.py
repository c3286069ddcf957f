"""`warledger merge`, `split`, `accept`, `discount` and `undo`: a person's decisions, which outrank the machine.

Each is kept with its author and reason, and the events that it bears on get new versions. An id that the ledger does
not know, or a decision that says nothing, is refused as bad usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from warledger.asking import decide
from warledger.cli.options import Db, open_to_ask
from warledger.cli.tables import counted
from warledger.domain.decision import DecisionAct

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
    _keep(db, DecisionAct.MERGE, events, author, reason)


def split(
    event: EventId,
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of the claims that leave it.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that claims of an event tell another happening, one of their own."""
    _keep(db, DecisionAct.SPLIT, [event, *claims], author, reason)


def accept(event: EventId, author: Author, reason: Reason, db: Db = None) -> None:
    """Decide that an event happened: it counts as confirmed."""
    _keep(db, DecisionAct.ACCEPT, [event], author, reason)


def discount(
    id: Annotated[str, typer.Argument(metavar="EVENT|CLAIM", help="The id of an event or of a claim of one.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that an event did not happen, or that a claim counts for none."""
    _keep(db, DecisionAct.DISCOUNT, [id], author, reason)


def undo_decision(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its id; `warledger show EVENT` lists them.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that an earlier decision rules no more; both stay on record."""
    _keep(db, DecisionAct.UNDO, [decision], author, reason)


def _keep(db: Db, act: DecisionAct, ids: Sequence[str], author: str, reason: str) -> None:
    """Keep a decision and say what became of the events."""
    decision, events = decide(open_to_ask(db), act, ids, author=author, reason=reason)
    print(f"decision {decision.id} kept; {counted(len(events), 'event')} changed")
    for event in events:
        held = counted(len(event.claim_ids), "claim")
        print(f"  {event.id} version {event.version}: {event.grade}, {held}; {event.reason}")
