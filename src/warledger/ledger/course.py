"""The course of control: who holds each place on each of some days, folded once and kept in little room.

A ledger and some days in; a `Course` out, which answers for any of these days without the ledger. What is kept of a
state is what the caller writes of it; only its sureness, which falls from day to day, is reckoned when it is asked for.
Hundreds of thousands of states are kept, so they stand in columns. A state lasts until a claim of a later day bears on
the place, or until its actors belong to other groups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate, groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from warledger.domain.bearing import Role
from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.place import Place
from warledger.domain.testimony import Testimony
from warledger.ledger.control import Groups, fold
from warledger.ledger.sureness import HALF_LIFE_DAYS
from warledger.ports import Ledger

GroupsOn = Callable[[date], Groups]
WriteState = Callable[[ControlState], bytes]
Numbers = npt.NDArray[np.int64]
Columns = npt.NDArray[np.float64]
Followed = tuple[int, "PlaceCourse"]
"""A place's number and its states."""
_STRIDE = 10_000_000
"""More than the number of any day."""
_PLACES_AT_ONCE = 250
"""Places whose claims are read in one go."""


@frozen(kw_only=True, eq=False)
class PlaceCourse:
    """The states of one place, each from a day on, in columns.

    What is written of the states of one place begins alike, so the beginning is kept once.

    Args:
        mark: tells the claims that it was folded from.
        place: as its newest state has it.
        columns: of each state its first day and the day of the newest claim behind it, by number, how sure it is on
            that day, the half-life of its sureness in days, and where its part of `rest` ends; shape (5, states).
        leaders: its first holder; None where nobody holds it, or several fight for it.
        beginning: what was written of every state, as far as it is the same.
        rest: what was written behind that, of one state after the other.
    """

    mark: int
    place: Place
    columns: Columns
    leaders: tuple[str | None, ...]
    beginning: bytes
    rest: bytes


NOWHERE: Mapping[int, PlaceCourse] = {}
"""No place."""


def place_course(mark: int, states: Sequence[tuple[date, ControlState]], write: WriteState) -> PlaceCourse:
    """The course of one place.

    Args:
        mark: tells the claims that it was folded from.
        states: each with the day from which it holds, by day; at least one.
        write: what is to be kept of a state.
    """
    told = [write(state) for _, state in states]
    beginning = _common_beginning(told)
    rest = [words[len(beginning) :] for words in told]
    ends = tuple(accumulate(map(len, rest)))
    return PlaceCourse(
        mark=mark,
        place=states[-1][1].place,
        columns=np.array([*zip(*(_column(day, state) for day, state in states), strict=True), ends], np.float64),
        leaders=tuple(_leader(state) for _, state in states),
        beginning=beginning,
        rest=b"".join(rest),
    )


def _common_beginning(told: Sequence[bytes]) -> bytes:
    """How all of some words begin: what the first and the last in order share."""
    low, high = min(told), max(told)
    return low[: bisect_left(range(len(low)), True, key=lambda n: low[: n + 1] != high[: n + 1])]


def _column(day: date, state: ControlState) -> tuple[float, ...]:
    return day.toordinal(), state.since.toordinal(), state.confidence, HALF_LIFE_DAYS[state.status]


def _leader(state: ControlState) -> str | None:
    alone = state.status is not Status.CONTESTED or len(state.holder) == 1
    return next(iter(state.holder), None) if alone else None


@frozen(kw_only=True, eq=False)
class Course:
    """Who holds what from one day to another; `joined` makes one.

    Args:
        first: the first day that it answers for.
        last: the last.
        places: by their numbers, in the order of their names and keys.
        columns: those of all places, one after the other; shape (5, states).
    """

    first: date
    last: date
    places: Mapping[int, PlaceCourse]
    columns: Columns
    _listed: Sequence[PlaceCourse] = field(init=False)
    _beginnings: Sequence[bytes] = field(init=False)
    _rests: Sequence[bytes] = field(init=False)
    _bounds: Numbers = field(init=False)
    _starts: Numbers = field(init=False)

    @_listed.default
    def _by_name(self) -> list[PlaceCourse]:
        return list(self.places.values())

    @_beginnings.default
    def _of_each(self) -> list[bytes]:
        return [c.beginning for c in self._listed]

    @_rests.default
    def _behind_each(self) -> list[bytes]:
        return [c.rest for c in self._listed]

    @_bounds.default
    def _of_places(self) -> Numbers:
        return _bounds_of(self._listed)

    @_starts.default
    def _by_place_and_day(self) -> Numbers:
        places: Numbers = np.arange(len(self._listed), dtype=np.int64)
        starts: Numbers = np.repeat(places, np.diff(self._bounds)) * _STRIDE + self.columns[0].astype(np.int64)
        return starts

    @property
    def states(self) -> int:
        """How many states it holds, of all places."""
        return int(self.columns.shape[1])

    def on(self, day: date, chosen: Callable[[Place], bool] | None = None) -> Numbers:
        """Numbers of the states that hold on a day, by the name and key of the place.

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

    def told(self, numbers: Numbers, day: date | Numbers) -> tuple[list[bytes], list[bytes], list[int]]:
        """What was written of some states: how each begins, how it goes on, and how sure it is, in thousandths.

        Args:
            numbers: of the states.
            day: on which they are as sure; or one for each, by number.
        """
        _, since, sure, half_life, ends = self.columns[:, numbers]
        silent = np.maximum(0, (day.toordinal() if isinstance(day, date) else day) - since)
        thousandths = np.rint(1000 * sure * 0.5 ** (silent / half_life)).astype(np.int64)
        at = self._starts[numbers] // _STRIDE
        starts = np.where(numbers > self._bounds[at], self.columns[4, numbers - 1], 0)
        places, rests = at.tolist(), self._rests
        parts = zip(places, starts.astype(np.int64).tolist(), ends.astype(np.int64).tolist(), strict=True)
        goes_on = [rests[place][start:end] for place, start, end in parts]
        return list(map(self._beginnings.__getitem__, places)), goes_on, thousandths.tolist()

    def leaders(self, numbers: Numbers) -> list[str]:
        """Who holds the places of some states, one name a place that somebody alone holds."""
        return [leader for course, n in self._at(numbers) if (leader := course.leaders[n]) is not None]

    def places_of(self, numbers: Numbers) -> list[Place]:
        """The places of some states."""
        return [course.place for course, _ in self._at(numbers)]

    def changes(
        self, first: date, last: date, chosen: Callable[[Place], bool] | None = None
    ) -> tuple[Numbers, Numbers]:
        """The states that begin behind a first day, up to a last, in order of these days, and the days by number."""
        days = self.columns[0]
        found = np.flatnonzero((days > first.toordinal()) & (days <= last.toordinal()))
        if chosen is not None:
            found = found[[chosen(place) for place in self.places_of(found)]]
        found = found[np.argsort(days[found], kind="stable")]
        return found, days[found].astype(np.int64)

    def _at(self, numbers: Numbers) -> Iterator[tuple[PlaceCourse, int]]:
        """The place of each state, and its number there."""
        places = self._starts[numbers] // _STRIDE
        return zip((self._listed[p] for p in places.tolist()), (numbers - self._bounds[places]).tolist(), strict=True)


def _bounds_of(places: Sequence[PlaceCourse]) -> Numbers:
    """Where the states of each place begin among those of all, and where the last ends."""
    return np.cumsum([0, *(len(c.leaders) for c in places)], dtype=np.int64)


def joined(first: date, last: date, followed: Iterable[Followed]) -> Course:
    """A course of some days.

    Args:
        first: the first day.
        last: the last day.
        followed: each place with its states over these days.
    """
    by_name = sorted(followed, key=lambda pair: (pair[1].place.name, pair[1].place.key))
    places = [place for _, place in by_name]
    columns = np.concatenate([np.zeros((5, 0)), *(p.columns for p in places)], axis=1)
    bounds = _bounds_of(places).tolist()
    within = {  # each place keeps its part of the whole, and no columns of its own beside it
        number: evolve(place, columns=columns[:, start:end])
        for (number, place), start, end in zip(by_name, bounds, bounds[1:], strict=False)
    }
    return Course(first=first, last=last, places=within, columns=columns)


def without_shared(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers of states of one course without those that are among both, in their order."""
    return one[~np.isin(one, other)], other[~np.isin(other, one)]


def follow(
    ledger: Ledger,
    first: date,
    last: date,
    *,
    write: WriteState,
    groups_on: GroupsOn,
    known_at: datetime | None = None,
    without: Iterable[str] = (),
    before: Course | None = None,
    there: Mapping[int, PlaceCourse] = NOWHERE,
) -> Iterator[Followed]:
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
        there: places whose states on these days and others are known; they are taken as they are.

    Yields:
        Each place of which somebody is said to hold it.
    """
    rows = ledger.bearing(first, last, known_at=known_at, without=tuple(without))
    groups = groupby(rows, key=itemgetter(0))
    by_place = {place: [claim for _, _, claim in some] for place, some in groups if place not in there}
    yield from there.items()
    marks = {place: hash(tuple(claims)) for place, claims in by_place.items()}
    old = before.places if before is not None else {}
    new = [place for place, mark in marks.items() if place not in old or old[place].mark != mark]
    yield from ((place, old[place]) for place in sorted(marks.keys() - set(new)))
    for start in range(0, len(new), _PLACES_AT_ONCE):
        some = new[start : start + _PLACES_AT_ONCE]
        said = dict(ledger.testimonies([claim for place in some for claim in by_place[place]]))
        for place in some:
            words = [said[claim] for claim in by_place[place] if claim in said]
            found = list(_states(words, first, last, groups_on))
            if found:
                yield place, place_course(marks[place], found, write)


def _states(
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
