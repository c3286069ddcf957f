"""The course of control: who holds each place on each of some days, folded once and kept in little room.

A ledger and some days in; a `Course` out, which answers for any of these days without the ledger. What is kept of a
state is what the caller writes of it; only its sureness, which falls from day to day, is reckoned when it is asked for.
A state lasts until a claim of a later day bears on the place, or until its actors belong to other groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from warledger.domain.bearing import Role
from warledger.domain.control import ControlState
from warledger.domain.place import Place
from warledger.domain.testimony import Testimony
from warledger.ledger.control import Groups, fold
from warledger.ledger.sureness import HALF_LIFE_DAYS
from warledger.ports import Ledger

T = TypeVar("T")
GroupsOn = Callable[[date], Groups]
Numbers = npt.NDArray[np.int64]
_STRIDE = 10_000_000
"""More than the number of any day."""
_PLACES_AT_ONCE = 250
"""Places whose claims are read in one go."""


@frozen(kw_only=True)
class Stretch(Generic[T]):
    """Days on which one state holds, from one day to the next stretch of its place.

    Args:
        day: the first day, by number.
        since: the day of the newest claim behind it, by number.
        sure: how sure it is on that day.
        half_life_days: of its sureness.
        written: what the caller wrote of it.
    """

    day: int
    since: int
    sure: float
    half_life_days: float
    written: T


@frozen(kw_only=True)
class PlaceCourse(Generic[T]):
    """One place.

    Args:
        mark: tells the claims that it was folded from.
        place: as its newest state has it.
        stretches: by day.
    """

    mark: int
    place: Place
    stretches: tuple[Stretch[T], ...]


@frozen(kw_only=True, eq=False)
class Course(Generic[T]):
    """Who holds what from one day to another.

    Args:
        first: the first day that it answers for.
        last: the last.
        places: by their numbers.
    """

    first: date
    last: date
    places: Mapping[int, PlaceCourse[T]]
    _listed: Sequence[PlaceCourse[T]] = field(init=False)
    _starts: Numbers = field(init=False)
    _columns: tuple[npt.NDArray[Any], ...] = field(init=False)
    _written: Sequence[T] = field(init=False)

    @_listed.default
    def _by_name(self) -> list[PlaceCourse[T]]:
        return sorted(self.places.values(), key=lambda c: (c.place.name, c.place.key))

    @_starts.default
    def _by_place_and_day(self) -> Numbers:
        return np.array([n * _STRIDE + s.day for n, c in enumerate(self._listed) for s in c.stretches], np.int64)

    @_columns.default
    def _of_sureness(self) -> tuple[npt.NDArray[Any], ...]:
        said = [s for c in self._listed for s in c.stretches]
        return (
            np.array([s.since for s in said], np.int64),
            np.array([s.sure for s in said], np.float64),
            np.array([s.half_life_days for s in said], np.float64),
        )

    @_written.default
    def _in_order(self) -> list[T]:
        return [s.written for c in self._listed for s in c.stretches]

    def on(self, day: date, chosen: Callable[[Place], bool] | None = None) -> Numbers:
        """Numbers of the stretches that hold on a day, by the name and key of the place.

        Args:
            day: one of its days.
            chosen: which places are asked for; None for all.
        """
        places = np.arange(len(self._listed), dtype=np.int64)
        if chosen is not None:
            places = places[[chosen(c.place) for c in self._listed]]
        found = np.searchsorted(self._starts, places * _STRIDE + day.toordinal(), "right") - 1
        there = found >= 0
        there[there] = self._starts[found[there]] // _STRIDE == places[there]
        return found[there].astype(np.int64)

    def told(self, numbers: Numbers, day: date) -> tuple[list[T], list[int]]:
        """What was written of some stretches, and how sure each is on a day, in thousandths."""
        since, sure, half_life = (column[numbers] for column in self._columns)
        silent = np.maximum(0, day.toordinal() - since)
        thousandths = np.rint(1000 * sure * 0.5 ** (silent / half_life)).astype(np.int64)
        return [self._written[n] for n in numbers.tolist()], thousandths.tolist()

    def places_of(self, numbers: Numbers) -> list[Place]:
        """The places of some stretches."""
        return [self._listed[n].place for n in (self._starts[numbers] // _STRIDE).tolist()]

    def changes(self, first: date, last: date, chosen: Callable[[Place], bool] | None = None) -> dict[date, Numbers]:
        """The stretches that begin on each day behind the first, up to the last, by day."""
        days = self._starts % _STRIDE
        found = np.flatnonzero((days > first.toordinal()) & (days <= last.toordinal()))
        if chosen is not None:
            found = found[[chosen(self._listed[n].place) for n in (self._starts[found] // _STRIDE).tolist()]]
        found = found[np.argsort(days[found], kind="stable")]
        by_day = groupby(found.tolist(), key=lambda n: int(days[n]))
        return {date.fromordinal(d): np.array(list(some), np.int64) for d, some in by_day}


def follow(
    ledger: Ledger,
    first: date,
    last: date,
    *,
    write: Callable[[ControlState], T],
    groups_on: GroupsOn,
    known_at: datetime | None = None,
    without: Iterable[str] = (),
    before: Course[T] | None = None,
) -> Course[T]:
    """Follow who holds what from one day to another.

    Args:
        ledger: the record.
        first: the first day.
        last: the last day.
        write: what is to be kept of a state.
        groups_on: wider groups of an actor on a day.
        known_at: only what was recorded by then counts; None is everything.
        without: ids of claims that do not count.
        before: the course of the same days as it stood earlier; places of which nothing new is said are taken from it.
    """
    rows = ledger.bearing(first, last, known_at=known_at, without=tuple(without))
    by_place = {place: [claim for _, _, claim in some] for place, some in groupby(rows, key=itemgetter(0))}
    marks = {place: hash(tuple(claims)) for place, claims in by_place.items()}
    old = before.places if before is not None else {}
    places = {place: old[place] for place, mark in marks.items() if place in old and old[place].mark == mark}
    new = [place for place in by_place if place not in places]
    for start in range(0, len(new), _PLACES_AT_ONCE):
        some = new[start : start + _PLACES_AT_ONCE]
        said = dict(ledger.testimonies([claim for place in some for claim in by_place[place]]))
        for place in some:
            words = [said[claim] for claim in by_place[place] if claim in said]
            found = list(_stretches(words, first, last, groups_on))
            if found:
                stretches = tuple(_kept(day, state, write) for day, state in found)
                places[place] = PlaceCourse(mark=marks[place], place=found[-1][1].place, stretches=stretches)
    return Course(first=first, last=last, places=places)


def _stretches(
    words: Sequence[Testimony], first: date, last: date, groups_on: GroupsOn
) -> Iterator[tuple[date, ControlState]]:
    """The states of one place with the day from which each holds; the words come by day."""
    days = [(day, list(some)) for day, some in groupby(words, key=lambda w: w.day)]
    deciding: list[Testimony] = []
    state: ControlState | None = None
    for n, (day, said) in enumerate(days):
        if any(w.role is Role.HOLDS for w in said):
            deciding = []
        deciding = [*deciding, *said]
        end = days[n + 1][0] if n + 1 < len(days) else last
        if end <= first and n + 1 < len(days):
            continue  # the next day decides on every day that is asked for
        starts = list(_with_other_groups(deciding, day, end, groups_on))
        for start, after in zip(starts, [*starts[1:], None], strict=True):
            folded = fold(deciding, groups_on(start)) if after is None or after > first else None
            if folded is not None and folded != state:
                state = folded
                yield max(start, first), folded


def _with_other_groups(words: Sequence[Testimony], start: date, end: date, groups_on: GroupsOn) -> Iterator[date]:
    """A day, and those first days of years up to an end on which the actors of some words belong to other groups."""
    yield start
    if start.year == end.year:
        return
    names = sorted({n for w in words for n in (*w.actors, w.origin)})
    before = [tuple(groups_on(start)(n)) for n in names]
    for year in range(start.year + 1, end.year + 1):
        day = date(year, 1, 1)
        now = [tuple(groups_on(day)(n)) for n in names]
        if day < end and now != before:
            before = now
            yield day


def _kept(day: date, state: ControlState, write: Callable[[ControlState], T]) -> Stretch[T]:
    return Stretch(
        day=day.toordinal(),
        since=state.since.toordinal(),
        sure=state.confidence,
        half_life_days=HALF_LIFE_DAYS[state.status],
        written=write(state),
    )
