"""Export the ledger as JSON lines: every event, then every claim with its report; `record` tells them apart."""

from __future__ import annotations

import json
from pathlib import Path

from warledger.adapters.exports.writing import opened
from warledger.domain.rows import claim_row, event_row
from warledger.ports import Ledger


class JsonLinesExporter:
    """Fits `ports.Exporter`."""

    name = "jsonl"

    def write(self, ledger: Ledger, out: Path | None) -> None:
        """Write every event's newest version and every claim that still counts."""
        with opened(out) as stream:
            for event in ledger.events():
                stream.write(json.dumps({"record": "event", **event_row(event)}, ensure_ascii=False) + "\n")
            for kept in ledger.claims():
                stream.write(json.dumps({"record": "claim", **claim_row(kept)}, ensure_ascii=False) + "\n")
