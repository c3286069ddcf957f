"""Find when: a text, its publication date and the cue tables in, time mentions with their intervals out.

Relative words are read against the publication date, or against the last day that the text told before them ("the day
before", "that month"). What cannot be a date is refused; durations, ages and sets are told as such and date nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from attrs import evolve

from warledger.domain.cues import Lexicon
from warledger.domain.mention import TimeMention
from warledger.domain.span import Span
from warledger.domain.when import Basis, Interval, TimePrecision
from warledger.read.calendar_units import Period
from warledger.read.lexing import Lexed, lex
from warledger.read.spoken_years import join_spoken_years
from warledger.read.time_alternatives import DATED, alternatives
from warledger.read.time_alternatives import RULES as alternative_rules
from warledger.read.time_meanings import Meaning, Now
from warledger.read.time_rules import RULES, TAGS
from warledger.read.time_windows import RULES as window_rules
from warledger.read.time_windows import windows

_CORE = "|".join(f"(?P<r{n}>{pattern})" for n, (_, pattern, _) in enumerate(RULES))
_MASTER = re.compile(f"(?=[^_|,.])(?P<bound>[CHf])?[OIZt]*(?P<core>{_CORE})(?P<behind>[ch])?")
_PLAN_WORDS = 12
"""How many words before a time a word of plan ("will", "scheduled") still reaches it, within its sentence."""

_CLOSED = {"days", "days of month", "night between"}
"""Rules whose days have both ends told: "from" before them opens the first, not all that follows."""

_YEAR_REACH = 150
"""How many words behind a date with its year the year still counts for dates without one."""

_BEGAN = re.compile(r"s[^|.LTXWMDYdN]{0,8}$")
_THEN_BEGAN = re.compile(r"[^|.LTXWMDYdN]{0,8}s")
"""A verb of beginning before a date: what the sentence counts may run from it on ("the war that began in 2011")."""

_FROM_PUBLICATION = {"weekday", "day word", "unit", "past units", "ago", "overnight", "weekday of week", "recent"}
_COUNTED = {"ago", "before", "after", "later", "year-ago"}
"""Rules that count from another time; a year so told is no anchor for what follows."""

_WITH_YEAR = re.compile("[no-]t?(?:d?O?[MJ]|[MJ]d),?[OIZ]?t?(?P<year>Y|[LTX]U|U[LTX])")
"""What follows a month or a date that shares the year of the one joined to it: "in May and June 2016"."""

_BOTH = {"n", "nO", "nOt", "nI", "nZ", "nZt"}
_SINCE = re.compile(r"C[^|.,LTXWMDYdN]{1,8}$")
"""A word of beginning that its clause parts from its date: "since the fighting began in March"."""

REPEATS = alternative_rules | window_rules | {"range", "so far"}
"""Rules whose mentions stand beside others over the same words: another reading, no further time of the text."""

_ORDINALS = {"st", "nd", "rd", "th"}
_ENDS = {".", "!", "?", "؟", "…", "\n"}


def find_times(
    text: str, published: date, language: str | None, cues: Mapping[str, Lexicon]
) -> tuple[TimeMention, ...]:
    """Find the times of a report.

    Args:
        text: the report's text.
        published: its publication date.
        language: ISO 639-1 code; None is read as English.
        cues: tables by language; a language without one gives no mentions.

    Returns:
        Mentions in order of start. A range ("from Monday to Friday") stands beside its two ends and overlaps them.
    """
    lexicon = cues.get(language or "en")
    if lexicon is None:
        return ()
    words = join_spoken_years(lex(text, lexicon, TAGS))
    mentions = list(_mentions(text, words, published))
    first = [m for m in mentions if m.rule not in alternative_rules]
    known = [*mentions, *_ranges(text, words, first)]
    return tuple(sorted((*known, *windows(text, words, known, published)), key=lambda m: (m.span.start, -m.span.end)))


def _mentions(text: str, words: Sequence[Lexed], published: date) -> Iterator[TimeMention]:
    tags = "".join(w.tag for w in words)
    anchor: Period | None = None
    told_year: int | None = None
    at = anchored_at = told_at = 0
    while (match := _MASTER.search(tags, at)) is not None:
        core = words[match.start("core") : match.end("core")]
        now = Now(
            published=published,
            anchor=anchor,
            nearest=match.group("bound") == "H",
            begun=match.group("bound") == "C",
            year=told_year if match.start() - told_at < _YEAR_REACH else None,
            article=match.start("core") > 0 and tags[match.start("core") - 1] == "t",
            same_sentence=_ENDS.isdisjoint(w.value for w in words[anchored_at : match.start()]),
            planned=_planned(tags, match.start()),
            last=match.end() >= len(tags) or tags[match.end()] in "|.,:-",
        )
        name, _, resolve = RULES[_rule_of(match)]
        found = resolve([*core, *_shared_year(tags, words, match, name)], now)
        if found is None or _is_no_time(text, words, match, name):
            at = match.start() + 1
            continue
        if found.period is not None and not _is_aside(tags, match, name, found.period, anchor):
            anchor, anchored_at = found.period, match.end()
        told_year = _year_of(core, name, told_year)
        told_at = match.end() if any(w.tag == "Y" for w in core) else told_at
        bound = match.group("bound") or (match.group("behind") or "").upper() or None
        start = match.start() if match.group("bound") else _first_told(tags, match)
        span = Span.of(text, words[start].start, words[match.end() - 1].end)
        apart = bound is None and name in DATED and _SINCE.search(tags, max(0, match.start() - 9), match.start())
        bound = "C" if apart else bound
        if bound is None and name in DATED | {"unit"} and _began(tags, match):
            yield _mention(span, _bounded(found, "C", published), "since began")
        yield _mention(span, _bounded(found, None if name in _CLOSED else bound, published), name)
        for other, rule in alternatives(core, name, found, bound, now):
            yield _mention(span, other, rule)
        at = match.end()


def _is_aside(tags: str, match: re.Match[str], name: str, found: Period, anchor: Period | None) -> bool:
    """Whether what follows is not told of a time: a year counted from another, the day on which a quarter ended."""
    if name in _COUNTED:
        return found.unit == "year"
    return anchor is not None and anchor.unit == "quarter" and tags[: match.start()].endswith("=")


def _began(tags: str, match: re.Match[str]) -> bool:
    before = _BEGAN.search(tags, max(0, match.start() - 9), match.start())
    return before is not None or _THEN_BEGAN.match(tags, match.end()) is not None


def _year_of(core: Sequence[Lexed], name: str, told: int | None) -> int | None:
    """The year that dates without one go on with: the last one told, until a word counts from publication again."""
    years = [int(w.value) for w in core if w.tag == "Y"]
    if years:
        return years[0] if name in ("date", "iso", "days", "days of month") else None
    return None if name in _FROM_PUBLICATION else told


def _shared_year(tags: str, words: Sequence[Lexed], match: re.Match[str], name: str) -> Sequence[Lexed]:
    """The words of the year that a date without one shares with the date joined to it."""
    told = any(tag in "YU" for tag in match.group("core"))
    joined = None if told or name not in ("month", "date") else _WITH_YEAR.match(tags, match.end("core"))
    return () if joined is None else words[joined.start("year") : joined.end("year")]


def _rule_of(match: re.Match[str]) -> int:
    return next(n for n in range(len(RULES)) if match.start(f"r{n}") >= 0)


def _first_told(tags: str, match: re.Match[str]) -> int:
    start = match.start("core")
    while start < match.end() - 1 and tags[start] in "OIZ":
        start += 1
    return start


def _planned(tags: str, at: int) -> bool:
    before = tags[max(0, at - _PLAN_WORDS) : at]
    return before.endswith("+") or "x" in before[max(before.rfind("."), before.rfind("|")) + 1 :]


def _is_no_time(text: str, words: Sequence[Lexed], match: re.Match[str], name: str) -> bool:
    """A bare year before a counted noun is a number ("2000 people"); so is one behind a currency sign. A day
    of no month is written as an ordinal ("the 6th"); "the years", "the weeks before" are none in particular."""
    core = words[slice(*match.span("core"))]
    if name == "the unit" or (name == "before" and _is_the_unit(match)):
        return any(w.tag == "U" and text[w.start : w.end].endswith("s") for w in core)
    if name == "day of month":
        return text[core[-1].end :][:2] not in _ORDINALS
    if name != "year" or len(core) > 1:
        return False
    before = text[: core[0].start].rstrip()[-1:]
    return before in {"$", "€", "£", "#"} or text[words[match.end() - 1].end :][:1] in {"%"}


def _is_the_unit(match: re.Match[str]) -> bool:
    return match["core"].startswith("U") and match.string[: match.start("core")].endswith("t")


def _bounded(found: Meaning, bound: str | None, published: date) -> Meaning:
    """Since a day: from it to the publication; until or by a day: up to it."""
    if bound is None or found.role != "point":
        return found
    if bound == "H":
        if found.end is None:
            return evolve(found, end=published)
        return evolve(found, start=None, precision=TimePrecision.OPEN, role="until")
    if bound == "C" and found.start is not None:
        begin = found.middle or found.start
        return evolve(found, start=begin, end=max(published, begin), role="since")
    return found


def _mention(span: Span, found: Meaning, rule: str) -> TimeMention:
    interval = None
    if found.role in ("point", "since", "until"):
        basis = Basis.INFERRED if rule in ("before", "after", "same") else Basis.STATED
        interval = Interval(start=found.start, end=found.end, precision=found.precision, basis=basis, spans=(span,))
    return TimeMention(span=span, interval=interval, value=found.value, role=found.role, rule=rule)


def _ranges(text: str, words: Sequence[Lexed], mentions: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """Join two dates with "to", "until" or "and" between them: what is told of both lies in the days of both."""
    by_start = {w.start: n for n, w in enumerate(words)}
    by_end = {w.end: n for n, w in enumerate(words)}
    for left, right in pairwise(mentions):
        first, last = left.interval, right.interval
        if first is None or last is None or first.start is None or last.end is None or last.end < first.start:
            continue
        opening, closing = by_start[left.span.start], by_end[left.span.end]
        between = "".join(w.tag for w in words[closing + 1 : by_start[right.span.start]])
        lead = words[opening].tag + (words[opening - 1].tag if opening else "")
        to = between in ("o", "H") or (right.role == "until" and between == "")
        if to or (between == "-" and ("f" in lead or left.rule == right.rule == "year")) or between in _BOTH:
            span = Span.of(text, left.span.start, right.span.end)
            interval = Interval(start=first.start, end=last.end, precision=first.precision, spans=(span,))
            yield TimeMention(span=span, interval=interval, value=left.value, role="point", rule="range")
