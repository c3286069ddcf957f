"""Check claimed precedents against the record: a ledger in, for each claimed precedent a verdict with its reason out.

"The first air strike on Aleppo since 2016" becomes a question: does the record hold an event of that type, by that
actor, at that place, after 2016 and before? One is enough to contradict. None supports the claim only where the record
is dense enough to have held it (`notice.record`). The deadliest is measured by the dead, the largest by the figure that
the claim itself gives, a toll over some days by what the record's events add up to in as many days. What no figure
measures ("the most significant", "the largest offensive") is "record too thin". Nothing is refused.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from warledger.domain.claim import EventClaim, Figure, Precedent, TollClaim
from warledger.domain.codes import EventType, Harm, Rank
from warledger.domain.event import Event
from warledger.domain.finding import PrecedentFinding
from warledger.domain.place import Place, PlacePrecision
from warledger.notice.figures import Figures, figures_in
from warledger.notice.record import Record, areas_of, is_dense
from warledger.ports import KeptClaim, Ledger

SUPPORTED, CONTRADICTED, THIN = "supported", "contradicted", "record too thin"

SAME_CAMPAIGN, LONG = timedelta(days=3), timedelta(days=30)
"""A first in longer than LONG is told of a campaign's first days alike: what lies so close before is no earlier one."""

UNDATED = timedelta(days=7)
"""A happening whose first day no words tell may be so much older than its last possible day."""

LARGEST_BY = (Harm.KILLED, Harm.DISPLACED, Harm.CAPTURED, Harm.DETAINED, Harm.CASUALTIES, Harm.WOUNDED)
"""By which of its figures a claim's "largest" is measured: the first that it gives."""

Groups = Callable[[str, date], Iterable[str]]
"""An actor's name and a day to the wider groups that it belonged to."""


def _no_groups(_: str, __: date) -> tuple[str, ...]:
    return ()


@frozen(kw_only=True)
class _Question:
    """What a precedent asks of the record.

    Args:
        claim_id: the claim that makes it.
        precedent: rank and since when.
        type: the type of event, or None for a toll, which sums over all of them.
        initiator: who does it; empty for anybody.
        place: where, or None for anywhere.
        after: the first day that counts, or None where the claim reaches back for ever.
        before: the day of the happening, or some days earlier; events count up to the day before.
        harm: what it is measured by, or None where it is not.
        number: how many the claim says at least.
        days: how many days a toll sums over; 0 for an event.
    """

    claim_id: str
    precedent: Precedent
    type: EventType | None
    initiator: tuple[str, ...]
    place: Place | None
    after: date | None
    before: date
    harm: Harm | None
    number: int
    days: int = 0

    @property
    def deadly(self) -> bool:
        """Whether only events with people killed can answer it."""
        return self.harm is Harm.KILLED and self.number > 0


@frozen(kw_only=True)
class _Asked:
    """The record, and what else an answer needs."""

    record: Record
    figures: Figures
    groups: Groups


def check_precedents(
    ledger: Ledger, known_at: datetime | None = None, *, groups: Groups = _no_groups
) -> tuple[PrecedentFinding, ...]:
    """Check every precedent that a claim makes.

    Args:
        ledger: the record.
        known_at: only what was recorded by then counts; None is everything.
        groups: wider groups of an actor: what a faction did, its alliance did.

    Returns:
        One finding a claim, in the order in which the claims arrived.
    """
    claims = list(ledger.claims(known_at=known_at))
    claiming = [k for k in claims if k.claim.precedent is not None]
    if not claiming:
        return ()
    asked = _Asked(
        record=Record(ledger.events(known_at=known_at)), figures=figures_in({k.id: k for k in claims}), groups=groups
    )
    return tuple(_check(k, k.claim.precedent, asked) for k in claiming if k.claim.precedent is not None)


def first_day_after(since: str) -> date | None:
    """The day behind a year, month or day in ISO form: "2016" counts from 2017 on; None where it cannot be read."""
    try:
        numbers = [int(part) for part in since.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
        day = numbers[2] if len(numbers) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):  # a month of 13 is a ValueError too
        return None


def _check(kept: KeptClaim, precedent: Precedent, asked: _Asked) -> PrecedentFinding:
    claim = kept.claim
    if not isinstance(claim, EventClaim | TollClaim):
        return _finding(kept.id, precedent, THIN, "only events and tolls can be compared")
    initiator = claim.initiator if isinstance(claim, EventClaim) else ()
    if claim.place is None and not initiator:
        return _finding(kept.id, precedent, THIN, "the claim names neither a place nor who did it")
    after = None if precedent.since is None else first_day_after(precedent.since)
    before = claim.when.start or claim.when.end or kept.report.published
    if after is None or before - after > LONG:
        before -= SAME_CAMPAIGN if claim.when.start is not None else UNDATED
    harm, number = _measure(precedent.rank, claim.figures)
    question = _Question(
        claim_id=kept.id,
        precedent=precedent,
        type=claim.type if isinstance(claim, EventClaim) else None,
        initiator=initiator,
        place=claim.place,
        after=after,
        before=before,
        harm=harm,
        number=number,
        days=_length(claim) if isinstance(claim, TollClaim) else 0,
    )
    others = [e for e in asked.record.events if kept.id not in e.claim_ids and _is_between(e, question)]
    if isinstance(claim, TollClaim):
        return _answer_toll(question, others, asked)
    return _answer(question, [e for e in others if _is_like(e, question, asked.groups)], asked)


def _measure(rank: Rank, figures: Sequence[Figure]) -> tuple[Harm | None, int]:
    """What a rank is measured by, and how many the claim says at least."""
    given = {f.harm: f.min for f in sorted(figures, key=lambda f: f.min or 0) if f.min is not None}
    wanted = LARGEST_BY if rank is Rank.LARGEST else (Harm.KILLED,)
    harm = next((h for h in wanted if h in given), None)
    return harm, given[harm] if harm is not None else 0


def _length(claim: TollClaim) -> int:
    start, end = claim.when.start, claim.when.end
    return (end - start).days + 1 if start is not None and end is not None else 0


def _answer(question: _Question, like: Sequence[Event], asked: _Asked) -> PrecedentFinding:
    match question.precedent.rank:
        case Rank.FIRST:
            return _of_silence(question, asked) if not like else _against(question, like, "earlier")
        case Rank.SECOND if len(like) > 1:
            return _against(question, like, "earlier")
        case Rank.SECOND if len(like) == 1:
            return _of_silence(question, asked)
        case Rank.SECOND:
            return _found(question, THIN, "the record does not hold the one before it")
        case Rank.MOST_SIGNIFICANT:
            return _found(question, THIN, "the record has no measure of weight")
        case rank if question.harm is None:
            lacking = "number of people killed" if rank is Rank.DEADLIEST else "figure to measure it by"
            return _found(question, THIN, f"the claim gives no {lacking}")
        case rank:
            harm = question.harm
            worse = [e for e in like if asked.figures(e, harm) > question.number]
            word = "deadlier" if rank is Rank.DEADLIEST else f"larger (by {harm})"
            return _against(question, worse, word) if worse else _of_silence(question, asked)


def _answer_toll(question: _Question, events: Sequence[Event], asked: _Asked) -> PrecedentFinding:
    """A toll over some days against what the events of the place add up to in as many days."""
    if question.precedent.rank not in (Rank.DEADLIEST, Rank.LARGEST) or question.harm is not Harm.KILLED:
        return _found(question, THIN, "of a toll only the number of people killed can be compared")
    if not question.days:
        return _found(question, THIN, "the toll does not say over which days it counts")
    here = sorted((e for e in events if question.place is None or _inside(e.place, question.place)), key=_start)
    for at, first in enumerate(here):
        last = _start(first) + timedelta(days=question.days - 1)
        window = [e for e in here[at:] if e.when.end is not None and e.when.end <= last]
        if sum(asked.figures(e, Harm.KILLED) for e in window) > question.number:
            killed = [e for e in window if asked.figures(e, Harm.KILLED)]
            return _against(question, killed, f"deadlier (together, from {_start(first)})")
    return _of_silence(question, asked)


def _against(question: _Question, like: Sequence[Event], what: str) -> PrecedentFinding:
    noun = "event" if len(like) == 1 else "events"
    reason = f"the record holds {len(like)} {what} {noun} of the same kind"
    found = _found(question, CONTRADICTED, reason)
    claims = dict.fromkeys(i for e in like for i in e.claim_ids)
    return evolve(found, event_ids=tuple(e.id for e in like), contrary=tuple(claims))


def _of_silence(question: _Question, asked: _Asked) -> PrecedentFinding:
    """Judge what it means that the record holds nothing else."""
    if question.after is None:
        return _found(question, THIN, "no day is given since when, and no record reaches back for ever")
    if question.after >= question.before:
        return _found(question, THIN, f"no day lies between {question.precedent.since} and the happening")
    last = question.before - timedelta(days=1)
    kind = question.type or EventType.ARMED_CLASH  # a toll asks for deaths by any violence
    coverage = asked.record.coverage(areas_of(question.place), question.after, last, kind, deadly=question.deadly)
    verdict = SUPPORTED if is_dense(coverage) else THIN
    return evolve(_found(question, verdict, f"nothing else of the kind; {coverage}"), coverage=coverage)


def _is_between(event: Event, question: _Question) -> bool:
    """Wholly between the two days; what is not known to be so does not count."""
    start, end = event.when.start, event.when.end
    if start is None or end is None or end >= question.before:
        return False
    return question.after is None or start >= question.after


def _is_like(event: Event, question: _Question, groups: Groups) -> bool:
    """Same type, actor and place."""
    if event.type is not question.type or (question.place is not None and not _inside(event.place, question.place)):
        return False
    day = event.when.end or event.when.start or question.before
    wide = {*event.initiator, *(g for name in event.initiator for g in groups(name, day))}
    return not question.initiator or not wide.isdisjoint(question.initiator)


def _inside(place: Place | None, area: Place) -> bool:
    """Say whether a place is the area or, by its gazetteer columns, lies in it."""
    if place is None:
        return False
    fine = area.precision in (PlacePrecision.EXACT, PlacePrecision.NEAR)
    return place.key == area.key or (not fine and any(a in areas_of(place) for a in areas_of(area)[:1]))


def _start(event: Event) -> date:
    return event.when.start or date.min


def _found(question: _Question, verdict: str, reason: str) -> PrecedentFinding:
    return _finding(question.claim_id, question.precedent, verdict, reason)


def _finding(claim_id: str, precedent: Precedent, verdict: str, reason: str) -> PrecedentFinding:
    return PrecedentFinding(claim_id=claim_id, precedent=precedent, verdict=verdict, reason=reason)
