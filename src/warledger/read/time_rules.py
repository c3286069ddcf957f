"""The rules of time expressions: for each, its pattern over the classes of words and the days that it means.

In go the words of one match and the moment they are read at; out comes what they mean, or None where the words cannot
be a time (31 February). The words of each language stand in the tables `data/cues/dates.<language>.yaml`.
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
    year_of,
)
from warledger.read.lexing import Lexed

TAGS = {
    "month": "M",
    "weekday": "W",
    "unit": "U",
    "day_part": "P",
    "season": "S",
    "day_word": "D",
    "last": "L",
    "next": "X",
    "this": "T",
    "ago": "A",
    "before": "B",
    "after": "F",
    "since": "C",
    "until": "H",
    "early": "e",
    "middle": "m",
    "late": "l",
    "recent": "R",
    "of": "O",
    "article": "t",
    "number": "N",
    "vague": "Q",
    "between": "b",
    "and": "n",
    "to": "o",
    "from": "f",
    "same": "K",
    "every": "V",
    "old": "G",
    "reference": "r",
    "clock": "p",
    "zone": "z",
    "overnight": "v",
    "ordinal": "q",
    "will": "x",
    "one": "i",
    "decade_suffix": "E",
    "later": "k",
    "within": "I",
    "dual": "j",
    "day_number": "d",
    "since_behind": "c",
    "until_behind": "h",
}
"""Each class of the tables and its letter. In digits: d up to 31, Y a year, N any other number."""

COUNT = "[dNiQ]"
SPAN = f"(?:{COUNT}U|j)"
"""A number of units, or the dual of one (Arabic "two days")."""


@frozen(kw_only=True)
class Now:
    """What a time is read against: the publication date, the last day told before it and whether in the same sentence.

    `planned` says that a plan is told, `last` that no word follows before the next punctuation.
    """

    published: date
    anchor: Period | None = None
    same_sentence: bool = False
    planned: bool = False
    last: bool = False


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


def _open(value: str, *, start: date | None = None, end: date | None = None, role: str = "point") -> Meaning:
    return Meaning(start=start, end=end, precision=TimePrecision.OPEN, value=value, role=role)


def _all(words: Words, tags: str) -> list[Lexed]:
    return [w for w in words if w.tag in tags]


def _one(words: Words, tags: str) -> str | None:
    return next((w.value for w in words if w.tag in tags), None)


def _part(words: Words) -> str | None:
    found = next((w.tag for w in words if w.tag in "eml"), None)
    return None if found is None else {"e": "early", "m": "mid", "l": "late"}[found]


def _taken(whole: Period, words: Words) -> Meaning:
    part = _part(words)
    if part is None:
        return meaning(whole)
    found = meaning(part_of(whole, part))
    return evolve(found, middle=whole.start.replace(day=15)) if part == "mid" and whole.unit == "month" else found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_near(now: Now, month: int, day: int) -> int:
    """The year of a date without one: the latest not after publication; the next one where a plan is told."""
    year = now.published.year
    when = (month, day)
    today = (now.published.month, now.published.day)
    if now.planned:
        return year if when >= today else year + 1 if month <= 3 and today[0] >= 9 else year
    return year if when <= today else year - 1


def _year_told(words: Words, now: Now, month: int, day: int) -> int:
    told = _one(words, "Y")
    if told is not None:
        return int(told)
    for word in words:
        if word.tag in "LTX" and any(w.tag == "U" and w.value == "year" for w in words):
            return now.published.year + {"L": -1, "T": 0, "X": 1}[word.tag]
    return _year_near(now, month, day)


def _day_value(day: date, words: Words) -> str:
    part = _one(words, "P")
    return day.isoformat() + (f"T{part}" if part else "")


def _absolute(words: Words, now: Now) -> Meaning | None:
    month = int(_one(words, "M") or 0)
    day = int(next(w.value for w in words if w.tag == "d"))
    when = _date(_year_told(words, now, month, day), month, day)
    return None if when is None else meaning(day_of(when), value=_day_value(when, words))


def _numeric(words: Words, now: Now) -> Meaning | None:
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


def _month(words: Words, now: Now) -> Meaning | None:
    month = int(_one(words, "M") or 0)
    year = _year_told(words, now, month, 1)
    if _one(words, "Y") is None and not any(w.tag == "U" for w in words):
        if any(w.tag == "L" for w in words) and (year, month) == (now.published.year, now.published.month):
            year -= 1
        if any(w.tag == "X" for w in words) and (year, month) <= (now.published.year, now.published.month):
            year += 1
        if any(w.tag == "T" for w in words):
            year = now.published.year
    return _taken(month_of(year, month), words)


def _weekday(words: Words, now: Now) -> Meaning | None:
    day = int(_one(words, "W") or 0)
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


def _day_word(words: Words, now: Now) -> Meaning | None:
    when = shift_days(now.published, int(_one(words, "D") or 0))
    return meaning(day_of(when), value=_day_value(when, words))


def _part_of_day(words: Words, now: Now) -> Meaning | None:
    """This morning, last night, that evening."""
    tag = words[0].tag if words[0].tag in "TLKX" else words[-1].tag
    base = now.published
    if tag == "K" and now.anchor is not None:
        base = now.anchor.start
    when = shift_days(base, -1 if tag == "L" else 1 if tag == "X" else 0)
    return meaning(day_of(when), value=_day_value(when, words))


def _overnight(words: Words, now: Now) -> Meaning | None:
    inner = _inner_day(words, now) or now.published
    before = shift_days(inner, -1)
    return Meaning(start=before, end=inner, precision=TimePrecision.DAY, value=f"{before.isoformat()}TNI", period=None)


def _night_between(words: Words, now: Now) -> Meaning | None:
    """The night from Saturday to Sunday."""
    return _overnight([w for w in words if w.tag == "W"][-1:], now)


def _inner_day(words: Words, now: Now) -> date | None:
    for tag, resolve in (("M", _absolute), ("W", _weekday), ("D", _day_word)):
        if any(w.tag == tag for w in words):
            found = resolve(words, now)
            return None if found is None else found.start
    return None


def _unit(words: Words, now: Now) -> Meaning | None:
    """This week, last month, late last year, earlier this month."""
    unit = _one(words, "Uj") or "day"
    tag = next(w.tag for w in words if w.tag in "LTX")
    whole = period(shift(now.published, unit, {"L": -1, "T": 0, "X": 1}[tag]), unit)
    if unit == "weekend" and tag == "T" and whole.start > now.published and not now.planned:
        whole = period(shift(now.published, unit, -1), unit)
    part = _part(words)
    if part is not None:
        whole = part_of(whole, part)
    elif tag == "T" and not now.planned and whole.start <= now.published:
        whole = evolve(whole, end=min(whole.end, now.published))
    return meaning(whole)


def _weekend(words: Words, now: Now) -> Meaning | None:
    whole = period(now.published, "weekend")
    if whole.start > now.published and not now.planned:
        whole = period(shift(now.published, "week", -1), "weekend")
    return meaning(whole)


def _season(words: Words, now: Now) -> Meaning | None:
    code = _one(words, "S") or "SP"
    told = _one(words, "Y")
    year = now.published.year if told is None else int(told)
    whole = season_of(year, code)
    if told is None:
        if any(w.tag == "U" for w in words):
            year += next(({"L": -1, "T": 0, "X": 1}[w.tag] for w in words if w.tag in "LTX"), 0)
        elif any(w.tag == "X" for w in words):
            year += whole.start <= now.published
        elif any(w.tag == "L" for w in words):
            year -= whole.end >= now.published
        elif not now.planned:
            year -= whole.start > now.published
        whole = season_of(year, code)
    return _taken(whole, words)


def _count(words: Words) -> int | None:
    """A number of units; None where it is vague."""
    if any(w.tag == "j" for w in words):
        return 2
    counts = _all(words, "dNiQ")
    if not counts:
        return 1
    if counts[0].tag == "i":
        return 1
    if counts[0].tag == "Q" or not counts[0].value.isdigit():
        return None
    return min(int(counts[0].value), 100_000)


def _unit_ago(words: Words, now: Now, base: date, sign: int) -> Meaning | None:
    unit, count = _one(words, "Uj") or "day", _count(words)
    if unit in ("hour", "minute"):
        return meaning(day_of(shift_days(base, sign * ((count or 0) // 24))))
    if unit == "night":
        unit = "day"
    if count is None:
        edge = base if sign < 0 else None
        return _open("PAST_REF" if sign < 0 else "FUTURE_REF", start=None if sign < 0 else base, end=edge)
    if any(w.tag == "U" for w in words) and unit == "decade":
        unit, count = "year", count * 10
    return meaning(period(shift(base, unit, sign * count), unit))


def _ago(words: Words, now: Now) -> Meaning | None:
    return _unit_ago(words, now, now.published, -1)


def _before(words: Words, now: Now) -> Meaning | None:
    base = now.published if now.anchor is None else now.anchor.start
    return _unit_ago(words, now, base, -1)


def _later(words: Words, now: Now) -> Meaning | None:
    """Two days later, the next day: counted from the last day told."""
    base = now.published if now.anchor is None else now.anchor.end
    return _unit_ago(words, now, base, 1)


def _after(words: Words, now: Now) -> Meaning | None:
    """A day after the truce: what follows was so long before what its sentence dates."""
    if now.last:
        return _later(words, now)
    base = now.anchor.start if now.anchor is not None and now.same_sentence else now.published
    return _unit_ago(words, now, base, -1)


def _lasting(words: Words, now: Now) -> Meaning | None:
    """For seven months, in three days: up to the publication, or from it on where a plan is told."""
    count = _count(words)
    if count is None:
        return _duration(words, now)
    return _past_units([*words, *([] if not now.planned else [Lexed(0, 0, "X", "")])], now)


def _same(words: Words, now: Now) -> Meaning | None:
    """That day, the same month."""
    unit = _one(words, "Uj") or "day"
    return None if now.anchor is None else meaning(period(now.anchor.start, unit if unit != "night" else "day"))


def _past_units(words: Words, now: Now) -> Meaning | None:
    """The past two weeks, the last 24 hours, the coming days."""
    unit, count = _one(words, "Uj") or "day", _count(words)
    ahead = any(w.tag == "X" for w in words)
    if count is None:
        if ahead:
            return _open("FUTURE_REF", start=now.published)
        return _open("PAST_REF", end=now.published)
    if unit in ("hour", "minute"):
        unit, count = "day", max(1, -(-count // 24)) if unit == "hour" else 0
    if unit in ("night", "weekend"):
        unit = "day"
    edge = shift(now.published, unit, count if ahead else -count)
    start, end = sorted((edge, now.published))
    precision = PRECISION.get(unit, TimePrecision.DAY)
    return Meaning(start=start, end=end, precision=precision, value=f"P{count}{unit[0].upper()}")


def _recent(words: Words, now: Now) -> Meaning | None:
    return _open("PAST_REF", end=now.published)


def _year(words: Words, now: Now) -> Meaning | None:
    return _taken(year_of(int(_one(words, "Y") or 0)), words)


def _years(words: Words, now: Now) -> Meaning | None:
    """2014-2016, 2014 to 2016."""
    first, last = (int(w.value) for w in _all(words, "Y"))
    if last < first:
        return None
    return Meaning(start=date(first, 1, 1), end=date(last, 12, 31), precision=TimePrecision.YEAR, value=str(first))


def _decade(words: Words, now: Now) -> Meaning | None:
    told = _one(words, "YNd") or "0"
    year = int(told) if len(told) == 4 else 1900 + int(told)
    if year % 10 or not 1900 <= year <= 2099:
        return None
    return meaning(period(date(year, 1, 1), "decade"))


def _quarter(words: Words, now: Now) -> Meaning | None:
    unit = _one(words, "U") or "quarter"
    if unit not in ("quarter", "half"):
        return None
    number = int(_one(words, "q") or 1)
    if number > (4 if unit == "quarter" else 2):
        return None
    size = 3 if unit == "quarter" else 6
    year = int(_one(words, "Y") or now.published.year)
    if _one(words, "Y") is None and date(year, (number - 1) * size + 1, 1) > now.published and not now.planned:
        year -= 1
    if _one(words, "Y") is None and any(w.tag == "L" for w in words):
        year = now.published.year - 1
    return meaning(period(date(year, (number - 1) * size + 1, 1), unit))


def _days_of_month(words: Words, now: Now) -> Meaning | None:
    """3-5 November, November 3 to 5."""
    month = int(_one(words, "M") or 0)
    days = [int(w.value) for w in words if w.tag == "d"][:2]
    year = _year_told(words, now, month, days[0])
    first, last = _date(year, month, days[0]), _date(year, month, days[1])
    if first is None or last is None or last < first:
        return None
    precision = TimePrecision.DAY if (last - first).days < 4 else TimePrecision.WEEK
    return Meaning(start=first, end=last, precision=precision, value=first.isoformat())


def _reference(words: Words, now: Now) -> Meaning | None:
    value = _one(words, "r") or "PAST_REF"
    if value == "PAST_REF":
        return _open(value, end=now.published)
    return _open(value, start=now.published)


def _clock(words: Words, now: Now) -> Meaning | None:
    """An hour: with a day beside it that day, alone the hour of a day not told."""
    inner = _inner_day([w for w in words if w.tag not in "dN" or any(v.tag == "M" for v in words)], now)
    hour = int(next(w.value for w in words if w.tag in "dN"))
    if hour > 24:
        return None
    day = inner or (now.anchor.start if now.anchor is not None and now.anchor.unit == "day" else now.published)
    hour += 12 if _one(words, "p") == "pm" and hour < 12 else 0
    found = meaning(day_of(day), value=f"{day.isoformat()}T{hour:02}:00")
    return found if inner is not None else evolve(found, start=None, end=None, role="clock", period=None)


def _duration(words: Words, now: Now) -> Meaning | None:
    role = "age" if any(w.tag == "G" for w in words) else "set" if any(w.tag == "V" for w in words) else "duration"
    count, unit = _count(words), _one(words, "Uj") or "day"
    letter = {"hour": "TH", "minute": "TM"}.get(unit, unit[0].upper())
    amount = "X" if count is None else str(count)
    return Meaning(start=None, end=None, precision=TimePrecision.OPEN, value=f"P{amount}{letter}", role=role)


_ABS = "(?:W,?[OI]?t?)?(?:d[OI]?M(?:,?[OI]?(?:Y|[LTX]U|tU[LTX]))?|Mt?d(?:,?[OI]?Y(?!U))?)"
_DAYISH = f"(?:{_ABS}|[LTX]?WL?|D)"

RULES: tuple[tuple[str, str, Resolver], ...] = (
    ("days", "f?t?d[OI]?[-onH]t?d[OI]?M(?:,?[OI]?Y)?|Md[-onH]d(?:,?[OI]?Y)?", _days_of_month),
    ("iso", "Y-d-d(?!-)|d[./-]d[./-][YN]|d[./]d[./]d", _numeric),
    ("clock", f"(?:[dN]:?[dN]?:?p|[dN]:[dN])z?,?[OI]?(?:{_DAYISH})?", _clock),
    ("night between", "P[OICft]*W[oO]t?W", _night_between),
    ("overnight", f"v[OI]?t?(?:o?{_DAYISH})?", _overnight),
    ("date", f"(?:P[OICf]?t?)?{_ABS}P?", _absolute),
    ("month", "[eml]?[OI]?t?[LTX]?M(?:,?[OI]?t?(?:Y|[LTX]U|U[LTX]))?L?", _month),
    ("weekday", "(?:[eml][OI]?)?t?[LTXK]?W[OI]?t?[LTX]U|[LTXK]?W[OI]?t?U[LTX]|(?:P[OIf]?t?)?[LTX]?W[LX]?P?", _weekday),
    ("day word", "(?:[eml])?DP?|P[OI]?D", _day_word),
    ("quarter", "[LT]?[OI]?qU(?:[OI]?Y)?|YqU", _quarter),
    ("ago", f"{SPAN}A|A{SPAN}|AU|UA", _ago),
    ("before", f"t?(?:{SPAN}|U)B", _before),
    ("after", f"{SPAN}F", _after),
    ("later", f"{SPAN}k|k{SPAN}|tXU|tUX", _later),
    ("past units", f"[OI]?t?[LRTX]{SPAN}|t?{COUNT}[LRX]U|t?{SPAN}[LRX]", _past_units),
    ("unit", "[Bkel]?[OI]?t?[LTX]+U|[Bkel]?[OI]?t?U[LTX]", _unit),
    ("season", "[eml]?[OI]?t?(?:[LTX]S|SL|S[OI]?t?(?:Y|U[LTX]|[LTX]U)|(?<=[OI])S|(?<=[OI]t)S)", _season),
    ("part of day", "[TLKX]P|P[LTX]", _part_of_day),
    ("same", "t?K[UP]", _same),
    ("years", "(?:f|b)?Y[-onH]Y", _years),
    ("decade", "[eml]?t?'?[YNd]'?E", _decade),
    ("year", "[eml]?[OI]?Y", _year),
    ("set", f"V{COUNT}?U|VW|VP|V", _duration),
    ("lasting", f"(?<=[IC]){SPAN}(?!-?[GBkF])", _lasting),
    ("duration", f"(?:{COUNT}-?U|j)-?G?", _duration),
    ("recent", "RU", _recent),
    ("reference", "r", _reference),
)
"""Name, pattern over the letters, what it means; of two that match at one place the first counts."""
