"""Find claimed precedents: a sentence with its times in, the words of each precedent and what they claim out.

"The deadliest day since October 7" claims one; a superlative of a thing ("the largest city") is refused. A precedent
that names no date ("for the first time", "in years") has since None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from warledger.domain.claim import Precedent
from warledger.domain.cues import PrecedentCues, fold
from warledger.domain.mention import Reading, TimeMention
from warledger.domain.span import Span

_UNITS_BACK = {"lasting", "past units", "ago"}
"""Rules whose days say how long ago ("in a decade"): their first year is what the precedent reaches back to."""

REACH = 40
"""A time further behind the opening word than this many characters is another's."""


def find_precedents(
    sentence: Span,
    cues: Mapping[str, PrecedentCues],
    *,
    language: str | None = "en",
    times: Sequence[TimeMention] = (),
) -> tuple[tuple[Span, Precedent], ...]:
    """Find the precedents that a sentence claims.

    Args:
        sentence: the sentence, with its offsets in the report.
        cues: tables by language; a language without one gives none.
        language: ISO 639-1 code; None is read as English.
        times: the report's time mentions; those behind the precedent's words, in this sentence, date it.

    Returns:
        The words (offsets in the report) and the precedent, in order.
    """
    table = cues.get(language or "en")
    return () if table is None else tuple(_precedents(sentence, table, times))


def precedents_of(reading: Reading, cues: Mapping[str, PrecedentCues]) -> list[tuple[Span, Precedent]]:
    """The precedents that a report claims, as `find_precedents` gives them for each sentence."""
    language, times = reading.report.language, reading.times
    return [p for s in reading.sentences for p in find_precedents(s, cues, language=language, times=times)]


def without_their_times(precedents: Sequence[tuple[Span, Precedent]], reading: Reading) -> Reading:
    """The reading without the times of precedents: what is the first since 2016 did not happen since 2016."""

    def counts_from(time: TimeMention) -> bool:
        start = time.interval.start if time.interval is not None else None
        return start is not None and any(
            precedent.since is not None
            and int(precedent.since[:4]) == start.year
            and any(s.holds(span) and s.holds(time.span) and span.start <= time.span.start for s in reading.sentences)
            for span, precedent in precedents
        )

    return evolve(reading, times=tuple(t for t in reading.times if not counts_from(t))) if precedents else reading


def _precedents(sentence: Span, table: PrecedentCues, times: Sequence[TimeMention]) -> Iterator[tuple[Span, Precedent]]:
    folded = fold(sentence.text)
    if table.trigger.search(folded) is None:
        return
    told: list[Span] = []
    for rank, pattern in table.ranks:
        for match in pattern.finditer(folded):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            span = Span(start=start, end=end, text=sentence.text[match.start() : match.end()])
            if any(span.overlaps(other) for other in told):
                continue
            told.append(span)
            opening = table.since.search(folded, match.start())
            since = None if opening is None else _since(times, sentence.start + opening.start(), sentence.end)
            yield span, Precedent(rank=rank, since=since)


def _since(times: Sequence[TimeMention], start: int, end: int) -> str | None:
    """The first dated time behind the opening word, as an ISO year, month or day."""
    for mention in times:
        if (
            not start <= mention.span.start < min(end, start + REACH)
            or mention.interval is None
            or mention.interval.start is None
        ):
            continue
        if mention.rule in _UNITS_BACK:
            return str(mention.interval.start.year)
        if mention.value[:4].isdigit():
            return _iso(mention.value, mention.interval.start)
    return None


def _iso(value: str, start: date) -> str:
    """A TIMEX3 value as ISO year, month or day: a week counts as its month, a season or quarter as its year."""
    if "W" in value[4:]:
        return start.isoformat()[:7]
    return value[:10] if value[4:].replace("-", "").isdigit() else value[:4]
