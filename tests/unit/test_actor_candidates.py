from datetime import date
from pathlib import Path

import pytest

import warledger
from warledger.adapters.tables.actors import load_actor_names
from warledger.domain.naming import ActorNames
from warledger.read.actors import find_actors
from warledger.read.sentences import split_sentences

DATA = Path(warledger.__file__).parent / "data"


@pytest.fixture(scope="module")
def names() -> ActorNames:
    return load_actor_names(DATA)


def offered(
    text: str, names: ActorNames, *, country: str | None = None, language: str = "en", year: int = 2024
) -> dict[str, tuple[str, ...]]:
    found = find_actors(
        text, split_sentences(text), names, published=date(year, 11, 30), country=country, language=language
    )
    return {m.span.text: (*m.actors, *m.alternatives) for m in found}


def test_a_name_may_begin_with_a_small_article(names: ActorNames) -> None:
    found = offered("By noon al-Shabaab had left the village.", names, country="SO")
    assert found["al-Shabaab"] == ("Al-Shabaab",)


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("A denial came from Washington.", "Washington", "Government of the United States"),
        ("Congolese soldiers dug in.", "Congolese soldiers", "Military Forces of Democratic Republic of Congo"),
        ("British jets took part.", "British jets", "Military Forces of the United Kingdom"),
        ("Manila refused.", "Manila", "Government of Philippines"),
    ],
)
def test_a_state_is_written_in_one_way(names: ActorNames, text: str, words: str, first: str) -> None:
    assert offered(text, names)[words][0] == first


def test_civilians_of_a_state_stand_without_the_article(names: ActorNames) -> None:
    assert offered("Residents fled.", names, country="CF")["Residents"][0] == "Civilians (Central African Republic)"


def test_every_state_actor_that_a_name_leads_to_is_an_entry(names: ActorNames) -> None:
    led_to = {owner.actor for owners in names.names.values() for owner in owners}
    unlisted = {f"Military Forces of {place}" for place in ("Artsakh", "Nagorno-Karabakh")}
    forces = {name for name in led_to if name.startswith(("Military Forces of ", "Police Forces of "))}
    assert forces - names.actors.keys() <= unlisted


def test_a_people_behind_the_article_is_first_its_army(names: ActorNames) -> None:
    found = offered("The road, he said, the Russians had not blocked.", names, country="UA")
    assert found["Russians"][:2] == ("Military Forces of Russia", "Government of Russia")


def test_a_people_without_the_article_is_first_its_civilians(names: ActorNames) -> None:
    found = offered("Two Palestinians were hit in the street.", names, country="PS")
    assert found["Palestinians"][0] == "Civilians (Palestine)"


def test_rebels_keep_the_name_of_their_side_however_many_groups_are_named(names: ActorNames) -> None:
    found = offered(
        "HTS, Ahrar al-Sham, Jaish al-Islam, the SNA and the SDF met. Later the rebels split.", names, country="SY"
    )
    assert {"Syrian Democratic Forces", "Syrian opposition", "Rebels (Syria)"} <= set(found["rebels"])


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Factions loyal to Ankara took the hill.", "Factions loyal to Ankara"),
        ("en", "Pro-Turkey militias took the hill.", "Pro-Turkey militias"),
        ("en", "Groups backed by Turkey took the hill.", "Groups backed by Turkey"),
        ("ar", "سيطرت فصائل موالية لأنقرة على التل.", "فصائل موالية لأنقرة"),
        ("fr", "Des factions soutenues par la Turquie ont pris la colline.", "factions soutenues par la Turquie"),
        ("ru", "Протурецкие формирования заняли высоту.", "Протурецкие формирования"),
    ],
)
def test_those_whom_a_state_backs_are_not_that_state(names: ActorNames, language: str, text: str, words: str) -> None:
    assert offered(text, names, country="SY", language=language)[words][0] == "Syrian National Army"


def test_the_state_behind_a_group_stays_an_alternative(names: ActorNames) -> None:
    found = offered("The Iran-backed group fired again.", names, country="YE")
    assert found["Iran-backed group"][:2] == ("Houthis", "Government of Iran")


@pytest.mark.parametrize(
    ("language", "text", "words", "said"),
    [
        ("fr", "Selon des sources sécuritaires, le pont a sauté.", "sources sécuritaires", "security sources"),
        ("ar", "وقال مصدر عسكري إن الجسر دُمر.", "مصدر عسكري", "military source"),
        ("tr", "Yerel kaynaklar köprünün yıkıldığını söyledi.", "Yerel kaynaklar", "local sources"),
    ],
)
def test_an_unnamed_source_of_another_language_has_its_english_name(
    names: ActorNames, language: str, text: str, words: str, said: str
) -> None:
    assert offered(text, names, language=language)[words][0] == said


def test_militias_beside_the_government_are_their_own_actor(names: ActorNames) -> None:
    found = offered("Pro-government militias burned the fields.", names, country="SD")
    assert found["Pro-government militias"][0] == "Pro-government militias (Sudan)"


def test_forces_may_be_their_government_and_a_government_its_forces(names: ActorNames) -> None:
    found = offered("Rwandan troops crossed the river; the Ugandan government protested.", names)
    assert "Government of Rwanda" in found["Rwandan troops"]
    assert "Military Forces of Uganda" in found["Ugandan government"]


def test_rebels_are_no_group_on_the_states_side(names: ActorNames) -> None:
    text = "Jaish al-Islam shelled a checkpoint. Hezbollah sent men to the army. At night the insurgents came back."
    assert offered(text, names, country="SY")["insurgents"][0] == "Jaish al-Islam"


def test_where_no_other_group_is_named_the_last_one_is_meant(names: ActorNames) -> None:
    text = "Hezbollah sent men to the border. The militants came back at night."
    assert offered(text, names, country="SY")["militants"][0] == "Hezbollah"
