"""Two coders of one report side by side: pairs, the fields in which they differ, and what one of them has alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.coding.llm.comparing import compare
from warledger.domain.claim import Claim, ControlClaim, EventClaim, Figure
from warledger.domain.codes import EventType, Harm, Modality
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span
from warledger.domain.when import Interval

TEXT = "Rebels seized Saraqib and Maarat on Friday. Shells killed four in Idlib on Wednesday, medics said."


def place(name: str) -> Place:
    return Place(name=name, entry=None, precision=PlacePrecision.EXACT)


def event(words: str, type: EventType, **fields: Any) -> EventClaim:
    start = TEXT.index(words)
    when = fields.pop("when", Interval.day(date(2024, 11, 29)))
    quotes = (Span.of(TEXT, start, start + len(words)),)
    return EventClaim(report_key="r", quotes=quotes, type=type, when=when, **fields)


TAKEN = event(
    "Rebels seized Saraqib", EventType.NONSTATE_TAKES_TERRITORY, initiator=("Rebels",), place=place("Saraqib")
)
FOUR = Figure(harm=Harm.KILLED, min=4, max=4)
SHELLED = event("Shells killed four in Idlib", EventType.SHELLING, place=place("Idlib"), figures=(FOUR,))


def test_coders_who_agree_leave_nothing_to_judge() -> None:
    longer = evolve(TAKEN, quotes=(Span.of(TEXT, 0, 43),), confidence=0.4)
    assert compare([TAKEN, SHELLED], [SHELLED, longer]) == ()


def test_fields_that_differ_are_named() -> None:
    other = evolve(SHELLED, modality=Modality.ALLEGED, figures=(), attribution=("medics",))
    [found] = compare([SHELLED], [other])
    assert (found.rules, found.model) == (SHELLED, other)
    assert found.fields == ("attribution", "modality", "figures")


def test_other_type_of_the_same_happening_is_one_disagreement() -> None:
    other = evolve(SHELLED, type=EventType.AIR_STRIKE)
    [found] = compare([SHELLED], [other])
    assert found.fields == ("type",)


def test_claims_about_different_things_are_no_pair() -> None:
    other = event("killed four in Idlib", EventType.ATTACK, place=place("Saraqib"), when=Interval.day(date(2024, 1, 1)))
    alone = compare([SHELLED], [other])
    assert [(f.rules, f.model, f.fields) for f in alone] == [(SHELLED, None, ()), (None, other, ())]


def test_event_and_control_of_one_sentence_are_no_pair() -> None:
    held = ControlClaim(
        report_key="r", quotes=TAKEN.quotes, holder=("Rebels",), place=place("Saraqib"), when=TAKEN.when
    )
    assert [(f.rules, f.model) for f in compare([TAKEN], [held])] == [(TAKEN, None), (None, held)]


def test_enumerated_places_find_their_own_partners() -> None:
    words = "Rebels seized Saraqib and Maarat"
    here, there = (
        event(words, EventType.NONSTATE_TAKES_TERRITORY, initiator=("Rebels",), place=place(name))
        for name in ("Saraqib", "Maarat")
    )
    assert compare([here, there], [there, here]) == ()
    [found] = compare([here, there], [there])
    assert (found.rules, found.model) == (here, None)


def test_order_of_actors_is_no_difference() -> None:
    both = evolve(TAKEN, initiator=("Rebels", "Hayat Tahrir al-Sham"))
    assert compare([both], [evolve(both, initiator=both.initiator[::-1])]) == ()


CLAIMS = st.lists(
    st.builds(
        lambda base, kind, who, where: evolve(base, type=kind, initiator=who, place=where),
        st.sampled_from([TAKEN, SHELLED]),
        st.sampled_from([EventType.SHELLING, EventType.AIR_STRIKE, EventType.AID]),
        st.sampled_from([(), ("Rebels",), ("Police",)]),
        st.sampled_from([None, place("Saraqib"), place("Idlib")]),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(CLAIMS, CLAIMS)
def test_no_claim_is_told_twice_and_what_nobody_paired_is_told(rules: list[Claim], model: list[Claim]) -> None:
    found = compare(rules, model)
    mine = [f.rules for f in found if f.rules is not None]
    theirs = [f.model for f in found if f.model is not None]
    assert len(mine) <= len(rules) and len(theirs) <= len(model)
    agreed = len(rules) - len(mine)
    assert agreed == len(model) - len(theirs)
    assert compare(rules, rules) == ()
