"""What every gazetteer must answer, whatever it is made of (`ports.Gazetteer`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.domain.errors import DataError
from warledger.ports import Gazetteer
from warledger.settings import Settings

FOLDER = Settings().data / "gazetteer"


@pytest.fixture(scope="module", params=[GeoNamesGazetteer])
def gazetteer(request: pytest.FixtureRequest) -> Gazetteer:
    if not (FOLDER / "world.sqlite").exists():
        pytest.skip("world.sqlite is not built: run `make test`")
    made: Gazetteer = request.param(FOLDER)
    return made


@pytest.mark.parametrize("name", ["Aleppo", "ALEPPO", "Halab", "حلب", "Алеппо", "Alep"])
def test_every_script_and_spelling_finds_the_city(gazetteer: Gazetteer, name: str) -> None:
    assert any(e.geonames_id == 170063 for e in gazetteer.find(name))


def test_articles_hyphens_and_accents_do_not_tell_names_apart(gazetteer: Gazetteer) -> None:
    spellings = [{e.key for e in gazetteer.find(n)} for n in ("Ar-Raqqah", "ar raqqah", "Raqqah", "Al Raqqah")]
    assert all(keys == spellings[0] for keys in spellings)
    assert spellings[0]


def test_a_word_that_is_no_place_finds_nothing(gazetteer: Gazetteer) -> None:
    assert not gazetteer.find("zzqx bombardment")


def test_an_entry_is_found_again_by_its_key(gazetteer: Gazetteer) -> None:
    for entry in [*gazetteer.find("Idlib"), *gazetteer.find("Donbas"), *gazetteer.find("Ain Zara")]:
        assert gazetteer.get(entry.key) == entry


def test_parents_lead_from_a_city_over_its_division_to_the_country(gazetteer: Gazetteer) -> None:
    aleppo = next(e for e in gazetteer.find("Aleppo") if e.geonames_id == 170063)
    codes = [e.feature_code for e in gazetteer.parents(aleppo)]
    assert codes == ["ADM1", "PCLI"]


def test_a_country_is_found_by_its_code_and_in_other_languages(gazetteer: Gazetteer) -> None:
    syria = gazetteer.country("SY")
    assert syria is not None
    assert all(syria in gazetteer.find(n) for n in ("Syria", "Syrie", "سوريا", "Сирия", "Suriye"))
    assert gazetteer.country("QQ") is None


@pytest.mark.parametrize(
    ("name", "english", "code"),
    [("قندوز", "Kunduz", "PPL"), ("قندوز", "Kunduz", "ADM1"), ("بورت أو برنس", "Port-au-Prince", "PPLC")],
)
def test_cities_and_divisions_are_found_by_what_other_languages_call_them(
    gazetteer: Gazetteer, name: str, english: str, code: str
) -> None:
    assert (english, code) in {(e.name, e.feature_code) for e in gazetteer.find(name)}


def test_a_missing_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "supplement.tsv").write_bytes((FOLDER / "supplement.tsv").read_bytes())
    with pytest.raises(DataError, match=r"world\.sqlite"):
        GeoNamesGazetteer(tmp_path).find("Aleppo")


@pytest.mark.parametrize("name", ["Tal Rifaat", "Tell Rifat", "Tall Refaat"])
def test_spellings_of_a_transliterated_name_find_one_place(gazetteer: Gazetteer, name: str) -> None:
    assert any(e.country == "SY" and abs(e.latitude - 36.47) < 0.05 for e in gazetteer.find(name))
