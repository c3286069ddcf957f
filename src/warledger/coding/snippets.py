"""Label short texts with one class each of a foreign list, from the scores of our own codes and a table of cue words.

Texts in, one class name a text out; where nothing speaks, the first class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from warledger.coding.coder import pieces_of
from warledger.coding.labels import CODES
from warledger.coding.scores import code_scores
from warledger.coding.words import find_words
from warledger.domain.classes import Cue, ForeignClass, Words
from warledger.domain.span import Span
from warledger.ports import Array, ClaimModel

CUE_SCORE, MOST_CUES = 1.2, 3
"""What a cue word adds to a class's log odds against its usual share, and how many count."""
TOGETHER = 3
"""As how many cue words count those that must come together."""
BETWEEN = r"(?:[^\w.!?]+\w+){0,8}?[^\w.!?]+"
"""What may stand between two steps of a cue: eight words of the same sentence."""
LEAST = 0.01
"""A probability below this speaks for nothing."""
WITHOUT_TYPE = 0.03
"""The probability that stands for a class which the codebook has no type for."""
RARE = 0.003
"""Codes rarer than this in reports of war are taken for no rarer."""


def label_snippets(texts: Sequence[str], model: ClaimModel, classes: Sequence[ForeignClass]) -> list[str]:
    """Give each text the class that speaks loudest.

    Args:
        texts: short texts, a few sentences each.
        model: the coding model.
        classes: the foreign list.
    """
    share = model.heads["code_share"] + RARE
    votes = [_Vote(known, float(np.median(share))) for known in classes]
    encoded = model.encode((text, [0]) for text in texts)
    found = []
    for text, pieces in zip(texts, encoded, strict=True):
        words = find_words(text, [Span.of(text, 0, len(text))])
        best = np.zeros(len(CODES), dtype=np.float32)
        if len(words) and len(pieces.ends):
            best = code_scores(pieces.vectors[pieces_of(words, pieces.ends)], model.heads).max(axis=0)
        odds = np.log((best + LEAST) / share)
        found.append(max(votes, key=lambda vote: vote.score(text, odds)).name)
    return found


class _Vote:
    """How loudly a text speaks for one class, as log odds against the class's usual share."""

    def __init__(self, known: ForeignClass, usual: float) -> None:
        self.name = known.name
        self.codes = [CODES.index(c) for c in known.codes]
        self.alone = _any_of([words for cue in known.cues if (words := _single(cue))])
        self.together = [[_pattern(steps) for steps in cue.parts] for cue in known.cues if not _single(cue)]
        self.without_type = float(np.log((WITHOUT_TYPE + LEAST) / usual))

    def score(self, text: str, odds: Array) -> float:
        said = max((float(odds[code]) for code in self.codes), default=self.without_type)
        cues = len(self.alone.findall(text)) if self.alone is not None else 0
        if any(all(part.search(text) for part in parts) for parts in self.together):
            cues += TOGETHER
        return said + CUE_SCORE * min(cues, MOST_CUES)


def _single(cue: Cue) -> Words:
    """The words of a cue that is one step; none where several must come together."""
    return cue.parts[0][0] if len(cue.parts) == 1 == len(cue.parts[0]) else ()


def _any_of(words: Sequence[Words]) -> re.Pattern[str] | None:
    return _pattern([tuple(w for some in words for w in some)]) if words else None


def _pattern(steps: Sequence[Words]) -> re.Pattern[str]:
    return re.compile(BETWEEN.join(_step(words) for words in steps), re.IGNORECASE)


def _step(words: Words) -> str:
    ending = r"\w*"
    return r"\b(?:" + "|".join(re.escape(w.removesuffix("*")) + ending * w.endswith("*") for w in words) + r")\b"
