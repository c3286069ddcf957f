"""Load who stands to whom: `actors/relations.tsv` in, each actor's dated relations out, and the memberships among them.

Refused, with a DataError: an unknown predicate, a year that is none, years out of order, a relation told twice.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from attrs import evolve

from warledger.domain.actor import DatedRelation
from warledger.domain.errors import DataError

PREDICATES = frozenset(["supports", "opposes", "part_of", "successor_of", "same_as", "controls_group"])
"""The codebook's predicates (section 5): between organisations, and which group a person leads."""
_ABOVE = frozenset(["part_of", "successor_of"])
_FIGHTING = frozenset(["armed_group", "alliance", "generic"])


def load_relations(folder: Path) -> Mapping[str, tuple[DatedRelation, ...]]:
    """Read the relations.

    Args:
        folder: the data folder.

    Returns:
        Each subject's relations, in the order of the table; a year stands for its first day or its last.

    Raises:
        DataError: a row breaks the table's shape.
    """
    found: dict[str, list[DatedRelation]] = defaultdict(list)
    for subject, predicate, other, start, end in _rows(folder / "actors" / "relations.tsv"):
        told = f"relations.tsv: {subject} {predicate} {other}"
        if predicate not in PREDICATES:
            raise DataError(f"{told}: {predicate!r} is no predicate")
        relation = DatedRelation(
            predicate=predicate,
            object=other,
            start=date(_year(start, told), 1, 1) if start else None,
            end=date(_year(end, told), 12, 31) if end else None,
        )
        if relation.start is not None and relation.end is not None and relation.start > relation.end:
            raise DataError(f"{told}: ends before it starts")
        if relation in found[subject]:
            raise DataError(f"{told}: told twice")
        found[subject].append(relation)
    return {subject: tuple(relations) for subject, relations in found.items()}


def load_actor_kinds(folder: Path) -> Mapping[str, str]:
    """Read what sort of actor each entry is, by canonical name.

    Args:
        folder: the data folder.
    """
    with (folder / "actors" / "groups.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {row["name"]: row["kind"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def load_memberships(folder: Path) -> Mapping[str, tuple[DatedRelation, ...]]:
    """Read which fighting parties were part of which, and when, for telling whose acts are told under whose name.

    A group that took another's place is taken as part of it at any time: reports go on using the old name.

    Bodies that do not fight are left out: that two agencies belong to the United Nations makes them no one actor.

    Args:
        folder: the data folder.

    Raises:
        DataError: a row breaks a table's shape.
    """
    kinds = load_actor_kinds(folder)
    return {
        subject: above
        for subject, relations in load_relations(folder).items()
        if _fights(subject, kinds)
        and (above := tuple(_membership(r) for r in relations if r.predicate in _ABOVE and _fights(r.object, kinds)))
    }


def _membership(relation: DatedRelation) -> DatedRelation:
    return relation if relation.predicate == "part_of" else evolve(relation, start=None, end=None)


def _fights(name: str, kinds: Mapping[str, str]) -> bool:
    return name.startswith("Military Forces of ") or kinds.get(name) in _FIGHTING


def _year(text: str, told: str) -> int:
    if not text.isdigit() or len(text) != 4:
        raise DataError(f"{told}: {text!r} is no year")
    return int(text)


def _rows(path: Path) -> list[tuple[str, str, str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    for number, row in enumerate(rows, 1):
        if len(row) != 5 or not all(row[:3]):
            raise DataError(f"{path.name}: row {number}: {len(row)} columns instead of 5, or a name is missing")
    return [(a, b, c, d, e) for a, b, c, d, e in rows]
