"""Find who says what: a text with its sentences and the cue tables in, attributions out: source, cue, content spans.

No parser is used: a cue word splits its sentence, the source is the phrase beside it, the content what remains, direct
quotes over several sentences included. A cue without content is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from warledger.domain.cues import AttributionCues, fold
from warledger.domain.mention import Attribution
from warledger.domain.span import Span
from warledger.read.passives import is_passive, read_passive
from warledger.read.phrases import (
    CLOSERS,
    OPENERS,
    QUOTE,
    STOPS,
    Sentence,
    Word,
    behind_cue,
    clause_from,
    cue_words,
    cut,
    ends_in_quote,
    front,
    in_quote,
    is_quoted,
    make,
    phrase_start,
    quote_end,
    rest,
    source_before,
    subject_of,
    that_behind,
    word_span,
    words_of,
)


def find_attributions(
    text: str, sentences: Sequence[Span], cues: Mapping[str, AttributionCues], *, language: str | None = "en"
) -> tuple[Attribution, ...]:
    """Find the attributions of a report.

    Args:
        text: the report's text.
        sentences: its sentences, in order.
        cues: tables by language; a language without one gives none.
        language: ISO 639-1 code; None is read as English.

    Returns:
        Attributions in order of their sentence.
    """
    table = cues.get(language or "en")
    if table is None:
        return ()
    folded = fold(text)
    quotes = tuple(m.span() for m in QUOTE.finditer(text))
    found: list[Attribution] = []
    told_from = 0
    for span in sentences:
        sentence = Sentence(
            text=text,
            span=span,
            words=words_of(folded, span, table),
            quotes=quotes,
            sets=table.sets,
            endings=table.endings,
        )
        here = list(_read(sentence, table, folded))
        if not here and is_quoted(sentence):
            at = next((n for n in range(len(found) - 1, told_from - 1, -1) if ends_in_quote(found[n], text)), None)
            if at is not None:
                found[at] = _going_on(found[at], sentence)
                continue
        told_from = len(found)
        found.extend(here)
    return tuple(found)


def _going_on(last: Attribution, sentence: Sentence) -> Attribution:
    """What was said last with the quote that goes on in a sentence."""
    start = sentence.span.start
    if any(c.start <= start < c.end for c in last.content):
        return last
    more = cut(sentence.text, start, max(sentence.span.end, quote_end(sentence)))
    return Attribution(source=last.source, cue=last.cue, content=(*last.content, more))


def _read(sentence: Sentence, table: AttributionCues, folded: str) -> Iterator[Attribution]:
    words = sentence.words
    source: Span | None = None
    told: set[int] = set()
    for at, word in enumerate(words):
        if word.kind in _READERS and not in_quote(sentence, word.start) and not _is_noun(sentence, at):
            found = (read_passive if is_passive(sentence, at) else _READERS[word.kind])(sentence, at, source)
            starts = {s.start for s in found.content} if found is not None else set()
            if (
                found is not None
                and any(len(s) > 2 for s in found.content)
                and not (word.kind == "noun" and starts & told)
            ):
                told |= starts
                source = found.source[0] if found.source else source
                yield found
    for match in table.according.finditer(folded, sentence.span.start, sentence.span.end):
        yield from _according(sentence, table, match.start(), match.end())


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Whether a word that could be a verb of saying is a noun: "the shows", "of claims", "their hopes"."""
    words = sentence.words
    return (
        at > 0 and words[at].kind not in ("noun", "seem", "final") and words[at - 1].low in sentence.sets["determiner"]
    )


def _say(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    words = sentence.words
    first, last = cue_words(sentence, at)
    cue = word_span(sentence, first, last)
    behind = behind_cue(sentence, at + 1)
    if (
        first > 0
        and words[first - 1].low in {",", "”", '"', "''", "»", "?", "!", "—", "–"}
        and _inverted(sentence, first, at)
    ):
        return _said_by(sentence, first, at, cue)
    place = source_before(sentence, first)
    if place is None and behind is not None and at + 1 < behind < len(words) and words[behind].kind == "that":
        source = _named_behind(sentence, at + 1, behind)
        return make(sentence, source or known, cue, rest(sentence, behind))
    if place is None:
        subject = known or subject_of(sentence, first)
        return None if behind is None else make(sentence, subject, cue, rest(sentence, behind))
    source = cut(sentence.text, words[place[0]].start, words[place[1]].end)
    lead = front(sentence, words[place[0]].start)
    open_front = place[0] > 1 and words[place[0] - 1].low in CLOSERS
    if behind is not None and _is_spoken(sentence, lead, place[0]) and not _opens_content(sentence, behind):
        behind = None
    if behind is not None and not (open_front and words[place[0] - 1].low != "," and words[at + 1].low in ",."):
        quoted = open_front and lead and lead[0].text[-1:] in '”"»' and words[at + 1].low in (",", ":", ".")
        return make(sentence, source, cue, (*(lead if quoted else ()), *rest(sentence, behind)))
    if open_front and lead and len(lead[0]) > 8:
        quote = next((n for n in range(at + 1, len(words)) if words[n].low in OPENERS), None)
        after = () if at + 2 >= len(words) or words[at + 1].low != "," else _middle(sentence, at + 2)
        if quote is not None and not after:
            after = rest(sentence, quote)
        return make(sentence, source, cue, (*lead, *after))
    following = at + 1
    if following < len(words) and words[following].low not in ",.;":
        return make(sentence, source, cue, rest(sentence, _after_adverbial(sentence, following)))
    return None


def _is_spoken(sentence: Sentence, lead: Sequence[Span], first: int) -> bool:
    """Whether a direct quote stands right before the source."""
    before = sentence.words[first - 1] if first > 0 else None
    opens = bool(lead) and lead[0].text[:1] in _QUOTES | {"'"}
    return opens and before is not None and before.low in _QUOTES and len(lead[0]) > 8


def _opens_content(sentence: Sentence, at: int) -> bool:
    """Whether a word behind a cue surely opens content: "that", a quote, what follows a colon."""
    words = sentence.words
    return words[at].kind == "that" or words[at].low in OPENERS or words[at - 1].low == ":"


def _named_behind(sentence: Sentence, at: int, that: int) -> Span | None:
    """The source between a cue that opens its sentence and the "that" of its content, without words of time."""
    words = sentence.words
    end = at
    while end < that and words[end].low not in STOPS and words[end].kind not in ("adverbial", "boundary"):
        end += 1
    return None if end == at else cut(sentence.text, words[at].start, words[end - 1].end)


def _after_adverbial(sentence: Sentence, at: int) -> int:
    """Behind words of time and manner up to a comma, where one follows soon; else where they begin."""
    comma = next((n for n in range(at, min(len(sentence.words), at + 10)) if sentence.words[n].low == ","), None)
    return at if comma is None or comma + 1 >= len(sentence.words) else comma + 1


def _middle(sentence: Sentence, at: int) -> tuple[Span, ...]:
    """The second half of content that "he said" stands in the middle of."""
    if (
        sentence.words[at].kind in ("saying", "adverbial", "boundary")
        or sentence.words[at].low in sentence.sets["joint"]
    ):
        return ()
    return rest(sentence, at)


def _inverted(sentence: Sentence, first: int, at: int) -> bool:
    """Whether the source stands behind the cue: the words before it are content closed by a comma or a quote."""
    if at + 1 >= len(sentence.words) or (first != at and any(w.low == "," for w in sentence.words[: first - 1])):
        return False
    following = sentence.words[at + 1]
    before = sentence.words[first - 1].low
    if before == ",":
        commas = [n for n in range(first - 1) if sentence.words[n].low == ","]
        if commas and following.kind in ("that", "helper", "adverbial", "pronoun"):
            return False
        if following.low in sentence.sets["article"] and commas:
            return False
        return following.kind in ("", "pronoun") and following.low not in STOPS | {"."} and first > 4 and (not commas)
    return following.kind in ("", "pronoun") and following.low not in STOPS | {"."}


def _said_by(sentence: Sentence, first: int, at: int, cue: Span) -> Attribution | None:
    """The source behind the cue, with what a comma and "who" tell of it."""
    words = sentence.words
    end = at + 1
    described = False
    while end < len(words) and words[end].low not in OPENERS | {";", ":"} and words[end].kind != "saying":
        if words[end].low == "." and not _is_initial(words, end):
            break
        described = described or (words[end].kind == "pronoun" and words[end - 1].low == ",")
        if words[end].low in sentence.sets["relative"] and not described:
            break
        if (
            words[end].kind in ("adverbial", "boundary")
            and not described
            and words[end].low
            not in (
                "of",
                "for",
                "to",
                "in",
                "with",
                "at",
            )
        ):
            break
        end += 1
    source = cut(sentence.text, words[at + 1].start, words[end - 1].end)
    quote = next((n for n in range(end, len(words)) if words[n].low in OPENERS), None)
    after = () if quote is None else rest(sentence, quote)
    return make(sentence, source, cue, (*front(sentence, words[first].start), *after))


def _tell(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    words = sentence.words
    first, last = cue_words(sentence, at)
    place = source_before(sentence, first)
    source = known if place is None else cut(sentence.text, words[place[0]].start, words[place[1]].end)
    cue = word_span(sentence, first, last)
    that = that_behind(sentence, at + 1)
    if that is None:
        that = next(
            (n for n in range(at + 1, min(len(words), at + 8)) if words[n].low in sentence.sets["whether"]), None
        )
    quote = next((n for n in range(at + 1, len(words)) if words[n].low in OPENERS), None)
    if that is not None:
        return make(sentence, source, cue, rest(sentence, that))
    if place is not None and place[0] > 1 and words[place[0] - 1].low in CLOSERS and place[0] > 4:
        after = () if quote is None else rest(sentence, quote)
        return make(sentence, source, cue, (*front(sentence, words[place[0]].start), *after))
    if quote is not None and quote < at + 12:
        return make(sentence, source, cue, rest(sentence, quote))
    start = _hearer_end(sentence, at + 1)
    return None if start is None else make(sentence, source, cue, rest(sentence, start))


def _hearer_end(sentence: Sentence, at: int) -> int | None:
    """Behind the hearer: the next pronoun, article, comma or "to"; else the second word."""
    words = sentence.words
    for n in range(at + 1, min(len(words), at + 9)):
        if words[n].low == "," and n + 1 < len(words):
            return n + 1
        if words[n].kind == "pronoun" or words[n].low in sentence.sets["article"]:
            return n
    return at + 1 if at + 1 < len(words) else None


def _saying(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    """Saying, with helpers ("was saying") of the phrase before it; alone of whoever spoke last or the subject."""
    words = sentence.words
    first, last = cue_words(sentence, at)
    behind = behind_cue(sentence, at + 1)
    start = behind if behind is not None else at + 1
    if start >= len(words) or words[start].low in STOPS - OPENERS:
        return None
    place = source_before(sentence, first) if first < at else None
    source = known or subject_of(sentence, at)
    if place is not None:
        source = cut(sentence.text, words[place[0]].start, words[place[1]].end)
    return make(sentence, source, word_span(sentence, first, last), rest(sentence, start))


def _think(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    words = sentence.words
    first, last = cue_words(sentence, at)
    place = source_before(sentence, first)
    if place is None or at + 1 >= len(words):
        return None
    source = cut(sentence.text, words[place[0]].start, words[place[1]].end)
    cue = word_span(sentence, first, last)
    open_front = place[0] > 4 and words[place[0] - 1].low in CLOSERS
    if words[at + 1].low in ".,;" or words[at + 1].low in STOPS:
        return make(sentence, source, cue, front(sentence, words[place[0]].start)) if open_front else None
    return make(sentence, source, cue, clause_from(sentence, at + 1))


def _seem(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    first, last = cue_words(sentence, at)
    place = source_before(sentence, first)
    if place is None or at + 1 >= len(sentence.words):
        return None
    subject = cut(sentence.text, sentence.words[place[0]].start, sentence.words[place[1]].end)
    return make(sentence, None, word_span(sentence, first, last), (subject, *clause_from(sentence, at + 1)))


def _according(sentence: Sentence, table: AttributionCues, start: int, end: int) -> Iterator[Attribution]:
    words = sentence.words
    at = next((n for n, w in enumerate(words) if w.start >= end), None)
    if at is None:
        return
    stop = at
    while stop < len(words) and (words[stop].low not in STOPS | {"."} or _is_initial(words, stop)):
        stop += 1
    cue = cut(sentence.text, start, end)
    if table.source_first:
        begin = max((n + 1 for n in range(at) if words[n].low == "," and words[n].end < start), default=0)
        if words[begin].start >= start:
            return  # nobody stands before the phrase
        source = cut(sentence.text, words[begin].start, start)
        yield from (make(sentence, source, cue, content) for content in [rest(sentence, at)] if content)
        return
    if stop == at:
        return  # nobody stands behind it
    source = cut(sentence.text, words[at].start, words[stop - 1].end)
    leading = start - sentence.span.start < 3
    content = rest(sentence, stop + 1) if leading else front(sentence, start)
    if content and len(source):
        yield make(sentence, source, cue, content)


def _is_initial(words: Sequence[Word], stop: int) -> bool:
    """Whether a full stop closes an initial or a title ("Hamid B. Rashid", "Gen. Rashid")."""
    return words[stop].low == "." and stop > 0 and words[stop - 1].end - words[stop - 1].start <= _ABBREVIATED


def _noun(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    """A statement by X that Y; X's claim that Y."""
    words = sentence.words
    that = that_behind(sentence, at + 1, 10)
    if that is None:
        return None
    source = None
    if that > at + 2 and words[at + 1].low in sentence.sets["by"]:
        source = cut(sentence.text, words[at + 2].start, words[that - 1].end)
    elif at > 0 and words[at - 1].low.endswith(("'s", "s'")):
        start = phrase_start(sentence, at - 1)
        source = None if start is None else word_span(sentence, start, at - 1)
    return make(sentence, source, word_span(sentence, at, at), rest(sentence, that))


def _final(sentence: Sentence, at: int, known: Span | None) -> Attribution | None:
    """A cue that closes its sentence: the source comes first, up to a comma or a word or two, then the content."""
    words = sentence.words
    comma = next((n for n in range(min(at, 10)) if words[n].low == ","), None)
    subject = subject_of(sentence, at)
    if comma is None and subject is None:
        return None
    source = subject if comma is None or subject is None else cut(sentence.text, words[0].start, words[comma].start)
    content = () if source is None else (cut(sentence.text, source.end, words[at].start),)
    return make(sentence, source, word_span(sentence, at, at), content)


_ABBREVIATED = 3
"""How many letters a word has at most that a full stop shortens."""
_QUOTES = OPENERS | {"”", "»"}
_READERS = {
    "say": _say,
    "tell": _tell,
    "saying": _saying,
    "think": _think,
    "call": _think,
    "seem": _seem,
    "noun": _noun,
    "final": _final,
}
