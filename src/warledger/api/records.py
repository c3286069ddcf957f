"""Domain values as the API writes them: values in, plain JSON records out.

Unknown is null. On a public site a private person's name is withheld and positions are coarsened; whoever asks, where
forces are is no position on a map (docs/howto/responsible-use.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from attrs import frozen

from warledger.corroborate.values import FIELDS, said_of
from warledger.domain.claim import Claim
from warledger.domain.codes import Harm, Kind
from warledger.domain.control import ControlState
from warledger.domain.decision import Correction, Decision
from warledger.domain.event import Event
from warledger.domain.place import Place
from warledger.domain.records import Record, figures_record, interval_record, to_record
from warledger.domain.redaction import COVER
from warledger.domain.report import Report
from warledger.domain.rows import POSITION_WITHHELD, correction_row, decision_row, place_name
from warledger.domain.span import Span
from warledger.ports import Kept, KeptClaim
from warledger.tell.naming import Naming
from warledger.tell.reasons import Reasons
from warledger.tell.sayings import names_in

_PARTS = ("type", "holder", "status", "extent", "subject", "predicate", "object", "speaker", "act", "about", "side")

_LEAST_LETTERS = 3
"""A shorter last name is covered only where the whole name stands, as in the brief."""


@frozen(kw_only=True)
class Printer:
    """How answers are written.

    Args:
        naming: tells a private person's name where names are withheld, or None where none is.
        reasons: tells reasons in another language than the ledger's, or None where they are told as they are.
        grid_degrees: positions are rounded to so many degrees, or None where they are told as they are.
    """

    naming: Naming | None = None
    reasons: Reasons | None = None
    grid_degrees: float | None = None

    def place(self, place: Place | None, *, hidden: bool = False) -> Record | None:
        """A place; `hidden` leaves its position out."""
        if place is None:
            return None
        entry = place.entry
        return {
            "key": place.key,
            "name": place_name(place) or place.name,
            "latitude": None if hidden else self._degrees(place.latitude),
            "longitude": None if hidden else self._degrees(place.longitude),
            "precision": str(place.precision),
            "country": entry.country or None if entry is not None else None,
            "admin1": entry.division if entry is not None else None,
            "population": entry.population or None if entry is not None else None,
        }

    def control(
        self, state: ControlState, confidence: float | None = None, inherited_from: str | None = None
    ) -> Record:
        """Who holds one place."""
        return {
            "place": self.place(state.place),
            "holder": list(state.holder),
            "status": str(state.status),
            "extent": state.extent,
            "since": state.since.isoformat(),
            "confidence": confidence,
            "inherited_from": inherited_from,
            "for": list(state.claim_ids),
            "against": list(state.against),
            "corrections": [self.correction(c) for c in state.corrections],
        }

    def event(self, event: Event) -> Record:
        """One version of an event."""
        killed = event.fatalities
        return {
            "id": event.id,
            "version": event.version,
            "recorded_at": event.recorded_at.isoformat(),
            "type": str(event.type),
            "family": str(event.family),
            "place": self.place(event.place, hidden=event.type in POSITION_WITHHELD),
            "time": interval_record(event.when),
            "initiator": self.names(event.initiator),
            "target": self.names(event.target),
            "figures": {str(Harm.KILLED): _count(killed.low, killed.best, killed.high)},
            "figure_claims": {
                "low": list(killed.low_claims),
                "best": list(killed.best_claims),
                "high": list(killed.high_claims),
            },
            "grade": str(event.grade),
            "reason": self.reason(event.reason, event.origins),
            "sources": len(event.origins),
            "origins": self.names(event.origins),
            "contradictions": [self.reason(c, event.origins) for c in event.contradictions],
            "type_of_violence": event.violence.type_of_violence,
            "side_a": self.names(event.violence.side_a),
            "side_b": self.names(event.violence.side_b),
            "geo_precision": event.geo_precision,
            "time_precision": event.time_precision,
            "where_prec": event.where_prec,
            "date_prec": event.date_prec,
            "claim_ids": list(event.claim_ids),
        }

    def claim(self, kept: KeptClaim, event_id: str | None = None) -> Record:
        """One claim with its words, where they stand, and its report."""
        claim, names = kept.claim, names_in(kept)
        said = to_record(claim)
        parts: Record = {key: said[key] for key in _PARTS if key in said}
        for key in ("initiator", "target", *_PARTS):
            if isinstance(said.get(key), list):
                parts[key] = self.names(said[key])
        return {
            "id": kept.id,
            "kind": said["kind"],
            **parts,
            "quote": [self.text(q.text, names) for q in claim.quotes],
            "spans": self._spans(claim, names),
            "attribution": self.names(claim.attribution),
            "modality": said["modality"],
            "time": said.get("time"),
            "place": self.place(getattr(claim, "place", None), hidden=said.get("type") in POSITION_WITHHELD),
            "precedent": said["precedent"],
            "confidence": claim.confidence,
            "figures": figures_record(claim.figures) if hasattr(claim, "figures") else None,
            "report": self.report_head(kept.report, names),
            "recorded_at": kept.recorded_at.isoformat(),
            "superseded_at": _time(kept.superseded_at),
            "event_id": event_id,
            "corrections": [self.correction(c) for c in kept.corrections],
            "correctable": None
            if claim.kind is Kind.EVENT or self.naming is not None
            else {f: said_of(claim, f) for f in FIELDS[claim.kind]},
        }

    def claims(self, found: Iterable[KeptClaim], event_of: Mapping[str, str]) -> list[Record]:
        """Some claims, each with the event that holds it."""
        return [self.claim(k, event_of.get(k.id)) for k in found]

    def report_head(self, report: Report, names: Sequence[str] = ()) -> Record:
        """A report without its text."""
        return {
            "id": report.id,
            "title": None if report.title is None else self.text(report.title, names),
            "publisher": report.publisher,
            "url": report.url,
            "published": report.published.isoformat(),
            "language": report.language,
        }

    def report(self, kept: Kept, names: Sequence[str] = ()) -> Record:
        """A report as the ledger keeps it, without its text."""
        return {
            **self.report_head(kept.report, names),
            "note": kept.note,
            "recorded_at": kept.recorded_at.isoformat(),
            "superseded_at": _time(kept.superseded_at),
        }

    def correction(self, correction: Correction) -> Record:
        """One field of a claim as a person corrected it; on a public site without who did."""
        row, names = correction_row(correction), correction.names
        if self.naming is None:
            return row
        return {**row, "author": None, **{key: self.text(row[key], names) for key in ("was", "reason")}}

    def decision(self, decision: Decision, *, standing: bool = True) -> Record:
        """A person's decision; on a public site without its author."""
        row = {**decision_row(decision), "in_force": standing}
        return row if self.naming is None else {**row, "author": None}

    def names(self, names: Iterable[str]) -> list[str]:
        """Actors; a private person's name is withheld on a public site."""
        return [self.name(n) for n in names]

    def name(self, name: str) -> str:
        """One actor."""
        private = self.naming is not None and self.naming.is_private(name)
        return self.naming.phrases.names.person if self.naming is not None and private else name

    def text(self, text: str, names: Iterable[str] = ()) -> str:
        """Words of a report or about it; on a public site private persons' names are covered, letter by letter."""
        if self.naming is None:
            return text
        for name in filter(self.naming.is_private, names):
            text = text.replace(name, COVER * len(name))
            last = name.split()[-1]
            if len(last) > _LEAST_LETTERS:
                text = re.sub(rf"\b{re.escape(last)}\b", COVER * len(last), text)
        return text

    def reason(self, text: str, names: Iterable[str] = ()) -> str:
        """Why the monitor concludes something, in the language that is asked for."""
        said = self.text(text, names)
        return said if self.reasons is None else self.reasons.tell(said)

    def _spans(self, claim: Claim, names: Sequence[str]) -> Record:
        spans: dict[str, list[Record]] = {"quote": [self._span(s, names) for s in claim.quotes]}
        for evidence in claim.evidence:
            if evidence.field != "quote":
                spans.setdefault(evidence.field, []).extend(self._span(s, names) for s in evidence.spans)
        return spans

    def _span(self, span: Span, names: Sequence[str]) -> Record:
        return {"start": span.start, "end": span.end, "text": self.text(span.text, names)}

    def _degrees(self, said: float | None) -> float | None:
        if said is None or self.grid_degrees is None:
            return said if said is None else round(said, 5)
        return round(round(said / self.grid_degrees) * self.grid_degrees, 5)


def surest(claims: Iterable[Claim]) -> float | None:
    """The highest confidence among claims, or None where none carries one."""
    return max((c.confidence for c in claims if c.confidence is not None), default=None)


def _count(low: int | None, best: int | None, high: int | None) -> Record | None:
    return None if low is best is high is None else {"low": low, "best": best, "high": high}


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def day(said: date | None) -> str | None:
    """A day in ISO form."""
    return None if said is None else said.isoformat()
