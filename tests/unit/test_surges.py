"""Surges against a region's own past: the stated rate of false alarms on simulated series, and what counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import exp, factorial
from pathlib import Path

import attrs
import numpy as np
import pytest
from gold_ledger import build_ledger
from made_events import an_event

from warledger.adapters.stores.memory import MemoryLedger
from warledger.cli.main import run
from warledger.domain.codes import Grade
from warledger.domain.event import Event
from warledger.domain.finding import Surges
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval
from warledger.notice.surges import BASELINE_WEEKS, LEAST_WEEKS, RATE, STATED_RATE, Baseline, notice_surges

NOW = datetime(2026, 11, 29, tzinfo=UTC)
MONDAY = date(2020, 1, 6)
KOBRA = GazetteerEntry(
    key="gn:1",
    geonames_id=1,
    name="Kobra",
    latitude=14,
    longitude=30,
    feature_code="PPL",
    country="SD",
    admin1="North Kordofan",
)


def event(name: str, day: date, killed: int = 0, **changes: object) -> Event:
    place = Place(name="Kobra", entry=KOBRA, precision=PlacePrecision.EXACT)
    return an_event(id=name, day=day, killed=killed, **{"place": place, **changes})


def weekly(counts: list[int], killed: int = 0) -> list[Event]:
    """So many events in each week, spread over its days."""
    return [
        event(f"e{week}-{n}", MONDAY + timedelta(weeks=week, days=n % 7), killed)
        for week, count in enumerate(counts)
        for n in range(count)
    ]


def looked(events: list[Event], week: int) -> Surges:
    ledger = MemoryLedger()
    ledger.append_events(events)
    monday = MONDAY + timedelta(weeks=week)
    return notice_surges(ledger, monday, monday + timedelta(days=6))


QUIET = [1, 2, 0, 1, 3, 1, 2, 1] * 13


def test_a_week_far_above_its_past_is_told_for_the_country_and_the_division_with_its_events() -> None:
    seen = looked(weekly([*QUIET, 12]), len(QUIET))
    assert [(s.region, s.level, s.measure, s.count) for s in seen.found] == [
        ("SD", "country", "events", 12),
        ("North Kordofan", "division", "events", 12),
    ]
    surge = seen.found[0]
    assert (surge.most, surge.baseline_weeks, surge.week) == (3, 104, MONDAY + timedelta(weeks=104))
    assert surge.expected == pytest.approx(1.375, abs=0.01) and surge.chance < RATE
    assert len(surge.event_ids) == 12 and set(surge.claim_ids) == {f"claim of {i}" for i in surge.event_ids}


@pytest.mark.parametrize("last", [3, 5])
def test_an_ordinary_week_is_no_surge(last: int) -> None:
    assert looked(weekly([*QUIET, last]), len(QUIET)).found == ()


def test_deaths_surge_though_events_do_not() -> None:
    events = [*weekly(QUIET, killed=1), event("worst", MONDAY + timedelta(weeks=104), killed=60)]
    assert {s.measure for s in looked(events, 104).found} == {"killed"}


def test_a_region_without_a_year_of_record_is_not_judged() -> None:
    seen = looked(weekly([1] * (LEAST_WEEKS - 1) + [30]), LEAST_WEEKS - 1)
    assert (seen.found, seen.looked) == ((), 0)
    assert looked(weekly([1] * LEAST_WEEKS + [30]), LEAST_WEEKS).found


def test_what_is_told_over_more_than_a_week_or_discounted_counts_in_no_week() -> None:
    week = MONDAY + timedelta(weeks=104)
    long = [
        event(f"l{n}", week, when=attrs.evolve(Interval.day(week), end=week + timedelta(days=20))) for n in range(20)
    ]
    gone = [event(f"g{n}", week, grade=Grade.DISCOUNTED) for n in range(20)]
    assert looked([*weekly(QUIET), *long, *gone], 104).found == ()


def test_imported_rows_are_no_past_for_reports() -> None:
    rows = [attrs.evolve(e, id=f"ucdp:{e.id}") for e in weekly(QUIET)]
    seen = looked([*rows, *[event(f"n{n}", MONDAY + timedelta(weeks=104)) for n in range(30)]], 104)
    assert all(s.source == "UCDP" for s in seen.found) and seen.found == ()


def test_the_chance_is_poissons_where_the_past_shows_no_overdispersion() -> None:
    base = Baseline(weeks=100, mean=2.0, variance=2.0, most=5)
    below = sum(exp(-2) * 2**k / factorial(k) for k in range(6))
    assert base.chance(6) == pytest.approx(1 - below, rel=1e-9)


def test_the_chance_is_that_of_a_negative_binomial_of_the_same_mean_and_variance() -> None:
    base = Baseline(weeks=100, mean=4.0, variance=12.0, most=20)
    draws = np.random.default_rng(1).negative_binomial(2, 2 / 6, 400_000)
    assert base.chance(15) == pytest.approx(float((draws >= 15).mean()), rel=0.05)


Draw = Callable[[np.random.Generator, int], np.ndarray]
UNCHANGED: dict[str, Draw] = {
    "poisson 0.5": lambda rng, n: rng.poisson(0.5, n),
    "poisson 20": lambda rng, n: rng.poisson(20, n),
    "negative binomial, mean 1, size 0.3": lambda rng, n: rng.negative_binomial(0.3, 0.3 / 1.3, n),
    "negative binomial, mean 5, size 1": lambda rng, n: rng.negative_binomial(1, 1 / 6, n),
    "negative binomial, mean 20, size 5": lambda rng, n: rng.negative_binomial(5, 1 / 5, n),
    "events that kill six on average": lambda rng, n: np.array(
        [int(rng.geometric(1 / 6, k).sum()) for k in rng.poisson(1.5, n)]
    ),
}


@pytest.mark.parametrize("name", UNCHANGED)
@pytest.mark.parametrize("weeks", [LEAST_WEEKS, BASELINE_WEEKS])
def test_unchanged_series_raise_no_more_alarms_than_stated(name: str, weeks: int) -> None:
    rng = np.random.default_rng(20)
    series = UNCHANGED[name](rng, 2000 * (weeks + 1)).reshape(2000, weeks + 1)
    assert sum(_alarms(row) for row in series) / len(series) <= STATED_RATE


def test_even_a_heavy_tail_raises_no_more_than_one_in_as_many_weeks_as_the_baseline_has() -> None:
    rng = np.random.default_rng(20)
    series = np.minimum((rng.pareto(1.5, 1500 * 53) * 2).astype(int), 2000).reshape(1500, 53)
    expected, spread = 1500 / 53, (1500 / 53) ** 0.5
    assert sum(_alarms(row) for row in series) <= expected + 3 * spread


def test_a_fivefold_rise_is_seen_mostly() -> None:
    rng = np.random.default_rng(20)
    rows = rng.negative_binomial(5, 5 / 9, (500, 105))
    rows[:, -1] = rng.negative_binomial(25, 25 / 45, 500)
    assert np.mean([_alarms(row) for row in rows]) > 0.7


def _alarms(row: np.ndarray) -> bool:
    base, count = Baseline.of(row[:-1]), int(row[-1])
    return count > base.most and base.chance(count) <= RATE


def test_the_command_tells_where_nothing_can_be_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_ledger(tmp_path / "gold.db")
    assert run(["surges", "--db", str(tmp_path / "gold.db")]) == 0
    said = capsys.readouterr()
    assert said.out == "" and "0 weeks of regions looked at" in said.err and "a region needs 52 weeks" in said.err
