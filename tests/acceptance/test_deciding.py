"""A person decides: merge, split, accept, discount and undo, as typed; show and history tell who decided what."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from raids import FIRST, PAPER, RADIO, RSF, told
from sample_ledger import DAY, claims_of, moment, received

from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.app import build
from warledger.cli.main import run
from warledger.domain.records import claim_id
from warledger.domain.report import Received
from warledger.pipeline import settle
from warledger.settings import Settings

DRONES = told("RSF drones struck Wad Madani at noon on Saturday.", "Blue Nile Press", by=(RSF,))
BY_EDITOR = ("--author", "A. Editor", "--reason", "one strike, seen on film")


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A ledger of three reports of raids on Wad Madani."""
    app = build(Settings(db=tmp_path / "w.db"))
    for kept in (PAPER, RADIO, DRONES):
        received = Received(report=kept.report, raw=kept.report.text.encode())
        app.ledger.append(received, [kept.claim], note="coded", recorded_at=FIRST)
    settle(app.ledger, app.settle, FIRST)
    app.ledger.close()
    return str(tmp_path / "w.db")


def event_ids(db: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["events", "--format", "jsonl", "--db", db]) == 0
    return [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]


def said(db: str, capsys: pytest.CaptureFixture[str], *typed: str) -> str:
    capsys.readouterr()
    assert run([*typed, "--db", db]) == 0
    return capsys.readouterr().out


def test_merge_split_accept_discount_and_undo_as_typed(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = event_ids(db, capsys)
    merged = said(db, capsys, "merge", first, second, *BY_EDITOR)
    assert merged.startswith("decision d")
    assert "2 events changed" in merged
    (event,) = event_ids(db, capsys)
    parted = said(db, capsys, "split", event, DRONES.id, *BY_EDITOR)
    assert "1 claim;" in parted
    assert len(event_ids(db, capsys)) == 2
    assert "confirmed" in said(db, capsys, "accept", event, *BY_EDITOR)
    assert "discounted by A. Editor" in said(db, capsys, "discount", DRONES.id, *BY_EDITOR)
    assert event_ids(db, capsys) == [event]
    shown = said(db, capsys, "show", event)
    for word in ("merge by A. Editor: one strike", "split by A. Editor", "accept by A. Editor"):
        assert word in shown
    decision = json.loads(said(db, capsys, "show", event, "--format", "json"))["decisions"][2]
    assert (decision["act"], decision["in_force"]) == ("accept", True)
    assert "changed" in said(db, capsys, "undo", decision["id"], *BY_EDITOR)
    shown = said(db, capsys, "show", event)
    assert "(undone)" in shown
    assert "accepted by" not in shown.split("Versions")[0]


def test_a_correction_as_typed_is_shown_as_one_and_undone(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = event_ids(db, capsys)
    told = said(db, capsys, "correct", first, "killed", "4-6", *BY_EDITOR)
    assert "1 event changed" in told and "killed corrected by A. Editor: one strike, seen on film" in told
    shown = json.loads(said(db, capsys, "show", first, "--format", "json"))
    assert (shown["decisions"][0]["act"], shown["decisions"][0]["field"]) == ("correct", "killed")
    said(db, capsys, "correct", first, "place", "Omdurman", *BY_EDITOR)
    assert "Omdurman" in said(db, capsys, "show", first)
    said(db, capsys, "undo", shown["decisions"][0]["id"], *BY_EDITOR)
    assert "killed corrected" not in said(db, capsys, "show", first).split("Versions")[0]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("killed", "many"), "no number such as"),
        (("place", "Nowhereville"), "no place named"),
        (("grade", "fair"), "grade"),
    ],
)
def test_a_correction_that_cannot_be_is_bad_usage(
    db: str, capsys: pytest.CaptureFixture[str], typed: tuple[str, str], why: str
) -> None:
    first, _ = event_ids(db, capsys)
    assert run(["correct", first, *typed, *BY_EDITOR, "--db", db]) == 2
    assert why in capsys.readouterr().err


def test_a_name_given_to_an_actor_is_read_so_in_the_reports_that_come_until_it_is_undone(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = attrs.evolve(PAPER.report, text="The Desert Lions stormed Wad Madani on Saturday.", language="en")

    def read() -> set[str]:
        reading = build(Settings(db=Path(db))).rooms.read(report)
        return {name for mention in reading.actors for name in mention.actors}

    assert RSF not in read()
    decided = said(db, capsys, "alias", "Desert Lions", "RSF", *BY_EDITOR)
    assert RSF in read()
    said(db, capsys, "undo", decided.split()[1], *BY_EDITOR)
    assert RSF not in read()


def test_history_of_the_place_tells_the_decisions(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = event_ids(db, capsys)
    said(db, capsys, "accept", first, *BY_EDITOR)
    rows = said(db, capsys, "history", "gn:364103", "--format", "jsonl")
    (row,) = [r for r in map(json.loads, rows.splitlines()) if r["kind"] == "decision"]
    assert (row["what"], row["said_by"], row["quote"]) == ("DECISION accept", ["A. Editor"], BY_EDITOR[3])


def test_decisions_about_what_is_not_there_are_refused(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (first, _) = event_ids(db, capsys)
    for typed, word in (
        (["merge", first, "e-none"], "no event has the id 'e-none'"),
        (["merge", first, first], "two different events"),
        (["split", first, "c-none"], "claim c-none is not of event"),
        (["discount", "nothing"], "no event has the id 'nothing'"),
        (["undo", "d-none"], "no decision has the id 'd-none'"),
    ):
        assert run([*typed, *BY_EDITOR, "--db", db]) == 2
        assert word in capsys.readouterr().err
    assert run(["accept", first, "--author", "A. Editor", "--reason", " ", "--db", db]) == 2
    assert "a decision needs a reason" in capsys.readouterr().err


def test_origins_of_an_event_tell_who_carried_what_and_why_it_has_its_grade(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    events = event_ids(db, capsys)
    shown = next(text for e in events if "2 independent" in (text := said(db, capsys, "show", e, "--origins")))
    for words in (
        "Nile Courier (outlet)",
        "Radio Gezira (outlet)",
        PAPER.id,
        RADIO.id,
        "Grade: confirmed: 2 independent",
    ):
        assert words in shown
    event = shown.split()[1].rstrip(":")
    record = json.loads(said(db, capsys, "show", event, "--origins", "--format", "json"))
    assert [n["kind"] for n in record["nodes"]] == ["outlet", "outlet"]
    assert {c["id"]: c["origin"] for c in record["claims"]} == {PAPER.id: "Nile Courier", RADIO.id: "Radio Gezira"}


def test_origins_of_a_claim_are_refused(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", PAPER.id, "--origins", "--db", db]) == 2
    assert "is of an event" in capsys.readouterr().err


def test_events_that_are_no_campaign_say_so(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "--episodes", "--db", db]) == 0
    assert "none of these events belongs to a campaign" in "".join(capsys.readouterr())


def test_a_discounted_claim_holds_no_place_until_that_is_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, item = SqliteLedger(tmp_path / "w.db"), received()
    held, _ = claims_of(item.report)
    ledger.append(item, [held], note="coded", recorded_at=moment(11))
    ledger.close()
    db = str(tmp_path / "w.db")
    control = ("control", "--on", str(DAY), "--format", "jsonl")
    assert said(db, capsys, *control)
    told = said(db, capsys, "discount", claim_id(held), *BY_EDITOR)
    assert not said(db, capsys, *control)
    said(db, capsys, "undo", told.split()[1].rstrip(":;,"), *BY_EDITOR)
    assert said(db, capsys, *control)
