"""`/queue`, `/decisions`, `/aliases`: what a person should look at, and what a person decided. Every act is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from pydantic_core import to_json
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.parameters import Told
from warledger.api.paths.common import AsKnown, AtDesk
from warledger.asking import add_alias, decide
from warledger.correcting import correct
from warledger.corroborate.decisions import aliases, in_force
from warledger.domain.asked import Asked, Window
from warledger.domain.claim import Claim
from warledger.domain.codes import Grade
from warledger.domain.decision import DecisionAct
from warledger.domain.folding import fold_name
from warledger.domain.records import Record, claim_id
from warledger.ports import Kept, KeptClaim

ROUTER = APIRouter(tags=["desk"])
UNSURE = 0.35
"""A claim with a lower confidence is worth a look."""


class Doubt(StrEnum):
    """Why something is worth a look."""

    LOW_CONFIDENCE = "low_confidence"
    CONTRADICTION = "contradiction"
    CODER_DISAGREEMENT = "coder_disagreement"
    NEW_NAME = "new_name"


class Queued(Told):
    """Which part of the queue."""

    kind: Doubt | None = None
    limit: int = Field(default=100, ge=1, le=500, description="Of each kind.")


@ROUTER.get("/queue", response_model=shapes.Items)
def queue(request: Request, desk: AtDesk, said: Annotated[Queued, Query()]) -> Response:
    """What a person should look at: claims hardly sure, sources that contradict, coders that differ, new names.

    What was decided upon is left out. Coders differ where reports were coded by the rules and a language model: `claim`
    is the rules', `model` the language model's reading, which is no claim of the ledger; either may be missing.
    """
    return desk.answer(request, lambda: {"items": list(_queue(desk, said))})


@ROUTER.get("/decisions", response_model=shapes.Items)
def list_decisions(request: Request, desk: AtDesk, said: AsKnown) -> Response:
    """Every decision in order of arrival, and whether it is in force."""

    def make() -> Record:
        decisions = desk.ledger.decisions(known_at=desk.known_at(said))
        standing = {d.id for d in in_force(decisions)}
        return {"items": [desk.printer.decision(d, standing=d.id in standing) for d in decisions]}

    return desk.answer(request, make)


@ROUTER.post("/decisions", response_model=shapes.Decided, status_code=201)
def make_decision(desk: AtDesk, act: shapes.Act) -> Response:
    """Keep a decision and conclude anew the events that it bears on."""
    decision, events = decide(desk.app, DecisionAct(act.act), act.ids, author=act.author, reason=act.reason)
    said = {"decision": desk.printer.decision(decision), "events": [desk.printer.event(e) for e in events]}
    return Response(to_json(said), status_code=201, media_type="application/json")


@ROUTER.post("/corrections", response_model=shapes.Decided, status_code=201)
def make_correction(desk: AtDesk, said: shapes.Correction) -> Response:
    """Keep the right value of a field of an event, or of a claim of control, a toll, a relation or a statement.

    It is a new version, which holds when reports are coded again; what was known before stays as it was.
    """
    id = said.event if said.event is not None else said.claim
    decision, events = correct(desk.app, id or "", said.field, said.value, author=said.author, reason=said.reason)
    claims = desk.claims(decision.claim_ids) if not decision.event_ids else []
    told = {
        "decision": desk.printer.decision(decision),
        "events": [desk.printer.event(e) for e in events],
        "claims": claims,
    }
    return Response(to_json(told), status_code=201, media_type="application/json")


@ROUTER.post("/aliases", response_model=shapes.Decided, status_code=201)
def make_alias(desk: AtDesk, alias: shapes.Alias) -> Response:
    """Keep that a name is an actor's: lists, pages and what is coded from now on take it so; what was coded stays."""
    decision = add_alias(desk.app, alias.name, alias.actor, author=alias.author, reason=alias.reason)
    said = {"decision": desk.printer.decision(decision), "events": []}
    return Response(to_json(said), status_code=201, media_type="application/json")


def _queue(desk: Desk, said: Queued) -> Iterator[Record]:
    known_at, tell = desk.known_at(said), desk.printer_in(said.language).reason
    decisions = in_force(desk.ledger.decisions(known_at=known_at))
    done = {i for d in decisions if d.act != DecisionAct.UNDO for i in (*d.concerned, *d.event_ids)}
    if said.kind in (None, Doubt.CONTRADICTION):
        yield from _contradictions(desk, said, known_at, done)
    if said.kind in (None, Doubt.LOW_CONFIDENCE):
        found = desk.ledger.least_sure(below=UNSURE, limit=said.limit + len(done), known_at=known_at)
        new = [k for k in found if k.id not in done][: said.limit]
        for claim in desk.print_claims(new, known_at):
            why = tell(f"confidence {claim['confidence']:.2f}, below {UNSURE}")
            yield {"kind": str(Doubt.LOW_CONFIDENCE), "claim": claim, "why": why}
    if said.kind in (None, Doubt.CODER_DISAGREEMENT):
        yield from _coder_disagreements(desk, said, known_at, done)
    if said.kind in (None, Doubt.NEW_NAME):
        yield from _new_names(desk, said, known_at)


def _contradictions(desk: Desk, said: Queued, known_at: datetime | None, done: set[str]) -> Iterator[Record]:
    asked = Asked(known_at=known_at, grades=frozenset({Grade.CONTESTED}))
    found = desk.ledger.event_page(asked, Window(limit=said.limit + len(done))).items
    printer = desk.printer_in(said.language)
    for event in [e for e in found if e.id not in done][: said.limit]:
        row = printer.event(event)
        yield {"kind": str(Doubt.CONTRADICTION), "event": row, "why": "; ".join(row["contradictions"]) or row["reason"]}


def _coder_disagreements(desk: Desk, said: Queued, known_at: datetime | None, done: set[str]) -> Iterator[Record]:
    """Claims that two coders read differently, or that one alone made."""
    found = desk.ledger.read_two_ways(limit=said.limit + len(done), known_at=known_at)
    tell = desk.printer_in(said.language).reason
    differing = ((kept, d) for kept in found for d in kept.disagreements)
    open_still = ((k, d) for k, d in differing if done.isdisjoint(claim_id(c) for c in (d.rules, d.model) if c))
    for kept, one in islice(open_still, said.limit):
        rules, model = (_reading(desk, kept, claim, known_at) for claim in (one.rules, one.model))
        why = "the coders differ in " + ", ".join(one.fields) if one.fields else "only one coder makes this claim"
        yield {
            "kind": str(Doubt.CODER_DISAGREEMENT),
            "claim": rules,
            "model": model,
            "fields": list(one.fields),
            "why": tell(why),
        }


def _reading(desk: Desk, kept: Kept, claim: Claim | None, known_at: datetime | None) -> Record | None:
    if claim is None:
        return None
    read = KeptClaim(id=claim_id(claim), claim=claim, report=kept.report, recorded_at=kept.recorded_at)
    return desk.print_claims([read], known_at)[0]


def _new_names(desk: Desk, said: Queued, known_at: datetime | None) -> Iterator[Record]:
    """Names that no table holds, those in most claims first; on a public site none, since they may be anybody's."""
    if desk.public:
        return
    tell = desk.printer_in(said.language).reason
    told = {fold_name(name) for name, _ in aliases(desk.ledger.decisions(known_at=known_at))}
    tallies = desk.actor_tallies(known_at).items()
    new = [t for folded, t in tallies if folded not in told and desk.is_new(t.name)]
    for tally in sorted(new, key=lambda t: (-t.claims, t.name))[: said.limit]:
        counts = {"claims": tally.claims, "events": tally.events}
        why = tell(f"in {tally.claims} claims, and in no table")
        yield {"kind": str(Doubt.NEW_NAME), "name": tally.name, "counts": counts, "why": why}
