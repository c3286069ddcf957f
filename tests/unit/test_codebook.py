"""docs/codebook.md and the enumerations of domain/ name the same codes, both ways."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from warledger.domain.codes import (
    ACLED_SUB_EVENT,
    FAMILY_OF,
    Act,
    EventType,
    Family,
    Grade,
    Harm,
    Kind,
    Modality,
    Predicate,
    Rank,
    Status,
)
from warledger.domain.place import PlacePrecision
from warledger.domain.when import TimePrecision

BOOK = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([a-z][a-z_ ]*)`")


def section(number: int) -> str:
    return BOOK.split(f"\n## {number}. ")[1].split("\n## ")[0]


def field_row(name: str) -> str:
    """What the table of section 1 says of a field."""
    return next(line for line in section(1).splitlines() if line.startswith(f"| `{name}` |")).split("|", 2)[2]


def part(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def codes(text: str) -> set[str]:
    return set(CODE.findall(text))


def values(enumeration: type[StrEnum]) -> set[str]:
    return {str(member) for member in enumeration}


def type_rows() -> list[tuple[str, str, str]]:
    """Family, type and ACLED column of section 2's table."""
    found = re.findall(r"^\| (\w+) \| `(\w+)` \| ([^|]*) \|", section(2), re.M)
    return [(family, kind, acled.strip()) for family, kind, acled in found]


def test_kinds_are_those_of_the_codebook() -> None:
    assert codes(field_row("kind")) == values(Kind)
    titles = re.findall(r"^## \d\. `(\w+)`", BOOK, re.M)
    assert titles == [str(kind) for kind in Kind]


def test_event_types_and_families_are_those_of_the_codebook() -> None:
    rows = type_rows()
    assert [kind for _, kind, _ in rows] == [str(kind) for kind in EventType]
    assert {kind: family for family, kind, _ in rows} == {str(k): str(f) for k, f in FAMILY_OF.items()}
    assert {family for family, _, _ in rows} == values(Family)


def test_acled_sub_events_are_those_of_the_codebook() -> None:
    for _, kind, column in type_rows():
        allowed = {"Other"} if column.startswith("(none") else set(column.split(" / "))
        assert ACLED_SUB_EVENT[EventType(kind)] in allowed, kind


def test_modalities_are_those_of_the_codebook() -> None:
    assert codes(field_row("modality")) == values(Modality)


def test_time_precisions_are_those_of_the_codebook() -> None:
    assert codes(part(field_row("time"), "`precision`:", ".")) == values(TimePrecision)


def test_place_precisions_are_those_of_the_codebook() -> None:
    assert codes(part(field_row("place"), "`precision`:", ". Code")) == values(PlacePrecision)


def test_ranks_are_those_of_the_codebook() -> None:
    assert codes(part(field_row("precedent"), "rank is", ";")) == values(Rank)


def test_harms_are_those_of_the_codebook() -> None:
    figures = codes(part(section(2), "`figures` holds", "each a list"))
    together = codes(part(section(2), "Numbers for dead and hurt", "."))
    assert (figures | together) - {"figures"} == values(Harm)


def test_statuses_are_those_of_the_codebook() -> None:
    assert codes(part(section(3), "`status`", ")")) == values(Status)


def test_predicates_are_those_of_the_codebook() -> None:
    assert codes(part(section(5), "`object`:", "With time")) == values(Predicate)


def test_acts_are_those_of_the_codebook() -> None:
    assert codes(part(section(6), "`act` (", ")")) == values(Act)


def test_grades_are_those_of_the_codebook() -> None:
    assert codes(part(section(8), "- `grade`:", "\n- ")) - {"grade"} == values(Grade)
