"""Further readings of places: what else a claim could be placed at than the places named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.tables.places import load_place_cues
from warledger.domain.mention import ToponymMention
from warledger.domain.placecues import PlaceCues
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import read_candidates
from warledger.settings import Settings

FOLDER = Settings().data / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "world.sqlite").exists(), reason="world.sqlite is not built")
Reader = Callable[..., list[ToponymMention]]


@pytest.fixture(scope="module")
def cues() -> Mapping[str, PlaceCues]:
    return load_place_cues()


@pytest.fixture(scope="module")
def read(cues: Mapping[str, PlaceCues]) -> Reader:
    gazetteer = GeoNamesGazetteer(FOLDER)

    def reader(text: str, language: str = "en") -> list[ToponymMention]:
        return list(read_candidates(text, split_sentences(text), gazetteer, cues, language=language)[1])

    return reader


def told(mentions: list[ToponymMention]) -> set[tuple[str, str, str]]:
    """Name, precision and feature of each mention; an empty feature where it is only named."""
    return {(m.name, str(m.precision), m.entry.feature_code if m.entry else "") for m in mentions}


@pytest.mark.parametrize("city", ["Idlib", "Homs", "Hama", "Aleppo", "Deir ez-Zor"])
def test_a_bare_city_offers_its_governorate_too(read: Reader, city: str) -> None:
    found = told(read(f"Government troops in Syria shelled {city} at dawn."))
    assert {(n, p) for n, p, _ in found} >= {(city, "exact"), (city, "region")}


def test_a_named_governorate_offers_no_city(read: Reader) -> None:
    found = read("Government troops in Syria shelled Idlib governorate at dawn.")
    assert not [m for m in found if m.precision == "exact"]


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("The government held talks with Syrian rebels.", "Syria"),
        ("The army of Sudan withdrew.", "Sudan"),
        ("Kyiv lost forty servicemen on Monday.", "Ukraine"),
        ("Shells fell in the south-east of the Central African Republic.", "Central African Republic"),
    ],
)
def test_a_people_or_a_capital_says_its_country(read: Reader, text: str, land: str) -> None:
    assert (land, "country", "PCLI") in told(read(text))


@pytest.mark.parametrize(
    ("text", "language", "town"),
    [
        ("Protesters blocked bridges in the Sudanese capital on Monday.", "en", "Khartoum"),
        ("The M23 took Goma in eastern Congo. Diplomats met in the capital.", "en", "Kinshasa"),
        ("هزت انفجارات العاصمة السودانية فجر الأحد.", "ar", "Khartoum"),
        ("Взрывы прогремели в сирийской столице.", "ru", "Damascus"),
        ("Des tirs ont éclaté dans la capitale haïtienne.", "fr", "Port-au-Prince"),
        ("Suriye'de gece başkentte patlama oldu.", "tr", "Damascus"),
    ],
)
def test_the_capital_is_that_of_the_people_beside_it_or_of_the_country(
    read: Reader, text: str, language: str, town: str
) -> None:
    assert [m.name for m in read(text, language=language) if m.rule == "capital"] == [town]


@pytest.mark.parametrize(
    "text",
    [
        "In Sudan, fighting reached Sinja, the capital of Sennar State.",
        "In Afghanistan a third provincial capital fell.",
        "Marib, in Yemen, is the capital; investors moved capital abroad.",
    ],
)
def test_the_capital_of_a_province_and_money_are_no_capital(read: Reader, text: str) -> None:
    assert not [m for m in read(text) if m.rule == "capital"]


def test_a_country_named_elsewhere_is_not_read_from_its_people_again(read: Reader) -> None:
    found = read("Jordan closed a crossing. Later a Jordanian patrol and a Syrian patrol met; Syria agreed.")
    assert [m.name for m in found if m.rule == "people" and m.entry and m.entry.country == "JO"] == []


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("A convoy burned between Gao and Ansongo in Mali.", "between Gao and Ansongo", "near"),
        ("Tanks wait on the eastern bank of the Euphrates.", "eastern bank of the Euphrates", "region"),
        ("Clashes broke out west of the Euphrates.", "west of the Euphrates", "region"),
        ("Smugglers died at the Jordanian border.", "Jordanian border", "region"),
        ("Mortars were fired across the Thailand-Cambodia border.", "Thailand-Cambodia border", "region"),
        ("In Kenya, gunmen roam the north-west.", "north-west", "region"),
    ],
)
def test_a_phrase_may_be_a_place(read: Reader, text: str, name: str, precision: str) -> None:
    assert (name, precision, "") in told(read(text))


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("In Nigeria, gunmen roam the north-west.", "en", "northwestern Nigeria"),
        ("Mali's army says its camps in the country's north were shelled.", "en", "northern Mali"),
        ("Malian troops left their camps in the north of the country.", "en", "northern Mali"),
        ("Les combats ont repris en RDC : dans l'est du pays, des villages brûlent.", "fr", "eastern Congo"),
        ("قصفت الطائرات مواقع في سوريا، في شمال غرب البلاد.", "ar", "northwestern Syria"),
        ("Украина сообщает об обстрелах на востоке страны.", "ru", "eastern Ukraine"),
        ("Suriye ordusu ülkenin kuzeybatısında ilerliyor.", "tr", "northwestern Syria"),
    ],
)
def test_a_quarter_is_that_of_the_country_that_the_report_is_about(
    read: Reader, text: str, language: str, place: str
) -> None:
    assert [m.name for m in read(text, language=language) if m.rule == "quarter"] == [place]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Clashes went on in Mali's north.", "Mali's north"),
        ("en", "Convoys crossed northern areas of Mali.", "northern areas of Mali"),
        ("en", "Drones flew over Mali's northern desert.", "Mali's northern desert"),
        ("es", "Combates en el norte de Malí.", "norte de Malí"),
        ("ru", "Бои идут на севере Мали.", "севере Мали"),
        ("tr", "Mali'nin kuzeyinde çatışmalar sürüyor.", "Mali'nin kuzeyinde"),
    ],
)
def test_a_quarter_of_a_country_is_not_its_middle(read: Reader, language: str, text: str, words: str) -> None:
    found = {m.span.text: m.name for m in read(text, language=language) if m.rule == "quarter"}
    assert found == {words: "northern Mali"}


@pytest.mark.parametrize("text", ["Sudan's western Darfur burns.", "Guards left Syria's northern border."])
def test_a_direction_that_belongs_to_another_word_is_no_quarter(read: Reader, text: str) -> None:
    assert not [m for m in read(text) if m.rule == "quarter"]


@pytest.mark.parametrize(
    "text",
    [
        "In Mali, troops crossed to the north bank.",
        "In Mali, troops took the hills to the north of Kidal.",
        "In Mali, the North Mali Post wrote of it.",
    ],
)
def test_the_north_of_something_else_is_no_quarter_of_the_country(read: Reader, text: str) -> None:
    assert not [m for m in read(text) if m.rule == "quarter"]


def test_border_guards_are_no_place(read: Reader) -> None:
    assert "Polish border" not in {m.name for m in read("Polish border guards fired into the air.")}


def test_a_report_is_about_the_country_that_it_begins_in(cues: Mapping[str, PlaceCues]) -> None:
    lead = "Shells hit Kobani before dawn. Fighters left Manbij and Raqqa by night."
    rest = "In Ankara a spokesman denied it. Turkey shut the crossing; Turkish tanks waited at Suruc and Gaziantep."
    gazetteer = GeoNamesGazetteer(FOLDER)
    for text, country in ((f"{lead} {rest}", "SY"), (f"{rest} {lead}", "TR")):
        assert read_candidates(text, split_sentences(text), gazetteer, cues, language="en")[0] == country
