"""The ledger in one SQLite file: reports and claims in, what was known out; nothing in it is ever changed or deleted.

Fits `ports.Ledger`. A report goes in with its bytes and claims in one transaction, so that a process killed at any
moment leaves it whole or not at all. Refuses, as a StoreError of one plain line, a file that is locked, full,
read-only, newer than this version or no ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, insert, select

from warledger.adapters.stores import queries, rows, schema
from warledger.adapters.stores.opening import open_engine, reading, writing
from warledger.domain.claim import Claim
from warledger.domain.errors import Problem, StoreError
from warledger.domain.event import Event
from warledger.domain.report import Received, Report
from warledger.domain.stored import event_of, event_record
from warledger.ports import Kept, KeptClaim

_BATCH = 500
_T = TypeVar("_T")


class SqliteLedger:
    """A ledger in a file."""

    def __init__(self, path: Path, *, read_only: bool = False, timeout: float = 2.0) -> None:
        """Open or make the file and bring its schema forward.

        Args:
            path: the file.
            read_only: never write.
            timeout: seconds to wait while another process writes.

        Raises:
            NewerSchema: a newer version wrote it.
            StoreError: it cannot be used.
        """
        self._path = path
        self._engine = open_engine(path, read_only=read_only, timeout=timeout)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def append(self, received: Received, claims: Sequence[Claim], *, note: str, recorded_at: datetime) -> str:
        """Keep a report with its claims in one transaction; see `ports.Ledger.append`."""
        values = rows.report_values(received, note=note, recorded_at=recorded_at)
        with writing(self._engine, self._path) as db:
            if db.execute(select(schema.reports.c.seq).where(schema.reports.c.key == values["key"])).first():
                return "known"
            older = db.execute(queries.live_versions(values["id"])).all()
            seq = int(db.execute(insert(schema.reports).returning(schema.reports.c.seq), values).scalar_one())
            _append_claims(db, received.report, claims, report_seq=seq, recorded_at=recorded_at)
            for version in older:
                since = max(version.recorded_at, values["recorded_at"])
                gone = {"report": version.seq, "by_report": seq, "recorded_at": since}
                db.execute(insert(schema.supersessions), gone)
        return "new version" if older else "kept"

    def append_events(self, versions: Sequence[Event]) -> None:
        """Keep new versions of events, all or none; a version that is there already stays as it is.

        Raises:
            StoreError: a version is there already and says something else.
        """
        with writing(self._engine, self._path) as db:
            for event in versions:
                there = db.execute(queries.event_version(event.id, event.version)).scalar()
                if there is None:
                    db.execute(insert(schema.event_versions), rows.event_values(event))
                elif event_record(event_of(json.loads(there))) != event_record(event):
                    raise StoreError(f"{self._path}: version {event.version} of event {event.id} is there already")

    def refuse(self, problem: Problem, *, recorded_at: datetime) -> None:
        """Keep a refused record and its bytes, once."""
        values = rows.refusal_values(problem, recorded_at)
        with writing(self._engine, self._path) as db:
            if db.execute(queries.same_refusal(values)).first() is None:
                db.execute(insert(schema.refusals), values)

    def refusals(self, *, known_at: datetime | None = None) -> Iterable[Problem]:
        """Refused records, in order of arrival."""
        with reading(self._engine, self._path) as db:
            return [rows.problem_of(row) for row in db.execute(queries.known_refusals(rows.known(known_at)))]

    def reports(self, *, known_at: datetime | None = None) -> Iterable[Kept]:
        """Every version of every report, in order of publication."""
        with reading(self._engine, self._path) as db:
            return [_kept(row) for row in db.execute(queries.all_reports(rows.known(known_at)))]

    def claims(
        self,
        *,
        known_at: datetime | None = None,
        kinds: Sequence[str] = (),
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
        from_day: date | None = None,
        to_day: date | None = None,
    ) -> Iterable[KeptClaim]:
        """Claims that counted at that time, in order of arrival; see `ports.Ledger.claims`."""
        found: list[Row[Any]] = []
        with reading(self._engine, self._path) as db:
            for batch in _batches(ids) if ids else [()]:
                query = queries.claims_that_count(
                    known_at=rows.known(known_at),
                    kinds=[str(k) for k in kinds],
                    place_keys=place_keys,
                    ids=batch,
                    from_day=from_day,
                    to_day=to_day,
                )
                found.extend(db.execute(query))
            return _with_reports(db, sorted(found, key=lambda row: int(row.seq)), gone="gone")

    def events(
        self,
        *,
        known_at: datetime | None = None,
        from_day: date | None = None,
        to_day: date | None = None,
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
    ) -> Iterable[Event]:
        """The newest version, known at that time, of each event whose interval meets the days, by day and id."""
        known = rows.known(known_at)
        query = queries.newest_events(known_at=known, from_day=from_day, to_day=to_day, place_keys=place_keys, ids=ids)
        with reading(self._engine, self._path) as db:
            return [event_of(json.loads(record)) for record in db.execute(query).scalars()]

    def versions(self, event_id: str) -> Sequence[Event]:
        """Every version of one event, oldest first."""
        with reading(self._engine, self._path) as db:
            return [event_of(json.loads(record)) for record in db.execute(queries.event_version(event_id)).scalars()]

    def control(
        self, on: date, *, known_at: datetime | None = None, place_keys: Sequence[str] = ()
    ) -> Iterable[KeptClaim]:
        """The claims that decide who holds each place on that day; see `ports.Ledger.control`."""
        asked = {"day": on.isoformat(), "known_at": rows.known(known_at)}
        if place_keys:
            asked["place_keys"] = json.dumps(sorted(set(place_keys)))
        with reading(self._engine, self._path) as db:
            seqs = sorted(db.execute(queries.control(place_keys), asked).scalars())
            found = [row for batch in _batches(seqs) for row in db.execute(queries.claims_by_seq(batch))]
            return _with_reports(db, found, gone=None)


def _append_claims(
    db: Connection, report: Report, claims: Sequence[Claim], *, report_seq: int, recorded_at: datetime
) -> None:
    """Keep claims; the same claim twice in one report is one claim."""
    first = 1 + int(db.execute(select(func.coalesce(func.max(schema.claims.c.seq), 0))).scalar_one())
    kept: dict[str, rows.Values] = {}
    control: list[rows.Values] = []
    for claim in claims:
        row = rows.claim_values(claim, seq=first + len(kept), report=report_seq, recorded_at=recorded_at)
        if row["id"] not in kept:
            kept[row["id"]] = row
            bears = rows.control_values(claim, report.published, row)
            control.extend([] if bears is None else [bears])
    if kept:
        db.execute(insert(schema.claims), list(kept.values()))
    if control:
        db.execute(insert(schema.control_claims), control)


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        report=rows.report_of(row),
        recorded_at=datetime.fromisoformat(row.recorded_at),
        note=row.note,
        superseded_at=rows.moment_of(row.gone),
    )


def _with_reports(db: Connection, found: Sequence[Row[Any]], *, gone: str | None) -> list[KeptClaim]:
    """Put claims and reports together; each report is read, and its key counted, once."""
    reports: dict[int, tuple[Report, str]] = {}
    for batch in _batches(sorted({int(row.report) for row in found})):
        for row in db.execute(queries.reports_by_seq(batch)):
            report = rows.report_of(row)
            reports[row.seq] = (report, report.key)
    return [rows.kept_claim_of(row, *reports[row.report], getattr(row, gone) if gone else None) for row in found]


def _batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
