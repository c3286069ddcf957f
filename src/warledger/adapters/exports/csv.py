"""Export events as CSV, one a line, in the columns of `event_row`; lists are joined by "; ", unknown is empty."""

from __future__ import annotations

import csv
from pathlib import Path

from warledger.adapters.exports.writing import opened
from warledger.domain.rows import DEATHS, event_row
from warledger.ports import Ledger

COLUMNS = [
    "id",
    "version",
    "type",
    "family",
    "sub_event_type",
    "start",
    "end",
    "time_precision",
    "date_prec",
    "place",
    "place_key",
    "geonames_id",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "place_precision",
    "geo_precision",
    "where_prec",
    "initiator",
    "target",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_low_claims",
    "fatalities_best_claims",
    "fatalities_high_claims",
    "type_of_violence",
    "side_a",
    "side_b",
    *(f"{side}_{number}" for side in DEATHS for number in ("low", "best", "high")),
    "deaths_unknown",
    "contradictions",
    "grade",
    "reason",
    "sources",
    "origins",
    "claims",
    "recorded_at",
]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvExporter:
    """Fits `ports.Exporter`."""

    name = "csv"

    def write(self, ledger: Ledger, out: Path | None) -> None:
        """Write the heading, then every event's newest version."""
        with opened(out) as stream:
            table = csv.writer(stream, lineterminator="\n")
            table.writerow(COLUMNS)
            for event in ledger.events():
                row = event_row(event)
                table.writerow([_cell(row[c]) for c in COLUMNS])


def _cell(value: object) -> object:
    """A cell; a text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, list):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
