"""What words say outright, by sentences of our own, in each language that has a table."""

from pathlib import Path

import pytest

from warledger.adapters.tables.by_language import CUES, LANGUAGES
from warledger.adapters.tables.deeds import load_deeds
from warledger.adapters.tables.yaml_tables import read_table
from warledger.coding.deeds import outright
from warledger.domain.errors import DataError
from warledger.domain.span import Span

DATA = CUES.parent
TAKES, STRIKE, SHELLS, CLASH, OFFENSIVE = (
    "nonstate_takes_territory",
    "air_strike",
    "shelling",
    "armed_clash",
    "offensive",
)


def meant(text: str, anchor: str, code: str, language: str, *beside: str) -> str | None:
    """The code that the words make of another; that code where they say nothing of it."""
    at = text.index(anchor)
    said = outright(
        code, beside, Span.of(text, 0, len(text)), Span.of(text, at, at + len(anchor)), text, load_deeds(DATA)[language]
    )
    return code if said is None else said[0].meant


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "Militiamen tried again to seize the port of Zuwara.", "seize"),
        ("en", "The brigade is fighting to retake the dam.", "retake"),
        ("fr", "Les rebelles ont tenté de s'emparer de la préfecture.", "emparer"),
        ("es", "El grupo intentó tomar el puesto de mando.", "tomar"),
        ("ru", "Боевики пытались захватить мост.", "захватить"),
        ("uk", "Загарбники намагалися захопити село.", "захопити"),
        ("tr", "Militanlar köprüyü ele geçirmeye çalıştı.", "geçirmeye"),
        ("ar", "وحاولت الفصائل السيطرة على الجسر.", "السيطرة"),
    ],
)
def test_a_place_that_a_side_tries_to_take_is_fought_for_and_not_held(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, TAKES, language) == OFFENSIVE
    assert meant(text, anchor, "control", language) is None


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "Border guards repelled an assault on the checkpoint.", "assault"),
        ("en", "The advance was halted outside Marea.", "advance"),
        ("fr", "L'armée a repoussé une attaque contre la base.", "attaque"),
        ("es", "Los soldados rechazaron el ataque contra el cuartel.", "ataque"),
        ("ru", "Гарнизон отбил штурм крепости.", "штурм"),
        ("uk", "Військові відбили атаку біля села.", "атаку"),
        ("tr", "Askerler karakola yönelik saldırıyı püskürttü.", "saldırıyı"),
        ("ar", "وتصدى الجيش لهجوم على المعبر.", "لهجوم"),
    ],
)
def test_a_repelled_assault_is_a_clash(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, OFFENSIVE, language) == CLASH


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "Jets hit the market with two bombs.", "hit"),
        ("fr", "Des drones ont visé le dépôt.", "visé"),
        ("es", "Dos aviones atacaron el puente.", "atacaron"),
        ("ru", "Вертолёт обработал позиции у реки.", "обработал"),
        ("uk", "Безпілотник влучив у склад.", "влучив"),
        ("tr", "Savaş uçakları köyü vurdu.", "vurdu"),
        ("ar", "وقصفت طائرات السوق.", "قصفت"),
    ],
)
def test_what_comes_from_aircraft_is_an_air_strike(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, SHELLS, language) == STRIKE


@pytest.mark.parametrize(
    ("text", "anchor", "code"),
    [
        ("Rebels, who had tried to talk, seized the port.", "seized", TAKES),
        ("They seized the port and tried to hold it.", "seized", TAKES),
        ("The militia pushed back the army 15 km.", "pushed", OFFENSIVE),
        ("Drones guided the artillery that hit the market.", "hit", SHELLS),
        ("The army said the rebels breached the truce.", "breached", "agreement_breach"),
        ("Rebels hold the dam, which they plan to repair.", "hold", "control"),
    ],
)
def test_words_that_stand_elsewhere_or_are_spoken_against_change_nothing(text: str, anchor: str, code: str) -> None:
    assert meant(text, anchor, code, "en") == code


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "The town fell to the militia after nine days of heavy fighting.", "fighting"),
        ("fr", "La ville est tombée après de violents combats.", "combats"),
        ("es", "El pueblo cayó tras intensos combates.", "combates"),
        ("ru", "Город взят после тяжёлых боёв.", "боёв"),
        ("uk", "Місто взято після важких боїв.", "боїв"),
        ("tr", "Kasaba şiddetli çatışmaların ardından düştü.", "çatışmaların"),
        ("ar", "سقطت البلدة بعد معارك عنيفة.", "معارك"),
    ],
)
def test_fighting_that_ends_with_a_capture_is_no_claim_beside_it(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, CLASH, language, TAKES) is None
    assert meant(text, anchor, CLASH, language) == CLASH


def test_a_breach_of_defences_is_none_of_an_agreement() -> None:
    assert meant("Fighters breached the town's outer defences at dawn.", "breached", "agreement_breach", "en") == TAKES


def test_a_place_that_is_being_cleared_is_not_taken_yet() -> None:
    text = "Commandos were clearing the old town house by house."
    assert meant(text, "clearing", TAKES, "en") == OFFENSIVE
    assert meant(text, "clearing", "control", "en") is None


@pytest.mark.parametrize(
    ("text", "act", "means"),
    [
        ("Officials claimed the truce was a trick.", "claim_responsibility", "assess"),
        ("The brigade claimed that it was behind the blast.", "claim_responsibility", "claim_responsibility"),
        ("The brigade claimed the bombing.", "claim_responsibility", "claim_responsibility"),
        ("The brigade claimed no other raid.", "claim_responsibility", "claim_responsibility"),
        ("There is no doubt the brigade took responsibility.", "claim_responsibility", "claim_responsibility"),
        ("The army urged the garrison to surrender.", "appeal", "demand"),
        ("The bishop urged both sides to spare the school.", "appeal", "appeal"),
    ],
)
def test_acts_of_speech_that_words_tell_outright(text: str, act: str, means: str) -> None:
    assert meant(text, text.split()[2], act, "en") == means


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "Bambari is the capital of Ouaka.", "capital"),
        ("fr", "Bambari est le chef-lieu de la Ouaka.", "chef-lieu"),
        ("fr", "Abéché est la capitale d'une province.", "capitale"),
        ("es", "Quibdó es la capital del Chocó.", "capital"),
        ("ru", "Мелитополь — центр района.", "центр"),
        ("uk", "Куп'янськ — центр громади.", "центр"),
        ("tr", "Hatay'ın başkenti Antakya.", "başkenti"),
        ("ar", "الفاشر هي عاصمة ولاية شمال دارفور.", "عاصمة"),
    ],
)
def test_where_a_town_lies_is_not_who_holds_it(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, "control", language) is None


def test_a_capital_that_somebody_holds_is_held() -> None:
    text = "Rebels hold Bambari, the capital of Ouaka."
    assert meant(text, "hold", "control", "en") == "control"


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("en", "No armed group has claimed the raid.", "claimed"),
        ("en", "The blast went unclaimed.", "unclaimed"),
        ("fr", "L'attentat n'a pas encore été revendiqué.", "revendiqué"),
        ("es", "Ningún cartel se atribuyó el atentado.", "atribuyó"),
        ("ru", "Ни одна группировка пока не взяла на себя ответственность.", "ответственность"),
        ("uk", "Жодна група не взяла на себе відповідальність.", "відповідальність"),
        ("tr", "Patlamayı üstlenen olmadı.", "üstlenen"),
        ("ar", "ولم تعلن أي جماعة مسؤوليتها عن التفجير.", "مسؤوليتها"),
    ],
)
def test_what_nobody_claims_is_no_claim_of_responsibility(language: str, text: str, anchor: str) -> None:
    assert meant(text, anchor, "claim_responsibility", language) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_lists_that_the_rules_name(language: str) -> None:
    names = {rule.name for rule in load_deeds(DATA)[language]}
    assert names >= {"attempted", "intended", "clearing", "repelled", "after", "aircraft"}


def test_no_rule_names_a_list_that_there_is_not() -> None:
    rules, words = read_table(DATA / "deeds.yaml")["rules"], read_table(CUES / "deeds.en.yaml")
    assert {row["words"] for row in rules} | {row["unless"] for row in rules if "unless" in row} == set(words)


def test_a_rule_of_an_unknown_code_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "deeds.yaml").write_text("rules:\n- {words: tried, of: [control], is: siegee}\n")
    with pytest.raises(DataError, match=r"deeds\.yaml, rule 1: no such code: siegee"):
        load_deeds(tmp_path)
    (tmp_path / "deeds.yaml").write_text("rules:\n- {words: tried, near: far, of: [control], is: nothing}\n")
    with pytest.raises(DataError, match="near: 'far' is no number of words"):
        load_deeds(tmp_path)
