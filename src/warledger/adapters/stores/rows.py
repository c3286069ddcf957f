"""Rows of the SQLite ledger: domain values in, columns out, and back. It refuses a time without a time zone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row

from warledger.adapters.stores.queries import FOREVER
from warledger.domain.bearing import bearing
from warledger.domain.claim import Claim
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.records import claim_id, to_record
from warledger.domain.report import Received, Report
from warledger.domain.stored import claim_detail, claim_of, event_record
from warledger.ports import KeptClaim

Values = dict[str, Any]


def stamp(moment: datetime) -> str:
    """Write a time as the schema does.

    Raises:
        ValueError: it has no time zone, so nobody knows which moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError(f"the time {moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def known(moment: datetime | None) -> str:
    """The time up to which rows count; None is all that is there."""
    return FOREVER if moment is None else stamp(moment)


def moment_of(said: str | None) -> datetime | None:
    """Read a time back."""
    return None if said is None else datetime.fromisoformat(said)


def report_values(received: Received, *, note: str, recorded_at: datetime) -> Values:
    """Columns of a report."""
    r = received.report
    return {
        "key": r.key,
        "id": r.id,
        "published": r.published.isoformat(),
        "recorded_at": stamp(recorded_at),
        "note": note,
        "sha256": r.sha256,
        "raw": received.raw,
        "text": r.text,
        "publisher": r.publisher,
        "url": r.url,
        "language": r.language,
        "title": r.title,
        "filed_as": r.filed_as,
    }


def report_of(row: Row[Any]) -> Report:
    """Read a report back."""
    return Report(
        id=row.id,
        published=date.fromisoformat(row.published),
        text=row.text,
        sha256=row.sha256,
        publisher=row.publisher,
        url=row.url,
        language=row.language,
        title=row.title,
        filed_as=row.filed_as,
    )


def claim_values(claim: Claim, *, seq: int, report: int, recorded_at: datetime) -> Values:
    """Columns of a claim."""
    return {
        "seq": seq,
        "id": claim_id(claim),
        "report": report,
        "kind": str(claim.kind),
        "type": _text(getattr(claim, "type", None)),
        **_place_and_days(claim),
        "recorded_at": stamp(recorded_at),
        "record": _json(to_record(claim)),
        "detail": _json(claim_detail(claim)),
    }


def control_values(claim: Claim, published: date, row: Values) -> Values | None:
    """Columns of what a claim says of control, or None where it says nothing of it."""
    bears = bearing(claim, published)
    if bears is None:
        return None
    return {
        "claim": row["seq"],
        "report": row["report"],
        "role": str(bears.role),
        "place_key": bears.place_key,
        "valid_from": bears.day.isoformat(),
        "recorded_at": row["recorded_at"],
    }


def kept_claim_of(row: Row[Any], report: Report, report_key: str, gone: str | None) -> KeptClaim:
    """Read a claim back with its report."""
    recorded_at = moment_of(row.recorded_at)
    assert recorded_at is not None
    claim = claim_of(json.loads(row.record), json.loads(row.detail), report_key=report_key)
    return KeptClaim(id=row.id, claim=claim, report=report, recorded_at=recorded_at, superseded_at=moment_of(gone))


def event_values(event: Event) -> Values:
    """Columns of one version of an event."""
    return {
        "id": event.id,
        "version": event.version,
        "type": str(event.type),
        **_place_and_days(event),
        "recorded_at": stamp(event.recorded_at),
        "record": _json(event_record(event)),
    }


def refusal_values(problem: Problem, recorded_at: datetime) -> Values:
    """Columns of a refused record."""
    return {
        "recorded_at": stamp(recorded_at),
        "file": problem.file,
        "record": problem.record,
        "field": problem.field,
        "what": problem.what,
        "raw": problem.raw,
        "refused": int(problem.refused),
    }


def problem_of(row: Row[Any]) -> Problem:
    """Read a refused record back."""
    return Problem(
        file=row.file, record=row.record, field=row.field, what=row.what, raw=row.raw, refused=bool(row.refused)
    )


def _place_and_days(said: Claim | Event) -> Values:
    place, when = getattr(said, "place", None), getattr(said, "when", None)
    return {
        "place_key": None if place is None else place.key,
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
        "valid_from": None if when is None or when.start is None else when.start.isoformat(),
        "valid_to": None if when is None or when.end is None else when.end.isoformat(),
    }


def _json(record: Values) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _text(code: object) -> str | None:
    return None if code is None else str(code)
