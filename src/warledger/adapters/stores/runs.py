"""What was said of control in packed runs: every place is asked at once of a few of them, instead of by seeks a place.

Claims that bear on control in, in order of arrival; the claims that decide every place on a day, as known at a time,
out. A run holds what was said in a stretch of the record, cut into parts of some days each, as columns of whole
numbers. Beside what is said of its days each part has what stood when they began: of each place what was said from the
newest day on of which somebody is said to hold it. So a question reads a part or two of each run. Small runs that
follow each other are packed into a larger one, which stands for them from then on; none is ever changed or deleted.

A claim that counts no more is said again, as withdrawn. What stood is packed as of all that the run knows: where what
held a place was recorded later than is asked, or was withdrawn, what lies behind it is not in the part. Such places are
told apart, and are to be sought (`queries.control`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, text

from warledger.adapters.stores import queries
from warledger.adapters.stores.inserting import insert_into
from warledger.adapters.stores.ordering import SPOTS, Told, micros, spot
from warledger.adapters.stores.pairs import in_order
from warledger.adapters.stores.schema import control_parts, control_runs
from warledger.domain.bearing import Role
from warledger.domain.chain import Row
from warledger.ports import Pairs

Numbers = npt.NDArray[np.int64]
Which = npt.NDArray[np.bool_]
Columns = Numbers
"""What was said, one claim a column: `_PLACE`, `_SPOT`, `_RECORDED` and `_WORD`; shape (4, claims)."""
_PLACE, _SPOT, _RECORDED, _WORD = range(4)
_WHOLE = np.dtype("<i8")
_HOLDS, _WITHDRAWN, _STOOD = 1, 2, 4
"""What a word says beside the number of its claim: that the place is held, that the claim counts no more, and that it
held the place in what stood."""
_WORDS = 8
_SIZES = (1 << 10, 1 << 13, 1 << 16, 1 << 20)
"""Runs at the end of the record that are smaller than one of these, and together as large, are packed into one."""
_PART = 1 << 15
"""Claims of a part, at least, but of the last."""
_LATE_DAYS = 14
"""By then most of what is said of a day was said: what stood is taken of so long before the time as known at."""

_COVER = """WITH RECURSIVE cover(run) AS (
    SELECT max(run) FROM control_runs
    UNION ALL SELECT r.before FROM cover JOIN control_runs AS r ON r.run = cover.run WHERE r.before > 0)"""
_RUNS = text(
    f"{_COVER} SELECT r.run, r.claims FROM cover JOIN control_runs AS r ON r.run = cover.run ORDER BY r.run DESC"
)
"""The runs that stand for the whole record, the newest first."""
_SAID = text("SELECT said FROM control_parts WHERE run = :run ORDER BY day")
_PARTS = text(f"""{_COVER} SELECT CASE WHEN p.day <= :since THEN p.stood END AS stood, p.said
FROM cover JOIN control_runs AS r ON r.run = cover.run JOIN control_parts AS p ON p.run = r.run
WHERE r.earliest <= :known AND p.day <= :bound AND p.day >= coalesce((
    SELECT max(q.day) FROM control_parts AS q WHERE q.run = r.run AND q.day <= :since), 0)""")
_OF_REPORT = text("""SELECT k.place, p.claim AS first, k.valid_from, k.claim
FROM claims AS c JOIN control_claims AS k ON k.claim = c.seq JOIN control_places AS p ON p.place = k.place
WHERE c.report = :report""")
_IN_ORDER = text(f"""SELECT p.place, c.spot, c.recorded_at, CAST(c.claim AS bigint) * {_WORDS} + c.holds
FROM control_order AS c JOIN control_places AS p ON p.claim = c.spot / :spots WHERE c.claim BETWEEN :first AND :last""")


def add(db: Connection, told: Iterable[Told], superseded: Iterable[Row] = ()) -> None:
    """Pack what was said as the newest run.

    Args:
        db: inside a write transaction.
        told: what was put in order of control.
        superseded: rows of `supersessions` that are in place.
    """
    rows = [(place, at, recorded, claim * _WORDS + holds) for place, (at, recorded, holds, _, claim) in told]
    rows += (row for s in superseded for row in _withdrawn(db, s))
    if rows:
        _add(db, _columns(rows))


def add_all(db: Connection) -> None:
    """Pack all that is in order of control; no run may be there."""
    last = db.execute(text("SELECT coalesce(max(claim), 0) FROM control_order")).scalar_one()
    for first in range(1, last + 1, _SIZES[-1]):
        asked = {"first": first, "last": first + _SIZES[-1] - 1, "spots": SPOTS}
        found = db.execute(_IN_ORDER, asked, execution_options={"yield_per": _PART})
        said = [_columns(rows) for rows in found.partitions(_PART)]
        if said:
            _add(db, np.concatenate(said, axis=1))
    superseded = db.execute(text("SELECT report, recorded_at FROM supersessions ORDER BY by_report")).mappings().all()
    for start in range(0, len(superseded), _SIZES[0]):
        add(db, (), superseded[start : start + _SIZES[0]])


def deciding(db: Connection, on: date, known_at: str, without: Collection[int]) -> tuple[Pairs, set[int]]:
    """The claims that decide every place on a day, as known at a time.

    Args:
        db: inside a transaction.
        on: the day.
        known_at: a recorded time as the schema writes it.
        without: numbers of claims that do not count.

    Returns:
        The numbers of places and claims. And the numbers of places that are to be sought instead, of which no claim is
        among these.
    """
    known = date.fromisoformat(known_at[:10]).toordinal()
    bound = min(on.toordinal(), known)
    asked = {"known": micros(known_at), "bound": bound, "since": min(bound, known - _LATE_DAYS)}
    parts = [_read(part) for row in db.execute(_PARTS, asked) for part in row if part is not None]
    ahead = _ahead(db, on, known_at)
    said = np.concatenate([ahead, *parts], axis=1)
    day, places = _day(said), _groups(_first(said))
    known_by = (said[_RECORDED] <= asked["known"]) & (day <= bound)
    known_by[: ahead.shape[1]] = True
    counts, stood = _counts(said, known_by, without), said[_WORD] & _STOOD > 0
    held, stood_from = (_newest(day, places, which) for which in (counts & _holds(said), stood))
    decides = counts & (day >= held[places]) & ((held > 0) & (held >= stood_from))[places]
    found = np.stack([said[_PLACE, decides], said[_WORD, decides] // _WORDS])
    sought = said[_PLACE, stood & (held < stood_from)[places]]
    return in_order(found), set(sought.tolist())


def _add(db: Connection, said: Columns) -> None:
    """Pack what was said with those runs before it that are to be one with it."""
    runs = db.execute(_RUNS).all()
    taken = _packed_with([r.claims for r in runs], said.shape[1])
    older = [part for r in reversed(runs[:taken]) for part in db.execute(_SAID, {"run": r.run}).scalars()]
    whole = np.concatenate([*map(_read, older), said], axis=1)
    run = runs[0].run + 1 if runs else 1
    before = runs[taken].run if taken < len(runs) else 0
    insert_into(db, control_runs, [(run, before, whole.shape[1], int(whole[_RECORDED].min()))])
    insert_into(db, control_parts, ((run, *part) for part in _parts(whole)))


def _ahead(db: Connection, on: date, known_at: str) -> Columns:
    """What was said by then of days up to one that were yet to come."""
    if on.isoformat() <= known_at[:10]:
        return _columns(())
    query, asked = queries.ahead(on, known_at)
    holds = str(Role.HOLDS)
    return _columns(
        (row.place, spot(row.first, date.fromisoformat(row.valid_from)), 0, row.claim * _WORDS + (row.role == holds))
        for row in db.execute(query, asked)
    )


def _withdrawn(db: Connection, superseded: Row) -> Iterator[tuple[int, int, int, int]]:
    """The claims of a report that count no more from a time on."""
    for row in db.execute(_OF_REPORT, {"report": superseded["report"]}):
        day = spot(row.first, date.fromisoformat(row.valid_from))
        yield row.place, day, micros(superseded["recorded_at"]), row.claim * _WORDS + _WITHDRAWN


def _packed_with(sizes: Sequence[int], new: int) -> int:
    """How many of the runs at the end, the newest first, are packed with what is new."""
    taken = 0
    for size in _SIZES:
        smaller = next((n for n, other in enumerate(sizes) if other >= size), len(sizes))
        if new + sum(sizes[:smaller]) >= size:
            taken = smaller
    return taken


def _parts(whole: Columns) -> Iterator[tuple[int, bytes, bytes]]:
    """The parts of a run: the first day, what stood before it, and what is said of its days.

    Behind those of a run of several parts comes one of which nothing is said but what stood at the end.
    """
    whole = whole[:, np.argsort(_day(whole), kind="stable")]
    days = _day(whole)
    stood, start = whole[:, :0], 0
    while start < len(days):
        end = int(np.searchsorted(days, days[min(start + _PART, len(days)) - 1], "right"))
        said = whole[:, start:end]
        yield int(days[start]), stood.tobytes(), said.tobytes()
        if len(days) > _PART:
            stood = _standing(np.concatenate([stood, said], axis=1))
        start = end
    if len(days) > _PART:
        yield int(days[-1]) + 1, stood.tobytes(), b""


def _standing(said: Columns) -> Columns:
    """What stands of claims: of each place what is said from the newest day on of which it is held."""
    day, places = _day(said), _groups(_first(said))
    holds = _counts(said, said[_WORD] >= 0, ()) & _holds(said)
    said[_WORD] = np.where(holds, said[_WORD] | _STOOD, said[_WORD] & ~_STOOD)
    return said[:, day >= _newest(day, places, holds)[places]]


def _counts(said: Columns, known: Which, without: Collection[int]) -> Which:
    """Which of the claims that are known count: those that are not known to be withdrawn, but for some."""
    claims, gone = said[_WORD] // _WORDS, said[_WORD] & _WITHDRAWN > 0
    hidden = np.concatenate([claims[known & gone], np.array(list(without), np.int64)])
    counts: Which = known & ~gone & ~np.isin(claims, hidden)
    return counts


def _newest(day: Numbers, places: Numbers, which: Which) -> Numbers:
    """The newest day of each place among some claims, by the place's number here; 0 where there is none."""
    days = np.zeros_like(day)
    np.maximum.at(days, places[which], day[which])
    return days


def _groups(numbers: Numbers) -> Numbers:
    """Small numbers, each for those that are the same: where the last of them stands."""
    last = np.empty(numbers.max(initial=0) + 1, np.int64)  # most of it is never touched
    last[numbers] = np.arange(len(numbers))
    return last[numbers]


def _holds(said: Columns) -> Which:
    holds: Which = said[_WORD] & _HOLDS > 0
    return holds


def _first(said: Columns) -> Numbers:
    first: Numbers = said[_SPOT] // SPOTS
    return first


def _day(said: Columns) -> Numbers:
    day: Numbers = said[_SPOT] & (SPOTS - 1)
    return day


def _columns(rows: Iterable[Iterable[int]]) -> Columns:
    return np.fromiter(chain.from_iterable(rows), _WHOLE).reshape(-1, 4).T


def _read(part: Any) -> Columns:
    return np.frombuffer(part, _WHOLE).reshape(4, -1)
