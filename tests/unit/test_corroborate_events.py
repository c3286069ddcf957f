"""Events: grades, fatalities, precision codes, and versions only where something changed."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve
from raids import ARMY, FIRST, LATER, MADANI, MADANI_PLACE, PAPER, RADIO, RSF, dead, told

from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.decisions import NO_RULINGS
from warledger.corroborate.events import corroborate, majority
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.precision import date_prec, geo_precision, time_precision, where_prec
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType, Grade, Modality
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim


def events(*claims: KeptClaim, known: tuple[Event, ...] = (), at: datetime = FIRST) -> tuple[Event, ...]:
    return corroborate(claims, known, at, weights=load_weights(), affiliations=load_affiliations())


def event_of(kept: KeptClaim) -> EventClaim:
    assert isinstance(kept.claim, EventClaim)
    return kept.claim


def one(*claims: KeptClaim) -> Event:
    found = events(*claims)
    assert len(found) == 1
    return found[0]


def test_two_independent_origins_that_are_no_party_confirm() -> None:
    event = one(PAPER, RADIO)
    assert (event.grade, event.origins) == (Grade.CONFIRMED, ("Nile Courier", "Radio Gezira"))
    assert "2 independent origins" in event.reason


def test_two_papers_that_cite_one_agency_are_one_origin_and_weak() -> None:
    paper = told("Army jets bombed a market in Wad Madani.", "Nile Courier", "Reuters")
    radio = told("Jets bombed the market in Wad Madani.", "Radio Gezira", "Reuters")
    assert one(paper, radio).grade is Grade.WEAK


def test_the_side_that_did_it_confirms_its_own_act() -> None:
    event = one(told("The army said it had struck targets in Wad Madani.", "Nile Courier", ARMY))
    assert event.grade is Grade.CONFIRMED
    assert "side that did it" in event.reason


def test_allegations_alone_never_confirm() -> None:
    doubts = [
        told(f"Jets reportedly hit Wad Madani, edition {p}.", p, modality=Modality.ALLEGED) for p in ("North", "South")
    ]
    assert one(*doubts).grade is Grade.FAIR


def test_several_who_say_so_say_it_in_the_plural() -> None:
    denial = told("The army denied that its jets had hit Wad Madani.", "Nile Post", ARMY, modality=Modality.DENIED)
    assert one(PAPER, RADIO, denial).reason == f"Nile Courier, Radio Gezira say so, {ARMY} denies it"


def test_a_denial_by_another_origin_contests() -> None:
    denial = told("The army denied that its jets had hit Wad Madani.", "Radio Gezira", ARMY, modality=Modality.DENIED)
    event = one(PAPER, denial)
    assert event.grade is Grade.CONTESTED
    assert event.origins == ("Nile Courier",)
    assert ARMY in event.reason


def test_a_handover_told_by_giver_and_receiver_is_no_contradiction() -> None:
    kind = EventType.TRANSFER_OF_TERRITORY
    given = told("The army handed Wad Madani over to the RSF.", "Nile Courier", kind=kind, by=(ARMY,))
    given = evolve(given, claim=evolve(event_of(given), target=(RSF,)))
    taken = told("RSF units moved into Wad Madani without a fight.", "Radio Gezira", kind=kind, by=(RSF,))
    assert one(given, taken).grade is Grade.CONFIRMED


def test_two_origins_that_name_different_doers_of_one_raid_contest() -> None:
    jets = told("Army aircraft bombed a market in Wad Madani, killing 40.", "Nile Courier", killed=dead(40, 40))
    drones = told("RSF drones killed 40 at the market of Wad Madani.", "Radio Gezira", by=(RSF,), killed=dead(40, 40))
    event = one(jets, drones)
    assert event.grade is Grade.CONTESTED
    assert ARMY in event.reason
    assert RSF in event.reason


def test_raids_of_two_sides_on_one_town_with_nothing_else_in_common_stay_two() -> None:
    assert len(events(PAPER, told("RSF drones struck Wad Madani.", "Radio Gezira", by=(RSF,)))) == 2


def test_what_its_only_source_takes_back_is_discounted() -> None:
    takes_back = told("The Nile Courier withdraws its report of a raid on Wad Madani.", "Nile Courier",
                      modality=Modality.DENIED, published=13)  # fmt: skip
    assert one(PAPER, takes_back).grade is Grade.DISCOUNTED


def test_planned_and_negated_claims_make_no_event() -> None:
    plan = told("The army plans to bomb Wad Madani.", "Nile Courier", modality=Modality.PLANNED)
    never = told("The army did not bomb Wad Madani.", "Radio Gezira", modality=Modality.NEGATED)
    assert events(plan, never) == ()


def test_fatalities_take_the_independent_source_before_the_party() -> None:
    own = told("The army put the dead at 5.", "Nile Courier", ARMY, killed=dead(5, 5), published=14)
    other = told("Doctors Without Borders counted at least 20 dead in the raid.", "Radio Gezira",
                 "Médecins Sans Frontières", killed=dead(20, None))  # fmt: skip
    third = told(
        "Up to 40 people died in the raid on Wad Madani.", "Blue Nile Press", killed=dead(None, 40), published=11
    )
    assert one(own, other, third).fatalities == Fatalities(
        low=5, best=20, high=40, low_claims=(own.id,), best_claims=(other.id,), high_claims=(third.id,)
    )


def test_no_figure_is_unknown_and_not_nought() -> None:
    assert one(PAPER).fatalities == Fatalities(low=None, best=None, high=None)


def test_a_dated_claim_narrows_an_undated_one() -> None:
    undated = told("Army jets bombed Wad Madani.", "Radio Gezira", day=None)
    assert one(PAPER, undated).when == Interval.day(date(2025, 1, 11))


def test_the_same_claims_again_append_nothing() -> None:
    known = events(PAPER, RADIO)
    assert events(RADIO, PAPER, known=known, at=LATER) == ()


def test_a_new_claim_appends_a_second_version_under_the_same_id() -> None:
    known = events(PAPER)
    (second,) = events(PAPER, evolve(RADIO, recorded_at=LATER), known=known, at=LATER)
    assert (second.id, second.version, second.recorded_at) == (known[0].id, 2, LATER)
    assert known[0].grade is Grade.WEAK
    assert second.grade is Grade.CONFIRMED


def test_an_event_whose_claims_were_withdrawn_ends_discounted() -> None:
    known = events(PAPER)
    (last,) = events(known=known, at=LATER)
    assert (last.id, last.version, last.grade, last.claim_ids) == (known[0].id, 2, Grade.DISCOUNTED, ())
    assert events(known=(last,), at=LATER) == ()


def test_two_events_that_prove_one_leave_one_and_say_where_the_other_went() -> None:
    (first,), (second,) = events(PAPER), events(RADIO)
    versions = events(PAPER, RADIO, known=(first, second), at=LATER)
    living = [v for v in versions if v.claim_ids]
    ended = [v for v in versions if not v.claim_ids]
    assert len(living) == len(ended) == 1
    assert living[0].id in ended[0].reason


def test_a_claim_far_from_every_known_event_leaves_them_unread() -> None:
    room = Corroborator(weights=load_weights(), affiliations=load_affiliations())
    known = room([PAPER], [], FIRST)
    far = evolve(event_of(RADIO), place=evolve(MADANI_PLACE, entry=evolve(MADANI, key="gn:379252", latitude=15.59)))
    elsewhere = evolve(RADIO, id="far", claim=far)
    assert room.affected({c.id: c for c in (PAPER, elsewhere)}, known, NO_RULINGS) == {"far"}


def test_claims_one_by_one_and_all_at_once_make_the_same_event() -> None:
    room = Corroborator(weights=load_weights(), affiliations=load_affiliations())
    first = room([PAPER], [], FIRST)
    (second,) = room([PAPER, RADIO], first, LATER)
    (at_once,) = room([RADIO, PAPER], [], LATER)
    assert evolve(second, id=at_once.id, version=1) == at_once


def test_a_withdrawn_claim_changes_its_event_though_nothing_new_came() -> None:
    room = Corroborator(weights=load_weights(), affiliations=load_affiliations())
    known = room([PAPER, RADIO], [], FIRST)
    (second,) = room([PAPER], known, LATER)
    assert (second.claim_ids, second.grade) == ((PAPER.id,), Grade.WEAK)


def test_a_fight_told_from_both_sides_names_each_side_once() -> None:
    clash = EventType.ARMED_CLASH
    rows = [
        told("Army units fought the RSF in Wad Madani.", "Nile Courier", kind=clash, by=(ARMY,)),
        told("The army fought RSF men near the bridge of Wad Madani.", "Blue Nile Press", kind=clash, by=(ARMY,)),
        told("RSF fighters attacked the army in Wad Madani.", "Radio Gezira", kind=clash, by=(RSF,)),
    ]
    other = {ARMY: (RSF,), RSF: (ARMY,)}
    both = [evolve(c, claim=evolve(event_of(c), target=other[event_of(c).initiator[0]])) for c in rows]
    event = one(*both)
    assert (event.initiator, event.target) == ((ARMY,), (RSF,))


def test_precision_codes_of_a_dated_town_and_of_an_undated_region() -> None:
    event = one(PAPER)
    assert (event.geo_precision, event.time_precision, event.where_prec, event.date_prec) == (1, 1, 1, 1)
    region = Place(name="Gezira", entry=evolve(MADANI, feature_code="ADM1"), precision=PlacePrecision.REGION)
    unknown = Interval(start=None, end=date(2025, 1, 12), precision=TimePrecision.OPEN)
    assert (geo_precision(region), time_precision(unknown), where_prec(region), date_prec(unknown)) == (3, 3, 4, 5)


def test_precision_codes_follow_the_length_of_the_interval() -> None:
    def of(days: int) -> Interval:
        return Interval(start=date(2025, 1, 1), end=date(2025, 1, days), precision=TimePrecision.DAY)

    assert [date_prec(of(n)) for n in (1, 2, 6, 7, 8, 31)] == [1, 2, 2, 3, 4, 4]
    assert [time_precision(of(n)) for n in (1, 2, 7, 8)] == [1, 2, 2, 3]


def sure(kept: KeptClaim, confidence: float) -> KeptClaim:
    return evolve(kept, claim=evolve(event_of(kept), confidence=confidence))


def fight_for_madani(publisher: str, kind: EventType, confidence: float, by: str) -> KeptClaim:
    return sure(told(f"Wad Madani, as {publisher} tells it.", publisher, kind=kind, by=(by,)), confidence)


def type_of(*claims: tuple[EventType, float], by: str) -> EventType:
    return one(*(fight_for_madani(f"Paper {n}", kind, sure, by) for n, (kind, sure) in enumerate(claims))).type


def test_a_claim_counts_as_far_as_its_coding_is_likely_right() -> None:
    regains, leaves = EventType.GOVERNMENT_REGAINS_TERRITORY, EventType.WITHDRAWAL
    assert type_of((regains, 0.06), (regains, 0.08), (leaves, 0.4), by=ARMY) is leaves
    doubtful, likely = (event_of(sure(PAPER, chance)) for chance in (0.1, 0.7))
    assert majority([((ARMY,), doubtful), ((ARMY,), doubtful), ((RSF,), likely)]) == (RSF,)


def test_a_fight_that_ends_with_a_place_in_other_hands_is_that() -> None:
    clash, takes = EventType.ARMED_CLASH, EventType.NONSTATE_TAKES_TERRITORY
    assert type_of((clash, 0.5), (clash, 0.4), (takes, 0.5), by=RSF) is takes
    assert type_of((clash, 0.5), (clash, 0.4), (takes, 0.1), by=RSF) is clash
