"""The words of the page: the same in every language, one for each code that the data can hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

from warledger.corroborate.values import CODES, Field
from warledger.domain.codes import EventType, Family, Grade, Kind, Modality, Rank, Status

WORDS = Path(__file__).parents[2] / "frontend" / "src" / "i18n"
PLURALS = re.compile(r"\.(?:zero|one|two|few|many|other)$")


def words(name: str) -> dict[str, str]:
    told: dict[str, str] = json.loads((WORDS / f"{name}.json").read_text(encoding="utf-8"))
    return told


def test_every_language_has_every_word() -> None:
    english, arabic = ({PLURALS.sub("", key) for key in words(lang)} for lang in ("en", "ar"))
    assert english == arabic


def test_every_language_fills_the_same_gaps() -> None:
    for key, text in words("ar").items():
        same = words("en").get(key) or words("en")[PLURALS.sub(".other", key)]
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", same)), key


def test_every_event_type_has_a_name() -> None:
    for lang in ("en", "ar"):
        assert set(words(f"types.{lang}")) == {str(t) for t in EventType}


def test_every_code_has_a_word() -> None:
    groups = {"family": Family, "grade": Grade, "kind": Kind, "modality": Modality, "rank": Rank, "status": Status}
    for group, codes in groups.items():
        for code in codes:
            assert f"{group}.{code}" in words("en"), f"{group}.{code}"


def test_every_field_that_a_person_may_correct_has_a_name_and_every_code_is_offered() -> None:
    assert {str(f) for f in Field} <= {key.removeprefix("desk.field.") for key in words("en")}
    form = (WORDS.parent / "desk" / "Correct.tsx").read_text(encoding="utf-8")
    for codes in (codes for field, codes in CODES.items() if field is not Field.TYPE):
        assert all(f'"{code}"' in form for code in codes), codes
