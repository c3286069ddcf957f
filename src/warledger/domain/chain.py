"""The hash chain of a ledger: what each write kept, row by row with its hash, each entry sealed over the one before.

A row is hashed with the rows that hang on it (what a claim says of control, which versions a report supersedes), as
canonical JSON of their columns. An entry's link is the SHA-256 of the link before it, its time, its act and its body,
so that nothing behind it can be changed, taken out or put in without breaking every later link. The format is kept by
files: it is never changed, only added to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from attrs import frozen

Row = Mapping[Any, Any]
"""The columns of one row: texts, numbers, bytes, None."""

Rows = Mapping[str, Sequence[Row]]
"""Rows by table: a row first, then those that hang on it."""

START = "0" * 64
"""The link before the first entry."""

DEPENDENT = {
    "claims": (("control_claims", "claim"), ("control_places", "claim")),
    "reports": (("supersessions", "by_report"),),
}
"""Tables whose rows hang on another's, and the column that names it."""


class Write(StrEnum):
    """What an entry of the chain stands for."""

    REPORT = "report"
    EVENTS = "events"
    REFUSAL = "refusal"
    DECISION = "decision"
    REDACTION = "redaction"


@frozen(kw_only=True)
class Item:
    """One row that an entry kept.

    Args:
        table: where it stands.
        seq: its number there.
        name: what people call it: a report's or a claim's id, an event's id and version; it is never redacted.
        digest: SHA-256 of it and of what hangs on it, hex.
    """

    table: str
    seq: int
    name: str
    digest: str


@frozen(kw_only=True)
class Entry:
    """One entry of the chain.

    Args:
        seq: 1, 2, ... without a gap.
        recorded_at: when the monitor knew, as the ledger writes times.
        act: what was done.
        body: the items, and the note of a redaction, as JSON.
        link: SHA-256 over the link before and all of the above, hex.
    """

    seq: int
    recorded_at: str
    act: str
    body: str
    link: str

    @property
    def items(self) -> tuple[Item, ...]:
        """The rows that it kept; none where the body is not what a ledger writes, which its link shows."""
        try:
            said = json.loads(self.body)["items"]
            return tuple(Item(table=t, seq=seq, name=name, digest=digest) for t, seq, name, digest in said)
        except (KeyError, TypeError, ValueError):
            return ()

    @property
    def note(self) -> Mapping[str, Any]:
        """Author and reason of a redaction; else empty."""
        return dict(json.loads(self.body).get("note", {}))


@frozen(kw_only=True)
class Held:
    """An entry of the chain with its rows as they are in the ledger now.

    Args:
        entry: the entry.
        rows: for each of its items the row and what hangs on it; an item whose row is gone is missing here.
    """

    entry: Entry
    rows: Mapping[tuple[str, int], Rows]


def item(table: str, rows: Rows) -> Item:
    """The item of a row."""
    row = rows[table][0]
    return Item(table=table, seq=row["seq"], name=name_of(table, row), digest=digest(rows))


def name_of(table: str, row: Row) -> str:
    """What people call a row."""
    match table:
        case "event_versions":
            return f"{row['id']} version {row['version']}"
        case "refusals":
            return str(row["seq"])  # a file's name may hold words that are to be redacted one day
        case _:
            return str(row["id"])


def entry(
    before: Entry | None, *, act: Write, recorded_at: str, items: Sequence[Item], note: Row | None = None
) -> Entry:
    """Seal the next entry.

    Args:
        before: the newest entry, or None at the start.
        act: what was done.
        recorded_at: when, as the ledger writes times.
        items: the rows that it keeps.
        note: author and reason of a redaction.
    """
    said: dict[str, Any] = {"items": [[i.table, i.seq, i.name, i.digest] for i in items]}
    body = canonical(said if note is None else {**said, "note": note})
    seq, link = (1, START) if before is None else (before.seq + 1, before.link)
    return Entry(seq=seq, recorded_at=recorded_at, act=str(act), body=body, link=sealed(link, recorded_at, act, body))


def sealed(before: str, recorded_at: str, act: str, body: str) -> str:
    """The link of an entry behind another's link."""
    return hashlib.sha256("\n".join((before, recorded_at, act, body)).encode()).hexdigest()


def digest(rows: Rows) -> str:
    """SHA-256 of rows by table, hex; the order of rows that hang on one counts by their content."""
    parts = [f"{table}\n" + "\n".join(sorted(canonical(row) for row in rows[table])) for table in sorted(rows)]
    return hashlib.sha256("\n\n".join(parts).encode()).hexdigest()


def canonical(row: Row) -> str:
    """JSON with sorted keys, nothing between; bytes are their SHA-256, and a column that is null is left out, so that a
    later schema may add columns."""
    said = [f"{start}{_written(row[name])}" for name, start in _in_order(tuple(row)) if row[name] is not None]
    return f"{{{','.join(said)}}}"


def _hashed(raw: Any) -> str:
    """Stand for bytes in JSON."""
    return "sha256:" + hashlib.sha256(bytes(raw)).hexdigest()


_quoted = json.encoder.encode_basestring
_encoded = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_hashed, check_circular=False
).encode


@lru_cache(maxsize=256)
def _in_order(columns: tuple[Any, ...]) -> tuple[tuple[Any, str], ...]:
    """Columns in the order in which they are hashed, each with its name as JSON and the colon."""
    return tuple((name, f"{_quoted(name)}:") for name in sorted(columns))


def _written(value: Any) -> str:
    """A value as JSON; texts and whole numbers, which most columns hold, without the cost of an encoder."""
    kind = value.__class__
    return _quoted(value) if kind is str else str(value) if kind is int else _encoded(value)
