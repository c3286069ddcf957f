"""What a person may correct, and how it is typed: a field and words in, the plain JSON value that is kept out.

A field has one way to be typed, whatever it is a field of. Refused, in one line that names the field, is a value that
the field cannot take, a place or an actor that nobody knows, and a field that the record at hand does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import asdict

from warledger.domain.claim import Claim, Figure
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Status
from warledger.domain.errors import UsageError
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision

NOBODY, UNKNOWN = "nobody", "unknown"
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)?(\.\.)?(\d{4}-\d\d-\d\d)?")
_KILLED = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_FIGURE = re.compile(r"(?:(\d{1,9})(?:(\+)|-(\d{1,9}))?|up to (\d{1,9}))(?: ([a-z][a-z ]*))?")
_EXTENT = re.compile(r"all|most|part|\d{1,9} \w[\w ]*")


class Field(StrEnum):
    """What of an event or of a claim a person may correct."""

    TYPE = "type"
    PLACE = "place"
    DAYS = "days"
    INITIATOR = "initiator"
    TARGET = "target"
    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    DETAINED = "detained"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"
    SIDE = "side"
    HOLDER = "holder"
    STATUS = "status"
    EXTENT = "extent"
    SUBJECT = "subject"
    PREDICATE = "predicate"
    OBJECT = "object"
    SPEAKER = "speaker"
    ACT = "act"
    ABOUT = "about"
    MODALITY = "modality"


HARMS: Mapping[Field, Harm] = {Field(harm): harm for harm in Harm}
"""Fields that are figures, and what each counts."""
CODES: Mapping[Field, type[StrEnum]] = {
    Field.TYPE: EventType,
    Field.STATUS: Status,
    Field.PREDICATE: Predicate,
    Field.ACT: Act,
    Field.MODALITY: Modality,
}
"""Fields that take a code of the codebook."""
FIELDS: Mapping[Kind, Sequence[Field]] = {
    Kind.EVENT: (Field.TYPE, Field.PLACE, Field.DAYS, Field.INITIATOR, Field.TARGET, Field.KILLED),
    Kind.CONTROL: (Field.PLACE, Field.HOLDER, Field.STATUS, Field.EXTENT, Field.DAYS, Field.MODALITY),
    Kind.TOLL: (*HARMS, Field.PLACE, Field.DAYS, Field.SIDE, Field.MODALITY),
    Kind.RELATION: (Field.SUBJECT, Field.PREDICATE, Field.OBJECT, Field.DAYS, Field.MODALITY),
    Kind.STATEMENT: (Field.SPEAKER, Field.ACT, Field.ABOUT, Field.DAYS, Field.MODALITY),
}
"""The fields of each kind; those of an event are of what is concluded, those of the others of a claim."""
_NEEDED = (Field.SUBJECT, Field.OBJECT)
"""Fields that are never nobody."""


def field_of(said: str, kind: Kind) -> Field:
    """The field that a person names.

    Raises:
        ValueError: there is none of that name, or the kind does not have it.
    """
    named = next((f for f in FIELDS[kind] if f == said), None)
    if named is None:
        of = "an event" if kind is Kind.EVENT else f"a {kind} claim"
        raise ValueError(f"{said}: {of} has no such field to correct; it has {', '.join(FIELDS[kind])}")
    return named


def value_of(
    field: Field,
    said: str,
    *,
    entry_of: Callable[[str], GazetteerEntry],
    actor_of: Callable[[str], str],
    kind: Kind = Kind.EVENT,
) -> object:
    """Read what a person typed into the value that is kept.

    Args:
        field: what is corrected.
        said: a code of the codebook; a place's name or key; a day or `first..last`, of a claim also `first..` and
            `..last`; actors with `;` between them, or `nobody`; how much of a place; a number or `low-high`, of a
            claim also `low+` and `up to high`, each with whom it counts (`12 civilians`) and `;` between several; or
            `unknown`.
        entry_of: finds a place; raises where nobody knows it.
        actor_of: an actor's canonical name; raises where nobody knows it.
        kind: of what it is a field.

    Raises:
        ValueError: the field cannot take that; the message names it.
    """
    try:
        return _value(field, said, entry_of, actor_of, kind)
    except (ValueError, UsageError) as error:
        raise ValueError(f"{field}: {error}") from error


def said_of(claim: Claim, field: Field) -> str:
    """What a claim has in a field, as a person types it; `value_of` reads it back."""
    if field in HARMS:
        told = [_figure_text(f) for f in getattr(claim, "figures", ()) if f.harm is HARMS[field]]
        return "; ".join(told) or UNKNOWN
    if field is Field.DAYS:
        return _days_text(getattr(claim, "when", None), claim.kind)
    if field is Field.PLACE:
        place: Place | None = getattr(claim, "place", None)
        return UNKNOWN if place is None else place.name
    value = getattr(claim, field)
    return str(value) if isinstance(value, str) else "; ".join(value) or NOBODY


def actors_in(claim: Claim, field: Field) -> tuple[str, ...]:
    """The actors that a claim has in a field; none in a field that takes no actors."""
    value = getattr(claim, field, ()) if field not in HARMS else ()
    return value if isinstance(value, tuple) else ()


def place_said(value: Mapping[str, Any]) -> Place:
    """The place of a kept value, as precise as what it is."""
    entry = GazetteerEntry(**value)
    if entry.feature_code.startswith("PCL"):
        precision = PlacePrecision.COUNTRY
    else:
        area = entry.feature_code.startswith(("ADM", "RGN"))
        precision = PlacePrecision.REGION if area else PlacePrecision.EXACT
    return Place(name=entry.name, entry=entry, precision=precision)


def days_said(value: Mapping[str, str | None], kind: Kind) -> Interval:
    """The days of a kept value; who holds a place from a day on is not said to have lost it on that day."""
    start, end = (date.fromisoformat(d) if d is not None else None for d in (value["start"], value["end"]))
    if kind is Kind.CONTROL and start == end:
        end = None
    return Interval(start=start, end=end, precision=precision_of_days(start, end))


def precision_of_days(start: date | None, end: date | None) -> TimePrecision:
    """How finely some days date what happened."""
    if start is None or end is None:
        return TimePrecision.OPEN
    days = (end - start).days
    return TimePrecision.DAY if days == 0 else TimePrecision.WEEK if days < 7 else TimePrecision.MONTH


def figures_said(field: Field, value: Sequence[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """The figures of a kept value."""
    return tuple(Figure(harm=HARMS[field], min=f["min"], max=f["max"], of=f["of"]) for f in value)


def _value(
    field: Field,
    said: str,
    entry_of: Callable[[str], GazetteerEntry],
    actor_of: Callable[[str], str],
    kind: Kind,
) -> object:
    if field in CODES:
        return _code(CODES[field], said)
    if field in HARMS:
        return _killed(said) if kind is Kind.EVENT else _figures(said)
    match field:
        case Field.PLACE:
            return asdict(entry_of(said))
        case Field.DAYS:
            return _days(said, kind)
        case Field.EXTENT if _EXTENT.fullmatch(said) is None:
            raise ValueError(f"{said!r} is not all, most or part, and no count such as 70 locations")
        case Field.EXTENT:
            return said
    return _actors(field, said, actor_of)


def _code(codes: type[StrEnum], said: str) -> str:
    if said not in list(codes):
        raise ValueError(f"{said!r} is none of {', '.join(codes)}")
    return said


def _actors(field: Field, said: str, actor_of: Callable[[str], str]) -> list[str]:
    names = [] if said == NOBODY else [n.strip() for n in said.split(";") if n.strip()]
    if not names and (said != NOBODY or field in _NEEDED):
        hint = "" if field in _NEEDED else f"; write `{NOBODY}` where it was nobody known"
        raise ValueError(f"no actor is named{hint}")
    return list(dict.fromkeys(actor_of(n) for n in names))


def _days(said: str, kind: Kind) -> dict[str, str | None]:
    found = _DAYS.fullmatch(said)
    first, dots, last = found.groups() if found is not None else (None, None, None)
    spans = bool(first and last) if kind is Kind.EVENT else bool(first or last)
    if not (spans if dots else bool(first and not last)):
        raise ValueError(f"{said!r} is no day such as 2024-11-29 and no span such as 2024-11-27..2024-11-29")
    start, end = _day(first), _day(last if dots else first)
    if start is not None and end is not None and end < start:
        raise ValueError(f"{said} runs backwards")
    return {"start": None if start is None else start.isoformat(), "end": None if end is None else end.isoformat()}


def _day(said: str | None) -> date | None:
    try:
        return None if said is None else date.fromisoformat(said)
    except ValueError as error:
        raise ValueError(f"{said} is no day of the calendar") from error


def _killed(said: str) -> dict[str, int | None]:
    if said == UNKNOWN:
        return {"low": None, "high": None}
    found = _KILLED.fullmatch(said)
    if found is None:
        raise ValueError(f"{said!r} is no number such as 4, no span such as 4-6 and not `{UNKNOWN}`")
    low, high = int(found[1]), int(found[2] or found[1])
    if high < low:
        raise ValueError(f"{said} runs backwards")
    return {"low": low, "high": high}


def _figures(said: str) -> list[dict[str, Any]]:
    return [] if said == UNKNOWN else [_figure(part.strip()) for part in said.split(";")]


def _figure(said: str) -> dict[str, Any]:
    found = _FIGURE.fullmatch(said)
    if found is None:
        raise ValueError(f"{said!r} is no number such as 4, 4-6, 4+, up to 6 or 12 civilians, and not `{UNKNOWN}`")
    low, more, high, most, of = found.groups()
    top = most or (None if more else high or low)
    figure = {"min": None if low is None else int(low), "max": None if top is None else int(top), "of": of or "total"}
    if low is not None and top is not None and int(top) < int(low):
        raise ValueError(f"{said} runs backwards")
    return figure


def _figure_text(figure: Figure) -> str:
    low, high = figure.min, figure.max
    if low is None and high is None:
        return UNKNOWN
    count = f"up to {high}" if low is None else f"{low}+" if high is None else f"{low}-{high}" if low != high else low
    return f"{count}" if figure.of == "total" else f"{count} {figure.of}"


def _days_text(when: Interval | None, kind: Kind) -> str:
    if when is None or (when.start is None and when.end is None):
        return UNKNOWN
    start, end = (d.isoformat() if d is not None else "" for d in (when.start, when.end))
    alone = start == end or (kind is Kind.CONTROL and start and not end)
    return start if alone else f"{start}..{end}"
