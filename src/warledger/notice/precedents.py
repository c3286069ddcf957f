"""Check claimed precedents against the record: a ledger in, for each claimed precedent a verdict with its reason out.

"The first air strike on Aleppo since 2016" becomes a question: does the record hold an event of that type, by that
actor, at that place, after 2016 and before? One is enough to contradict. None supports the claim only where the record
is dense enough to have held it: COVERED of the months in question have some event of the same country. The rest, and
what the record cannot measure (how large or significant), is "record too thin". Nothing is refused.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from attrs import frozen

from warledger.domain.claim import EventClaim, Precedent
from warledger.domain.codes import EventType, Grade, Harm, Rank
from warledger.domain.event import Event
from warledger.domain.finding import PrecedentFinding
from warledger.domain.place import Place, PlacePrecision
from warledger.ports import KeptClaim, Ledger

SUPPORTED, CONTRADICTED, THIN = "supported", "contradicted", "record too thin"
COVERED = 0.8
"""Share of the months that must have an event of the country before silence counts as evidence."""

SAME_CAMPAIGN, LONG = timedelta(days=3), timedelta(days=30)
"""A first in longer than LONG is told of a campaign's first days alike: what lies so close before is no earlier one."""


@frozen(kw_only=True)
class _Question:
    """What a precedent asks of the record.

    Args:
        claim_id: the claim that makes it.
        precedent: rank and since when.
        type: the type of event.
        initiator: who does it; empty for anybody.
        place: where, or None for anywhere.
        after: the first day that counts, or None where the claim reaches back for ever.
        before: the day of the happening, or some days earlier; events count up to the day before.
        killed: how many the claim says were killed at least, or None.
    """

    claim_id: str
    precedent: Precedent
    type: EventType
    initiator: tuple[str, ...]
    place: Place | None
    after: date | None
    before: date
    killed: int | None


def check_precedents(ledger: Ledger, known_at: datetime | None = None) -> tuple[PrecedentFinding, ...]:
    """Check every precedent that a claim makes.

    Args:
        ledger: the record.
        known_at: only what was recorded by then counts; None is everything.

    Returns:
        One finding a claim, in the order in which the claims arrived.
    """
    claiming = [k for k in ledger.claims(known_at=known_at) if k.claim.precedent is not None]
    events = list(ledger.events(known_at=known_at)) if claiming else []
    return tuple(_check(kept, kept.claim.precedent, events) for kept in claiming if kept.claim.precedent is not None)


def first_day_after(since: str) -> date | None:
    """The day behind a year, month or day in ISO form: "2016" counts from 2017 on; None where it cannot be read."""
    try:
        numbers = [int(part) for part in since.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
        day = numbers[2] if len(numbers) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):  # a month of 13 is a ValueError too
        return None


def _check(kept: KeptClaim, precedent: Precedent, events: Sequence[Event]) -> PrecedentFinding:
    claim = kept.claim
    if not isinstance(claim, EventClaim):
        return _finding(kept.id, precedent, THIN, "only events can be compared")
    if claim.place is None and not claim.initiator:
        return _finding(kept.id, precedent, THIN, "the claim names neither a place nor who did it")
    after = None if precedent.since is None else first_day_after(precedent.since)
    before = claim.when.start or claim.when.end or kept.report.published
    if after is None or before - after > LONG:
        before -= SAME_CAMPAIGN
    killed = [f.min for f in claim.figures if f.harm is Harm.KILLED and f.min is not None]
    question = _Question(
        claim_id=kept.id,
        precedent=precedent,
        type=claim.type,
        initiator=claim.initiator,
        place=claim.place,
        after=after,
        before=before,
        killed=max(killed, default=None),
    )
    others = [e for e in events if kept.id not in e.claim_ids and e.grade is not Grade.DISCOUNTED]
    return _answer(question, [e for e in others if _is_like(e, question)], others)


def _answer(question: _Question, like: Sequence[Event], events: Sequence[Event]) -> PrecedentFinding:
    match question.precedent.rank:
        case Rank.FIRST:
            return _of_silence(question, events) if not like else _against(question, like, "earlier")
        case Rank.SECOND if len(like) > 1:
            return _against(question, like, "earlier")
        case Rank.SECOND if len(like) == 1:
            return _of_silence(question, events)
        case Rank.SECOND:
            return _found(question, THIN, "the record does not hold the one before it")
        case Rank.DEADLIEST if question.killed is None:
            return _found(question, THIN, "the claim gives no number of people killed")
        case Rank.DEADLIEST:
            worse = [e for e in like if (e.fatalities.low or 0) > (question.killed or 0)]
            return _against(question, worse, "deadlier") if worse else _of_silence(question, events)
        case _:
            return _found(question, THIN, "the record has no measure of size or weight")


def _against(question: _Question, like: Sequence[Event], what: str) -> PrecedentFinding:
    ids = tuple(e.id for e in like)
    noun = "event" if len(ids) == 1 else "events"
    return _found(question, CONTRADICTED, f"the record holds {len(ids)} {what} {noun} of the same kind", ids)


def _of_silence(question: _Question, events: Sequence[Event]) -> PrecedentFinding:
    """Judge what it means that the record holds nothing else."""
    if question.after is None:
        return _found(question, THIN, "no day is given since when, and no record reaches back for ever")
    if question.after >= question.before:
        return _found(question, THIN, f"no day lies between {question.precedent.since} and the happening")
    months = _months(question.after, question.before - timedelta(days=1))
    country = question.place.entry.country if question.place is not None and question.place.entry is not None else None
    here = [e for e in events if country is None or (e.place and e.place.entry and e.place.entry.country == country)]
    seen = {(d.year, d.month) for e in here if (d := e.when.start or e.when.end) is not None}
    covered = [m for m in months if m in seen]
    span = f"from {question.after:%Y-%m} to {question.before - timedelta(days=1):%Y-%m}"
    verdict = SUPPORTED if len(covered) >= COVERED * len(months) else THIN
    reason = f"nothing else of the kind; {len(covered)} of {len(months)} months {span} have events"
    return _found(question, verdict, f"{reason} in {country}" if country else reason)


def _is_like(event: Event, question: _Question) -> bool:
    """Same type, actor and place, wholly between the two days; what is not known to be so does not count."""
    start, end = event.when.start, event.when.end
    if event.type is not question.type or start is None or end is None or end >= question.before:
        return False
    if question.after is not None and start < question.after:
        return False
    same_actor = not question.initiator or not set(question.initiator).isdisjoint(event.initiator)
    return same_actor and (question.place is None or _inside(event.place, question.place))


def _inside(place: Place | None, area: Place) -> bool:
    """Say whether a place is the area or, by its gazetteer columns, lies in it."""
    if place is None:
        return False
    if place.key == area.key:
        return True
    if place.entry is None or area.entry is None or place.entry.country != area.entry.country:
        return False
    if area.precision is PlacePrecision.COUNTRY:
        return True
    division = area.entry.name if area.entry.feature_code == "ADM1" else None
    return area.precision is PlacePrecision.REGION and division is not None and place.entry.admin1 == division


def _months(first: date, last: date) -> list[tuple[int, int]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [((first.year * 12 + first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(count)]


def _found(question: _Question, verdict: str, reason: str, event_ids: tuple[str, ...] = ()) -> PrecedentFinding:
    return _finding(question.claim_id, question.precedent, verdict, reason, event_ids)


def _finding(
    claim_id: str, precedent: Precedent, verdict: str, reason: str, event_ids: tuple[str, ...] = ()
) -> PrecedentFinding:
    return PrecedentFinding(claim_id=claim_id, precedent=precedent, verdict=verdict, reason=reason, event_ids=event_ids)
