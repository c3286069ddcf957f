"""How long 100,000 claims take to gather into happenings; prints only."""

from __future__ import annotations

import random
import resource
import time
from datetime import UTC, date, datetime, timedelta

from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.cluster import gather
from warledger.corroborate.events import corroborate
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

CLAIMS, WARS, TOWNS, DAYS = 100_000, 10, 60, 1_000
WORDS = "army shelled town airport jets struck clashes road north soldiers left dozens fighters".split()  # noqa: SIM905
KINDS = (EventType.ARMED_CLASH, EventType.AIR_STRIKE, EventType.SHELLING, EventType.NONSTATE_TAKES_TERRITORY)
LEVELS = (PlacePrecision.EXACT,) * 6 + (PlacePrecision.NEAR,) * 2 + (PlacePrecision.REGION,) * 2
LEVELS += (PlacePrecision.COUNTRY,)


def claims(count: int) -> list[KeptClaim]:
    """Ten wars over about three years: towns close together, half of the claims undated, a tenth placed by country."""
    chance = random.Random(20241130)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    out = []
    for number in range(count):
        war, day = chance.randrange(WARS), date(2022, 1, 1) + timedelta(days=chance.randrange(DAYS))
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
    told = claims(CLAIMS)
    weights, started, busy = load_weights(), time.perf_counter(), time.process_time()
    happenings = gather(told, weights)
    gathered, gathered_busy = time.perf_counter(), time.process_time()
    events = corroborate(told, (), told[0].recorded_at, weights=weights, affiliations=load_affiliations())
    ended = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{CLAIMS} claims: {len(happenings)} happenings in {gathered - started:.1f} s "
        f"({gathered_busy - busy:.1f} s of one processor)"
    )
    print(f"{len(events)} graded events in {ended - gathered:.1f} s; peak {peak_mb:.0f} MB")
