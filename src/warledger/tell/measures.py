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
from warledger.tell.templates import Noun, fill, listed


@frozen(kw_only=True)
class Measures:
    """Words for days and numbers; the year is said where it is not that of the brief."""

    phrases: Phrases
    year: int | None = None

    def day(self, day: date) -> str:
        """A day: "30 November", with the year where it differs."""
        return self.yearless(day) if day.year == self.year else self.dated(day)

    def yearless(self, day: date) -> str:
        """A day without its year."""
        return fill(self.phrases.times["date"], day=str(day.day), month=self._month(day))

    def dated(self, day: date) -> str:
        """A day with its year: "30 November 2024"."""
        return fill(self.phrases.times["dated"], day=str(day.day), month=self._month(day), year=str(day.year))

    def month_of(self, day: date) -> str:
        """The month of a day: "March 2020"."""
        return fill(self.phrases.times["month_of"], month=self._month(day), year=str(day.year))

    def _month(self, day: date) -> str:
        return self.phrases.months[day.month - 1]

    def period(self, first: date, last: date) -> str:
        """Days in words: "30 November 2024", "27 November to 8 December 2024"."""
        if first == last:
            return self.dated(last)
        begin = self.yearless(first) if first.year == last.year else self.dated(first)
        return fill(self.phrases.titles["days"], first=begin, last=self.dated(last))

    def since(self, said: str) -> str:
        """Since when, in words: "2016", "March 2020", "29 November 2020"."""
        parts = said.split("-")
        if len(parts) == 1 or not all(p.isdigit() for p in parts):
            return said
        day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
        return self.dated(day) if len(parts) == 3 else self.month_of(day)

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
            return fill(times["month"], month=self.month_of(start))
        first = str(start.day) if (start.year, start.month) == (end.year, end.month) else self.day(start)
        last = self.day(end) if start.year == end.year else self.dated(end)
        return fill(times["days"], start=first, end=last)

    def count(self, number: int) -> Noun:
        """A small count in words where the language writes it so, a larger one in figures."""
        words = self.phrases.numbers
        return Noun(words[number] if 0 < number < len(words) else f"{number:,}", self._form(number))

    def share(self, number: int, total: int) -> tuple[Noun, Noun]:
        """A part and its whole, both in words or both in figures."""
        if total < len(self.phrases.numbers):
            return self.count(number), self.count(total)
        return self.number(number), self.number(total)

    def number(self, number: int) -> Noun:
        """A number in figures, and the form of what it counts."""
        return Noun(f"{number:,}", self._form(number))

    def _form(self, number: int) -> int:
        counting = self.phrases.counting
        return next((n for n, c in enumerate(counting) if c.holds(number)), len(counting))

    def people(self, low: int | None, high: int | None, of: str) -> str:
        """A number of which the least and the most are known, with whom it counts.

        "1 child", "23 people", "at least 300 civilians", "up to 40 soldiers", "between 12 and 20 people".
        """
        said, last = self.phrases.figures, low if high is None else high
        if last is None:
            return ""
        counted = fill(self.phrases.people.get(of, "{n} {of}"), n=self.number(last), of=self._foreign(of))
        if low is None:
            return fill(said["at_most"], people=counted)
        if high is None:
            return fill(said["at_least"], people=counted)
        return fill(said["exactly" if low == high else "between"], low=f"{low:,}", people=counted)

    def extent(self, said: str) -> str:
        """How much of an area: "70 locations"; what the table has no words for is told as the record has it."""
        number, _, what = said.partition(" ")
        words = self.phrases.counted.get(what)
        if words is None or not number.isdecimal():
            return self._foreign(said)
        return fill(words, n=self.number(int(number)))

    def _foreign(self, said: str) -> str:
        return fill(self.phrases.foreign, name=said)

    def figures(self, figures: Iterable[Figure]) -> str:
        """Every figure of a claim: "at least 15 civilians (6 children) killed and 36 civilians wounded"."""
        by_harm: dict[Harm, list[Figure]] = {}
        for f in figures:
            if f.min is not None or f.max is not None:
                by_harm.setdefault(f.harm, []).append(f)
        said = tuple(self.harmed(harm, self._counted(found)) for harm, found in by_harm.items())
        return listed(said, self.phrases.joints)

    def harmed(self, harm: Harm, people: str) -> str:
        """People and what was done to them: "12 people killed"."""
        return fill(self.phrases.harms[harm], people=people)

    def _counted(self, figures: Sequence[Figure]) -> str:
        """The figures of one harm; those that a larger one may hold stand behind it in brackets."""
        whole = next((f for of in self.phrases.people_within for f in figures if f.of == of), None)
        within = self.phrases.people_within[whole.of] if whole is not None else ()
        parts = [self.people(f.min, f.max, f.of) for f in figures if f.of in within]
        inside = f" ({self.phrases.joints[0].join(parts)})" if parts else ""
        said = [self.people(f.min, f.max, f.of) + (inside if f is whole else "") for f in figures if f.of not in within]
        return listed(said, self.phrases.joints)


def _month_end(day: date) -> date:
    return day + timedelta(days=monthrange(day.year, day.month)[1] - 1)
