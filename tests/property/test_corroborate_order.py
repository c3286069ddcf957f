"""The order in which claims arrive changes nothing; every claim lands in exactly one happening."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.adapters.tables.corroborate import load_weights
from warledger.corroborate.cluster import gather
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType, Modality
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

WEIGHTS = load_weights()
QUOTES = (
    "Rebels captured the town.",
    "Jets struck the market.",
    "The town fell on Friday.",
    "Shells hit the old quarter.",
)
KINDS = (EventType.NONSTATE_TAKES_TERRITORY, EventType.ARMED_CLASH, EventType.AIR_STRIKE, EventType.SHELLING)


@st.composite
def kept(draw: st.DrawFn, number: int) -> KeptClaim:
    words = draw(st.sampled_from(QUOTES))
    day = date(2024, 11, 20) + timedelta(days=draw(st.integers(0, 6)))
    start = draw(st.sampled_from((day, None)))
    spot = draw(st.integers(0, 4))
    entry = GazetteerEntry(
        key=f"t:{spot}", geonames_id=None, name=f"Town {spot}", latitude=36.0 + spot / 40, longitude=37.0,
        feature_code="PPL", country="SY",
    )  # fmt: skip
    report = Report(id=f"r{draw(st.integers(0, 3))}", published=date(2024, 11, 27), text=words, sha256="")
    claim = EventClaim(
        report_key=report.key,
        quotes=(Span(start=0, end=len(words), text=words),),
        type=draw(st.sampled_from(KINDS)),
        initiator=draw(st.sampled_from(((), ("A",), ("B",), ("A", "B")))),
        place=draw(st.sampled_from((None, Place(name=entry.name, entry=entry, precision=PlacePrecision.EXACT)))),
        when=Interval(start=start, end=day, precision=TimePrecision.DAY if start else TimePrecision.OPEN),
        modality=draw(st.sampled_from((Modality.ASSERTED, Modality.DENIED, Modality.PLANNED))),
    )
    return KeptClaim(id=f"c{number:02d}", claim=claim, report=report, recorded_at=datetime(2024, 12, 1, tzinfo=UTC))


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[KeptClaim], list[KeptClaim]]:
    claims = [draw(kept(n)) for n in range(draw(st.integers(0, 14)))]
    return claims, draw(st.permutations(claims))


@settings(max_examples=60, deadline=None)
@given(arrivals())
def test_order_of_arrival_does_not_change_happenings(orders: tuple[list[KeptClaim], list[KeptClaim]]) -> None:
    first, second = orders
    assert gather(first, WEIGHTS) == gather(second, WEIGHTS)


@settings(max_examples=30, deadline=None)
@given(arrivals())
def test_every_claim_lands_in_exactly_one_happening(orders: tuple[list[KeptClaim], list[KeptClaim]]) -> None:
    claims, _ = orders
    assert sorted(i for happening in gather(claims, WEIGHTS) for i in happening) == sorted(c.id for c in claims)
