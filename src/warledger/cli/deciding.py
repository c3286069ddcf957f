"""`warledger merge`, `split`, `accept`, `discount`, `correct`, `alias` and `undo`: a person's decisions.

Each outranks the machine and is kept with its author and reason; the events that it bears on get new versions. An id
that the ledger does not know, or a decision that says nothing, is refused as bad usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from warledger.asking import add_alias, decide, kept_by_id
from warledger.cli.options import Db, open_to_ask
from warledger.cli.tables import counted
from warledger.correcting import correct as correct_field
from warledger.corroborate.values import FIELDS, Field, said_of
from warledger.domain.codes import Kind
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.event import Event

Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept and shown.")]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The id of an event.")]


def _whose(kind: Kind) -> str:
    return "an event" if kind is Kind.EVENT else f"a {kind} claim"


def register(cli: typer.Typer) -> None:
    """Give the commands their names."""
    for command in (merge, split, accept, discount, correct, alias):
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


def correct(
    id: Annotated[
        str, typer.Argument(metavar="EVENT|CLAIM", help="The id of an event, or of a claim of another kind.")
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help=". ".join(f"Of {_whose(kind)}: {', '.join(fields)}" for kind, fields in FIELDS.items()) + ".",
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="A code of the codebook; a place; a day or FIRST..LAST, of a claim also FIRST.. and ..LAST; actors "
            "with ; between them, or nobody; all, most, part or a count of places; a number or LOW-HIGH, of a claim "
            "also LOW+ and 'up to HIGH', with whom it counts ('12 civilians') and ; between several; or unknown.",
        ),
    ],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Correct a field of an event, or of a claim of control, a toll, a relation or a statement."""
    app = open_to_ask(db)
    decision, events = correct_field(app, id, field, value, author=author, reason=reason)
    if decision.event_ids:
        _tell(decision, events)
        return
    print(f"decision {decision.id} kept; claim {id} corrected")
    for kept in kept_by_id(app, [id]).values():
        newest = kept.corrections[-1]
        print(f"  {newest.field}: {said_of(kept.claim, Field(newest.field))}, was {newest.was}")


def alias(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As reports write it.")],
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Any name of the actor that bears it.")],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that a name is an actor's: reports that come in from now on are read so."""
    _tell(add_alias(open_to_ask(db), name, actor, author=author, reason=reason), [])


def undo_decision(
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="Its id; `warledger show ID` lists those on an event or a claim.")
    ],
    author: Author,
    reason: Reason,
    db: Db = None,
) -> None:
    """Decide that an earlier decision rules no more; both stay on record."""
    _keep(db, DecisionAct.UNDO, [decision], author, reason)


def _keep(db: Db, act: DecisionAct, ids: Sequence[str], author: str, reason: str) -> None:
    """Keep a decision and say what became of the events."""
    _tell(*decide(open_to_ask(db), act, ids, author=author, reason=reason))


def _tell(decision: Decision, events: Sequence[Event]) -> None:
    print(f"decision {decision.id} kept; {counted(len(events), 'event')} changed")
    for event in events:
        held = counted(len(event.claim_ids), "claim")
        print(f"  {event.id} version {event.version}: {event.grade}, {held}; {event.reason}")
