"""Reports of air raids on Wad Madani, as claims of a ledger: what the tests of corroboration tell of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from warledger.domain.claim import EventClaim, Figure
from warledger.domain.codes import EventType, Harm, Modality
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

FIRST, LATER = datetime(2025, 1, 13, tzinfo=UTC), datetime(2025, 1, 14, tzinfo=UTC)
ARMY, RSF = "Military Forces of Sudan", "Rapid Support Forces"
MADANI = GazetteerEntry(
    key="gn:364103",
    geonames_id=364103,
    name="Wad Madani",
    latitude=14.40,
    longitude=33.52,
    feature_code="PPLA",
    country="SD",
)


MADANI_PLACE = Place(name="Wad Madani", entry=MADANI, precision=PlacePrecision.EXACT)


def told(
    words: str,
    publisher: str,
    *chain: str,
    modality: Modality = Modality.ASSERTED,
    kind: EventType = EventType.AIR_STRIKE,
    by: tuple[str, ...] = (ARMY,),
    killed: Figure | None = None,
    day: int | None = 11,
    published: int = 12,
) -> KeptClaim:
    report = Report(
        id=f"{publisher}-{published}", published=date(2025, 1, published), text=words, sha256="", publisher=publisher
    )
    start = date(2025, 1, day) if day is not None else None
    claim = EventClaim(
        report_key=report.key,
        quotes=(Span(start=0, end=len(words), text=words),),
        attribution=chain,
        modality=modality,
        type=kind,
        initiator=by,
        place=MADANI_PLACE,
        when=Interval(
            start=start,
            end=start or date(2025, 1, published),
            precision=TimePrecision.DAY if start is not None else TimePrecision.OPEN,
        ),
        figures=(killed,) if killed is not None else (),
    )
    return KeptClaim(id=claim_id(claim), claim=claim, report=report, recorded_at=FIRST)


def dead(low: int | None, high: int | None) -> Figure:
    return Figure(harm=Harm.KILLED, min=low, max=high)


PAPER = told("Army jets bombed a market in Wad Madani on Saturday.", "Nile Courier")
RADIO = told("An air raid by the army hit the market of Wad Madani.", "Radio Gezira")
