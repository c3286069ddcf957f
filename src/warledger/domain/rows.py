"""Events, control and claims as flat records for tables and exports: values in, plain records out; unknown is None."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from warledger.domain.claim import Claim, ControlClaim, EventClaim, StatementClaim, TollClaim
from warledger.domain.codes import ACLED_SUB_EVENT, EventType
from warledger.domain.control import ControlState
from warledger.domain.decision import Correction, Decision
from warledger.domain.episode import Episode
from warledger.domain.event import Event
from warledger.domain.place import Place
from warledger.domain.records import Record, figures_record, interval_record, to_record
from warledger.domain.report import Report
from warledger.domain.when import Interval

POSITION_WITHHELD = frozenset({EventType.TROOP_MOVEMENT, EventType.BASE_ESTABLISHED})
"""Where forces are is no layer of a map: these events carry no position in one (docs/howto/responsible-use.md)."""

DEATHS = ("deaths_a", "deaths_b", "deaths_civilians")
"""Whose dead UCDP counts apart."""


class ClaimOfReport(Protocol):
    """A claim with its id, its report and when it counted, as the ledger keeps it."""

    @property
    def id(self) -> str: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def report(self) -> Report: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def superseded_at(self) -> datetime | None: ...
    @property
    def corrections(self) -> tuple[Correction, ...]: ...


def event_row(event: Event) -> Record:
    """One event, one level deep; lists stay lists."""
    return {
        "id": event.id,
        "version": event.version,
        "type": str(event.type),
        "family": str(event.family),
        "sub_event_type": ACLED_SUB_EVENT[event.type],
        **_days(event.when),
        "time_precision": event.time_precision,
        "date_prec": event.date_prec,
        **_where(event.place),
        "geo_precision": event.geo_precision,
        "where_prec": event.where_prec,
        "initiator": list(event.initiator),
        "target": list(event.target),
        "fatalities_low": event.fatalities.low,
        "fatalities_best": event.fatalities.best,
        "fatalities_high": event.fatalities.high,
        "fatalities_low_claims": list(event.fatalities.low_claims),
        "fatalities_best_claims": list(event.fatalities.best_claims),
        "fatalities_high_claims": list(event.fatalities.high_claims),
        "type_of_violence": event.violence.type_of_violence,
        "side_a": list(event.violence.side_a),
        "side_b": list(event.violence.side_b),
        **{
            f"{side}_{n}": getattr(getattr(event.violence, side), n) for side in DEATHS for n in ("low", "best", "high")
        },
        "deaths_unknown": event.violence.deaths_unknown,
        "contradictions": list(event.contradictions),
        "grade": str(event.grade),
        "reason": event.reason,
        "sources": len(event.origins),
        "origins": list(event.origins),
        "claims": list(event.claim_ids),
        "recorded_at": event.recorded_at.isoformat(),
    }


def episode_row(episode: Episode) -> Record:
    """One campaign, with the places it took and the ids of its events."""
    return {
        "id": episode.id,
        "side": list(episode.side),
        "start": episode.start.isoformat(),
        "end": episode.end.isoformat(),
        "places": [place_name(place) for place in episode.places],
        "events": list(episode.event_ids),
    }


def control_row(state: ControlState) -> Record:
    """Who holds one place, with the claims for and against."""
    return {
        **_where(state.place),
        "holder": list(state.holder),
        "status": str(state.status),
        "extent": state.extent,
        "since": state.since.isoformat(),
        "confidence": state.confidence,
        "claims": list(state.claim_ids),
        "against": list(state.against),
        "corrections": [correction_row(c) for c in state.corrections],
    }


def claim_row(kept: ClaimOfReport) -> Record:
    """One claim in the codebook's keys, behind its id, its report and the times at which it counted."""
    report = kept.report
    return {
        "id": kept.id,
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published.isoformat(),
        "url": report.url,
        "language": report.language,
        "recorded_at": kept.recorded_at.isoformat(),
        "superseded_at": kept.superseded_at.isoformat() if kept.superseded_at is not None else None,
        **to_record(kept.claim),
        "corrections": [correction_row(c) for c in kept.corrections],
    }


def decision_row(decision: Decision) -> Record:
    """One decision of a person."""
    return {
        "id": decision.id,
        "recorded_at": decision.recorded_at.isoformat(),
        "act": decision.act,
        "author": decision.author,
        "reason": decision.reason,
        "events": list(decision.event_ids),
        "claims": list(decision.claim_ids),
        **decision.payload,
    }


def correction_row(correction: Correction) -> Record:
    """One field of a claim as a person corrected it."""
    return {
        "claim": correction.claim_id,
        "field": correction.field,
        "was": correction.was,
        "author": correction.author,
        "reason": correction.reason,
        "recorded_at": correction.recorded_at.isoformat(),
        "decision": correction.decision_id,
    }


def history_row(kept: ClaimOfReport) -> Record:
    """One claim on a place as a line of its history: when, what, who, by whom said, in which words."""
    claim = kept.claim
    when = claim.when if isinstance(claim, EventClaim | ControlClaim | TollClaim | StatementClaim) else None
    said: Record = {"what": str(claim.kind), "who": [], "whom": [], "figures": {}}
    match claim:
        case EventClaim():
            said |= {"what": str(claim.type), "who": list(claim.initiator), "whom": list(claim.target)}
            said["figures"] = figures_record(claim.figures)
        case ControlClaim():
            extent = "" if claim.extent == "all" else f" {claim.extent}"
            said |= {"what": f"{claim.status}{extent}", "who": list(claim.holder)}
        case TollClaim():
            said |= {"what": "toll", "who": list(claim.side), "figures": figures_record(claim.figures)}
        case _:
            pass
    place = claim.place if isinstance(claim, EventClaim | ControlClaim | TollClaim) else None
    return {
        **_days(when if when is not None else Interval.day(kept.report.published)),
        "kind": str(claim.kind),
        **said,
        "modality": str(claim.modality),
        "place": place.name if place is not None else None,
        "said_by": list(claim.attribution),
        "publisher": kept.report.publisher,
        "published": kept.report.published.isoformat(),
        "url": kept.report.url,
        "quote": " … ".join(q.text for q in claim.quotes),
        "id": kept.id,
    }


def event_feature(event: Event) -> Record:
    """One event as a GeoJSON feature (RFC 7946); its geometry is null where no position is known or may be shown."""
    shown = event.place if event.type not in POSITION_WITHHELD else None
    row = event_row(event)
    if shown is None:
        row |= {"latitude": None, "longitude": None}
    return _feature(shown, {"layer": "event", **row})


def control_feature(state: ControlState) -> Record:
    """Who holds one place as a GeoJSON feature."""
    return _feature(state.place, {"layer": "control", **control_row(state)})


def control_claim_feature(kept: ClaimOfReport) -> Record:
    """One control claim as a GeoJSON feature, with the days it holds for and who says so."""
    claim = kept.claim
    place = claim.place if isinstance(claim, ControlClaim) else None
    row = claim_row(kept)
    row |= {"layer": "control", **_where(place), **_days(claim.when if isinstance(claim, ControlClaim) else None)}
    row.pop("time", None)
    return _feature(place, row)


def collection(features: list[Record]) -> Record:
    """A GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": features}


def _feature(place: Place | None, properties: Record) -> Record:
    geometry: Record | None = None
    if place is not None and place.latitude is not None and place.longitude is not None:
        geometry = {"type": "Point", "coordinates": [round(place.longitude, 5), round(place.latitude, 5)]}
    return {"type": "Feature", "id": properties.get("id"), "geometry": geometry, "properties": properties}


def _where(place: Place | None) -> dict[str, Any]:
    entry = place.entry if place is not None else None
    return {
        "place": place_name(place),
        "place_key": place.key if place is not None else None,
        "geonames_id": entry.geonames_id if entry is not None else None,
        "country": entry.country or None if entry is not None else None,
        "admin1": entry.admin1 if entry is not None else None,
        "latitude": entry.latitude if entry is not None else None,
        "longitude": entry.longitude if entry is not None else None,
        "place_precision": str(place.precision) if place is not None else None,
    }


def place_name(place: Place | None) -> str | None:
    """The name that tables and prose show: the gazetteer's, or the report's where only that has no diacritics."""
    if place is None:
        return None
    if place.entry is None or (place.name.isascii() and not place.entry.name.isascii()):
        return place.name
    return place.entry.name


def _days(when: Interval | None) -> dict[str, Any]:
    said = interval_record(when) or {"start": None, "end": None}
    return {"start": said["start"], "end": said["end"]}
