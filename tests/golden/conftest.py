"""The gold claims of the Syrian reports as the matter of a brief, so that the brief is read on real material."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.claim import ControlClaim, EventClaim
from warledger.domain.codes import FAMILY_OF, Grade, Harm, Modality
from warledger.domain.control import ControlState
from warledger.domain.event import Event, Fatalities
from warledger.domain.phrases import Phrases
from warledger.domain.records import claim_id, from_record
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.ports import Kept, KeptClaim
from warledger.tell.matter import Matter

ROOT = Path(__file__).parents[2]
DEV = ROOT / "corpus/dev"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _known_at(report: Report) -> datetime:
    return datetime.combine(report.published + timedelta(days=1), time(), UTC)


def _report(record: dict[str, Any]) -> Report:
    return Report(
        id=record["id"],
        published=date.fromisoformat(record["published"]),
        text=record["text"],
        sha256="0" * 64,
        publisher=record["publisher"],
        url=record["url"],
        language=record["language"],
    )


def _spans(text: str, quote: str | list[str]) -> tuple[Span, ...]:
    quotes = [quote] if isinstance(quote, str) else quote
    return tuple(Span.of(text, text.index(q), text.index(q) + len(q)) for q in quotes)


@pytest.fixture(scope="session")
def gold() -> tuple[tuple[Report, ...], tuple[tuple[str, KeptClaim], ...]]:
    """The Syrian reports and their claims, each under its gold name (`r001-3`: the third event claim of r001)."""
    reports, kept = [], []
    for record in _lines(DEV / "gold.jsonl"):
        if record["conflict"] != "syria-2024":
            continue
        report = _report(record)
        reports.append(report)
        numbered = 0
        for said in record["claims"]:
            claim = from_record(said, report_key=report.key, quotes=_spans(report.text, said["quote"]))
            numbered += isinstance(claim, EventClaim)
            name = f"{report.id}-{numbered}" if isinstance(claim, EventClaim) else ""
            kept.append((name, KeptClaim(id=claim_id(claim), claim=claim, report=report, recorded_at=_known_at(report))))
    return tuple(reports), tuple(kept)
