"""Persons' decisions: they outrank the machine, outlast new reports and new versions of old ones, and can be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from attrs import evolve
from raids import ARMY, FIRST, MADANI, PAPER, RADIO, RSF, told

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.decisions import decide, heirs_of, in_force, undo
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.settling import settle as conclude
from warledger.corroborate.values import Field, value_of
from warledger.domain.codes import EventType, Family, Grade, Modality
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received
from warledger.pipeline import decide as keep_and_settle
from warledger.pipeline import settle
from warledger.ports import KeptClaim

ROOM = partial(conclude, Corroborator(weights=load_weights(), affiliations=load_affiliations()))
DRONES = told("RSF drones struck Wad Madani at noon on Saturday.", "Blue Nile Press", by=(RSF,))
BY_EDITOR = {"author": "A. Editor", "reason": "one strike, seen on film"}


class Desk:
    """A ledger with a clock that goes on by an hour with every act."""

    def __init__(self, *claims: KeptClaim) -> None:
        self.ledger = MemoryLedger()
        self.at = FIRST
        self.take(*claims)

    def take(self, *claims: KeptClaim) -> None:
        """Keep a report a claim, and conclude."""
        self.at += timedelta(hours=1)
        for kept in claims:
            received = Received(report=kept.report, raw=kept.report.text.encode())
            self.ledger.append(received, [kept.claim], note="coded", recorded_at=self.at)
        settle(self.ledger, ROOM, self.at)

    def decide(self, act: DecisionAct, events: list[Event], claims: tuple[str, ...] = ()) -> Decision:
        self.at += timedelta(hours=1)
        decision = decide(act, events, claims, **BY_EDITOR, at=self.at)
        keep_and_settle(self.ledger, ROOM, decision)
        return decision

    def correct(self, event: Event, field: Field, said: str) -> Decision:
        self.at += timedelta(hours=1)
        value = value_of(field, said, entry_of=lambda name: evolve(MADANI, key="gn:1", name=name), actor_of=str)
        payload = {"field": str(field), "value": value}
        decision = decide(DecisionAct.CORRECT, [event], (), **BY_EDITOR, at=self.at, payload=payload)
        keep_and_settle(self.ledger, ROOM, decision)
        return decision

    def undo(self, decision: Decision) -> Decision:
        self.at += timedelta(hours=1)
        new = undo(decision, self.ledger.decisions(), author="B. Editor", reason="the film is of 2023", at=self.at)
        keep_and_settle(self.ledger, ROOM, new)
        return new

    def events(self, known_at: datetime | None = None) -> list[Event]:
        return sorted((e for e in self.ledger.events(known_at=known_at) if e.claim_ids), key=lambda e: e.claim_ids)

    def of(self, kept: KeptClaim) -> Event:
        return next(e for e in self.events() if kept.id in e.claim_ids)


def at_town(kept: KeptClaim, town: str) -> KeptClaim:
    claim = evolve(kept.claim, place=Place(name=town, entry=None, precision=PlacePrecision.EXACT))
    return evolve(kept, id=claim_id(claim), claim=claim)


def again(kept: KeptClaim, words: str) -> KeptClaim:
    """The claim as a new version of its report tells it."""
    report = evolve(kept.report, text=words)
    quotes = (evolve(kept.claim.quotes[0], end=len(words), text=words),)
    claim = evolve(kept.claim, report_key=report.key, quotes=quotes)
    return evolve(kept, id=claim_id(claim), claim=claim, report=report)


def test_a_merge_joins_what_the_machine_keeps_apart_and_leaves_a_version_of_each() -> None:
    desk = Desk(PAPER, DRONES)
    before = desk.at
    first, second = desk.events()
    desk.decide(DecisionAct.MERGE, [first, second])
    (event,) = desk.events()
    assert set(event.claim_ids) == {PAPER.id, DRONES.id}
    ended = ({first.id, second.id} - {event.id}).pop()
    assert [len(v.claim_ids) for v in desk.ledger.versions(ended)] == [1, 0]
    assert event.id in desk.ledger.versions(ended)[-1].reason
    assert desk.events(known_at=before) == [first, second]


def test_a_merge_holds_when_a_later_report_comes() -> None:
    desk = Desk(PAPER, DRONES)
    desk.decide(DecisionAct.MERGE, desk.events())
    desk.take(RADIO)
    (event,) = desk.events()
    assert set(event.claim_ids) == {PAPER.id, DRONES.id, RADIO.id}


def test_a_merge_holds_for_the_new_version_of_a_report_that_says_the_same() -> None:
    desk = Desk(PAPER, DRONES)
    desk.decide(DecisionAct.MERGE, desk.events())
    merged = desk.events()[0].id
    newer = again(DRONES, "RSF drones struck Wad Madani at noon on Saturday, the third raid of the week.")
    desk.take(newer)
    (event,) = desk.events()
    assert (event.id, set(event.claim_ids)) == (merged, {PAPER.id, newer.id})


def test_a_new_version_that_says_something_else_inherits_no_decision() -> None:
    desk = Desk(PAPER, DRONES)
    desk.decide(DecisionAct.MERGE, desk.events())
    newer = again(DRONES, "A convoy of the RSF came under fire from unknown aircraft south of town.")
    desk.take(newer)
    assert desk.of(newer) != desk.of(PAPER)


def test_a_merge_holds_through_any_number_of_versions() -> None:
    desk = Desk(PAPER, DRONES)
    desk.decide(DecisionAct.MERGE, desk.events())
    newest = DRONES
    for words in ("the third raid of the week.", "the third raid of that week."):
        newest = again(DRONES, f"RSF drones struck Wad Madani at noon on Saturday, {words}")
        desk.take(newest)
        assert set(desk.of(newest).claim_ids) == {PAPER.id, newest.id}


def test_a_decision_on_a_town_does_not_pass_to_the_other_town_of_its_sentence() -> None:
    sentence = "RSF drones struck Rufaa and Hasahisa at noon on Saturday."
    one, other = (at_town(told(sentence, "Blue Nile Press", by=(RSF,)), town) for town in ("Rufaa", "Hasahisa"))
    newer = again(other, sentence.replace("at noon", "before noon"))
    assert heirs_of([one, other], [newer]) == {other.id: newer.id}
    assert heirs_of([one], [newer]) == {}


def test_an_event_keeps_its_id_when_its_only_report_comes_in_a_new_version() -> None:
    desk = Desk(PAPER)
    before = desk.of(PAPER)
    newer = again(PAPER, "Army jets bombed a market in Wad Madani on Saturday, and a clinic.")
    desk.take(newer)
    assert (desk.of(newer).id, desk.of(newer).version) == (before.id, 2)


def test_a_split_takes_a_claim_out_and_no_new_report_brings_it_back() -> None:
    desk = Desk(PAPER, RADIO)
    (event,) = desk.events()
    desk.decide(DecisionAct.SPLIT, [event], (RADIO.id,))
    assert desk.of(PAPER) != desk.of(RADIO)
    third = told("Warplanes of the army bombed the market in Wad Madani, residents said.", "Blue Nile Press")
    desk.take(third)
    assert desk.of(PAPER) != desk.of(RADIO)
    assert third.id in (*desk.of(PAPER).claim_ids, *desk.of(RADIO).claim_ids)


def test_a_later_merge_outranks_a_split_and_a_later_split_a_merge() -> None:
    desk = Desk(PAPER, RADIO)
    desk.decide(DecisionAct.SPLIT, desk.events(), (RADIO.id,))
    desk.decide(DecisionAct.MERGE, desk.events())
    assert desk.of(PAPER) == desk.of(RADIO)
    desk.decide(DecisionAct.SPLIT, desk.events(), (RADIO.id,))
    assert desk.of(PAPER) != desk.of(RADIO)


def test_an_accepted_event_is_confirmed_and_says_by_whom_and_what_the_machine_said() -> None:
    desk = Desk(PAPER)
    desk.decide(DecisionAct.ACCEPT, desk.events())
    (event,) = desk.events()
    assert event.grade is Grade.CONFIRMED
    said = "accepted by A. Editor: one strike, seen on film (without that weak: one origin: Nile Courier)"
    assert event.reason == said


def test_a_verdict_holds_though_others_deny_the_event() -> None:
    desk = Desk(PAPER)
    desk.decide(DecisionAct.ACCEPT, desk.events())
    denial = told("The army denied that its jets had hit Wad Madani.", "Radio Gezira", ARMY, modality=Modality.DENIED)
    desk.take(denial)
    (event,) = desk.events()
    assert (event.grade, len(event.claim_ids)) == (Grade.CONFIRMED, 2)
    assert "without that contested" in event.reason


def test_a_discounted_event_keeps_its_claims() -> None:
    desk = Desk(PAPER, RADIO)
    desk.decide(DecisionAct.DISCOUNT, desk.events())
    (event,) = desk.events()
    assert (event.grade, len(event.claim_ids)) == (Grade.DISCOUNTED, 2)


def test_a_discounted_claim_counts_for_no_event_until_that_is_undone() -> None:
    desk = Desk(PAPER, RADIO)
    decision = desk.decide(DecisionAct.DISCOUNT, [], (RADIO.id,))
    (event,) = desk.events()
    assert (event.claim_ids, event.grade) == ((PAPER.id,), Grade.WEAK)
    desk.undo(decision)
    assert set(desk.of(PAPER).claim_ids) == {PAPER.id, RADIO.id}


def test_an_event_that_lost_its_only_claim_says_why_and_comes_back_under_its_id() -> None:
    desk = Desk(PAPER)
    founded = desk.of(PAPER).id
    decision = desk.decide(DecisionAct.DISCOUNT, [], (PAPER.id,))
    assert desk.events() == []
    assert "discounted by A. Editor" in desk.ledger.versions(founded)[-1].reason
    desk.undo(decision)
    assert (desk.of(PAPER).id, desk.of(PAPER).version) == (founded, 3)


def test_undoing_a_merge_gives_the_machine_its_word_back_and_undoing_that_the_merge() -> None:
    desk = Desk(PAPER, DRONES)
    undone = desk.undo(desk.decide(DecisionAct.MERGE, desk.events()))
    assert len(desk.events()) == 2
    desk.undo(undone)
    assert len(desk.events()) == 1
    assert len(desk.ledger.decisions()) == 3
    assert len(in_force(desk.ledger.decisions())) == 2


def test_a_decision_that_was_kept_but_not_carried_out_is_carried_out_by_the_next_run() -> None:
    desk = Desk(PAPER, DRONES)
    assert not desk.ledger.is_unsettled()
    at = desk.at + timedelta(hours=1)
    desk.ledger.decide(decide(DecisionAct.MERGE, desk.events(), (), **BY_EDITOR, at=at))
    assert desk.ledger.is_unsettled()
    settle(desk.ledger, ROOM, at)
    assert len(desk.events()) == 1


def test_decisions_that_say_nothing_are_refused() -> None:
    desk = Desk(PAPER, RADIO)
    (event,) = desk.events()
    at = datetime(2025, 1, 20, tzinfo=UTC)
    for act, events, claims, said in (
        (DecisionAct.MERGE, [event, event], (), "two different events"),
        (DecisionAct.SPLIT, [event], (PAPER.id, RADIO.id), "leave one behind"),
        (DecisionAct.SPLIT, [event], ("c9",), f"c9 is not of event {event.id}"),
        (DecisionAct.ACCEPT, [evolve(event, claim_ids=(), reason="told by e2 now")], (), "told by e2 now"),
    ):
        with pytest.raises(ValueError, match=said):
            decide(act, events, claims, **BY_EDITOR, at=at)
    with pytest.raises(ValueError, match="a decision needs a reason"):
        decide(DecisionAct.ACCEPT, [event], (), author="A. Editor", reason=" ", at=at)
    decision = desk.decide(DecisionAct.ACCEPT, [event])
    desk.undo(decision)
    with pytest.raises(ValueError, match="undone already"):
        undo(decision, desk.ledger.decisions(), **BY_EDITOR, at=at)


def test_a_verdict_stays_with_the_event_that_holds_most_of_its_claims() -> None:
    third = told("Warplanes of the army bombed the market in Wad Madani.", "Blue Nile Press")
    desk = Desk(PAPER, RADIO, third)
    (event,) = desk.events()
    desk.decide(DecisionAct.ACCEPT, [event])
    desk.decide(DecisionAct.SPLIT, [desk.of(PAPER)], (RADIO.id,))
    far = evolve(RADIO.report, id="x", published=date(2025, 1, 12))
    later = again(evolve(RADIO, report=far), "An air raid by the army hit the market of Wad Madani again.")
    desk.take(later)
    assert "accepted" in desk.of(PAPER).reason
    assert "accepted" not in desk.of(RADIO).reason


@pytest.mark.parametrize(
    ("field", "said", "is_so"),
    [
        (Field.TYPE, "shelling", lambda e: (e.type, e.family) == (EventType.SHELLING, Family.REMOTE)),
        (Field.PLACE, "Hasaheisa", lambda e: e.place is not None and e.place.key == "gn:1"),
        (Field.DAYS, "2025-01-09..2025-01-10", lambda e: (e.when.start, e.date_prec) == (date(2025, 1, 9), 2)),
        (Field.INITIATOR, f"{RSF}; {ARMY}", lambda e: e.initiator == (RSF, ARMY)),
        (Field.TARGET, "nobody", lambda e: e.target == ()),
        (Field.KILLED, "4-6", lambda e: (e.fatalities.low, e.fatalities.best, e.fatalities.high) == (4, None, 6)),
        (Field.KILLED, "unknown", lambda e: e.fatalities.low is None),
    ],
)
def test_a_correction_makes_a_version_that_says_who_corrected_what_and_why(field, said, is_so) -> None:
    desk = Desk(PAPER, RADIO)
    (before,) = desk.events()
    desk.correct(before, field, said)
    (event,) = desk.events()
    assert is_so(event) and (event.id, event.version) == (before.id, 2)
    assert event.reason.endswith(f"; {field} corrected by A. Editor: one strike, seen on film")
    assert event.claim_ids == before.claim_ids and desk.events(known_at=before.recorded_at) == [before]


def test_a_correction_outlasts_a_new_report_and_a_report_that_is_coded_again() -> None:
    desk = Desk(PAPER)
    desk.correct(desk.of(PAPER), Field.KILLED, "9")
    desk.take(RADIO)
    assert desk.of(RADIO).fatalities.best == 9
    newer = again(PAPER, "Army jets bombed a market in Wad Madani on Saturday, and a clinic.")
    desk.take(newer)
    assert desk.of(newer).fatalities.best == 9


def test_of_two_corrections_of_a_field_the_last_counts_and_undoing_it_brings_back_the_first() -> None:
    desk = Desk(PAPER)
    desk.correct(desk.of(PAPER), Field.TYPE, "shelling")
    last = desk.correct(desk.of(PAPER), Field.TYPE, "explosive")
    assert desk.of(PAPER).type is EventType.EXPLOSIVE
    desk.undo(last)
    assert desk.of(PAPER).type is EventType.SHELLING


@pytest.mark.parametrize(
    ("field", "said", "why"),
    [
        (Field.TYPE, "raid", "raid"),
        (Field.DAYS, "Saturday", "no day such as"),
        (Field.DAYS, "2025-01-10..2025-01-09", "runs backwards"),
        (Field.KILLED, "many", "no number such as"),
        (Field.KILLED, "6-4", "runs backwards"),
        (Field.INITIATOR, " ; ", "no actor is named"),
    ],
)
def test_a_value_that_the_field_cannot_take_is_refused_by_name(field, said, why) -> None:
    with pytest.raises(ValueError, match=why):
        value_of(field, said, entry_of=lambda name: MADANI, actor_of=str)
