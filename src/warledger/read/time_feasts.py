"""Feasts: the word of one and the moment it is read at in, its day out; feasts that move are reckoned.

A feast's value in the tables is a date ("12-25"), the so-manieth weekday of a month ("11-thu-4", "05-mon-last"), or
days from Easter Sunday ("easter-2").
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from warledger.read.calendar_units import FIRST, LAST, day_of
from warledger.read.time_meanings import Meaning, Now, Words, first_of, meaning

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EASTER = "easter"


def feast(words: Words, now: Now) -> Meaning | None:
    """New Year's Day, Christmas Eve, Thanksgiving: the last one, the coming one where a plan or "by" tells so."""
    code = first_of(words, "@") or ""
    told = first_of(words, "Y")
    if told is not None:
        return meaning(day_of(feast_day(code, int(told))))
    when = feast_day(code, now.published.year)
    ahead = now.planned or now.nearest or any(w.tag == "X" for w in words)
    if when > now.published and not ahead and when.year > FIRST.year:
        when = feast_day(code, when.year - 1)
    elif when < now.published and ahead and when.year < LAST.year:
        when = feast_day(code, when.year + 1)
    return meaning(day_of(when))


def feast_day(code: str, year: int) -> date:
    """The day of a feast in a year.

    Args:
        code: as the tables write it.
        year: of the Gregorian calendar.
    """
    if code.startswith(_EASTER):
        return easter(year) + timedelta(days=int(code.removeprefix(_EASTER) or 0))
    month, day, *nth = code.split("-")
    if not nth:
        return date(year, int(month), int(day))
    return _nth_weekday(year, int(month), _WEEKDAYS.index(day), nth[0])


def _nth_weekday(year: int, month: int, weekday: int, nth: str) -> date:
    if nth == "last":
        end = date(year, month, monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(nth) - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    cycle, (century, rest) = year % 19, divmod(year, 100)
    leap_centuries, of_four = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * cycle + century - leap_centuries - correction + 15) % 30
    leaps, odd = divmod(rest, 4)
    sunday = (32 + 2 * of_four + 2 * leaps - moon - odd) % 7
    month, day = divmod(moon + sunday - 7 * ((cycle + 11 * moon + 22 * sunday) // 451) + 114, 31)
    return date(year, month, day + 1)
