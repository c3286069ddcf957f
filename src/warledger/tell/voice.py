"""How one brief speaks: the phrases, the naming and the measures together, and the sentences they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from warledger.domain.codes import Grade
from warledger.domain.event import Event
from warledger.domain.phrases import Phrases
from warledger.domain.place import Place
from warledger.ports import KeptClaim
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.sentence import Sentence
from warledger.tell.templates import Field, Noun, fill, one_line, sentence_case

MOST_NAMES = 10
"""More places than this are counted, not named."""


@frozen(kw_only=True)
class Voice:
    """What every part of a brief words its sentences with."""

    phrases: Phrases
    naming: Naming
    measures: Measures

    def sentence(self, text: str, claim_ids: Iterable[str]) -> Sentence:
        """A sentence with a capital, a full stop and its claims, each cited once."""
        return Sentence(text=sentence_case(one_line(text)), claim_ids=tuple(dict.fromkeys(claim_ids)))

    def say(self, key: str, **fields: Field) -> str:
        """Fill a template of the table's `sentences`."""
        return fill(self.phrases.sentences[key], **fields)

    def places(self, places: Sequence[Place], most: int = MOST_NAMES) -> Noun:
        """Bare names as a list; behind the most, the rest are counted."""
        return self.some_of(tuple(dict.fromkeys(self.naming.place(p) for p in places)), most)

    def some_of(self, names: Sequence[str], most: int) -> Noun:
        """Names of places as a list; behind the most, the rest are counted."""
        if len(names) <= most + 1:
            return self.naming.ground(names)
        more = fill(self.phrases.names.and_more, n=self.measures.count(len(names) - most))
        return self.naming.ground((*names[:most], more))

    def quote(self, words: str) -> str:
        """Words of a report in quotation marks."""
        return fill(self.phrases.quote, words=words)

    def origin(self, name: str) -> str:
        """An origin in words; a private person's name is withheld."""
        return self.naming.actor(name)

    def source(self, kept: KeptClaim) -> Noun:
        """Who says a claim: the nearest source of its report, or else the publisher."""
        if kept.claim.attribution:
            return self.naming.actors(kept.claim.attribution[:1])
        return self.naming.side([self.publisher(kept)])

    def publisher(self, kept: KeptClaim) -> str:
        """The outlet of a claim's report."""
        named = kept.report.publisher
        return self.naming.outlet(named) if named else self.phrases.names.report

    def grade(self, events: Sequence[Event]) -> str:
        """The grade of events in words, in brackets; two or more grades are told as such."""
        grades = sorted({e.grade for e in events}, key=list(Grade).index)
        if len(grades) > 1:
            words = self.phrases.grade_words
            return fill(self.phrases.grade_mixed, one=words[grades[0]], other=words[grades[-1]])
        origins = {e.origins for e in events}
        if grades[0] is Grade.WEAK and len(origins) > 1:
            return f"({self.phrases.grade_words[Grade.WEAK]})"
        first = events[0].origins
        return self.graded(grades[0], first)

    def graded(self, grade: Grade, origins: Sequence[str]) -> str:
        """One grade in words, with how many origins or which one stand behind it."""
        if grade is Grade.WEAK and not origins:
            return f"({self.phrases.grade_words[grade]})"
        origin = self.origin(origins[0]) if origins else ""
        return fill(self.phrases.grades[grade], n=self.measures.count(len(origins)), origin=origin)
