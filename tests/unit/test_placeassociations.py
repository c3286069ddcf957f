"""Associative toponyms: peoples and bodies point to places that no claim is placed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.tables.places import load_place_cues
from warledger.domain.mention import ToponymMention
from warledger.domain.placecues import PlaceCues
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import find_all_toponyms, find_toponyms
from warledger.settings import Settings

FOLDER = Settings().data / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "world.sqlite").exists(), reason="world.sqlite is not built")
Reader = Callable[[str], list[ToponymMention]]


@pytest.fixture(scope="module")
def gazetteer() -> GeoNamesGazetteer:
    return GeoNamesGazetteer(FOLDER)


@pytest.fixture(scope="module")
def cues() -> Mapping[str, PlaceCues]:
    return load_place_cues()


@pytest.fixture
def read(gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]) -> Reader:
    def reader(text: str) -> list[ToponymMention]:
        return list(find_all_toponyms(text, split_sentences(text), gazetteer, cues))

    return reader


def pointed(mentions: list[ToponymMention]) -> list[tuple[str, str]]:
    """The words and the place that each points to."""
    return [(m.span.text, m.entry.name) for m in mentions if m.entry is not None]


def test_a_people_points_to_its_country(read: Reader) -> None:
    found = read("Syrian troops met the Lebanese at noon.")
    assert pointed(found) == [("Syrian", "Syria"), ("Lebanese", "Lebanon")]


@pytest.mark.parametrize("movement", ["Hamas", "Taliban", "Hezbollah"])
def test_a_movement_is_no_people(read: Reader, movement: str) -> None:
    assert read(f"The {movement} denied it.") == []


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("The Ohio Historical Society met.", "Ohio", "Ohio"),
        ("She plays for the Iceland Women Orchestra.", "Iceland", "Iceland"),
        ("In Beirut a nurse of the Beirut Relief Committee wept.", "Beirut", "Beirut"),
    ],
)
def test_a_body_points_to_the_place_in_its_name(read: Reader, text: str, words: str, place: str) -> None:
    assert (words, place) in pointed(read(text))


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("South Sudanese soldiers deserted.", "South Sudanese", "South Sudan"),
        ("Two Latvians and some Canadians were freed.", "Latvians", "Latvia"),
        ("Most Texans stayed at home.", "Texans", "Texas"),
        ("A Chechen fighter was shot.", "Chechen", "Chechnya"),
        ("Egyptian-Israeli talks failed.", "Israeli", "Israel"),
        ("The Nairobi-based charity left.", "Nairobi", "Nairobi"),
        ("A boat sank off coastal S.C. after noon.", "S.C", "South Carolina"),
        ("The crew came from Quuxville, Okla. by train.", "Okla", "Oklahoma"),
    ],
)
def test_peoples_short_forms_and_hyphened_names_point_to_places(
    read: Reader, text: str, words: str, place: str
) -> None:
    assert (words, place) in pointed(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Doctor Jane French was not at home.",
        "Kremlin-backed fighters left.",
        "African-American voters stayed.",
        "The fire began on Wichita Street.",
        "John-Paul Tremblett sang.",
    ],
)
def test_surnames_movements_streets_and_first_names_point_nowhere(read: Reader, text: str) -> None:
    assert read(text) == []


def test_no_claim_is_placed_at_what_is_only_pointed_to(
    gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]
) -> None:
    text = "Syrian troops met the Ohio Historical Society."
    assert find_toponyms(text, split_sentences(text), gazetteer, cues) == ()


def test_a_person_named_as_a_town_points_nowhere(read: Reader) -> None:
    assert read("Austin Brumfeld and Paris Delacourt sang.") == []


def test_an_unknown_village_is_left_out(read: Reader) -> None:
    assert read("They burned the village of Qelwandixi.") == []


def test_a_doubtful_town_is_a_candidate_and_no_answer(
    read: Reader, gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]
) -> None:
    text = "In Ohio the storm missed Toledo and Lodi altogether. Lodi smiled."
    literal = {m.name for m in find_toponyms(text, split_sentences(text), gazetteer, cues)}
    assert {m.name for m in read(text)} < literal


def test_mentions_do_not_overlap(read: Reader) -> None:
    found = read("The South Sudanese army and Sudan Rescue Committee left Juba in South Sudan for Russian-held Sudan.")
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
