"""Who holds a place: the newest day decides, doubt moves nothing, and what contradicts is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
from holding_hama import ARMY, D8, HAMA, HTS, REBELS, happens, holds, only, say

from warledger.adapters.stores.memory import MemoryLedger
from warledger.domain.claim import Claim
from warledger.domain.codes import EventType, Modality, Status
from warledger.domain.place import PlacePrecision
from warledger.domain.report import Report
from warledger.domain.testimony import Testimony, read_testimony
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states, history
from warledger.ledger.control import fold, no_groups, weigh

REPORT = Report(id="r", published=D8, text="Rebels hold Hama.", sha256="0" * 64, publisher="Daily")


def test_the_newest_claim_decides_and_older_days_keep_their_answer() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "Rebels captured Hama and hold it.", holds(REBELS))
    state = only(ledger)
    assert (state.holder, state.status, state.since) == ((REBELS,), Status.HELD, date(2024, 12, 5))
    assert only(ledger, date(2024, 12, 4)).holder == (ARMY,)
    assert control_states(ledger, date(2024, 11, 30)) == ()


def test_what_was_not_yet_known_does_not_count() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "Rebels have held Hama since Thursday.", holds(REBELS, day=5), day=7)
    assert only(ledger, known_at=datetime(2024, 12, 6, tzinfo=UTC)).holder == (ARMY,)
    assert only(ledger).holder == (REBELS,)


def test_a_place_taken_some_time_within_many_days_is_taken_on_no_known_day_but_a_night_is_one() -> None:
    def taken(first: int, last: int) -> Interval:
        return Interval(start=date(2024, 12, first), end=date(2024, 12, last), precision=TimePrecision.DAY)

    ledger = MemoryLedger()
    say(ledger, "HTS captured Hama.", happens(EventType.NONSTATE_TAKES_TERRITORY, HTS, day=4), day=4)
    fought = happens(EventType.GOVERNMENT_REGAINS_TERRITORY, ARMY, when=taken(1, 6))
    say(ledger, "In six days the army took ground at Hama.", fought, day=6)
    assert only(ledger).holder == (HTS,)
    overnight = happens(EventType.GOVERNMENT_REGAINS_TERRITORY, ARMY, when=taken(6, 7))
    say(ledger, "Overnight the army took Hama.", overnight, day=7)
    assert (only(ledger).holder, only(ledger).since) == ((ARMY,), date(2024, 12, 7))


def test_a_place_said_to_be_held_since_some_week_or_year_is_held_when_that_is_over_at_the_latest() -> None:
    def since(precision: TimePrecision, start: date) -> Interval:
        return Interval(start=start, end=None, precision=precision)

    ledger = MemoryLedger()
    say(ledger, "The army won Hama back in 2016.", holds(ARMY, when=since(TimePrecision.YEAR, date(2016, 1, 1))))
    say(ledger, "Rebels took Hama last week.", holds(REBELS, when=since(TimePrecision.WEEK, date(2024, 11, 25))), day=8)
    assert control_states(ledger, date(2016, 12, 30)) == ()
    assert only(ledger, date(2024, 11, 30)).holder == (ARMY,)
    assert (only(ledger).holder, only(ledger).since) == ((REBELS,), date(2024, 12, 1))


def test_denied_capture_leaves_control_unchanged() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    for modality in (Modality.DENIED, Modality.ALLEGED, Modality.POSSIBLE, Modality.PLANNED):
        say(ledger, f"Rebels and Hama: {modality}.", holds(REBELS, day=6, modality=modality), day=6)
    taken = happens(EventType.NONSTATE_TAKES_TERRITORY, REBELS, day=6, modality=Modality.DENIED)
    say(ledger, "The ministry denied that Hama had been taken.", taken, day=6)
    state = only(ledger)
    assert (state.holder, state.since) == ((ARMY,), date(2024, 12, 1))
    assert len(state.against) == 5


def test_a_report_that_a_side_reportedly_holds_what_it_holds_is_not_against() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "The army reportedly still holds Hama.", holds(ARMY, day=3, modality=Modality.ALLEGED), day=3)
    assert only(ledger).against == ()


def test_of_one_day_the_holder_of_most_origins_counts_and_the_rest_is_against() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    say(ledger, "Hama is in rebel hands.", holds(REBELS), publisher="AFP")
    say(ledger, "The army holds Hama.", holds(ARMY), publisher="Daily")
    state = only(ledger)
    assert state.holder == (REBELS,) and len(state.claim_ids) == 2 and len(state.against) == 1


def test_ten_outlets_that_cite_one_source_are_one_voice() -> None:
    ledger = MemoryLedger()
    for n in range(10):
        claim = holds(ARMY, attribution=("Syrian Observatory for Human Rights",))
        say(ledger, f"The army holds Hama, the Observatory said ({n}).", claim, publisher=f"Outlet {n}")
    say(ledger, "Rebels hold Hama.", holds(REBELS), publisher="AFP")
    say(ledger, "Rebels hold the whole of Hama.", holds(REBELS), publisher="Reuters")
    assert only(ledger).holder == (REBELS,)


def test_as_many_voices_on_both_sides_make_it_contested() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    say(ledger, "The army holds Hama.", holds(ARMY), publisher="AFP")
    state = only(ledger)
    assert state.status is Status.CONTESTED
    assert state.holder == tuple(sorted((ARMY, REBELS))) and len(state.claim_ids) == 2


def test_an_origin_that_is_coded_to_name_two_holders_counts_for_the_one_it_names_more_surely() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels took most of Hama.", holds(HTS, confidence=0.65))
    say(ledger, "The advance had handed Hama to them.", holds(ARMY, confidence=0.25))
    state = only(ledger)
    assert (state.holder, state.status, len(state.against)) == ((HTS,), Status.HELD, 1)


def test_an_origin_that_names_two_holders_alike_or_of_two_parts_leaves_the_place_contested() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold the east of Hama.", holds(HTS, confidence=0.6, extent="part"))
    say(ledger, "The army holds the west of Hama.", holds(ARMY, confidence=0.4, extent="part"))
    assert only(ledger).status is Status.CONTESTED
    alike = MemoryLedger()
    say(alike, "Rebels hold Hama.", holds(HTS, confidence=0.6))
    say(alike, "The army holds Hama.", holds(ARMY, confidence=0.5))
    assert only(alike).status is Status.CONTESTED


def test_a_word_that_is_hardly_likely_does_not_count_against_a_far_surer_one_of_another_origin() -> None:
    for confidence, status in ((0.15, Status.HELD), (0.4, Status.CONTESTED)):
        ledger = MemoryLedger()
        say(ledger, "HTS holds Hama.", holds(HTS, confidence=0.8))
        say(ledger, "Hama, the army's last stronghold.", holds(ARMY, confidence=confidence), publisher="AFP")
        state = only(ledger)
        assert (state.status, HTS in state.holder, len(state.against)) == (status, True, status is Status.HELD)


def test_an_unsure_word_that_a_holder_left_yields_to_a_far_surer_one_of_the_same_origin_that_it_took_the_place() -> (
    None
):
    ledger = MemoryLedger()
    say(ledger, "HTS captured Hama.", holds(HTS, confidence=0.83))
    say(ledger, "Forces fell back from Hama.", happens(EventType.WITHDRAWAL, HTS, confidence=0.2))
    assert only(ledger).holder == (HTS,)


def test_a_word_of_the_same_day_that_a_holder_left_counts_where_the_state_is_not_far_surer() -> None:
    for confidence, status in ((0.2, Status.HELD), (0.5, Status.ABANDONED)):
        ledger = MemoryLedger()
        say(ledger, "HTS captured Hama.", holds(HTS, confidence=0.83))
        say(ledger, "HTS left Hama.", happens(EventType.WITHDRAWAL, HTS, confidence=confidence), publisher="AFP")
        assert only(ledger).status is status


def test_a_place_that_no_claim_names_is_called_as_the_gazetteer_calls_it() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold the city.", holds(HTS, place=attrs.evolve(HAMA, name="the city")))
    assert only(ledger).place.name == "Hama"


def test_a_partys_word_on_itself_is_weaker_than_anothers() -> None:
    ledger = MemoryLedger()
    say(ledger, "We hold Hama, the army said.", holds(ARMY, attribution=(ARMY,)), publisher="SANA")
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    assert only(ledger).holder == (REBELS,)


def test_a_faction_and_its_side_do_not_contradict_each_other() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    say(ledger, "HTS holds Hama.", holds(HTS), publisher="AFP")
    assert only(ledger).status is Status.CONTESTED
    [state] = control_states(ledger, D8, groups=lambda name: (REBELS,) if name == HTS else ())
    assert state.status is Status.HELD and state.against == () and len(state.claim_ids) == 2


def test_a_place_taken_counts_without_a_claim_that_it_is_held() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "Fighters entered Hama unopposed.", happens(EventType.TRANSFER_OF_TERRITORY, REBELS))
    assert only(ledger).holder == (REBELS,)


def test_on_one_day_a_claim_of_control_outranks_a_place_taken() -> None:
    ledger = MemoryLedger()
    for publisher in ("Reuters", "AFP", "AP"):
        taken = happens(EventType.NONSTATE_TAKES_TERRITORY, REBELS)
        say(ledger, "Rebels stormed Hama.", taken, publisher=publisher)
    say(ledger, "By night the army held Hama.", holds(ARMY), publisher="Daily")
    state = only(ledger)
    assert state.holder == (ARMY,) and len(state.against) == 3


def test_a_village_near_the_city_or_a_taking_on_no_known_day_says_nothing_of_the_city() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    near = attrs.evolve(HAMA, precision=PlacePrecision.NEAR)
    say(ledger, "Rebels hold villages near Hama.", holds(REBELS, day=4, place=near), day=4)
    some_day = Interval(start=None, end=date(2024, 12, 4), precision=TimePrecision.OPEN)
    taken = happens(EventType.NONSTATE_TAKES_TERRITORY, REBELS, when=some_day)
    say(ledger, "Rebels had once taken Hama.", taken, day=4)
    state = only(ledger)
    assert state.holder == (ARMY,) and state.against == ()


def test_the_holders_withdrawal_leaves_the_place_abandoned() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "The army pulled out of Hama.", happens(EventType.WITHDRAWAL, ARMY))
    state = only(ledger)
    assert (state.holder, state.status, state.since) == ((), Status.ABANDONED, date(2024, 12, 5))
    assert only(ledger, date(2024, 12, 4)).holder == (ARMY,)


def test_where_the_holder_left_on_the_day_on_which_others_are_said_to_hold_it_it_is_theirs() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY))
    say(ledger, "The army still holds Hama.", holds(ARMY), publisher="Another Post")
    say(ledger, "Rebels control Hama.", holds(REBELS), publisher="A Third Post")
    assert only(ledger).holder == (ARMY,)
    say(ledger, "The army pulled out of Hama.", happens(EventType.WITHDRAWAL, ARMY))
    state = only(ledger)
    assert (state.holder, state.status, len(state.claim_ids)) == ((REBELS,), Status.HELD, 2)
    assert len(state.against) == 2


def test_a_withdrawal_does_not_outweigh_who_is_said_to_hold_it_after() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "The army pulled out of Hama.", happens(EventType.WITHDRAWAL, ARMY))
    say(ledger, "Rebels control Hama.", holds(REBELS))
    assert (only(ledger).holder, only(ledger).status) == ((REBELS,), Status.HELD)


def test_the_withdrawal_of_somebody_else_changes_nothing() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels control Hama.", holds(REBELS))
    say(ledger, "The army withdrew from Hama.", happens(EventType.WITHDRAWAL, ARMY, day=6), day=6)
    state = only(ledger)
    assert state.holder == (REBELS,) and state.against == ()


def test_a_holder_said_to_hold_it_no_longer_holds_it_no_more() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1)
    say(ledger, "The army no longer holds Hama.", holds(ARMY, day=5, modality=Modality.NEGATED))
    assert only(ledger).status is Status.ABANDONED


def test_on_the_same_day_no_longer_holds_is_a_contradiction() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY))
    say(ledger, "The army no longer holds Hama.", holds(ARMY, modality=Modality.NEGATED), publisher="AFP")
    state = only(ledger)
    assert state.holder == (ARMY,) and len(state.against) == 1


def test_a_claim_of_control_without_a_day_counts_from_its_publication() -> None:
    ledger = MemoryLedger()
    say(ledger, "The army controls Hama.", holds(ARMY, day=None), day=3)
    assert only(ledger).since == date(2024, 12, 3)
    assert control_states(ledger, date(2024, 12, 2)) == ()


def test_of_equal_extents_and_states_the_more_cautious_counts() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    half = holds(REBELS, extent="part", status=Status.CONTESTED)
    say(ledger, "Rebels hold parts of Hama, fighting goes on.", half, publisher="AFP")
    assert (only(ledger).extent, only(ledger).status) == ("part", Status.CONTESTED)


def test_the_place_is_named_as_the_gazetteer_has_it_where_any_claim_does() -> None:
    ledger = MemoryLedger()
    for n in range(2):
        said = holds(REBELS, place=attrs.evolve(HAMA, name="the city"))
        say(ledger, f"Rebels hold the city ({n}).", said, publisher=f"Outlet {n}")
    say(ledger, "Rebels hold Hama.", holds(REBELS))
    assert only(ledger).place.name == "Hama"


def test_a_word_that_stands_alone_is_folded_as_weighing_would() -> None:
    for status in Status:
        for modality in Modality:
            for actors, origin in (((ARMY,), "AFP"), ((ARMY,), ARMY), ((), "AFP")):
                claim = attrs.evolve(holds(*actors), status=status, modality=modality)
                word = read_testimony("c", claim, REPORT, origin)
                if word is not None:
                    assert fold([word], no_groups) == weigh([word], no_groups)
    assert fold([told(holds(REBELS))], no_groups) is not None


def test_a_place_taken_alone_is_folded_as_weighing_would() -> None:
    for type in (EventType.NONSTATE_TAKES_TERRITORY, EventType.WITHDRAWAL):
        word = told(happens(type, REBELS))
        assert fold([word], no_groups) == weigh([word], no_groups)


def told(claim: Claim) -> Testimony:
    word = read_testimony("c", claim, REPORT)
    assert word is not None
    return word


def test_history_tells_everything_in_order_and_who_said_so() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels control Hama, residents said.", holds(REBELS, attribution=("residents",)), day=6)
    say(ledger, "The army controls Hama.", holds(ARMY, day=1), day=1, publisher=None)
    say(ledger, "Jets struck Hama.", happens(EventType.AIR_STRIKE, ARMY, day=3), day=7, publisher="AFP")
    said = history(ledger, [HAMA.key])
    assert [(s.day.day, s.by) for s in said] == [(1, ()), (3, ("AFP",)), (5, ("residents", "Reuters"))]
    assert [s.day.day for s in history(ledger, [HAMA.key], datetime(2024, 12, 6, 23, tzinfo=UTC))] == [1, 5]
    assert history(ledger, []) == ()
