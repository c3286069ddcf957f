"""The phrases table is whole: every code has words, and every template can be filled."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.codes import Act, EventType, Grade, Harm, Modality
from warledger.domain.errors import DataError

ARABIC = Path(__file__).parents[2] / "src/warledger/data/tell/phrases.ar.yaml"
TABLE = Path(__file__).parents[2] / "src/warledger/data/tell/phrases.yaml"
FIELDS = {"target", "at", "places", "initiator", "were", "fall", "away", "change"}


def test_every_code_of_the_codebook_has_words():
    phrases = load_phrases(TABLE)
    assert set(phrases.events) == set(EventType)
    assert set(phrases.acts) == set(Act)
    assert set(phrases.harms) == set(Harm)
    assert set(phrases.grades) == set(Grade)
    assert set(phrases.modalities) == set(phrases.agentless) == set(Modality)


def test_event_templates_use_only_fields_that_an_event_has():
    for code, phrase in load_phrases(TABLE).events.items():
        for template in (phrase.does, phrase.plan, phrase.happens, phrase.headline, phrase.does_area or ""):
            fields = set(re.findall(r"\{(\w+)", template))
            assert fields <= FIELDS, (code, template)


def test_an_event_that_names_bare_places_has_words_for_areas_too():
    for code, phrase in load_phrases(TABLE).events.items():
        if "{places}" in phrase.does:
            assert phrase.does_area and phrase.plan_area and phrase.happens_area and phrase.headline_area, code


def test_a_table_that_lacks_a_code_is_refused_by_name(tmp_path):
    broken = tmp_path / "phrases.yaml"
    shutil.copy(TABLE.with_name("rules.yaml"), tmp_path)
    broken.write_text(TABLE.read_text(encoding="utf-8").replace("  grenade:\n", "  stone:\n"), encoding="utf-8")
    with pytest.raises(DataError, match="grenade"):
        load_phrases(broken)


@pytest.mark.parametrize("name", ["phrases.yaml", "phrases.ar.yaml", "names.ar.yaml", "rules.yaml"])
def test_the_table_names_its_licence_and_source(name):
    head = TABLE.with_name(name).read_text(encoding="utf-8").splitlines()[0]
    assert "Licence:" in head and "Source:" in head


def templates(raw, at=""):
    """Every template of a table by its path; lists are the language's own rules for names, months and numbers."""
    for key, said in raw.items():
        if isinstance(said, dict):
            yield from templates(said, f"{at}/{key}")
        elif isinstance(said, str):
            yield f"{at}/{key}", said


def fields_of(template):
    """The fields of a template. Arabic has the subject inside the clause, so those that hold it are left out."""
    return set(re.findall(r"\{(\w+)", template)) - {"subject", "speaker", "does", "plan", "happens"}


def test_arabic_has_a_template_for_each_of_english_with_the_same_fields():
    english, arabic = (yaml.safe_load(t.read_text(encoding="utf-8")) for t in (TABLE, ARABIC))
    assert english.keys() == arabic.keys()
    for raw in (english, arabic):
        raw["names"].pop("oblique")
    one, other = dict(templates(english)), dict(templates(arabic))
    assert one.keys() == other.keys()
    assert {key: fields_of(said) for key, said in one.items()} == {key: fields_of(said) for key, said in other.items()}


def test_the_subject_of_an_arabic_clause_is_told_once():
    phrases = load_phrases(ARABIC)
    for code, phrase in phrases.events.items():
        for template in (phrase.does, phrase.plan, phrase.does_area, phrase.plan_area):
            assert template is None or template.count("{subject") == 1, code
    for act in phrases.acts.values():
        assert act.about.count("{speaker") == act.alone.count("{speaker") == 1
    for said in (*phrases.modalities.values(), *phrases.agentless.values()):
        assert len(re.findall(r"\{(?:does|plan|happens)\}", said)) == 1
        assert "{subject" not in said


def test_what_agrees_with_a_number_has_all_forms_of_its_language():
    for path, counts, names in ((TABLE, 2, 2), (ARABIC, 5, 2)):
        for at, said in templates(yaml.safe_load(path.read_text(encoding="utf-8"))):
            for field, forms in re.findall(r"<(\w+):([^<>]*)>", said):
                number = field in {"n", "total", "killed", "months", "weeks"}
                assert len(forms.split("/")) == (counts if number else names), (at, field)
