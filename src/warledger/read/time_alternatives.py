"""What else the words of one time may mean: its first meaning in, other readings of the same words out.

"Since 3 May" may date what began that day, "in October" of a report of October ends with the report. Every reading
stands beside the first one as a candidate; a learned coder chooses, and no benchmark of time expressions counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from warledger.domain.when import TimePrecision
from warledger.read.calendar_units import Period, day_of, month_of, part_of, period, shift_days, shift_months
from warledger.read.time_meanings import Meaning, Now, Words, first_of, meaning

RULES = frozenset({"since point", "since from", "since began", "until point", "until ahead"})
RULES |= {"to date", "mid day", "edge", "other year", "other weekend"}

DATED = frozenset({"date", "month", "year", "weekday", "iso"})
_PERIODS = DATED | {"unit", "season", "the unit", "day word", "ago"}

Readings = Iterator[tuple[Meaning, str]]


def alternatives(words: Words, name: str, found: Meaning, bound: str | None, now: Now) -> Readings:
    """Read a time in the other ways its words allow.

    Args:
        words: the words of the time, bounds left out.
        name: the rule that read it.
        found: its first meaning, without its bound.
        bound: letter of the word of since (C), until (H) or from (f) beside it, or None.
        now: the moment it was read at.

    Returns:
        Pairs of a meaning and the rule that gave it; one that is no interval of days is left out.
    """
    if found.role != "point" or name not in _PERIODS or found.start is None or found.end is None:
        return
    yield from _by_bound(name, found, bound, now.published)
    if found.start <= now.published < found.end and not now.planned:
        yield evolve(found, end=now.published), "to date"
    yield from _narrower(words, found)
    yield from _neighbours(words, name, found, now)


def _by_bound(name: str, found: Meaning, bound: str | None, published: date) -> Readings:
    start, end = found.start, found.end
    if start is None or end is None:
        return
    if bound == "C":
        yield found, "since point"
    if bound in ("C", "f") and (bound == "f" or start > published):
        ahead = start > published
        last, precision = (None, TimePrecision.OPEN) if ahead else (published, found.precision)
        yield evolve(found, start=found.middle or start, end=last, precision=precision, role="since"), "since from"
    if bound == "H":
        yield found, "until point"
        if name == "weekday" and end <= published:
            end = shift_days(end, 7)
        if end > published:
            yield evolve(found, start=published, end=end, precision=TimePrecision.DAY, role="until"), "until ahead"


def _narrower(words: Words, found: Meaning) -> Readings:
    """The day in the middle, the first or last ten days of a month, the first or last month of a year."""
    start, end = found.start, found.end
    if start is None or end is None:
        return
    if found.middle is not None and found.middle.day == 15:
        yield meaning(day_of(found.middle)), "mid day"
    edge = next((w.value for w in words if w.tag in "el" and w.value in ("start", "end")), None)
    if edge is None or found.period is None:
        return
    if found.period.unit == "month":
        yield meaning(part_of(month_of(start.year, start.month), "late" if edge == "end" else "early")), "edge"
    elif found.period.unit == "year":
        yield meaning(month_of(start.year, 12 if edge == "end" else 1)), "edge"


def _neighbours(words: Words, name: str, found: Meaning, now: Now) -> Readings:
    """ "Last December" in a January may be the one just past; "the weekend" the coming one or the one before."""
    start, end = found.start, found.end
    if start is None or end is None or now.article:
        return
    if name == "month" and first_of(words, "Y") is None and any(w.tag == "L" for w in words):
        later, last = shift_months(start, 12), shift_months(end, 12)
        if later <= now.published:
            yield evolve(found, start=later, end=last), "other year"
    if name == "month" and found.role == "point" and start > now.published and not any(w.tag in "YUX" for w in words):
        yield evolve(found, start=shift_months(start, -12), end=shift_months(end, -12)), "other year"
    if found.period is not None and found.period.unit == "weekend" and not any(w.tag == "L" for w in words):
        this = period(now.published, "weekend")
        other: Period = this if this.start != start else period(shift_days(now.published, -7), "weekend")
        if now.published < this.start or other == this:
            yield meaning(other), "other weekend"
