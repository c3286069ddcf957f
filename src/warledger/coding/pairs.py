"""How two actors of a sentence stand to each other, by the words around them: a sketch in, likely relations out.

Rules tell relations in words that somebody thought of; a table of weights, fitted over every relation of the corpus,
tells some of the rest. The rows are hashed, so that any language fits one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from zlib import crc32

import numpy as np
from attrs import frozen

from warledger.coding.sketch import Sketch, Slot
from warledger.domain.codes import Predicate
from warledger.domain.relationcues import SLOTS
from warledger.ports import Array

ROWS = 1 << 17
RELATIONS = tuple((predicate, first) for predicate in Predicate for first in (True, False))
"""What the columns behind the first one say: a predicate, and whether the actor named first is the subject."""
REACH = 18
"""Words between two actors of whom something may still be told together."""
LEAST = 0.2
"""The least probability at which a relation is taken for told: F1 over exercises left out hardly rises below it."""
STEM = 6
"""Letters of a word that count."""
_TOKENS = re.compile(r"[\w'’]+|[^\w\s]")
_SPREAD, _ALL = 0x9E3779B97F4A7C15, (1 << 64) - 1
_SORT_OF = tuple(SLOTS)
_BEFORE, _BEHIND = 3, 4
_WHOLE, _SHORT = 6, 3
"""At most so many words between two actors are also weighed as one, and so few with the words around them."""
_BIAS, _SORTS, _COUNT, _SORTS_COUNT = range(4)
_WORD, _TWO, _THREE, _ALL_OF_IT, _SORTS_ALL = range(4, 9)
_FIRST, _LAST, _ENDS, _FIRST_TWO, _LAST_TWO = range(9, 14)
_SORTS_FIRST, _SORTS_WORD, _PRE, _POST = range(14, 18)
_PRE_ONE, _PRE_TWO, _POST_ONE, _POST_TWO, _POST_THREE = range(18, 23)
_PRE_ALL, _POST_ALL, _POST_TWO_ALL = range(23, 26)
"""What a row is of; the weights are fitted to these numbers."""


@frozen(kw_only=True)
class Pair:
    """Two actors of a sentence who likely stand in a relation.

    Args:
        subject: who does.
        object: to whom.
        predicate: how.
        probability: that a relation is told of them, 0 to 1.
    """

    subject: Slot
    object: Slot
    predicate: Predicate
    probability: float


def likely_pairs(drawn: Sketch, weights: Array) -> Iterator[Pair]:
    """The relations that the words of a sentence likely tell, the likeliest first.

    Args:
        drawn: the sentence.
        weights: of each row for no relation and each of RELATIONS; shape (ROWS, 1 + relations).
    """
    found = list(pairs_in(drawn))
    if not found:
        return
    scores = np.stack([weights[rows].sum(axis=0) for _, _, rows in found])
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    told: Array = 1 - odds[:, 0]
    for number in np.argsort(-told, kind="stable").tolist():
        if told[number] < LEAST:
            return
        first, second, _ = found[number]
        predicate, in_order = RELATIONS[int(odds[number, 1:].argmax())]
        subject, other = (first, second) if in_order else (second, first)
        yield Pair(subject=subject, object=other, predicate=predicate, probability=float(told[number]))


def pairs_in(drawn: Sketch) -> Iterator[tuple[Slot, Slot, list[int]]]:
    """Each two actors of a sentence that are not the same, with the rows of the words around them."""
    words, places = _words(drawn)
    for (a, first), (b, second) in combinations(places, 2):
        if b - a <= REACH + 1 and not set(first.actors) & set(second.actors):
            yield first, second, _rows(words, a, b, (_SORT_OF.index(first.sort), _SORT_OF.index(second.sort)))


def _words(drawn: Sketch) -> tuple[list[int], list[tuple[int, Slot]]]:
    """The words of a sketch as numbers, a sort of actor for each actor; and where among them the actors stand."""
    words: list[int] = []
    places: list[tuple[int, Slot]] = []
    at = 0
    signs = [i for i, letter in enumerate(drawn.text) if letter in drawn.slots]
    for end in [*signs, len(drawn.text)]:
        words += [crc32(w[:STEM].encode()) for w in _TOKENS.findall(drawn.text[at:end])]
        if end < len(drawn.text):
            slot = drawn.slots[drawn.text[end]]
            places.append((len(words), slot))
            words.append(_SORT_OF.index(slot.sort))
        at = end + 1
    return words, places


def _rows(words: Sequence[int], a: int, b: int, sorts: tuple[int, int]) -> list[int]:
    between, before, behind = words[a + 1 : b], words[max(0, a - _BEFORE) : a], words[b + 1 : b + 1 + _BEHIND]
    count = len(between)
    said = [(_BIAS,), (_SORTS, *sorts), (_COUNT, min(count, 8)), (_SORTS_COUNT, *sorts, min(count, 4))]
    said += [(_WORD, w) for w in between] + [(_SORTS_WORD, *sorts, w) for w in between]
    said += [(_TWO, *two) for two in pairwise(between)]
    said += [(_THREE, *three) for three in zip(between, between[1:], between[2:], strict=False)]
    said += [(_PRE, w) for w in before] + [(_POST, w) for w in behind]
    said += [(_PRE_ONE, *before[-1:]), (_PRE_TWO, *before[-2:])]
    said += [(_POST_ONE, *behind[:1]), (_POST_TWO, *behind[:2]), (_POST_THREE, *behind[:3])]
    if between:
        said += [(_FIRST, between[0]), (_LAST, between[-1]), (_ENDS, between[0], between[-1])]
        said += [(_FIRST_TWO, *between[:2]), (_LAST_TWO, *between[-2:]), (_SORTS_FIRST, *sorts, between[0])]
    if count <= _WHOLE:
        said += [(_ALL_OF_IT, *between), (_SORTS_ALL, *sorts, *between)]
    if count <= _SHORT:
        said += [(_PRE_ALL, *before[-1:], 0, *between), (_POST_ALL, *behind[:1], 0, *between)]
        said += [(_POST_TWO_ALL, *behind[:2], 0, *between)]
    return [_row(parts) for parts in said]


def _row(parts: tuple[int, ...]) -> int:
    number = len(parts)
    for part in parts:
        number = ((number ^ part) * _SPREAD) & _ALL
        number ^= number >> 32
    return number % ROWS
