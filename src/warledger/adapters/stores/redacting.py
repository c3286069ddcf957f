"""Redaction over records: in, a redaction and the records of a ledger; out, those that change, as they shall read.

Ids, hashes, times and the numbers of places stay as they were kept. The key of a claim's place is computed again, since
a place that is only named is known by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from warledger.adapters.stores import rows
from warledger.domain.chain import Row, Rows
from warledger.domain.coded import Disagreement
from warledger.domain.redaction import Redaction
from warledger.domain.report import Received

Records = Callable[[str], Iterable[Rows]]
"""A table's name to its records."""


def redacted(redaction: Redaction, records: Records) -> Iterator[Rows]:
    """Every record that the redaction changes.

    Args:
        redaction: what goes.
        records: gives the records of `reports`, `claims`, `event_versions`, `refusals` and `decisions`.
    """
    keys: dict[int, str] = {}
    claim_ids: set[str] = set()
    for record in records("reports"):
        row = record["reports"][0]
        if redaction.everywhere or row["id"] in redaction.report_ids:
            keys[row["seq"]] = row["key"]
            yield from _if_changed(record, {**record, "reports": [_report(redaction, row)]})
    for record in records("claims") if keys else ():
        row = record["claims"][0]
        if row["report"] in keys:
            claim_ids.add(row["id"])
            yield from _if_changed(record, _claim(redaction, record, keys[row["report"]]))
    for table in ("event_versions", "refusals", "decisions"):
        for record in records(table):
            yield from _if_changed(record, {table: [_other(redaction, table, record[table][0], claim_ids)]})


def _if_changed(old: Rows, new: Rows) -> Iterator[Rows]:
    if new != old:
        yield new


def _report(redaction: Redaction, row: Row) -> Row:
    old = rows.report_of(row)
    new = redaction.of_report(old)
    raw = redaction.of_raw(bytes(row["raw"]), touched=new != old)
    values = rows.report_values(
        Received(report=new, raw=raw),
        seq=row["seq"],
        note=row["note"],
        recorded_at=row["recorded_at"],
        disagreements=[d for d in rows.disagreements_of(row) if _stands(redaction, d)],
    )
    return {**values, "note": redaction.covered(row["note"]) if redaction.words else row["note"]}


def _stands(redaction: Redaction, found: Disagreement) -> bool:
    """Whether a disagreement holds nothing to cover; one that does goes whole: it was for a person to judge."""
    return all(redaction.of_claim(claim) == claim for claim in (found.rules, found.model) if claim is not None)


def _claim(redaction: Redaction, record: Rows, report_key: str) -> Rows:
    row = record["claims"][0]
    claim = redaction.of_claim(rows.claim_of_row(row, report_key))
    values = rows.claim_values(claim, seq=row["seq"], report=row["report"], recorded_at=row["recorded_at"])
    return {**record, "claims": [{**values, "id": row["id"]}]}


def _other(redaction: Redaction, table: str, row: Row, claim_ids: set[str]) -> Row:
    match table:
        case "event_versions":
            event = rows.event_of_row(row)
            concerned = redaction.everywhere or not claim_ids.isdisjoint(event.claim_ids)
            return rows.event_values(redaction.of_event(event), seq=row["seq"]) if concerned else row
        case "refusals":
            problem = redaction.of_problem(rows.problem_of(row))
            return rows.refusal_values(problem, seq=row["seq"], recorded_at=row["recorded_at"])
        case _:
            return rows.decision_values(redaction.of_decision(rows.decision_of(row)), seq=row["seq"])
