"""Rows of a ledger: domain values in, columns out, and back. It refuses a time without a time zone.

A record is a row with the rows that hang on it, by table (`domain.chain.Rows`): what is inserted, hashed and copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import attrs
import msgspec

from warledger.adapters.stores.queries import FOREVER, place_number
from warledger.domain.bearing import Role, bearing
from warledger.domain.claim import Claim
from warledger.domain.coded import Disagreement
from warledger.domain.codes import EventType, Kind, Modality, Status
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.place import Place
from warledger.domain.records import claim_id, to_record
from warledger.domain.report import Received, Report
from warledger.domain.stored import (
    claim_detail,
    claim_of,
    disagreement_of,
    disagreement_record,
    event_of,
    event_record,
    place_exactly,
)
from warledger.domain.testimony import Testimony, nearest_source
from warledger.ports import KeptClaim

Values = dict[str, Any]
Record = dict[str, list[Values]]
Stored = Mapping[Any, Any]
"""A row as a store gives it back, by column."""
read_json = msgspec.json.decode
"""What a column holds as JSON; a row is hashed by its text, so that it does not matter who wrote that."""


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


def report_values(
    received: Received, *, seq: int, note: str, recorded_at: str, disagreements: Sequence[Disagreement] = ()
) -> Values:
    """Columns of a report."""
    r = received.report
    return {
        "seq": seq,
        "key": r.key,
        "id": r.id,
        "published": r.published.isoformat(),
        "recorded_at": recorded_at,
        "note": note,
        "sha256": r.sha256,
        "raw": received.raw,
        "text": r.text,
        "publisher": r.publisher,
        "url": r.url,
        "language": r.language,
        "title": r.title,
        "filed_as": r.filed_as,
        "disagreements": disagreements_text(disagreements),
    }


def disagreements_text(found: Sequence[Disagreement]) -> str | None:
    """Where two coders differ, as the schema writes it."""
    return _json([disagreement_record(d) for d in found]) if found else None


def disagreements_of(row: Stored) -> tuple[Disagreement, ...]:
    """Read where two coders differ over a report."""
    said = row["disagreements"]
    return () if said is None else tuple(disagreement_of(d, report_key=row["key"]) for d in read_json(said))


def report_record(values: Values, older: Iterable[tuple[int, str]]) -> Record:
    """A report, and the versions that it supersedes: their rows and when they were recorded."""
    by = [
        {"report": seq, "by_report": values["seq"], "recorded_at": max(recorded_at, values["recorded_at"])}
        for seq, recorded_at in older
    ]
    return {"reports": [values], "supersessions": by}


def report_of(row: Stored) -> Report:
    """Read a report back, under the key that it was kept by."""
    report = Report(
        id=row["id"],
        published=date.fromisoformat(row["published"]),
        text=row["text"],
        sha256=row["sha256"],
        publisher=row["publisher"],
        url=row["url"],
        language=row["language"],
        title=row["title"],
        filed_as=row["filed_as"],
    )
    return report if report.key == row["key"] else attrs.evolve(report, kept_key=row["key"])


def claim_records(
    claims: Sequence[Claim], report: Report, *, first: int, report_seq: int, recorded_at: str
) -> list[Record]:
    """Claims of one report, each with what it says of control; the same claim twice is one claim.

    Args:
        claims: what the report says.
        report: the report.
        first: the number of the first row.
        report_seq: the number of the report's row.
        recorded_at: as the schema writes it.
    """
    records: dict[str, Record] = {}
    for claim in claims:
        row = claim_values(claim, seq=first + len(records), report=report_seq, recorded_at=recorded_at)
        if row["id"] not in records:
            records[row["id"]] = claim_record(claim, report.published, row)
    return list(records.values())


def claim_record(claim: Claim, published: date, row: Values) -> Record:
    """A claim with what it says of control."""
    bears = control_values(claim, published, row)
    return {"claims": [row], "control_claims": [] if bears is None else [bears], "control_places": []}


def places_of(records: Iterable[Record]) -> set[int]:
    """The numbers of the places of whose control the claims speak."""
    return {bears["place"] for record in records for bears in record["control_claims"]}


def first_spoken_of(records: Iterable[Record], known: Iterable[int]) -> None:
    """Hang each place that is not known yet on the claim that first speaks of it."""
    there = set(known)
    for record in records:
        for bears in record["control_claims"]:
            if bears["place"] not in there:
                there.add(bears["place"])
                record["control_places"].append({"place": bears["place"], "claim": bears["claim"]})


def claim_values(claim: Claim, *, seq: int, report: int, recorded_at: str) -> Values:
    """Columns of a claim."""
    record = to_record(claim)
    return {
        "seq": seq,
        "id": claim_id(claim, record),
        "report": report,
        "kind": str(claim.kind),
        "type": _text(getattr(claim, "type", None)),
        **_place_and_days(claim),
        "recorded_at": recorded_at,
        "record": _json(record),
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
        "place": place_number(bears.place_key),
        "valid_from": bears.day.isoformat(),
        "recorded_at": row["recorded_at"],
    }


def claim_of_row(row: Stored, report_key: str) -> Claim:
    """Read a claim back."""
    return claim_of(read_json(row["record"]), read_json(row["detail"]), report_key=report_key)


def kept_claim_of(row: Stored, report: Report, report_key: str, gone: str | None) -> KeptClaim:
    """Read a claim back with its report."""
    recorded_at = datetime.fromisoformat(row["recorded_at"])
    claim = claim_of_row(row, report_key)
    return KeptClaim(id=row["id"], claim=claim, report=report, recorded_at=recorded_at, superseded_at=moment_of(gone))


def testimony_of_row(row: Stored, places: dict[tuple[Any, ...], Place]) -> Testimony:
    """Read what a claim says of who holds a place, without its words.

    Args:
        row: of `queries.testimonies`.
        places: those read before, so that many claims of one place share it; new ones are put in.
    """
    record, detail = read_json(row["record"]), read_json(row["detail"])
    direct = record["kind"] == Kind.CONTROL
    said = detail["place"]
    written = (said["name"], said["precision"], said["basis"], *(said["entry"] or {}).values())
    place = places.get(written) or place_exactly({**said, "spans": []})
    if place is None:
        raise ValueError(f"claim {row['id']} bears on no place")
    places[written] = place
    return Testimony(
        id=row["id"],
        place=place,
        role=Role(row["role"]),
        day=date.fromisoformat(row["valid_from"]),
        actors=tuple(sorted(record["holder" if direct else "initiator"])),
        origin=nearest_source(record["attribution"], row["publisher"], row["report_id"]),
        modality=Modality(record["modality"]),
        direct=direct,
        status=Status(record["status"]) if direct else Status.HELD,
        extent=record["extent"] if direct else None,
        withdraws=not direct and record["type"] == EventType.WITHDRAWAL,
        confidence=detail["confidence"],
        language=row["language"],
    )


def event_values(event: Event, *, seq: int) -> Values:
    """Columns of one version of an event."""
    return {
        "seq": seq,
        "id": event.id,
        "version": event.version,
        "type": str(event.type),
        **_place_and_days(event),
        "recorded_at": stamp(event.recorded_at),
        "record": _json(event_record(event)),
    }


def event_records(events: Iterable[Event], *, first: int) -> list[Record]:
    """New versions of events, numbered from `first`."""
    return [{"event_versions": [event_values(event, seq=first + n)]} for n, event in enumerate(events)]


def event_of_row(row: Stored) -> Event:
    """Read a version of an event back."""
    return event_of(read_json(row["record"]))


def refusal_values(problem: Problem, *, seq: int, recorded_at: str) -> Values:
    """Columns of a refused record."""
    return {
        "seq": seq,
        "recorded_at": recorded_at,
        "file": problem.file,
        "record": problem.record,
        "field": problem.field,
        "what": problem.what,
        "raw": problem.raw,
        "refused": int(problem.refused),
    }


def problem_of(row: Stored) -> Problem:
    """Read a refused record back."""
    plain = {name: row[name] for name in ("file", "record", "field", "what", "raw")}
    return Problem(**plain, refused=bool(row["refused"]))


def decision_values(decision: Decision, *, seq: int) -> Values:
    """Columns of a person's decision."""
    return {
        "seq": seq,
        "id": decision.id,
        "recorded_at": stamp(decision.recorded_at),
        "author": decision.author,
        "reason": decision.reason,
        "act": decision.act,
        "events": _json(list(decision.event_ids)),
        "claims": _json(list(decision.claim_ids)),
        "payload": _json(dict(decision.payload)),
    }


def decision_of(row: Stored) -> Decision:
    """Read a decision back."""
    return Decision(
        **{name: row[name] for name in ("id", "author", "reason", "act")},
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        event_ids=tuple(read_json(row["events"])),
        claim_ids=tuple(read_json(row["claims"])),
        payload=read_json(row["payload"]),
    )


def _place_and_days(said: Claim | Event) -> Values:
    place, when = getattr(said, "place", None), getattr(said, "when", None)
    return {
        "place_key": None if place is None else place.key,
        "latitude": _degrees(None if place is None else place.latitude),
        "longitude": _degrees(None if place is None else place.longitude),
        "valid_from": None if when is None or when.start is None else when.start.isoformat(),
        "valid_to": None if when is None or when.end is None else when.end.isoformat(),
    }


def _degrees(said: float | None) -> float | None:
    """A whole number of degrees is kept, and hashed, as the float that it comes back as."""
    return None if said is None else float(said)


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def _text(code: object) -> str | None:
    return None if code is None else str(code)
