"""Candidates: what the roles of a claim may be filled with. A reading in, values with their mentions out.

A value is what the codebook writes (an actor's name, a place with its precision, an interval, a number); a mention is
where the report says it. One value may be said in many places, and "Russian and Syrian jets" says two values at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from warledger.coding.traits import (
    NO_SIDE,
    PEOPLE,
    TIME_ROLES,
    actor_traits,
    number_traits,
    place_traits,
    sides_of,
    time_traits,
)
from warledger.coding.words import Words
from warledger.domain.actor import Actor
from warledger.domain.mention import Reading
from warledger.domain.span import Span
from warledger.ports import Array


@frozen(kw_only=True, eq=False)
class Pool:
    """The candidates of one class (actors, places, times or numbers) in one report.

    Args:
        values: what may fill a role; actor names, or the mentions themselves for the other classes.
        spans: the words of each mention; shape (mentions,).
        first: first word of each mention; shape (mentions,).
        last: last word of each mention; shape (mentions,).
        value: number of the value that each mention stands for; shape (mentions,).
        alternative: whether the words more likely mean another; shape (mentions,).
        traits: what each mention is, columns as in TRAITS; shape (mentions, traits).
        sides: whose side each value is on, empty for nobody's; for actors only.
        rules: what found each mention; shape (mentions,).
    """

    values: tuple[Any, ...]
    spans: tuple[Span, ...]
    first: Array
    last: Array
    value: Array
    alternative: Array
    traits: Array
    rules: tuple[str, ...]
    sides: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.spans)


def actor_pool(reading: Reading, words: Words, actors: Mapping[str, Actor]) -> Pool:
    """Actor names, each with every mention that may stand for it."""
    rows, forms = [], []
    for m in reading.actors:
        form = m.form if m.rule not in ("anaphora", "metonym") else m.rule
        others = [name for name in m.alternatives if name not in m.actors]
        rows += [(name, name, m.span, m.rule) for name in (*m.actors, *others)]
        forms += [*[form] * len(m.actors), *["alternative"] * len(others)]
    names = [name for name, *_ in rows]
    pool = _pool(rows, words, actor_traits(names, forms, reading.country, actors))
    return evolve(
        pool,
        alternative=np.array([form == "alternative" for form in forms], dtype=bool),
        sides=sides_of(pool.values, actors),
    )


def place_pool(reading: Reading, words: Words) -> Pool:
    """Places; two mentions of one entry with one precision are one value."""
    rows = [
        ((m.entry.key if m.entry is not None else m.name.casefold(), m.precision), m, m.span, m.rule)
        for m in reading.toponyms
    ]
    sentences = [int(words.sentence[words.of(m.span)[0]]) for m in reading.toponyms]
    return _pool(rows, words, place_traits(reading.toponyms, sentences, reading.country))


def time_pool(reading: Reading, words: Words) -> Pool:
    """Intervals that can date a claim; durations, ages and sets cannot."""
    mentions = [m for m in reading.times if m.interval is not None and m.role in TIME_ROLES]
    rows = [((m.interval.start, m.interval.end), m, m.span, m.rule) for m in mentions if m.interval is not None]
    return _pool(rows, words, time_traits(mentions, reading.report.published))


def number_pool(reading: Reading, words: Words) -> Pool:
    """Numbers that may count people; each mention is a value of its own. Those within a date or a name count nobody."""
    taken = [m.span for m in reading.times] + [m.span for m in reading.toponyms]
    taken += [m.span for m in reading.actors if m.form == "name"]
    mentions = [m for m in reading.numbers if m.of is not None or not (m.things or any(s.holds(m.span) for s in taken))]
    return _pool([(i, m, m.span, m.rule) for i, m in enumerate(mentions)], words, number_traits(mentions))


def word_pool(words: Words, low: int, high: int) -> Pool:
    """The words of one sentence, for the two ends of a quote."""
    numbers = np.arange(low, high, dtype=np.int64)
    marks = np.array([[not words.text[words.starts[n]].isalnum()] for n in numbers], dtype=np.float32)
    return Pool(
        values=(),
        spans=(),
        first=numbers,
        last=numbers,
        value=numbers - low,
        alternative=np.zeros(high - low, dtype=bool),
        traits=marks,
        rules=(),
    )


@frozen(kw_only=True, eq=False)
class Candidates:
    """The candidates of one report, by class."""

    words: Words
    actors: Pool
    places: Pool
    times: Pool
    numbers: Pool


def find_candidates(reading: Reading, words: Words, actors: Mapping[str, Actor]) -> Candidates:
    """Every candidate of a reading; `actors` are the entries of the actor table by canonical name."""
    return Candidates(
        words=words,
        actors=actor_pool(reading, words, actors),
        places=place_pool(reading, words),
        times=time_pool(reading, words),
        numbers=number_pool(reading, words),
    )


def same_and_other_side(sides: Sequence[str]) -> tuple[Array, Array]:
    """Which values stand on one side with another, and which on opposed ones; two float32 arrays (values, values)."""
    names = np.array(sides)
    known = (names != NO_SIDE)[:, None] & (names != NO_SIDE)[None, :]
    armed = (names != PEOPLE)[:, None] & (names != PEOPLE)[None, :]
    alike = names[:, None] == names[None, :]
    same = known & alike & ~np.eye(len(names), dtype=bool)
    return same.astype(np.float32), (known & armed & ~alike).astype(np.float32)


def _pool(rows: Sequence[tuple[Hashable, Any, Span, str]], words: Words, traits: Array) -> Pool:
    keys: dict[Hashable, int] = {}
    values: list[Any] = []
    numbers: list[tuple[int, int, int]] = []
    for key, value, span, _ in rows:
        if key not in keys:
            keys[key] = len(keys)
            values.append(value)
        numbers.append((*words.of(span), keys[key]))
    table = np.array(numbers, dtype=np.int64).reshape(-1, 3)
    return Pool(
        values=tuple(values),
        spans=tuple(span for _, _, span, _ in rows),
        first=table[:, 0],
        last=table[:, 1],
        value=table[:, 2],
        alternative=np.zeros(len(rows), dtype=bool),
        traits=traits,
        rules=tuple(rule for *_, rule in rows),
    )
