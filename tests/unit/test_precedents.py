"""Precedents that sentences claim, in sentences of our own."""

import re
from datetime import date

import pytest

from warledger.adapters.tables.dates import CUES as FOLDER
from warledger.adapters.tables.dates import LANGUAGES, load_dates, read_table
from warledger.adapters.tables.precedents import load_precedents
from warledger.coding.precedents import find_precedents
from warledger.domain.codes import Rank
from warledger.domain.span import Span
from warledger.read.dates import find_times

DATES, CUES = load_dates(), load_precedents()


def claimed(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    times = find_times(text, date(2024, 11, 30), language, DATES)
    found = find_precedents(Span.of(text, 0, len(text)), CUES, language=language, times=times)
    assert all(text[s.start : s.end] == s.text for s, _ in found)
    return [(str(p.rank), p.since) for _, p in found]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Rebels entered the port for the first time since 2016.", ("first", "2016")),
        ("It was the first such attack since March 2020.", ("first", "2020-03")),
        ("Sunday was the deadliest day since October 7.", ("deadliest", "2024-10-07")),
        ("They began their largest offensive in years.", ("largest", None)),
        ("It is the second since fighting resumed in 2021.", ("second", "2021")),
        ("No major attack had hit the port since 2019.", ("first", "2019")),
        ("Planes struck the camp for the first time.", ("first", None)),
    ],
)
def test_rank_and_since_are_read(text: str, want: tuple[str, str | None]) -> None:
    assert claimed(text) == [want]


@pytest.mark.parametrize("text", ["Aleppo is the largest city of the north.", "In the first days of May they left."])
def test_a_superlative_of_a_thing_is_no_precedent(text: str) -> None:
    assert claimed(text) == []


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("fr", "Les rebelles sont entrés au port pour la première fois depuis 2016.", ("first", "2016")),
        ("es", "Entraron en el puerto por primera vez desde 2016.", ("first", "2016")),
        ("ru", "Они вошли в порт впервые с 2016 года.", ("first", "2016")),
        ("uk", "Вони увійшли в порт уперше з 2016 року.", ("first", "2016")),
        ("ar", "دخلوا الميناء لأول مرة منذ عام 2016.", ("first", "2016")),
        ("tr", "Limana ilk kez girdiler.", ("first", None)),
    ],
)
def test_every_language_has_its_words(language: str, text: str, want: tuple[str, str | None]) -> None:
    assert claimed(text, language) == [want]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_names_known_ranks_and_patterns_that_compile(language: str) -> None:
    table = read_table(FOLDER / f"precedents.{language}.yaml")
    assert set(table) == {"since", "event", "ranks"}
    assert set(table["ranks"]) == {str(rank) for rank in Rank}
    assert all(re.compile(word) for word in (*table["since"], *table["event"]))
