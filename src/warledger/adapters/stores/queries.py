"""Every question that is asked of a ledger in a database, in one place; SQLite and PostgreSQL take the same.

`:known_at` is a recorded time as the schema writes it; FOREVER asks for all that is there. A report counts at a time if
it was recorded by then and nothing had superseded it by then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    union_all,
)

from warledger.adapters.stores.ordering import NUMBERS_LISTED, SPOTS, micros, spans
from warledger.adapters.stores.schema import (
    chain,
    claims,
    decisions,
    event_claims,
    event_days,
    event_facets,
    event_versions,
    happenings,
    refusals,
    reports,
    supersessions,
)

FOREVER = "9999-12-31T23:59:59.999999+00:00"

REPORT = (
    reports.c.seq,
    reports.c.key,
    reports.c.id,
    reports.c.published,
    reports.c.text,
    reports.c.sha256,
    reports.c.publisher,
    reports.c.url,
    reports.c.language,
    reports.c.title,
    reports.c.filed_as,
)
CLAIM = (claims.c.seq, claims.c.id, claims.c.report, claims.c.record, claims.c.detail, claims.c.recorded_at)

_COUNTS = """NOT EXISTS (
    SELECT 1 FROM supersessions AS s WHERE s.report = c.report AND s.recorded_at <= :known_at)"""

_PLACES = "SELECT place, claim AS first FROM control_places"
_SURE_ENOUGH = """ AND (
    SELECT coalesce(f.confidence, 1) >= :min_confidence FROM claim_facets AS f WHERE f.claim = c.claim)"""
_TEXTS = {
    "sqlite": "SELECT value FROM json_each(:without)",
    "postgresql": "SELECT value FROM json_array_elements_text(CAST(:without AS json)) AS listed(value)",
}
_NOT_AMONG = " AND c.claim NOT IN (SELECT k.seq FROM claims AS k WHERE k.id IN ({listed}))"

_FLOOR = "CAST(places.first AS bigint) * :spots"
_BOUND = f"{_FLOOR} + :bound"
_NEWEST = f"""(
    SELECT c.spot FROM control_order AS c
    WHERE c.spot BETWEEN {_FLOOR} AND {_BOUND} AND c.recorded_at <= :known AND c.holds = 1 AND {_COUNTS}{{counts}}
    ORDER BY c.spot DESC LIMIT 1)"""
"""The newest day up to the one asked for on which a place is held."""

_DECIDES = f"""
SELECT c.claim AS claim, places.place AS place
FROM ({{places}}) AS places CROSS JOIN control_order AS c
WHERE c.spot BETWEEN {_NEWEST} AND {_BOUND}
  AND c.recorded_at <= :known AND {_COUNTS}{{counts}}
ORDER BY places.first"""
"""Places in the order in which their claims lie, so that one seek is near the next."""

_AHEAD = "c.valid_from > c.recorded_at AND c.valid_from > :known_day AND c.valid_from <= :day"
"""Claims of a day that was yet to come when they were recorded: few, and an index of their own holds them."""

_SAID_AHEAD = text(f"""SELECT c.place, p.claim AS first, c.valid_from, c.role, c.claim
FROM control_claims AS c JOIN control_places AS p ON p.place = c.place
WHERE {_AHEAD} AND c.recorded_at <= :known_at AND {_COUNTS}""")

_DECIDES_AHEAD = f"""
WITH places(place, first) AS ({{places}}),
ahead(claim, place, valid_from, role) AS MATERIALIZED (
    SELECT c.claim, c.place, c.valid_from, c.role FROM control_claims AS c
    WHERE {_AHEAD} AND c.recorded_at <= :known_at AND {_COUNTS}{{counts}} AND +c.place IN (SELECT place FROM places)
),
foreseen(place, valid_from) AS MATERIALIZED (
    SELECT place, max(valid_from) FROM ahead WHERE role = 'holds' GROUP BY place
)
SELECT claim, place FROM ({_DECIDES}) AS decides WHERE place NOT IN (SELECT place FROM foreseen)
UNION ALL
SELECT ahead.claim, ahead.place FROM ahead
WHERE ahead.valid_from >= (SELECT valid_from FROM foreseen WHERE foreseen.place = ahead.place)
  OR NOT EXISTS (SELECT 1 FROM foreseen WHERE foreseen.place = ahead.place)
  AND EXISTS (SELECT 1 FROM places WHERE places.place = ahead.place AND {_NEWEST} IS NOT NULL)"""

_BEARS = f"""
SELECT places.place AS place, c.spot - {_FLOOR} AS day, c.claim AS claim
FROM ({{places}}) AS places CROSS JOIN control_order AS c
WHERE c.spot BETWEEN coalesce({_NEWEST}, {_BOUND}) AND {_FLOOR} + :last
  AND c.recorded_at <= :known AND {_COUNTS}{{counts}}"""


def control(
    on: date,
    known_at: str,
    places: Collection[int],
    min_confidence: float | None = None,
    without: Collection[str] = (),
    *,
    dialect: str,
) -> tuple[TextClause, dict[str, Any]]:
    """The claims that decide each place on a day, and what to ask with.

    A claim recorded by `known_at` of a day behind `known_at` was ahead of its time. All others lie up to the earlier of
    the two, so that a question about what was known long ago passes over nothing that came later.
    """
    known_day, query = date.fromisoformat(known_at[:10]), _DECIDES
    asked = _asked(known_at, min(on, known_day))
    if on > known_day:
        query, asked["day"], asked["known_day"] = _DECIDES_AHEAD, on.isoformat(), known_day.isoformat()
    listed, counts = _narrowed(asked, places, without, dialect)
    if min_confidence is not None:
        counts, asked["min_confidence"] = counts + _SURE_ENOUGH, min_confidence
    return text(query.format(places=listed, counts=counts)), asked


def ahead(on: date, known_at: str) -> tuple[TextClause, dict[str, Any]]:
    """The claims recorded by `known_at` of days behind it, up to one; and what to ask with."""
    return _SAID_AHEAD, {"day": on.isoformat(), "known_day": known_at[:10], "known_at": known_at}


def bearing(
    first: date,
    last: date,
    known_at: str,
    places: Collection[int],
    without: Collection[str] = (),
    *,
    dialect: str,
) -> tuple[TextClause, dict[str, Any]]:
    """The claims that decide each place on each of some days, and what to ask with."""
    asked = _asked(known_at, min(first, date.fromisoformat(known_at[:10]))) | {"last": last.toordinal()}
    listed, counts = _narrowed(asked, places, without, dialect)
    return text(_BEARS.format(places=listed, counts=counts)), asked


def _asked(known_at: str, bound: date) -> dict[str, Any]:
    return {"known_at": known_at, "known": micros(known_at), "spots": SPOTS, "bound": bound.toordinal()}


def _narrowed(asked: dict[str, Any], places: Collection[int], without: Collection[str], dialect: str) -> list[str]:
    """Which places, and which claims do not count; what to ask with is put into `asked`."""
    listed, counts = _PLACES, ""
    if without:
        counts = _NOT_AMONG.format(listed=_TEXTS[dialect])
        asked["without"] = json.dumps(sorted(without))
    if places:
        listed += f" WHERE place IN ({NUMBERS_LISTED[dialect]})"
        asked["listed"] = json.dumps(sorted(places))
    return [listed, counts]


def numbers(place_keys: Collection[str]) -> set[int]:
    """The numbers of some places."""
    return set(map(place_number, place_keys))


@lru_cache(maxsize=65_536)
def place_number(place_key: str) -> int:
    """The number of a place: the first 64 bits of its key's SHA-256, signed."""
    return int.from_bytes(hashlib.sha256(place_key.encode()).digest()[:8], "big", signed=True)


def claims_that_count(
    *,
    known_at: str,
    kinds: Sequence[str],
    place_keys: Sequence[str],
    ids: Sequence[str],
    from_day: date | None,
    to_day: date | None,
) -> Select[Any]:
    """Claims with the time at which their report was superseded, in order of arrival; see `ports.Ledger.claims`."""
    gone = _gone(known_at)
    where: list[ColumnElement[bool]] = [claims.c.recorded_at <= known_at, *meets_days(claims.c, from_day, to_day)]
    if ids:
        where.append(claims.c.id.in_(ids))
    else:
        where.append(supersessions.c.report.is_(None))
    if kinds:
        where.append(claims.c.kind.in_(kinds))
    if place_keys:
        where.append(claims.c.place_key.in_(place_keys))
    source = claims.outerjoin(supersessions, and_(claims.c.report == supersessions.c.report, gone))
    columns = (*CLAIM, supersessions.c.recorded_at.label("gone"))
    return select(*columns).select_from(source).where(*where).order_by(claims.c.seq)


def claims_by_seq(seqs: Sequence[int]) -> Select[Any]:
    """Claims by their row, in order of arrival."""
    return select(*CLAIM).where(claims.c.seq.in_(seqs)).order_by(claims.c.seq)


def seqs_of(claim_ids: Sequence[str]) -> Select[Any]:
    """The rows of claims."""
    return select(claims.c.seq).where(claims.c.id.in_(claim_ids))


def testimonies(dialect: str) -> TextClause:
    """Claims by their rows, `:listed`, with what they say of control and where it comes from, in order of arrival."""
    return text(f"""SELECT c.seq, c.id, c.record, c.detail, k.role, k.valid_from,
        r.publisher, r.language, r.id AS report_id
    FROM control_claims AS k JOIN claims AS c ON c.seq = k.claim JOIN reports AS r ON r.seq = k.report
    WHERE k.claim IN ({NUMBERS_LISTED[dialect]}) ORDER BY k.claim""")


def reports_by_seq(seqs: Sequence[int]) -> Select[Any]:
    """Reports by their row."""
    return select(*REPORT).where(reports.c.seq.in_(seqs))


def all_reports(known_at: str) -> Select[Any]:
    """Every version of every report, in order of publication."""
    order = (reports.c.published, reports.c.recorded_at, reports.c.key)
    return _kept(known_at).where(reports.c.recorded_at <= known_at).order_by(*order)


def reports_kept(seqs: Sequence[int], known_at: str) -> Select[Any]:
    """Reports by their row, as they are kept."""
    return _kept(known_at).where(reports.c.seq.in_(seqs))


def read_two_ways(limit: int | None, known_at: str) -> Select[Any]:
    """Reports that count and over which two coders differ, the newest first; by index."""
    where = (reports.c.disagreements.is_not(None), reports.c.recorded_at <= known_at, supersessions.c.report.is_(None))
    return _kept(known_at).where(*where).order_by(reports.c.seq.desc()).limit(limit)


def versions_of_report(id: str, known_at: str) -> Select[Any]:
    """Every version of one report, oldest first."""
    return _kept(known_at).where(reports.c.id == id, reports.c.recorded_at <= known_at).order_by(reports.c.seq)


def events_of(claim_ids: Sequence[str], known_at: str) -> Select[Any]:
    """Claims with the id of the event whose newest version, known by then, holds them."""
    later = event_facets.alias("later")
    e = event_facets.c
    is_later = (later.c.id == e.id, later.c.version > e.version, later.c.recorded_at <= known_at)
    source = event_claims.join(event_facets, e.event == event_claims.c.event)
    where = (event_claims.c.claim.in_(claim_ids), e.recorded_at <= known_at, ~exists().where(*is_later))
    return select(event_claims.c.claim, e.id).select_from(source).where(*where).order_by(e.id.desc())


def acts_behind(seq: int) -> Select[Any]:
    """What was done behind an entry of the chain, in order."""
    return select(chain.c.act).where(chain.c.seq > seq).order_by(chain.c.seq)


KEYS_AMONG = select(reports.c.key).where(reports.c.key.in_(bindparam("keys", expanding=True)))
"""Those of some `keys` under which a report is kept; like the next, made once, since every append asks it."""

LIVE_VERSIONS = (
    select(reports.c.id, reports.c.seq, reports.c.recorded_at)
    .select_from(reports.outerjoin(supersessions, reports.c.seq == supersessions.c.report))
    .where(reports.c.id.in_(bindparam("ids", expanding=True)), supersessions.c.report.is_(None))
)
"""The versions of some reports, by their `ids`, that nothing supersedes yet: id, row and recorded time."""


VERSIONS_AMONG = select(event_versions.c.id, event_versions.c.version, event_versions.c.record).where(
    event_versions.c.id.in_(bindparam("ids", expanding=True)),
    event_versions.c.version.in_(bindparam("versions", expanding=True)),
)
"""Those of some `versions` of events, by their `ids`, that are kept."""


def live_version(key: str) -> Select[Any]:
    """The row of a version of a report, if nothing supersedes it yet."""
    source = reports.outerjoin(supersessions, reports.c.seq == supersessions.c.report)
    return select(reports).select_from(source).where(reports.c.key == key, supersessions.c.report.is_(None))


def claim_ids_of(report_seq: int) -> Select[Any]:
    """Ids of the claims of one version of a report."""
    return select(claims.c.id).where(claims.c.report == report_seq)


def newest_events(
    *, known_at: str, from_day: date | None, to_day: date | None, place_keys: Sequence[str], ids: Sequence[str]
) -> Select[Any]:
    """The newest version of each event known by then, where that version fits; by first day, then id."""
    later = event_versions.alias("later")
    newest = (
        select(func.max(later.c.version))
        .where(later.c.id == event_versions.c.id, later.c.recorded_at <= known_at)
        .scalar_subquery()
    )
    where: list[ColumnElement[bool]] = [
        event_versions.c.recorded_at <= known_at,
        event_versions.c.version == newest,
    ]
    if place_keys:
        where.append(event_versions.c.place_key.in_(place_keys))
    if ids:
        where.append(event_versions.c.id.in_(ids))
    if from_day is not None or to_day is not None:
        met = (select(event_days.c.event).where(*span) for span in spans_where(from_day, to_day))
        where.append(event_versions.c.seq.in_(union_all(*met)))
    order = (func.coalesce(event_versions.c.valid_from, event_versions.c.valid_to, ""), event_versions.c.id)
    return select(event_versions.c.record).where(*where).order_by(*order)


def happenings_ending(first: date, last: date) -> Select[Any]:
    """Claims of happenings whose last day is one of some days and that nothing supersedes, in order of arrival."""
    gone = exists().where(supersessions.c.report == claims.c.report)
    where = (happenings.c.day.between(first.isoformat(), last.isoformat()), ~gone)
    source = happenings.join(claims, claims.c.seq == happenings.c.claim)
    return select(*CLAIM).select_from(source).where(*where).order_by(claims.c.seq)


def newest_decision() -> Select[Any]:
    """When the newest decision was recorded."""
    return select(func.max(decisions.c.recorded_at))


def event_recorded_since(at: str) -> Select[Any]:
    """A version of an event that was recorded then or later, the newest first."""
    e = event_facets.c
    return select(e.event).where(e.recorded_at >= at).order_by(e.event.desc()).limit(1)


def versions_of_event(event_id: str) -> Select[Any]:
    """Every version of one event, oldest first."""
    v = event_versions.c
    return select(v.record).where(v.id == event_id).order_by(v.version)


def known_refusals(known_at: str) -> Select[Any]:
    """Refused records, in order of arrival."""
    return select(refusals).where(refusals.c.recorded_at <= known_at).order_by(refusals.c.seq)


def same_refusal(row: dict[str, Any]) -> Select[Any]:
    """The refusal of the same record for the same reason, if it is there."""
    same = (refusals.c[name].is_not_distinct_from(row[name]) for name in ("file", "record", "field", "what", "raw"))
    return select(refusals.c.seq).where(*same).limit(1)


def known_decisions(known_at: str) -> Select[Any]:
    """Decisions of persons, in order of arrival."""
    return select(decisions).where(decisions.c.recorded_at <= known_at).order_by(decisions.c.seq)


@cache
def next_seq(table: Table) -> Select[Any]:
    """The number of a table's next row."""
    return select(func.coalesce(func.max(table.c.seq), 0) + 1)


@cache
def newest_entry() -> Select[Any]:
    """The end of the chain."""
    return select(chain).order_by(chain.c.seq.desc()).limit(1)


def entries_behind(seq: int, limit: int) -> Select[Any]:
    """Entries of the chain behind one, in order."""
    return select(chain).where(chain.c.seq > seq).order_by(chain.c.seq).limit(limit)


def _kept(known_at: str) -> Select[Any]:
    """Reports with when they were recorded and, where that is known by then, superseded."""
    source = reports.outerjoin(supersessions, and_(reports.c.seq == supersessions.c.report, _gone(known_at)))
    columns = (
        *REPORT,
        reports.c.recorded_at,
        reports.c.note,
        reports.c.disagreements,
        supersessions.c.recorded_at.label("gone"),
    )
    return select(*columns).select_from(source)


def _gone(known_at: str) -> ColumnElement[bool]:
    return supersessions.c.recorded_at <= known_at


def spans_where(from_day: date | None, to_day: date | None) -> Iterator[list[ColumnElement[bool]]]:
    """Ranges of `event_days` that hold, together and each once, the versions whose interval meets the days."""
    d = event_days.c
    for reach, low, high, until in spans(from_day, to_day):
        where: list[ColumnElement[bool]] = [d.reach == reach, d.day.between(low, high)]
        yield where if until is None else [*where, d.until >= until]


def meets_days(columns: Any, from_day: date | None, to_day: date | None) -> list[ColumnElement[bool]]:
    """The interval meets the days; an unknown end is open."""
    where: list[ColumnElement[bool]] = []
    if from_day is not None:
        where.append(or_(columns.valid_to.is_(None), columns.valid_to >= from_day.isoformat()))
    if to_day is not None:
        where.append(or_(columns.valid_from.is_(None), columns.valid_from <= to_day.isoformat()))
    return where
