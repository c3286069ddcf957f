"""Firsts and deadliests that nobody claimed, against a plain search through every event."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_events import an_event

from warledger.adapters.datasets.ucdp import read_ged
from warledger.adapters.stores.memory import MemoryLedger
from warledger.app import App
from warledger.collect.dataset import take_row
from warledger.domain.codes import EventType, Rank
from warledger.domain.dataset import GedRow
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.notice.firsts import notice_precedents
from warledger.settings import Settings

NOW = datetime(2026, 11, 29, tzinfo=UTC)
REPO = Path(__file__).parents[2]
BENCH = Path(os.environ.get("WARLEDGER_SHARED", REPO.parent / "shared")) / "bench"
FIRST, LAST = date(2010, 1, 1), date(2016, 12, 31)


def town(name: str, division: str, country: str = "SD") -> Place:
    entry = GazetteerEntry(
        key=f"gn:{name}",
        geonames_id=None,
        name=name,
        latitude=10,
        longitude=20,
        feature_code="PPL",
        country=country,
        admin1=division,
    )
    return Place(name=name, entry=entry, precision=PlacePrecision.EXACT)


TOWNS = [town("Kobra", "North"), town("Umm Qala", "North"), town("Dar Sila", "South"), town("Tine", "East", "TD")]


def event(number: int, day: date, place: Place, killed: int = 0, kind: EventType = EventType.ATTACK) -> Event:
    return an_event(id=f"e{number:05d}", type=kind, day=day, killed=killed, place=place)


def noticed(events: Iterable[Event], first: date = date.min, last: date = date.max):
    ledger = MemoryLedger()
    ledger.append_events(list(events))
    return notice_precedents(ledger, first, last)


MONTHLY = [event(n, date(2012 + n // 12, n % 12 + 1, 10), TOWNS[0], 2) for n in range(48)]
"""Every month of 2012 to 2015 an attack in Kobra that killed two."""


def test_the_deadliest_since_another_is_told_with_its_window_and_the_one_before() -> None:
    worse = event(90, date(2012, 6, 20), TOWNS[0], 40)
    now = event(91, date(2015, 12, 20), TOWNS[0], 30)
    [found] = noticed([*MONTHLY, worse, now], date(2015, 12, 15))
    assert (found.rank, found.level, found.since, found.before) == (
        Rank.DEADLIEST,
        "country",
        date(2012, 6, 20),
        worse.id,
    )
    assert str(found) == (
        "deadliest attack (30 killed or more) in SD since 2012-06-20;"
        " 43 of 43 months from 2012-06 to 2015-12 have events in SD"
    )
    assert found.claim_ids == now.claim_ids


def test_a_first_in_a_town_is_told_for_the_town_where_its_province_had_others() -> None:
    now = event(91, date(2015, 12, 20), TOWNS[1], 1)
    [found] = noticed([*MONTHLY, now], date(2015, 12, 15))
    assert (found.rank, found.level, found.place, found.before) == (Rank.FIRST, "place", "Umm Qala", None)
    assert "in the record, which begins" in str(found)


def test_a_thin_record_notices_nothing() -> None:
    now = event(91, date(2015, 12, 20), TOWNS[1], 1)
    assert noticed([*MONTHLY[::3], now], date(2015, 12, 15)) == ()


def test_movements_of_forces_are_never_told() -> None:
    moved = event(91, date(2015, 12, 20), TOWNS[1], kind=EventType.TROOP_MOVEMENT)
    assert noticed([*MONTHLY, moved], date(2015, 12, 15)) == ()


def plain_search(events: Sequence[Event], dataset: bool) -> set[tuple[str, Rank, str, date, str | None]]:
    """The same rules by looking at every pair of events and every month, with none of the program's indexes."""

    def areas(e: Event) -> list[tuple[str, str]]:
        assert e.place is not None and e.place.entry is not None
        entry = e.place.entry
        if e.place.precision is PlacePrecision.COUNTRY:
            return [("country", entry.country)]
        division = entry.name if entry.feature_code == "ADM1" else entry.admin1
        found = [("country", entry.country)] + ([("division", f"{entry.country}/{division}")] if division else [])
        return found if entry.feature_code == "ADM1" else [*found, ("place", e.place.key)]

    where = {e.id: areas(e) for e in events}
    months_of = {e.id: months(e.when.start, e.when.end) if short(e) else set() for e in events}
    seen: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for e in events:
        for area in where[e.id]:
            seen.setdefault(area, set()).update(months_of[e.id])

    def dense(e: Event, area: tuple[str, str], first: date, last: date) -> bool:
        if dataset and not (e.fatalities.low or 0):
            return False
        window = months(first, last)
        for level, least in (("country", 0.8), ("division", 0.5)):
            around = [a for a in where[e.id] if a[0] == level and (area[0] != "country" or level == "country")]
            if around and len(window & seen[around[0]]) < least * len(window):
                return False
        return True

    found = set()
    for e in filter(short, events):
        assert e.when.start is not None
        for rank in (Rank.FIRST, Rank.DEADLIEST):
            low = e.fatalities.low or 0
            if rank is Rank.DEADLIEST and low < 5:
                continue
            for area in where[e.id]:
                gap = timedelta(days=3 if rank is Rank.FIRST else 0)
                earlier = [
                    o for o in events if short(o) and o.type is e.type and area in where[o.id] and o.id != e.id
                    if o.when.end is not None and o.when.end < e.when.start - gap
                ]  # fmt: skip
                rivals = [o for o in earlier if rank is Rank.FIRST or (o.fatalities.high or 0) >= low]
                before = max(rivals, key=lambda o: (o.when.end, o.id)) if rivals else None
                own = where[e.id][-2] if area[0] == "place" else area
                since = before.when.end if before else date(*min(seen[own]), 1) if seen[own] else None
                if dataset and not low and before is None:
                    since = None
                if since is None or e.when.start - since < timedelta(days=365):
                    continue
                if rank is Rank.DEADLIEST and not any(o.when.start > since for o in earlier if o.when.start):
                    continue
                start = since + timedelta(days=1) if before else since
                if dense(e, area, start, e.when.start - timedelta(days=1)):
                    found.add((e.id, rank, area[0], since, before.id if before else None))
                    break
    return found


def short(e: Event) -> bool:
    return e.when.start is not None and e.when.end is not None and (e.when.end - e.when.start).days <= 31


def months(first: date | None, last: date | None) -> set[tuple[int, int]]:
    assert first is not None and last is not None
    return {(first + timedelta(days=n)).timetuple()[:2] for n in range((last - first).days + 1)}  # type: ignore[misc]


def as_keys(found) -> set[tuple[str, Rank, str, date, str | None]]:
    return {(n.event_id, n.rank, n.level, n.since, n.before) for n in found}


DAYS = st.integers(0, 1100).map(lambda n: FIRST + timedelta(days=n))
EVENTS = st.lists(
    st.tuples(
        DAYS, st.sampled_from(TOWNS), st.integers(0, 12), st.sampled_from([EventType.ATTACK, EventType.SHELLING])
    ),
    min_size=20,
    max_size=80,
)


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_what_is_noticed_is_what_a_plain_search_finds(rows) -> None:
    events = [event(n, *row) for n, row in enumerate(rows)]
    assert as_keys(noticed(events)) == plain_search(events, dataset=False)


def test_the_plain_search_finds_something_in_a_dense_record() -> None:
    events = [*MONTHLY, event(90, date(2012, 6, 20), TOWNS[0], 40), event(91, date(2015, 12, 20), TOWNS[1], 30)]
    assert plain_search(events, dataset=False)


@pytest.mark.skipif(not (BENCH / "ucdp_car.jsonl").is_file(), reason="bench/ucdp_car.jsonl is not at hand")
def test_what_is_noticed_in_the_central_african_republic_is_what_a_plain_search_finds() -> None:
    app = App(Settings())
    rows = read_ged((BENCH / "ucdp_car.jsonl").read_bytes(), file="ucdp_car.jsonl")
    made = [take_row(r, app.ged_tables, recorded_at=NOW).event for r in rows if isinstance(r, GedRow)]
    placed = [e for e in made if e.place is not None and e.place.entry is not None]
    assert len(placed) == len(made) == 1848
    found = as_keys(noticed(placed))
    assert found == plain_search(placed, dataset=True)
    assert len(found) > 50
