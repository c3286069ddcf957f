"""Time in the world: intervals of days, how precise they are and what they rest on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from warledger.domain.span import Span


class TimePrecision(StrEnum):
    """How finely a report dates a claim (codebook, section 1)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


class Basis(StrEnum):
    """What a date or a place rests on."""

    STATED = "stated"
    INFERRED = "inferred"
    PUBLISHED = "published"


@frozen(kw_only=True)
class Interval:
    """Days from start to end, both inclusive; None is unknown.

    Args:
        start: first day, or None.
        end: last day, or None.
        precision: as the codebook counts it; OPEN where an end is unknown.
        basis: stated in the text, inferred from it, or taken from the publication date.
        spans: the words that say so.
    """

    start: date | None
    end: date | None = field()
    precision: TimePrecision
    basis: Basis = Basis.STATED
    spans: tuple[Span, ...] = field(default=(), eq=False)

    @end.validator
    def _ordered(self, _: object, end: date | None) -> None:
        if self.start is not None and end is not None and end < self.start:
            raise ValueError(f"interval {self.start}..{end} runs backwards")

    @classmethod
    def day(cls, day: date, *, spans: tuple[Span, ...] = ()) -> Interval:
        """One single day."""
        return cls(start=day, end=day, precision=TimePrecision.DAY, spans=spans)

    def overlaps(self, other: Interval) -> bool:
        """Say whether a day could lie in both; an unknown end is open."""
        low, high = date.min, date.max
        return (self.start or low) <= (other.end or high) and (other.start or low) <= (self.end or high)

    def covers(self, day: date) -> bool:
        """Say whether a day lies inside; an unknown end is open."""
        return (self.start or date.min) <= day <= (self.end or date.max)

    def meets(self, first: date | None, last: date | None) -> bool:
        """Say whether it meets some days (None: open); where one of its own ends is unknown, the other is its day."""
        start, end = self.start or self.end, self.end or self.start
        return (last is None or start is None or start <= last) and (first is None or end is None or end >= first)
