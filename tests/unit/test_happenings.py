"""A report tells one happening twice and dates it once: the day is carried on, and only then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from warledger.coding.happenings import dated_by_each_other
from warledger.domain.claim import EventClaim, Evidence
from warledger.domain.codes import EventType, Modality
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
