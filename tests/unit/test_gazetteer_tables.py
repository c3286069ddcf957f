"""The place tables keep their schema, and names fold as the gazetteer promises."""

from __future__ import annotations

import csv

import pytest

from warledger.domain.folding import fold_name
from warledger.settings import Settings

FOLDER = Settings().data / "gazetteer"
CODES = [
    "PPL",
    "PPLX",
    "ADM1",
    "ADM2",
    "RGN",
    "AIRP",
    "AIRB",
    "MILB",
    "HSP",
    "RFC",
    "MT",
    "ISL",
    "SEA",
    "BDG",
    "PRK",
    "CRSG",
    "DAM",
    "PCLI",
    "AREA",
    "CAMP",
    "PRT",
    "VAL",
    "LK",
    "HBR",
]


def rows(file: str) -> list[dict[str, str]]:
    lines = (FOLDER / file).read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith("# "), "the first line says licence and source"
    return list(csv.DictReader(filter(None, lines[1:]), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("file", ["supplement.tsv", "divisions.tsv"])
def test_every_row_is_whole_and_lies_on_the_earth(file: str) -> None:
    for row in rows(file):
        assert None not in row and None not in row.values(), row
        assert row["name"].strip() == row["name"] != ""
        assert abs(float(row["latitude"])) <= 90 and abs(float(row["longitude"])) <= 180, row
        assert len(row["country"]) == 2 and row["country"].isupper(), row


def test_supplement_codes_are_known_and_no_place_is_there_twice() -> None:
    keys = [(r["country"], r["admin1"], fold_name(r["name"]), r["code"]) for r in rows("supplement.tsv")]
    assert {k[3] for k in keys} <= set(CODES)
    assert [k for k in set(keys) if keys.count(k) > 1] == []


def test_a_country_row_has_its_iso_code_and_names() -> None:
    for row in rows("countries.tsv"):
        assert len(row["iso"]) == 2 and row["name"] and row["geonames_id"].isdigit(), row


def test_every_name_abroad_belongs_to_a_division_or_a_land_of_the_tables() -> None:
    codes = {(r["country"], r["admin1code"]) for r in rows("divisions.tsv") if r["level"] == "ADM1"}
    lands = {r["iso"] for r in rows("countries.tsv")}
    for row in rows("exonyms.tsv"):
        assert None not in row and None not in row.values(), row
        assert any(row[lang] for lang in ("fr", "es", "tr", "ru", "uk", "ar")), row
        assert row["country"] in lands, row
        assert row["level"] == "PPL" or (row["country"], row["admin1code"]) in codes, row


def test_every_place_that_is_called_in_arabic_is_named_once_by_its_number() -> None:
    numbers = [r["geonames_id"] for r in rows("called.tsv")]
    assert all(n.isdigit() for n in numbers) and len(set(numbers)) == len(numbers)
    assert all(r["name"] and "\u0621" <= r["ar"][0] <= "\u064a" for r in rows("called.tsv"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Hague", "hague"),
        ("Deir ez-Zor", "Deir al Zor"),
        ("Sana'a", "Sanaa"),
        ("أبو كمال", "ابو كمال"),
        ("الرقة", "رقه"),
        ("St. Louis", "Saint Louis"),
        ("Köprülü", "koprulu"),
        ("Орёл", "Орел"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_folding_never_loses_a_whole_name() -> None:
    assert fold_name("The") == "the"
    assert fold_name("Al") == "al"
