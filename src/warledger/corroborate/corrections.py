"""Correct single fields of an event as a person said: a decision's field and value in, the event with that field out.

A value is written once, by `values.value_of`, in plain JSON, and read back whenever the event is concluded anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from warledger.corroborate.precision import date_prec, geo_precision, time_precision, where_prec
from warledger.corroborate.values import Field, place_said, precision_of_days
from warledger.domain.codes import FAMILY_OF, EventType
from warledger.domain.decision import Decision
from warledger.domain.event import Event, Fatalities
from warledger.domain.when import Interval


def with_corrections(event: Event, corrections: Iterable[Decision]) -> Event:
    """The event with every field that a person corrected, the last word on each; who said so stays in the reason."""
    for decision in corrections:
        field = Field(decision.payload["field"])
        said = f"{field} corrected by {decision.author}: {decision.reason}"
        event = evolve(_CORRECT[field](event, decision.payload["value"]), reason=f"{event.reason}; {said}")
    return event


def _typed(event: Event, value: str) -> Event:
    kind = EventType(value)
    return evolve(event, type=kind, family=FAMILY_OF[kind])


def _placed(event: Event, value: Mapping[str, Any]) -> Event:
    place = place_said(value)
    return evolve(event, place=place, geo_precision=geo_precision(place), where_prec=where_prec(place))


def _dated(event: Event, value: Mapping[str, str]) -> Event:
    start, end = date.fromisoformat(value["start"]), date.fromisoformat(value["end"])
    when = Interval(start=start, end=end, precision=precision_of_days(start, end))
    return evolve(event, when=when, time_precision=time_precision(when), date_prec=date_prec(when))


def _counted(event: Event, value: Mapping[str, int | None]) -> Event:
    low, high = value["low"], value["high"]
    return evolve(event, fatalities=Fatalities(low=low, best=low if low == high else None, high=high))


_CORRECT: Mapping[Field, Callable[[Event, Any], Event]] = {
    Field.TYPE: _typed,
    Field.PLACE: _placed,
    Field.DAYS: _dated,
    Field.KILLED: _counted,
    Field.INITIATOR: lambda event, names: evolve(event, initiator=tuple(names)),
    Field.TARGET: lambda event, names: evolve(event, target=tuple(names)),
}
