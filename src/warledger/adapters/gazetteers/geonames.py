"""The world's places: a name in, every entry that bears it out; a name that nothing bears costs microseconds.

Reads `world.sqlite` (made by tools/build_gazetteer.py from GeoNames, CC BY 4.0) and `supplement.tsv`, the project's own
curated places. Nothing is opened before the first question. A place of the supplement hides the world's entry of the
same name within `SAME_PLACE_KM`. Refuses a missing or foreign database file with an error that says how to make it.
"""

from __future__ import annotations

import csv
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import evolve

from warledger.domain.distance import km_between
from warledger.domain.errors import DataError
from warledger.domain.folding import fold_name, loose_key
from warledger.domain.place import GazetteerEntry

SAME_PLACE_KM = 40.0
MAX_ENTRIES = 60
"""A name borne by more places (San Antonio) keeps its most populous ones."""
LOOSE_MIN_LETTERS = 5
_CACHED_NAMES = 200_000
_COLUMNS = "place.key, geonames, place.name, latitude, longitude, code, country, admin1, population, parent"


class GeoNamesGazetteer:
    """Places of GeoNames and of the curated supplement; fits `ports.Gazetteer`."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds `world.sqlite` and `supplement.tsv`; nothing is read yet."""
        self._folder = folder
        self._found: dict[str, tuple[GazetteerEntry, ...]] = {}

    def find(self, name: str) -> Sequence[GazetteerEntry]:
        """Every entry that bears the name, folded; the supplement's first, then by population."""
        folded = fold_name(name)
        found = self._found.get(folded)
        if found is None:
            if len(self._found) >= _CACHED_NAMES:
                self._found.clear()
            found = self._look_up(folded)
            if not found and len(folded) >= LOOSE_MIN_LETTERS and folded.isascii():
                found = self._look_up(loose_key(folded))
            self._found[folded] = found
        return found

    def get(self, key: str) -> GazetteerEntry | None:
        """The entry of a key, or None."""
        own = self._supplement_by_key.get(key)
        if own is not None:
            return own
        where, value = ("geonames = ?", key[3:]) if key.startswith("gn:") else ("place.key = ?", key)
        row = self._db.execute(f"SELECT {_COLUMNS} FROM place WHERE {where}", (value,)).fetchone()
        return None if row is None else _entry(row)

    def parents(self, entry: GazetteerEntry) -> Sequence[GazetteerEntry]:
        """What contains it, smallest first; an entry without a parent of its own goes to its division and country."""
        chain: list[GazetteerEntry] = []
        at: GazetteerEntry | None = entry
        while at is not None and len(chain) < 6:
            at = self._container(at)
            if at is not None and at.key != entry.key and at not in chain:
                chain.append(at)
            else:
                break
        return tuple(chain)

    def country(self, code: str) -> GazetteerEntry | None:
        """The country's own entry, by ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    def capital(self, code: str) -> GazetteerEntry | None:
        """A country's capital, by the country's ISO 3166-1 alpha-2 code."""
        return self._capitals.get(code)

    def in_arabic(self, country: str) -> Mapping[str, str]:
        """How Arabic writes the places of a country, by key; the supplement's names before the world's."""
        rows = self._db.execute("SELECT key, name FROM called WHERE country = ?", (country,))
        own = ((e.key, names) for e, names in _curated(self._folder / "supplement.tsv") if e.country == country)
        written = {key: next(filter(_is_arabic, names), None) for key, names in own}
        return {**dict(rows.fetchall()), **{key: name for key, name in written.items() if name is not None}}

    def _container(self, entry: GazetteerEntry) -> GazetteerEntry | None:
        if entry.feature_code == "PCLI":
            return None
        if entry.parent is not None:
            return self.get(entry.parent)
        if entry.admin1 is not None:
            for other in self.find(entry.admin1):
                if other.feature_code == "ADM1" and other.country == entry.country and other.key != entry.key:
                    return other
        return self.country(entry.country)

    def _look_up(self, folded: str) -> tuple[GazetteerEntry, ...]:
        own = self._supplement.get(folded, ())
        at = zlib.crc32(folded.encode()) >> 8
        if not self._known[at >> 3] >> (at & 7) & 1:
            return own
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE folded = ?"
            " ORDER BY population DESC LIMIT ?",
            (folded, MAX_ENTRIES),
        )
        return (*own, *(e for e in map(_entry, rows) if not _hidden(e, own)))

    @cached_property
    def _db(self) -> sqlite3.Connection:
        file = self._folder / "world.sqlite"
        if not file.is_file():
            raise DataError(f"{file} is not there; `make {file.name}` builds it")
        return sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    @cached_property
    def _known(self) -> bytes:
        try:
            return bytes(self._db.execute("SELECT bits FROM known").fetchone()[0])
        except (sqlite3.Error, TypeError) as error:
            raise DataError(f"{self._folder / 'world.sqlite'} is no gazetteer: {error}") from error

    @cached_property
    def _countries(self) -> dict[str, GazetteerEntry]:
        return self._one_a_country("PCLI")

    @cached_property
    def _capitals(self) -> dict[str, GazetteerEntry]:
        return self._one_a_country("PPLC")

    def _one_a_country(self, code: str) -> dict[str, GazetteerEntry]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM place WHERE code = ?", (code,))
        own = {e.country: e for e in self._supplement_by_key.values() if e.feature_code == code}
        return {**{e.country: e for e in map(_entry, rows)}, **own}

    @cached_property
    def _supplement(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        by_name: dict[str, tuple[GazetteerEntry, ...]] = {}
        for entry, names in _curated(self._folder / "supplement.tsv"):
            entry = self._completed(entry)
            for folded in {fold_name(n) for n in names}:
                by_name[folded] = (*by_name.get(folded, ()), entry)
        return by_name

    def _completed(self, entry: GazetteerEntry) -> GazetteerEntry:
        """A curated row of a GeoNames place takes from it what the row leaves out."""
        if entry.geonames_id is None:
            return entry
        row = self._db.execute(f"SELECT {_COLUMNS} FROM place WHERE geonames = ?", (entry.geonames_id,)).fetchone()
        if row is None:
            return entry
        world = _entry(row)
        code = world.feature_code if world.feature_code.startswith("PPL") else entry.feature_code
        return evolve(entry, population=world.population, admin1=world.admin1, parent=world.parent, feature_code=code)

    @cached_property
    def _supplement_by_key(self) -> dict[str, GazetteerEntry]:
        return {e.key: e for entries in self._supplement.values() for e in entries}


def _is_arabic(name: str) -> bool:
    return "\u0621" <= name[0] <= "\u064a"


def _hidden(entry: GazetteerEntry, own: Sequence[GazetteerEntry]) -> bool:
    return any(_same_sort(entry, o) and km_between(entry, o) <= _reach_km(entry) for o in own)


def _same_sort(a: GazetteerEntry, b: GazetteerEntry) -> bool:
    return a.country == b.country and a.feature_code[:3] == b.feature_code[:3]


def _reach_km(entry: GazetteerEntry) -> float:
    return {"PCLI": 3000.0, "ADM1": 400.0, "ADM2": 100.0}.get(entry.feature_code, SAME_PLACE_KM)


def _entry(row: tuple[object, ...]) -> GazetteerEntry:
    key, geonames, name, lat, lon, code, country, admin1, population, parent = row
    return GazetteerEntry(
        key=str(key) if key is not None else f"gn:{geonames}",
        geonames_id=geonames,  # type: ignore[arg-type]
        name=str(name),
        latitude=float(lat),  # type: ignore[arg-type]
        longitude=float(lon),  # type: ignore[arg-type]
        feature_code=str(code),
        country=str(country),
        admin1=admin1,  # type: ignore[arg-type]
        population=int(population),  # type: ignore[call-overload]
        parent=parent,  # type: ignore[arg-type]
    )


def _curated(file: Path) -> Iterator[tuple[GazetteerEntry, tuple[str, ...]]]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((x for x in lines if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE)
        for r in rows:
            gid = int(r["geonames_id"]) if r["geonames_id"] else None
            slug = fold_name(f"{r['admin1']} {r['name']}").replace(" ", "-")
            entry = GazetteerEntry(
                key=f"gn:{gid}" if gid is not None else f"wl:{r['country'].lower()}:{slug}:{r['code'].lower()}",
                geonames_id=gid,
                name=r["name"],
                latitude=float(r["latitude"]),
                longitude=float(r["longitude"]),
                feature_code=r["code"],
                country=r["country"],
                admin1=r["admin1"] or None,
                parent=r["parent"] or None,
            )
            yield entry, (r["name"], *filter(None, r["aliases"].split("|")))
