"""The phrases of the brief: English templates for the codebook's codes, as read from their table.

In a template `{field}` is filled in, `{field|words}` falls back on the words, and `[ ... ]` is dropped when a field in
it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from warledger.domain.codes import Act, EventType, Grade, Harm, Modality


@frozen(kw_only=True)
class EventPhrase:
    """How one event type is told.

    Args:
        does: past tense, behind a subject.
        plan: infinitive without "to".
        happens: whole clause, where nobody is named as having done it.
        headline: for the top of a brief.
        does_area: `does` where a place is no settlement or site ("took ground in ..."), or None for the same words.
        plan_area: likewise.
        happens_area: likewise.
        headline_area: likewise.
    """

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
class NamePhrases:
    """How canonical names are put in prose, and which names are taken for private persons'.

    Args:
        article_words: a name that holds one takes "the".
        without_article: first words of names that take none all the same.
        countries_with_article: countries that take "the".
        patterns: expressions over canonical names, and what to say; `{owner}` is the first group as a possessive.
        singular: names that look plural and are not.
        plural_endings: last words of names that are plural.
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
    singular: frozenset[str]
    plural_endings: tuple[str, ...]
    organisation_words: frozenset[str]
    outlet_words: frozenset[str]
    person: str
    report: str
    withheld: str
    and_more: str


@frozen(kw_only=True)
class PlacePhrases:
    """How places are put: by precision, and the words that make a name its own preposition."""

    by_precision: Mapping[str, str]
    own_preposition: tuple[str, ...]
    no_preposition: tuple[str, ...]
    take_article: tuple[str, ...]
    plural: tuple[str, ...]
    sites: tuple[str, ...]
    site: str
    division: str


@frozen(kw_only=True)
class Phrases:
    """The whole table; every code of the codebook has an entry in it."""

    names: NamePhrases
    places: PlacePhrases
    times: Mapping[str, str]
    figures: Mapping[str, str]
    people: Mapping[str, tuple[str, str]]
    people_within: Mapping[str, Sequence[str]]
    harms: Mapping[Harm, str]
    grades: Mapping[Grade, str]
    grade_words: Mapping[Grade, str]
    grade_mixed: str
    weights: Mapping[EventType, int]
    modalities: Mapping[Modality, str]
    agentless: Mapping[Modality, str]
    events: Mapping[EventType, EventPhrase]
    acts: Mapping[Act, ActPhrase]
    precedents: Mapping[str, str]
    verdicts: Mapping[str, str]
    sections: Mapping[str, str]
    sentences: Mapping[str, str]
    gaps: Mapping[str, str]
    ends: Mapping[str, str]
    surges: Mapping[str, str]
    extents: Mapping[str, str]
    languages: Mapping[str, str]
