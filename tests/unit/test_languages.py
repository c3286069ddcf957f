"""What each language can be read for is told by the tables themselves."""

from __future__ import annotations

from pathlib import Path

from warledger.adapters.tables.coverage import count_words
from warledger.cli.languages import QUESTIONS, language_rows


def test_words_of_every_table_are_counted(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text("en: {order: before, military: [army, troops]}\nfr: {military: [armée]}\n")
    (tmp_path / "dates.en.yaml").write_text("day: {1: [monday], 2: [tuesday, tues]}\n")
    assert count_words(tmp_path) == {"en": {"actors": 3, "dates": 3}, "fr": {"actors": 1}}


def test_language_without_a_table_says_what_it_cannot_tell() -> None:
    full = dict.fromkeys(QUESTIONS, 5)
    rows = {r["code"]: r for r in language_rows({"en": full, "fr": {"actors": 2}}, ["en", "fr"], {"en": "English"})}
    assert rows["en"]["lacks"] == [] and rows["en"]["language"] == "English"
    assert rows["fr"]["lacks"] == ["where", "when", "how many", "who stands with whom", "first since"]


def test_language_that_the_model_does_not_know_is_not_coded() -> None:
    rows = {r["code"]: r for r in language_rows({"de": dict.fromkeys(QUESTIONS, 1)}, ["en"], {})}
    row = rows["de"]
    assert row["coded"] == "no" and row["lacks"][0].startswith("claims")
