"""Claims and events as a ledger keeps them: exact, so that what is read back is what was written.

In: a claim or an event. Out: plain JSON values, and back. The codebook's record (`records.to_record`) is what people
and programs read; `claim_detail` holds what it leaves out: offsets, the gazetteer's columns, bases, rules and scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs

from warledger.domain.claim import Claim, EventClaim, Evidence, Figure, TollClaim
from warledger.domain.coded import Disagreement
from warledger.domain.codes import EventType, Family, Grade, Harm
from warledger.domain.event import Count, Event, Fatalities, Violence
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import Record, from_record, interval_of, interval_record, to_record
from warledger.domain.span import Span
from warledger.domain.when import Basis, Interval

_PLAIN_EVENT = (
    "id version initiator target claim_ids origins reason geo_precision time_precision where_prec date_prec".split()  # noqa: SIM905
)


def claim_detail(claim: Claim) -> Record:
    """Write what the codebook's record leaves out of a claim."""
    detail: Record = {
        "quotes": _spans(claim.quotes),
        "confidence": claim.confidence,
        "evidence": [[e.field, _spans(e.spans), e.rule, e.score] for e in claim.evidence],
        "place": exact_place(getattr(claim, "place", None)),
        "when": exact_interval(getattr(claim, "when", None)),
    }
    if isinstance(claim, EventClaim | TollClaim):
        detail["figures"] = [[str(f.harm), f.min, f.max, f.of] for f in claim.figures]
    return detail


_KEPT_EXACTLY = {"place": "place", "time": "when", "figures": "figures"}
"""Keys of the codebook's record whose values the detail tells exactly, under which key: they are read there alone."""


def claim_of(record: Record, detail: Record, *, report_key: str) -> Claim:
    """Read a claim back from the codebook's record and its detail.

    Raises:
        ValueError: a code that the codebook does not know.
        KeyError: a key that the kind cannot do without.
    """
    told_exactly = [name for name, kept in _KEPT_EXACTLY.items() if detail.get(kept) is not None]
    rest = record | dict.fromkeys(told_exactly)
    claim = from_record(rest, report_key=report_key, quotes=_spans_of(detail["quotes"]))
    exact: dict[str, Any] = {
        "confidence": detail["confidence"],
        "evidence": tuple(
            Evidence(field=name, spans=_spans_of(spans), rule=rule, score=score)
            for name, spans, rule, score in detail["evidence"]
        ),
    }
    if hasattr(claim, "place"):
        exact["place"] = place_exactly(detail["place"])
    if detail["when"] is not None:
        exact["when"] = interval_exactly(detail["when"])
    if "figures" in detail:
        exact["figures"] = tuple(
            Figure(harm=Harm(h), min=low, max=high, of=of) for h, low, high, of in detail["figures"]
        )
    return attrs.evolve(claim, **exact)


def disagreement_record(found: Disagreement) -> Record:
    """Write where two coders differ, with the claims of both."""
    return {"rules": _whole(found.rules), "model": _whole(found.model), "fields": list(found.fields)}


def disagreement_of(record: Record, *, report_key: str) -> Disagreement:
    """Read `disagreement_record` back, for the report that its claims are of."""
    claims = {
        coder: None if said is None else claim_of(said["record"], said["detail"], report_key=report_key)
        for coder, said in ((coder, record[coder]) for coder in ("rules", "model"))
    }
    return Disagreement(rules=claims["rules"], model=claims["model"], fields=tuple(record["fields"]))


def exact_place(place: Place | None) -> Record | None:
    """Write a place with every column of its gazetteer entry."""
    if place is None:
        return None
    return {
        "name": place.name,
        "entry": None if place.entry is None else attrs.asdict(place.entry),
        "precision": str(place.precision),
        "basis": str(place.basis),
        "spans": _spans(place.spans),
    }


def place_exactly(record: Record | None) -> Place | None:
    """Read `exact_place` back."""
    if record is None:
        return None
    return Place(
        name=record["name"],
        entry=None if record["entry"] is None else GazetteerEntry(**record["entry"]),
        precision=PlacePrecision(record["precision"]),
        basis=Basis(record["basis"]),
        spans=_spans_of(record["spans"]),
    )


def exact_interval(when: Interval | None) -> Record | None:
    """Write an interval with its basis and words."""
    if when is None:
        return None
    return {**(interval_record(when) or {}), "basis": str(when.basis), "spans": _spans(when.spans)}


def interval_exactly(record: Record) -> Interval:
    """Read `exact_interval` back."""
    when = interval_of(record)
    if when is None:
        raise ValueError("an interval without a record")
    return attrs.evolve(when, spans=_spans_of(record["spans"])) if record["spans"] else when


def event_record(event: Event) -> Record:
    """Write one version of an event, whole."""
    return {
        **{name: getattr(event, name) for name in _PLAIN_EVENT},
        "family": str(event.family),
        "type": str(event.type),
        "grade": str(event.grade),
        "place": exact_place(event.place),
        "when": exact_interval(event.when),
        "fatalities": attrs.asdict(event.fatalities),
        "violence": attrs.asdict(event.violence),
        "contradictions": event.contradictions,
        "recorded_at": event.recorded_at.isoformat(),
    }


def event_of(record: Record) -> Event:
    """Read `event_record` back; one that was written before events told of violence and contradictions tells none."""
    plain = {name: _fixed(record[name]) for name in _PLAIN_EVENT}
    violence = {name: _fixed(value) for name, value in record.get("violence", {}).items()}
    violence |= {name: Count(**value) for name, value in violence.items() if isinstance(value, dict)}
    return Event(
        **plain,
        family=Family(record["family"]),
        type=EventType(record["type"]),
        grade=Grade(record["grade"]),
        place=place_exactly(record["place"]),
        when=interval_exactly(record["when"]),
        fatalities=Fatalities(**{name: _fixed(value) for name, value in record["fatalities"].items()}),
        violence=Violence(**violence),
        contradictions=tuple(record.get("contradictions", ())),
        recorded_at=datetime.fromisoformat(record["recorded_at"]),
    )


def _whole(claim: Claim | None) -> Record | None:
    return None if claim is None else {"record": to_record(claim), "detail": claim_detail(claim)}


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _spans(spans: Sequence[Span]) -> list[list[Any]]:
    return [[s.start, s.end, s.text] for s in spans]


def _spans_of(said: list[list[Any]]) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end, text=text) for start, end, text in said)
