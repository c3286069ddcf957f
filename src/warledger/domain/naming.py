"""Tables that the actor reader needs, as values: states, names with years, heads of descriptions by language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from attrs import field, frozen

from warledger.domain.actor import Actor


def fold_word(word: str) -> str:
    """Fold one word: case, accents, apostrophes, Arabic letter forms, the possessive 's."""
    word = word.casefold().replace("’", "'").removesuffix("'s").rstrip(".'")
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ё": "е", "ʼ": "'", "ı": "i"})


@frozen(kw_only=True)
class State:
    """A state and what reports call it.

    Args:
        iso: ISO 3166-1 alpha-2 code.
        name: as in `Government of NAME`.
    """

    iso: str
    name: str


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
    """

    whole: Mapping[tuple[str, ...], str] = field(repr=False)
    stems: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(repr=False)
    adjective_first: bool


@frozen(kw_only=True, eq=False)
class ActorNames:
    """Everything the actor reader looks things up in.

    Args:
        actors: entries by canonical name.
        names: folded words of a name to the actors that bear it, with years.
        cased: names that only count as written, because folded they are common words (IS, AU, ELN).
        starts: first words of all names, with the length of the longest name that begins so.
        adjectives: folded adjectives of English to states.
        stems: by language, stems of adjectives to states.
        states: states by code.
        heads: by language.
    """

    actors: Mapping[str, Actor]
    names: Mapping[tuple[str, ...], tuple[NameYears, ...]]
    cased: frozenset[str]
    starts: Mapping[str, int]
    adjectives: Mapping[tuple[str, ...], str]
    metonyms: Mapping[tuple[str, ...], str]
    stems: Mapping[str, Mapping[str, str]]
    states: Mapping[str, State]
    heads: Mapping[str, Heads]
