"""`/events`, `/claims`, `/reports`: what was said, and what the monitor concludes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import attrs
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import OF_CAMPAIGNS, Desk
from warledger.api.parameters import Told
from warledger.api.paths.common import AsKnown, AtDesk, Listing
from warledger.api.problems import NotFound
from warledger.asking import decisions_on
from warledger.domain.asked import Asked, Window
from warledger.domain.event import Event
from warledger.domain.origin import OriginGraph
from warledger.domain.records import Record, to_record
from warledger.domain.rows import episode_row
from warledger.ports import Kept, KeptClaim
from warledger.tell.sayings import names_in

ROUTER = APIRouter()
MOST_CLAIMS_OF_REPORT = 2_000


@ROUTER.get("/events", response_model=shapes.Listed[shapes.Event], tags=["record"])
def list_events(request: Request, desk: AtDesk, said: Listing) -> Response:
    """Events, each in its newest version; by first day."""

    def write(found: Sequence[Event]) -> list[Record]:
        return [desk.printer.event(e) for e in found]

    return desk.answer(request, lambda: desk.page(said, desk.ledger.event_page, write))


@ROUTER.get("/events/{id}", response_model=shapes.EventWhole, tags=["record"])
def one_event(request: Request, desk: AtDesk, id: str, said: Annotated[Told, Query()]) -> Response:
    """One event with its claims, the sources behind it, its versions, its campaign and its precedents."""
    return desk.answer(request, lambda: _event(desk, id, said))


@ROUTER.get("/claims", response_model=shapes.Listed[shapes.Claim], tags=["record"])
def list_claims(request: Request, desk: AtDesk, said: Listing) -> Response:
    """Claims, in the order in which they were recorded."""
    known_at = desk.known_at(said)

    def write(found: Sequence[KeptClaim]) -> list[Record]:
        return desk.print_claims(found, known_at)

    return desk.answer(request, lambda: desk.page(said, desk.ledger.claim_page, write))


@ROUTER.get("/claims/{id}", response_model=shapes.Claim, tags=["record"])
def one_claim(request: Request, desk: AtDesk, id: str, said: AsKnown) -> Response:
    """One claim with its words, and the decisions on it."""

    def make() -> Record:
        known_at = desk.known_at(said)
        found = desk.claims([id], known_at)
        if not found:
            raise NotFound("no claim has this id")
        decided = decisions_on(desk.app, (), {id}, known_at)
        return {**found[0], "decisions": [desk.printer.decision(d, standing=standing) for d, standing in decided]}

    return desk.answer(request, make)


@ROUTER.get("/reports", response_model=shapes.Listed[shapes.Report], tags=["record"])
def list_reports(request: Request, desk: AtDesk, said: Listing) -> Response:
    """Reports without their texts, by day of publication."""

    def write(found: Sequence[Kept]) -> list[Record]:
        return [desk.printer.report(k) for k in found]

    return desk.answer(request, lambda: desk.page(said, desk.ledger.report_page, write))


@ROUTER.get("/reports/{id:path}", response_model=shapes.ReportWhole, tags=["record"])
def one_report(request: Request, desk: AtDesk, id: str, said: AsKnown) -> Response:
    """The newest version of one report, with its text as coded and its claims."""

    def make() -> Record:
        known_at = desk.known_at(said)
        versions = desk.ledger.versions_of_report(id, known_at=known_at)
        if not versions:
            raise NotFound("no report has this id")
        kept = versions[-1]
        asked = Asked(known_at=known_at, reports=frozenset({id}))
        found = desk.ledger.claim_page(asked, Window(limit=MOST_CLAIMS_OF_REPORT, newest_first=False)).items
        names = tuple(dict.fromkeys(n for k in found for n in names_in(k)))
        return {
            **desk.printer.report(kept, names),
            "text": desk.printer.text(kept.report.text, names),
            "claims": desk.print_claims(found, known_at),
        }

    return desk.answer(request, make)


def _event(desk: Desk, id: str, said: Told) -> Record:
    known_at, printer = desk.known_at(said), desk.printer_in(said.language)
    versions = [v for v in desk.ledger.versions(id) if known_at is None or v.recorded_at <= known_at]
    if not versions:
        raise NotFound("no event has this id")
    event = versions[-1]
    kept = list(desk.ledger.claims(ids=event.claim_ids, known_at=known_at)) if event.claim_ids else []
    ids = {i for v in versions for i in v.claim_ids}
    decided = decisions_on(desk.app, [id], ids, known_at)
    return {
        **printer.event(event),
        "claims": desk.printer.claims(kept, dict.fromkeys((k.id for k in kept), id)),
        "origins": _graph(desk, desk.app.origin_graph(kept)) if kept else {"nodes": [], "links": [], "claims": []},
        "versions": [printer.event(v) for v in versions],
        "episode": _episode(desk, event, known_at),
        "precedents": [_precedent(k) for k in kept if k.claim.precedent is not None],
        "decisions": [desk.printer.decision(d, standing=standing) for d, standing in decided],
    }


def _graph(desk: Desk, graph: OriginGraph) -> Record:
    name = desk.printer.name
    return {
        "nodes": [{**attrs.asdict(n), "name": name(n.name)} for _, n in sorted(graph.nodes.items())],
        "links": [{"teller": name(k.teller), "how": k.how, "source": name(k.source)} for k in graph.links],
        "claims": [
            {
                "id": claim,
                "origin": name(origin),
                "outlet": name(graph.teller_of[claim]),
                "first_print": graph.first_print_of[claim].id,
            }
            for claim, origin in sorted(graph.origin_of.items())
        ],
    }


def _episode(desk: Desk, event: Event, known_at: datetime | None) -> Record | None:
    """The campaign that an event belongs to, among the events of the weeks around it; most sorts belong to none."""
    if event.type not in OF_CAMPAIGNS:
        return None
    around = desk.around(event, known_at)
    return next((episode_row(e) for e in desk.app.episodes(around) if event.id in e.event_ids), None)


def _precedent(kept: KeptClaim) -> Record:
    return {"claim_id": kept.id, **(to_record(kept.claim)["precedent"] or {})}
