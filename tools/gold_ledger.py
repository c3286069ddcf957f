"""A ledger from gold claims: what the house would answer if coding were perfect. For tests and for reading by hand.

    python tools/gold_ledger.py FILE [CONFLICT]

The gold's places have coordinates; each gets the gazetteer's entry of that name nearby, where there is one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import evolve

from warledger.app import App, build
from warledger.domain.claim import Claim
from warledger.domain.distance import km_between
from warledger.domain.place import Place
from warledger.domain.records import claim_id, from_record
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.pipeline import end_of_day
from warledger.settings import Settings

GOLD = Path(__file__).parents[1] / "corpus" / "dev" / "gold.jsonl"
SAME_KM = 25.0


def build_ledger(file: Path, conflict: str = "syria-2024") -> App:
    """Fill a new ledger with the gold claims of one war, report by report, as known at the end of each day.

    Args:
        file: the ledger to make.
        conflict: the corpus's name of the war.

    Returns:
        The app of that ledger.
    """
    app = build(Settings(db=file))
    for report, claims in gold_reports(app, conflict):
        received = Received(report=report, raw=report.text.encode())
        app.ledger.append(received, claims, note="coded", recorded_at=end_of_day(report))
        kept = tuple(app.ledger.claims(kinds=["event"]))
        app.ledger.append_events(app.corroborate(kept, tuple(app.ledger.events()), end_of_day(report)))
    return app


def gold_reports(app: App, conflict: str) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """Reports of a war with their gold claims, in order of publication."""
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for record in sorted(records, key=lambda r: (r["published"], r["id"])):
        if record["conflict"] == conflict:
            report = Report(
                id=record["id"],
                published=date.fromisoformat(record["published"]),
                text=record["text"],
                sha256="0" * 64,
                publisher=record["publisher"],
                url=record["url"],
                language=record["language"],
                title=record["title"],
            )
            claims = [_claim(app, report, said) for said in record["claims"]]
            yield report, tuple({claim_id(c): c for c in claims}.values())


def _claim(app: App, report: Report, said: dict[str, object]) -> Claim:
    quotes = [said["quote"]] if isinstance(said["quote"], str) else list(said["quote"])  # type: ignore[call-overload]
    spans = tuple(Span.of(report.text, at := report.text.index(q), at + len(q)) for q in quotes)
    claim = from_record(said, report_key=report.key, quotes=spans)
    place = getattr(claim, "place", None)
    return evolve(claim, place=_resolved(app, place)) if place is not None else claim


def _resolved(app: App, place: Place) -> Place:
    if place.entry is None:
        return place
    here = place.entry
    near = [e for e in app.gazetteer.find(place.name) if km_between(e, here) <= SAME_KM]
    near.sort(key=lambda e: (e.feature_code.startswith("PPL") is (place.precision == "region"), km_between(e, here)))
    return evolve(place, entry=near[0]) if near else place


if __name__ == "__main__":
    build_ledger(Path(sys.argv[1]), *sys.argv[2:])
