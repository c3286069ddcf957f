"""Times that a text tells only together with others: mentions in, further readings with their own words out.

"After two weeks of siege" runs up to publication or to the day that its sentence tells; "still" means the day of
publication; "since that attack" runs from the last day told; what the army said on Monday had happened by Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from attrs import frozen

from warledger.domain.mention import TimeMention
from warledger.domain.span import Span
from warledger.domain.when import Basis, Interval, TimePrecision
from warledger.read.calendar_units import day_of, month_of, period, shift, shift_days, year_of
from warledger.read.lexing import Lexed
from warledger.read.time_shifts import count_of

RULES = frozenset({"window", "window to day", "rounded window", "nth day", "since then", "since far", "since to day"})
RULES |= {"present", "night", "part of near day", "several days", "by then", "days ago", "counted", "unit so far"}

_STOPS = {".", "!", "?", "؟", "\n", ";"}
_NEAR = 3
"""How many sentences behind a day still counts as the day that is told of."""
_SPAN_DAYS = 10
"""Two days of one sentence that lie no further apart may bound one happening."""
_LENGTHS = {"lasting", "duration", "past units", "24 hours"}
_FIRST = {"point", "since", "until"}
_TOLD_BY = "yuB"
"""Words of saying, of "already" and of "earlier": what they tell of had happened by the day told."""
_UNIT_SO_FAR = re.compile("[Bel][OIZ]?tU(?![LTXABFkY])")
_NTH = re.compile("q_?U")
_VAGUE = {"day": 7, "week": 30}
"""Days that "in recent days" and "in recent weeks" are taken to run back."""


@frozen(kw_only=True)
class _Told:
    """A mention with its first and last word, and its sentence."""

    mention: TimeMention
    first: int
    last: int
    sentence: int

    @property
    def start(self) -> date | None:
        return None if self.mention.interval is None else self.mention.interval.start

    @property
    def end(self) -> date | None:
        return None if self.mention.interval is None else self.mention.interval.end

    @property
    def day(self) -> date | None:
        """The day, where the words tell a single one."""
        return self.start if self.mention.role == "point" and self.start == self.end else None


@frozen(kw_only=True)
class _View:
    """A text as read: its words with their classes, the sentence of each, the mentions, the day of publication."""

    text: str
    words: Sequence[Lexed]
    tags: str
    sentence: Sequence[int]
    told: Sequence[_Told]
    published: date


def windows(
    text: str, words: Sequence[Lexed], mentions: Sequence[TimeMention], published: date
) -> tuple[TimeMention, ...]:
    """Find what times mean together.

    Args:
        text: the report's text.
        words: its words with their classes.
        mentions: the times read one by one.
        published: the publication date.

    Returns:
        Further mentions, each with words of the text; none repeats a mention's words and days.
    """
    view = _view(text, words, mentions, published)
    known = {(m.span.start, m.span.end, m.interval.start, m.interval.end) for m in mentions if m.interval is not None}
    out: list[TimeMention] = []
    for find in (_lengths, _nth_days, _since_then, _since_days, _present, _nights, _several, _by_then, _ago, _counted):
        for found in find(view):
            days = found.interval
            key = None if days is None else (found.span.start, found.span.end, days.start, days.end)
            if key is not None and key not in known:
                known.add(key)
                out.append(found)
    return tuple(out)


def _view(text: str, words: Sequence[Lexed], mentions: Sequence[TimeMention], published: date) -> _View:
    sentence, number = [], 0
    for word in words:
        sentence.append(number)
        number += word.value in _STOPS
    by_start = {w.start: n for n, w in enumerate(words)}
    by_end = {w.end: n for n, w in enumerate(words)}
    told = [
        _Told(
            mention=m, first=by_start[m.span.start], last=by_end[m.span.end], sentence=sentence[by_start[m.span.start]]
        )
        for m in sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    ]
    tags = "".join(w.tag for w in words)
    return _View(text=text, words=words, tags=tags, sentence=sentence, told=told, published=published)


def _make(
    view: _View, first: int, last: int, days: tuple[date | None, date | None], rule: str, role: str = "point"
) -> TimeMention:
    start, end = days
    span = Span.of(view.text, view.words[first].start, view.words[last].end)
    interval = Interval(start=start, end=end, precision=_precision(start, end), basis=Basis.INFERRED, spans=(span,))
    return TimeMention(span=span, interval=interval, value="PAST_REF", role=role, rule=rule)


def _precision(start: date | None, end: date | None) -> TimePrecision:
    if start is None or end is None:
        return TimePrecision.OPEN
    length = (end - start).days
    if length <= 3:
        return TimePrecision.DAY
    return TimePrecision.WEEK if length <= 14 else TimePrecision.MONTH if length <= 100 else TimePrecision.YEAR


def _days_near(view: _View, at: int) -> list[date]:
    """The days that the words are told of: those of their sentence, else the last one of the sentences before."""
    number = view.sentence[at]
    days = [(t, t.day) for t in view.told if t.day is not None and t.day <= view.published]
    same = [day for t, day in days if t.sentence == number and not t.first <= at <= t.last]
    if same:
        return list(dict.fromkeys(same))[:2]
    before = [day for t, day in days if number - _NEAR <= t.sentence < number]
    return before[-1:]


def _inside(view: _View) -> set[int]:
    """The words that lie in a mention."""
    return {n for t in view.told for n in range(t.first, t.last + 1)}


def _lengths(view: _View) -> Iterator[TimeMention]:
    """A length of time: up to the publication, or up to the day that the sentence tells."""
    for told in view.told:
        core = view.words[told.first : told.last + 1]
        if told.mention.rule not in _LENGTHS or told.mention.role == "set" or any(w.tag == "X" for w in core):
            continue
        if told.mention.role == "age" and not any(w.value in ("week", "month") for w in core if w.tag == "U"):
            continue
        length = _length(core)
        if length is None:
            continue
        count, unit = length
        ends = [view.published, *(d for d in _days_near(view, told.first) if d != view.published)]
        for end in ends:
            rule = "window" if end == view.published else "window to day"
            yield _make(view, told.first, told.last, (shift(end, unit, -count), end), rule)
            if unit == "day" and count > 1:
                yield _make(view, told.first, told.last, (shift_days(end, 1 - count), end), "rounded window")
            start = shift(end, unit, -count)
            if unit in ("month", "year") and count > 1:
                rounded = year_of(start.year) if unit == "year" and count > 2 else month_of(start.year, start.month)
                yield _make(view, told.first, told.last, (rounded.start, end), "rounded window")


def _length(core: Sequence[Lexed]) -> tuple[int, str] | None:
    count = count_of(core)
    unit = next((w.value for w in core if w.tag in "Uj"), "day")
    if count is None or not 0 < count <= 1000 or unit in ("minute", "century", "weekend", "half", "quarter"):
        return None
    if unit == "hour":
        return (-(-count // 24), "day") if count >= 20 else None
    if unit == "decade":
        return count * 10, "year"
    return count, "day" if unit in ("night", "24h") else unit


def _nth_days(view: _View) -> Iterator[TimeMention]:
    """The third day of fighting: that day, and the days up to it."""
    for match in _NTH.finditer(view.tags):
        first, last = match.start(), match.end() - 1
        number = view.words[first].value
        if view.words[last].value != "day" or not number.isdigit():
            continue
        for end in [view.published, *_days_near(view, first)]:
            yield _make(view, first, last, (shift_days(end, 1 - int(number)), end), "nth day")


def _since_then(view: _View) -> Iterator[TimeMention]:
    """Since then, since the takeover: from the last time told; with a date behind it in its sentence from that date."""
    dated = [t for t in view.told if t.mention.role in _FIRST]
    for n, word in enumerate(view.words):
        if word.tag != "g" and not (word.tag == "C" and word.value == "alone"):
            continue
        if any(t.first <= n <= t.last and t.mention.rule != "so far" for t in dated):
            continue
        behind = [t for t in dated if t.first > n and t.sentence == view.sentence[n]]
        if word.tag == "C" and behind and behind[0].start is not None and behind[0].start < view.published:
            first = behind[0]
            yield _make(view, first.first, first.last, (first.start, view.published), "since far", "since")
            continue
        before = [t for t in view.told if t.last < n and t.start is not None and t.start < view.published]
        if before:
            yield _make(view, n, n, (before[-1].start, view.published), "since then", "since")


def _since_days(view: _View) -> Iterator[TimeMention]:
    """A count since a day that was told on another day runs up to that one."""
    for told in view.told:
        if told.mention.role != "since" or told.start is None:
            continue
        for day in _days_near(view, told.first):
            if told.start < day < view.published:
                yield _make(view, told.first, told.last, (told.start, day), "since to day")


def _present(view: _View) -> Iterator[TimeMention]:
    """Still, now, under way: the day of publication, once a sentence; at dawn, without a day beside it, likewise."""
    told_in: set[int] = set()
    for n, word in enumerate(view.words):
        is_now = word.tag == "a" or (word.tag == "r" and word.value == "PRESENT_REF")
        if is_now and view.sentence[n] not in told_in:
            told_in.add(view.sentence[n])
            yield _make(view, n, n, (view.published, view.published), "present")
    for match in _UNIT_SO_FAR.finditer(view.tags):
        first, last = match.start(), match.end() - 1
        whole = period(view.published, view.words[last].value)
        if whole.start < view.published:
            yield _make(view, first, last, (whole.start, view.published), "unit so far")


def _nights(view: _View) -> Iterator[TimeMention]:
    """A night, or a part of a day without its day: read at publication and at the day told last."""
    for told in view.told:
        if told.mention.rule not in ("overnight", "part alone"):
            continue
        night = told.mention.rule == "overnight" or any(
            w.tag == "P" and w.value == "NI" for w in view.words[told.first : told.last + 1]
        )
        days = dict.fromkeys([view.published, *_days_near(view, told.first)])
        if night and any(w.tag in "WMD" for w in view.words[told.first : told.last + 1]):
            continue
        for day in days:
            start = shift_days(day, -1) if night else day
            yield _make(view, told.first, told.last, (start, day), "night" if night else "part of near day")
    inside = _inside(view)
    for n, word in enumerate(view.words):
        if word.tag == "P" and n not in inside:
            for day in dict.fromkeys([view.published, *_days_near(view, n)]):
                yield _make(view, n, n, (day, day), "part of near day")


def _several(view: _View) -> Iterator[TimeMention]:
    """Two days of a sentence, the second later: what began on the one and went on into the other."""
    days = [t for t in view.told if t.day is not None and t.mention.rule not in RULES]
    for left, right in pairwise(days):
        if left.sentence != right.sentence or left.day is None or right.day is None:
            continue
        first, last = sorted((left.day, right.day))
        if 0 < (last - first).days <= _SPAN_DAYS:
            yield _make(view, left.first, right.last, (first, last), "several days")


def _by_then(view: _View) -> Iterator[TimeMention]:
    """What was said on a day, or had happened before it, lies before its end."""
    inside = _inside(view)
    tellers = {view.sentence[n] for n, tag in enumerate(view.tags) if tag in _TOLD_BY and n not in inside}
    for told in view.told:
        if told.mention.role != "point" or told.end is None or told.end >= view.published:
            continue
        if told.sentence in tellers and told.mention.rule != "several days":
            yield _make(view, told.first, told.last, (None, told.end), "by then", "until")


def _ago(view: _View) -> Iterator[TimeMention]:
    """Some days ago, in recent weeks: the days that such words most often mean."""
    for told in view.told:
        core = view.words[told.first : told.last + 1]
        unit = next((w.value for w in core if w.tag == "U"), "")
        if told.start is not None or unit not in _VAGUE or any(w.tag == "X" for w in core):
            continue
        day = view.published
        if told.mention.rule == "ago" and unit == "day":
            yield _make(view, told.first, told.last, (shift_days(day, -5), shift_days(day, -1)), "days ago")
        elif told.mention.rule in ("past units", "recent"):
            yield _make(view, told.first, told.last, (shift_days(day, -_VAGUE[unit]), day), "days ago")


def _counted(view: _View) -> Iterator[TimeMention]:
    """A day after the vote of 3 May: counted from the day told behind it."""
    for told, following in pairwise(view.told):
        if told.mention.rule not in ("after", "before") or following.sentence != told.sentence or following.day is None:
            continue
        core = view.words[told.first : told.last + 1]
        length = _length(core)
        if length is None:
            continue
        count, unit = length
        sign = 1 if told.mention.rule == "after" else -1
        days = day_of(shift(following.day, unit, sign * count))
        yield _make(view, told.first, told.last, (days.start, days.end), "counted")
