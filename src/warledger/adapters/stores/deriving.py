"""What a ledger's lists and its search go by: a recorded row in, rows of the derived tables out.

Everything here follows from the row alone, so that it can be made again at any time: at an append, a copy, a
migration and a redaction. No part of it is hashed or counted as recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, select

from warledger.adapters.stores import guards, schema
from warledger.adapters.stores.inserting import insert_into
from warledger.adapters.stores.rows import read_json
from warledger.domain.chain import Row, Rows
from warledger.domain.folding import fold_name
from warledger.domain.words import words_in

_BATCH = 500
_OF = {
    "reports": ((schema.report_words, "report"),),
    "claims": ((schema.claim_facets, "claim"), (schema.claim_names, "claim")),
    "event_versions": ((schema.event_facets, "event"), (schema.event_claims, "event"), (schema.event_names, "event")),
}
"""The derived tables of each recorded one, and the column that holds its row's number."""


class _Parts(msgspec.Struct):
    """What is read of a claim's record: who takes part in it."""

    initiator: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    side: tuple[str, ...] = ()


class _Entry(msgspec.Struct):
    country: str


class _Place(msgspec.Struct):
    entry: _Entry | None


class _Detail(msgspec.Struct):
    """What is read of a claim's detail."""

    confidence: float | None
    place: _Place | None = None


_PARTS = msgspec.json.Decoder(_Parts).decode
_DETAIL = msgspec.json.Decoder(_Detail).decode


def derive(db: Connection, records: Iterable[Rows]) -> None:
    """Insert what follows from records that are in place."""
    by_table: dict[Table, list[dict[str, Any]]] = {table: [] for table in schema.DERIVED}
    for record in records:
        for table, row in _derived(record):
            by_table[table].append(row)
    by_table[schema.actor_names] = _unknown(db, by_table[schema.actor_names])
    for table, rows in by_table.items():
        insert_into(db, table, rows)


def derive_again(db: Connection, records: Sequence[Rows]) -> None:
    """Make anew what follows from records that were rewritten; names that nothing bears any more are forgotten."""
    with guards.lifted(db, [table.name for table in schema.DERIVED], "DELETE"):
        for name, tables in _OF.items():
            seqs = [record[name][0]["seq"] for record in records if name in record]
            for table, column in tables:
                for start in range(0, len(seqs), _BATCH):
                    db.execute(delete(table).where(table.c[column].in_(seqs[start : start + _BATCH])))
        names = schema.actor_names.c.folded
        borne = select(schema.claim_names.c.name).union(
            select(schema.event_names.c.name).where(schema.event_names.c.role == "actor")
        )
        db.execute(delete(schema.actor_names).where(names.not_in(borne)))
    derive(db, records)


def _derived(record: Rows) -> Iterator[tuple[Table, dict[str, Any]]]:
    name = next(iter(record))
    row = record[name][0]
    match name:
        case "reports":
            for word in sorted(words_in(f"{row['title'] or ''}\n{row['text']}")):
                yield schema.report_words, {"word": word, "report": row["seq"]}
        case "claims":
            yield from _of_claim(row)
        case "event_versions":
            yield from _of_event(row)
        case _:
            pass


def _of_claim(row: Row) -> Iterator[tuple[Table, dict[str, Any]]]:
    parts, detail = _PARTS(row["record"]), _DETAIL(row["detail"])
    entry = None if detail.place is None else detail.place.entry
    same = {name: row[name] for name in ("report", "kind", "type", "valid_from", "valid_to")}
    country = None if entry is None else entry.country or None
    yield schema.claim_facets, {"claim": row["seq"], **same, "country": country, "confidence": detail.confidence}
    names = [name for part in _Parts.__struct_fields__ for name in getattr(parts, part)]
    yield from _named(schema.claim_names, {"claim": row["seq"]}, names)


def _of_event(row: Row) -> Iterator[tuple[Table, dict[str, Any]]]:
    record = read_json(row["record"])
    same = {name: row[name] for name in ("id", "version", "recorded_at", "valid_from", "valid_to", "type", "place_key")}
    facets = {
        "event": row["seq"],
        **same,
        "day": row["valid_from"] or row["valid_to"] or "",
        "grade": record["grade"],
        "claims": len(record["claim_ids"]),
        "origins": len(record["origins"]),
        "country": _country(record["place"]),
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        **{name: record["fatalities"][name] for name in ("low", "best", "high")},
    }
    yield schema.event_facets, facets
    for claim in dict.fromkeys(record["claim_ids"]):
        yield schema.event_claims, {"claim": claim, "event": row["seq"]}
    for origin in dict.fromkeys(record["origins"]):
        yield schema.event_names, {"role": "origin", "name": origin, "event": row["seq"]}
    parts = {"role": "actor", "event": row["seq"]}
    yield from _named(schema.event_names, parts, (*record["initiator"], *record["target"]))


def _named(table: Table, parts: Mapping[str, Any], names: Iterable[str]) -> Iterator[tuple[Table, dict[str, Any]]]:
    folded = {fold_name(name): name for name in reversed(list(names))}
    for key, name in folded.items():
        yield table, {**parts, "name": key}
        yield schema.actor_names, {"folded": key, "name": name}


def _country(place: Mapping[str, Any] | None) -> str | None:
    entry = None if place is None else place["entry"]
    return None if entry is None else entry["country"] or None


def _unknown(db: Connection, names: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names that the ledger does not have yet, each once."""
    new = {row["folded"]: row for row in reversed(names)}
    keys = list(new)
    for start in range(0, len(keys), _BATCH):
        asked = select(schema.actor_names.c.folded).where(schema.actor_names.c.folded.in_(keys[start : start + _BATCH]))
        for known in db.execute(asked).scalars():
            new.pop(known, None)
    return list(new.values())
