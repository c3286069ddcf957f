"""What the ledger costs at size: control of every place among a million claims, and reports appended a second.

make bench; figures are printed, never asserted. Rows beyond the first are written by one statement, since a million
appends would measure the disk for an hour; the file that they make is the same.
"""

from __future__ import annotations

import hashlib
import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

from warledger.adapters.stores import queries
from warledger.adapters.stores.opening import open_engine, reading, writing
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import to_record
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.stored import claim_detail
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states

CLAIMS, PLACES, DAYS = 1_000_000, 10_000, 3_000
REPORTS, CLAIMS_A_REPORT, ROUNDS = 200, 25, 15
FIRST = date(2016, 9, 1)
TEXT = "Fighters of the northern front hold the town and the road that leads to it. "

_REPORT = """
INSERT INTO reports (key, id, published, recorded_at, note, sha256, raw, text, filed_as)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :reports - 1)
SELECT 'bulk' || i, 'bulk' || i, day, day || 'T20:00:00.000000+00:00', 'coded', '', x'', :text, ''
FROM (SELECT i, date(:first, '+' || (i * :days / :reports) || ' days') AS day FROM n)"""

_CLAIMS = """
INSERT INTO claims (id, report, kind, place_key, valid_from, recorded_at, record, detail)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :claims - 1)
SELECT 'bulk' || n.i, r.seq, 'control', 'name:place ' || place, r.published, r.recorded_at,
       replace(:record, '00000', place), replace(:detail, '00000', place)
FROM (SELECT i, printf('%05d', (i * 7919 + i / :places) % :places) AS place FROM n) AS n
JOIN reports AS r ON r.key = 'bulk' || (n.i * :reports / :claims)"""

_CONTROL = """
INSERT INTO control_claims (claim, report, role, place_key, valid_from, recorded_at)
SELECT seq, report, 'holds', place_key, valid_from, recorded_at FROM claims WHERE id LIKE 'bulk%'"""


def claim_of(report: Report, number: int) -> ControlClaim:
    return ControlClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, number, number + 40),),
        holder=("Rebels (Syria)",),
        place=Place(name=f"Place {number:05d}", entry=None, precision=PlacePrecision.EXACT),
        when=Interval(start=report.published, end=None, precision=TimePrecision.OPEN),
    )


def report_of(number: int) -> Report:
    raw = f"Report {number}. {TEXT * 20}"
    digest = hashlib.sha256(raw.encode()).hexdigest()
    return Report(id=f"one{number}", published=FIRST + timedelta(days=number), text=raw, sha256=digest)


def test_reports_appended_a_second(tmp_path: Path) -> None:
    store = SqliteLedger(tmp_path / "w.db")
    items = [report_of(n) for n in range(REPORTS)]
    coded = [[claim_of(r, n) for n in range(CLAIMS_A_REPORT)] for r in items]
    start = perf_counter()
    for report, claims in zip(items, coded, strict=True):
        at = datetime(2024, 11, 30, tzinfo=UTC)
        store.append(Received(report=report, raw=report.text.encode()), claims, note="coded", recorded_at=at)
    spent = perf_counter() - start
    rate = REPORTS / spent
    print(f"\nappended {rate:,.0f} reports/s, {rate * CLAIMS_A_REPORT:,.0f} claims/s, one commit a report")
    assert len(list(store.claims())) == REPORTS * CLAIMS_A_REPORT


def test_control_of_every_place_among_a_million_claims(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    SqliteLedger(path).close()
    fill(path)
    asked = [random.Random(7 + n).randrange(400, DAYS) for n in range(ROUNDS)]
    engine = open_engine(path, read_only=False, timeout=2)
    seeks = []
    for offset in asked:
        on, known = FIRST + timedelta(days=offset), f"{FIRST + timedelta(days=offset - 1)}T23:59:59.000000+00:00"
        with reading(engine, path) as db:
            start = perf_counter()
            found = db.execute(queries.control(()), {"day": on.isoformat(), "known_at": known}).all()
            seeks.append(perf_counter() - start)
        assert len(found) >= PLACES
    told("the deciding claims by index", seeks)
    store, whole, one = SqliteLedger(path), [], []
    for offset in asked[:3]:
        on = FIRST + timedelta(days=offset)
        start = perf_counter()
        assert len(control_states(store, on, datetime(2030, 1, 1, tzinfo=UTC))) == PLACES
        whole.append(perf_counter() - start)
    for offset in asked:
        start = perf_counter()
        assert len(control_states(store, FIRST + timedelta(days=offset), None, [f"name:place {offset:05d}"])) == 1
        one.append(perf_counter() - start)
    told("states of all places, claims read and folded", whole)
    told("the state of one place", one)


def fill(path: Path) -> None:
    """Write the bulk of the claims, all of one shape."""
    claim = claim_of(report_of(0), 0)
    values = {
        "record": json.dumps(to_record(claim)),
        "detail": json.dumps(claim_detail(claim)),
        "text": TEXT * 20,
        "claims": CLAIMS,
        "places": PLACES,
        "days": DAYS,
        "reports": CLAIMS // 100,
        "first": FIRST.isoformat(),
    }
    with writing(open_engine(path, read_only=False, timeout=2), path) as db:
        start = perf_counter()
        for statement in (_REPORT, _CLAIMS, _CONTROL):
            db.execute(text(statement), values)
    print(f"\n{CLAIMS:,} control claims over {PLACES:,} places, made in {perf_counter() - start:.0f} s,", end=" ")
    print(f"{path.stat().st_size / 1e6:,.0f} MB")


def told(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {median(seconds) * 1000:,.1f} ms, worst {max(seconds) * 1000:,.1f} ms of {len(seconds)}")
