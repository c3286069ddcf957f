"""How long claims take to gather into happenings, how that grows, and what one more report costs; prints only.

WARLEDGER_BENCH_CLAIMS (a number, 300,000 unless set) is the larger of the two sizes that are compared. Times are of the
processor, so that another program on the machine does not count.
"""

from __future__ import annotations

import os
import random
import resource
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from attrs import evolve

from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.cluster import gather
from warledger.corroborate.events import corroborate
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.settling import settle
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import Addition, KeptClaim

CLAIMS, MORE = 100_000, int(os.environ.get("WARLEDGER_BENCH_CLAIMS", "300000"))
WARS, TOWNS, A_DAY = 10, 60, 100
"""Claims a day stay the same however many there are: the record grows longer, not denser."""
FEW, REPORTS = 6_000, 20
WORDS = "army shelled town airport jets struck clashes road north soldiers left dozens fighters".split()  # noqa: SIM905
KINDS = (EventType.ARMED_CLASH, EventType.AIR_STRIKE, EventType.SHELLING, EventType.NONSTATE_TAKES_TERRITORY)
LEVELS = (PlacePrecision.EXACT,) * 6 + (PlacePrecision.NEAR,) * 2 + (PlacePrecision.REGION,) * 2
LEVELS += (PlacePrecision.COUNTRY,)


def claims(count: int) -> list[KeptClaim]:
    """Ten wars, a hundred claims a day: towns close together, half of the claims undated, a tenth placed by country."""
    chance = random.Random(20241130)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    out = []
    for number in range(count):
        war, day = chance.randrange(WARS), date(1990, 1, 1) + timedelta(days=number // A_DAY)
        town, level = chance.randrange(TOWNS), chance.choice(LEVELS)
        wide = level is PlacePrecision.COUNTRY
        entry = GazetteerEntry(
            key=f"b:{war}" if wide else f"b:{war}:{town}",
            geonames_id=None,
            name=f"Town {town}",
            latitude=5.0 * war + (0.0 if wide else (town % 10) / 5),
            longitude=20.0 + (0.0 if wide else (town // 10) / 4),
            feature_code="",
            country=f"W{war}",
        )
        words = " ".join(chance.choices(WORDS, k=12))
        report = Report(id=f"r{number // 6}", published=day, text=words, sha256="", publisher=f"Paper {number % 40}")
        dated = chance.random() < 0.5
        claim = EventClaim(
            report_key=report.id,
            quotes=(Span(start=0, end=len(words), text=words),),
            type=chance.choice(KINDS),
            initiator=chance.choice(((), ("Army",), ("Rebels",))),
            place=Place(name=entry.name, entry=entry, precision=level),
            when=Interval(
                start=day if dated else None, end=day, precision=TimePrecision.DAY if dated else TimePrecision.OPEN
            ),
        )
        out.append(KeptClaim(id=f"{number:08d}", claim=claim, report=report, recorded_at=at))
    return out


def test_gather_and_corroborate_a_hundred_thousand_claims() -> None:
    told, weights = claims(CLAIMS), load_weights()
    started = time.process_time()
    happenings = gather(told, weights)
    gathered = time.process_time()
    events = corroborate(told, (), told[0].recorded_at, weights=weights, affiliations=load_affiliations())
    ended = time.process_time()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{CLAIMS} claims: {len(happenings)} happenings in {gathered - started:.1f} s")
    print(f"{len(events)} graded events in {ended - gathered:.1f} s; peak {peak_mb:.0f} MB")


def test_gathering_grows_with_the_claims_and_no_faster() -> None:
    told, weights, took = claims(MORE), load_weights(), []
    for count in (CLAIMS, MORE):
        started = time.process_time()
        gather(told[:count], weights)
        took.append(time.process_time() - started)
    grown, longer = MORE / CLAIMS, took[1] / took[0]
    print(f"\n{MORE} claims in {took[1]:.1f} s: {grown:.1f} times as many claims take {longer:.1f} times as long")


def test_one_more_report_costs_what_it_cost_at_the_start(tmp_path: Path) -> None:
    room = Corroborator(weights=load_weights(), affiliations=load_affiliations())
    told, took = claims(CLAIMS), []
    print()
    for count in (FEW, CLAIMS):
        ledger = SqliteLedger(tmp_path / f"{count}.db")
        reports = reports_of(told[:count])
        ledger.append_all(reports[:-REPORTS])
        ledger.append_events(settle(room, ledger, told[0].recorded_at))
        started = time.process_time()
        for report in reports[-REPORTS:]:
            ledger.append_all([report])
            new = {claim_id(claim) for claim in report.claims}
            ledger.append_events(settle(room, ledger, told[0].recorded_at, new))
        took.append(1_000 * (time.process_time() - started) / REPORTS)
        print(f"a report behind {len(reports)} others: {took[-1]:.0f} ms to keep it and conclude its events")
    print(f"{took[1] / took[0]:.2f} times as long")


def reports_of(told: list[KeptClaim]) -> list[Addition]:
    """Claims in their reports, as a ledger takes them."""
    by_report: dict[str, list[KeptClaim]] = {}
    for kept in told:
        by_report.setdefault(kept.report.id, []).append(kept)
    return [_addition(name, rows) for name, rows in by_report.items()]


def _addition(name: str, rows: list[KeptClaim]) -> Addition:
    report = evolve(rows[0].report, id=name)
    coded = [evolve(kept.claim, report_key=report.key) for kept in rows]
    received = Received(report=report, raw=report.text.encode())
    return Addition(received=received, claims=coded, note="coded", recorded_at=rows[0].recorded_at)
