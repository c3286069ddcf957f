"""Findings: what the monitor noticed in its own record."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.claim import Precedent
from warledger.domain.codes import EventType, Rank


@frozen(kw_only=True)
class Coverage:
    """How dense the record is where and when a precedent asks: months in which it holds some event.

    Args:
        first: first day of the window.
        last: last day.
        months: months that the window touches.
        country: ISO code of the country, or None for anywhere.
        country_months: those with an event in the country.
        division: first-order division of the place, or None where the place is wider or its division not known.
        division_months: those with an event in the division; 0 where there is none.
    """

    first: date
    last: date
    months: int
    country: str | None
    country_months: int
    division: str | None = None
    division_months: int = 0

    def __str__(self) -> str:
        span = f"{self.months} months from {self.first:%Y-%m} to {self.last:%Y-%m}"
        said = f"{self.country_months} of {span} have events" + (f" in {self.country}" if self.country else "")
        return said + (f", {self.division_months} in {self.division}" if self.division else "")


@frozen(kw_only=True)
class PrecedentFinding:
    """A claimed precedent and what the record says of it.

    Args:
        claim_id: the claim that makes it.
        precedent: the rank and since when.
        verdict: `supported`, `contradicted` or `record too thin`.
        reason: in words, with the coverage.
        event_ids: the events that contradict it, if any.
        contrary: the claims behind those events.
        coverage: how dense the record is, where the verdict rests on its silence.
    """

    claim_id: str
    precedent: Precedent
    verdict: str
    reason: str
    event_ids: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    coverage: Coverage | None = None


@frozen(kw_only=True)
class NoticedPrecedent:
    """An event that is the first or the deadliest of its kind in a place since a day, though nobody said so.

    Args:
        event_id: the event.
        claim_ids: the claims behind it.
        rank: first or deadliest.
        type: what kind.
        day: the event's first day.
        place: the widest place for which it is true, by name.
        level: `place`, `division` or `country`.
        since: last day of the earlier one like it, or the day on which the record begins.
        before: the earlier one, or None where the record holds none.
        killed: fewest killed in the event, or None where nobody is known to have been.
        coverage: how dense the record is in between.
    """

    event_id: str
    claim_ids: tuple[str, ...]
    rank: Rank
    type: EventType
    day: date
    place: str
    level: str
    since: date
    before: str | None
    killed: int | None
    coverage: Coverage

    def __str__(self) -> str:
        return f"{self.what} in {self.place} {self.when}; {self.coverage}"

    @property
    def what(self) -> str:
        """Rank and kind: "first deadly attack", "deadliest attack (12 killed or more)"."""
        kind = str(self.type).replace("_", " ")
        if self.rank is Rank.DEADLIEST:
            return f"deadliest {kind} ({self.killed} killed or more)"
        return f"{self.rank} deadly {kind}" if self.killed else f"{self.rank} {kind}"

    @property
    def when(self) -> str:
        """Since when: "since 2014-03-02", or from where on the record goes."""
        return f"since {self.since}" if self.before else f"in the record, which begins {self.since}"


@frozen(kw_only=True)
class Surge:
    """A week in which a region saw more than its own past explains.

    Args:
        region: the country's ISO code or the division's name.
        level: `country` or `division`.
        country: ISO code.
        measure: `events`, `killed` or `displaced`.
        source: `reports` or the dataset that was counted.
        week: its Monday.
        count: how many.
        expected: the mean of the baseline.
        most: the highest week of the baseline.
        baseline_weeks: how many weeks the baseline has.
        chance: of so many or more, were the region as before.
        event_ids: the events counted.
        claim_ids: the claims behind them.
    """

    region: str
    level: str
    country: str
    measure: str
    source: str
    week: date
    count: int
    expected: float
    most: int
    baseline_weeks: int
    chance: float
    event_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]


@frozen(kw_only=True)
class Surges:
    """What a look for surges found.

    Args:
        found: the surges, by week.
        looked: how many weeks of regions and measures had a long enough past to be judged.
        rate: the stated false-alarm rate a week, region and measure.
    """

    found: tuple[Surge, ...]
    looked: int
    rate: float
