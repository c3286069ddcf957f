"""Cue tables of places as values: the words of one language that stand before, behind and instead of place names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import field, frozen

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Phrases by their first word (after a name) or last word (before one), longest first, each with its class."""


LAND = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a country's name in the patterns of its quarters."""


@frozen(kw_only=True)
class PlaceCues:
    """The words of one language around place names; all folded to lower case.

    Args:
        language: ISO 639-1 code.
        before: phrases in front of a name, by their last word, with their class: `near`, `countryside`, `division`,
            `district`, `settlement`, `settlements` (a list of names follows), `site`, `part`.
        after: phrases behind a name, by their first word, with the same classes.
        adjectives: words of `before` that, in front of a word for a settlement, tell which it is and not where in it
            ("the northern city of Aleppo").
        locative: words in front of a place and seldom of a person ("in", "from").
        strict: those of them that only a place follows ("in", "near").
        joining: small words inside names ("de", "al").
        listing: words that join the last name of a list ("and").
        titles: words in front of a person's name.
        given: first names, no place where another name follows.
        organisations: words that make the name before or behind them an organisation's.
        stop: capitalised words that are no part of a name (months, days, pronouns).
        speech: verbs behind a speaker.
        capital: patterns of words that stand for a country's capital, the words to keep as the group `name`.
        demonyms: adjectives and nouns of peoples to the country's code.
        movements: words of `demonyms` that name a movement or a seat of power and no people.
        people_heads: first words of the demonyms of two words ("South Sudanese").
        folks: people of divisions and regions ("Texan") to the name of the place.
        descents: peoples that a hyphen joins to a descent ("African-American"): neither word points to a place.
        common: words that are vocabulary before they are a town's name: alone they need a strict preposition.
        inhabitants: words behind a town for its people and offices ("residents", "police").
        seats: party letters that a hyphen joins to the seat of a member of parliament ("R-Ashland").
        streets: words that make the name before them a street's.
        stems: beginnings of words of a country, at least four letters, to its code.
        endings: (ending, what the dictionary form has there), longest first: case endings.
        prefixes: letters written onto the next word, longest first.
        elisions: letters that an apostrophe joins to the next word ("d'", "l'").
        abbreviations: short forms of divisions behind a comma ("La.") to their names.
        civic: words of local bodies, whose names a town's leads ("council", "library").
        plurals: words for several divisions or settlements, meant of every name of the list before them.
        tails: what a hyphen joins to a name to make an adjective of it ("Tehran-backed").
        stretches: (words in front of the first of two places, word between them) that mean the stretch between the two.
        compass: English adjectives of direction, each with the pattern by which the language tells that part of the
            country that a report is about, the word to keep as the group `name` ("in the north").
        quarters: the same directions, each with the pattern of that part of a country that is named, LAND in the place
            of its name ("Mali's north", "northern areas of Mali").
        regions: patterns of areas that no gazetteer holds, the words to keep as the group `name` ("the north-west").
        extents: (pattern of words that say how much of a place, `all`, `most` or `part`): "most of".
        apposed: patterns that begin right behind a name and say that it is a settlement's (", a village near Gwoza").
        cases: endings behind an apostrophe that mean what the words in `locative` do.
        suffixed: True where an apostrophe parts a name from its case ending (Turkish).
    """

    language: str
    before: Phrases = field(repr=False)
    after: Phrases = field(repr=False)
    adjectives: frozenset[str] = frozenset()
    locative: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    listing: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    demonyms: Mapping[str, str] = field(factory=dict, repr=False)
    movements: frozenset[str] = frozenset()
    people_heads: frozenset[str] = frozenset()
    folks: Mapping[str, str] = field(factory=dict, repr=False)
    descents: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    inhabitants: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(factory=dict, repr=False)
    endings: Sequence[tuple[str, str]] = ()
    prefixes: tuple[str, ...] = ()
    elisions: frozenset[str] = frozenset()
    abbreviations: Mapping[str, str] = field(factory=dict, repr=False)
    civic: frozenset[str] = frozenset()
    plurals: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    stretches: Sequence[tuple[tuple[str, ...], str]] = ()
    capital: Sequence[re.Pattern[str]] = ()
    regions: Sequence[re.Pattern[str]] = ()
    compass: Sequence[tuple[str, re.Pattern[str]]] = ()
    quarters: Sequence[tuple[str, re.Pattern[str]]] = ()
    apposed: Sequence[re.Pattern[str]] = ()
    extents: Sequence[tuple[re.Pattern[str], str]] = ()
    cases: frozenset[str] = frozenset()
    suffixed: bool = False

    @property
    def cased(self) -> bool:
        """Say whether the script tells names by a capital."""
        return self.language not in ("ar", "he", "fa")
