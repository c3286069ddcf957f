"""Show what a language model gave as coder: what was dropped, and where it and the rules differ.

Coded reports in, rows, records and plain lines out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from warledger.cli.claims import shown_field, table_row
from warledger.cli.tables import Column, counted, plain
from warledger.domain.claim import Claim
from warledger.domain.coded import Coded, Disagreement, Dropped, Reason
from warledger.domain.records import Record, claim_id, to_record

DIFFERENCES = (
    Column(key="field", title="field"),
    Column(key="rules", title="the rules say"),
    Column(key="model", title="the language model says"),
    Column(key="quote", title="quote"),
)
ALONE = "claim"


def difference_rows(coded: Coded) -> Iterator[Record]:
    """Where two coders differ, one row a field; a claim that one coder has alone is one row."""
    for found in coded.disagreements:
        for field in found.fields or (ALONE,):
            yield {
                "field": field,
                "rules": _said(found.rules, field),
                "model": _said(found.model, field),
                "quote": " ... ".join(q.text for q in _either(found).quotes),
            }


def coding_record(coded: Coded) -> Record:
    """What a language model adds to a report's JSON: dropped claims and disagreements."""
    return {
        "note": coded.note,
        "dropped": [_dropped_record(d) for d in coded.dropped],
        "disagreements": [_difference_record(d) for d in coded.disagreements],
    }


def dropped_lines(coded: Coded) -> Iterator[str]:
    """A line for each dropped claim."""
    for dropped in coded.dropped:
        yield f"dropped ({dropped.reason}): {plain(dropped.what)}"


def counted_reasons(dropped: Mapping[Reason, int]) -> str:
    """How many claims of the language model were dropped, and why."""
    why = ", ".join(f"{number} {reason}" for reason, number in Counter(dropped).most_common())
    return f"{counted(sum(dropped.values()), 'claim')} of the language model dropped" + (f" ({why})" if why else "")


def _dropped_record(dropped: Dropped) -> Record:
    return {"reason": str(dropped.reason), "what": dropped.what, "said": dropped.said}


def _difference_record(found: Disagreement) -> Record:
    fields = {f: {"rules": _value(found.rules, f), "model": _value(found.model, f)} for f in found.fields}
    return {
        "kind": str(_either(found).kind),
        "quote": [q.text for q in _either(found).quotes],
        "rules": claim_id(found.rules) if found.rules is not None else None,
        "model": to_record(found.model) if found.model is not None else None,
        "fields": fields,
    }


def _said(claim: Claim | None, field: str) -> str:
    if claim is None:
        return "no such claim"
    if field != ALONE:
        return shown_field(field, _value(claim, field)) or "nothing"
    row = table_row(claim)
    return "; ".join(plain(row[key]) for key in ("kind", "what", "who", "whom", "place", "time") if row[key])


def _value(claim: Claim | None, field: str) -> Any:
    return None if claim is None else to_record(claim).get(field)


def _either(found: Disagreement) -> Claim:
    claim = found.rules if found.rules is not None else found.model
    assert claim is not None
    return claim
