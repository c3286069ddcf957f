"""What the command line prints: lists in three forms, coded claims for people, closing lines."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import typer

from warledger.cli.code import claim_record, explanation, table_row
from warledger.cli.ingest import closing_line
from warledger.cli.options import TableFormat, parse_day, parse_moment
from warledger.cli.tables import Column, plain, print_rows
from warledger.domain.claim import EventClaim, Evidence, Figure
from warledger.domain.codes import EventType, Harm, Modality
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.pipeline import Outcome

TEXT = "Shelling reportedly killed at least 10 civilians in Sarmada on Friday, residents said."
CLAIM = EventClaim(
    report_key="k",
    quotes=(Span.of(TEXT, 0, 69),),
    attribution=("residents",),
    modality=Modality.ALLEGED,
    type=EventType.SHELLING,
    target=("Civilians (Syria)",),
    place=Place(name="Sarmada", entry=None, precision=PlacePrecision.EXACT),
    when=Interval.day(date(2024, 11, 29)),
    figures=(Figure(harm=Harm.KILLED, min=10, max=None, of="civilians"),),
    evidence=(Evidence(field="type", spans=(Span.of(TEXT, 0, 8),), rule="model", score=0.9312),),
    confidence=0.8,
)
COLUMNS = (Column(key="id", title="id", whole=True), Column(key="who", title="who"))
ROWS = [{"id": "e1", "who": ["Rebels (Syria)", "A, B"], "more": 1}, {"id": "e2", "who": None, "more": 2}]


def test_json_lines_hold_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, TableFormat.JSONL)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS


def test_csv_holds_the_columns_and_quotes_what_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, TableFormat.CSV)
    read = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert read == [["id", "who"], ["e1", "Rebels (Syria), A, B"], ["e2", ""]]


def test_table_shows_titles_and_an_empty_one_says_so_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, TableFormat.TABLE)
    assert "Rebels (Syria), A, B" in capsys.readouterr().out
    print_rows([], COLUMNS, TableFormat.TABLE, empty="no events on that day")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "no events on that day\n")


def test_control_characters_of_a_text_never_reach_the_terminal() -> None:
    assert plain("shelled\x1b[31m \u202eSumy\n") == "shelled [31m  Sumy "


def test_record_of_a_claim_has_the_codebooks_keys_and_the_spans_of_its_fields() -> None:
    record = claim_record(CLAIM)
    extra = {"spans", "confidence"}
    assert set(record) - extra == {
        "kind", "quote", "attribution", "modality", "precedent", "type", "initiator", "target", "place", "time",
        "figures",
    }  # fmt: skip
    assert record["confidence"] == 0.8
    assert record["spans"]["type"] == {"spans": [[0, 8, "Shelling"]], "rule": "model", "score": 0.9312}
    assert record["spans"]["quote"]["spans"] == [[0, 69]]


def test_row_of_a_claim_reads_as_people_write() -> None:
    row = table_row(CLAIM)
    assert (row["what"], row["whom"], row["place"]) == ("shelling (alleged)", ["Civilians (Syria)"], "Sarmada")
    assert (row["time"], row["figures"]) == ("2024-11-29", ["killed 10+ civilians"])


def test_explanation_names_words_and_rule_of_a_field() -> None:
    lines = list(explanation(CLAIM))
    assert '  type: shelling  <- "Shelling" [model 0.93]' in lines
    assert "confidence 0.80" in lines[0]
    assert not any("initiator" in line for line in lines), "what the text leaves open is not explained"


def test_closing_line_minds_its_numbers() -> None:
    assert closing_line(Outcome(kept=1, claims=1)) == "1 report kept, 0 already known, 0 refused, 1 claim, 0 events"
    many = Outcome(kept=1200, known=3, new_versions=2, refused=1, not_coded=1, claims=5000, events=1)
    assert closing_line(many) == (
        "1,200 reports kept (2 new versions, 1 not coded), 3 already known, 1 refused, 5,000 claims, 1 event"
    )


def test_days_and_moments_are_read_in_utc() -> None:
    assert parse_day("2024-11-30") == date(2024, 11, 30)
    assert parse_moment("2024-11-29") == datetime(2024, 11, 29, 23, 59, 59, tzinfo=UTC)
    assert parse_moment("2024-11-29T20:00+02:00") == datetime(2024, 11, 29, 18, tzinfo=UTC)
    assert parse_moment("2024-11-29T20:00") == datetime(2024, 11, 29, 20, tzinfo=UTC)


@pytest.mark.parametrize("said", ["tomorrow", "2024-13-01", ""])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_day(said)
    with pytest.raises(typer.BadParameter):
        parse_moment(said)
