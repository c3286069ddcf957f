"""`/precedents`, `/roads`, `/agreements`, `/surges`: what the monitor noticed in its own record."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.parameters import TOLD_IN, Days, On
from warledger.api.paths.common import AtDesk, OnDays
from warledger.api.records import Printer, day
from warledger.asking import country_name, noticed_in
from warledger.domain.agreement import Agreement, Breach, LinePlace
from warledger.domain.control import ControlState
from warledger.domain.finding import Coverage, NoticedPrecedent, PrecedentFinding, Surge
from warledger.domain.phrases import Language
from warledger.domain.records import Record
from warledger.domain.road import Cut, LostWay
from warledger.domain.rows import place_name
from warledger.domain.when import Interval
from warledger.ledger.control import agree
from warledger.notice.agreements import agreed_line, breaches
from warledger.notice.precedents import check_precedents
from warledger.notice.roads import RoadNetwork, road_features
from warledger.notice.surges import notice_surges
from warledger.tell.sayings import noticed_why

ROUTER = APIRouter()


class ToldDays(Days):
    """Findings of some days, with their reasons in words."""

    language: Language = TOLD_IN


class Compared(On):
    """A day, against an earlier one."""

    since: date | None = None


@ROUTER.get("/precedents", response_model=shapes.Items, tags=["findings"])
def precedents(request: Request, desk: AtDesk, said: Annotated[ToldDays, Query()]) -> Response:
    """What was called a first or a deadliest, checked against the record; and what is one though nobody said so."""
    return desk.answer(request, lambda: {"items": [*_claimed(desk, said), *_noticed(desk, said)]})


@ROUTER.get("/roads", response_model=shapes.Items, tags=["findings"])
def roads(request: Request, desk: AtDesk, said: Annotated[Compared, Query()]) -> Response:
    """Main roads as straight stretches between settlements, what is cut for whom, and towns without a way."""
    return desk.answer(request, lambda: _roads(desk, said))


@ROUTER.get("/agreements", response_model=shapes.Items, tags=["findings"])
def agreements(request: Request, desk: AtDesk, said: OnDays) -> Response:
    """Agreements in force, the events that breach them, and the front against the agreed line."""
    return desk.answer(request, lambda: _agreements(desk, said))


@ROUTER.get("/surges", response_model=shapes.Items, tags=["findings"])
def surges(request: Request, desk: AtDesk, said: OnDays) -> Response:
    """Weeks in which a country or province saw more than its own past explains; by default the last whole week."""

    def make() -> Record:
        first, last = desk.days(said)
        if said.days == (None, None):
            first = last - timedelta(days=6 + (last.weekday() + 1) % 7)
        seen = notice_surges(desk.ledger, first, last, desk.known_at(said))
        items = [_surge(desk, s) for s in seen.found]
        return {"items": items, "looked": seen.looked, "false_alarms": round(seen.looked * seen.rate, 1)}

    return desk.answer(request, make)


def _claimed(desk: Desk, said: ToldDays) -> list[Record]:
    known_at, (first, last) = desk.known_at(said), said.days
    findings = check_precedents(desk.ledger, known_at, groups=desk.app.corroborate.groups)
    ids = [f.claim_id for f in findings]
    kept = {k.id: k for k in desk.ledger.claims(ids=ids, known_at=known_at)} if ids else {}
    rows: list[Record] = []
    for finding in findings:
        claim = kept[finding.claim_id]
        when = getattr(claim.claim, "when", None) or Interval.day(claim.report.published)
        if when.meets(first, last):
            rows.append(_checked(finding, desk.claims([claim.id], known_at)[0], desk.printer_in(said.language)))
    return rows


def _checked(finding: PrecedentFinding, claim: Record, printer: Printer) -> Record:
    return {
        "kind": "claimed",
        "rank": str(finding.precedent.rank),
        "since": finding.precedent.since,
        "verdict": finding.verdict,
        "reason": printer.reason(finding.reason),
        "coverage": _coverage(finding.coverage, printer),
        "event_ids": list(finding.event_ids),
        "claim_ids": [finding.claim_id],
        "against": list(finding.contrary),
        "claim": claim,
    }


def _noticed(desk: Desk, said: ToldDays) -> list[Record]:
    first, last = said.days
    found = noticed_in(desk.app, first or date.min, last or date.max, desk.known_at(said))
    why = partial(noticed_why, phrases=desk.app.phrases_in(said.language))
    return [_notice(n, why(n), desk.printer_in(said.language)) for n in found]


def _notice(found: NoticedPrecedent, why: str, printer: Printer) -> Record:
    return {
        "kind": "noticed",
        "rank": str(found.rank),
        "type": str(found.type),
        "day": found.day.isoformat(),
        "place": found.place,
        "level": found.level,
        "since": found.since.isoformat(),
        "verdict": "noticed",
        "reason": why,
        "coverage": _coverage(found.coverage, printer),
        "event_ids": [found.event_id],
        "claim_ids": list(found.claim_ids),
        "against": [],
    }


def _coverage(coverage: Coverage | None, printer: Printer) -> Record | None:
    if coverage is None:
        return None
    names = ("months", "country_months", "division_months")
    return {"text": printer.reason(str(coverage)), **{name: getattr(coverage, name) for name in names}}


def _roads(desk: Desk, said: Compared) -> Record:
    on, known_at = desk.day(said), desk.known_at(said)
    network = RoadNetwork(table=desk.app.roads, same_side=partial(agree, groups=desk.app.groups_on(on)))
    earlier = said.since if said.since is not None else on - timedelta(days=1)
    before, after = ([r.state for r in desk.states(d, known_at, network.keys)] for d in (earlier, on))
    cuts = network.cuts(before, after)
    stretches = road_features(desk.app.roads, after, cuts)
    items = [{**f["properties"], "coordinates": f["geometry"]["coordinates"]} for f in stretches]
    for item in items:
        item["state"] = "cut" if item["cut_for"] else "open" if item["held_from"] and item["held_to"] else "unknown"
    lost = [_lost(w) for w in network.lost_ways(before, after)]
    return {"on": on.isoformat(), "items": items, "cuts": [_cut(c) for c in cuts], "lost_ways": lost}


def _cut(cut: Cut) -> Record:
    return {
        "road": cut.road.id,
        "name": cut.road.name,
        "from": cut.start.name,
        "to": cut.end.name,
        "for": list(cut.holder),
        "new": cut.new,
        "by": [_barring(s) for s in cut.by],
    }


def _lost(lost: LostWay) -> Record:
    return {
        "town": lost.town.name,
        "end": str(lost.end),
        "to": lost.to.name,
        "for": list(lost.holder),
        "by": [_barring(s) for s in lost.by],
    }


def _barring(state: ControlState) -> Record:
    return {
        "place": place_name(state.place),
        "holder": list(state.holder),
        "status": str(state.status),
        "since": state.since.isoformat(),
        "claim_ids": list(state.claim_ids),
    }


def _agreements(desk: Desk, said: Days) -> Record:
    (first, last), known_at = desk.days(said), desk.known_at(said)
    table = [a for a in desk.app.agreements if a.in_force(first, last)]
    same = partial(agree, groups=desk.app.groups_on(last))
    events = desk.ledger.events(known_at=known_at, from_day=first, to_day=last) if table else ()
    keys = sorted({place.key for a in table for place, _ in a.line})
    states = [r.state for r in desk.states(last, known_at, keys)] if keys else []
    broken, line = breaches(table, events, same), agreed_line(table, states, same)
    items = [
        {
            **_agreement(a),
            "breaches": [_breach(desk, b) for b in broken if b.agreement is a],
            "line": [_line(p) for p in line if p.agreement is a],
        }
        for a in table
    ]
    return {"from": first.isoformat(), "to": last.isoformat(), "items": items}


def _agreement(agreement: Agreement) -> Record:
    return {
        "id": agreement.id,
        "name": agreement.name,
        "signed": agreement.signed.isoformat(),
        "start": agreement.start.isoformat(),
        "end": day(agreement.end),
        "country": agreement.country,
        "whole_country": agreement.whole_country,
        "places": [e.name for e in (*agreement.divisions, *agreement.places)],
        "parties": list(agreement.parties),
        "guarantors": list(agreement.guarantors),
        "forbids": sorted(map(str, agreement.forbids)),
    }


def _breach(desk: Desk, found: Breach) -> Record:
    return {"event": desk.printer.event(found.event), "doers": list(found.doers)}


def _line(found: LinePlace) -> Record:
    state = _barring(found.state) if found.state is not None else None
    return {
        "place": found.place.name,
        "key": found.place.key,
        "agreed": found.agreed,
        "kept": found.kept,
        "state": state,
    }


def _surge(desk: Desk, surge: Surge) -> Record:
    return {
        "week": surge.week.isoformat(),
        "region": surge.region if surge.level != "country" else country_name(desk.app, surge.country),
        "level": surge.level,
        "country": surge.country,
        "measure": surge.measure,
        "count": surge.count,
        "expected": round(surge.expected, 2),
        "most": surge.most,
        "baseline_weeks": surge.baseline_weeks,
        "chance": surge.chance,
        "source": surge.source,
        "event_ids": list(surge.event_ids),
        "claim_ids": list(surge.claim_ids),
    }
