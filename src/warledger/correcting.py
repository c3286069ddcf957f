"""What the command line and the API keep alike of a person's correction of an event or of a claim.

An app, an id, a field and a value as typed in, the decision out. Whatever cannot be is refused in a line that names it.
"""

from __future__ import annotations

import re

from warledger import pipeline
from warledger.app import App
from warledger.asking import coverage, kept_by_id, next_moment
from warledger.corroborate import decisions as decisions_room
from warledger.corroborate.claim_corrections import says_already
from warledger.corroborate.values import field_of, said_of, value_of
from warledger.domain.asked import Asked, Window
from warledger.domain.claim import EventClaim
from warledger.domain.codes import Kind
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry
from warledger.ledger.named import find_place, near_names
from warledger.ports import KeptClaim

_DESCRIBED = re.compile(r"[\w' -]+ \(([^()]+)\)|(?:(?:Military|Police) Forces|Government) of (?:the )?(.+)")
"""Names that tell a country's, which no table need know (codebook, section 7)."""
_LEAST_LETTERS = 3
"""A shorter name stands in every report."""


def correct(app: App, id: str, field: str, said: str, *, author: str, reason: str) -> tuple[Decision, list[Event]]:
    """Keep that a person corrects a field of an event or of a claim; every claim stays in the ledger as it was coded.

    An event is concluded anew. A claim counts as corrected from now on, wherever claims are asked for; what was known
    before stays as it was.

    Args:
        app: whose ledger.
        id: of the event, or of a claim of another kind.
        field: one of those that `corroborate.values.FIELDS` has for it.
        said: the right value as typed; see `corroborate.values.value_of`.
        author: who corrects.
        reason: why.

    Returns:
        The decision, and the new version of each event that changed, by id.

    Raises:
        UsageError: event, claim, field, place or actor is not known; the field cannot take the value.
        StoreError: the ledger cannot be written.
    """
    claim = kept_by_id(app, [id]).get(id)
    events = list(app.ledger.events(ids=[id])) if claim is None else []
    if claim is None and not events:
        raise UsageError(f"no event or claim has the id {id!r}; {coverage(app)}")
    kind = Kind.EVENT if claim is None else _corrected_by_itself(app, claim)
    try:
        named = field_of(field, kind)
        value = value_of(
            named,
            said.strip(),
            entry_of=lambda name: _entry_of(app, name),
            actor_of=lambda name: _actor_of(app, name, claim),
            kind=kind,
        )
        decision = decisions_room.decide(
            DecisionAct.CORRECT,
            events,
            () if claim is None else (claim.id,),
            author=author,
            reason=reason,
            at=next_moment(app, claim),
            payload={"field": str(named), "value": value},
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    if claim is not None:
        if says_already(claim, decision):
            raise UsageError(f"{named}: the claim says {said_of(claim.claim, named)} already")
        app.ledger.decide(decision)  # no event rests on a claim of another kind
        return decision, []
    changed = sorted(pipeline.decide(app.ledger, app.settle, decision))
    return decision, sorted(app.ledger.events(ids=changed), key=lambda e: e.id) if changed else []


def _corrected_by_itself(app: App, kept: KeptClaim) -> Kind:
    """The kind of a claim that is corrected by itself.

    Raises:
        UsageError: it tells of an event, and what is concluded of that is corrected; or it counts no more.
    """
    if isinstance(kept.claim, EventClaim):
        event = app.ledger.events_of([kept.id]).get(kept.id)
        by = f"correct event {event}, which holds it" if event is not None else "and no event holds it"
        raise UsageError(f"claim {kept.id} tells of an event: {by}")
    if kept.superseded_at is not None:
        raise UsageError(f"claim {kept.id} counts no more: its report came, or was coded, anew; correct the newer one")
    return kept.claim.kind


def _entry_of(app: App, name: str) -> GazetteerEntry:
    found = find_place(name, app.gazetteer, app.ledger)
    if not found.entries:
        raise UsageError(f"no gazetteer entry is named {name!r}")
    return found.entries[0]


def _actor_of(app: App, name: str, claim: KeptClaim | None) -> str:
    """The canonical name of an actor; one that no table knows must stand in the record or in the claim's report.

    Raises:
        UsageError: nobody bears the name.
    """
    decided = {fold_name(n): actor for n, actor in decisions_room.aliases(app.ledger.decisions())}
    known = decided.get(fold_name(name)) or app.names.get(fold_name(name))
    if known is not None or claim is None:
        return known or name
    described, named = _DESCRIBED.fullmatch(name), rf"(?<!\w){re.escape(name)}(?!\w)"
    if described is not None and app.gazetteer.find(described[1] or described[2]):
        return name
    told = app.ledger.claim_page(Asked(actors=frozenset({fold_name(name)})), Window(limit=1)).items
    if told or (len(name) >= _LEAST_LETTERS and re.search(named, claim.report.text)):
        return name
    near = near_names(name, sorted(app.known_names))
    raise UsageError(f"no actor is named {name!r}" + (f"; near it: {', '.join(near)}" if near else ""))
