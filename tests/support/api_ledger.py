"""A small ledger of invented reports for the API's tests: two towns, two scripts, and one report that is hostile."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import attrs

from warledger.domain.claim import Claim, ControlClaim, EventClaim, Evidence, Figure
from warledger.domain.coded import Disagreement
from warledger.domain.codes import FAMILY_OF, EventType, Grade, Harm
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import Addition, Ledger

HOSTILE = "</script><script>alert(1)</script><img src=x onerror='alert(2)'>"
NOBODY = "Yusuf Qadri"
"""A private person."""
SARAQIB = GazetteerEntry(
    key="gn:164816",
    geonames_id=164816,
    name="Saraqib",
    latitude=35.86437,
    longitude=36.80584,
    feature_code="PPLA3",
    country="SY",
    admin1="Idlib",
    population=88076,
)
HAMA = GazetteerEntry(
    key="gn:170017",
    geonames_id=170017,
    name="Ḩamāh",
    latitude=35.13179,
    longitude=36.75783,
    feature_code="PPLA",
    country="SY",
    admin1="Hama",
    population=460602,
)
ARMY, REBELS, PEOPLE = "Military Forces of Syria", "Hayat Tahrir al-Sham", "Civilians (Syria)"
TAKEN = "Rebels took Saraqib from the army. Shells killed four people in Hama, Yusuf Qadri said."
ARABIC = "سيطرت الفصائل على مدينة حماة وبحلب معارك."


def moment(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 12, day, hour, tzinfo=UTC)


def place(entry: GazetteerEntry) -> Place:
    return Place(name="Hama" if entry is HAMA else entry.name, entry=entry, precision=PlacePrecision.EXACT)


def received(ident: str, day: int, text: str, **changes: str) -> Received:
    raw = text.encode()
    said = {"publisher": "Hama Post", "language": "en", "title": f"Report {ident}", "url": f"https://{ident}.example/"}
    digest = hashlib.sha256(raw).hexdigest()
    return Received(
        report=Report(id=ident, published=date(2024, 12, day), text=text, sha256=digest, **{**said, **changes}), raw=raw
    )


def quote(report: Report, words: str) -> Span:
    at = report.text.index(words)
    return Span.of(report.text, at, at + len(words))


def held(report: Report, words: str, entry: GazetteerEntry, holder: str, day: int, sure: float = 0.8) -> ControlClaim:
    said = quote(report, words)
    return ControlClaim(
        report_key=report.key,
        quotes=(said,),
        holder=(holder,),
        place=place(entry),
        when=Interval.day(date(2024, 12, day)),
        evidence=(Evidence(field="holder", spans=(said,), rule="cue", score=0.5),),
        confidence=sure,
    )


def happened(
    report: Report,
    words: str,
    where: Place,
    type: EventType,
    day: int,
    sides: tuple[str, str],
    sure: float | None = 0.6,
) -> EventClaim:
    return EventClaim(
        report_key=report.key,
        quotes=(quote(report, words),),
        type=type,
        initiator=sides[:1],
        target=sides[1:] if sides[1] else (),
        place=where,
        when=Interval.day(date(2024, 12, day)),
        figures=(Figure(harm=Harm.KILLED, min=4, max=6),),
        confidence=sure,
    )


def concluded(claims: list[EventClaim], id: str, at: datetime, grade: Grade = Grade.WEAK, version: int = 1) -> Event:
    first = claims[0]
    return Event(
        id=id,
        version=version,
        family=FAMILY_OF[first.type],
        type=first.type,
        place=first.place,
        when=first.when,
        initiator=first.initiator,
        target=first.target,
        fatalities=Fatalities(low=4, best=4, high=6),
        claim_ids=tuple(sorted(map(claim_id, claims))),
        origins=("Hama Post",),
        grade=grade,
        reason="one origin: Hama Post",
        geo_precision=1,
        time_precision=1,
        where_prec=1,
        date_prec=1,
        recorded_at=at,
        contradictions=("Hama Post says 4, others 6",) if grade is Grade.CONTESTED else (),
    )


def fill(ledger: Ledger) -> dict[str, list[str]]:
    """Fill a ledger; ids of the claims by report."""
    ids: dict[str, list[str]] = {}
    before = received("before", 2, "The army holds Saraqib and Hama, residents said. The front is quiet at Saraqib.")
    taken = received(
        "taken", 5, "Rebels took Saraqib from the army. Shells killed four people in Hama, Yusuf Qadri said."
    )
    arabic = received(
        "arabic",
        6,
        "سيطرت الفصائل على مدينة حماة وبحلب معارك.",
        publisher="صحيفة حماة",
        language="ar",
        title="معارك حماة",
    )
    hostile = received(
        "hostile/../1",
        7,
        f"Fighters {HOSTILE} shelled the square. It is calm.",
        title=HOSTILE,
        publisher=HOSTILE,
        url="javascript:alert(3)",
    )
    r1, r2, r3, r4 = (item.report for item in (before, taken, arabic, hostile))
    shelled = happened(r2, "Shells killed four people in Hama", place(HAMA), EventType.SHELLING, 5, (ARMY, PEOPLE))
    spoken = EventClaim(
        report_key=r2.key,
        quotes=(quote(r2, "Yusuf Qadri said"),),
        attribution=(NOBODY,),
        type=EventType.ATTACK,
        target=(NOBODY,),
        place=place(HAMA),
        when=Interval.day(date(2024, 12, 4)),
        confidence=0.1,
    )
    seized = happened(r2, "Rebels took Saraqib", place(SARAQIB), EventType.NONSTATE_TAKES_TERRITORY, 5, (REBELS, ARMY))
    moved = happened(r3, "سيطرت الفصائل على مدينة حماة", place(HAMA), EventType.TROOP_MOVEMENT, 6, (REBELS, ""), None)
    square = Place(name=f"square {HOSTILE}", entry=None, precision=PlacePrecision.EXACT)
    hostile_claim = happened(r4, "shelled the square", square, EventType.SHELLING, 7, (HOSTILE, HOSTILE), 0.2)
    said: dict[Received, list[Claim]] = {
        before: [held(r1, "The army holds Saraqib", SARAQIB, ARMY, 2), held(r1, "Hama", HAMA, ARMY, 2)],
        taken: [shelled, seized, held(r2, "Rebels took Saraqib", SARAQIB, REBELS, 5, 0.9), spoken],
        arabic: [held(r3, "سيطرت الفصائل على مدينة حماة", HAMA, REBELS, 6), moved],
        hostile: [hostile_claim],
    }
    for item, claims in said.items():
        ledger.append(item, claims, note="coded", recorded_at=moment(item.report.published.day))
        ids[item.report.id] = [claim_id(c) for c in claims]
    ledger.append_events(
        [
            concluded([shelled], "e-shelling", moment(5), Grade.CONTESTED),
            concluded([seized], "e-seizure", moment(5)),
            concluded([spoken], "e-attack", moment(5)),
        ]
    )
    ledger.append_events([concluded([moved], "e-move", moment(6)), concluded([hostile_claim], "e-hostile", moment(7))])
    ledger.append_events([concluded([seized], "e-seizure", moment(8), Grade.FAIR, version=2)])
    return ids


def read_two_ways(ledger: Ledger) -> tuple[EventClaim, EventClaim, EventClaim]:
    """Append a report that two coders read differently: the rules' claim, the model's, and one of the model alone."""
    item = received("differ", 7, "Shells hit Hama on Friday. The army left Saraqib.", publisher="Hama Post")
    rules = happened(item.report, "Shells hit Hama on Friday", place(HAMA), EventType.SHELLING, 6, (ARMY, PEOPLE))
    model = attrs.evolve(rules, type=EventType.AIR_STRIKE, confidence=None)
    alone = happened(item.report, "The army left Saraqib", place(SARAQIB), EventType.WITHDRAWAL, 7, (ARMY, ""))
    found = (Disagreement(rules=rules, model=model, fields=("type",)), Disagreement(rules=None, model=alone))
    kept = Addition(received=item, claims=[rules], note="coded", recorded_at=moment(8), disagreements=found)
    ledger.append_all([kept])
    return rules, model, alone
