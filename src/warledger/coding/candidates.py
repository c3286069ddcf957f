"""Candidates: what the roles of a claim may be filled with. A reading in, values with their mentions out.

A value is what the codebook writes (an actor's name, a place with its precision, an interval, a number); a mention is
where the report says it. One value may be said in many places, and "Russian and Syrian jets" says two values at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from warledger.coding.words import Words
from warledger.domain.mention import ActorMention, NumberMention, Reading, TimeMention, ToponymMention
from warledger.domain.span import Span
from warledger.ports import Array

READINGS = frozenset({"rounded window", "since to day", "mid day", "edge", "other year", "other weekend", "to date"})
READINGS |= {"since point", "until point", "until ahead", "days ago", "counted", "nth day", "several days"}
"""Rules that read words in another way than the first: no other form tells them from the first reading."""

ACTOR_FORMS = ("name", "description", "unknown", "people", "anaphora", "metonym", "alternative")
PLACE_FORMS = ("exact", "near", "region", "country", "unresolved")
TIME_ROLES = ("point", "since", "until")
TIME_FORMS = (*TIME_ROLES, "other", "present", "window", "window to day", "reading")
"""How a time is told: its role; for what several words tell together, the kind of rule; else another reading."""
NUMBER_FORMS = ("total", "civilians", "fighters", "soldiers", "children", "people")
FORMS = 8
"""Width of the one-hot that tells what a mention looks like; no class has more forms than this."""


@frozen(kw_only=True, eq=False)
class Pool:
    """The candidates of one class (actors, places, times or numbers) in one report.

    Args:
        values: what may fill a role; actor names, or the mentions themselves for the other classes.
        spans: the words of each mention; shape (mentions,).
        first: first word of each mention; shape (mentions,).
        last: last word of each mention; shape (mentions,).
        value: number of the value that each mention stands for; shape (mentions,).
        form: number of the form of each mention; shape (mentions,).
        rules: what found each mention; shape (mentions,).
    """

    values: tuple[Any, ...]
    spans: tuple[Span, ...]
    first: Array
    last: Array
    value: Array
    form: Array
    rules: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.spans)


def actor_pool(mentions: Sequence[ActorMention], words: Words) -> Pool:
    """Actor names, each with every mention that may stand for it."""
    rows = []
    for m in mentions:
        form = m.form if m.rule not in ("anaphora", "metonym") else m.rule
        rows += [(name, name, m.span, form, m.rule) for name in m.actors]
        rows += [(name, name, m.span, "alternative", m.rule) for name in m.alternatives if name not in m.actors]
    return _pool(rows, words, ACTOR_FORMS)


def place_pool(mentions: Sequence[ToponymMention], words: Words) -> Pool:
    """Places; two mentions of one entry with one precision are one value."""
    rows = [
        (
            (m.entry.key if m.entry is not None else m.name.casefold(), m.precision),
            m,
            m.span,
            str(m.precision) if m.entry is not None else "unresolved",
            m.rule,
        )
        for m in mentions
    ]
    return _pool(rows, words, PLACE_FORMS)


def time_pool(mentions: Sequence[TimeMention], words: Words) -> Pool:
    """Intervals that can date a claim; durations, ages and sets cannot."""
    rows = [
        ((m.interval.start, m.interval.end), m, m.span, _time_form(m), m.rule)
        for m in mentions
        if m.interval is not None and m.role in TIME_ROLES
    ]
    return _pool(rows, words, TIME_FORMS)


def _time_form(mention: TimeMention) -> str:
    """Readings of the same words differ in form, so that the coder can tell them apart."""
    if mention.rule in TIME_FORMS:
        return mention.rule
    return "reading" if mention.rule in READINGS else mention.role


def number_pool(mentions: Sequence[NumberMention], words: Words) -> Pool:
    """Numbers of people; each mention is a value of its own."""
    rows = [(i, m, m.span, m.of or "total", m.rule) for i, m in enumerate(mentions) if m.of is not None]
    return _pool(rows, words, NUMBER_FORMS)


def word_pool(low: int, high: int) -> Pool:
    """The words of one sentence, for the two ends of a quote."""
    numbers = np.arange(low, high, dtype=np.int64)
    zeros = np.zeros(high - low, dtype=np.int64)
    return Pool(values=(), spans=(), first=numbers, last=numbers, value=numbers - low, form=zeros, rules=())


@frozen(kw_only=True, eq=False)
class Candidates:
    """The candidates of one report, by class."""

    words: Words
    actors: Pool
    places: Pool
    times: Pool
    numbers: Pool


def find_candidates(reading: Reading, words: Words) -> Candidates:
    """Every candidate of a reading."""
    return Candidates(
        words=words,
        actors=actor_pool(reading.actors, words),
        places=place_pool(reading.toponyms, words),
        times=time_pool(reading.times, words),
        numbers=number_pool(reading.numbers, words),
    )


def _pool(rows: Iterable[tuple[Hashable, Any, Span, str, str]], words: Words, forms: tuple[str, ...]) -> Pool:
    keys: dict[Hashable, int] = {}
    values: list[Any] = []
    spans: list[Span] = []
    numbers: list[tuple[int, int, int, int]] = []
    rules: list[str] = []
    for key, value, span, form, rule in rows:
        if key not in keys:
            keys[key] = len(keys)
            values.append(value)
        first, last = words.of(span)
        spans.append(span)
        rules.append(rule)
        numbers.append((first, last, keys[key], forms.index(form) if form in forms else len(forms) - 1))
    table = np.array(numbers, dtype=np.int64).reshape(-1, 4)
    return Pool(
        values=tuple(values),
        spans=tuple(spans),
        first=table[:, 0],
        last=table[:, 1],
        value=table[:, 2],
        form=table[:, 3],
        rules=tuple(rules),
    )
