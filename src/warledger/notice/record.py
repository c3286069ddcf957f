"""How dense the record is: events in, for a place and a window of days the months with events out.

Silence counts as evidence only where the record would have held the thing. Two shares are asked for: COVERED of the
months have an event somewhere in the country, and DIVISION_COVERED of them one in the place's own first-order division,
where that is known. The rows of UCDP hold only deaths by organised violence, told apart by who fought and not with
what; so they count only for questions that they could answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import field, frozen

from warledger.domain.codes import EventType, Grade
from warledger.domain.dataset import is_imported
from warledger.domain.event import Event
from warledger.domain.finding import Coverage
from warledger.domain.place import Place, PlacePrecision

COVERED, DIVISION_COVERED = 0.8, 0.5
"""Share of the months that must have an event of the country, and of the division, before silence is evidence."""

LONGEST = timedelta(days=31)
"""An event told over more days than this says nothing of its single months."""

DATASET_TYPES = frozenset({EventType.ARMED_CLASH, EventType.ATTACK})
"""The types that a row of UCDP can be."""

Month = tuple[int, int]
Area = tuple[str, str]
"""A level (`place`, `division`, `country`) and what tells one of them from others."""
ANYWHERE: Area = ("country", "")


def areas_of(place: Place | None) -> tuple[Area, ...]:
    """The place, its first-order division and its country, finest first; what is not known is left out."""
    if place is None:
        return ()
    entry = place.entry
    if entry is None:
        return (("place", place.key),)
    country = (("country", entry.country),) if entry.country else ()
    if place.precision is PlacePrecision.COUNTRY:
        return country
    within = (("division", f"{entry.country}/{entry.division}"),) if entry.division is not None else ()
    return ((("place", place.key),) if entry.feature_code != "ADM1" else ()) + within + country


def _that_count(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(e for e in events if e.grade is not Grade.DISCOUNTED)


@frozen
class Record:
    """The events that count, and the months in which each area has one.

    Args:
        events: newest versions; discounted ones are left out.
    """

    events: tuple[Event, ...] = field(converter=_that_count)
    _own: dict[Area, set[Month]] = field(init=False, factory=lambda: defaultdict(set))
    _imported: dict[Area, set[Month]] = field(init=False, factory=lambda: defaultdict(set))

    def __attrs_post_init__(self) -> None:
        for event in self.events:
            months = _months_of(event)
            for area in (*areas_of(event.place), ANYWHERE):
                (self._imported if is_imported(event.id) else self._own)[area].update(months)

    def coverage(self, areas: Sequence[Area], first: date, last: date, type: EventType, *, deadly: bool) -> Coverage:
        """Measure the record.

        Args:
            areas: what holds the place asked for (`areas_of`); empty for anywhere.
            first: first day of the window.
            last: last day.
            type: what kind of event is asked for.
            deadly: whether only events with people killed are asked for.
        """
        by_level = dict(areas)
        country, division = by_level.get("country", ""), by_level.get("division")
        months = months_between(first, last)
        counts = deadly and type in DATASET_TYPES
        seen = self._seen(("country", country), counts)
        near = self._seen(("division", division), counts) if division is not None else set()
        return Coverage(
            first=first,
            last=last,
            months=len(months),
            country=country or None,
            country_months=len(seen.intersection(months)),
            division=division.split("/", 1)[1] if division is not None else None,
            division_months=len(near.intersection(months)),
        )

    def begins(self, area: Area, type: EventType, *, deadly: bool) -> date | None:
        """The first day of the first month with an event of the area, or None."""
        months = self._seen(area, deadly and type in DATASET_TYPES)
        return date(*min(months), 1) if months else None

    def _seen(self, area: Area, with_imported: bool) -> set[Month]:
        own = self._own.get(area, set())
        return own | self._imported.get(area, set()) if with_imported else own


def is_dense(coverage: Coverage) -> bool:
    """Say whether silence of the record counts as evidence there."""
    near = coverage.division is None or coverage.division_months >= DIVISION_COVERED * coverage.months
    return near and coverage.country_months >= COVERED * coverage.months


def months_between(first: date, last: date) -> list[Month]:
    """Every month from the one day's to the other's."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [((first.year * 12 + first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(count)]


def _months_of(event: Event) -> Iterable[Month]:
    start, end = event.when.start or event.when.end, event.when.end or event.when.start
    return months_between(start, end) if start is not None and end is not None and end - start <= LONGEST else ()
