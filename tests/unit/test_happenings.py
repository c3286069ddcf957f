"""A day is carried on within one happening, and a side of a clash where the report names it elsewhere; only then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from warledger.coding.happenings import (
    dated_by_each_other,
    opposed_by_each_other,
    without_denials_of_claims,
    without_leaving_what_is_held,
)
from warledger.domain.claim import ControlClaim, EventClaim, Evidence, StatementClaim
from warledger.domain.codes import Act, EventType, Modality, Status
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span
from warledger.domain.when import Basis, Interval, TimePrecision

TEXT = "Jets hit Douma. Friday's raids on Douma killed nine."
FRIDAY = Interval.day(date(2018, 2, 9))
NO_DAY = Interval(start=None, end=date(2018, 2, 10), precision=TimePrecision.OPEN, basis=Basis.PUBLISHED)
WORD = Evidence(field="time", spans=(Span.of(TEXT, 16, 22),), rule="weekday", score=0.9)


def raid(start: int, end: int, **fields: Any) -> EventClaim:
    place = Place(name="Douma", entry=None, precision=PlacePrecision.EXACT)
    known = {"type": EventType.AIR_STRIKE, "place": place, "when": NO_DAY, **fields}
    return EventClaim(report_key="r", quotes=(Span.of(TEXT, start, end),), **known)


TOLD = raid(0, 14, initiator=("Military Forces of Syria",))
DATED = raid(16, 51, when=FRIDAY, evidence=(WORD,))


def test_the_day_of_the_second_sentence_dates_the_first() -> None:
    first, second = dated_by_each_other([TOLD, DATED])
    assert isinstance(first, EventClaim)
    assert (first.when.start, first.when.end, first.when.basis) == (FRIDAY.start, FRIDAY.end, Basis.INFERRED)
    assert [(e.spans, e.rule) for e in first.evidence if e.field == "time"] == [(WORD.spans, "same happening")]
    assert second is DATED


@pytest.mark.parametrize(
    "other",
    [
        evolve(DATED, type=EventType.SHELLING),
        evolve(DATED, place=Place(name="Harasta", entry=None, precision=PlacePrecision.EXACT)),
        evolve(DATED, initiator=("Military Forces of Russia",)),
        evolve(DATED, modality=Modality.PLANNED),
    ],
    ids=["another type", "another place", "another doer", "not yet"],
)
def test_another_happening_dates_nothing(other: EventClaim) -> None:
    assert dated_by_each_other([TOLD, other]) == (TOLD, other)


def test_two_days_leave_it_open() -> None:
    thursday = evolve(DATED, when=Interval.day(date(2018, 2, 8)))
    assert dated_by_each_other([TOLD, DATED, thursday])[0] is TOLD


def test_what_did_not_happen_gets_no_day() -> None:
    negated = evolve(TOLD, modality=Modality.NEGATED)
    assert dated_by_each_other([negated, DATED])[0] is negated


FOUGHT = "Rebels attacked the army near Hama. Clashes went on, the rebels said."
REBELS, ARMY = "Syrian opposition", "Military Forces of Syria"
NAMED = (
    Evidence(field="initiator", spans=(Span.of(FOUGHT, 0, 6),), rule="description", score=0.9),
    Evidence(field="target", spans=(Span.of(FOUGHT, 20, 24),), rule="description", score=0.9),
)


def clash(start: int, end: int, **fields: Any) -> EventClaim:
    known = {"type": EventType.ARMED_CLASH, "place": None, "when": NO_DAY, **fields}
    return EventClaim(report_key="r", quotes=(Span.of(FOUGHT, start, end),), **known)


WHOLE = clash(0, 34, initiator=(REBELS,), target=(ARMY,), evidence=NAMED)
HALF = clash(36, 52, initiator=(REBELS,))


def test_the_other_side_of_a_clash_is_whom_the_report_has_it_fight() -> None:
    filled = opposed_by_each_other([WHOLE, HALF])[1]
    assert isinstance(filled, EventClaim) and filled.target == (ARMY,)
    assert [(e.field, e.spans, e.rule) for e in filled.evidence] == [
        ("target", NAMED[1].spans, "other side of the clash")
    ]
    turned = opposed_by_each_other([WHOLE, evolve(HALF, initiator=(), target=(REBELS,))])[1]
    assert isinstance(turned, EventClaim) and turned.initiator == (ARMY,)
    assert [(e.field, e.spans) for e in turned.evidence] == [("initiator", NAMED[1].spans)]


@pytest.mark.parametrize(
    "half",
    [evolve(HALF, type=EventType.SHELLING), evolve(HALF, initiator=()), evolve(HALF, initiator=("Hezbollah",))],
    ids=["a shelling", "nobody named", "a side without a foe"],
)
def test_nobody_is_made_a_side_without_words(half: EventClaim) -> None:
    assert opposed_by_each_other([WHOLE, half])[1] is half


def test_foes_without_one_above_all_leave_it_open() -> None:
    foes = [evolve(WHOLE, target=(name,)) for name in ("Islamic State", "Turkey", ARMY)]
    assert opposed_by_each_other([*foes, HALF])[-1] is HALF


LEAVER, OTHERS = ("Military Forces of Syria",), ("Rebels (Syria)",)
LEAVES = raid(0, 14, type=EventType.WITHDRAWAL, initiator=LEAVER, confidence=0.3)
TAKES = raid(5, 14, type=EventType.GOVERNMENT_REGAINS_TERRITORY, initiator=LEAVER, confidence=0.1)
HOLDS = ControlClaim(
    report_key="r",
    quotes=TAKES.quotes,
    holder=LEAVER,
    place=TAKES.place,
    status=Status.HELD,
    when=NO_DAY,
    confidence=0.2,
)


@pytest.mark.parametrize("other", [TAKES, HOLDS])
def test_nobody_takes_or_holds_a_place_with_the_words_by_which_he_leaves_it(other: EventClaim | ControlClaim) -> None:
    assert without_leaving_what_is_held([LEAVES, other]) == (LEAVES,)
    likelier = evolve(other, confidence=0.9)
    assert without_leaving_what_is_held([LEAVES, likelier]) == (likelier,)


@pytest.mark.parametrize(
    "other",
    [
        evolve(TAKES, initiator=OTHERS),
        evolve(TAKES, quotes=DATED.quotes),
        evolve(TAKES, place=Place(name="Harasta", entry=None, precision=PlacePrecision.EXACT)),
        evolve(TAKES, type=EventType.ARMED_CLASH),
        evolve(HOLDS, modality=Modality.NEGATED),
        evolve(HOLDS, status=Status.ABANDONED),
    ],
    ids=["another side", "other words", "another place", "a fight", "no longer", "abandoned"],
)
def test_what_does_not_contradict_stands_beside_a_withdrawal(other: EventClaim | ControlClaim) -> None:
    assert without_leaving_what_is_held([LEAVES, other]) == (LEAVES, other)


def test_a_denial_of_what_is_told_as_denied_is_no_statement_beside_it() -> None:
    said = StatementClaim(report_key="r", quotes=(Span.of(TEXT, 0, 14),), speaker=("Russia",), act=Act.DENY)
    denied = evolve(TOLD, modality=Modality.DENIED)
    assert without_denials_of_claims([said, denied]) == (denied,)
    assert without_denials_of_claims([said, TOLD]) == (said, TOLD)
    elsewhere = evolve(DATED, modality=Modality.DENIED)
    assert without_denials_of_claims([said, elsewhere]) == (said, elsewhere)
    accused = evolve(said, act=Act.ACCUSE)
    assert without_denials_of_claims([accused, denied]) == (accused, denied)
