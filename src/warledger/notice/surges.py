"""Notice surges: a ledger and weeks in, the weeks in which a region saw more than its own past explains out.

Counted are events, people killed and people displaced, by country and first-order division, in weeks from Monday to
Sunday. A week is a surge where its count is above every week of the baseline, the BASELINE_WEEKS before it, and the
chance of so much under the baseline's own distribution is at most RATE. That distribution is a negative binomial whose
mean and over-dispersion are the baseline's (method of moments; Poisson where it shows none), with the variance widened
by (1 + 1/n) for a mean known from n weeks only (cf. Farrington et al. 1996, J. R. Statist. Soc. A 159, 547-563).
A region is judged from LEAST_WEEKS weeks of record on. Events told over more than a week are in no week. Imported rows
and events of reports are counted apart, for the one does not go on where the other ends. Refuses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import exp, inf, lgamma, log

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from warledger.domain.codes import EventType, Grade, Harm
from warledger.domain.dataset import is_imported
from warledger.domain.event import Event
from warledger.domain.finding import Surge, Surges
from warledger.notice.figures import Figures, figures_in
from warledger.notice.record import Area, areas_of
from warledger.ports import Ledger

BASELINE_WEEKS, LEAST_WEEKS = 104, 52
RATE = 0.001
"""The chance under the fitted baseline from which on a count is a surge."""
STATED_RATE = 0.005
"""At most so many weeks without any change are called a surge: measured on simulated negative binomial, Poisson and
compound series (tests/unit/test_surges.py). Of series with a heavier tail at most 1 / (weeks of baseline + 1) are,
whatever their distribution, for the week must be above every one of them."""
LEAST = {"events": 3, "killed": 5, "displaced": 100}
"""A smaller count is never a surge."""
WEEK = timedelta(days=7)

Counts = NDArray[np.int64]
_Key = tuple[bool, Area, str]


@frozen(kw_only=True)
class Baseline:
    """What a region's own past leads one to expect.

    Args:
        weeks: how many weeks it rests on.
        mean: expected count a week.
        variance: of the next week's count.
        most: the highest week.
    """

    weeks: int
    mean: float
    variance: float
    most: int

    @classmethod
    def of(cls, counts: Counts) -> Baseline:
        """Estimate it from the counts of past weeks."""
        n = len(counts)
        mean = (float(counts.sum()) + 0.5) / n
        dispersion = max(1.0, float(counts.var(ddof=1)) / mean)
        return cls(weeks=n, mean=mean, variance=dispersion * mean * (1 + 1 / n), most=int(counts.max()))

    def chance(self, count: int) -> float:
        """Probability of that count or more: the tail of a negative binomial with this mean and variance."""
        size = self.mean**2 / (self.variance - self.mean) if self.variance > self.mean else inf
        below = sum(exp(_log_mass(k, self.mean, size)) for k in range(count))
        return max(0.0, 1.0 - below)


def notice_surges(ledger: Ledger, first: date, last: date, known_at: datetime | None = None) -> Surges:
    """Notice the surges of the whole weeks between two days.

    Args:
        ledger: the record.
        first: the first week is the one that this day lies in.
        last: the last week ends on this day or before it.
        known_at: only what was recorded by then counts; None is everything.
    """
    events = [e for e in ledger.events(known_at=known_at) if e.grade is not Grade.DISCOUNTED and _week(e) is not None]
    fled = sorted({i for e in events if e.type is EventType.DISPLACEMENT for i in e.claim_ids})
    claims = {k.id: k for k in ledger.claims(ids=fled, known_at=known_at)} if fled else {}
    begins = _begins(events)
    found: list[Surge] = []
    looked = 0
    for key, weeks in _series(events, figures_in(claims)).items():
        begin = begins[key[0], _country(key[1])]
        counts = _counts(weeks, begin, last)
        for week in _weeks(first, last):
            at = (week - begin) // WEEK
            if at < LEAST_WEEKS:
                continue
            looked += 1
            if counts[at] >= LEAST[key[2]]:
                base = Baseline.of(counts[max(0, at - BASELINE_WEEKS) : at])
                found += _judged(key, weeks[week], week, base)
    return Surges(found=tuple(sorted(found, key=_order)), looked=looked, rate=STATED_RATE)


def _judged(key: _Key, counted: Sequence[tuple[int, Event]], week: date, base: Baseline) -> Iterator[Surge]:
    imported, area, measure = key
    count = sum(n for n, _ in counted)
    if count <= base.most or (chance := base.chance(count)) > RATE:
        return
    events = [e for n, e in counted if n]
    yield Surge(
        region=area[1].split("/", 1)[-1],
        level=area[0],
        country=_country(area),
        measure=measure,
        source="UCDP" if imported else "reports",
        week=week,
        count=count,
        expected=base.mean,
        most=base.most,
        baseline_weeks=base.weeks,
        chance=chance,
        event_ids=tuple(e.id for e in events),
        claim_ids=tuple(dict.fromkeys(i for e in events for i in e.claim_ids)),
    )


def _series(events: Sequence[Event], figures: Figures) -> Mapping[_Key, Mapping[date, list[tuple[int, Event]]]]:
    """Each region's events with what they count for each measure, by week."""
    series: dict[_Key, dict[date, list[tuple[int, Event]]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        week = _week(event)
        numbers = {"events": 1, "killed": figures(event, Harm.KILLED), "displaced": figures(event, Harm.DISPLACED)}
        for area in areas_of(event.place):
            for measure, number in numbers.items():
                if week is not None and area[0] != "place" and number:
                    series[is_imported(event.id), area, measure][week].append((number, event))
    return series


def _begins(events: Sequence[Event]) -> Mapping[tuple[bool, str], date]:
    """The first week of the record of each country: before it, nothing counted is nothing known."""
    begins: dict[tuple[bool, str], date] = {}
    for event in events:
        week = _week(event)
        for area in areas_of(event.place):
            if area[0] == "country" and week is not None:
                key = is_imported(event.id), area[1]
                begins[key] = min(week, begins.get(key, week))
    return begins


def _counts(weeks: Mapping[date, Sequence[tuple[int, Event]]], begin: date, last: date) -> Counts:
    """The count of every week from the one on; shape (weeks,)."""
    counts = np.zeros(max(0, (last - begin) // WEEK + 1), dtype=np.int64)
    for week, counted in weeks.items():
        if week <= last:
            counts[(week - begin) // WEEK] = sum(n for n, _ in counted)
    return counts


def _weeks(first: date, last: date) -> Iterator[date]:
    """The Monday of each whole week."""
    week = _monday(first)
    while week + WEEK - timedelta(days=1) <= last:
        yield week
        week += WEEK


def _week(event: Event) -> date | None:
    """The Monday of an event's week, or None where it is told over more than a week or of no day."""
    start, end = event.when.start, event.when.end
    return _monday(start) if start is not None and end is not None and end - start < WEEK else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _country(area: Area) -> str:
    return area[1].split("/", 1)[0]


def _log_mass(k: int, mean: float, size: float) -> float:
    """Log-probability of k under a negative binomial of that mean and size, Poisson where the size is infinite."""
    if size == inf:
        return k * log(mean) - mean - lgamma(k + 1)
    rest = lgamma(k + size) - lgamma(size) - lgamma(k + 1)
    return rest + size * log(size / (size + mean)) + k * log(mean / (size + mean))


def _order(surge: Surge) -> tuple[object, ...]:
    return surge.week, surge.country, surge.level, surge.region, surge.measure, surge.source
