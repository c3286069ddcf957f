"""Who says what, in sentences of our own."""

import re

import pytest

from warledger.adapters.tables.attributions import SETS, load_attributions
from warledger.adapters.tables.by_language import CUES as FOLDER
from warledger.adapters.tables.by_language import LANGUAGES
from warledger.adapters.tables.yaml_tables import read_table
from warledger.read.attributions import find_attributions
from warledger.read.sentences import split_sentences

CUES = load_attributions()
KINDS = {"say", "tell", "saying", "think", "call", "seem", "noun", "final"}
WORD_KINDS = {"helper", "that", "boundary", "adverbial", "pronoun"}


def told(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    found = find_attributions(text, split_sentences(text), CUES, language=language)
    return [tuple(" | ".join(s.text for s in part) for part in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The governor said the bridge was open.", ("The governor", "said", "the bridge was open")),
        ("The bridge was open, the governor said.", ("the governor", "said", "The bridge was open")),
        (
            "According to the observatory, nine people died.",
            ("the observatory", "According to", "nine people died"),
        ),
        ("Nine people died, according to the observatory.", ("the observatory", "according to", "Nine people died")),
        (
            "Hamid Rashid, a medic, told reporters that roads were cut.",
            ("Hamid Rashid, a medic", "told", "that roads were cut"),
        ),
        ("The rebels claimed that they took the fort.", ("The rebels", "claimed", "that they took the fort")),
        ("Residents fear the dam may break.", ("Residents", "fear", "the dam may break")),
        (
            "A statement by the army that the town is safe was doubted.",
            ("the army", "statement", "that the town is safe was doubted"),
        ),
    ],
)
def test_source_cue_and_content_are_told_apart(text: str, want: tuple[str, str, str]) -> None:
    assert told(text) == [want]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Osei, who led the talks, said the bridge was open.", "Osei, who led the talks", "said"),
        ('"We hold the hill," said Osei, who led the talks.', "Osei, who led the talks", "said"),
        ('"We hold the hill," said Osei, who served as a medic.', "Osei, who served as a medic", "said"),
        ("The villagers have already reported that the dam broke.", "The villagers", "have already reported"),
        ("The mayor flatly denied that the dam broke.", "The mayor", "flatly denied"),
        ("The dam broke, according to Hamid B. Rashid.", "Hamid B. Rashid", "according to"),
        ("Officials came, and the mayor was insisting that the dam would hold.", "the mayor", "was insisting"),
    ],
)
def test_a_source_keeps_its_clause_and_gives_the_cue_its_adverbs(text: str, source: str, cue: str) -> None:
    assert [t[:2] for t in told(text)] == [(source, cue)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "The mayor is accused of theft by the rebels.",
            ("the rebels", "is accused", "The mayor | of theft"),
        ),
        ("The road was called impassable.", ("", "was called", "The road | impassable")),
        ("The collapse was first reported by a local radio.", ("a local radio", "was first reported", "The collapse")),
    ],
)
def test_what_is_said_of_a_subject_is_content_and_by_names_the_source(text: str, want: tuple[str, str, str]) -> None:
    assert told(text) == [want]


def test_a_plan_to_say_is_no_passive() -> None:
    assert told("The mayor is to confirm that the bridge is open.")[0][2] == "that the bridge is open"


def test_a_quote_goes_on_behind_a_further_saying_of_its_sentence() -> None:
    found = told('"We hold the hill," Osei said, adding that food was short. "Nobody will take it from us."')
    assert [f[1:] for f in found] == [
        ("said", '"We hold the hill," | "Nobody will take it from us."'),
        ("adding", "that food was short"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the dam would hold, adding that food was short.",
        "The mayor said the dam would hold and has warned that food was short.",
    ],
)
def test_what_is_said_ends_where_the_same_source_says_more(text: str) -> None:
    first, second = told(text)
    assert first[2] == "the dam would hold" and second[2] == "that food was short"
    assert first[0] == second[0] == "The mayor"


def test_words_of_time_behind_a_quote_and_its_source_are_no_content() -> None:
    assert told('"We hold the hill," Osei said aboard a ferry.') == [("Osei", "said", '"We hold the hill,"')]


def test_a_noun_of_saying_is_no_verb() -> None:
    assert told("They visited the shows of the capital.") == []
    assert told("Aid fell short of claims.") == []


def test_the_source_behind_according_to_keeps_its_title() -> None:
    assert told("The dam broke, according to Gen. Rashid.") == [("Gen. Rashid", "according to", "The dam broke")]


@pytest.mark.parametrize(
    "text", ["Rebels attacked the garrison of the fort.", "The army pushed the rebels back.", "Smoke appeared at dawn."]
)
def test_what_is_done_is_not_said(text: str) -> None:
    assert told(text) == []


def test_a_quote_over_two_sentences_is_one_attribution() -> None:
    found = told('"We hold the hill," Captain Osei said. "Nobody will take it from us."')
    assert found == [("Captain Osei", "said", '"We hold the hill," | "Nobody will take it from us."')]


def test_what_is_said_inside_a_quote_belongs_to_the_quote() -> None:
    assert len(told('The mayor said: "They told us nothing and said we could stay."')) == 1


def test_a_sentence_without_a_word_of_saying_has_no_attribution() -> None:
    assert told("Nine people died in the market.") == []


@pytest.mark.parametrize("text", ["Tweeted :", "“We are ready” said :", "The mayor said"])
def test_a_saying_without_words_behind_it_breaks_nothing(text: str) -> None:
    assert all(content in text for _, _, content in told(text))


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("fr", "Le gouverneur a déclaré que le pont était ouvert.", "Le gouverneur"),
        ("es", "El gobernador dijo que el puente estaba abierto.", "El gobernador"),
        ("ru", "Губернатор сообщил, что мост открыт.", "Губернатор"),
        ("uk", "Губернатор повідомив, що міст відкритий.", "Губернатор"),
        ("ar", "قال المحافظ إن الجسر مفتوح.", "المحافظ"),
        ("tr", "Valiliğe göre köprü açık.", "Valiliğe"),
    ],
)
def test_every_language_finds_its_source(language: str, text: str, source: str) -> None:
    assert [t[0] for t in told(text, language)] == [source]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_saying_has_known_classes(language: str) -> None:
    table = read_table(FOLDER / f"attributions.{language}.yaml")
    assert set(table["verbs"]) <= KINDS
    assert set(table["words"]) <= WORD_KINDS
    assert set(table["sets"]) <= set(SETS)
    assert all(re.fullmatch(r"\w+", ending) for ending in table.get("endings", ()))


@pytest.mark.parametrize(("language", "text"), [("en", "Calm, according to ."), ("tr", "Göre sessizlik sürüyor.")])
def test_nobody_beside_according_to_is_no_source(language: str, text: str) -> None:
    assert find_attributions(text, split_sentences(text), load_attributions(), language=language) == ()
