"""Notice firsts and deadliests that nobody claimed: a ledger and days in, findings with their coverage out.

An event is told where, in its country, its first-order division or its own place, the earlier one like it (same type,
for the deadliest: as deadly) lies LEAST_GAP back or more, and the record of the time between is dense enough for its
silence to count (`notice.record`); a place that is only named has no such record. The widest area for which it is true
is told, and only that. Deaths are compared so that doubt speaks against the finding: the fewest of this event with the
most of the others. Refuses nothing; movements and bases of forces are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from warledger.domain.codes import EventType, Rank
from warledger.domain.event import Event
from warledger.domain.finding import NoticedPrecedent
from warledger.domain.place import Place
from warledger.domain.rows import POSITION_WITHHELD
from warledger.notice.record import LONGEST, Area, Record, areas_of, is_dense
from warledger.ports import Ledger

LEAST_GAP = timedelta(days=365)
"""A shorter time without one like it is nothing to remark on."""
SAME_CAMPAIGN = timedelta(days=3)
"""What ended so shortly before belongs to the same first."""
LEAST_KILLED = 5
"""An event with fewer dead is never told as the deadliest."""

Known = Mapping[tuple[EventType, Area], Sequence[Event]]


def notice_precedents(
    ledger: Ledger, first: date, last: date, known_at: datetime | None = None
) -> tuple[NoticedPrecedent, ...]:
    """Notice what is the first or the deadliest of its kind.

    Args:
        ledger: the record.
        first: events that began from this day on.
        last: and up to this day.
        known_at: only what was recorded by then counts; None is everything.

    Returns:
        By day, then by event.
    """
    record = Record(ledger.events(known_at=known_at))
    known = _by_area(record.events)
    told = [e for e in record.events if e.claim_ids and _is_dated(e) and first <= _start(e) <= last]
    found = [n for e in told if e.type not in POSITION_WITHHELD for n in _noticed(e, known, record)]
    return tuple(sorted(found, key=lambda n: (n.day, n.event_id, n.rank)))


def _noticed(event: Event, known: Known, record: Record) -> Iterator[NoticedPrecedent]:
    """At most one finding a rank, for the widest area."""
    for rank in (Rank.FIRST, Rank.DEADLIEST):
        if rank is Rank.DEADLIEST and (event.fatalities.low or 0) < LEAST_KILLED:
            continue
        areas = reversed(areas_of(event.place) if event.place is not None and event.place.entry is not None else ())
        found = (_in_area(event, area, rank, known[event.type, area], record) for area in areas)
        first = next((n for n in found if n is not None), None)
        if first is not None:
            yield first


def _in_area(event: Event, area: Area, rank: Rank, like: Sequence[Event], record: Record) -> NoticedPrecedent | None:
    killed = event.fatalities.low or 0
    margin = SAME_CAMPAIGN if rank is Rank.FIRST else timedelta(0)
    earlier = [e for e in like if e.id != event.id and _end(e) < _start(event) - margin]
    rivals = [e for e in earlier if rank is Rank.FIRST or _most_killed(e) >= killed]
    before = max(rivals, key=lambda e: (_end(e), e.id), default=None)
    around = areas_of(event.place)
    around = around[around.index(area) :]
    begins = around[1] if area[0] == "place" and len(around) > 1 else area  # of a town the record is its province's
    since = _end(before) if before is not None else record.begins(begins, event.type, deadly=killed > 0)
    if since is None or _start(event) - since < LEAST_GAP:
        return None
    if rank is Rank.DEADLIEST and not any(_start(e) > since for e in earlier):
        return None  # it is the only one: the first, not the deadliest
    window = (since + timedelta(days=before is not None), _start(event) - timedelta(days=1))
    coverage = record.coverage(around, *window, event.type, deadly=killed > 0)
    if not is_dense(coverage):
        return None
    return NoticedPrecedent(
        event_id=event.id,
        claim_ids=event.claim_ids,
        rank=rank,
        type=event.type,
        day=_start(event),
        place=_name(event.place, area),
        level=area[0],
        since=since,
        before=before.id if before is not None else None,
        killed=killed or None,
        coverage=coverage,
    )


def _by_area(events: Sequence[Event]) -> Known:
    known: dict[tuple[EventType, Area], list[Event]] = defaultdict(list)
    for event in events:
        if _is_dated(event):
            for area in areas_of(event.place):
                known[event.type, area].append(event)
    return known


def _name(place: Place | None, area: Area) -> str:
    return place.name if area[0] == "place" and place is not None else area[1].split("/", 1)[-1]


def _most_killed(event: Event) -> int:
    return event.fatalities.high or event.fatalities.best or event.fatalities.low or 0


def _is_dated(event: Event) -> bool:
    start, end = event.when.start, event.when.end
    return start is not None and end is not None and end - start <= LONGEST


def _start(event: Event) -> date:
    return event.when.start or date.min


def _end(event: Event) -> date:
    return event.when.end or date.max
