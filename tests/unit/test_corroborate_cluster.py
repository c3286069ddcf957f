"""Claims gather into happenings: what belongs together, what stays apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from warledger.adapters.tables.corroborate import load_weights
from warledger.corroborate.cluster import gather
from warledger.domain.claim import ControlClaim, EventClaim
from warledger.domain.codes import EventType, Modality
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

WEIGHTS = load_weights()
NOW = datetime(2024, 12, 1, tzinfo=UTC)
SPOTS = {
    "Saraqib": (35.86, 36.80),
    "Sarmin": (35.90, 36.72),
    "Aleppo": (36.20, 37.16),
    "Hama": (35.13, 36.75),
    "Syria": (35.0, 38.0),
    "Zahraa": (36.24, 37.09),
    "Homs Governorate": (34.25, 38.5),
    "Qusayr": (34.51, 36.58),
}


def place(name: str, precision: PlacePrecision = PlacePrecision.EXACT) -> Place:
    latitude, longitude = SPOTS[name]
    entry = GazetteerEntry(
        key=f"t:{name}",
        geonames_id=None,
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature_code="",
        country="SY",
    )
    return Place(name=name, entry=entry, precision=precision)


def told(
    words: str,
    kind: str,
    where: str | None,
    *,
    report: str = "a",
    day: int = 28,
    by: tuple[str, ...] = (),
    against: tuple[str, ...] = (),
    modality: Modality = Modality.ASSERTED,
    precision: PlacePrecision = PlacePrecision.EXACT,
) -> KeptClaim:
    source = Report(id=report, published=date(2024, 11, 30), text=words, sha256="")
    claim = EventClaim(
        report_key=source.key,
        quotes=(Span(start=0, end=len(words), text=words),),
        type=EventType(kind),
        initiator=by,
        target=against,
        place=place(where, precision) if where is not None else None,
        when=Interval(start=date(2024, 11, day), end=date(2024, 11, day), precision=TimePrecision.DAY),
        modality=modality,
    )
    return KeptClaim(id=claim_id(claim), claim=claim, report=source, recorded_at=NOW)


def together(first: KeptClaim, second: KeptClaim) -> bool:
    return len(gather([first, second], WEIGHTS)) == 1


TAKEN = told(
    "Rebel units captured Saraqib on Thursday.", "nonstate_takes_territory", "Saraqib", by=("Syrian opposition",)
)


def test_two_reports_of_one_taking_are_one_happening() -> None:
    other = told(
        "Saraqib fell to the rebels.", "nonstate_takes_territory", "Saraqib", report="b", by=("Syrian opposition",)
    )
    assert together(TAKEN, other)


def test_a_fight_for_a_place_on_the_day_it_was_taken_belongs_to_the_taking() -> None:
    fight = told(
        "Insurgents fought the army in Saraqib.", "armed_clash", "Saraqib", report="b", by=("Syrian opposition",)
    )
    assert together(TAKEN, fight)


def test_the_same_type_in_another_town_stays_apart() -> None:
    other = told(
        "Rebel units captured Hama.", "nonstate_takes_territory", "Hama", report="b", by=("Syrian opposition",)
    )
    assert not together(TAKEN, other)


def test_the_same_town_a_week_earlier_stays_apart() -> None:
    earlier = told("Rebels captured Saraqib.", "nonstate_takes_territory", "Saraqib", report="b", day=20)
    assert not together(TAKEN, earlier)


def test_a_planned_taking_never_joins_one_that_happened() -> None:
    plan = told(
        "The rebels plan to seize Saraqib.",
        "nonstate_takes_territory",
        "Saraqib",
        report="b",
        modality=Modality.PLANNED,
    )
    assert not together(TAKEN, plan)


def test_a_denial_joins_what_it_denies() -> None:
    denial = told(
        "The ministry denied that Saraqib had been lost.",
        "nonstate_takes_territory",
        "Saraqib",
        report="b",
        modality=Modality.DENIED,
    )
    assert together(TAKEN, denial)


def test_withdrawals_of_two_sides_from_one_town_stay_apart() -> None:
    army = told("The army left Hama.", "withdrawal", "Hama", by=("Military Forces of Syria",))
    rebels = told("The rebels pulled out of Hama.", "withdrawal", "Hama", report="b", by=("Syrian opposition",))
    assert not together(army, rebels)


def test_a_group_and_the_side_it_belongs_to_count_as_one_initiator() -> None:
    group = told("HTS entered Aleppo.", "nonstate_takes_territory", "Aleppo", report="b", by=("Hayat Tahrir al-Sham",))
    side = told("The opposition entered Aleppo.", "nonstate_takes_territory", "Aleppo", by=("Syrian opposition",))
    sides = {"Hayat Tahrir al-Sham": ("Syrian opposition",)}
    assert len(gather([group, side], WEIGHTS, groups=lambda name, _: sides.get(name, ()))) == 1


def test_claims_without_places_do_not_break_the_comparison() -> None:
    nowhere = told("Talks went on.", "talks", None, by=("United Nations",))
    assert gather([nowhere, TAKEN], WEIGHTS) == tuple(frozenset({i}) for i in sorted([nowhere.id, TAKEN.id]))


def test_what_one_report_tells_of_one_raid_in_two_ways_is_one_happening() -> None:
    raid = told("Army jets bombed Hama.", "air_strike", "Hama", by=("Military Forces of Syria",))
    fire = told("Army guns shelled Hama too.", "shelling", "Hama", by=("Military Forces of Syria",))
    assert together(raid, fire)


def test_two_towns_listed_in_one_sentence_stay_apart_though_they_lie_close() -> None:
    words = "The rebels took Saraqib and Sarmin."
    first = told(words, "nonstate_takes_territory", "Saraqib", by=("Syrian opposition",))
    second = told(words, "nonstate_takes_territory", "Sarmin", by=("Syrian opposition",))
    assert not together(first, second)


def test_nothing_gathers_into_nothing() -> None:
    assert gather([], WEIGHTS) == ()


def test_a_control_claim_is_refused() -> None:
    claim = ControlClaim(report_key="r", quotes=(), holder=("X",), when=Interval.day(date(2024, 11, 28)))
    with pytest.raises(ValueError, match="no event"):
        gather([KeptClaim(id="c", claim=claim, report=TAKEN.report, recorded_at=NOW)], WEIGHTS)


def test_a_district_is_in_its_city_though_its_centre_lies_apart() -> None:
    district = told("Shells hit the Zahraa quarter of Aleppo.", "shelling", "Zahraa")
    city = told("Rockets fell on Aleppo on Thursday.", "shelling", "Aleppo", report="b")
    assert not together(district, city)
    inside = {"t:Zahraa": ("t:Aleppo",)}
    assert len(gather([district, city], WEIGHTS, parents=lambda key: inside.get(key, ()))) == 1


def test_a_town_is_compared_with_its_governorate_however_far_the_centre_lies() -> None:
    region = told("The army went on the offensive in Homs governorate.", "offensive", "Homs Governorate", report="b",
                  by=("Military Forces of Syria",), precision=PlacePrecision.REGION)  # fmt: skip
    town = told("The army pushed on towards Qusayr.", "offensive", "Qusayr", by=("Military Forces of Syria",))
    assert not together(region, town)
    inside = {"t:Qusayr": ("t:Homs Governorate",)}
    assert len(gather([region, town], WEIGHTS, parents=lambda key: inside.get(key, ()))) == 1


def test_a_town_shelled_every_other_day_is_no_single_shelling() -> None:
    days = [told(f"Shells fell on Hama, day {d}.", "shelling", "Hama", day=d, report=f"r{d}") for d in range(1, 29, 2)]
    happenings = gather(days, WEIGHTS)
    first, last = days[0].id, days[-1].id
    assert not any({first, last} <= happening for happening in happenings)
    assert max(map(len, happenings)) <= 4
