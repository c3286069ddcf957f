from pathlib import Path

import pytest

import warledger
from warledger.adapters.tables.labels import load_classes
from warledger.app import App, build
from warledger.domain.errors import DataError
from warledger.settings import Settings

TABLE = Path(warledger.__file__).parent / "data" / "labels" / "case2021.yaml"


@pytest.fixture(scope="module")
def app() -> App:
    return build(Settings())


def test_each_class_speaks_through_a_type_or_a_cue() -> None:
    classes = load_classes(TABLE)
    assert len({c.name for c in classes}) == len(classes) == 29
    assert all(c.codes or c.cues for c in classes)


def test_a_type_that_the_codebook_lacks_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "classes.yaml"
    wrong.write_text("classes:\n  X: {types: [picnic]}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"classes.yaml: X: 'picnic'"):
        load_classes(wrong)


def test_a_cue_that_names_a_missing_list_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "classes.yaml"
    wrong.write_text("words: {fruit: [fig]}\nclasses:\n  X: {cues: ['<fruit> .. <nuts>']}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"classes.yaml: X: cues: no list of words is named 'nuts'"):
        load_classes(wrong)


def test_a_cue_is_read_into_parts_and_steps(tmp_path: Path) -> None:
    table = tmp_path / "classes.yaml"
    table.write_text(
        "words: {eats: [eat*, ate]}\nclasses:\n  X: {cues: [fig, picnic & <eats> .. fig]}\n", encoding="utf-8"
    )
    (known,) = load_classes(table)
    assert [c.parts for c in known.cues] == [((("fig",),),), ((("picnic",),), (("eat*", "ate"), ("fig",)))]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Army units captured the hill town of Belari from the rebels on Monday.", "GOV_REGAINS_TERIT"),
        ("Rebel fighters captured the hill town of Belari from the army on Monday.", "NON_STATE_ACTOR_OVERTAKES_TER"),
        ("Soldiers set up a new base beside the bridge of Orle.", "HQ_ESTABLISHED"),
        ("Insurgents attacked a base beside the bridge of Orle and fighting lasted all night.", "ARMED_CLASH"),
        ("Police dispersed a march of nurses in the capital.", "PROTEST_WITH_INTER"),
        ("A march of nurses went through the capital. It went by in quiet.", "PEACE_PROTEST"),
        ("Protesters threw stones at parked cars on the second day of the demonstration.", "VIOL_DEMONSTR"),
        ("Soldiers shot dead two protesters outside the courthouse.", "FORCE_AGAINST_PROTEST"),
    ],
)
def test_who_does_it_and_among_whom_tells_like_classes_apart(app: App, text: str, label: str) -> None:
    assert app.label_snippets([text]) == [label]


def test_short_texts_get_the_class_of_what_happens_in_them(app: App) -> None:
    texts = [
        "A suicide bomber blew himself up at the gate of a barracks, killing four soldiers.",
        "Warplanes bombed two villages; the air strikes killed nine people.",
        "A magnitude 6 earthquake struck the coast and houses fell.",
        "Thousands marched peacefully through the capital in a protest against the law.",
    ]
    assert app.label_snippets(texts) == ["SUIC_BOMB", "AIR_STRIKE", "NATURAL_DISASTER", "PEACE_PROTEST"]
    assert len(app.label_snippets([""])) == 1
