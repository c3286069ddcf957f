"""Put days, intervals and figures in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import frozen

from warledger.domain.claim import Figure
from warledger.domain.codes import Harm
from warledger.domain.phrases import Phrases
from warledger.domain.when import Interval, TimePrecision
from warledger.tell.templates import fill, listed

_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@frozen(kw_only=True)
class Measures:
    """Words for days and numbers; the year is said where it is not that of the brief."""

    phrases: Phrases
    year: int | None = None

    def day(self, day: date) -> str:
        """A day: "30 November", with the year where it differs."""
        return f"{day.day} {day:%B}" + ("" if day.year == self.year else f" {day.year}")

    def when(self, when: Interval) -> str:
        """An interval: "on 30 November", "between 27 and 30 November", "by 5 December", "in March 2020"."""
        times, start, end = self.phrases.times, when.start, when.end
        if start is None and end is None:
            return ""
        if start is None or end is None:
            key, day = ("until", end) if start is None else ("since", start)
            return fill(times[key], day=self.day(day or date.min))
        if start == end:
            return fill(times["day"], day=self.day(start))
        if when.precision is TimePrecision.YEAR and start == date(start.year, 1, 1) and end == date(start.year, 12, 31):
            return fill(times["year"], year=str(start.year))
        if when.precision is TimePrecision.MONTH and start.day == 1 and end == _month_end(start):
            return fill(times["month"], month=f"{start:%B %Y}")
        first = str(start.day) if (start.year, start.month) == (end.year, end.month) else self.day(start)
        last = self.day(end) if start.year == end.year else f"{end.day} {end:%B %Y}"
        return fill(times["days"], start=first, end=last)

    def count(self, number: int) -> str:
        """A small count in words, a larger one in figures."""
        return _WORDS[number] if 0 < number < len(_WORDS) else f"{number:,}"

    def share(self, number: int, total: int) -> tuple[str, str]:
        """A part and its whole, both in words or both in figures."""
        return (self.count(number), self.count(total)) if total < len(_WORDS) else (f"{number:,}", f"{total:,}")

    def between(self, low: int | None, high: int | None) -> str:
        """A number of which the least and the most are known: "23", "at least 300", "up to 40", "between 12 and 20"."""
        said = self.phrases.figures
        if low is None:
            return fill(said["at_most"], n=f"{high:,}") if high is not None else ""
        if high is None:
            return fill(said["at_least"], n=f"{low:,}")
        if low == high:
            return fill(said["exactly"], n=f"{low:,}")
        return fill(said["between"], low=f"{low:,}", high=f"{high:,}")

    def people(self, low: int | None, high: int | None, of: str) -> str:
        """A number with whom it counts: "27 civilians", "1 child"."""
        one, many = self.phrases.people.get(of, (of, of))
        return f"{self.between(low, high)} {one if low == high == 1 else many}"

    def figures(self, figures: Iterable[Figure]) -> str:
        """Every figure of a claim: "at least 15 civilians (6 children) killed and 36 civilians wounded"."""
        by_harm: dict[Harm, list[Figure]] = {}
        for f in figures:
            if f.min is not None or f.max is not None:
                by_harm.setdefault(f.harm, []).append(f)
        return listed(tuple(f"{self._counted(found)} {self.phrases.harms[harm]}" for harm, found in by_harm.items()))

    def _counted(self, figures: Sequence[Figure]) -> str:
        """The figures of one harm; those that a larger one may hold stand behind it in brackets."""
        whole = next((f for of in self.phrases.people_within for f in figures if f.of == of), None)
        within = self.phrases.people_within[whole.of] if whole is not None else ()
        parts = [self.people(f.min, f.max, f.of) for f in figures if f.of in within]
        said = [
            self.people(f.min, f.max, f.of) + (f" ({', '.join(parts)})" if f is whole and parts else "")
            for f in figures
            if f.of not in within
        ]
        return listed(said)


def _month_end(day: date) -> date:
    return day + timedelta(days=monthrange(day.year, day.month)[1] - 1)
