"""Claimed precedents against the record: one like it contradicts, silence supports only where the record is dense."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from made_events import an_event

from warledger.adapters.stores.memory import MemoryLedger
from warledger.domain.claim import EventClaim, Figure, Precedent, TollClaim
from warledger.domain.codes import EventType, Grade, Harm, Rank
from warledger.domain.event import Event
from warledger.domain.finding import PrecedentFinding
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.notice.precedents import CONTRADICTED, SUPPORTED, THIN, check_precedents, first_day_after

TEXT = "Russian jets bombed Aleppo overnight, the first raids there since August."
JETS = "Military Forces of Russia"
NOW = datetime(2024, 11, 30, 20, tzinfo=UTC)


def at(name: str, key: str, country: str = "SY", admin1: str = "Aleppo Governorate", code: str = "PPLA") -> Place:
    entry = GazetteerEntry(
        key=key,
        geonames_id=None,
        name=name,
        latitude=36.2,
        longitude=37.2,
        feature_code=code,
        country=country,
        admin1=admin1,
    )
    return Place(name=name, entry=entry, precision=PlacePrecision.EXACT)


ALEPPO, AZAZ, HOMS = at("Aleppo", "gn:1"), at("Azaz", "gn:2"), at("Homs", "gn:3", admin1="Homs Governorate")
PROVINCE = attrs.evolve(at("Aleppo Governorate", "gn:4", code="ADM1"), precision=PlacePrecision.REGION)


def claim(since: str | None = "2024-08", rank: Rank = Rank.FIRST, **more: object) -> EventClaim:
    made = EventClaim(
        report_key="",
        quotes=(Span.of(TEXT, 0, 36),),
        type=EventType.AIR_STRIKE,
        initiator=(JETS,),
        place=ALEPPO,
        when=Interval.day(date(2024, 11, 30)),
        precedent=Precedent(rank=rank, since=since),
    )
    return attrs.evolve(made, **more)


def event(day: date, where: Place = ALEPPO, by: str = JETS, killed: int | None = None, **more: object) -> Event:
    told = {"type": EventType.AIR_STRIKE, "grade": Grade.FAIR, "recorded_at": NOW, **more}
    return an_event(id=f"{day} {where.name} {by}", day=day, killed=killed, place=where, initiator=(by,), **told)


DENSE = tuple(event(date(2024, month, 15), AZAZ, "Israel Defense Forces") for month in (9, 10, 11))


def verdict(said: EventClaim | TollClaim, *events: Event) -> PrecedentFinding:
    ledger = MemoryLedger()
    report = Report(id="r", published=date(2024, 11, 30), text=TEXT, sha256="")
    said = attrs.evolve(said, report_key=report.key)
    ledger.append(Received(report=report, raw=TEXT.encode()), [said], note="coded", recorded_at=NOW)
    ledger.append_events(events)
    [finding] = check_precedents(ledger)
    return finding


def test_one_like_it_in_between_contradicts_a_first() -> None:
    earlier = event(date(2024, 10, 2))
    finding = verdict(claim(), earlier)
    assert finding.verdict == CONTRADICTED and finding.event_ids == (earlier.id,)


@pytest.mark.parametrize(
    "other",
    [
        event(date(2024, 8, 20)),  # inside the month that the claim itself names
        event(date(2024, 11, 30)),  # the day itself
        event(date(2024, 11, 29)),  # the same raids, dated a day apart
        event(date(2024, 10, 2), AZAZ),
        event(date(2024, 10, 2), by="Syrian Air Force"),
        event(date(2024, 10, 2), type=EventType.SHELLING),
        event(date(2024, 10, 2), grade=Grade.DISCOUNTED),
    ],
)
def test_what_is_not_the_same_or_not_in_between_leaves_a_first_standing(other: Event) -> None:
    assert verdict(claim(), other, *DENSE).verdict == SUPPORTED


def test_an_undated_first_is_not_contradicted_by_what_may_be_itself() -> None:
    undated = attrs.evolve(claim(), when=Interval(start=None, end=date(2024, 11, 30), precision=TimePrecision.OPEN))
    assert verdict(undated, event(date(2024, 11, 25)), *DENSE).verdict == SUPPORTED
    assert verdict(undated, event(date(2024, 11, 20)), *DENSE).verdict == CONTRADICTED


def test_silence_of_a_thin_record_supports_nothing_and_the_measure_is_stated() -> None:
    finding = verdict(claim(), DENSE[0])
    assert finding.verdict == THIN
    assert "1 of 3 months from 2024-09 to 2024-11 have events in SY" in finding.reason


def test_events_of_another_country_do_not_make_the_record_dense() -> None:
    abroad = [attrs.evolve(e, place=at("Beirut", "gn:9", "LB")) for e in DENSE]
    assert verdict(claim(), *abroad).verdict == THIN


def test_a_first_ever_can_be_contradicted_but_never_supported() -> None:
    assert verdict(claim(since=None), *DENSE).verdict == THIN
    assert verdict(claim(since=None), event(date(2016, 9, 1))).verdict == CONTRADICTED


def test_a_first_in_a_province_is_contradicted_by_a_town_in_it() -> None:
    assert verdict(claim(place=PROVINCE), event(date(2024, 10, 2), AZAZ)).verdict == CONTRADICTED
    assert verdict(claim(place=PROVINCE), event(date(2024, 10, 2), HOMS), *DENSE).verdict == SUPPORTED


def test_a_second_needs_exactly_one_before_it() -> None:
    before = [event(date(2024, 10, 2)), event(date(2024, 10, 9))]
    said = claim(rank=Rank.SECOND)
    assert verdict(said, before[0], *DENSE).verdict == SUPPORTED
    assert verdict(said, *before).verdict == CONTRADICTED
    assert verdict(said, *DENSE).verdict == THIN


def test_a_deadliest_is_judged_by_the_dead() -> None:
    said = claim(rank=Rank.DEADLIEST, figures=(Figure(harm=Harm.KILLED, min=20, max=20),))
    assert verdict(said, event(date(2024, 10, 2), killed=35)).verdict == CONTRADICTED
    assert verdict(said, event(date(2024, 10, 2), killed=4), *DENSE).verdict == SUPPORTED
    assert verdict(claim(rank=Rank.DEADLIEST), *DENSE).verdict == THIN


def test_what_the_record_cannot_measure_is_said() -> None:
    assert "figure to measure it by" in verdict(claim(rank=Rank.LARGEST), *DENSE).reason
    assert "measure of weight" in verdict(claim(rank=Rank.MOST_SIGNIFICANT), *DENSE).reason
    assert verdict(toll(())).verdict == THIN


def test_a_largest_is_measured_by_the_figure_that_the_claim_gives() -> None:
    said = claim(rank=Rank.LARGEST, figures=(Figure(harm=Harm.KILLED, min=20, max=None),))
    finding = verdict(said, event(date(2024, 10, 2), killed=21))
    assert finding.verdict == CONTRADICTED and "larger (by killed)" in finding.reason
    assert verdict(said, event(date(2024, 10, 2), killed=20), *DENSE).verdict == SUPPORTED


def test_a_largest_by_the_displaced_looks_at_the_claims_behind_the_events() -> None:
    flight = attrs.evolve(claim(), type=EventType.DISPLACEMENT, initiator=(), precedent=None)
    before = attrs.evolve(
        flight, when=Interval.day(date(2024, 10, 2)), figures=(Figure(harm=Harm.DISPLACED, min=9000, max=9000),)
    )
    said = attrs.evolve(
        flight,
        precedent=Precedent(rank=Rank.LARGEST, since="2024-08"),
        figures=(Figure(harm=Harm.DISPLACED, min=4000, max=None),),
    )
    ledger = MemoryLedger()
    report = Report(id="r", published=date(2024, 11, 30), text=TEXT, sha256="")
    said, before = (attrs.evolve(c, report_key=report.key) for c in (said, before))
    ledger.append(Received(report=report, raw=b""), [said, before], note="coded", recorded_at=NOW)
    earlier = event(date(2024, 10, 2), type=EventType.DISPLACEMENT, claim_ids=(claim_id(before),))
    ledger.append_events([earlier])
    [finding] = check_precedents(ledger)
    assert (finding.verdict, finding.event_ids, finding.contrary) == (
        CONTRADICTED,
        (earlier.id,),
        (claim_id(before),),
    )


def toll(figures: tuple[Figure, ...], start: date = date(2024, 11, 28)) -> TollClaim:
    return TollClaim(
        report_key="",
        quotes=(Span.of(TEXT, 0, 36),),
        figures=figures,
        place=PROVINCE,
        when=Interval(start=start, end=date(2024, 11, 30), precision=TimePrecision.DAY),
        precedent=Precedent(rank=Rank.DEADLIEST, since="2024-08"),
    )


def test_a_deadliest_three_days_are_compared_with_every_three_days_of_the_record() -> None:
    said = toll((Figure(harm=Harm.KILLED, min=30, max=30),))
    spread = [event(date(2024, 10, day), where, killed=16) for day, where in ((1, ALEPPO), (3, AZAZ))]
    apart = [event(date(2024, 10, day), where, killed=16) for day, where in ((1, ALEPPO), (4, AZAZ))]
    finding = verdict(said, *spread)
    assert finding.verdict == CONTRADICTED and set(finding.event_ids) == {e.id for e in spread}
    assert verdict(said, *apart, *DENSE).verdict == SUPPORTED


def test_what_a_faction_did_its_alliance_did() -> None:
    ledger = MemoryLedger()
    report = Report(id="r", published=date(2024, 11, 30), text=TEXT, sha256="")
    said = attrs.evolve(claim(initiator=("Syrian opposition",)), report_key=report.key)
    ledger.append(Received(report=report, raw=b""), [said], note="coded", recorded_at=NOW)
    ledger.append_events([event(date(2024, 10, 2), by="Ahrar al-Sham")])
    above = {"Ahrar al-Sham": ("Syrian opposition",)}
    assert [f.verdict for f in check_precedents(ledger)] == [THIN]
    assert [f.verdict for f in check_precedents(ledger, groups=lambda n, _: above.get(n, ()))] == [CONTRADICTED]


def test_a_country_that_is_well_covered_says_nothing_of_a_province_that_is_not() -> None:
    elsewhere = [attrs.evolve(e, place=HOMS) for e in DENSE]
    finding = verdict(claim(), *elsewhere)
    assert finding.verdict == THIN and "0 in Aleppo" in finding.reason


def test_a_dataset_of_deaths_is_silent_on_air_strikes_and_on_what_killed_nobody() -> None:
    rows = [attrs.evolve(e, id=f"ucdp:{n}", type=EventType.ATTACK) for n, e in enumerate(DENSE)]
    clash = {"type": EventType.ARMED_CLASH, "rank": Rank.FIRST}
    deadly = (Figure(harm=Harm.KILLED, min=3, max=3),)
    assert verdict(claim(), *rows).verdict == THIN
    assert verdict(claim(**clash), *rows).verdict == THIN
    assert verdict(claim(**clash, figures=deadly), *rows).verdict == SUPPORTED


def test_nothing_that_was_not_known_yet_is_used() -> None:
    ledger = MemoryLedger()
    report = Report(id="r", published=date(2024, 11, 30), text=TEXT, sha256="")
    said = attrs.evolve(claim(), report_key=report.key)
    ledger.append(Received(report=report, raw=b""), [said], note="coded", recorded_at=NOW)
    ledger.append_events([event(date(2024, 10, 2), recorded_at=NOW + timedelta(days=2))])
    assert [f.verdict for f in check_precedents(ledger, NOW)] == [THIN]
    assert [f.verdict for f in check_precedents(ledger)] == [CONTRADICTED]
    assert check_precedents(ledger, NOW - timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("2016", date(2017, 1, 1)),
        ("2024-02", date(2024, 3, 1)),
        ("2020-03-05", date(2020, 3, 6)),
        ("2020-13", None),
        ("the coup", None),
    ],
)
def test_since_counts_from_behind_the_period_it_names(since: str, day: date | None) -> None:
    assert first_day_after(since) == day
