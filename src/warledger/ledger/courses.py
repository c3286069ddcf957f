"""Courses of control for whoever asks again and again: months that were asked for, and the whole where it is wanted.

A ledger, days and a time in, a `Course` out that holds these days. A course stands for one state of the record and is
brought forward when the record has grown; a redaction ends all of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock, Thread
from typing import Generic

from attrs import frozen

from warledger.domain.chain import Write
from warledger.domain.control import ControlState
from warledger.domain.errors import StoreError
from warledger.ledger.course import Course, GroupsOn, T, follow
from warledger.ledger.memory import DiscountedAt, nothing_at
from warledger.ports import Ledger

_MOST_KEPT = 12
_AHEAD_YEARS = 1
_Span = tuple[date, date, datetime | None]


@frozen(kw_only=True)
class _Made(Generic[T]):
    """A course with the entry of the chain that it stands for."""

    head: int
    course: Course[T]


class Courses(Generic[T]):
    """The courses that were asked for, some months each.

    Args:
        ledger: the record.
        write: what is to be kept of a state.
        groups_on: wider groups of an actor on a day.
        discounted: ids of the claims that persons had discounted by a time.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        write: Callable[[ControlState], T],
        groups_on: GroupsOn,
        discounted: DiscountedAt = nothing_at,
    ) -> None:
        self._ledger, self._write = ledger, write
        self._groups_on, self._discounted = groups_on, discounted
        self._made: OrderedDict[_Span, _Made[T]] = OrderedDict()
        self._whole: tuple[_Span, _Made[T]] | None = None
        self._seen, self._lock, self._following, self._at_work = 0, Lock(), Lock(), Lock()

    def course(self, first: date, last: date, known_at: datetime | None) -> Course[T]:
        """A course that holds some days, as known at a time."""
        head = self._notice()
        whole = self._whole
        if whole is not None and whole[1].head == head and _holds(whole[0], first, last, known_at):
            return whole[1].course
        span = (first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1]), known_at)
        made = self._made_by(span, head)
        if made is None:
            with self._following:  # whoever asks for the same meanwhile waits, and then finds it
                made = self._made_by(span, head) or self._follow(span, head, self._made.get(span))
                with self._lock:
                    self._made[span] = made
                    while len(self._made) > _MOST_KEPT:
                        self._made.popitem(last=False)
        return made.course

    def follow_all(self, last: date, known_at: datetime | None) -> None:
        """Begin to follow all days of the record beside the questions, or bring that forward; at once back."""
        span = (date.min, date(last.year + _AHEAD_YEARS, 12, 31), known_at)
        whole = self._whole
        stands = whole is not None and whole[0] == span and whole[1].head == self._notice()
        if not stands and self._at_work.acquire(blocking=False):
            Thread(target=self._follow_all, args=(span,), daemon=True).start()

    def _follow_all(self, span: _Span) -> None:
        try:
            head = self._notice()
            whole = self._whole
            before = whole[1] if whole is not None and whole[0][:2] == span[:2] else None
            self._whole = (span, self._follow(span, head, before))
        except StoreError:
            return  # the record is busy or gone; the next question that needs it says so
        finally:
            self._at_work.release()

    def _follow(self, span: _Span, head: int, before: _Made[T] | None) -> _Made[T]:
        first, last, known_at = span
        course = follow(
            self._ledger,
            first,
            last,
            write=self._write,
            groups_on=self._groups_on,
            known_at=known_at,
            without=self._discounted(known_at),
            before=before.course if before is not None else None,
        )
        return _Made(head=head, course=course)

    def _made_by(self, span: _Span, head: int) -> _Made[T] | None:
        with self._lock:
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
                self._whole = None
            return self._seen


def _holds(span: _Span, first: date, last: date, known_at: datetime | None) -> bool:
    return span[0] <= first and last <= span[1] and span[2] == known_at
