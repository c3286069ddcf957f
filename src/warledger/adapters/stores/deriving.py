"""What a ledger's lists and its search go by: a recorded row in, rows of the derived tables out.

Everything here follows from the row alone, so that it can be made again at any time: at an append, a copy, a
migration and a redaction. No part of it is hashed or counted as recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, select

from warledger.adapters.stores import guards, schema
from warledger.adapters.stores.inserting import in_columns, insert_into
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


_Into = dict[Table, list[tuple[Any, ...]]]
"""Rows of the derived tables, each in the order of its table's columns."""


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
    into: _Into = {table: [] for table in schema.DERIVED}
    for record in records:
        name = next(iter(record))
        if name in _FOLLOWS:
            _FOLLOWS[name](record[name][0], into)
    into[schema.actor_names] = _unknown(db, into[schema.actor_names])
    for table, rows in into.items():
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


def _of_report(row: Row, into: _Into) -> None:
    seq = row["seq"]
    into[schema.report_words] += [(word, seq) for word in sorted(words_in(f"{row['title'] or ''}\n{row['text']}"))]


def _of_claim(row: Row, into: _Into) -> None:
    detail = _DETAIL(row["detail"])
    entry = None if detail.place is None else detail.place.entry
    country = None if entry is None else entry.country or None
    said = row["seq"], row["report"], row["kind"], row["type"], country, detail.confidence
    into[schema.claim_facets].append((*said, row["valid_from"], row["valid_to"]))
    parts = msgspec.structs.astuple(_PARTS(row["record"]))
    for key, name in _folded(chain.from_iterable(parts)):
        into[schema.claim_names].append((key, row["seq"]))
        into[schema.actor_names].append((key, name))


def _of_event(row: Row, into: _Into) -> None:
    record, seq = read_json(row["record"]), row["seq"]
    facets = {
        "event": seq,
        **{name: row[name] for name in ("id", "version", "recorded_at", "valid_from", "valid_to", "type", "place_key")},
        "day": row["valid_from"] or row["valid_to"] or "",
        "grade": record["grade"],
        "claims": len(record["claim_ids"]),
        "origins": len(record["origins"]),
        "country": _country(record["place"]),
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        **{name: record["fatalities"][name] for name in ("low", "best", "high")},
    }
    into[schema.event_facets] += in_columns(schema.event_facets, [facets])
    into[schema.event_claims] += [(claim, seq) for claim in dict.fromkeys(record["claim_ids"])]
    into[schema.event_names] += [("origin", origin, seq) for origin in dict.fromkeys(record["origins"])]
    for key, name in _folded((*record["initiator"], *record["target"])):
        into[schema.event_names].append(("actor", key, seq))
        into[schema.actor_names].append((key, name))


_FOLLOWS: Mapping[str, Callable[[Row, _Into], None]] = {
    "reports": _of_report,
    "claims": _of_claim,
    "event_versions": _of_event,
}


def _folded(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Names by how they fold, each as it is first written."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold_name(name), name)
    return first.items()


def _country(place: Mapping[str, Any] | None) -> str | None:
    entry = None if place is None else place["entry"]
    return None if entry is None else entry["country"] or None


def _unknown(db: Connection, names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names that the ledger does not have yet, each once."""
    new = dict(reversed(names))
    keys = list(new)
    for start in range(0, len(keys), _BATCH):
        asked = select(schema.actor_names.c.folded).where(schema.actor_names.c.folded.in_(keys[start : start + _BATCH]))
        for known in db.execute(asked).scalars():
            new.pop(known, None)
    return list(new.items())
