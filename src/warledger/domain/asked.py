"""What a list is narrowed to, and one page of it: values that every store understands alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

from attrs import field, frozen

from warledger.domain.codes import EventType, Grade, Kind

T = TypeVar("T")
Mark = tuple[str, ...]
"""Where a page ends: the key of its last row in the list's order."""


@frozen(kw_only=True)
class Box:
    """Degrees on WGS 84; `west` above `east` crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a position lies inside, its edges included."""
        if latitude is None or longitude is None or not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east
        return longitude >= self.west or longitude <= self.east


@frozen(kw_only=True)
class Asked:
    """What events or claims are asked for. What is empty or None narrows nothing.

    Args:
        known_at: only what was recorded by then.
        from_day: first day in the world; an interval that meets the days is in, an unknown end is open.
        to_day: last day.
        kinds: kinds of claims.
        types: event types.
        grades: grades of events.
        actors: canonical names; any of them takes part, whatever the part.
        place_keys: `Place.key`.
        countries: ISO 3166-1 alpha-2 codes.
        sources: who says it: the report's publisher, or an origin of the event.
        languages: of the report, or of a report behind the event.
        min_confidence: least confidence of the claim, or of the surest claim behind the event.
        words: folded words that the report holds, or a report behind the event; the last may be the beginning of one.
        box: where the place lies.
        reports: ids of reports.
        claimed: leave out events that hold no claim any more.
    """

    known_at: datetime | None = None
    from_day: date | None = None
    to_day: date | None = None
    kinds: frozenset[Kind] = frozenset()
    types: frozenset[EventType] = frozenset()
    grades: frozenset[Grade] = frozenset()
    actors: frozenset[str] = frozenset()
    place_keys: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    min_confidence: float | None = None
    words: tuple[str, ...] = ()
    box: Box | None = None
    reports: frozenset[str] = frozenset()
    claimed: bool = True


@frozen(kw_only=True)
class Window:
    """Which page of a list.

    Args:
        limit: rows at most.
        after: the mark of the page before, or None for the first.
        newest_first: from the last row to the first.
    """

    limit: int
    after: Mark | None = None
    newest_first: bool = True


@frozen(kw_only=True)
class Page(Generic[T]):
    """Some rows of a list.

    Args:
        items: in order.
        end: the mark of the last one where more may follow, or None.
    """

    items: Sequence[T]
    end: Mark | None = None


@frozen(kw_only=True)
class Census:
    """What a ledger holds, as known at a time.

    Args:
        reports: versions of reports that count.
        claims: claims that count.
        events: events that hold a claim.
        places: places of whose control anything is said.
        first_day: first day in the world of any event.
        last_day: last day of publication.
        known_from: when the first report was recorded.
        known_to: when the newest entry was recorded.
        languages: reports by language; None where it is not known.
    """

    reports: int = 0
    claims: int = 0
    events: int = 0
    places: int = 0
    first_day: date | None = None
    last_day: date | None = None
    known_from: datetime | None = None
    known_to: datetime | None = None
    languages: Sequence[tuple[str | None, int]] = field(factory=tuple)


@frozen(kw_only=True)
class SourceTally:
    """An outlet in the record.

    Args:
        name: as reports name it.
        reports: its reports that count.
        claims: claims of those.
        alone: events for which it is the only origin.
        contradicted: contested events with a claim of it.
    """

    name: str
    reports: int
    claims: int
    alone: int
    contradicted: int


@frozen(kw_only=True)
class ActorTally:
    """An actor in the record.

    Args:
        name: canonical.
        claims: claims that count and name it.
        events: events that name it.
    """

    name: str
    claims: int
    events: int


@frozen(kw_only=True)
class DayTally:
    """Events of one type that began on one day.

    Args:
        day: the day.
        type: their type.
        events: how many.
        low: sum of the smallest figures of people killed, None where no event gives one.
        best: of the most reliable ones.
        high: of the largest.
        places: at how many places.
    """

    day: date
    type: EventType
    events: int
    low: int | None
    best: int | None
    high: int | None
    places: int
