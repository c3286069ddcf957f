"""Sayings in the passive: a sentence and its cue in, an attribution out whose content holds the subject.

"The mayor is accused of theft by rebels" is what rebels say of the mayor; without "by" nobody is named as the source.
"""

from __future__ import annotations

from warledger.domain.mention import Attribution
from warledger.domain.span import Span
from warledger.read.phrases import STOPS, Sentence, clause_from, cue_words, cut, make, source_before, word_span

_BY_REACH = 15
"""How many words behind a cue "by" still names its source."""


def is_passive(sentence: Sentence, at: int) -> bool:
    """Whether a form of "be" stands before the cue, adverbs between them: "is widely accused", not "is to announce"."""
    if sentence.words[at].kind not in ("say", "call"):
        return False
    first, _ = cue_words(sentence, at)
    return any(w.low in sentence.sets["be"] for w in sentence.words[first:at])


def read_passive(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    """What is said of the subject ("is accused of theft"); the source is whom "by" names."""
    words = sentence.words
    first, last = cue_words(sentence, at)
    place = source_before(sentence, first)
    if place is None or at + 1 >= len(words):
        return None
    subject = cut(sentence.text, words[place[0]].start, words[place[1]].end)
    cue = word_span(sentence, first, last)
    by = next(
        (n for n in range(at + 1, min(len(words), at + _BY_REACH)) if words[n].low in sentence.sets["agent"]), None
    )
    if by is None:
        return make(sentence, None, cue, (subject, *clause_from(sentence, at + 1)))
    end = by + 1
    while end < len(words) and words[end].low not in STOPS | {"."} and words[end].kind not in ("boundary", "adverbial"):
        end += 1
    source = cut(sentence.text, words[by].end, words[end - 1].end)
    between = cut(sentence.text, words[at].end, words[by].start)
    return make(sentence, source if len(source) else None, cue, (subject, *([between] if len(between) else [])))
