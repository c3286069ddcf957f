"""Counts over a whole ledger in a database: a connection and a time in, tallies out; they go over narrow tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, distinct, exists, func, select

from warledger.adapters.stores.asked import events_where
from warledger.adapters.stores.queries import FOREVER
from warledger.adapters.stores.schema import (
    actor_names,
    chain,
    claim_facets,
    claim_names,
    claims,
    control_claims,
    control_places,
    event_claims,
    event_facets,
    event_names,
    reports,
    supersessions,
)
from warledger.domain.asked import ActorTally, Asked, Census, DayTally, SourceTally
from warledger.domain.codes import EventType, Grade


def census(db: Connection, known_at: str) -> Census:
    """Count reports, claims, events and places, and tell the days between which they lie."""
    counting = _counting(known_at)
    languages = db.execute(select(reports.c.language, func.count()).where(*counting).group_by(reports.c.language)).all()
    first = select(func.min(reports.c.recorded_at), func.max(reports.c.published)).where(*counting)
    known_from, last_day = db.execute(first).one()
    known_to = db.execute(select(func.max(chain.c.recorded_at)).where(chain.c.recorded_at <= known_at)).scalar()
    where = events_where(db, Asked(), known_at)
    days = select(func.count(), func.min(func.nullif(event_facets.c.day, ""))).where(*where)
    events, first_day = db.execute(days).one()
    return Census(
        reports=sum(n for _, n in languages),
        claims=db.execute(_claims_counted(known_at)).scalar_one(),
        events=events,
        places=db.execute(_places(known_at)).scalar_one(),
        first_day=_day(first_day),
        last_day=_day(last_day),
        known_from=_moment(known_from),
        known_to=_moment(known_to),
        languages=tuple(sorted(((c, n) for c, n in languages), key=lambda pair: (-pair[1], pair[0] or ""))),
    )


def sources(db: Connection, known_at: str) -> list[SourceTally]:
    """Outlets with their reports and claims, and how often alone or against others."""
    own = _pairs(
        db, select(reports.c.publisher, func.count()).where(*_counting(known_at)).group_by(reports.c.publisher)
    )
    of_reports = claim_facets.join(reports, reports.c.seq == claim_facets.c.report)
    said = _pairs(
        db,
        select(reports.c.publisher, func.count())
        .select_from(of_reports)
        .where(*_counting(known_at))
        .group_by(reports.c.publisher),
    )
    names, where = event_names.c, events_where(db, Asked(), known_at)
    single = event_names.join(event_facets, and_(event_facets.c.event == names.event, names.role == "origin"))
    alone = _pairs(
        db,
        select(names.name, func.count())
        .select_from(single)
        .where(*where, event_facets.c.origins == 1)
        .group_by(names.name),
    )
    contested = events_where(db, Asked(grades=frozenset({Grade.CONTESTED})), known_at)
    behind = (
        event_facets.join(event_claims, event_claims.c.event == event_facets.c.event)
        .join(claims, claims.c.id == event_claims.c.claim)
        .join(reports, reports.c.seq == claims.c.report)
    )
    against = _pairs(
        db,
        select(reports.c.publisher, func.count(distinct(event_facets.c.event)))
        .select_from(behind)
        .where(*contested, *_counting(known_at))
        .group_by(reports.c.publisher),
    )
    rest = {n: {"claims": said[n], "alone": alone[n], "contradicted": against[n]} for n in own if n is not None}
    return [SourceTally(name=n, reports=own[n], **rest[n]) for n in sorted(rest)]


def actors(db: Connection, known_at: str) -> list[ActorTally]:
    """Actors with how many claims that count and events name them."""
    of_claims = claim_names.join(claim_facets, claim_facets.c.claim == claim_names.c.claim)
    of_claims = of_claims.join(reports, reports.c.seq == claim_facets.c.report)
    in_claims = select(claim_names.c.name, func.count()).select_from(of_claims).where(*_counting(known_at))
    of_events = event_names.join(event_facets, event_facets.c.event == event_names.c.event)
    in_events = select(event_names.c.name, func.count()).select_from(of_events).where(event_names.c.role == "actor")
    in_events = in_events.where(*events_where(db, Asked(), known_at))
    claimed, happened = (
        _pairs(db, in_claims.group_by(claim_names.c.name)),
        _pairs(db, in_events.group_by(event_names.c.name)),
    )
    shown = {row.folded: row.name for row in db.execute(select(actor_names))}
    found = (ActorTally(name=shown[f], claims=claimed[f], events=happened[f]) for f in {*claimed, *happened})
    return sorted(found, key=lambda tally: tally.name)


def days(db: Connection, asked: Asked, known_at: str) -> list[DayTally]:
    """Events by first day and type."""
    e = event_facets.c
    columns = (e.day, e.type, func.count(), func.sum(e.low), func.sum(e.best), func.sum(e.high))
    query = select(*columns, func.count(distinct(e.place_key))).where(*events_where(db, asked, known_at), e.day != "")
    return [
        DayTally(
            day=date.fromisoformat(day), type=EventType(type), events=n, low=low, best=best, high=high, places=places
        )
        for day, type, n, low, best, high, places in db.execute(query.group_by(e.day, e.type).order_by(e.day, e.type))
    ]


def _counting(known_at: str) -> list[Any]:
    """Reports that count."""
    gone = exists().where(supersessions.c.report == reports.c.seq, supersessions.c.recorded_at <= known_at)
    return [~gone, *([reports.c.recorded_at <= known_at] if known_at != FOREVER else [])]


def _claims_counted(known_at: str) -> Select[Any]:
    gone = select(supersessions.c.report).where(supersessions.c.recorded_at <= known_at)
    counted = select(func.count()).select_from(claim_facets).where(claim_facets.c.report.not_in(gone))
    if known_at != FOREVER:
        known = select(reports.c.seq).where(reports.c.recorded_at <= known_at)
        counted = counted.where(claim_facets.c.report.in_(known))
    return counted


def _places(known_at: str) -> Select[Any]:
    if known_at == FOREVER:
        return select(func.count()).select_from(control_places)
    return select(func.count(distinct(control_claims.c.place))).where(control_claims.c.recorded_at <= known_at)


def _pairs(db: Connection, query: Select[Any]) -> Counter[Any]:
    return Counter({row[0]: row[1] for row in db.execute(query)})


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)
