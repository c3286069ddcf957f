"""The phrases of the brief in one language: templates for the codebook's codes, as read from their table.

How a template is written is told in `tell/templates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from warledger.domain.codes import Act, EventType, Grade, Harm, Modality, Rank
from warledger.domain.place import GazetteerEntry


class Language(StrEnum):
    """What the program tells in, ISO 639-1."""

    ENGLISH = "en"
    ARABIC = "ar"


class Called(Protocol):
    """How a language other than the record's writes names; None where that is not known."""

    def actor(self, name: str) -> str | None:
        """An actor, by its canonical name."""

    def entry(self, entry: GazetteerEntry) -> str | None:
        """A place of the gazetteer."""

    def division(self, entry: GazetteerEntry) -> str | None:
        """The first-order division that a place lies in."""

    def within(self, name: str, country: str | None) -> str | None:
        """A place of a country, or the country itself, by the name that the record has; the widest of that name."""

    def title(self, name: str) -> str | None:
        """A road or an agreement."""


@frozen(kw_only=True)
class EventPhrase:
    """How one event type is told.

    Args:
        kind: the type as a noun.
        does: past tense; a language that begins with the verb has the subject in it.
        plan: infinitive or verbal noun.
        happens: whole clause, where nobody is named as having done it.
        headline: for the top of a brief.
        does_area: `does` where a place is no settlement or site ("took ground in ..."), or None for the same words.
        plan_area: likewise.
        happens_area: likewise.
        headline_area: likewise.
    """

    kind: str
    does: str
    plan: str
    happens: str
    headline: str
    does_area: str | None = None
    plan_area: str | None = None
    happens_area: str | None = None
    headline_area: str | None = None


@frozen(kw_only=True)
class ActPhrase:
    """How an act of speech is told: with whom it is about, and alone."""

    about: str
    alone: str


@frozen(kw_only=True)
class Form:
    """Words, and which of the forms of what agrees with them goes with them."""

    match: re.Pattern[str]
    form: int


@frozen(kw_only=True)
class Counting:
    """Numbers of one form: those from the one to the other, or whose remainder by `of` lies there."""

    first: int
    last: int
    of: int | None

    def holds(self, number: int) -> bool:
        """Whether a number is among them."""
        return self.first <= (number if self.of is None else number % self.of) <= self.last


@frozen(kw_only=True)
class NamePhrases:
    """How canonical names are put in prose, and which names are taken for private persons'.

    Args:
        article_words: a name that holds one takes "the".
        without_article: first words of names that take none all the same.
        countries_with_article: countries that take "the".
        patterns: expressions over canonical names, and what to say; `{owner}` is the first group as a possessive.
        forms: names with what agrees with them; the first that matches counts, any other name has form 0.
        several: the form of several names, or None where it is that of the first.
        oblique: words that are others behind a preposition or a verb.
        organisation_words: words that tell an unknown organisation from an unknown person.
        outlet_words: a name that holds one and is not in the actor table takes no article.
        person: what a private person is called.
        report: what a report without a publisher is called.
        withheld: what stands in a quote for a private person's name.
        and_more: how a list that was cut ends.
    """

    article_words: frozenset[str]
    without_article: tuple[str, ...]
    countries_with_article: frozenset[str]
    patterns: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    several: int | None
    oblique: Mapping[str, str]
    organisation_words: frozenset[str]
    outlet_words: frozenset[str]
    person: str
    report: str
    withheld: str
    and_more: str


@frozen(kw_only=True)
class PlacePhrases:
    """How places are put: by precision, and the words that make a name its own preposition.

    Args:
        away: how a place that one leaves is put, by the place with its preposition.
        here: the preposition that then goes.
        around: a region that is told by a settlement in it.
    """

    by_precision: Mapping[str, str]
    own_preposition: tuple[str, ...]
    no_preposition: tuple[str, ...]
    take_article: tuple[str, ...]
    forms: tuple[Form, ...]
    several: int | None
    sites: tuple[str, ...]
    site: str
    division: str
    away: str
    here: str
    around: str


@frozen(kw_only=True)
class Phrases:
    """The whole table of one language; every code of the codebook has an entry in it.

    Args:
        language: ISO 639-1.
        direction: of its script, `ltr` or `rtl`.
        letters: the first and the last of its script.
        quote: a quotation.
        foreign: a name that the language's own tables do not have.
        joints: what stands between two names of a list, and what before the last.
        counting: the forms of counted things, in order; any other number has the one behind them.
        numbers: the small numbers in words, from 0 on; larger ones, or all, are written in figures.
        months: from January on.
        called: how names are written, or None where as the record has them.
    """

    language: str
    direction: str
    letters: tuple[str, str]
    quote: str
    foreign: str
    joints: tuple[str, str]
    counting: tuple[Counting, ...]
    numbers: tuple[str, ...]
    months: tuple[str, ...]
    names: NamePhrases
    places: PlacePhrases
    times: Mapping[str, str]
    figures: Mapping[str, str]
    people: Mapping[str, str]
    counted: Mapping[str, str]
    people_within: Mapping[str, Sequence[str]]
    harms: Mapping[Harm, str]
    grades: Mapping[Grade, str]
    grade_words: Mapping[Grade, str]
    grade_mixed: str
    weights: Mapping[EventType, int]
    modalities: Mapping[Modality, str]
    modality_words: Mapping[Modality, str]
    agentless: Mapping[Modality, str]
    events: Mapping[EventType, EventPhrase]
    acts: Mapping[Act, ActPhrase]
    ranks: Mapping[Rank, str]
    precedents: Mapping[str, str]
    verdicts: Mapping[str, str]
    sections: Mapping[str, str]
    sentences: Mapping[str, str]
    titles: Mapping[str, str]
    reasons: Mapping[str, str]
    gaps: Mapping[str, str]
    ends: Mapping[str, str]
    surges: Mapping[str, str]
    extents: Mapping[str, str]
    fields: Mapping[str, str]
    languages: Mapping[str, str]
    called: Called | None = None
