"""Courses of control for whoever asks again and again: months that were asked for, and the whole where it is wanted.

A ledger, days and a time in, a `Course` out that holds these days. A course stands for one state of the record and is
brought forward when the record has grown; a redaction ends all of them. The whole is folded beside the questions, the
first time in a process of its own where there is one, since that takes a core for half a minute. Of a month that is
asked for meanwhile only those places are folded of which the whole has not come yet.
"""

from __future__ import annotations

from calendar import monthrange
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from threading import Lock, Thread

from attrs import frozen

from warledger.domain.chain import Write
from warledger.domain.control import ControlState
from warledger.domain.errors import StoreError
from warledger.ledger.course import NOWHERE, Course, Followed, GroupsOn, PlaceCourse, WriteState, follow, joined
from warledger.ledger.memory import DiscountedAt, nothing_at
from warledger.ports import Ledger

_MOST_KEPT, _MOST_STATES = 12, 60_000
"""Courses of months that are kept at most, and the states in all of them: a month of many places takes megabytes."""
_AHEAD_YEARS = 1
Span = tuple[date, date, datetime | None]
"""The first day, the last, and the time as known at."""
Apart = Callable[[Span], Iterable[Followed]]


@frozen(kw_only=True)
class _Coming:
    """All days, of so many places as are there by now; and the entry of the chain that they stand for."""

    span: Span
    head: int
    places: dict[int, PlaceCourse]


@frozen(kw_only=True)
class _Made:
    """A course with the entry of the chain that it stands for."""

    head: int
    course: Course


class Courses:
    """The courses that were asked for, some months each.

    Args:
        ledger: the record.
        write: what is to be kept of a state.
        groups_on: wider groups of an actor on a day.
        discounted: ids of the claims that persons had discounted by a time.
        apart: follows some days in a process of its own; None where there is none.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        write: WriteState,
        groups_on: GroupsOn,
        discounted: DiscountedAt = nothing_at,
        apart: Apart | None = None,
    ) -> None:
        self._ledger, self._write = ledger, write
        self._groups_on, self._discounted, self._apart = groups_on, discounted, apart
        self._made: OrderedDict[Span, _Made] = OrderedDict()
        self._whole: tuple[Span, _Made] | None = None
        self._coming: _Coming | None = None
        self._seen, self._redacted = 0, 0
        self._lock, self._following, self._at_work = Lock(), Lock(), Lock()

    def course(self, first: date, last: date, known_at: datetime | None) -> Course:
        """A course that holds some days, as known at a time."""
        head = self._notice()
        span = _months((first, last, known_at))
        made = self._made_by(span, head)
        if made is None:
            with self._following:  # whoever asks meanwhile waits, and may find it, or all days, when his turn comes
                made = self._made_by(span, head) or self._follow_month(span, head)
        return made.course

    def leaders(self, on: date, known_at: datetime | None) -> list[str]:
        """Who holds the places on a day, one name a place that somebody alone holds.

        Where no course is there that holds the day, it is followed alone, without what is written of states, and not
        kept.
        """
        head = self._notice()
        span = (on, on, known_at)
        with self._following:
            made = self._made_by(_months(span), head)
            if made is None:
                made = _made(span, head, self.followed(span, there=self._there(span, head), write=_nothing))
        return made.course.leaders(made.course.on(on))

    def _follow_month(self, span: Span, head: int) -> _Made:
        made = self._follow(span, head, self._made.get(span), self._there(span, head))
        with self._lock:
            self._made[span] = made
            while len(self._made) > _MOST_KEPT or (len(self._made) > 1 and self._states_kept() > _MOST_STATES):
                self._made.popitem(last=False)
        return made

    def _states_kept(self) -> int:
        return sum(made.course.states for made in self._made.values())

    def follow_all(self, last: date, known_at: datetime | None) -> None:
        """Begin to follow all days of the record beside the questions, or bring that forward; at once back."""
        span = (date.min, date(last.year + _AHEAD_YEARS, 12, 31), known_at)
        whole = self._whole
        stands = whole is not None and whole[0] == span and whole[1].head == self._notice()
        if not stands and self._at_work.acquire(blocking=False):
            Thread(target=self._follow_all, args=(span,), daemon=True).start()

    def _follow_all(self, span: Span) -> None:
        try:
            head = self._notice()
            whole = self._whole
            before = whole[1] if whole is not None and whole[0][:2] == span[:2] else None
            made = self._follow_whole(span, head, before)
            self._notice()
            with self._lock:
                if head >= self._redacted:  # else it may hold words that are gone
                    self._whole = (span, made)
                    self._made.clear()
        except StoreError:
            return  # the record is busy or gone; the next question that needs it says so
        finally:
            self._at_work.release()

    def _follow_whole(self, span: Span, head: int, before: _Made | None) -> _Made:
        apart = self._apart
        if before is not None or apart is None:
            return self._follow(span, head, before)
        self._apart = None  # what failed once is not tried again; a redaction is seldom
        coming = _Coming(span=span, head=head, places={})
        self._coming = coming
        try:
            coming.places.update(apart(span))
        finally:
            self._coming = None
        return _made(span, head, coming.places.items())

    def _there(self, span: Span, head: int) -> Mapping[int, PlaceCourse]:
        """The places of which all days are there by now, while the whole is still being followed."""
        coming = self._coming
        fits = coming is not None and coming.head == head and _holds(coming.span, span)
        return coming.places.copy() if coming is not None and fits else {}

    def _follow(self, span: Span, head: int, before: _Made | None, there: Mapping[int, PlaceCourse] = NOWHERE) -> _Made:
        return _made(span, head, self.followed(span, before.course if before is not None else None, there))

    def followed(
        self,
        span: Span,
        before: Course | None = None,
        there: Mapping[int, PlaceCourse] = NOWHERE,
        write: WriteState | None = None,
    ) -> Iterable[Followed]:
        """Each place with its states over some days, as known at a time; see `course.follow`."""
        first, last, known_at = span
        return follow(
            self._ledger,
            first,
            last,
            write=write if write is not None else self._write,
            groups_on=self._groups_on,
            known_at=known_at,
            without=self._discounted(known_at),
            before=before,
            there=there,
        )

    def _made_by(self, span: Span, head: int) -> _Made | None:
        with self._lock:
            whole = self._whole
            if whole is not None and whole[1].head == head and _holds(whole[0], span):
                return whole[1]
            made = self._made.get(span)
            if made is None or made.head != head:
                return None
            self._made.move_to_end(span)
            return made

    def _notice(self) -> int:
        """The newest entry of the chain; what was written before a redaction is forgotten."""
        with self._lock:
            acts = self._ledger.acts(after=self._seen)
            self._seen += len(acts)
            if Write.REDACTION in acts:
                self._made.clear()
                self._whole, self._redacted = None, self._seen
            return self._seen


def _nothing(_: ControlState) -> bytes:
    return b""


def _months(span: Span) -> Span:
    """Whole months that hold some days."""
    first, last, known_at = span
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1]), known_at


def _made(span: Span, head: int, followed: Iterable[Followed]) -> _Made:
    return _Made(head=head, course=joined(span[0], span[1], followed))


def _holds(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1] and one[2] == other[2]
