import csv
from datetime import date
from pathlib import Path

import pytest

import warledger
from warledger.adapters.tables.actors import HEAD_KINDS, load_actor_names
from warledger.adapters.tables.known_names import load_known_names
from warledger.domain.naming import ActorNames
from warledger.read.actors import find_actors
from warledger.read.sentences import split_sentences

DATA = Path(warledger.__file__).parent / "data"
LANGUAGES = {"en", "fr", "es", "ru", "uk", "ar", "tr"}


@pytest.fixture(scope="module")
def names() -> ActorNames:
    return load_actor_names(DATA)


def rows(name: str) -> list[list[str]]:
    lines = (DATA / "actors" / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#") and "Licence:" in lines[0]
    return list(csv.reader([line for line in lines if not line.startswith("#")], delimiter="\t"))[1:]


def read(
    text: str, names: ActorNames, *, country: str | None = None, language: str = "en", year: int = 2024
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    sentences = split_sentences(text)
    found = find_actors(text, sentences, names, published=date(year, 11, 30), country=country, language=language)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in found)
    return {m.span.text: (m.actors, m.alternatives) for m in found}


@pytest.mark.parametrize(
    ("country", "text", "words", "actor"),
    [
        ("SY", "Turkish-backed factions shelled the bridge.", "Turkish-backed factions", "Syrian National Army"),
        ("SY", "Kurdish-led forces kept the dam.", "Kurdish-led forces", "Syrian Democratic Forces"),
        ("YE", "Iran-backed rebels mined the road.", "Iran-backed rebels", "Houthis"),
        ("YE", "Iranian-backed forces mined the road.", "Iranian-backed forces", "Houthis"),
        ("SY", "Iranian-backed forces mined the road.", "Iranian-backed forces", "Iran-backed militias"),
        ("SY", "The YPG watched as anti-regime groups took the hill.", "anti-regime groups", "Syrian opposition"),
        ("CD", "Rwanda-backed rebels entered the port.", "Rwanda-backed rebels", "March 23 Movement"),
    ],
)
def test_a_description_is_the_one_group_it_fits_in_that_country(
    names: ActorNames, country: str, text: str, words: str, actor: str
) -> None:
    assert read(text, names, country=country)[words][0] == (actor,)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Rwanda and Russia have sent men. The government accused three militias.", "the Central African Republic"),
        (
            "Chadian troops crossed over. They left again. It rained. The government was silent.",
            "the Central African Republic",
        ),
        ("Chadian troops crossed over. The government called it a pursuit.", "Chad"),
    ],
)
def test_a_government_is_that_of_the_state_spoken_of_just_before_or_of_the_country(
    names: ActorNames, text: str, state: str
) -> None:
    best, _ = read(text, names, country="CF")["government"]
    assert best == (f"Government of {state}",)


def test_a_description_fits_no_group_before_its_years(names: ActorNames) -> None:
    found = read("Turkish-backed rebels shelled the bridge.", names, country="SY", year=2012)
    assert all("Syrian National Army" not in best for best, _ in found.values())


def test_a_description_of_another_country_keeps_its_plain_meaning(names: ActorNames) -> None:
    found = read("Iran-backed rebels mined the road.", names, country="IQ")
    assert found["Iran-backed rebels"][0] == ("Rebels (Iraq)",)


def test_peacekeepers_are_the_mission_of_the_country_in_that_year(names: ActorNames) -> None:
    text = "Two UN peacekeepers were hurt."
    assert read(text, names, country="CF")["UN peacekeepers"][0] == ("MINUSCA",)
    assert read(text, names, country="ML", year=2020)["UN peacekeepers"][0] == ("MINUSMA",)
    assert read(text, names, country="ML", year=2025)["UN peacekeepers"][0] == ("United Nations",)


def test_the_actor_before_a_hyphen_is_found(names: ActorNames) -> None:
    found = read("Drones hit an RSF-held depot and a rebel-held village.", names, country="SD")
    assert found["RSF"][0] == ("Rapid Support Forces",)
    assert "Rapid Support Forces" in found["rebel"][0]


def test_a_hyphen_before_any_other_word_makes_no_actor(names: ActorNames) -> None:
    assert "army" not in read("They wore army-green coats.", names, country="SD")


@pytest.mark.parametrize(
    ("language", "text", "words", "actor"),
    [
        ("ar", "أعلنت إسرائيل وقف العملية.", "إسرائيل", "Government of Israel"),
        ("ar", "وقال البيان إن لروسيا دورا في الاتفاق.", "لروسيا", "Government of Russia"),
        ("uk", "Росією підписано угоду.", "Росією", "Government of Russia"),
        ("ru", "В Анкаре осудили удар.", "Анкаре", "Government of Turkey"),
        ("ru", "Южный Судан закрыл границу.", "Южный Судан", "Government of South Sudan"),
        ("fr", "Le Tchad ferme sa frontière.", "Tchad", "Government of Chad"),
        ("es", "Rusia negó el ataque.", "Rusia", "Government of Russia"),
        ("tr", "Ermenistan'ın açıklaması kısaydı.", "Ermenistan'ın", "Government of Armenia"),
    ],
)
def test_states_and_seats_are_known_by_each_languages_own_name(
    names: ActorNames, language: str, text: str, words: str, actor: str
) -> None:
    best, others = read(text, names, language=language)[words]
    assert actor in (*best, *others)


def test_the_enemy_of_ukrainian_reports_is_russia(names: ActorNames) -> None:
    found = read("Ворог обстріляв село.", names, country="UA", language="uk")
    assert found["Ворог"][0][0] == "Military Forces of Russia"


def test_armed_forces_named_with_a_state_are_that_states_in_a_report_about_another(names: ActorNames) -> None:
    text = "Russian jets flew over Moscow. The Ukrainian armed forces lost a tank, Russian officials said."
    best, _ = read(text, names, country="RU")["Ukrainian armed forces"]
    assert best == ("Military Forces of Ukraine",)


def test_a_turkish_ending_does_not_hide_an_acronym(names: ActorNames) -> None:
    found = read("SDG'nin açıklaması dün geldi.", names, country="SY", language="tr")
    assert found["SDG'nin"][0] == ("Syrian Democratic Forces",)


def test_an_agency_whose_acronym_is_a_word_counts_in_capitals(names: ActorNames) -> None:
    assert read("SANA reported the blast.", names, country="SY")["SANA"][0] == ("SANA",)
    assert "who" not in read("It is unclear who fired.", names)


def test_people_may_be_protesters_where_a_report_tells_of_a_protest(names: ActorNames) -> None:
    told = read("Protesters filled the square. Four people were shot.", names, country="IQ")
    assert told["people"][0] == ("Civilians (Iraq)",)
    assert "Protesters" in told["people"][1]
    assert "Protesters" not in read("Four people were shot.", names, country="IQ")["people"][1]


def test_residents_may_be_the_source_and_not_the_victims(names: ActorNames) -> None:
    assert "residents" in read("The shop burned, residents said.", names, country="SD")["residents"][1]


def test_aircraft_without_a_nationality_may_be_the_groups(names: ActorNames) -> None:
    found = read("The LNA advanced. Helicopters then struck a camp.", names, country="LY")
    assert found["Helicopters"][0] == ("Military Forces of Libya",)
    assert "Libyan National Army" in found["Helicopters"][1]


def test_states_abroad_are_known_states_with_one_row_each(names: ActorNames) -> None:
    codes = [row[0] for row in rows("abroad.tsv")]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(names.states)
    assert all(len(row) == 7 for row in rows("abroad.tsv"))


def test_no_name_abroad_belongs_to_two_states() -> None:
    for column in range(1, 7):
        owners: dict[str, set[str]] = {}
        for row in rows("abroad.tsv"):
            for form in filter(None, row[column].split("|")):
                owners.setdefault(form.casefold(), set()).add(row[0])
        assert {form: who for form, who in owners.items() if len(who) > 1} == {}


def test_descriptions_fit_known_actors_kinds_and_countries(names: ActorNames) -> None:
    known = set(load_known_names(DATA).values()) | set(names.actors)
    for language, country, start, end, kind, actor, phrases in rows("descriptions.tsv"):
        assert language in LANGUAGES
        assert country == "*" or country in names.states
        assert kind in HEAD_KINDS
        assert actor in known
        assert phrases
        assert not start or not end or int(start) <= int(end)
