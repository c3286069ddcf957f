"""Load `data/roads.yaml`: roads as ordered stops, and the ends that a town may need to reach.

Refused, with a DataError: a stop that the gazetteer does not know or does not know by that name, a stop told twice on
one road, an end that lies on no road.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.errors import DataError
from warledger.domain.place import GazetteerEntry
from warledger.domain.road import End, Road, RoadTable
from warledger.ports import Gazetteer


def load_roads(path: Path, gazetteer: Gazetteer) -> RoadTable:
    """Read the table.

    Raises:
        DataError: it breaks its shape; see the module.
    """
    table = read_typed_table(path)
    try:
        roads = tuple(_road(row, gazetteer) for row in table["roads"])
        ends = {
            end: frozenset(
                entry_of(said, gazetteer, path.name).key
                for by_kind in table["ends"].values()
                for said in by_kind.get(str(end), ())
            )
            for end in End
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: {error!r}") from error
    astray = {key for keys in ends.values() for key in keys} - {s.key for r in roads for s in r.stops}
    if astray:
        raise DataError(f"{path.name}: ends on no road: {', '.join(sorted(astray))}")
    return RoadTable(roads=roads, ends=ends)


def entry_of(said: str, gazetteer: Gazetteer, where: str) -> GazetteerEntry:
    """The entry of "gn:170063 Aleppo", under that name.

    Raises:
        DataError: the gazetteer has no such key, or no such name for it.
    """
    key, _, name = said.partition(" ")
    entry = gazetteer.get(key)
    if entry is None:
        raise DataError(f"{where}: {said}: no such key in the gazetteer")
    if not any(e.key == key for e in gazetteer.find(name)):
        raise DataError(f"{where}: {said}: the gazetteer does not call {entry.name} so")
    return evolve(entry, name=name)


def _road(row: dict[str, Any], gazetteer: Gazetteer) -> Road:
    stops = tuple(entry_of(said, gazetteer, f"roads.yaml: {row['id']}") for said in row["stops"])
    if len(stops) < 2 or len({s.key for s in stops}) < len(stops):
        raise DataError(f"roads.yaml: {row['id']}: fewer than two stops, or one told twice")
    return Road(id=str(row["id"]), name=row["name"], country=row["country"], stops=stops)
