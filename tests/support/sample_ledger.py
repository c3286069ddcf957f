"""A small ledger of invented reports that has a row in every table, for tests of what ledgers promise."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from warledger.domain.claim import Claim, ControlClaim, EventClaim, Evidence
from warledger.domain.codes import EventType, Family, Grade
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import Ledger

NAME = "Yusuf Qadri"
"""A private person, named where a redaction must find the name."""
TEXT = f"Fighters hold the centre of Saraqib, {NAME}, a baker, said by phone. Shells killed four of his neighbours."
LATER = TEXT + " It is calm now."
DAY = date(2024, 11, 30)
HAMA = GazetteerEntry(
    key="gn:170015", geonames_id=170015, name="Hama", latitude=35, longitude=36.75, feature_code="PPLA", country="SY"
)


def moment(hour: int) -> datetime:
    return datetime(2024, 11, 30, hour, tzinfo=UTC)


def received(ident: str = "s1", text: str = TEXT, day: date = DAY) -> Received:
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    report = Report(id=ident, published=day, text=text, sha256=digest, title=f"{NAME} speaks", url="http://a.example")
    return Received(report=report, raw=raw)


def claims_of(report: Report) -> list[Claim]:
    """One of control at a place that is only named, one of shelling at a place of the gazetteer."""
    name = Span.of(report.text, 37, 37 + len(NAME))
    held = ControlClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, 0, 70),),
        holder=("Rebels (Syria)",),
        attribution=(NAME,),
        place=Place(name=f"street of {NAME}", entry=None, precision=PlacePrecision.EXACT, spans=(name,)),
        when=Interval.day(DAY),
        evidence=(Evidence(field="attribution", spans=(name,), rule="said", score=0.5),),
    )
    shelled = EventClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, 70, 100),),
        type=EventType.SHELLING,
        place=Place(name="Hama", entry=HAMA, precision=PlacePrecision.EXACT),
        when=Interval.day(DAY),
    )
    return [held, shelled]


def event_of(claims: list[Claim], version: int = 1, hour: int = 12) -> Event:
    return Event(
        id="ev-1",
        version=version,
        family=Family.REMOTE,
        type=EventType.SHELLING,
        place=Place(name="Hama", entry=HAMA, precision=PlacePrecision.EXACT),
        when=Interval.day(DAY),
        initiator=("Rebels (Syria)",),
        target=(),
        fatalities=Fatalities(low=4, best=4, high=None),
        claim_ids=tuple(sorted(claim_id(c) for c in claims)),
        origins=(NAME,),
        grade=Grade.WEAK,
        reason=f"one origin: {NAME}",
        geo_precision=1,
        time_precision=1,
        where_prec=1,
        date_prec=1,
        recorded_at=moment(hour),
    )


def fill(ledger: Ledger) -> None:
    """Two versions of a report, another report, an event in two versions, a refused record, a decision."""
    for text, hour in ((TEXT, 10), (LATER, 11)):
        item = received(text=text)
        ledger.append(item, claims_of(item.report), note="coded", recorded_at=moment(hour))
        ledger.append_events([event_of(claims_of(item.report), version=hour - 9, hour=hour)])
    other = received("s2", "Shells fell on Hama at dawn, the governor said. Nobody was hurt in the town, he added.")
    ledger.append(other, [], note="not coded: language xx", recorded_at=moment(12))
    ledger.refuse(Problem(file="x.txt", what="no date", raw=TEXT.encode()), recorded_at=moment(13))
    decision = Decision(
        id="d1",
        recorded_at=moment(14),
        author="A. Editor",
        reason=f"{NAME} tells of one fight",
        act="merge",
        event_ids=("ev-1", "ev-2"),
        payload={"into": "ev-1"},
    )
    ledger.decide(decision)
