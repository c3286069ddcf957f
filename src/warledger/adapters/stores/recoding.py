"""Re-coding over rows: a report coded again and the row that it is kept in, in; what is to be appended, out.

The new version holds the same text and bytes under a key of its own, so that supersession, the chain and every question
treat it as they treat a text that changed. A row whose bytes are not those that were received was redacted: it stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import attrs

from warledger.adapters.stores import rows
from warledger.domain.records import claim_id
from warledger.domain.report import Received
from warledger.ports import Addition, Recoding


def addition_of(recoding: Recoding, row: rows.Stored | None, counting: Collection[str]) -> Addition | str:
    """What a re-coding appends, or why it appends nothing.

    Args:
        recoding: the report as coded now.
        row: the row of its version, where that counts still.
        counting: ids of the claims of that version.
    """
    if row is None:
        return "superseded"
    if hashlib.sha256(row["raw"]).hexdigest() != row["sha256"]:
        return "redacted"
    ids = sorted({claim_id(claim) for claim in recoding.claims})
    differ = bool(recoding.disagreements) and rows.disagreements_text(recoding.disagreements) != row["disagreements"]
    if row["note"] == recoding.note and ids == sorted(counting) and not differ:
        return "same"
    report = attrs.evolve(recoding.report, kept_key=_key(row["key"], recoding, ids))
    before = rows.moment_of(row["recorded_at"]) or recoding.recorded_at
    return Addition(
        received=Received(report=report, raw=bytes(row["raw"])),
        claims=[attrs.evolve(claim, report_key=report.key) for claim in recoding.claims],
        note=recoding.note,
        recorded_at=max(before, recoding.recorded_at),
        disagreements=recoding.disagreements,
    )


def _key(before: str, recoding: Recoding, claim_ids: Sequence[str]) -> str:
    """The key of a version: by the key of the one before and what it is coded as, so that who comes second finds it."""
    differ = rows.disagreements_text(recoding.disagreements)
    coded = (recoding.note, *claim_ids, *(() if differ is None else (differ,)))
    return hashlib.sha256("\x00".join((before, *coded)).encode()).hexdigest()[:20]
