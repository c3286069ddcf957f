"""The phrases table is whole: every code has words, and every template can be filled."""

import re
from pathlib import Path

import pytest

from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.codes import Act, EventType, Grade, Harm, Modality
from warledger.domain.errors import DataError

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
    broken.write_text(TABLE.read_text(encoding="utf-8").replace("  grenade:\n", "  stone:\n"), encoding="utf-8")
    with pytest.raises(DataError, match="grenade"):
        load_phrases(broken)


def test_the_table_names_its_licence_and_source():
    head = TABLE.read_text(encoding="utf-8").splitlines()[0]
    assert "Licence:" in head and "Source:" in head
