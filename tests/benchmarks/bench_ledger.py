"""What the ledger costs at size: every place on a day as known at a time, and claims appended while others ask.

make bench; figures are printed, never asserted. CLAIMS=1000000 measures a smaller ledger. The bulk is written past the
chain, since ten million appends would measure the disk for an hour; tables, indexes and guards are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import text

from warledger.adapters.stores import queries, schema
from warledger.adapters.stores.opening import open_ledger
from warledger.adapters.stores.sql import SqlLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import to_record
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.stored import claim_detail
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states
from warledger.pipeline import BATCH_REPORTS
from warledger.ports import Addition

CLAIMS, PLACES, DAYS = int(os.environ.get("CLAIMS", 10_000_000)), 10_000, 3_000
CLAIMS_A_REPORT, ROUNDS, SECONDS = 25, 60, 20
FIRST = date(2016, 9, 1)
TEXT = "Fighters of the northern front hold the town and the road that leads to it. "
CLAIM_COLUMNS = "seq, id, report, kind, place_key, valid_from, recorded_at, record, detail"
CONTROL_COLUMNS = "claim, report, role, place, valid_from, recorded_at"
REPORT_COLUMNS = "seq, key, id, published, recorded_at, note, sha256, raw, text, filed_as"
ASKS = """
import sys
from datetime import date, timedelta
from random import Random
from warledger.adapters.stores import queries, rows
from warledger.adapters.stores.opening import open_ledger
store, chance, asked = open_ledger(sys.argv[1]), Random(int(sys.argv[2])), 0
print("asking", flush=True)
while not sys.stdin.closed:
    on = date(2016, 9, 1) + timedelta(days=chance.randrange(3000))
    query, values = queries.control(on, f"{on}T23:59:59.000000+00:00", (), dialect=store.database.engine.dialect.name)
    with store.database.reading() as db:
        db.execute(query, values).all()
    asked += 1
    print(asked, flush=True)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new ledger's path or URL; the server flushes to the disk as it would at a site."""
    if request.param == "sqlite":
        return str(tmp_path / "w.db")
    return str(request.getfixturevalue("flushing_url"))


def test_ten_million_control_claims(db: str) -> None:
    store = open_ledger(db)
    assert isinstance(store, SqlLedger)
    fill(store, db)
    ask_every_place(store)
    ask_whole(store)
    append_while_two_ask(store, db)
    store.close()


def ask_every_place(store: SqlLedger) -> None:
    """The claims that decide each place, on days and times drawn apart, and on the corners of the record."""
    chance, spent = Random(7), dict[tuple[date, date], float]()
    drawn = [(chance.randrange(DAYS), chance.randrange(DAYS)) for _ in range(ROUNDS)]
    corners = [(DAYS - 1, DAYS - 1), (DAYS - 1, 400), (400, DAYS - 1), (DAYS - 1, 1), (1, DAYS - 1), (400, 401)]
    for day, known in (*drawn, *corners):
        on, at = FIRST + timedelta(days=day), FIRST + timedelta(days=known)
        query, asked = queries.control(on, f"{at}T23:59:59.000000+00:00", (), dialect=dialect(store))
        with store.database.reading() as connection:
            start = perf_counter()
            found = connection.execute(query, asked).all()
            spent[on, at] = perf_counter() - start
        assert len(found) >= (PLACES if min(day, known) > 399 else 1)
    told("the claims that decide every place on D as known at K", list(spent.values()))
    worst = max(spent, key=lambda pair: spent[pair])
    print(f"  worst: on {worst[0]} as known on {worst[1]}")


def ask_whole(store: SqlLedger) -> None:
    """The same with reports and quotes read and folded into states; and one place."""
    whole, one = [], []
    for offset in (500, 1500, 2900):
        start = perf_counter()
        assert len(control_states(store, FIRST + timedelta(days=offset), datetime(2030, 1, 1, tzinfo=UTC))) == PLACES
        whole.append(perf_counter() - start)
        start = perf_counter()
        assert len(control_states(store, FIRST + timedelta(days=offset), None, [f"name:place {offset:05d}"])) == 1
        one.append(perf_counter() - start)
    told("states of all places, claims and reports read and folded", whole)
    told("the state of one place", one)


def append_while_two_ask(store: SqlLedger, db: str) -> None:
    """Appends, as many reports a commit as an ingest makes, while two others ask for every place without a pause."""
    at = datetime(2024, 11, 30, tzinfo=UTC)
    additions = [
        Addition(
            received=Received(report=report, raw=report.text.encode()),
            claims=[claim_of(report, n) for n in range(CLAIMS_A_REPORT)],
            note="coded",
            recorded_at=at,
        )
        for report in map(report_of, range(16_000))
    ]
    for readers in (0, 2):
        askers = [
            subprocess.Popen([sys.executable, "-c", ASKS, db, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for n in range(readers)
        ]
        for asker in askers:
            assert asker.stdout is not None and asker.stdout.readline() == b"asking\n"
        done, start = 0, perf_counter()
        while additions and perf_counter() - start < SECONDS / 2:
            batch, additions = additions[:BATCH_REPORTS], additions[BATCH_REPORTS:]
            store.append_all(batch)
            done += len(batch)
        spent = perf_counter() - start
        asked = 0
        for asker in askers:
            asker.kill()
            said, _ = asker.communicate()
            asked += int((said.splitlines() or [b"0"])[-1])
        rate = done / spent
        claims = rate * CLAIMS_A_REPORT
        print(f"appended {rate:,.0f} reports/s, {claims:,.0f} claims/s, {BATCH_REPORTS} reports a commit,", end=" ")
        print(f"while {readers} readers asked {asked / spent:,.1f} times a second")


def claim_of(report: Report, number: int) -> ControlClaim:
    return ControlClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, number, number + 40),),
        holder=("Rebels (Syria)",),
        place=Place(name=f"Place {number * 397 % PLACES:05d}", entry=None, precision=PlacePrecision.EXACT),
        when=Interval(start=report.published, end=None, precision=TimePrecision.OPEN),
    )


def report_of(number: int) -> Report:
    raw = f"Report {number}. {TEXT * 20}"
    digest = hashlib.sha256(raw.encode()).hexdigest()
    return Report(id=f"one{number}", published=FIRST + timedelta(days=number % DAYS), text=raw, sha256=digest)


def bulk_reports() -> Iterator[tuple[object, ...]]:
    for n in range(CLAIMS // 100):
        day = FIRST + timedelta(days=n * DAYS * 100 // CLAIMS)
        yield n + 1, f"bulk{n}", f"bulk{n}", str(day), f"{day}T20:00:00.000000+00:00", "coded", "", b"", TEXT, ""


def bulk_claims() -> Iterator[tuple[int, int, str, str, str]]:
    """Claim, report, place, day and time recorded: of the day or up to nine days before; one in 5,000 of days ahead."""
    chance = Random(11)
    for n in range(CLAIMS):
        recorded = FIRST + timedelta(days=n * DAYS // CLAIMS)
        lag = chance.randrange(10) if n % 5_000 else -chance.randrange(1, 30)
        place = (n * 7919 + n // PLACES) % PLACES
        at = f"{recorded}T20:00:00.000000+00:00"
        yield n + 1, n // 100 + 1, f"name:place {place:05d}", str(recorded - timedelta(days=lag)), at


def claim_rows() -> Iterator[tuple[object, ...]]:
    claim = claim_of(report_of(0), 0)
    record, detail = json.dumps(to_record(claim)), json.dumps(claim_detail(claim))
    for seq, report, key, day, at in bulk_claims():
        number = key[-5:]
        yield (
            *(seq, f"bulk{seq}", report, "control", key, day, at),
            *(said.replace("00000", number).replace(str(FIRST), day) for said in (record, detail)),
        )


def control_rows() -> Iterator[tuple[object, ...]]:
    numbers = {f"name:place {n:05d}": queries.place_number(f"name:place {n:05d}") for n in range(PLACES)}
    for seq, report, key, day, at in bulk_claims():
        yield seq, report, "holds", numbers[key], day, at


def place_rows() -> Iterator[tuple[object, ...]]:
    for seq, _, key, _, _ in islice(bulk_claims(), PLACES):
        yield queries.place_number(key), seq


def fill(store: SqlLedger, db: str) -> None:
    """Write the bulk, all of one shape: rows first, indexes behind them."""
    start = perf_counter()
    indexes = [i for table in (schema.claims, schema.control_claims) for i in table.indexes]
    with store.database.writing() as connection:
        for index in indexes:
            index.drop(connection)
    bulk = (
        ("reports", REPORT_COLUMNS, bulk_reports()),
        ("claims", CLAIM_COLUMNS, claim_rows()),
        ("control_claims", CONTROL_COLUMNS, control_rows()),
        ("control_places", "place, claim", place_rows()),
    )
    (_fill_sqlite if isinstance(store, SqliteLedger) else _fill_postgres)(db, bulk)
    with store.database.writing() as connection:
        for index in indexes:
            index.create(connection)
    with store.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not isinstance(store, SqliteLedger):
            connection.execute(text("VACUUM ANALYZE"))  # as its own service does in time
    spent = perf_counter() - start
    print(f"\n{dialect(store)}: {CLAIMS:,} control claims over {PLACES:,} places, made in {spent:.0f} s")


def _fill_sqlite(db: str, bulk: tuple[tuple[str, str, Iterator[tuple[object, ...]]], ...]) -> None:
    with sqlite3.connect(db) as connection:
        for table, columns, values in bulk:
            marks = ", ".join("?" for _ in columns.split(","))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _fill_postgres(db: str, bulk: tuple[tuple[str, str, Iterator[tuple[object, ...]]], ...]) -> None:
    import psycopg

    with psycopg.connect(db) as connection, connection.cursor() as cursor:
        for table, columns, values in bulk:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)


def dialect(store: SqlLedger) -> str:
    return store.database.engine.dialect.name


def told(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {median(seconds) * 1000:,.1f} ms, worst {max(seconds) * 1000:,.1f} ms of {len(seconds)}")
