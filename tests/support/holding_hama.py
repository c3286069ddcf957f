"""Sentences on who holds Hama, put into a ledger: what the tests of control tell of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

from warledger.adapters.stores.memory import MemoryLedger
from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.codes import EventType
from warledger.domain.control import ControlState
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states

ARMY, REBELS, HTS = "Military Forces of Syria", "Syrian opposition", "Hayat Tahrir al-Sham"
HAMA = Place(
    name="Hama",
    entry=GazetteerEntry(
        key="gn:170017",
        geonames_id=170017,
        name="Hama",
        latitude=35.13,
        longitude=36.75,
        feature_code="PPLA",
        country="SY",
    ),
    precision=PlacePrecision.EXACT,
)
D8 = date(2024, 12, 8)


def say(
    ledger: MemoryLedger, text: str, claim: Claim, *, publisher: str | None = "Reuters", day: int = 5, hour: int = 20
) -> None:
    """Publish one sentence with one claim."""
    raw = text.encode()
    report = Report(id=f"{publisher}: {text}", published=date(2024, 12, day), text=text, sha256="", publisher=publisher)
    said = attrs.evolve(claim, report_key=report.key, quotes=(Span.of(text, 0, len(text)),))
    at = datetime(2024, 12, day, hour, tzinfo=UTC)
    ledger.append(Received(report=report, raw=raw), [said], note="coded", recorded_at=at)


def holds(*holder: str, day: int | None = 5, **more: object) -> ControlClaim:
    start = None if day is None else date(2024, 12, day)
    when = Interval(start=start, end=None, precision=TimePrecision.OPEN)
    claim = ControlClaim(report_key="", quotes=(), holder=holder, place=HAMA, when=when)
    return attrs.evolve(claim, **more)


def happens(kind: EventType, *initiator: str, day: int = 5, **more: object) -> EventClaim:
    when = Interval.day(date(2024, 12, day))
    claim = EventClaim(report_key="", quotes=(), type=kind, initiator=initiator, place=HAMA, when=when)
    return attrs.evolve(claim, **more)


def only(ledger: MemoryLedger, on: date = D8, known_at: datetime | None = None) -> ControlState:
    [state] = control_states(ledger, on, known_at)
    return state
