"""Show a claim to people: as JSON with its spans, as one row, and with the reason of every field.

Claims in, plain records and lines out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from warledger.cli.tables import Column, plain
from warledger.domain.claim import Claim
from warledger.domain.records import Record, claim_id, spans_record, to_record

COLUMNS = (
    Column(key="kind", title="kind", whole=True),
    Column(key="what", title="what"),
    Column(key="who", title="who"),
    Column(key="whom", title="to whom"),
    Column(key="place", title="where"),
    Column(key="time", title="when"),
    Column(key="figures", title="figures"),
    Column(key="said_by", title="said by"),
    Column(key="quote", title="quote"),
)


def claim_record(claim: Claim) -> Record:
    """A claim with the codebook's keys, the spans behind them, its id and its confidence."""
    return {**to_record(claim), "spans": spans_record(claim), "confidence": claim.confidence}


def table_row(claim: Claim) -> Record:
    """A claim as one row for people."""
    said = to_record(claim)
    place, time, quote = said.get("place"), said.get("time"), said["quote"]
    what = said.get("type") or said.get("status") or said.get("predicate") or said.get("act") or "toll"
    modality = said["modality"]
    return {
        "kind": said["kind"],
        "what": what if modality == "asserted" else f"{what} ({modality})",
        "who": said.get("initiator")
        or said.get("holder")
        or said.get("subject")
        or said.get("speaker")
        or said.get("side"),
        "whom": said.get("target") or said.get("object") or said.get("about"),
        "place": place["name"] if place is not None else None,
        "time": shown_time(time),
        "figures": [shown_figure(harm, f) for harm, listed in (said.get("figures") or {}).items() for f in listed],
        "said_by": said["attribution"],
        "quote": quote if isinstance(quote, str) else " ... ".join(quote),
    }


def shown_time(time: Record | None) -> str:
    """An interval for people: one day, or from and to with a dot where an end is unknown."""
    if time is None:
        return ""
    start, end = time["start"] or "?", time["end"] or "?"
    return str(start) if start == end else f"{start}..{end}"


def shown_figure(harm: str, figure: Record) -> str:
    """A figure for people: `killed 23 civilians`, `wounded 10+`."""
    low, high = figure["min"], figure["max"]
    count = (
        f"{low}" if low == high else f"{low}+" if high is None else f"up to {high}" if low is None else f"{low}-{high}"
    )
    return f"{harm} {count}" + ("" if figure["of"] == "total" else f" {figure['of']}")


def explanation(claim: Claim) -> Iterator[str]:
    """For each field of a claim: its value, the words it came from, and the rule or model with its score."""
    said = to_record(claim)
    sure = "" if claim.confidence is None else f"  confidence {claim.confidence:.2f}"
    yield f"\n{said['kind']} {claim_id(claim)}{sure}"
    yield f'  quote: "{plain(said["quote"])}"'
    reasons = {e.field: e for e in claim.evidence}
    for field, value in said.items():
        if field in ("kind", "quote") or (value in (None, [], {}) and field not in reasons):
            continue
        reason = reasons.get(field)
        line = f"  {field}: {shown_field(field, value)}"
        if reason is not None:
            words = " | ".join(f'"{plain(s.text)}"' for s in reason.spans)
            score = "" if reason.score is None else f" {reason.score:.2f}"
            line += f"  <- {words + ' ' if words else ''}[{reason.rule}{score}]"
        yield line


def shown_field(field: str, value: object) -> str:
    """The value of a field of a claim's record, for people."""
    if isinstance(value, dict) and field == "time":
        return f"{shown_time(value)} ({value['precision']})"
    if isinstance(value, dict) and field == "place":
        at = "" if value["latitude"] is None else f" {value['latitude']:.3f}, {value['longitude']:.3f}"
        return f"{plain(value['name'])} ({value['precision']}){at}"
    if isinstance(value, dict) and field == "figures":
        return ", ".join(shown_figure(harm, f) for harm, listed in value.items() for f in listed)
    return plain(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)
