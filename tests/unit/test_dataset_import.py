"""Rows of UCDP GED become events with UCDP as their origin: once, whole, and apart from what reports conclude to."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve
from made_events import an_event

from warledger.adapters.datasets.ucdp import read_ged
from warledger.adapters.stores.memory import MemoryLedger
from warledger.app import App
from warledger.asking import rows_of_datasets
from warledger.cli.main import run
from warledger.collect.dataset import take_row
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType, Harm
from warledger.domain.dataset import GedRow, Imported
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.when import Interval
from warledger.pipeline import Outcome, import_rows, settle
from warledger.settings import Settings

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
APP = App(Settings())
ROW: dict[str, object] = {
    "id": 901,
    "type_of_violence": 3,
    "code_status": "Clear",
    "dyad_name": "LRA - Civilians",
    "side_a": "LRA",
    "side_b": "Civilians",
    "source_article": "Reuters 3/4-11",
    "where_prec": 1,
    "where_coordinates": "Obo town",
    "where_description": "a field outside the mission",
    "adm_1": "Haut-Mbomou province",
    "country": "Central African Republic",
    "date_prec": 2,
    "date_start": "2011-04-02T00:00:00",
    "date_end": "2011-04-03T00:00:00",
    "deaths_a": 0,
    "deaths_b": 0,
    "deaths_civilians": 4,
    "deaths_unknown": 2,
    "best": 6,
    "low": 5,
    "high": 9,
}


def json_lines(*rows: dict[str, object]) -> bytes:
    return "".join(json.dumps(r) + "\n" for r in rows).encode()


def csv_file(*rows: dict[str, object]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(raw: bytes) -> list[GedRow | Problem]:
    return list(read_ged(raw, file="ged"))


def taken(**changes: object) -> Imported:
    [row] = read(json_lines({**ROW, **changes}))
    assert isinstance(row, GedRow)
    return take_row(row, APP.ged_tables, recorded_at=NOW)


def imported(ledger: MemoryLedger, raw: bytes) -> tuple[Outcome, list[Problem]]:
    problems: list[Problem] = []
    rows = [
        r if isinstance(r, Problem) else take_row(r, APP.ged_tables, recorded_at=NOW) for r in read_ged(raw, file="ged")
    ]
    return import_rows(rows, ledger, NOW, problems.append), problems


def test_a_row_keeps_what_ucdp_concludes() -> None:
    made = taken()
    event, claim = made.event, made.claim
    assert (event.id, event.type, event.origins) == ("ucdp:901", EventType.ATTACK, ("UCDP",))
    assert (event.fatalities.low, event.fatalities.best, event.fatalities.high) == (5, 6, 9)
    assert (event.where_prec, event.date_prec, event.when.start, event.when.end) == (
        1,
        2,
        date(2011, 4, 2),
        date(2011, 4, 3),
    )
    assert event.initiator == ("Lord's Resistance Army",) and event.target == ("Civilians (Central African Republic)",)
    assert {(f.of, f.min) for f in claim.figures if f.harm is Harm.KILLED} == {
        ("total", 5),
        ("civilians", 4),
        ("unknown", 2),
    }
    assert "UCDP type_of_violence 3" in {e.rule for e in claim.evidence}
    assert "one-sided violence" in claim.quotes[0].text and "low 5, high 9" in claim.quotes[0].text
    assert made.received.report.text[claim.quotes[0].start : claim.quotes[0].end] == claim.quotes[0].text
    assert json.loads(made.received.raw) == ROW


def test_a_government_is_its_military_forces_and_a_coalition_its_members() -> None:
    made = taken(side_a="Government of Central African Republic", side_b="anti-Balaka, FPRC", type_of_violence=1)
    assert made.event.initiator == ("Military Forces of the Central African Republic",)
    assert made.event.target == ("Anti-Balaka", "Popular Front for the Rebirth of Central Africa")


def test_a_town_of_the_gazetteer_is_found_in_its_division() -> None:
    place = taken(where_coordinates="Bria town", adm_1="Haute-Kotto province").event.place
    assert place is not None and place.entry is not None
    assert (place.name, place.entry.key, place.precision) == ("Bria", "gn:239899", "exact")


def test_a_village_that_the_gazetteer_lacks_is_coded_to_its_division_and_gets_no_position_of_its_own() -> None:
    place = taken(where_coordinates="Ngakobo village", adm_1="Ouaka province").event.place
    assert place is not None and place.entry is not None
    assert (place.name, place.entry.name, place.precision) == ("Ngakobo village", "Ouaka", "region")


def test_the_position_that_a_row_gives_is_kept() -> None:
    place = taken(where_coordinates="Ngakobo village", latitude="5.1", longitude="20.7").event.place
    assert place is not None and place.entry is not None
    assert (place.latitude, place.longitude, place.entry.country) == (5.1, 20.7, "CF")


@pytest.mark.parametrize(
    ("country", "code"), [("DR Congo (Zaire)", "CD"), ("Yemen (North Yemen)", "YE"), ("Bosnia-Herzegovina", "BA")]
)
def test_countries_are_known_by_ucdps_names(country: str, code: str) -> None:
    place = taken(country=country, where_prec=6, where_coordinates=country, adm_1="").event.place
    assert place is not None and place.entry is not None and place.entry.country == code


def test_csv_and_json_lines_of_the_same_rows_make_the_same_events() -> None:
    other = {**ROW, "id": 902, "where_description": 'two lines\nand a "quote"'}
    events = []
    for raw in (json_lines(ROW, other), csv_file(ROW, other)):
        ledger = MemoryLedger()
        outcome, problems = imported(ledger, raw)
        assert (outcome.kept, problems) == (2, [])
        events.append(list(ledger.events()))
    assert events[0] == events[1]


def test_a_second_import_changes_nothing_and_a_changed_row_is_a_new_version() -> None:
    ledger = MemoryLedger()
    imported(ledger, json_lines(ROW))
    before = list(ledger.events())
    again, _ = imported(ledger, json_lines(ROW))
    assert (again.kept, again.known, again.events) == (0, 1, 0) and list(ledger.events()) == before
    changed, _ = imported(ledger, json_lines({**ROW, "best": 8}))
    assert (changed.new_versions, changed.events) == (1, 1)
    assert [v.fatalities.best for v in ledger.versions("ucdp:901")] == [6, 8]


def test_a_row_that_a_file_gives_again_changed_is_a_new_version() -> None:
    ledger = MemoryLedger()
    outcome, _ = imported(ledger, json_lines(ROW, {**ROW, "best": 8}, ROW))
    assert (outcome.kept, outcome.known, outcome.new_versions, outcome.events) == (2, 1, 1, 3)
    assert [v.fatalities.best for v in ledger.versions("ucdp:901")] == [6, 8, 6]


def test_an_import_that_was_stopped_before_its_events_is_made_whole() -> None:
    ledger = MemoryLedger()
    made = taken()
    ledger.append(made.received, [made.claim], note="coded", recorded_at=NOW)
    outcome, _ = imported(ledger, json_lines(ROW))
    assert (outcome.known, outcome.events) == (1, 1) and [e.id for e in ledger.events()] == ["ucdp:901"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "x1"),
        ("type_of_violence", 4),
        ("where_prec", 8),
        ("date_prec", 0),
        ("date_start", "in spring"),
        ("date_end", "2011-04-01"),
        ("best", ""),
        ("low", -1),
        ("deaths_a", "some"),
        ("country", " "),
        ("latitude", "95"),
    ],
)
@pytest.mark.parametrize("form", [json_lines, csv_file])
def test_a_bad_row_is_named_by_file_row_and_field_and_the_rest_goes_on(form, field: str, value: object) -> None:
    good = {**ROW, "id": 902, "latitude": "", "longitude": ""}
    bad = {**good, "id": 901, field: value}
    ledger = MemoryLedger()
    outcome, [problem] = imported(ledger, form(good, bad, {**good, "id": 903}))
    line = 2 if form is json_lines else 3
    assert (outcome.kept, outcome.refused) == (2, 1)
    assert str(problem).startswith(f"ged: line {line}: {field}: ")
    assert [p.raw for p in ledger.refusals()] == [problem.raw] and problem.raw


def test_figures_out_of_order_are_kept_widened_and_said() -> None:
    ledger = MemoryLedger()
    outcome, [problem] = imported(ledger, json_lines({**ROW, "low": 7, "best": 6, "high": 7}))
    assert (outcome.kept, outcome.refused) == (1, 0) and "out of order" in problem.what
    [event] = ledger.events()
    assert (event.fatalities.low, event.fatalities.best, event.fatalities.high) == (6, 6, 7)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"place,date\nObo,2011\n", b"{not json\n", b"[1]\n"])
def test_a_file_of_another_kind_is_refused_in_words(raw: bytes) -> None:
    assert [type(found) for found in read(raw)] == [Problem]


def test_reports_never_change_an_imported_event() -> None:
    ledger = MemoryLedger()
    imported(ledger, json_lines(ROW, {**ROW, "id": 902}))
    before = list(ledger.events())
    settled = settle(ledger, APP.settle, NOW)
    assert settled == set() and list(ledger.events()) == before


def test_the_command_imports_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ged.csv").write_bytes(csv_file(ROW, {**ROW, "id": 902, "best": "many"}))
    db = str(tmp_path / "l.db")
    assert run(["import", "ucdp", str(tmp_path / "ged.csv"), "--db", db]) == 1
    said = capsys.readouterr()
    assert said.out == "1 row kept, 0 already known, 1 refused, 1 claim, 1 event\n"
    assert "ged.csv: line 3: best: 'many' is no number" in said.err
    assert run(["show", "ucdp:901", "--db", db]) == 0
    assert "type_of_violence" not in capsys.readouterr().err


BENCH = Path(os.environ.get("WARLEDGER_SHARED", Path(__file__).parents[3] / "shared")) / "bench"


@pytest.mark.skipif(not (BENCH / "ucdp_car.jsonl").is_file(), reason="bench/ucdp_car.jsonl is not at hand")
def test_every_central_african_row_is_imported_with_its_own_figures() -> None:
    raw = (BENCH / "ucdp_car.jsonl").read_bytes()
    given = {f"ucdp:{r['id']}": r for r in map(json.loads, raw.splitlines())}
    events: dict[str, Event] = {}
    for row in read_ged(raw, file="ucdp_car.jsonl"):
        if isinstance(row, GedRow):
            made = take_row(row, APP.ged_tables, recorded_at=NOW)
            assert isinstance(made.claim, EventClaim)
            events[made.event.id] = made.event
    assert events.keys() == given.keys()
    for id, event in events.items():
        row = given[id]
        assert (event.fatalities.best, event.where_prec, event.date_prec) == (
            row["best"],
            row["where_prec"],
            row["date_prec"],
        )
        assert event.fatalities.low == min(row["low"], row["best"], row["high"])
        assert event.place is not None and event.place.entry is not None and event.place.entry.country == "CF"


def test_an_event_tells_the_row_of_the_same_place_days_and_party_and_no_other() -> None:
    row = taken().event
    party, day = row.initiator, date(2011, 4, 3)
    told = an_event(id="e1", type=EventType.ATTACK, day=day, place=row.place, initiator=party)
    others = (
        evolve(told, id="e2", when=Interval.day(date(2011, 4, 5))),
        evolve(told, id="e3", place=None),
        evolve(told, id="e4", initiator=("Military Forces of Chad",)),
        an_event(id="e5", type=EventType.TALKS, day=day, place=row.place, initiator=party),
        row,
    )
    app = App(Settings())
    app.__dict__["store"] = MemoryLedger()
    app.ledger.append_events([told, *others])
    assert rows_of_datasets(app, told) == [row]
    assert [rows_of_datasets(app, e) for e in others] == [[]] * 5
