"""Choose the word that each coded claim hangs on: the network needs one word of the quote.

The exercises name it (`trigger`). The other reports give quotes alone: at first the word of the quote most tied to the
label over the whole corpus (log odds of stems, smoothed); later the word that the half-trained network itself finds
likeliest.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from warledger.coding.labels import CODES, group_of
from warledger.coding.words import Words

_CODE = {"event": "type", "statement": "act"}


@dataclass
class Target:
    """One coded claim: its group and code, the words of its quote, its record, the word chosen, who chose it, and its
    number in the report."""

    group: int
    code: int
    inside: list[int]
    record: dict
    anchor: int = -1
    told: bool = False
    number: int = -1


def code_of(record: dict) -> str | None:
    code = record.get(_CODE[record["kind"]]) if record["kind"] in _CODE else record["kind"]
    return code if code in CODES else None


def find_targets(words: Words, claims: Iterable[dict]) -> list[Target]:
    """The claims of a report that can be learned from, with the words of their quotes."""
    targets = []
    for number, record in enumerate(claims):
        code = code_of(record)
        quotes = record["quote"] if isinstance(record["quote"], list) else [record["quote"]]
        inside: list[int] = []
        for quote in quotes:
            at = words.text.find(quote)
            if at >= 0 and quote:
                first, last = words.at(at), words.at(at + len(quote) - 1)
                inside += list(range(first, last + 1))
        if code is not None and inside:
            told = words.at(record["trigger"][0]) if record.get("trigger") else -1
            targets.append(Target(group_of(code), CODES.index(code), inside, record, told, told >= 0, number))
    return targets


def stem(words: Words, number: int) -> str:
    return words.text[words.starts[number] : words.ends[number]].casefold()[:6]


COMMON = 0.1
"""A stem that stands in more of a language's sentences than this share is a function word and carries no claim."""
FEWEST_SENTENCES = 100
"""Languages with fewer sentences are too small to tell function words by counting."""


class Ties:
    """How strongly each stem is tied to each label, over the reports of one language."""

    def __init__(self, reports: Sequence[tuple[Words, list[Target]]]) -> None:
        self.inside: dict[int, Counter[str]] = defaultdict(Counter)
        self.label: Counter[int] = Counter()
        self.everywhere: Counter[str] = Counter()
        total = 0
        for words, targets in reports:
            total += len(words.bounds)
            for first, last in words.bounds:
                self.everywhere.update({stem(words, w) for w in range(first, last)})
            seen = {(t.code, tuple(t.inside)) for t in targets}
            for label, inside in seen:
                self.label[label] += 1
                self.inside[label].update({stem(words, w) for w in inside})
        self.total = total

    def score(self, label: int, word: str) -> float:
        if word.isdigit() or (self.total >= FEWEST_SENTENCES and self.everywhere[word] > COMMON * self.total):
            return -1.0
        with_label = (self.inside[label][word] + 0.05) / (self.label[label] + 1)
        overall = (self.everywhere[word] + 1) / (self.total + 1)
        return max(-0.9, math.log(with_label / overall) * math.sqrt(self.inside[label][word]))


def choose_first(words: Words, targets: list[Target], ties: Ties) -> None:
    """Choose by the corpus's own ties; claims of one label with one quote share their word."""
    for t in (t for t in targets if not t.told):
        alpha = [w for w in t.inside if words.text[words.starts[w]].isalnum()] or t.inside
        t.anchor = max(alpha, key=lambda w: (ties.score(t.code, stem(words, w)), -w))


def choose_again(words: Words, targets: list[Target], scores: np.ndarray) -> int:
    """Choose by the network: `scores` is (words, groups), probabilities. Returns how many moved."""
    moved = 0
    for t in (t for t in targets if not t.told):
        best = max(t.inside, key=lambda w: scores[w, t.group])
        keep = scores[t.anchor, t.group] * 1.5 + 1e-4 > scores[best, t.group]
        if not keep:
            t.anchor, moved = best, moved + 1
    return moved
