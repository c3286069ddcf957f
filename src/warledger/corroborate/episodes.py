"""Gather events into episodes: places taken one by one, the fights for them and the offensive they belong to.

In: events, each of which stays an event of its own. Out: episodes, derived whenever they are asked for and stored
nowhere. Two events are of one episode where one side wages both, few days and not many kilometres lie between them, or
where a chain of such events leads from the one to the other; what takes no place and is no offensive only joins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from warledger.corroborate.columns import Groups, Parents, no_groups, no_parents
from warledger.domain.codes import FAMILY_OF, TERRITORIAL, EventType, Family, Grade
from warledger.domain.corroboration import Weights
from warledger.domain.distance import km_between
from warledger.domain.episode import Episode
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision

LEADS = TERRITORIAL | {EventType.OFFENSIVE}
"""Types that an episode is made of; the other battles join the one that they lie in."""


def episodes(
    events: Sequence[Event], weights: Weights, *, groups: Groups = no_groups, parents: Parents = no_parents
) -> tuple[Episode, ...]:
    """Gather events into episodes.

    Args:
        events: newest versions, any order; those without claims, days or a doer, and discounted ones, are passed over.
        weights: how many days and kilometres may lie between two events of one episode.
        groups: wider groups of an actor on a day.
        parents: containing places of a place.

    Returns:
        Episodes of at least two events, one of which takes a place, by first day and id.
    """
    rows = sorted((e for e in events if _may_belong(e)), key=lambda e: (*_days(e), e.id))
    root = {e.id: e.id for e in rows}
    spans, sides = [_days(e) for e in rows], [frozenset(_side(e, groups)) for e in rows]
    for i, earlier in enumerate(rows):
        for n in _soon_after(spans, i, weights.episode_days):
            later = rows[n]
            if sides[i].isdisjoint(sides[n]) or (earlier.type not in LEADS and later.type not in LEADS):
                continue
            if _near(earlier.place, later.place, weights.episode_km, parents):
                first, second = _top(root, earlier.id), _top(root, later.id)
                root[max(first, second)] = min(first, second)
    members: dict[str, list[Event]] = {}
    for event in rows:
        members.setdefault(_top(root, event.id), []).append(event)
    found = [_episode(m, groups) for m in members.values() if len(m) > 1 and any(e.type in TERRITORIAL for e in m)]
    return tuple(sorted(found, key=lambda e: (e.start, e.id)))


def _episode(members: Sequence[Event], groups: Groups) -> Episode:
    """Put events that are in order of their days into one episode."""
    taken = [e for e in members if e.type in TERRITORIAL and e.place is not None]
    places = {e.place.key: e.place for e in taken if e.place is not None}
    wide = [frozenset(_side(e, groups)) for e in members]
    shared = frozenset.intersection(*wide) or frozenset(max(wide, key=lambda names: sum(names == w for w in wide)))
    named = {name for e in members for name in e.initiator}
    return Episode(
        id=f"p{min(e.id for e in members)[1:]}",
        side=tuple(sorted(shared & named or shared)),
        start=min(_days(e)[0] for e in members),
        end=max(_days(e)[1] for e in members),
        places=tuple(places.values()),
        event_ids=tuple(e.id for e in members),
    )


def _may_belong(event: Event) -> bool:
    battle = FAMILY_OF[event.type] is Family.BATTLE or event.type in LEADS
    dated = event.when.start is not None or event.when.end is not None
    return battle and dated and bool(event.claim_ids and event.initiator) and event.grade is not Grade.DISCOUNTED


def _days(event: Event) -> tuple[date, date]:
    start, end = event.when.start or event.when.end, event.when.end or event.when.start
    assert start is not None and end is not None
    return start, end


def _soon_after(spans: Sequence[tuple[date, date]], at: int, days: int) -> range:
    """Numbers of the spans behind one, in order of first days, that begin at most some days after its end."""
    latest = spans[at][1].toordinal() + days
    return range(at + 1, bisect_right(spans, latest, lo=at + 1, key=lambda span: span[0].toordinal()))


def _side(event: Event, groups: Groups) -> Iterator[str]:
    day = _days(event)[1]
    for name in event.initiator:
        yield name
        yield from groups(name, day)


def _near(a: Place | None, b: Place | None, km: float, parents: Parents) -> bool:
    """Say whether two places are of one campaign: near each other, or one in the other; a country says nothing."""
    if a is None or b is None or PlacePrecision.COUNTRY in (a.precision, b.precision):
        return False
    if a.key == b.key or a.key in set(parents(b.key)) or b.key in set(parents(a.key)):
        return True
    return a.entry is not None and b.entry is not None and km_between(a.entry, b.entry) <= km


def _top(root: Mapping[str, str], event_id: str) -> str:
    while root[event_id] != event_id:
        event_id = root[event_id]
    return event_id
