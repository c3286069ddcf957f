"""What the ledger costs at size: every place on a day as known at a time, and claims appended while others ask.

make bench; figures are printed, never asserted. CLAIMS=1000000 measures a smaller ledger. The bulk is written past the
chain, since ten million appends would measure the disk for an hour; tables, indexes and guards are the same.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import numpy as np
import pytest
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, insert, text

from warledger.adapters.stores import ordering, queries, rows, runs, schema
from warledger.adapters.stores.opening import open_ledger
from warledger.adapters.stores.pairs import pairs_of
from warledger.adapters.stores.sql import SqlLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import to_record
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.stored import claim_detail
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states
from warledger.pipeline import BATCH_REPORTS, BATCH_ROWS
from warledger.ports import Addition

CLAIMS, PLACES, DAYS = int(os.environ.get("CLAIMS", 10_000_000)), 10_000, 3_000
CLAIMS_A_REPORT, ROUNDS, SECONDS = 25, 60, 20
FIRST = date(2016, 9, 1)
TEXT = "Fighters of the northern front hold the town and the road that leads to it. "
ASKS = """
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random
from warledger.adapters.stores.opening import open_ledger
store, chance, asked = open_ledger(sys.argv[1]), Random(int(sys.argv[2])), 0
print("asking", flush=True)
while not sys.stdin.closed:
    on = date(2016, 9, 1) + timedelta(days=chance.randrange(3000))
    store.deciding(on, known_at=datetime(on.year, on.month, on.day, 23, 59, 59, tzinfo=UTC))
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
    fill(store)
    ask_every_place(store)
    ask_whole(store)
    append_while_two_ask(store, db)
    store.close()


def ask_every_place(store: SqlLedger) -> None:
    """The claims that decide each place, on days and times drawn apart, and on the corners of the record.

    Asked beside it is the same place by place, as all were before they were packed in runs.
    """
    chance, spent, own, sought = Random(7), dict[tuple[date, date], float](), list[float](), list[float]()
    drawn = [(chance.randrange(DAYS), chance.randrange(DAYS)) for _ in range(ROUNDS)]
    corners = [(DAYS - 1, DAYS - 1), (DAYS - 1, 400), (400, DAYS - 1), (DAYS - 1, 1), (1, DAYS - 1), (400, 401)]
    for day, known in (*drawn, *corners):
        on, at = FIRST + timedelta(days=day), FIRST + timedelta(days=known)
        known_at = datetime(at.year, at.month, at.day, 23, 59, 59, tzinfo=UTC)
        start, began = perf_counter(), process_time()
        found = store.deciding(on, known_at=known_at)
        spent[on, at] = perf_counter() - start
        own.append(process_time() - began)
        assert found.shape[1] >= (PLACES if min(day, known) > 399 else 1)
        query, asked = queries.control(on, rows.known(known_at), (), dialect=dialect(store))
        with store.database.reading() as connection:
            start = perf_counter()
            one_by_one = connection.execute(query, asked).all()
            sought.append(perf_counter() - start)
        assert np.array_equal(pairs_of((place, claim) for claim, place in one_by_one), found)
    told("the claims that decide every place on D as known at K", list(spent.values()))
    worst = max(spent, key=lambda pair: spent[pair])
    print(f"  worst: on {worst[0]} as known on {worst[1]}")
    told("  processor time of the asking process", own)
    told("  the same, place by place", sought)


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
    """Appends, as many reports a commit as an ingest or an import makes, while others ask for every place."""
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
    gc.freeze()  # what is prepared here is no part of an append, and is not to be gone through in it
    for reports_a_commit, readers in ((BATCH_REPORTS, 0), (BATCH_REPORTS, 2), (BATCH_ROWS, 0), (BATCH_ROWS, 2)):
        askers = [
            subprocess.Popen([sys.executable, "-c", ASKS, db, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for n in range(readers)
        ]
        for asker in askers:
            assert asker.stdout is not None and asker.stdout.readline() == b"asking\n"
        done, start, began = 0, perf_counter(), process_time()
        while additions and perf_counter() - start < SECONDS / 2:
            batch, additions = additions[:reports_a_commit], additions[reports_a_commit:]
            store.append_all(batch)
            done += len(batch)
        spent, own = perf_counter() - start, process_time() - began
        asked = 0
        for asker in askers:
            asker.kill()
            said, _ = asker.communicate()
            asked += int((said.splitlines() or [b"0"])[-1])
        rate = done / spent
        claims = rate * CLAIMS_A_REPORT
        print(f"appended {rate:,.0f} reports/s, {claims:,.0f} claims/s, {reports_a_commit} reports a commit,", end=" ")
        print(f"{own / done / CLAIMS_A_REPORT * 1e6:,.0f} microseconds of its own processor time a claim,", end=" ")
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


NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})",
    "postgresql": "WITH numbers(n) AS (SELECT generate_series(CAST(0 AS bigint), {count} - 1))",
}
SAID = """said AS (
    SELECT n + 1 AS seq, n / 100 + 1 AS report, n * {days} / {count} AS known,
        (n * 7919 + n / {places}) % {places} AS place,
        CASE WHEN n % 5000 = 0 THEN n * {days} / {count} + 1 + n / 5000 % 29
        ELSE n * {days} / {count} - n * 48271 % 2147483647 % 10 END AS day
    FROM numbers)"""
"""Claim, report, place, day recorded and day: this or up to nine days before; one in 5,000 is of a day ahead."""
BULK = (
    """INSERT INTO reports (seq, key, id, published, recorded_at, note, sha256, raw, text, filed_as)
    SELECT i.n / 100 + 1, 'bulk' || i.n, 'bulk' || i.n, d.day, d.stamp, 'coded', '', CAST('' AS {blob}), '{text}', ''
    FROM numbers AS i CROSS JOIN bench_days AS d WHERE i.n % 100 = 0 AND d.n = i.n * {days} / {count}""",
    """INSERT INTO claims (seq, id, report, kind, place_key, valid_from, recorded_at, record, detail)
    SELECT seq, 'bulk' || (100000000 + seq), report, 'control', p.key, d.day, k.stamp,
        replace(replace('{record}', '00000', p.digits), '{first}', d.day),
        replace(replace('{detail}', '00000', p.digits), '{first}', d.day)
    FROM said CROSS JOIN bench_days AS d CROSS JOIN bench_days AS k CROSS JOIN bench_places AS p
    WHERE d.n = said.day AND k.n = said.known AND p.n = said.place""",
    """INSERT INTO control_claims (claim, report, role, place, valid_from, recorded_at)
    SELECT seq, report, 'holds', p.number, d.day, k.stamp
    FROM said CROSS JOIN bench_days AS d CROSS JOIN bench_days AS k CROSS JOIN bench_places AS p
    WHERE d.n = said.day AND k.n = said.known AND p.n = said.place""",
    "INSERT INTO control_places (place, claim) SELECT number, first FROM bench_places",
    """INSERT INTO control_order (spot, recorded_at, holds, report, claim)
    SELECT p.first * {spots} + d.ordinal AS spot, k.micros, 1, report, seq
    FROM said CROSS JOIN bench_days AS d CROSS JOIN bench_days AS k CROSS JOIN bench_places AS p
    WHERE d.n = said.day AND k.n = said.known AND p.n = said.place ORDER BY spot, k.micros""",
)


def fill(store: SqlLedger) -> None:
    """Write the bulk, all of one shape: rows first, indexes behind them."""
    start = perf_counter()
    indexes = [i for table in (schema.claims, schema.control_claims) for i in table.indexes]
    claim, name = claim_of(report_of(0), 0), dialect(store)
    said = {
        "count": CLAIMS,
        "places": PLACES,
        "days": DAYS,
        "first": FIRST,
        "text": TEXT,
        "spots": ordering.SPOTS,
        "blob": "bytea" if name == "postgresql" else "BLOB",
        "record": json.dumps(to_record(claim)),
        "detail": json.dumps(claim_detail(claim)),
    }
    if name == "sqlite":
        raw = store.database.engine.raw_connection()
        raw.cursor().execute("PRAGMA temp_store=FILE")  # ten million rows in one statement are more than memory holds
        raw.close()
    with store.database.writing() as db:
        for index in indexes:
            index.drop(db)
        numbered(db)
        for statement in BULK:
            rows = "" if "SELECT number" in statement else f"{NUMBERS[name]}, {SAID} ".format(**said)
            insert, select, rest = statement.partition("SELECT")
            db.exec_driver_sql(f"{insert}{rows}{select}{rest}".format(**said).replace("%", MODULO[name]))
        for index in indexes:
            index.create(db)
        runs.add_all(db)
        for table in ("bench_days", "bench_places"):
            db.exec_driver_sql(f"DROP TABLE {table}")
    with store.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        if name == "postgresql":
            db.execute(text("VACUUM ANALYZE"))  # as its own service does in time
    spent = perf_counter() - start
    print(f"\n{name}: {CLAIMS:,} control claims over {PLACES:,} places, made in {spent:.0f} s")


MODULO = {"sqlite": "%", "postgresql": "%%"}


def numbered(db: Connection) -> None:
    """The days and the places by number."""
    metadata = MetaData()
    whole = BigInteger().with_variant(Integer, "sqlite")
    days = Table(
        "bench_days",
        metadata,
        Column("n", Integer, primary_key=True),
        *(Column(c, Text) for c in ("day", "stamp")),
        *(Column(c, whole) for c in ("ordinal", "micros")),
    )
    places = Table(
        "bench_places",
        metadata,
        Column("n", Integer, primary_key=True),
        *(Column(c, Text) for c in ("key", "digits")),
        *(Column(c, whole) for c in ("number", "first")),
    )
    metadata.create_all(db)
    db.execute(insert(days), [day_row(n) for n in range(-10, DAYS + 40)])
    first = {(n * 7919 + n // PLACES) % PLACES: n + 1 for n in range(PLACES)}
    db.execute(insert(places), [place_row(n, first[n]) for n in range(PLACES)])


def day_row(number: int) -> dict[str, object]:
    day = FIRST + timedelta(days=number)
    stamp = f"{day}T20:00:00.000000+00:00"
    return {"n": number, "day": str(day), "stamp": stamp, "ordinal": day.toordinal(), "micros": ordering.micros(stamp)}


def place_row(number: int, first: int) -> dict[str, object]:
    digits = f"{number:05d}"
    key = f"name:place {digits}"
    return {"n": number, "key": key, "digits": digits, "number": queries.place_number(key), "first": first}


def dialect(store: SqlLedger) -> str:
    return store.database.engine.dialect.name


def told(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {median(seconds) * 1000:,.1f} ms, worst {max(seconds) * 1000:,.1f} ms of {len(seconds)}")
