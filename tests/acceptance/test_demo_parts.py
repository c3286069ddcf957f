"""The demonstration's tables on a ledger of gold claims: what a stranger reads, with nothing coded by the model."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold_ledger import build_ledger

from warledger.app import App
from warledger.cli import demo


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return build_ledger(tmp_path_factory.mktemp("demo") / "gold.db")


def test_six_cities_on_three_days_stand_in_one_table(app, capsys):
    demo.show_control(app)
    told = capsys.readouterr().out
    assert all(city in told for city in demo.PLACES)
    assert all(day in told for day in ("26 November", "30 November", "8 December"))
    assert "no report" in told


def test_aleppo_on_the_evening_is_told_from_what_was_known_then_and_what_is_known_now(app, capsys):
    demo.show_evening(app)
    told = capsys.readouterr().out
    assert "known that evening" in told and "known now" in told
    keys = demo.place_keys(app, "Aleppo")
    then = demo.evening_lines(app, demo.parse_moment("2024-11-29"), keys)
    now = demo.evening_lines(app, None, keys)
    assert then and now and then != now
    assert not [line for line in then if "MaltaToday" in line]  # published the day after


def test_precedents_are_told_with_what_the_record_says(app, capsys):
    demo.show_precedents(app)
    told = capsys.readouterr().out
    assert "The first since 2016" in told and "The record" in told
    assert "Charles Lister" not in told


def test_the_next_commands_name_the_kept_ledger(app, capsys):
    demo.show_next(app, Path("/somewhere/demo.db"))
    told = capsys.readouterr().out
    assert "WARLEDGER_DB=/somewhere/demo.db" in told and "warledger show e" in told
