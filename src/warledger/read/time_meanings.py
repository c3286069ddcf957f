"""What time expressions mean: the words of one match and the moment they are read at in, the days they mean out.

Words that cannot be a time (31 February) mean None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve, frozen

from warledger.domain.when import TimePrecision
from warledger.read.calendar_units import (
    PRECISION,
    Period,
    day_of,
    month_of,
    part_of,
    period,
    season_of,
    shift,
    shift_days,
    shift_months,
    year_of,
)
from warledger.read.lexing import Lexed

AHEAD_DAYS = 45
"""A date without a year that lies no more days ahead of publication is ahead; any later one was last year's."""
AHEAD_MONTH_DAYS = 31
"""A month without a year is ahead where it is the next one of the same year; unless things ran since it."""


@frozen(kw_only=True)
class Now:
    """What a time is read against: the publication date, the last day told before it and whether in the same sentence.

    `planned` says that a plan is told, `last` that no word follows before the next punctuation,
    `article` that an article stands before, `nearest` that a date without a year may lie ahead ("until 31 December"),
    `begun` that what is told ran since it,
    `year` is the year that the dates before went on with.
    """

    published: date
    anchor: Period | None = None
    same_sentence: bool = False
    planned: bool = False
    last: bool = False
    article: bool = False
    nearest: bool = False
    begun: bool = False
    year: int | None = None


@frozen(kw_only=True)
class Meaning:
    """What words mean: days (None open), precision, TIMEX3 value, role, the period, its middle where that is told."""

    start: date | None
    end: date | None
    precision: TimePrecision
    value: str
    role: str = "point"
    period: Period | None = None
    middle: date | None = None


Words = Sequence[Lexed]
Resolver = Callable[[Words, Now], Meaning | None]


def meaning(of: Period, *, precision: TimePrecision | None = None, value: str | None = None) -> Meaning:
    """A period as it stands."""
    return Meaning(
        start=of.start,
        end=of.end,
        precision=precision or PRECISION[of.unit],
        value=of.value if value is None else value,
        period=of,
    )


def open_meaning(value: str, *, start: date | None = None, end: date | None = None, role: str = "point") -> Meaning:
    """A time with an open end."""
    return Meaning(start=start, end=end, precision=TimePrecision.OPEN, value=value, role=role)


def all_of(words: Words, tags: str) -> list[Lexed]:
    """The words of some classes."""
    return [w for w in words if w.tag in tags]


def first_of(words: Words, tags: str) -> str | None:
    """The value of the first word of some classes."""
    return next((w.value for w in words if w.tag in tags), None)


def _part(words: Words) -> str | None:
    found = next((w.tag for w in words if w.tag in "eml"), None)
    return None if found is None else {"e": "early", "m": "mid", "l": "late"}[found]


def _taken(whole: Period, words: Words) -> Meaning:
    part = _part(words)
    if part is None:
        return meaning(whole)
    edge = next((w.value for w in words if w.tag in "el" and w.value), None)
    if edge is not None and whole.unit == "month":
        start, end = (
            (shift_days(whole.end, -6), whole.end) if edge == "end" else (whole.start, shift_days(whole.start, 6))
        )
        return evolve(meaning(evolve(whole, start=start, end=end)), middle=end if edge == "end" else None)
    found = meaning(part_of(whole, part))
    if part == "mid" and whole.unit == "month":
        return evolve(found, middle=whole.start.replace(day=15))
    return evolve(found, middle=whole.end) if any(w.value == "end" for w in words) else found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_near(now: Now, month: int, day: int) -> int:
    """The year of a date without one: the latest not after publication, the next where a plan is told or it is near."""
    if now.year is not None and now.year < now.published.year:
        return now.year
    year, today = now.published.year, (now.published.month, now.published.day)
    if now.planned:
        return year if (month, day) >= today else year + 1 if month <= 3 and today[0] >= 9 else year
    reach = 180 if now.nearest else AHEAD_DAYS if day else 0 if now.begun else AHEAD_MONTH_DAYS
    for later in (1, 0) if day or now.nearest else (0,):
        if 31 * (12 * later + month - today[0]) + day - today[1] <= reach:
            return year + later
    return year - 1


def _year_told(words: Words, now: Now, month: int, day: int) -> int:
    told = first_of(words, "Y")
    if told is not None:
        return int(told)
    for word in words:
        if word.tag in "LTX" and any(w.tag == "U" and w.value == "year" for w in words):
            return now.published.year + {"L": -1, "T": 0, "X": 1}[word.tag]
    return _year_near(now, month, day)


def _day_value(day: date, words: Words) -> str:
    part = first_of(words, "P")
    return day.isoformat() + (f"T{part}" if part else "")


def absolute(words: Words, now: Now) -> Meaning | None:
    """Absolute."""
    month = int(first_of(words, "MJ") or 0)
    day = int(first_of(words, "dq") or 0)
    when = _date(_year_told(words, now, month, day), month, day)
    return None if when is None else meaning(day_of(when), value=_day_value(when, words))


def day_of_month(words: Words, now: Now) -> Meaning | None:
    """The 6th: of the month told last, else the last such day before publication."""
    day = int(words[0].value)
    month = now.published if now.anchor is None else now.anchor.start
    when = _date(month.year, month.month, day)
    if when is None or (when > now.published and not now.planned):
        month = shift_months(now.published if when is None else when, -1)
        when = _date(month.year, month.month, day)
    return None if when is None else meaning(day_of(when))


def numeric(words: Words, now: Now) -> Meaning | None:
    """Numeric."""
    numbers = [int(w.value) for w in words if w.tag in "dNY"]
    if words[0].tag == "Y":
        year, month, day = numbers
    else:
        day, month, year = numbers
        if month > 12:
            day, month = month, day
        year += 2000 if year < 100 else 0
    when = _date(year, month, day)
    return None if when is None or not 1900 <= year <= 2099 else meaning(day_of(when))


def month(words: Words, now: Now) -> Meaning | None:
    """Month."""
    month = int(first_of(words, "MJ") or 0)
    year = _year_told(words, now, month, 0)
    if first_of(words, "Y") is None and not any(w.tag == "U" for w in words):
        behind = 12 * (now.published.year - year) + now.published.month - month
        if any(w.tag == "L" for w in words) and behind <= 1:
            year -= 1
        if any(w.tag == "X" for w in words) and (year, month) <= (now.published.year, now.published.month):
            year += 1
        if any(w.tag == "T" for w in words):
            year = now.published.year
        if any(w.tag == "K" for w in words) and now.anchor is not None:
            year = now.anchor.start.year
    return _taken(month_of(year, month), words)


def weekday(words: Words, now: Now) -> Meaning | None:
    """Weekday."""
    day = int(first_of(words, "W") or 0)
    back = (now.published.weekday() - day) % 7
    when = shift_days(now.published, -back)
    shifts = [w for w in words if w.tag in "LTX"]
    if any(w.tag == "U" for w in words) and shifts:
        weeks = {"L": -1, "T": 0, "X": 1}[shifts[0].tag]
        when = shift_days(now.published, day - now.published.weekday() + 7 * weeks)
    elif (shifts and shifts[0].tag == "X") or (not shifts and now.planned and back):
        when = shift_days(when, 7)
    elif shifts and shifts[0].tag == "L" and back == 0:
        when = shift_days(when, -7)
    return meaning(day_of(when), value=_day_value(when, words))


def day_word(words: Words, now: Now) -> Meaning | None:
    """Day word."""
    when = shift_days(now.published, int(first_of(words, "D") or 0))
    return meaning(day_of(when), value=_day_value(when, words))


def week_of(words: Words, now: Now) -> Meaning | None:
    """The week of 6 March, the weekend of 6 March."""
    unit, day = first_of(words, "U") or "", _inner_day(words, now)
    return None if day is None or unit not in ("week", "weekend") else meaning(period(day, unit))


def part_of_day(words: Words, now: Now) -> Meaning | None:
    """This morning, last night, that evening."""
    tag = words[0].tag if words[0].tag in "TLKX" else words[-1].tag
    base = now.published
    if now.anchor is not None and (tag == "K" or (tag == "X" and not now.planned) or _counts_from_told(words)):
        base = now.anchor.end if tag == "X" else now.anchor.start
    when = shift_days(base, -1 if tag == "L" else 1 if tag == "X" else 0)
    return meaning(day_of(when), value=_day_value(when, words))


def _counts_from_told(words: Words) -> bool:
    """ "The previous day", "the following night" count from what was told last."""
    return any(w.tag in "LX" and w.value == "told" for w in words)


def part_alone(words: Words, now: Now) -> Meaning | None:
    """In the morning, at dawn: of the day that the sentence told, else of the day of publication."""
    told = now.anchor if now.anchor is not None and now.same_sentence and now.anchor.unit == "day" else None
    when = now.published if told is None else told.start
    return meaning(day_of(when), value=_day_value(when, words))


def overnight(words: Words, now: Now) -> Meaning | None:
    """Overnight, overnight into Friday; "overnight on Tuesday" is the night that begins then, unless it lies ahead."""
    inner = _inner_day(words, now) or now.published
    begins = [w.tag for w in words[:2]] == ["v", "Z"] and inner < now.published
    before = inner if begins else shift_days(inner, -1)
    return Meaning(
        start=before,
        end=shift_days(before, 1),
        precision=TimePrecision.DAY,
        value=f"{before.isoformat()}TNI",
        period=None,
    )


def night_between(words: Words, now: Now) -> Meaning | None:
    """The night from Saturday to Sunday."""
    return overnight([w for w in words if w.tag == "W"][-1:], now)


def _inner_day(words: Words, now: Now) -> date | None:
    for tag, resolve in (("M", absolute), ("J", absolute), ("W", weekday), ("D", day_word)):
        if any(w.tag == tag for w in words):
            found = resolve(words, now)
            return None if found is None else found.start
    return None


def unit(words: Words, now: Now) -> Meaning | None:
    """This week, last month, late last year, earlier this month."""
    unit = first_of(words, "Uj") or "day"
    tag = next(w.tag for w in words if w.tag in "LTX")
    if unit == "24h" and tag in "LT":
        return last_day(now)
    if unit == "day" and (tag == "X" or _counts_from_told(words)):
        told = now.published if now.anchor is None else now.anchor.end if tag == "X" else now.anchor.start
        return meaning(day_of(shift_days(told, 1 if tag == "X" else -1)))
    steps = {"L": -1, "T": 0, "X": 1}[tag]
    if now.anchor is not None and _counts_from_told(words):
        return meaning(period(shift(now.anchor.end if tag == "X" else now.anchor.start, unit, steps), unit))
    whole = period(shift(now.published, unit, steps), unit)
    if unit == "weekend" and tag == "T" and whole.start > now.published and not now.planned:
        whole = period(shift(now.published, unit, -1), unit)
    part = _part(words)
    if part is not None and whole.unit == "month":
        return _taken(whole, words)
    if now.article and tag in "LX" and unit in ("day", "week", "month", "year") and words[0].tag == tag:
        edge = shift(now.published, unit, -1 if tag == "L" else 1)
        start, end = sorted((edge, now.published))
        return meaning(evolve(whole, start=start, end=end))
    if part is not None:
        whole = part_of(whole, part)
    elif tag == "T" and not now.planned and whole.start <= now.published:
        whole = evolve(whole, end=min(whole.end, now.published))
    return meaning(whole)


def last_day(now: Now) -> Meaning:
    """The 24 hours before publication: the day before and the day itself."""
    start = shift_days(now.published, -1)
    return Meaning(start=start, end=now.published, precision=TimePrecision.DAY, value="P1D")


def season(words: Words, now: Now) -> Meaning | None:
    """Season."""
    code = first_of(words, "S") or "SP"
    told = first_of(words, "Y")
    year = now.published.year if told is None else int(told)
    whole = season_of(year, code)
    if told is None:
        if any(w.tag == "U" for w in words):
            year += next(({"L": -1, "T": 0, "X": 1}[w.tag] for w in words if w.tag in "LTX"), 0)
        elif any(w.tag == "X" for w in words):
            year += whole.start <= now.published
        elif any(w.tag == "L" for w in words):
            year -= whole.end >= now.published
        elif not now.planned and not any(w.tag == "T" for w in words):
            year -= whole.start > now.published
        whole = season_of(year, code)
    return _taken(whole, words)


def year(words: Words, now: Now) -> Meaning | None:
    """Year."""
    return _taken(year_of(int(first_of(words, "Y") or 0)), words)


def century(words: Words, now: Now) -> Meaning | None:
    """The 20th century, the late 19th century."""
    return _taken(period(date(100 * int(first_of(words, "&") or 0) - 100, 1, 1), "century"), words)


def decade(words: Words, now: Now) -> Meaning | None:
    """The 1990s, the '90s; without an article or an apostrophe it is an age ("in his 30s")."""
    told = first_of(words, "YNd") or "0"
    year = int(told) if len(told) == 4 else 1900 + int(told)
    is_age = len(told) == 2 and not any(w.tag in "t'" for w in words)
    if year % 10 or is_age or not 1900 <= year <= 2099:
        return None
    return meaning(period(date(year, 1, 1), "decade"))


def days_of_month(words: Words, now: Now) -> Meaning | None:
    """3-5 November, November 3 to 5."""
    month = int(first_of(words, "MJ") or 0)
    days = [int(w.value) for w in words if w.tag == "d"][:2]
    year = _year_told(words, now, month, days[0])
    first, last = _date(year, month, days[0]), _date(year, month, days[1])
    if first is None or last is None or last < first:
        return None
    precision = TimePrecision.DAY if (last - first).days < 4 else TimePrecision.WEEK
    return Meaning(start=first, end=last, precision=precision, value=first.isoformat())


def clock(words: Words, now: Now) -> Meaning | None:
    """An hour: with a day beside it that day, alone the hour of a day not told."""
    numbers = [n for n, w in enumerate(words) if w.tag in "dN"]
    inner = _inner_day(words[numbers[any(w.tag == ":" for w in words)] + 1 :], now)
    hour = int(next(w.value for w in words if w.tag in "dN"))
    if hour > 24:
        return None
    day = inner or (now.anchor.start if now.anchor is not None and now.anchor.unit == "day" else now.published)
    minute = next((int(w.value) for w in [w for w in words if w.tag in "dN"][1:2] if ":" in {v.tag for v in words}), 0)
    hour += 12 if first_of(words, "p") == "pm" and hour < 12 else 0
    found = meaning(day_of(day), value=f"{day.isoformat()}T{hour:02}:{minute:02}")
    return found if inner is not None else evolve(found, start=None, end=None, role="clock", period=None)
