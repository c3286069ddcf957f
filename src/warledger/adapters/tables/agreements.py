"""Load `data/agreements.yaml`: zones and agreements with their days, parties, places and agreed lines.

Refused, with a DataError: a place that the gazetteer does not know by that key and name, a day or a family that is
none, days that run backwards, an agreement without parties or without a place, an id told twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from warledger.adapters.tables.roads import entry_of
from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.agreement import Agreement
from warledger.domain.codes import Family
from warledger.domain.errors import DataError
from warledger.domain.place import GazetteerEntry
from warledger.ports import Gazetteer


def load_agreements(path: Path, gazetteer: Gazetteer) -> tuple[Agreement, ...]:
    """Read the table, in its order.

    Raises:
        DataError: it breaks its shape; see the module.
    """
    table = read_typed_table(path)
    try:
        found = tuple(_agreement(row, gazetteer) for row in table["agreements"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name}: {error!r}") from error
    ids = [a.id for a in found]
    if len(set(ids)) < len(ids):
        raise DataError(f"{path.name}: an id is told twice")
    return found


def _agreement(row: dict[str, Any], gazetteer: Gazetteer) -> Agreement:
    told = f"agreements.yaml: {row['id']}"

    def entries(said: Iterable[str]) -> tuple[GazetteerEntry, ...]:
        return tuple(entry_of(s, gazetteer, told) for s in said)

    lines = row.get("line", ())
    made = Agreement(
        id=row["id"],
        name=row["name"],
        signed=date.fromisoformat(row["signed"]),
        start=date.fromisoformat(row["from"]),
        end=date.fromisoformat(row["to"]) if row["to"] is not None else None,
        country=row["country"],
        parties=tuple(row["parties"]),
        guarantors=tuple(row.get("guarantors", ())),
        whole_country=bool(row.get("whole_country", False)),
        places=entries(row.get("places", ())),
        divisions=entries(row.get("divisions", ())),
        forbids=frozenset(Family(f) for f in row["forbids"]),
        exempt=tuple(row.get("except", ())),
        line=tuple(zip(entries(p["place"] for p in lines), (p["holder"] for p in lines), strict=True)),
    )
    if made.start < made.signed or (made.end is not None and made.end < made.start):
        raise DataError(f"{told}: its days run backwards")
    if len(made.parties) < 2 or not (made.whole_country or made.places or made.divisions):
        raise DataError(f"{told}: fewer than two parties, or no place")
    return made
