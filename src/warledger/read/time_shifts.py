"""What times counted from another mean: so many units ago, before, after or long; words and moment in, days out.

A vague number of units ("a few days ago") leaves an end open.
"""

from __future__ import annotations

from datetime import date

from warledger.domain.when import TimePrecision
from warledger.read.calendar_units import PRECISION, day_of, period, shift, shift_days
from warledger.read.lexing import Lexed
from warledger.read.time_articles import quarter_back
from warledger.read.time_meanings import Meaning, Now, Words, all_of, first_of, last_day, meaning, open_meaning


def count_of(words: Words) -> int | None:
    """A number of units; None where it is vague."""
    if any(w.tag == "j" for w in words):
        return 2
    counts = all_of(words, "dNiQ")
    if not counts:
        return 1
    if counts[0].tag == "i":
        return 1
    if counts[0].tag == "Q" or not counts[0].value.isdigit():
        return None
    return min(int(counts[0].value), 100_000)


def _unit_ago(words: Words, now: Now, base: date, sign: int) -> Meaning | None:
    unit, count = first_of(words, "Uj") or "day", count_of(words)
    if unit in ("hour", "minute"):
        return meaning(day_of(shift_days(base, sign * ((count or 0) // 24))))
    if unit == "night":
        unit = "day"
    if count is None:
        edge = base if sign < 0 else None
        return open_meaning("PAST_REF" if sign < 0 else "FUTURE_REF", start=None if sign < 0 else base, end=edge)
    if unit == "year" and now.anchor is not None and now.anchor.unit == "quarter":
        back = quarter_back(now) if (sign, count) == (-1, 1) else None
        return meaning(back or period(shift(now.anchor.start, "year", sign * count), "quarter"))
    if any(w.tag == "U" for w in words) and unit == "decade":
        unit, count = "year", count * 10
    return meaning(period(shift(base, unit, sign * count), unit))


def ago(words: Words, now: Now) -> Meaning | None:
    """Ago."""
    return _unit_ago(words, now, now.published, -1)


def current(words: Words, now: Now) -> Meaning | None:
    """The word "current" alone: what holds at publication."""
    return open_meaning("PRESENT_REF", start=now.published) if words[0].value == "current" else None


def so_far(words: Words, now: Now) -> Meaning | None:
    """Since then, so far: from the time told last up to publication."""
    if now.anchor is None or now.anchor.start >= now.published:
        return None
    precision = PRECISION.get(now.anchor.unit, TimePrecision.DAY)
    return Meaning(start=now.anchor.start, end=now.published, precision=precision, value="PAST_REF", role="since")


def eve(words: Words, now: Now) -> Meaning | None:
    """The day before the day told last, or the day after it."""
    base = now.published if now.anchor is None else now.anchor.start
    return meaning(day_of(shift_days(base, int(words[0].value or -1))))


def full_day(words: Words, now: Now) -> Meaning | None:
    """Within the 24 hours (Russian and Ukrainian have a word for them); no other unit stands so alone."""
    return last_day(now) if first_of(words, "U") == "24h" else None


def before(words: Words, now: Now) -> Meaning | None:
    """Before."""
    base = now.published if now.anchor is None else now.anchor.start
    if not now.article and not any(w.tag in "dNiQj" for w in words):
        return open_meaning("PAST_REF", end=base)
    return _unit_ago(words, now, base, -1)


def later(words: Words, now: Now) -> Meaning | None:
    """Two days later, the next day: counted from the last day told."""
    base = now.published if now.anchor is None else now.anchor.end
    return _unit_ago(words, now, base, 1)


def after(words: Words, now: Now) -> Meaning | None:
    """A day after the truce: what follows was so long before what its sentence dates."""
    if now.last:
        return later(words, now)
    base = now.anchor.start if now.anchor is not None and now.same_sentence else now.published
    return _unit_ago(words, now, base, -1)


def lasting(words: Words, now: Now) -> Meaning | None:
    """For seven months, in three days: up to the publication, or from it on where a plan is told."""
    count = count_of(words)
    if count is None:
        return duration(words, now)
    is_days = first_of(words, "Uj") == "day"
    if now.planned and is_days:
        end = shift(now.published, "day", max(count, 1) - 1)
        return Meaning(start=now.published, end=end, precision=TimePrecision.DAY, value=f"P{count}D")
    if now.planned or not is_days:
        return past_units([*words, *([Lexed(0, 0, "X", "")] if now.planned else [])], now)
    base = (
        now.anchor.start if now.anchor is not None and now.same_sentence and now.anchor.unit == "day" else now.published
    )
    return Meaning(
        start=shift(base, "day", 1 - max(count, 1)), end=base, precision=TimePrecision.DAY, value=f"P{count}D"
    )


def same(words: Words, now: Now) -> Meaning | None:
    """That day, the same month."""
    unit = first_of(words, "Uj") or "day"
    return None if now.anchor is None else meaning(period(now.anchor.start, unit if unit != "night" else "day"))


def past_units(words: Words, now: Now) -> Meaning | None:
    """The past two weeks, the last 24 hours, the coming days."""
    unit, count = first_of(words, "Uj") or "day", count_of(words)
    ahead = any(w.tag == "X" for w in words)
    if count is None:
        if ahead:
            return open_meaning("FUTURE_REF", start=now.published)
        return open_meaning("PAST_REF", end=now.published)
    if unit in ("hour", "minute"):
        unit, count = "day", max(1, -(-count // 24)) if unit == "hour" else 0
    if unit in ("night", "weekend"):
        unit = "day"
    edge = shift(now.published, unit, count if ahead else -count)
    start, end = sorted((edge, now.published))
    precision = PRECISION.get(unit, TimePrecision.DAY)
    return Meaning(start=start, end=end, precision=precision, value=f"P{count}{unit[0].upper()}")


def recent(words: Words, now: Now) -> Meaning | None:
    """Recent."""
    return open_meaning("PAST_REF", end=now.published)


def reference(words: Words, now: Now) -> Meaning | None:
    """Reference."""
    value = first_of(words, "r") or "PAST_REF"
    if value == "PAST_REF":
        return open_meaning(value, end=now.published)
    return open_meaning(value, start=now.published)


def duration(words: Words, now: Now) -> Meaning | None:
    """Duration."""
    role = "age" if any(w.tag == "G" for w in words) else "set" if any(w.tag == "V" for w in words) else "duration"
    count, unit = count_of(words), first_of(words, "Uj") or "day"
    letter = {"hour": "TH", "minute": "TM"}.get(unit, unit[0].upper())
    amount = "X" if count is None else str(count)
    return Meaning(start=None, end=None, precision=TimePrecision.OPEN, value=f"P{amount}{letter}", role=role)
