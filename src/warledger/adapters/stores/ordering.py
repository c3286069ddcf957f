"""What is asked by day, put in order: recorded rows in, rows of the tables that are sought by place and day out.

Everything here follows from numbers, days and times, which no redaction changes, so that it is written once, with the
row. No part of it is hashed or counted as recorded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, exists, func, select, text

from warledger.adapters.stores.inserting import insert_into
from warledger.adapters.stores.schema import (
    claims,
    control_order,
    event_claims,
    event_days,
    event_facets,
    happenings,
    reports,
    settled,
    supersessions,
)
from warledger.domain.bearing import NIGHT, Role
from warledger.domain.chain import Row, Rows
from warledger.domain.codes import REAL, Kind

Days = tuple[int, str, str, str | None]
"""How long the events last at most, the first days that they may have, from and to, and the least last day."""
Told = tuple[int, tuple[int, int, int, int, int]]
"""The number of a place, and a row of `control_order` that tells of it."""
SPOTS = 1 << 22
"""Days that one place has numbers for: more than any calendar here."""
REACHES = (0, 3, 15, 63, 255, 1023, 4095, 4_000_000)
"""Events are sought by how many days lie at most between their first day and their last one."""
NO_END, NO_START, NO_DAY = -1, -2, -3
"""The same where a day is not known: such an interval is open."""
NUMBERS_LISTED = {
    "sqlite": "SELECT value FROM json_each(:listed)",
    "postgresql": "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:listed AS json)) AS listed(value)",
}
"""The numbers of a JSON list, as rows; the one thing that the two databases write apart."""
_START = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 500


class _Said(msgspec.Struct):
    """What is read of a claim's record."""

    modality: str


_SAID = msgspec.json.Decoder(_Said).decode


def put_in_order(db: Connection, records: Iterable[Rows]) -> list[Told]:
    """Insert what follows from records that are in place; what they tell of control is given back."""
    told: list[Row] = []
    bearing: list[Row] = []
    events: list[Row] = []
    for record in records:
        told += (row for row in record.get("claims", ()) if row["kind"] == Kind.EVENT and _is_real(row))
        of_claim = {row["seq"]: row for row in record.get("claims", ())}
        bearing += (row for row in record.get("control_claims", ()) if decides(row, of_claim.get(row["claim"])))
        events += record.get("event_versions", ())
    in_order = list(_of_control(bearing, first_spoken(db, {row["place"] for row in bearing})))
    insert_into(db, control_order, in_order)
    insert_into(db, happenings, _of_happenings(told, _published(db, {row["report"] for row in told})))
    insert_into(db, event_days, map(_of_event, events))
    return list(zip((row["place"] for row in bearing), in_order, strict=True))


def decides(row: Row, claim: Row | None) -> bool:
    """Say whether what was noted of control bears on it still.

    An event of many days decides who holds a place on no day (`domain.bearing`). Versions before schema 0004 noted it
    as if it did; such a row is hashed and stays, and is not put in order.

    Args:
        row: of `control_claims`.
        claim: `kind`, `valid_from` and `valid_to` of its claim; None where it is at hand no more.
    """
    if claim is None or claim["kind"] != Kind.EVENT or row["role"] == Role.DOUBTS:
        return True
    first, last = claim["valid_from"], claim["valid_to"]
    if first is None or last is None:
        return False
    return date.fromisoformat(last) - date.fromisoformat(first) <= NIGHT


def note_settled(db: Connection) -> None:
    """Note up to which number every happening is held by an event now; those behind it are looked through once."""
    before = settled_up_to(db)
    waiting = db.execute(unsettled(before)).scalar()
    last = db.execute(select(func.max(happenings.c.claim))).scalar() if waiting is None else waiting - 1
    if last is not None and last > before:
        insert_into(db, settled, [(last,)])


def settled_up_to(db: Connection) -> int:
    """The number up to which every happening was found held."""
    return int(db.execute(select(func.coalesce(func.max(settled.c.claim), 0))).scalar_one())


def unsettled(after: int) -> Select[Any]:
    """The first claim of a happening behind a number that counts and that no event holds."""
    held = exists().where(event_claims.c.claim == claims.c.id)
    gone = exists().where(supersessions.c.report == claims.c.report)
    source = happenings.join(claims, claims.c.seq == happenings.c.claim)
    where = (happenings.c.claim > after, ~held, ~gone)
    return select(happenings.c.claim).select_from(source).where(*where).order_by(happenings.c.claim).limit(1)


def outdated() -> Select[Any]:
    """A claim whose report has a newer version and that the newest version of an event holds all the same."""
    newer = event_facets.alias("newer")
    followed = exists().where(newer.c.id == event_facets.c.id, newer.c.version > event_facets.c.version)
    source = (
        supersessions.join(claims, claims.c.report == supersessions.c.report)
        .join(event_claims, event_claims.c.claim == claims.c.id)
        .join(event_facets, event_facets.c.event == event_claims.c.event)
    )
    return select(claims.c.seq).select_from(source).where(~followed).limit(1)


def spot(first: int, day: date) -> int:
    """The number of a place on a day.

    Args:
        first: the number of the claim that first spoke of the place.
        day: the day.
    """
    return first * SPOTS + day.toordinal()


@lru_cache
def micros(stamp: str) -> int:
    """A recorded time as microseconds since 1970."""
    return (datetime.fromisoformat(stamp) - _START) // timedelta(microseconds=1)


def first_spoken(db: Connection, places: Collection[int]) -> dict[int, int]:
    """Those of some places of which something was said, each with the claim that first did."""
    query = f"SELECT place, claim FROM control_places WHERE place IN ({NUMBERS_LISTED[db.dialect.name]})"
    found = db.execute(text(query), {"listed": json.dumps(sorted(places))})
    return {row.place: row.claim for row in found}


def spans(from_day: date | None, to_day: date | None) -> Iterator[Days]:
    """Where the events lie whose interval meets some days; an unknown day is open on both sides."""
    first, last = from_day or date.min, to_day or date.max
    for reach in REACHES:
        low = date.fromordinal(max(1, first.toordinal() - reach))
        yield reach, low.isoformat(), last.isoformat(), first.isoformat()
    yield NO_END, "", last.isoformat(), None
    yield NO_START, first.isoformat(), date.max.isoformat(), None
    yield NO_DAY, "", "", None


def _of_control(rows: Iterable[Row], firsts: Mapping[int, int]) -> Iterator[tuple[int, int, int, int, int]]:
    """Rows of `control_order`."""
    for row in rows:
        at = spot(firsts[row["place"]], date.fromisoformat(row["valid_from"]))
        yield at, micros(row["recorded_at"]), int(row["role"] == Role.HOLDS), row["report"], row["claim"]


def _of_happenings(rows: Iterable[Row], published: Mapping[int, str]) -> Iterator[tuple[Any, ...]]:
    """By the last day of each, as `domain.claim.last_day` tells it."""
    for row in rows:
        yield row["seq"], row["valid_to"] or max(published[row["report"]], row["valid_from"] or "")


def _is_real(row: Row) -> bool:
    return _SAID(row["record"]).modality in REAL


def _of_event(row: Row) -> tuple[Any, ...]:
    """A row of `event_days`."""
    first, last = row["valid_from"], row["valid_to"]
    return _reach(first, last), first or last or "", row["id"], row["seq"], last


def _reach(first: str | None, last: str | None) -> int:
    if first is not None and last is not None:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
        return next(reach for reach in REACHES if days <= reach)
    return NO_DAY if first is last else NO_START if first is None else NO_END


def _published(db: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The days on which some reports were published."""
    listed, found = sorted(numbers), dict[int, str]()
    for start in range(0, len(listed), _BATCH):
        asked = select(reports.c.seq, reports.c.published).where(reports.c.seq.in_(listed[start : start + _BATCH]))
        found |= {row.seq: row.published for row in db.execute(asked)}
    return found
