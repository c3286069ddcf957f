"""The asking commands on a ledger of gold claims: a stranger asks, and gets an answer or is told plainly why not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from gold_ledger import build_ledger

from warledger.cli.main import run


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("asking") / "gold.db"
    build_ledger(file)
    return file


@pytest.fixture
def ask(db: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command on the ledger: its exit code, what it printed and what it said."""

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--db", str(db)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


def _jsonl(text: str):
    return [json.loads(line) for line in text.splitlines()]


def test_events_of_a_day_are_listed_in_every_format(ask):
    code, table, _ = ask("events", "--on", "2024-11-30")
    assert code == 0 and "Aleppo" in table and "air strike" in table
    _, lines, _ = ask("events", "--on", "2024-11-30", "--format", "jsonl")
    _, sheet, _ = ask("events", "--on", "2024-11-30", "--format", "csv")
    assert {r["id"] for r in _jsonl(lines)} == {r["id"] for r in csv.DictReader(io.StringIO(sheet))}


def test_events_can_be_narrowed_by_type_family_actor_grade_and_place(ask):
    _, strikes, _ = ask("events", "--type", "air strike", "--format", "jsonl")
    assert {r["type"] for r in _jsonl(strikes)} == {"air_strike"}
    _, remote, _ = ask("events", "--type", "remote", "--format", "jsonl")
    assert {r["family"] for r in _jsonl(remote)} == {"remote"}
    _, russian, _ = ask("events", "--actor", "russia", "--format", "jsonl")
    assert _jsonl(russian) and all(any("Russia" in n for n in [*r["initiator"], *r["target"]]) for r in _jsonl(russian))
    _, weak, _ = ask("events", "--grade", "weak", "--format", "jsonl")
    assert {r["grade"] for r in _jsonl(weak)} == {"weak"}
    _, atarib, _ = ask("events", "--place", "Atarib", "--format", "jsonl")
    assert _jsonl(atarib) and {r["place"] for r in _jsonl(atarib)} <= {"Al Atārib", "Atarib", "Al Atarib"}


def test_events_known_at_an_evening_leave_out_what_came_later(ask):
    _, then, _ = ask("events", "--on", "2024-11-29", "--known-at", "2024-11-29", "--format", "jsonl")
    _, now, _ = ask("events", "--on", "2024-11-29", "--format", "jsonl")
    assert _jsonl(then) and all(r["recorded_at"] < "2024-11-30" for r in _jsonl(then))
    assert any(r["recorded_at"] > "2024-11-30" for r in _jsonl(now))


@pytest.mark.parametrize("name", ["Saraqeb", "Saraqib", "سراقب"])
def test_a_place_is_found_by_any_of_its_names(ask, name):
    code, out, _ = ask("control", "--on", "2024-12-08", "--place", name, "--format", "jsonl")
    assert code == 0
    assert [(r["place_key"], r["holder"]) for r in _jsonl(out)] == [("gn:164816", ["Hayat Tahrir al-Sham"])]


def test_an_unknown_place_is_refused_in_one_line_with_near_names(ask):
    code, out, err = ask("history", "Sarqebb")
    assert code == 2 and out == ""
    assert err.count("\n") == 1 and "no place named 'Sarqebb'" in err and "Saraqeb" in err


def test_an_unknown_type_is_refused_with_near_names(ask):
    code, _, err = ask("events", "--type", "air_strikes")
    assert code == 2 and "air_strike" in err


def test_control_of_a_day_is_told_with_who_says_so(ask):
    code, out, _ = ask("control", "--on", "2024-11-30", "--place", "Aleppo")
    assert code == 0 and "most of it" in out
    _, sheet, _ = ask("control", "--on", "2024-11-30", "--format", "csv")
    assert "Aleppo" in {r["place"] for r in csv.DictReader(io.StringIO(sheet))}


def test_control_as_geojson_puts_places_on_the_map(ask):
    _, out, _ = ask("control", "--on", "2024-12-08", "--format", "geojson")
    collection = json.loads(out)
    assert collection["type"] == "FeatureCollection"
    aleppo = next(f for f in collection["features"] if f["properties"]["place"] == "Aleppo")
    longitude, latitude = aleppo["geometry"]["coordinates"]
    assert 36 < longitude < 38 and 35 < latitude < 37


def test_control_before_any_report_says_so_in_words(ask):
    code, out, err = ask("control", "--on", "2020-01-01", "--place", "Damascus")
    assert code == 0 and out == ""
    assert "nothing is known of Damascus on 2020-01-01" in err and "21 reports" in err


def test_history_tells_claims_with_their_words_and_the_events_concluded(ask):
    code, out, _ = ask("history", "Aleppo", "--format", "jsonl")
    rows = _jsonl(out)
    assert code == 0
    assert {"conclusion", "event", "control"} <= {r["kind"] for r in rows}
    assert all(r["quote"] and r["publisher"] for r in rows if r["kind"] != "conclusion")


def test_show_gives_an_event_its_versions_and_every_quote(ask):
    _, lines, _ = ask("events", "--place", "Hama", "--format", "jsonl")
    event = max(_jsonl(lines), key=lambda r: len(r["claims"]))
    code, out, _ = ask("show", event["id"])
    assert code == 0 and "Versions" in out and out.count("“") >= len(event["claims"])
    _, record, _ = ask("show", event["id"], "--format", "json")
    told = json.loads(record)
    assert {c["id"] for c in told["claims"]} == set(event["claims"])
    assert told["versions"][-1]["version"] == event["version"]


def test_show_gives_a_claim_its_words_source_and_event(ask):
    _, lines, _ = ask("events", "--place", "Hama", "--format", "jsonl")
    event = _jsonl(lines)[0]
    code, out, _ = ask("show", event["claims"][0])
    assert code == 0 and "“" in out and event["id"] in out


def test_show_of_an_unknown_id_is_refused(ask):
    code, _, err = ask("show", "e0000")
    assert code == 2 and "no event or claim has the id 'e0000'" in err


def test_brief_is_written_in_three_forms(ask):
    _, text, _ = ask("brief", "--on", "2024-11-30")
    assert "Brief for 30 November 2024" in text and "Aleppo" in text and "[1]" in text
    _, markdown, _ = ask("brief", "--on", "2024-11-30", "--format", "markdown")
    assert markdown.startswith("# ") and "[^1]:" in markdown
    _, record, _ = ask("brief", "--from", "2024-11-27", "--to", "2024-11-30", "--format", "json")
    assert json.loads(record)["from"] == "2024-11-27"


def test_brief_is_written_in_arabic_in_each_form(ask):
    _, text, _ = ask("brief", "--on", "2024-11-30", "--language", "ar")
    assert "موجز 30 نوفمبر/تشرين الثاني 2024" in text and "حلب" in text and "[1]" in text
    _, markdown, _ = ask("brief", "--on", "2024-11-30", "--language", "ar", "--format", "markdown")
    assert markdown.startswith("# ") and "## المصادر" in markdown and "[^1]: «" in markdown
    _, record, _ = ask("brief", "--on", "2024-11-30", "--language", "ar", "--format", "json")
    assert json.loads(record)["language"] == "ar" and "حلب" in json.loads(record)["headline"]["text"]
    assert ask("brief", "--on", "2024-11-30", "--language", "xx")[0] == 2


def test_brief_as_known_earlier_cites_no_later_report(ask):
    _, record, _ = ask("brief", "--on", "2024-11-29", "--known-at", "2024-11-29", "--format", "json")
    notes = json.loads(record)["notes"]
    assert notes and all(n["published"] <= "2024-11-29" for n in notes)


def test_brief_of_a_day_without_reports_says_so(ask):
    code, out, err = ask("brief", "--on", "2019-01-01")
    assert code == 0 and "Nothing is recorded for 1 January 2019" in out and "21 reports" in err


def test_days_that_cannot_be_are_refused(ask):
    assert ask("events", "--from", "2024-12-02", "--to", "2024-12-01")[0] == 2
    assert ask("events", "--on", "2024-12-02", "--to", "2024-12-01")[0] == 2
    assert ask("brief", "--on", "yesterday")[0] == 2


def test_export_writes_a_file_and_says_how_large(ask, tmp_path):
    out = tmp_path / "syria.geojson"
    code, _, err = ask("export", "geojson", "--out", str(out))
    assert code == 0 and "bytes of geojson" in err
    assert json.loads(out.read_text(encoding="utf-8"))["features"]


def test_an_unknown_export_format_is_refused_with_those_there_are(ask):
    code, _, err = ask("export", "shapefile")
    assert code == 2 and "csv, geojson, jsonl" in err


def test_asking_makes_no_ledger_where_there_is_none(tmp_path, capsys):
    missing = tmp_path / "none.db"
    assert run(["events", "--db", str(missing)]) == 1
    assert "no ledger there" in capsys.readouterr().err
    assert not missing.exists()


def test_precedents_are_listed_with_the_verdict_the_reason_and_the_words(ask):
    code, out, _ = ask("precedents", "--on", "2024-11-30", "--format", "jsonl")
    rows = _jsonl(out)
    assert code == 0 and {r["sort"] for r in rows} == {"claimed"}
    assert {r["verdict"] for r in rows} == {"record too thin"}
    assert all(r["reason"] and r["quotes"][0].startswith("“") and r["claims"] == [r["id"]] for r in rows)
    _, noticed, err = ask("precedents", "--only", "noticed", "--format", "table")
    assert noticed == "" and "no precedent is claimed or noticed; the ledger holds" in err


def test_diff_tells_what_changed_hands_and_is_empty_between_a_day_and_itself(ask):
    code, out, _ = ask("diff", "--from", "2024-11-29", "--to", "2024-12-08", "--format", "jsonl")
    rows = {r["place"]: r for r in _jsonl(out)}
    assert code == 0 and rows["Hama"]["holder_after"] == ["Hayat Tahrir al-Sham"]
    assert all(r["claims"] and r["quotes"] for r in rows.values())
    code, out, err = ask("diff", "--from", "2024-12-08", "--to", "2024-12-08")
    assert (code, out) == (0, "") and "nothing is known to have changed" in err
    assert ask("diff", "--from", "2024-12-08", "--to", "2024-11-29")[0] == 2


def test_diff_answers_as_known_then(ask):
    _, then, _ = ask(
        "diff", "--from", "2024-11-28", "--to", "2024-12-08", "--known-at", "2024-11-30", "--format", "jsonl"
    )
    _, now, _ = ask("diff", "--from", "2024-11-28", "--to", "2024-12-08", "--format", "jsonl")
    assert len(_jsonl(then)) < len(_jsonl(now))


@pytest.mark.parametrize("level", ["admin1", "country"])
def test_control_of_provinces_and_countries_counts_the_settlements(ask, level):
    code, out, _ = ask("control", "--on", "2024-12-08", "--level", level, "--format", "jsonl")
    rows = _jsonl(out)
    assert code == 0 and {r["country"] for r in rows} >= {"Syria"}
    assert all(r["claims"] and len(r["names"]) <= r["places"] for r in rows)
    assert any(r["admin1"] for r in rows) is (level == "admin1")
    code, _, err = ask("control", "--on", "2024-12-08", "--level", level, "--format", "geojson")
    assert code == 2 and "no borders" in err


def test_control_of_settlements_leaves_regions_out(ask):
    _, all_of_it, _ = ask("control", "--on", "2024-12-08", "--format", "jsonl")
    _, towns, _ = ask("control", "--on", "2024-12-08", "--level", "settlement", "--format", "jsonl")
    fine = [r["place_key"] for r in _jsonl(all_of_it) if r["place_precision"] in ("exact", "near")]
    assert [r["place_key"] for r in _jsonl(towns)] == fine


def test_roads_tell_what_is_cut_with_its_claims_and_draw_it_as_schematic(ask):
    code, out, _ = ask("roads", "--on", "2024-11-30", "--since", "2024-11-27", "--format", "jsonl")
    rows = _jsonl(out)
    assert code == 0 and all(r["claims"] and r["quotes"] for r in rows)
    code, out, _ = ask("roads", "--on", "2024-11-30", "--format", "geojson")
    features = json.loads(out)["features"]
    assert code == 0 and {f["properties"]["schematic"] for f in features} == {True}
    assert any(f["properties"]["held_to"] for f in features)


def test_agreements_tell_what_is_in_force_what_breaches_it_and_the_agreed_line(ask):
    code, out, _ = ask("agreements", "--from", "2024-11-24", "--to", "2024-11-26", "--format", "jsonl")
    rows = _jsonl(out)
    assert code == 0 and "moscow-2020" in {r["agreement_id"] for r in rows if r["part"] == "in force"}
    assert all(r["claims"] and r["quotes"] for r in rows if r["part"] == "breach")
    assert all(r["kept"] is not None for r in rows if r["part"] == "line")
    _, out, _ = ask("agreements", "--on", "2024-11-26", "--id", "moscow-2020", "--only", "line", "--format", "jsonl")
    assert len(_jsonl(out)) == 11 and {r["part"] for r in _jsonl(out)} == {"line"}
    code, _, err = ask("agreements", "--id", "no-such")
    assert code == 2 and "moscow-2020" in err
