"""Calendar arithmetic: the day, week, month, year, decade, season or quarter around a day, and its neighbours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from attrs import frozen

from warledger.domain.when import TimePrecision

FIRST, LAST = date(1800, 1, 1), date(2199, 12, 31)
"""Days outside are no news: a shift that leaves this range is refused."""

PRECISION = {
    "day": TimePrecision.DAY,
    "weekend": TimePrecision.DAY,
    "week": TimePrecision.WEEK,
    "month": TimePrecision.MONTH,
    "season": TimePrecision.MONTH,
    "quarter": TimePrecision.MONTH,
    "half": TimePrecision.MONTH,
    "year": TimePrecision.YEAR,
    "decade": TimePrecision.YEAR,
    "century": TimePrecision.YEAR,
}
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@frozen(kw_only=True)
class Period:
    """Days from start to end with the unit they make and their TIMEX3 value."""

    start: date
    end: date
    unit: str
    value: str


def clamp(day: date) -> date:
    """Keep a day inside the range of news."""
    return min(max(day, FIRST), LAST)


def shift_days(day: date, days: int) -> date:
    """Shift a day, never past the range of news."""
    if abs(days) > 200_000:
        return FIRST if days < 0 else LAST
    return clamp(day + timedelta(days=days))


def shift_months(day: date, months: int) -> date:
    """Shift a day by months; the last day of a shorter month stands for a day it lacks (31 January, 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not FIRST.year <= year <= LAST.year:
        return FIRST if months < 0 else LAST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """Shift a day by a count of units; hours move the day by their whole days."""
    if unit in ("hour", "minute"):
        return shift_days(day, int(count / (24 if unit == "hour" else 1440)))
    days = {"day": 1, "week": 7, "weekend": 7, "night": 1, "24h": 1}.get(unit)
    if days is not None:
        return shift_days(day, days * max(min(count, 200_000), -200_000))
    months = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return shift_months(day, months * max(min(count, 10_000), -10_000))


def month_of(year: int, month: int) -> Period:
    """The whole month."""
    end = date(year, month, monthrange(year, month)[1])
    return Period(start=date(year, month, 1), end=end, unit="month", value=f"{year}-{month:02}")


def year_of(year: int) -> Period:
    """The whole year."""
    return Period(start=date(year, 1, 1), end=date(year, 12, 31), unit="year", value=str(year))


def day_of(day: date) -> Period:
    """The day itself."""
    return Period(start=day, end=day, unit="day", value=day.isoformat())


def season_of(year: int, code: str) -> Period:
    """The northern season (meteorological months) that begins in a year; the winter of 2022 runs into 2023."""
    start = date(year, _SEASON_START[code], 1)
    end = shift_days(shift_months(start, 3), -1)
    return Period(start=start, end=end, unit="season", value=f"{year}-{code}")


def period(day: date, unit: str) -> Period:
    """The unit that holds a day: weeks run from Monday, a weekend is the Saturday and Sunday of its week."""
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return year_of(day.year)
    if unit in ("week", "weekend"):
        monday = shift_days(day, -day.weekday())
        year, week, _ = monday.isocalendar()
        first = shift_days(monday, 5) if unit == "weekend" else monday
        value = f"{year}-W{week:02}" + ("-WE" if unit == "weekend" else "")
        return Period(start=first, end=shift_days(monday, 6), unit=unit, value=value)
    if unit in ("quarter", "half"):
        size = 3 if unit == "quarter" else 6
        index = (day.month - 1) // size
        start = date(day.year, index * size + 1, 1)
        end = shift_days(shift_months(start, size), -1)
        return Period(start=start, end=end, unit=unit, value=f"{day.year}-{'Q' if size == 3 else 'H'}{index + 1}")
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first_year = max(day.year // size * size, FIRST.year)
        last_year = min(first_year + size - 1, LAST.year)
        value = f"{first_year // size}" + ("X" if size == 10 else "XX")
        return Period(start=date(first_year, 1, 1), end=date(last_year, 12, 31), unit=unit, value=value)
    return day_of(day)


def part_of(whole: Period, part: str) -> Period:
    """The early, mid or late part: days 1 to 10, 10 to 20, from the 21st on; of a year its quarters."""
    start, end = whole.start, whole.end
    if whole.unit == "month":
        if part == "early":
            end = start.replace(day=10)
        elif part == "mid":
            start, end = start.replace(day=10), start.replace(day=20)
        else:
            start = start.replace(day=21)
    elif whole.unit == "year":
        first, last = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[part]
        start, end = date(start.year, first, 1), month_of(start.year, last).end
    elif whole.unit == "week":
        start, end = {"early": (start, shift_days(start, 2)), "late": (shift_days(start, 3), end)}.get(
            part, (shift_days(start, 1), shift_days(start, 3))
        )
    return Period(start=start, end=end, unit=whole.unit, value=whole.value)
