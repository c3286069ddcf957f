"""The phrases of a sentence as attribution needs them: words with their classes, quotes, what stands beside a cue.

A sentence goes in with the cue table of its language; spans of sources and contents come out. What no rule of phrase
reaches is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from warledger.domain.cues import AttributionCues
from warledger.domain.mention import Attribution
from warledger.domain.span import Span

_WORD = re.compile(r"[\w][\w'’.\-]*[\w]|\w|''|[^\w\s]")
QUOTE = re.compile(r"“[^”]{1,3000}”|\"[^\"\n]{1,3000}\"|''(?:(?!'').){1,3000}''|«[^»]{1,3000}»|„[^“”]{1,3000}[“”]")
OPENERS = frozenset('“"«„') | {"''"}
STOPS = frozenset(",;:—–()[]…|") | OPENERS | {"”", "»"}
CLOSERS = frozenset({",", "”", '"', "''", "»", "?", "!", "—", "–"})
"""What closes content that its source follows."""
_TRIM = " \t\n\u00a0,;:—–-"
_SAYINGS = frozenset({"say", "tell", "call", "think", "saying"})
"""Classes of cues that, joined to what is said, say something further."""
_REACH = 25
"""How many words before a cue its source may begin."""


class Word(NamedTuple):
    """A word with its offsets, folded, and its class."""

    start: int
    end: int
    low: str
    kind: str
    """`say`, `tell` ... for a cue, `helper`, `that` ... for a word of the table, else empty."""


@frozen(kw_only=True)
class Sentence:
    """A sentence as read: its words, with the quotes and the small words that bound its phrases."""

    text: str
    span: Span
    words: tuple[Word, ...]
    quotes: tuple[tuple[int, int], ...]
    """All quotes of the text, in order."""
    sets: Mapping[str, frozenset[str]]
    endings: tuple[str, ...]


def words_of(folded: str, span: Span, table: AttributionCues) -> tuple[Word, ...]:
    """Cut a sentence into words, each with the class that the table gives it."""
    get_verb, get_word = table.verbs.get, table.words.get
    return tuple(
        Word(m.start(), m.end(), m.group(), get_verb(m.group()) or get_word(m.group()) or "")
        for m in _WORD.finditer(folded, span.start, span.end)
    )


def cut(text: str, start: int, end: int) -> Span:
    """Cut a span, white space and closing marks trimmed off both ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM + ".":
        end -= 1
    return Span.of(text, start, end)


def is_quoted(sentence: Sentence) -> bool:
    """Whether the sentence lies in a quote, but for a stop behind it, or begins one that goes on behind it."""
    start, end = sentence.span.start, sentence.span.end
    return any(a <= start and (end <= b + 1 or a == start) and b > start + 1 for a, b in sentence.quotes)


def quote_end(sentence: Sentence) -> int:
    """Where the quote that holds the start of a sentence ends; the end of the sentence where none does."""
    return next((b for a, b in sentence.quotes if a <= sentence.span.start < b), sentence.span.end)


def ends_in_quote(last: Attribution, text: str) -> bool:
    """Whether what was said last is a direct quote, so that a quote right behind it goes on."""
    return any(text[c.end - 1 : c.end + 1].strip(" .,")[-1:] in "”\"»'" for c in last.content if len(c))


def in_quote(sentence: Sentence, offset: int) -> bool:
    """Whether an offset lies inside a direct quote."""
    return any(a < offset < b for a, b in sentence.quotes)


def cue_words(sentence: Sentence, at: int) -> tuple[int, int]:
    """First and last word of the cue: the helpers before it belong to it."""
    first = at
    while first > 0 and sentence.words[first - 1].kind == "helper":
        first -= 1
    return first, at


def word_span(sentence: Sentence, first: int, last: int) -> Span:
    """The span from one word to another."""
    words = sentence.words
    return Span.of(sentence.text, words[first].start, words[last].end)


def source_before(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """The words of the source that ends before a word: one phrase, with its apposition between commas."""
    words = sentence.words
    last = first - 1
    if last < 0:
        return None
    if words[last].low == ",":
        comma = next((n for n in range(last - 1, max(-1, last - _REACH), -1) if words[n].low == ","), None)
        if comma is None or comma == 0:
            return None
        start = phrase_start(sentence, comma - 1)
        return None if start is None else (start, last)
    if words[last].low in sentence.sets["joint"]:
        return None
    start = phrase_start(sentence, last)
    if start is None:
        return None
    who = next((n for n in range(start + 1, last) if words[n].low in sentence.sets["relative"]), None)
    return (start, last if who is None else who - 1)


def phrase_start(sentence: Sentence, last: int) -> int | None:
    """The first word of the phrase that ends with a word, as far as stops and boundary words allow."""
    words = sentence.words
    if last < 0 or words[last].low in STOPS:
        return None
    if words[last].kind == "pronoun":
        return last
    start = last
    while start > 0 and last - start < _REACH:
        before = words[start - 1]
        if before.low in STOPS or before.kind in ("boundary", "that", "say", "tell", "saying", "think"):
            break
        if before.low in sentence.sets["joint"] and start > 1 and words[start - 2].low == ",":
            break
        start -= 1
    while start < last and (words[start].low in sentence.sets["joint"] or words[start].kind == "boundary"):
        start += 1
    return start


def rest(sentence: Sentence, at: int) -> tuple[Span, ...]:
    """What stands behind a word, to the end of the sentence, of the quote that it opens, or to a further saying."""
    if at >= len(sentence.words):
        return ()
    start, end = sentence.words[at].start, sentence.span.end
    inside = next(((a, b) for a, b in sentence.quotes if a < end < b and a >= start - 1), None)
    span = cut(sentence.text, start, inside[1] if inside else _next_saying(sentence, at) or end)
    return (span,) if len(span) else ()


def _next_saying(sentence: Sentence, at: int) -> int | None:
    """Where a further saying of the same sentence begins: ", adding that", "and has accused"."""
    words = sentence.words
    for n in range(at + 2, len(words)):
        if words[n].kind not in _SAYINGS or in_quote(sentence, words[n].start):
            continue
        first, _ = cue_words(sentence, n)
        before = words[first - 1].low
        if first > at + 1 and (before in sentence.sets["joint"] or (before == "," and words[n].kind == "saying")):
            return words[first - 1].start
    return None


def front(sentence: Sentence, end: int) -> tuple[Span, ...]:
    """What stands before an offset, from the start of the sentence or of the quote that runs into it."""
    start = sentence.span.start
    inside = next(((a, b) for a, b in sentence.quotes if a < start < b <= end + 2), None)
    span = cut(sentence.text, inside[0] if inside else start, end)
    return (span,) if len(span) else ()


def that_behind(sentence: Sentence, at: int, reach: int = 14) -> int | None:
    """The "that" that opens the content, where only words of time, place or hearer stand before it."""
    for n in range(at, min(len(sentence.words), at + reach)):
        word = sentence.words[n]
        if word.kind == "that":
            return n
        if word.low in STOPS - {","} or word.kind in _SAYINGS:
            return None
    return None


def behind_cue(sentence: Sentence, at: int) -> int | None:
    """The first word of content behind a cue; None where nothing but time and manner follows."""
    words = sentence.words
    if at >= len(words) or words[at].low in ".;)!?":
        return None
    that = that_behind(sentence, at)
    if that is not None:
        return that
    quote = next((n for n in range(at, min(len(words), at + 16)) if words[n].low in OPENERS), None)
    if words[at].low in (":", ",") or words[at].kind in ("adverbial", "helper", "boundary"):
        if quote is not None and words[at].low != ",":
            return quote
        if words[at].low == ":":
            return at + 1
        if words[at].low == "," and quote == at + 1:
            return quote
        return None
    return at


def make(sentence: Sentence, source: Span | None, cue: Span, content: Sequence[Span]) -> Attribution:
    """Make an attribution of its parts."""
    return Attribution(source=() if source is None else (source,), cue=(cue,), content=tuple(content))


def subject_of(sentence: Sentence, before: int) -> Span | None:
    """The sentence's subject as far as words tell it: its first phrase up to a helper, a cue or a word in -ed."""
    words = sentence.words
    start = 0
    if words[0].kind in ("adverbial", "boundary"):
        comma = next((n for n in range(min(before, 15)) if words[n].low == ","), -1)
        start = comma + 1
    while start < before and (words[start].low in OPENERS or words[start].low in sentence.sets["joint"]):
        start += 1
    if start >= before:
        return None
    if words[start].kind == "pronoun":
        return word_span(sentence, start, start)
    end = start
    for n in range(start + 1, min(before, start + 8)):
        low = words[n].low
        if (
            low in STOPS
            or words[n].kind
            or (low.endswith(sentence.endings) and not sentence.text[words[n].start].isupper())
        ):
            break
        end = n
    while end > start and words[end].low in sentence.sets["joint"] | sentence.sets["link"] | sentence.sets["article"]:
        end -= 1
    return word_span(sentence, start, end)


def clause_from(sentence: Sentence, at: int) -> tuple[Span, ...]:
    """From a word to the end of its clause: a comma with a conjunction or another cue behind it, or the end."""
    words = sentence.words
    for n in range(at + 2, len(words) - 1):
        opens = words[n + 1].low in sentence.sets["joint"] | sentence.sets["relative"]
        if words[n].low in (",", ";", "—") and (opens or words[n + 1].kind in ("saying", "boundary")):
            span = cut(sentence.text, words[at].start, words[n].start)
            return (span,)
    return rest(sentence, at)
