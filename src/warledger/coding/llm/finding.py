"""Find the words of a language model in the report: words in, what the readers make of them and where they stand out.

Words are found as they stand, whole, but for case, white space, and the shape of quotation marks and dashes. Of several
places where they stand, the nearest to the quote counts. None is what no word of the report says; something found that
means nobody, nowhere or no day has the value None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from attrs import frozen

from warledger.coding.lookup import look_up
from warledger.domain.folding import fold_name
from warledger.domain.mention import ActorMention, NumberMention, Reading, TimeMention, ToponymMention
from warledger.domain.naming import ActorNames
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span

_Mention = TypeVar("_Mention", ActorMention, ToponymMention, TimeMention, NumberMention)
_ALIKE = ("'’‘ʼ`´", '"“”„«»', "-‐‑–—")
_DATING = ("point", "since", "until")


@frozen(kw_only=True)
class Found:
    """What words of the report stand for.

    Args:
        value: actors, a Place, a TimeMention or a NumberMention; empty or None where they stand for nothing.
        span: where they stand.
        rule: which reader says so.
    """

    value: Any
    span: Span
    rule: str


@frozen(kw_only=True, eq=False)
class Finder:
    """Finds words for one claim.

    Args:
        reading: the report as read.
        names: the actor table.
        quotes: where the claim stands.
    """

    reading: Reading
    names: ActorNames
    quotes: tuple[Span, ...]

    def actors(self, words: str) -> Found | None:
        """The actors that words name: as a mention, by its canonical name or an alias, or by standing in the text."""
        folded = fold_name(words)
        mentions = self._near(m for m in self.reading.actors if m.actors)
        for m in mentions:
            if fold_name(m.span.text) == folded:
                return Found(value=m.actors, span=m.span, rule=m.rule)
        known = {folded, *map(fold_name, look_up(words, self.names, self.reading) or ())}
        for m in mentions:
            named = [name for name in m.actors if fold_name(name) in known]
            named += [name for name in m.alternatives if fold_name(name) == folded]
            if named:
                return Found(value=(named[0],), span=m.span, rule=m.rule)
        return self._actors_in_text(words, mentions)

    def _actors_in_text(self, words: str, mentions: Sequence[ActorMention]) -> Found | None:
        span = self._nearest(words)
        if span is None:
            return None
        mention = _most_overlap(span, mentions)
        if mention is not None:
            return Found(value=mention.actors, span=mention.span, rule=mention.rule)
        looked_up = look_up(span.text, self.names, self.reading)
        if looked_up is not None:
            return Found(value=looked_up, span=span, rule="name")
        return Found(value=(span.text,) if _is_name(words, span) else (), span=span, rule="words of the text")

    def source(self, words: str) -> Found | None:
        """The source that words name; one that is nobody in particular ("a rebel commander") keeps its words."""
        found = self.actors(words)
        if found is None or found.value:
            return found
        return Found(value=(re.sub(r"^(?:an?|the) ", "", found.span.text),), span=found.span, rule=found.rule)

    def place(self, words: str) -> Found | None:
        """The place that words name; of "Saraqib, Idlib" the first, where both stand in the report."""
        parts = [self._place(part.strip()) for part in words.split(",") if part.strip()]
        return None if not parts or any(p is None for p in parts) else parts[0]

    def _place(self, words: str) -> Found | None:
        folded = fold_name(words)
        toponyms = self._near(self.reading.toponyms)
        for t in toponyms:
            known = (t.span.text, t.name, *([t.entry.name] if t.entry is not None else []))
            if folded in map(fold_name, known):
                return _placed(t)
        span = self._nearest(words)
        if span is None:
            return None
        toponym = _most_overlap(span, toponyms)
        if toponym is not None:
            return _placed(toponym)
        place = Place(name=span.text, entry=None, precision=PlacePrecision.EXACT, spans=(span,))
        return Found(value=place if _is_name(words, span) else None, span=span, rule="words of the text")

    def time(self, words: str) -> Found | None:
        """The time that words say, as the reader resolves it; a day written as a date is one that the report tells."""
        times = self._near(t for t in self.reading.times if t.interval is not None and t.role in _DATING)
        span = self._nearest(words)
        if span is None:
            days = (t for t in times if t.interval is not None and t.interval.start == t.interval.end)
            told = next((t for t in days if t.interval is not None and str(t.interval.start) == words), None)
        else:
            told = _most_overlap(span, times)
        if told is not None:
            return Found(value=told, span=told.span, rule=told.rule)
        return None if span is None else Found(value=None, span=span, rule="words of the text")

    def number(self, words: str) -> Found | None:
        """The number that words or digits say, in a sentence of the claim."""
        numbers = self._near(n for n in self.reading.numbers if self._in_its_sentences(n.span))
        span = self._nearest(words)
        told = _most_overlap(span, numbers) if span is not None and self._in_its_sentences(span) else None
        digits = re.sub(r"[\s,.]", "", words)
        if told is None and digits.isascii() and digits.isdigit():
            told = next((n for n in numbers if int(digits) in (n.min, n.max)), None)
        return None if told is None else Found(value=told, span=told.span, rule=told.rule)

    def _in_its_sentences(self, span: Span) -> bool:
        held = (s for s in self.reading.sentences if any(s.overlaps(q) for q in self.quotes))
        return any(s.holds(span) for s in held)

    def _near(self, mentions: Iterable[_Mention]) -> list[_Mention]:
        return sorted(mentions, key=lambda m: self._distance(m.span))

    def _nearest(self, words: str) -> Span | None:
        return min(occurrences(words, self.reading.report.text, same_case=False), key=self._distance, default=None)

    def _distance(self, span: Span) -> tuple[int, int]:
        """Inside a quote before its sentence before all else; then by characters between."""
        where = 0 if any(q.holds(span) for q in self.quotes) else 1 if self._in_its_sentences(span) else 2
        return where, min(abs(span.start - q.start) for q in self.quotes)


def occurrences(words: str, text: str, *, same_case: bool = True) -> Iterator[Span]:
    """Where words stand in a text as whole words; white space, quotation marks and dashes of any shape are alike."""
    pattern = "".join(map(_pattern, re.findall(r"\s+|\S", words.strip())))
    if not pattern:
        return
    whole = re.compile(rf"(?<!\w){pattern}(?!\w)", 0 if same_case else re.IGNORECASE)
    for match in whole.finditer(text):
        yield Span.of(text, match.start(), match.end())


def _pattern(character: str) -> str:
    if character.isspace():
        return r"\s+"
    alike = next((marks for marks in _ALIKE if character in marks), None)
    return re.escape(character) if alike is None else f"[{re.escape(alike)}]"


def _most_overlap(span: Span, mentions: Sequence[_Mention]) -> _Mention | None:
    """The mention that shares most characters with a span; of equals the first."""
    shared = [(min(span.end, m.span.end) - max(span.start, m.span.start), m) for m in mentions]
    best = max((length for length, _ in shared), default=0)
    return next(m for length, m in shared if length == best) if best > 0 else None


def _placed(t: ToponymMention) -> Found:
    place = Place(name=t.name, entry=t.entry, precision=t.precision, spans=(t.span,))
    return Found(value=place, span=t.span, rule=t.rule)


def _is_name(words: str, span: Span) -> bool:
    """Both the model and the report write a word of it with a capital, or its script has none."""
    written = (words, span.text)
    return all(any(w[0].isalpha() and not w[0].islower() for w in said.split()) for said in written)
