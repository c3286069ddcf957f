"""How Arabic writes actors and places."""

from __future__ import annotations

import re

import pytest

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.app import build
from warledger.domain.arabic import ArabicNames
from warledger.settings import Settings

ARABIC = re.compile("[\u0621-\u064a ]+")


@pytest.fixture(scope="module")
def names() -> ArabicNames:
    return build(Settings()).arabic_names


@pytest.mark.parametrize(
    ("name", "arabic"),
    [
        ("Military Forces of Syria", "القوات المسلحة السورية"),
        ("Government of the United States", "الحكومة الأمريكية"),
        ("Police Forces of Haiti", "الشرطة الهايتية"),
        ("Civilians (Sudan)", "مدنيون (السودان)"),
        ("Military Forces of the Democratic Republic of the Congo", "القوات المسلحة الكونغولية"),
        ("Hayat Tahrir al-Sham", "هيئة تحرير الشام"),
        ("Government of National Accord", "حكومة الوفاق"),
        ("Journalists", "صحفيون"),
        ("A. Nobody", None),
    ],
)
def test_an_actor_is_written_as_his_state_or_his_own_arabic_name(
    names: ArabicNames, name: str, arabic: str | None
) -> None:
    assert names.of(name) == arabic


def test_every_state_has_an_arabic_military_and_government(names: ArabicNames) -> None:
    for land in names.lands:
        for form in ("Military Forces of", "Government of"):
            written = names.of(f"{form} {land}")
            assert written is not None and "{" not in written, land


@pytest.mark.parametrize(
    ("country", "key", "arabic"),
    [
        ("SY", "gn:170063", "حلب"),
        ("SY", "gn:163345", "طرطوس"),
        ("SY", "wl:adm1:SY.12", "محافظة إدلب"),
        ("SY", "gn:164816", "سراقب"),
        ("SD", "gn:379252", "الخرطوم"),
        ("UA", "gn:703448", "كييف"),
    ],
)
def test_a_place_is_written_in_arabic_letters(country: str, key: str, arabic: str) -> None:
    assert GeoNamesGazetteer(Settings().data / "gazetteer").in_arabic(country)[key] == arabic


def test_names_of_other_scripts_are_left_out() -> None:
    found = GeoNamesGazetteer(Settings().data / "gazetteer").in_arabic("IQ")
    assert len(found) > 50 and all(ARABIC.match(n) for n in found.values())
    assert GeoNamesGazetteer(Settings().data / "gazetteer").in_arabic("XX") == {}
