"""Correct single fields of an event as a person said: a decision's field and value in, the event with that field out.

A value is written once, by `value_of`, in plain JSON, and read back whenever the event is concluded anew. Refused is a
field that no person corrects (its claims, origins and grade have decisions of their own) and a value it cannot take.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import asdict, evolve

from warledger.corroborate.precision import date_prec, geo_precision, time_precision, where_prec
from warledger.domain.codes import FAMILY_OF, EventType
from warledger.domain.decision import Decision
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")
_KILLED = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


class Field(StrEnum):
    """What of an event a person may correct."""

    TYPE = "type"
    PLACE = "place"
    DAYS = "days"
    INITIATOR = "initiator"
    TARGET = "target"
    KILLED = "killed"


def value_of(
    field: Field, said: str, *, entry_of: Callable[[str], GazetteerEntry], actor_of: Callable[[str], str]
) -> object:
    """Read what a person typed into the value that is kept.

    Args:
        field: what is corrected.
        said: a type's code; a place's name or key; a day or `first..last`; actors with `;` between them, or `nobody`;
            a number of dead or `low-high`, or `unknown`.
        entry_of: finds a place; raises where nobody knows it.
        actor_of: an actor's canonical name.

    Raises:
        ValueError: the field cannot take that.
    """
    match field:
        case Field.TYPE:
            return str(EventType(said))
        case Field.PLACE:
            return asdict(entry_of(said))
        case Field.DAYS:
            return _days_said(said)
        case Field.KILLED:
            return _killed_said(said)
    names = [] if said == "nobody" else [n.strip() for n in said.split(";") if n.strip()]
    if not names and said != "nobody":
        raise ValueError(f"{field}: no actor is named; write `nobody` where it was nobody known")
    return list(dict.fromkeys(actor_of(n) for n in names))


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
    entry = GazetteerEntry(**value)
    place = Place(name=entry.name, entry=entry, precision=_precision_of(entry))
    return evolve(event, place=place, geo_precision=geo_precision(place), where_prec=where_prec(place))


def _precision_of(entry: GazetteerEntry) -> PlacePrecision:
    if entry.feature_code.startswith("PCL"):
        return PlacePrecision.COUNTRY
    return PlacePrecision.REGION if entry.feature_code.startswith(("ADM", "RGN")) else PlacePrecision.EXACT


def _dated(event: Event, value: Mapping[str, str]) -> Event:
    start, end = date.fromisoformat(value["start"]), date.fromisoformat(value["end"])
    days = (end - start).days
    precision = TimePrecision.DAY if days == 0 else TimePrecision.WEEK if days < 7 else TimePrecision.MONTH
    when = Interval(start=start, end=end, precision=precision)
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


def _days_said(said: str) -> dict[str, str]:
    found = _DAYS.fullmatch(said)
    if found is None:
        raise ValueError(f"days: {said!r} is no day such as 2024-11-29 and no span such as 2024-11-27..2024-11-29")
    first, last = (date.fromisoformat(d) for d in (found[1], found[2] or found[1]))
    if last < first:
        raise ValueError(f"days: {said} runs backwards")
    return {"start": first.isoformat(), "end": last.isoformat()}


def _killed_said(said: str) -> dict[str, int | None]:
    if said == "unknown":
        return {"low": None, "high": None}
    found = _KILLED.fullmatch(said)
    if found is None:
        raise ValueError(f"killed: {said!r} is no number such as 4, no span such as 4-6 and not `unknown`")
    low, high = int(found[1]), int(found[2] or found[1])
    if high < low:
        raise ValueError(f"killed: {said} runs backwards")
    return {"low": low, "high": high}
