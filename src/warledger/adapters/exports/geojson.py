"""Export events and control as one GeoJSON FeatureCollection (RFC 7946), feature by feature.

A feature has a position only where the place has coordinates; movements and bases of forces have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from warledger.adapters.exports.writing import opened
from warledger.domain.codes import Kind
from warledger.domain.records import Record
from warledger.domain.rows import control_claim_feature, event_feature
from warledger.ports import Ledger


class GeoJsonExporter:
    """Fits `ports.Exporter`."""

    name = "geojson"

    def write(self, ledger: Ledger, out: Path | None) -> None:
        """Write every event's newest version and every control claim that still counts."""
        with opened(out) as stream:
            stream.write('{"type": "FeatureCollection", "features": [')
            for n, feature in enumerate(_features(ledger)):
                stream.write(",\n" if n else "\n")
                stream.write(json.dumps(feature, ensure_ascii=False))
            stream.write("\n]}\n")


def _features(ledger: Ledger) -> Iterator[Record]:
    yield from (event_feature(e) for e in ledger.events())
    yield from (control_claim_feature(k) for k in ledger.claims(kinds=[Kind.CONTROL]))
