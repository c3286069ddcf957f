"""Units that an article or a ranking word makes one of many: "the weekend", "the year", "the third quarter".

In go the words of one match and the moment they are read at, out comes what they mean. Quarters are those that are
reported on: the last one, and "a year ago" beside one is the same quarter of the year before.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve

from warledger.read.calendar_units import Period, period, shift
from warledger.read.time_meanings import Meaning, Now, Words, all_of, first_of, meaning

YEAR_DAYS = 366


def the_unit(words: Words, now: Now) -> Meaning | None:
    """The weekend: the last one, or the coming one where a plan is told; the quarter: the one reported on, the last;
    the year: the one that runs, up to publication."""
    unit = first_of(words, "U")
    if unit == "quarter":
        return meaning(period(shift(now.published, "quarter", -1), "quarter"))
    if unit == "year":
        whole = period(now.published, "year")
        return meaning(whole if now.planned else evolve(whole, end=now.published))
    return _weekend(now) if unit == "weekend" else None


def _weekend(now: Now) -> Meaning:
    whole = period(now.published, "weekend")
    if whole.start > now.published and not now.planned:
        whole = period(shift(now.published, "week", -1), "weekend")
    return meaning(whole)


def quarter(words: Words, now: Now) -> Meaning | None:
    """The third quarter, the first half of 2012, the year-earlier second quarter."""
    unit = next((w.value for w in all_of(words, "U") if w.value in ("quarter", "half")), None)
    number = int(first_of(words, "q") or 1)
    if unit is None or number > (4 if unit == "quarter" else 2):
        return None
    month = (number - 1) * (3 if unit == "quarter" else 6) + 1
    return meaning(period(date(_quarter_year(words, now, month), month, 1), unit))


def _quarter_year(words: Words, now: Now, month: int) -> int:
    told, year = first_of(words, "Y"), now.published.year
    if told is not None:
        return int(told)
    if any(w.tag == "L" for w in words):
        return year - 1
    year -= date(year, month, 1) > now.published and not now.planned
    return year - any(w.tag in "AB" for w in words)


def unit_back(words: Words, now: Now) -> Meaning | None:
    """The year-earlier quarter, year-ago: the same unit a year back."""
    units = [w.value for w in all_of(words, "U")]
    if units[0] != "year":
        return None
    told = quarter_back(now)
    unit = units[1] if len(units) > 1 else "year"
    if told is not None and unit in ("year", "quarter"):
        return meaning(told)
    back = shift(now.published, "year", -1)
    return meaning(period(shift(back, unit, -1) if unit == "quarter" else back, unit))


def quarter_back(now: Now) -> Period | None:
    """The quarter told last, a year back; itself where it already is that of the year before."""
    told = now.anchor
    if told is None or told.unit != "quarter":
        return None
    before = (now.published - told.start).days > YEAR_DAYS
    return told if before else period(shift(told.start, "year", -1), "quarter")
