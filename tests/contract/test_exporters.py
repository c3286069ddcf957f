"""What every exporter owes: a whole file or none, the same bytes twice, every event by its id, valid to a parser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from made_events import an_event

from warledger.adapters.stores.memory import MemoryLedger
from warledger.app import EXPORTERS
from warledger.domain.claim import ControlClaim, EventClaim, Figure
from warledger.domain.codes import EventType, Harm
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import Exporter

TEXT = "=Fighters took Kobra, said 'the council'; 12 died near Umm Qala. Reinforcements reached Kobra."
KNOWN = datetime(2024, 6, 3, tzinfo=UTC)
KOBRA = GazetteerEntry(
    key="gn:1", geonames_id=1, name="Kobra", latitude=14.25, longitude=30.5, feature_code="PPL", country="SD"
)


def _place(name: str, entry: GazetteerEntry | None = None) -> Place:
    return Place(name=name, entry=entry, precision=PlacePrecision.EXACT)


def _event(number: int, kind: EventType, place: Place | None, claims: Sequence[str], killed: int | None) -> Event:
    return an_event(
        id=f"e{number}",
        type=kind,
        day=date(2024, 6, 1),
        killed=killed,
        place=place,
        initiator=("Rapid Support Forces",),
        claim_ids=tuple(claims),
        origins=("=Council",),
        reason="one origin: =Council",
        recorded_at=KNOWN,
    )


@pytest.fixture
def ledger() -> MemoryLedger:
    kept = MemoryLedger()
    report = Report(
        id="r1", published=date(2024, 6, 2), text=TEXT, sha256="0" * 64, publisher="Nile Post", language="en"
    )
    quote = (Span.of(TEXT, 1, 20),)
    day = Interval.day(date(2024, 6, 1))
    taken = EventClaim(
        report_key=report.key,
        quotes=quote,
        type=EventType.NONSTATE_TAKES_TERRITORY,
        initiator=("Rapid Support Forces",),
        place=_place("Kobra", KOBRA),
        when=day,
        figures=(Figure(harm=Harm.KILLED, min=12, max=12),),
    )
    held = ControlClaim(
        report_key=report.key,
        quotes=quote,
        holder=("Rapid Support Forces",),
        place=_place("Kobra", KOBRA),
        when=Interval(start=date(2024, 6, 1), end=None, precision=TimePrecision.OPEN),
    )
    kept.append(Received(report=report, raw=b"x"), [taken, held], note="coded", recorded_at=KNOWN)
    ids = [claim_id(taken)]
    kept.append_events(
        [
            _event(1, EventType.NONSTATE_TAKES_TERRITORY, _place("Kobra", KOBRA), ids, 12),
            _event(2, EventType.ARMED_CLASH, _place("Umm Qala"), ids, None),
            _event(3, EventType.TROOP_MOVEMENT, _place("Kobra", KOBRA), ids, None),
            _event(4, EventType.AGREEMENT, None, ids, None),
        ]
    )
    return kept


@pytest.fixture(params=EXPORTERS, ids=lambda e: e.name)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return request.param


def test_file_and_standard_output_get_the_same(exporter, ledger, tmp_path, capsys):
    exporter.write(ledger, tmp_path / "out")
    exporter.write(ledger, None)
    assert (tmp_path / "out").read_bytes() == capsys.readouterr().out.encode()


def test_every_event_is_there_by_its_id_with_its_grade(exporter, ledger, tmp_path):
    exporter.write(ledger, tmp_path / "out")
    rows = _rows(exporter.name, (tmp_path / "out").read_text(encoding="utf-8"))
    events = {r["id"]: r for r in rows if str(r["id"]).startswith("e")}
    assert set(events) == {"e1", "e2", "e3", "e4"}
    assert {r["grade"] for r in events.values()} == {"weak"}


def test_an_unknown_figure_is_never_nought(exporter, ledger, tmp_path):
    exporter.write(ledger, tmp_path / "out")
    rows = {r["id"]: r for r in _rows(exporter.name, (tmp_path / "out").read_text(encoding="utf-8"))}
    assert rows["e1"]["fatalities_best"] in (12, "12")
    assert rows["e2"]["fatalities_best"] in (None, "")


def test_a_place_without_coordinates_gets_none(exporter, ledger, tmp_path):
    exporter.write(ledger, tmp_path / "out")
    rows = {r["id"]: r for r in _rows(exporter.name, (tmp_path / "out").read_text(encoding="utf-8"))}
    assert rows["e2"]["latitude"] in (None, "")
    assert float(rows["e1"]["latitude"]) == 14.25


def test_a_failed_export_leaves_the_old_file_and_no_part(exporter, ledger, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.write_text("old")

    def broken() -> list[Event]:
        raise OSError("disk full")

    monkeypatch.setattr(ledger, "events", broken)
    with pytest.raises(OSError, match="disk full"):
        exporter.write(ledger, out)
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_geojson_gives_positions_as_longitude_latitude_and_control_its_own_layer(ledger, tmp_path):
    collection = _geojson(ledger, tmp_path)
    features = {f["id"]: f for f in collection["features"]}
    assert features["e1"]["geometry"] == {"type": "Point", "coordinates": [30.5, 14.25]}
    assert features["e2"]["geometry"] is None
    assert features["e4"]["geometry"] is None
    control = [f for f in collection["features"] if f["properties"]["layer"] == "control"]
    assert [f["properties"]["holder"] for f in control] == [["Rapid Support Forces"]]
    assert control[0]["geometry"]["coordinates"] == [30.5, 14.25]


def test_geojson_shows_no_position_of_moving_troops(ledger, tmp_path):
    moved = next(f for f in _geojson(ledger, tmp_path)["features"] if f["id"] == "e3")
    assert moved["geometry"] is None
    assert moved["properties"]["latitude"] is None


def test_csv_disarms_what_a_spreadsheet_would_run(ledger, tmp_path):
    EXPORTERS[2].write(ledger, tmp_path / "out.csv")
    row = next(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert row["origins"] == "'=Council"


def _geojson(ledger: MemoryLedger, folder: Path):
    EXPORTERS[0].write(ledger, folder / "out.geojson")
    return json.loads((folder / "out.geojson").read_text(encoding="utf-8"))


def _rows(name: str, text: str):
    if name == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    if name == "geojson":
        return [f["properties"] for f in json.loads(text)["features"]]
    return [json.loads(line) for line in text.splitlines()]
