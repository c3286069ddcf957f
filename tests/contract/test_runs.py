"""Every place at once, as packed runs tell it, is as each place sought by itself; runs can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete

from warledger.adapters.stores import guards, lists, runs, schema
from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sql import SqlLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.codes import Modality
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import Addition

FIRST, DAYS, REPORTS = date(2024, 11, 1), 20, 120
KEYS = tuple(f"name:town {n}" for n in range(12))


@pytest.fixture(params=["sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlLedger]:
    """A ledger whose runs and parts are small, so that a few reports make many of them."""
    monkeypatch.setattr(runs, "_SIZES", (8, 32, 128))
    monkeypatch.setattr(runs, "_PART", 16)
    monkeypatch.setattr(runs, "_LATE_DAYS", 1)
    monkeypatch.setattr(lists, "_FEW", 3)
    store: SqlLedger = (
        SqliteLedger(tmp_path / "w.db")
        if request.param == "sqlite"
        else PostgresLedger(request.getfixturevalue("postgres_url"))
    )
    yield store
    store.close()


def additions() -> list[Addition]:
    """Reports of which some come in newer versions; what they say is of the day, late, long past or yet to come."""
    chance = Random(4)
    return [addition(n, chance) for n in range(REPORTS)]


def addition(number: int, chance: Random) -> Addition:
    recorded_at = datetime(2024, 11, 1, tzinfo=UTC) + timedelta(days=DAYS * number / REPORTS)
    text = f"What is said of the towns that day, number {number}."
    ident, digest = str(chance.choice([number, chance.randrange(REPORTS)])), hashlib.sha256(text.encode()).hexdigest()
    report = Report(id=ident, published=recorded_at.date(), text=text, sha256=digest)
    claims = [
        ControlClaim(
            report_key=report.key,
            quotes=(Span.of(text, 0, 12 + n),),
            holder=(chance.choice(["army", "rebels"]),),
            modality=chance.choice([Modality.ASSERTED, Modality.ASSERTED, Modality.NEGATED, Modality.ALLEGED]),
            place=Place(
                name=f"Town {min(map(chance.randrange, (12, 12)))}", entry=None, precision=PlacePrecision.EXACT
            ),
            when=Interval.day(recorded_at.date() - timedelta(days=chance.choice([-3, 0, 0, 0, 1, 2, 5, 15]))),
        )
        for n in range(chance.randrange(4))
    ]
    return Addition(
        received=Received(report=report, raw=text.encode()), claims=claims, note="coded", recorded_at=recorded_at
    )


def town(chance: Random) -> int:
    """Of some towns much is said, of others little."""
    return min(chance.randrange(12), chance.randrange(12))


def fill(ledger: SqlLedger) -> MemoryLedger:
    """Append them, a few in one commit, to the ledger and to one in memory, which is given back."""
    memory, said = MemoryLedger(), additions()
    for start in range(0, REPORTS, 3):
        assert ledger.append_all(said[start : start + 3]) == memory.append_all(said[start : start + 3])
    return memory


def assert_as_sought(ledger: SqlLedger, memory: MemoryLedger) -> None:
    moments = [None, *(datetime(2024, 11, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(-1, DAYS + 2, 3))]
    ids = [k.id for k in memory.claims()]
    for known_at in moments:
        for day in range(-16, DAYS + 4, 2):
            on = FIRST + timedelta(days=day)
            for without in ((), tuple(ids[::7])):
                at_once = ledger.deciding(on, known_at=known_at, without=without)
                sought = ledger.deciding(on, known_at=known_at, place_keys=KEYS, without=without)
                in_memory = memory.deciding(on, known_at=known_at, without=without)
                assert at_once.tolist() == sought.tolist() == in_memory.tolist()


def test_every_place_at_once_is_as_each_place_sought_and_as_memory_has_it(ledger: SqlLedger) -> None:
    memory = fill(ledger)
    assert_as_sought(ledger, memory)
    with ledger.database.reading() as db:
        sizes = [run.claims for run in db.execute(runs._RUNS)]
        kept = db.execute(schema.control_runs.select()).all()
    withdrawn = sum(sizes) - len(list(memory.claims()))
    assert withdrawn > 20, "newer versions of reports withdraw claims"
    assert 1 < len(sizes) < 16 < len(kept), "few of the runs that were written stand for the record"


def test_runs_can_be_thrown_away_and_made_again(ledger: SqlLedger) -> None:
    memory = fill(ledger)
    with ledger.database.writing() as db:
        with guards.lifted(db, ["control_runs", "control_parts"], "DELETE"):
            for table in (schema.control_runs, schema.control_parts):
                db.execute(delete(table))
        runs.add_all(db)
    assert_as_sought(ledger, memory)
