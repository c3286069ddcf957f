"""Words that say how much of a place, in every language that has a table of them."""

from __future__ import annotations

import pytest

from warledger.adapters.tables.numbers import load_numbers
from warledger.adapters.tables.places import load_place_cues
from warledger.domain.mention import ToponymMention
from warledger.domain.place import PlacePrecision
from warledger.domain.span import Span
from warledger.read.extents import find_extents
from warledger.read.numbers import find_numbers

PLACES = load_place_cues()
NUMBERS = load_numbers()


def extents(text: str, language: str = "en", place: str | None = None) -> list[str]:
    at = text.find(place) if place else -1
    named = (
        ToponymMention(
            span=Span.of(text, at, at + len(place or "")), name="", entry=None, precision=PlacePrecision.EXACT
        )
        if at >= 0
        else None
    )
    numbers = find_numbers(text, language, NUMBERS)
    return [e.extent for e in find_extents(text, language, PLACES, [named] if named else [], numbers)]


@pytest.mark.parametrize(
    ("text", "language", "place", "extent"),
    [
        ("Militiamen hold most of Barlo.", "en", "Barlo", "most"),
        ("The army says that it has all of Barlo.", "en", "Barlo", "all"),
        ("They are in almost all of Barlo.", "en", "Barlo", "most"),
        ("The greater part of Barlo is theirs.", "en", "Barlo", "most"),
        ("Much of the countryside is in their hands.", "en", None, "part"),
        ("Most of the city has fallen.", "en", None, "most"),
        ("Ils tiennent la plus grande partie de Barlo.", "fr", "Barlo", "most"),
        ("L'armée occupe la moitié de la ville.", "fr", None, "part"),
        ("Controlan la mayor parte de Barlo.", "es", "Barlo", "most"),
        ("Они заняли большую часть Барло.", "ru", "Барло", "most"),
        ("Вони зайняли частину міста.", "uk", None, "part"),
        ("Barlo'nun büyük bölümünü ele geçirdiler.", "tr", "Barlo", "most"),
        ("سيطروا على معظم برلو.", "ar", "برلو", "most"),
        ("Milizen halten den größten Teil der Stadt.", "de", None, "most"),
    ],
)
def test_words_of_extent_say_how_much(text: str, language: str, place: str | None, extent: str) -> None:
    assert extents(text, language, place) == [extent]


def test_words_of_extent_count_beside_a_place_only() -> None:
    assert extents("Most of the fighters were wounded and part of their arms was lost.") == []
    assert extents("Некоторые части отошли, большая часть бойцов ранена.", "ru") == []


def test_a_count_of_villages_is_an_extent_and_a_count_of_people_is_none() -> None:
    assert extents("The rebels took eight villages and several towns.") == ["8 villages", "several towns"]
    assert extents("The town of 40,000 inhabitants holds out; 12 soldiers were killed.") == []
    assert extents("One village was taken.") == []


def test_a_language_without_a_table_has_none() -> None:
    assert find_extents("Barlo", "xx", PLACES, [], []) == ()
