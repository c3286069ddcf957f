"""Words of the brief: names with and without articles, figures with their bounds, days, templates."""

from datetime import date
from pathlib import Path

import pytest

from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.claim import Figure
from warledger.domain.codes import Harm
from warledger.domain.phrases import Phrases
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.notes import marks
from warledger.tell.templates import fill, printable, sentence_case


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return load_phrases(Path(__file__).parents[2] / "src/warledger/data/tell/phrases.yaml")


@pytest.fixture(scope="module")
def naming(phrases: Phrases) -> Naming:
    return Naming(phrases=phrases, known=frozenset({"Khalifa Haftar", "Reuters"}))


@pytest.fixture(scope="module")
def measures(phrases: Phrases) -> Measures:
    return Measures(phrases=phrases, year=2024)


def _place(name: str, precision: PlacePrecision, entry: str | None = None, admin1: str | None = None) -> Place:
    found = None
    if entry is not None:
        found = GazetteerEntry(
            key="gn:7",
            geonames_id=7,
            name=entry,
            latitude=1,
            longitude=2,
            feature_code="PPL",
            country="ML",
            admin1=admin1,
        )
    return Place(name=name, entry=found, precision=precision)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Military Forces of Mali", "Mali's military"),
        ("Military Forces of the United States", "the United States' military"),
        ("Government of Democratic Republic of Congo", "the Democratic Republic of Congo's government"),
        ("Civilians (Sudan)", "civilians"),
        ("Druze militias (Syria)", "Druze militias"),
        ("Rapid Support Forces", "the Rapid Support Forces"),
        ("United Nations", "the United Nations"),
        ("Hezbollah", "Hezbollah"),
        ("Khalifa Haftar", "Khalifa Haftar"),
        ("Amina Diallo", "a named individual"),
        ("Gao Youth Council", "the Gao Youth Council"),
    ],
)
def test_a_canonical_name_is_put_in_prose(naming, name, said):
    assert naming.actor(name) == said


def test_a_side_to_the_war_is_named_though_no_table_knows_it(naming):
    assert naming.parties(["Jabal Hawks", "Military Forces of Mali"]).text == "Jabal Hawks and Mali's military"


def test_a_private_name_is_withheld_from_a_quotation_whole_and_by_its_last_word(naming):
    told = naming.withhold("Amina Diallo saw it. Diallo fled.", ["Amina Diallo"])
    assert told == "[name withheld] saw it. [name withheld] fled."
    assert naming.withhold("Khalifa Haftar spoke.", ["Khalifa Haftar"]) == "Khalifa Haftar spoke."


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (_place("Gao", PlacePrecision.EXACT), "in Gao"),
        (_place("Gao", PlacePrecision.NEAR), "near Gao"),
        (_place("near Gao", PlacePrecision.NEAR), "near Gao"),
        (_place("Gao airport", PlacePrecision.EXACT), "at Gao airport"),
        (_place("northern Mali", PlacePrecision.NEAR), "in northern Mali"),
        (_place("countryside of Gao", PlacePrecision.REGION), "in the countryside of Gao"),
        (_place("غاو", PlacePrecision.EXACT, entry="Gao"), "in Gao"),
        (_place("Gao", PlacePrecision.EXACT, entry="Gāo"), "in Gao"),
        (_place("prefecture, Gao", PlacePrecision.EXACT), "in prefecture (Gao)"),
    ],
)
def test_a_place_gets_its_preposition(naming, place, said):
    assert naming.at(place) == said


def test_where_forces_move_is_told_by_division_only(naming):
    told = naming.coarse(_place("Gao", PlacePrecision.EXACT, entry="Gao", admin1="Gao"))
    assert naming.at(told) == "in Gao province"
    assert naming.coarse(_place("Gao", PlacePrecision.EXACT)) is None
    assert naming.coarse(_place("Gao", PlacePrecision.EXACT, entry="Gao")) is None


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([(23, 23, "total")], "23 people killed"),
        ([(1, 1, "civilians")], "1 civilian killed"),
        ([(300, None, "total")], "at least 300 people killed"),
        ([(None, 40, "soldiers")], "up to 40 soldiers killed"),
        ([(12, 20, "total")], "between 12 and 20 people killed"),
        ([(727, 727, "total"), (111, 111, "civilians")], "727 people (111 civilians) killed"),
        ([(5, 5, "fighters"), (3, 3, "soldiers")], "5 fighters and 3 soldiers killed"),
        ([(None, None, "total")], ""),
        ([(1200, None, "total")], "at least 1,200 people killed"),
    ],
)
def test_figures_keep_their_bounds(measures, figures, said):
    assert measures.figures([Figure(harm=Harm.KILLED, min=a, max=b, of=c) for a, b, c in figures]) == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2024-11-30", "2024-11-30", "day", "on 30 November"),
        ("2024-11-27", "2024-11-30", "week", "between 27 and 30 November"),
        ("2024-11-27", "2024-12-02", "week", "between 27 November and 2 December"),
        ("2023-12-30", "2024-01-02", "week", "between 30 December 2023 and 2 January 2024"),
        (None, "2024-12-05", "open", "by 5 December"),
        ("2024-11-27", None, "open", "since 27 November"),
        ("2020-03-01", "2020-03-31", "month", "in March 2020"),
        ("2020-12-01", "2020-12-31", "month", "in December 2020"),
        ("2016-01-01", "2016-12-31", "year", "in 2016"),
        (None, None, "open", ""),
    ],
)
def test_days_are_put_in_words(measures, start, end, precision, said):
    interval = Interval(
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        precision=TimePrecision(precision),
    )
    assert measures.when(interval) == said


def test_a_bracketed_part_goes_with_its_empty_field():
    assert fill("took {places}[ from {target}]", places="Gao", target="") == "took Gao"
    assert fill("took {places}[ from {target}]", places="Gao", target="rebels") == "took Gao from rebels"
    assert fill("attacked {target|people}", target="") == "attacked people"
    with pytest.raises(KeyError):
        fill("took {places}", places="")


def test_a_sentence_begins_with_a_capital_and_ends_once():
    assert sentence_case("the army left") == "The army left."
    assert sentence_case("he said: “we left.”") == "He said: “we left.”"


def test_what_steers_a_terminal_is_taken_out():
    assert printable("a\x1b[31m red\u202e line\n") == "a [31m red line"


def test_four_citations_in_a_row_become_a_range():
    assert marks([1, 2, 3, 4, 7, 8]) == "[1]–[4][7][8]"
