"""Conclude events from claims: new versions only where something changed.

In: the claims that count, the newest version of each event they may touch, and when the monitor knew. Out: the versions
to append. Planned, possible and negated claims make no event: they tell of nothing that happened.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from attrs import evolve

from warledger.corroborate.cluster import gather
from warledger.corroborate.columns import Groups, Parents, groups_then, no_groups, no_parents
from warledger.corroborate.contradictions import contradictions
from warledger.corroborate.corrections import with_corrections
from warledger.corroborate.decisions import NO_RULINGS, Rulings
from warledger.corroborate.fatalities import fatalities
from warledger.corroborate.grade import Standing, Told, grade, told_of
from warledger.corroborate.precision import date_prec, geo_precision, time_precision, where_prec
from warledger.corroborate.reprints import FirstPrints, reprints
from warledger.corroborate.violence import violence
from warledger.domain.claim import EventClaim, chance_of
from warledger.domain.codes import FAMILY_OF, REAL, TERRITORIAL, EventType, Grade, Modality
from warledger.domain.corroboration import Affiliations, Weights
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

_K = TypeVar("_K")
OUTCOME_SHARE = 1 / 3
"""That a place changed hands is an event's type from so large a share of the votes for the fight over it."""
_FIGHTS = frozenset({EventType.ARMED_CLASH, EventType.OFFENSIVE})
FINEST = (PlacePrecision.EXACT, PlacePrecision.NEAR, PlacePrecision.REGION, PlacePrecision.COUNTRY)


def corroborate(
    claims: Sequence[KeptClaim],
    known: Iterable[Event],
    recorded_at: datetime,
    *,
    weights: Weights,
    affiliations: Affiliations,
    groups: Groups = no_groups,
    parents: Parents = no_parents,
    first_prints: FirstPrints = reprints,
    rulings: Rulings = NO_RULINGS,
    taken: Collection[str] = (),
) -> tuple[Event, ...]:
    """Conclude events.

    Args:
        claims: every claim that counts in the blocks at hand, of any kind; those of other kinds are passed over.
        known: newest versions of the events of these blocks. One whose claims are all gone or told by another event now
            gets a last version that is discounted.
        recorded_at: when the monitor knew, UTC.
        weights: how claims are compared.
        affiliations: agencies and state media.
        groups: wider groups of an actor.
        parents: containing places of a place.
        first_prints: finds reports that print one text.
        rulings: what persons decided; it outranks the machine.
        taken: ids that events elsewhere bear.

    Returns:
        Versions to append, sorted by id; empty where nothing changed.
    """
    by_id = {c.id: c for c in claims if makes_event(c) and c.id not in rulings.out}
    happenings = gather(tuple(by_id.values()), weights, groups=groups, parents=parents, rulings=rulings)
    before = {e.id: e for e in known}
    ids = name_events([[by_id[i] for i in sorted(h)] for h in happenings], before, rulings.heirs, taken)
    verdicts = {i: found[-1] for i, found in decided_on(ids, happenings, rulings.verdicts).items()}
    corrections = decided_on(ids, happenings, rulings.corrections)
    out: list[Event] = []
    for event_id, happening in zip(ids, happenings, strict=True):
        told = told_of([by_id[i] for i in happening], affiliations, first_prints)
        then = groups_then(groups, [t.kept for t in told])
        standing = Standing(table=affiliations, weights=weights, groups=then)
        event = judged(conclude(event_id, told, standing, recorded_at), verdicts.get(event_id))
        if corrected := corrections.get(event_id):
            event = with_corrections(event, corrected)
            sides = violence(event.type, event.initiator, event.target, told, event.fatalities, standing)
            event = evolve(event, violence=sides)
        out += _changed(event, before.get(event_id))
    gone = [e for e in before.values() if e.claim_ids and e.id not in set(ids)]
    out += [v for e in gone for v in _changed(_ended(e, ids, happenings, rulings), e)]
    return tuple(sorted((evolve(v, recorded_at=recorded_at) for v in out), key=lambda e: e.id))


def makes_event(kept: KeptClaim) -> bool:
    """Say whether a claim tells of something that happened."""
    return isinstance(kept.claim, EventClaim) and kept.claim.modality in REAL


def conclude(event_id: str, told: Sequence[Told], standing: Standing, recorded_at: datetime) -> Event:
    """Make the first version of an event from its claims."""
    saying = [t for t in told if t.claim.modality is not Modality.DENIED] or list(told)
    claims = [t.claim for t in saying]
    kind, place, when = main_type(claims), finest_place(claims), narrowest(claims)
    letter, reason = grade(told, standing)
    of_kind = [c for c in claims if c.type is kind]
    roles = oriented(of_kind, mutual=kind in standing.weights.mutual)
    initiator, target = (majority([(pair[n], c) for pair, c in zip(roles, of_kind, strict=True)]) for n in (0, 1))
    fatal = fatalities(told, standing)
    return Event(
        id=event_id,
        version=1,
        family=FAMILY_OF[kind],
        type=kind,
        place=place,
        when=when,
        initiator=initiator,
        target=target,
        fatalities=fatal,
        claim_ids=tuple(sorted(t.kept.id for t in told)),
        origins=tuple(sorted({t.origin for t in saying})),
        grade=letter,
        reason=reason,
        geo_precision=geo_precision(place),
        time_precision=time_precision(when),
        where_prec=where_prec(place),
        date_prec=date_prec(when),
        recorded_at=recorded_at,
        violence=violence(kind, initiator, target, told, fatal, standing),
        contradictions=contradictions(told, standing),
    )


def name_events(
    happenings: Sequence[Sequence[KeptClaim]],
    before: Mapping[str, Event],
    heirs: Mapping[str, str],
    elsewhere: Collection[str],
) -> list[str]:
    """Give each happening its event's id: that of the known event it shares most claims with, else one of its own.

    A claim of a report's new version stands for the one of an old version that said the same, the newest of those. An
    own id is a hash of its oldest claim, so that it is the same wherever the same claims came first; an event that had
    lost every claim comes back under it.
    """
    owner = {claim: e.id for e in before.values() for claim in e.claim_ids}
    owner |= {new: owner[old] for old, new in heirs.items() if old in owner and new not in owner}
    shares = sorted(
        (-n, event_id, at)
        for at, claims in enumerate(happenings)
        for event_id, n in Counter(owner[c.id] for c in claims if c.id in owner).items()
    )
    named: dict[int, str] = {}
    for _, event_id, at in shares:
        if at not in named and event_id not in named.values():
            named[at] = event_id
    taken = {*named.values(), *elsewhere} | {e.id for e in before.values() if e.claim_ids}
    for at, claims in enumerate(happenings):
        if at not in named:
            named[at] = _own_id(claims, taken)
            taken.add(named[at])
    return [named[at] for at in range(len(happenings))]


def founded_by(claim_id: str) -> str:
    """The id of the event that a claim founds."""
    return f"e{hashlib.sha256(claim_id.encode()).hexdigest()[:16]}"


def decided_on(
    ids: Sequence[str], happenings: Sequence[frozenset[str]], decisions: Iterable[tuple[Decision, frozenset[str]]]
) -> dict[str, list[Decision]]:
    """Decisions by event, in order: each follows most of the claims that it was given on, then the event's name."""
    found: dict[str, list[Decision]] = {}
    for decision, claims in decisions:
        rows = zip(ids, happenings, strict=True)
        held = [(len(h & claims), i in decision.event_ids, i) for i, h in rows if h & claims]
        if held:
            found.setdefault(max(held)[2], []).append(decision)
    return found


def judged(event: Event, verdict: Decision | None) -> Event:
    """The event as a person judged it; what the machine says of it stays in the reason."""
    if verdict is None:
        return event
    accepted = verdict.act == DecisionAct.ACCEPT
    said = "accepted" if accepted else "discounted"
    reason = f"{said} by {verdict.author}: {verdict.reason} (without that {event.grade}: {event.reason})"
    return evolve(event, grade=Grade.CONFIRMED if accepted else Grade.DISCOUNTED, reason=reason)


def main_type(claims: Sequence[EventClaim]) -> EventType:
    """The type that most claims give, each as far as its coding is likely right.

    A fight that ends with a place in other hands is that (codebook, section 2), where enough claims say so; between
    equals a change of hands goes first, then the codebook's order.
    """
    votes = _votes((c.type, c) for c in claims)
    order = tuple(EventType)
    won = min(votes, key=lambda t: (-votes[t], t not in TERRITORIAL, order.index(t)))
    hands = [t for t in votes if t in TERRITORIAL]
    if won in _FIGHTS and hands:
        best = max(hands, key=lambda t: (votes[t], -order.index(t)))
        return best if votes[best] >= OUTCOME_SHARE * votes[won] else won
    return won


def _votes(said: Iterable[tuple[_K, EventClaim]]) -> dict[_K, float]:
    """What claims say, each to how many claims it comes that are coded right."""
    votes: dict[_K, float] = {}
    for what, claim in said:
        votes[what] = votes.get(what, 0.0) + chance_of(claim.confidence)
    return votes


def finest_place(claims: Sequence[EventClaim]) -> Place | None:
    """The place most claims give among the finest; a place with coordinates goes before one that is only named."""
    places = [c.place for c in claims if c.place is not None]
    votes = _votes((c.place.key, c) for c in claims if c.place is not None)
    ranked = sorted(places, key=lambda p: (FINEST.index(p.precision), p.entry is None, -votes[p.key], p.key, p.name))
    return ranked[0] if ranked else None


def narrowest(claims: Sequence[EventClaim]) -> Interval:
    """The interval that most claims can agree on, the narrowest of those; only open ones leave the start unknown."""
    spans = [c.when for c in claims]
    stated = [w for w in spans if w.start is not None and w.end is not None]
    if stated:
        return min(stated, key=lambda w: (-sum(w.overlaps(o) for o in spans), *_width(w), str(w.precision)))
    ends = [w.end for w in spans if w.end is not None]
    starts = [w.start for w in spans if w.start is not None]
    if starts and not ends:
        return Interval(start=max(starts), end=None, precision=TimePrecision.OPEN)
    return Interval(start=None, end=min(ends) if ends else None, precision=TimePrecision.OPEN)


def oriented(claims: Sequence[EventClaim], *, mutual: bool) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Roles of each claim; where both sides act, turned round so that the side most claims name first comes first."""
    roles = [(c.initiator, c.target) for c in claims]
    if not mutual:
        return roles
    votes = _votes(zip(roles, claims, strict=True))
    first = set(min(votes, key=lambda r: (-votes[r], r))[0])
    return [(b, a) if first & set(b) and not first & set(a) else (a, b) for a, b in roles]


def majority(named: Sequence[tuple[tuple[str, ...], EventClaim]]) -> tuple[str, ...]:
    """Names that at least half of the claims that name anybody give; where none reaches that, the one most give.

    A claim counts as far as its coding is likely right.
    """
    votes = _votes((n, c) for names, c in named for n in dict.fromkeys(names))
    if not votes:
        return ()
    naming = sum(chance_of(c.confidence) for names, c in named if names)
    kept = sorted(n for n, said in votes.items() if 2 * said >= naming)
    return tuple(kept or sorted(votes, key=lambda n: (-votes[n], n))[:1])


def _width(when: Interval) -> tuple[int, int]:
    assert when.start is not None and when.end is not None
    return (when.end - when.start).days, when.end.toordinal()


def _own_id(claims: Sequence[KeptClaim], taken: set[str]) -> str:
    """The id that the oldest claim founds; where that event is told by other claims now, that of the next one."""
    ids = [founded_by(c.id) for c in sorted(claims, key=lambda c: (c.recorded_at, c.id))]
    return next((i for i in ids if i not in taken), f"e{hashlib.sha256(repr(ids).encode()).hexdigest()[:16]}")


def _changed(new: Event, old: Event | None) -> list[Event]:
    """The new version, or nothing where it says what the old one said."""
    if old is None:
        return [new]
    if evolve(new, version=old.version, recorded_at=old.recorded_at) == old:
        return []
    return [evolve(new, version=old.version + 1)]


def _ended(event: Event, ids: Sequence[str], happenings: Sequence[frozenset[str]], rulings: Rulings) -> Event:
    """The last version of an event whose claims do not count any more or are told by another event now."""
    mine = {*event.claim_ids, *(new for old, new in rulings.heirs.items() if old in event.claim_ids)}
    heirs = sorted({i for i, h in zip(ids, happenings, strict=True) if h & mine})
    out = sorted({f"discounted by {d.author}: {d.reason}" for i, d in rulings.out.items() if i in mine})
    reason = f"every claim behind it was {'; '.join(out) or 'withdrawn'}"
    if heirs:
        reason = f"its claims are told by {', '.join(heirs)} now"
    return evolve(event, grade=Grade.DISCOUNTED, reason=reason, claim_ids=(), origins=())
