"""Claims as the codebook writes them: plain records with exactly the codebook's keys, and back.

`to_record` loses nothing but the gazetteer's own columns; `spans` holds the words behind each field.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    Evidence,
    Figure,
    Precedent,
    RelationClaim,
    StatementClaim,
    TollClaim,
)
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Rank, Status
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.span import Span
from warledger.domain.when import Basis, Interval, TimePrecision

Record = dict[str, Any]


_HASHED = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False).encode


def claim_id(claim: Claim, record: Record | None = None) -> str:
    """Identity of a claim: a hash of its report and its content, the same for the same words coded the same way.

    Args:
        claim: any claim.
        record: its record, where the caller has written it already.
    """
    said = to_record(claim) if record is None else record
    body = {"report": claim.report_key, **said, "at": [[q.start, q.end] for q in claim.quotes]}
    return hashlib.sha256(_HASHED(body).encode()).hexdigest()[:16]


def to_record(claim: Claim) -> Record:
    """Write a claim as the codebook's record, without spans."""
    quotes = [q.text for q in claim.quotes]
    out: Record = {
        "kind": str(claim.kind),
        "quote": quotes[0] if len(quotes) == 1 else quotes,
        "attribution": list(claim.attribution),
        "modality": str(claim.modality),
        "precedent": _precedent_record(claim.precedent),
    }
    match claim:
        case EventClaim():
            out |= {
                "type": str(claim.type),
                "initiator": list(claim.initiator),
                "target": list(claim.target),
                "place": place_record(claim.place),
                "time": interval_record(claim.when),
                "figures": figures_record(claim.figures),
            }
        case ControlClaim():
            out |= {
                "holder": list(claim.holder),
                "place": place_record(claim.place),
                "extent": claim.extent,
                "status": str(claim.status),
                "time": interval_record(claim.when),
            }
        case TollClaim():
            out |= {
                "figures": figures_record(claim.figures),
                "place": place_record(claim.place),
                "time": interval_record(claim.when),
            }
            if claim.side:
                out["side"] = list(claim.side)
        case RelationClaim():
            out |= {
                "subject": list(claim.subject),
                "predicate": str(claim.predicate),
                "object": list(claim.object),
                "time": interval_record(claim.when),
            }
        case StatementClaim():
            out |= {
                "speaker": list(claim.speaker),
                "act": str(claim.act),
                "about": list(claim.about),
                "time": interval_record(claim.when),
            }
    return out


def from_record(record: Record, *, report_key: str, quotes: tuple[Span, ...]) -> Claim:
    """Read a codebook record back.

    Args:
        record: with the codebook's keys; missing optional keys count as unknown.
        report_key: the report it belongs to.
        quotes: its quotes as spans of that report.

    Raises:
        ValueError: a code that the codebook does not know.
        KeyError: a key that the kind cannot do without.
    """
    common: Record = {
        "report_key": report_key,
        "quotes": quotes,
        "attribution": names_of(record.get("attribution")),
        "modality": Modality(record.get("modality") or "asserted"),
        "precedent": _precedent_of(record.get("precedent")),
        "confidence": record.get("confidence"),
        "evidence": evidence_of(record.get("spans")),
    }
    place, when = place_of(record.get("place")), interval_of(record.get("time"))
    match Kind(record["kind"]):
        case Kind.EVENT:
            return EventClaim(
                **common,
                type=EventType(record["type"]),
                initiator=names_of(record.get("initiator")),
                target=names_of(record.get("target")),
                place=place,
                when=when or _unknown(),
                figures=figures_of(record.get("figures")),
            )
        case Kind.CONTROL:
            return ControlClaim(
                **common,
                holder=names_of(record.get("holder")),
                place=place,
                extent=str(record.get("extent") or "all"),
                status=Status(record.get("status") or "held"),
                when=when or _unknown(),
            )
        case Kind.TOLL:
            return TollClaim(
                **common,
                figures=figures_of(record.get("figures")),
                place=place,
                when=when or _unknown(),
                side=names_of(record.get("side")),
            )
        case Kind.RELATION:
            return RelationClaim(
                **common,
                subject=names_of(record.get("subject")),
                predicate=Predicate(record["predicate"]),
                object=names_of(record.get("object")),
                when=when,
            )
        case Kind.STATEMENT:
            return StatementClaim(
                **common,
                speaker=names_of(record.get("speaker")),
                act=Act(record["act"]),
                about=names_of(record.get("about")),
                when=when,
            )


def spans_record(claim: Claim) -> Record:
    """The words behind each field: {field: {"spans": [[start, end], ...], "rule": ..., "score": ...}}."""
    return {
        "quote": {"spans": [[q.start, q.end] for q in claim.quotes], "rule": "quote", "score": None},
        **{
            e.field: {"spans": [[s.start, s.end, s.text] for s in e.spans], "rule": e.rule, "score": e.score}
            for e in claim.evidence
        },
    }


def evidence_of(record: Record | None) -> tuple[Evidence, ...]:
    """Read `spans_record` back; the quote's own entry is left out."""
    return tuple(
        Evidence(
            field=name,
            spans=tuple(Span(start=s[0], end=s[1], text=s[2]) for s in said["spans"]),
            rule=said["rule"],
            score=said["score"],
        )
        for name, said in (record or {}).items()
        if name != "quote"
    )


def place_record(place: Place | None) -> Record | None:
    """Write a place; coordinates are null where it is only named."""
    if place is None:
        return None
    entry = place.entry
    return {
        "name": place.name,
        "geonames_id": entry.geonames_id if entry is not None else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": str(place.precision),
    }


def place_of(record: Record | None) -> Place | None:
    """Read a place; one with coordinates gets an entry of its own."""
    if record is None:
        return None
    entry = None
    if record.get("latitude") is not None and record.get("longitude") is not None:
        gid = record.get("geonames_id")
        entry = GazetteerEntry(
            key=f"gn:{gid}" if gid is not None else f"at:{record['latitude']:.3f},{record['longitude']:.3f}",
            geonames_id=gid,
            name=record["name"],
            latitude=record["latitude"],
            longitude=record["longitude"],
            feature_code=record.get("feature_code") or "",
            country=record.get("country") or "",
        )
    return Place(name=record["name"], entry=entry, precision=PlacePrecision(record.get("precision") or "exact"))


def interval_record(when: Interval | None) -> Record | None:
    """Write an interval as ISO dates."""
    if when is None:
        return None
    return {
        "start": when.start.isoformat() if when.start is not None else None,
        "end": when.end.isoformat() if when.end is not None else None,
        "precision": str(when.precision),
    }


def interval_of(record: Record | None) -> Interval | None:
    """Read an interval back."""
    if record is None:
        return None
    start, end = record.get("start"), record.get("end")
    return Interval(
        start=date.fromisoformat(start[:10]) if start else None,
        end=date.fromisoformat(end[:10]) if end else None,
        precision=TimePrecision(record.get("precision") or "open"),
        basis=Basis(record.get("basis") or "stated"),
    )


def figures_record(figures: tuple[Figure, ...]) -> Record:
    """Write figures by what they count."""
    out: Record = {}
    for f in figures:
        out.setdefault(str(f.harm), []).append({"min": f.min, "max": f.max, "of": f.of})
    return out


def figures_of(record: Record | None) -> tuple[Figure, ...]:
    """Read figures back."""
    return tuple(
        Figure(harm=Harm(harm), min=f.get("min"), max=f.get("max"), of=f.get("of") or "total")
        for harm, said in (record or {}).items()
        for f in (said if isinstance(said, list) else [said])
    )


def names_of(said: object) -> tuple[str, ...]:
    """Actor names from a list, one name or nothing."""
    if said is None or said == "":
        return ()
    return (said,) if isinstance(said, str) else tuple(str(s) for s in said)  # type: ignore[attr-defined]


def _precedent_record(precedent: Precedent | None) -> Record | None:
    if precedent is None:
        return None
    return {"rank": str(precedent.rank), "since": precedent.since, "until": precedent.until}


def _precedent_of(record: Record | None) -> Precedent | None:
    if not record:
        return None
    return Precedent(rank=Rank(record["rank"]), since=record.get("since"), until=record.get("until"))


def _unknown() -> Interval:
    return Interval(start=None, end=None, precision=TimePrecision.OPEN)
