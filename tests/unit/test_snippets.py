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
    assert all(c.types or c.cues for c in classes)


def test_a_type_that_the_codebook_lacks_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "classes.yaml"
    wrong.write_text("classes:\n  X: {types: [picnic]}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"classes.yaml: X: types"):
        load_classes(wrong)


def test_short_texts_get_the_class_of_what_happens_in_them(app: App) -> None:
    texts = [
        "A suicide bomber blew himself up at the gate of a barracks, killing four soldiers.",
        "Warplanes bombed two villages; the air strikes killed nine people.",
        "A magnitude 6 earthquake struck the coast and houses fell.",
        "Thousands marched peacefully through the capital in a protest against the law.",
    ]
    assert app.label_snippets(texts) == ["SUIC_BOMB", "AIR_STRIKE", "NATURAL_DISASTER", "PEACE_PROTEST"]
    assert len(app.label_snippets([""])) == 1
