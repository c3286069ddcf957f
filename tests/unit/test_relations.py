"""Relations told in regular words: who stands on which side of the cue, in seven languages, and what tells none."""

from datetime import date
from itertools import pairwise

import pytest

from warledger.adapters.tables.by_language import CUES, LANGUAGES
from warledger.adapters.tables.relationcues import load_relation_cues
from warledger.adapters.tables.yaml_tables import read_table
from warledger.app import App
from warledger.coding.relations import RelationTables, find_relations
from warledger.domain.claim import RelationClaim
from warledger.domain.codes import Modality, Predicate
from warledger.domain.mention import Reading
from warledger.domain.relationcues import MOST_SLOTS, SLOTS
from warledger.domain.report import Report
from warledger.read.actors import find_actors
from warledger.read.sentences import split_sentences
from warledger.settings import Settings

APP = App(Settings())


@pytest.fixture(scope="module")
def tables() -> RelationTables:
    return APP.coding_tables.relations


def relations(
    text: str, tables: RelationTables, *, language: str = "en", country: str | None = None
) -> tuple[RelationClaim, ...]:
    published = date(2024, 12, 5)
    report = Report(id="r", published=published, text=text, sha256="", language=language)
    sentences = split_sentences(text)
    actors = find_actors(text, sentences, tables.names, published=published, country=country, language=language)
    found = find_relations(Reading(report=report, sentences=sentences, actors=actors, country=country), tables)
    assert all(text[q.start : q.end] == q.text for claim in found for q in claim.quotes)
    return found


def told(text: str, tables: RelationTables, *, language: str = "en", country: str | None = None) -> list[str]:
    found = relations(text, tables, language=language, country=country)
    return [f"{' + '.join(c.subject)} {c.predicate} {' + '.join(c.object)}" for c in found]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Iran-backed Hezbollah kept silent.", "Government of Iran supports Hezbollah"),
        ("The M23, which is armed by Rwanda, moved south.", "Government of Rwanda supports March 23 Movement"),
        ("Hezbollah, whom Iran supports, kept silent.", "Government of Iran supports Hezbollah"),
        ("Rwanda backs the M23 rebels, diplomats said.", "Government of Rwanda supports March 23 Movement"),
        ("The Amal Movement, an ally of Hezbollah, kept silent.", "Amal Movement supports Hezbollah"),
        ("The al-Qaeda-linked Al-Shabaab hit a hotel.", "Al-Shabaab part_of Al-Qaeda"),
        ("Boko Haram, which pledged allegiance to Islamic State, split.", "Boko Haram part_of Islamic State"),
        ("The Al-Qassam Brigades, the armed wing of Hamas, fired.", "Al-Qassam Brigades part_of Hamas"),
        ("Omar Dassu Ferreh, leader of Al-Shabaab, fled.", "Omar Dassu Ferreh controls_group Al-Shabaab"),
        ("Al-Shabaab leader Omar Dassu Ferreh fled.", "Omar Dassu Ferreh controls_group Al-Shabaab"),
        ("Hezbollah, at war with Israel, kept silent.", "Hezbollah opposes Government of Israel"),
        (
            "The commander of Al-Shabaab, Colonel Omar Dassu Ferreh, fled.",
            "Omar Dassu Ferreh controls_group Al-Shabaab",
        ),
        ("The M23, led by General Sultan Makenga, moved south.", "Sultani Makenga controls_group March 23 Movement"),
        ("Boko Haram, whose founder Yusuf was shot, split.", "Yusuf controls_group Boko Haram"),
        ("Omar Dassu Ferreh, head of the United Nations, spoke.", "Omar Dassu Ferreh controls_group United Nations"),
        ("Al-Shabaab, an al-Qaeda offshoot, hit a hotel.", "Al-Shabaab part_of Al-Qaeda"),
        ("Hezbollah, which answers to Iran, kept silent.", "Hezbollah part_of Government of Iran"),
        ("The M23, Rwanda's client, moved south.", "Government of Rwanda supports March 23 Movement"),
        ("The Amal Movement sided with Hezbollah.", "Amal Movement supports Hezbollah"),
        ("Hezbollah, which has the support of Iran, fired.", "Government of Iran supports Hezbollah"),
        ("The M23, which Congo accuses Rwanda of arming, fired.", "Government of Rwanda supports March 23 Movement"),
        ("Omar Dassu Ferreh, known as Kite, fled.", "Omar Dassu Ferreh same_as Kite"),
        (
            "The alliance to which the M23 belongs, the Congo River Alliance, met.",
            "March 23 Movement part_of Congo River Alliance",
        ),
        (
            "The groups of the Three Brotherhood Alliance - the Arakan Army and the MNDAA - met.",
            "Arakan Army part_of Three Brotherhood Alliance",
        ),
        (
            "The Three Brotherhood Alliance fights on. Its members are the Arakan Army and the MNDAA.",
            "Myanmar National Democratic Alliance Army part_of Three Brotherhood Alliance",
        ),
        ("MINUSCA, the UN peacekeeping force, sent trucks.", "MINUSCA part_of United Nations"),
        (
            "The head of the paramilitary Rapid Support Forces (RSF), Omar Dassu Ferreh, spoke.",
            "Omar Dassu Ferreh controls_group Rapid Support Forces",
        ),
        (
            "Farmers have taken up arms; the Fano, a militia on the army's side, dug in.",
            "Fano supports Military Forces of Ethiopia",
        ),
        (
            "The army shelled Dilling in its war with the Rapid Support Forces.",
            "Military Forces of Sudan opposes Rapid Support Forces",
        ),
        ("Rwanda says it does not back the M23.", "Government of Rwanda supports March 23 Movement"),
        (
            "Turkish-backed forces of the Government of National Accord took a camp.",
            "Government of Turkey supports Government of National Accord",
        ),
        (
            "The anti-government Coalition of Patriots for Change dug in.",
            "Coalition of Patriots for Change opposes Government of the Central African Republic",
        ),
        ("The M23 that Rwanda arms moved south.", "Government of Rwanda supports March 23 Movement"),
        ("Rwanda and its envoys gave the M23 weapons and maps.", "Government of Rwanda supports March 23 Movement"),
        ("Rwanda provides secret training to the M23.", "Government of Rwanda supports March 23 Movement"),
        ("Rwanda, despite all protests, continues to arm the M23.", "Government of Rwanda supports March 23 Movement"),
        ("Rwanda, whom diplomats accuse of arming the M23, spoke.", "Government of Rwanda supports March 23 Movement"),
        (
            "The M23 moved; the envoy accused Rwanda of backing it.",
            "Government of Rwanda supports March 23 Movement",
        ),
        ("The M23, with Rwanda behind it, moved south.", "Government of Rwanda supports March 23 Movement"),
        ("Hezbollah stepped in on the side of the Amal Movement.", "Hezbollah supports Amal Movement"),
        ("Iran exercises full command over Hezbollah.", "Government of Iran controls_group Hezbollah"),
        (
            "Boko Haram split. Its leader is thought to be Omar Dassu Ferreh.",
            "Omar Dassu Ferreh controls_group Boko Haram",
        ),
        (
            "Boko Haram split. Its leader had sworn allegiance to Islamic State.",
            "Boko Haram part_of Islamic State",
        ),
        (
            "The Arakan Army, one of the Three Brotherhood Alliance's armies, fired.",
            "Arakan Army part_of Three Brotherhood Alliance",
        ),
        ("Al-Qassam Brigades, a Hamas unit, fired.", "Al-Qassam Brigades part_of Hamas"),
        ("The Houthis' news channel, Al-Masirah TV, said so.", "Al-Masirah TV part_of Houthis"),
        (
            "The Sudanese army under General Abdel-Fattah Burhan moved.",
            "Abdel Fattah al-Burhan controls_group Military Forces of Sudan",
        ),
    ],
)
def test_english_tells_who_stands_with_whom(text: str, relation: str, tables: RelationTables) -> None:
    home = {"army's side": "ET", "Dilling": "SD", "anti-government": "CF"}
    country = next((code for word, code in home.items() if word in text), None)
    assert relation in told(text, tables, country=country)


@pytest.mark.parametrize(
    ("language", "text", "relation"),
    [
        ("fr", "Le M23, soutenu par le Rwanda, avance.", "Government of Rwanda supports March 23 Movement"),
        ("es", "Hezbolá, respaldado por Irán, calla.", "Government of Iran supports Hezbollah"),
        ("ru", "«Хезболла», поддерживаемая Ираном, молчит.", "Government of Iran supports Hezbollah"),
        ("uk", "«Хезболла», яку підтримує Іран, мовчить.", "Government of Iran supports Hezbollah"),
        ("ar", "أعلن حزب الله المدعوم من إيران موقفه.", "Government of Iran supports Hezbollah"),
        ("tr", "İran destekli Hizbullah sessiz kaldı.", "Government of Iran supports Hezbollah"),
        ("fr", "Boko Haram, milice djihadiste sahélienne liée à Al-Qaïda, avance.", "Boko Haram part_of Al-Qaeda"),
    ],
)
def test_other_languages_tell_a_backer(language: str, text: str, relation: str, tables: RelationTables) -> None:
    assert relation in told(text, tables, language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "RSF leader Hemedti spoke."),
        ("es", "El jefe de las Fuerzas de Apoyo Rápido, Hemedti, habló."),
        ("tr", "Hızlı Destek Kuvvetleri lideri Muhammed Hamdan Dagalu konuştu."),
        ("ar", "قال قائد قوات الدعم السريع محمد حمدان دقلو ذلك."),
    ],
)
def test_a_leader_has_one_name_in_every_spelling(language: str, text: str, tables: RelationTables) -> None:
    assert told(text, tables, language=language) == ["Mohamed Hamdan Dagalo controls_group Rapid Support Forces"]


def test_its_leader_leads_the_group_named_last(tables: RelationTables) -> None:
    found = told("Al-Shabaab struck a hotel near the army's base. Its leader, Kite, praised the raid.", tables)
    assert found == ["Kite controls_group Al-Shabaab"]


def test_an_alliance_has_each_of_its_members(tables: RelationTables) -> None:
    text = "Jaysh al-Fatah, which includes Jabhat al-Nusra and Ahrar al-Sham, took the hill."
    found = told(text, tables, country="SY")
    assert found == ["Jabhat al-Nusra part_of Jaysh al-Fatah", "Ahrar al-Sham part_of Jaysh al-Fatah"]


def test_a_description_holds_the_state_behind_it(tables: RelationTables) -> None:
    found = told("Turkish-backed factions shelled the village.", tables, country="SY")
    assert found == ["Government of Turkey supports Syrian National Army"]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("تحركت فصائل سورية موالية لأنقرة.", "Syrian National Army supports Government of Turkey"),
        ("تحركت الجماعات المسلحة المدعومة من تركيا.", "Government of Turkey supports Syrian National Army"),
    ],
)
def test_an_arabic_description_holds_the_state_behind_it(text: str, relation: str, tables: RelationTables) -> None:
    assert relation in told(text, tables, language="ar", country="SY")


def test_a_backer_in_the_air_is_its_forces(tables: RelationTables) -> None:
    found = told("The Syrian army advanced with Russian air support.", tables, country="SY")
    assert found == ["Military Forces of Russia supports Military Forces of Syria"]


def test_the_backed_group_is_the_one_named_last(tables: RelationTables) -> None:
    found = told("Hezbollah buried its dead. The Libya-backed group vowed revenge.", tables)
    assert found == ["Government of Libya supports Hezbollah"]


def test_militias_on_a_state_s_side_are_its_own(tables: RelationTables) -> None:
    text = "The Rapid Support Forces pulled back. Militias allied with the Sudanese army went in."
    assert told(text, tables, country="SD") == ["Pro-government militias (Sudan) supports Military Forces of Sudan"]


def test_a_relation_said_again_is_a_second_claim(tables: RelationTables) -> None:
    found = told("Iran-backed Hezbollah fired. Later the Iran-backed Hezbollah paused.", tables)
    assert found == ["Government of Iran supports Hezbollah"] * 2


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rwanda denies backing the M23.", Modality.DENIED),
        ("Kinshasa accuses Rwanda of backing the M23.", Modality.ALLEGED),
        ("Rwanda openly backs the M23.", Modality.ASSERTED),
    ],
)
def test_denial_and_accusation_are_kept_apart(text: str, modality: Modality, tables: RelationTables) -> None:
    assert [(c.predicate, c.modality) for c in relations(text, tables)] == [(Predicate.SUPPORTS, modality)]


@pytest.mark.parametrize(
    "text",
    [
        "Turkish Armed Forces and the Israeli army held talks.",
        "Hezbollah and Hamas condemned the strike.",
        "The United States offered military support against Al-Shabaab.",
        "Ukrainian troops, backed by tanks, crossed into Russia.",
        "The envoy told Hezbollah that Iran backs the truce.",
        "The Turkish president met the Russian leader in Ankara.",
        "Ethiopian troops loyal to the Ethiopian government held the town.",
        "The head of the delegation, who had arrived from Al-Shabaab's capital, left.",
    ],
)
def test_two_actors_in_a_sentence_are_no_relation(text: str, tables: RelationTables) -> None:
    assert told(text, tables) == []


def test_every_field_shows_its_words_and_its_rule(tables: RelationTables) -> None:
    (claim,) = relations("The Iran-backed Hezbollah fired.", tables)
    shown = {e.field: (e.spans[0].text, e.rule) for e in claim.evidence}
    assert shown["subject"][0] == "Iran"
    assert shown["object"][0] == "Hezbollah"
    assert shown["predicate"] == ("Iran-backed Hezbollah", "supports: backed, joined")
    assert claim.confidence is not None and 0 < claim.confidence < 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_relations_has_known_predicates_and_both_sides_in_each_rule(language: str) -> None:
    table = read_table(CUES / f"relations.{language}.yaml")
    assert set(table) <= {
        *("words", "joined", "home", "inside", "nobody", "nouns", "apposition", "denied", "alleged", "rules")
    }
    assert set(table["rules"]) <= {*Predicate}
    for rule in load_relation_cues()[language].rules:
        assert {"s", "o"} == set(rule.pattern.groupindex), rule.name
        assert 0 < rule.prior < 1, rule.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_relations_begins_with_its_licence(language: str) -> None:
    first = (CUES / f"relations.{language}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert "licence: Apache-2.0" in first


def test_signs_of_different_sorts_never_meet() -> None:
    starts = sorted(SLOTS.values())
    assert all(b - a >= MOST_SLOTS for a, b in pairwise(starts))
    assert starts[0] >= 0xE000 and starts[-1] + MOST_SLOTS <= 0xF900
