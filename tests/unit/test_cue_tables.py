"""Schema of the tables of times and numbers: every class is one that the readers know, every value one they can use."""

import pytest

from warledger.adapters.tables.by_language import CUES, LANGUAGES
from warledger.adapters.tables.dates import load_dates, pairs
from warledger.adapters.tables.numbers import load_numbers
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.cues import fold
from warledger.read import calendar_units, numbers, time_rules

DATE_KEYS = {*time_rules.TAGS, "cased", "prefixes", "filler", "nothing"} - {"number"}
NUMBER_KEYS = {*numbers.TAGS, "words", "separators", "prefixes", "among"} - {"ones", "tens", "hundreds"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_times_has_known_classes_and_every_month_and_weekday(language: str) -> None:
    table = read_table(CUES / f"dates.{language}.yaml")
    assert set(table) <= DATE_KEYS
    assert {value for value, _ in pairs(table["month"])} == {str(n) for n in range(1, 13)}
    assert {value for value, _ in pairs(table["weekday"])} == {str(n) for n in range(7)}
    assert {value for value, _ in pairs(table["unit"])} <= {*calendar_units.PRECISION, "hour", "minute", "night", "24h"}
    assert {value for value, _ in pairs(table["season"])} <= {"SP", "SU", "FA", "WI"}
    assert {value for value, _ in pairs(table["day_word"])} <= {"-2", "-1", "0", "1", "2"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_numbers_has_known_classes_and_whole_numbers(language: str) -> None:
    table = read_table(CUES / f"numbers.{language}.yaml")
    assert set(table) <= NUMBER_KEYS
    for kind in ("words", "multiplier", "vague", "one", "hundred"):
        assert all(value.isdigit() for value, _ in pairs(table.get(kind, {})))


@pytest.mark.parametrize("name", [f"{n}.{code}.yaml" for n in ("dates", "numbers") for code in LANGUAGES])
def test_a_table_begins_with_its_licence(name: str) -> None:
    assert "licence: Apache-2.0" in (CUES / name).read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_is_found_by_its_folded_first_word(language: str) -> None:
    for lexicon in (load_dates()[language], load_numbers()[language]):
        assert all(first == fold(first) and first for first in lexicon.cues)
