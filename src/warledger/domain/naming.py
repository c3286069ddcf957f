"""Tables that the actor reader needs, as values: states, names with years, heads of descriptions by language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, frozen

from warledger.domain.actor import Actor


def fold_word(word: str) -> str:
    """Fold one word: case, accents, apostrophes, Arabic letter forms, the possessive 's."""
    word = word.casefold().replace("’", "'").removesuffix("'s").rstrip(".'")
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ё": "е", "ʼ": "'", "ı": "i"})


@frozen(kw_only=True)
class State:
    """A state and what reports call it.

    Args:
        iso: ISO 3166-1 alpha-2 code.
        name: as in `Civilians (NAME)`.
        article: whether it takes the article in `Government of the NAME`.
    """

    iso: str
    name: str
    article: bool = False

    @property
    def of(self) -> str:
        """The name as it stands behind "of"."""
        return f"the {self.name}" if self.article else self.name


@frozen(kw_only=True)
class NameYears:
    """An actor that a name stands for between two years, both inclusive; None is open."""

    actor: str
    start: int | None = None
    end: int | None = None

    def held_in(self, year: int) -> bool:
        """Say whether the name stood for the actor in that year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@frozen(kw_only=True)
class Heads:
    """Heads of descriptions in one language.

    Args:
        whole: phrases as tuples of folded words, with the kind of actor that each heads.
        stems: first words' stems for phrases that inflect: tuples of (stem, open ended) with their kind.
        adjective_first: whether the adjective of nationality stands before its noun.
        starts: first words of `whole`, with the length of the longest phrase that begins so.
        joined: words that a hyphen joins to an actor ("held" in "rebel-held").
        kin: phrases in front of a name that tell whom an actor belongs to or stands with ("linked to").
        witnesses: phrases of other kinds that are also cited as sources ("residents").
        glosses: what a source that is nobody in particular is called in English.
    """

    whole: Mapping[tuple[str, ...], str] = field(repr=False)
    stems: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(repr=False)
    adjective_first: bool
    starts: Mapping[str, int] = field(factory=dict, repr=False)
    joined: frozenset[str] = frozenset()
    kin: tuple[tuple[str, ...], ...] = ()
    witnesses: frozenset[tuple[str, ...]] = frozenset()
    glosses: Mapping[tuple[str, ...], str] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class Fitting:
    """An actor that a description fits in one country between two years, both inclusive; None fits any."""

    actor: str
    country: str | None
    start: int | None = None
    end: int | None = None

    def held_in(self, year: int) -> bool:
        """Say whether the description fitted the actor in that year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@frozen(kw_only=True)
class Description:
    """Words that fit one actor in some countries, and the kind of actor that they mean in any other."""

    words: tuple[str, ...]
    kind: str
    fits: tuple[Fitting, ...]


Abroad: TypeAlias = Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]]
"""By language and the first letters of the first word: patterns of a state's name, with its code."""


@frozen(kw_only=True, eq=False)
class ActorNames:
    """Everything the actor reader looks things up in.

    Args:
        actors: entries by canonical name.
        names: folded words of a name to the actors that bear it, with years.
        cased: names that only count as written, because folded they are common words (IS, AU, ELN).
        spelled: names of one word with small letters, as written; one that is also cased counts so too (Monusco).
        starts: first words of all names, with the length of the longest name that begins so.
        adjectives: folded adjectives of English to states.
        peoples: folded plurals of peoples in English ("Russians") to states.
        stems: by language, stems of adjectives to states.
        states: states by code.
        heads: by language.
        abroad: by language and the first letters of the first word, names of states with their codes, longest first.
        descriptions: likewise, descriptions that fit one actor in one country at one time.
    """

    actors: Mapping[str, Actor]
    names: Mapping[tuple[str, ...], tuple[NameYears, ...]]
    cased: frozenset[str]
    spelled: frozenset[str]
    starts: Mapping[str, int]
    adjectives: Mapping[tuple[str, ...], str]
    metonyms: Mapping[tuple[str, ...], str]
    peoples: Mapping[tuple[str, ...], str]
    stems: Mapping[str, Mapping[str, str]]
    states: Mapping[str, State]
    heads: Mapping[str, Heads]
    abroad: Abroad
    descriptions: Mapping[str, Mapping[str, tuple[Description, ...]]]


KEY_LETTERS = 3
"""Letters of a first word under which phrases that inflect are looked up."""

LONGEST_ENDING = 3
"""Letters that an ending may add to the stem of a state's name."""


def like(word: str, pattern: str, longest_ending: int | None = None) -> bool:
    """Say whether a folded word fits a pattern; a trailing * allows any ending, of so many letters at the most."""
    if not pattern.endswith("*"):
        return word == pattern
    stem = pattern[:-1]
    return word.startswith(stem) and (longest_ending is None or len(word) - len(stem) <= longest_ending)
