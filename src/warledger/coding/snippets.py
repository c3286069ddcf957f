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
from warledger.domain.classes import ForeignClass
from warledger.domain.span import Span
from warledger.ports import Array, ClaimModel

CUE_SCORE, MOST_CUES = 1.2, 2
"""What a cue word adds to a class's log odds against its usual share, and how many count."""
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
    encoded = model.encode(texts, [[0]] * len(texts))
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
        self.codes = [CODES.index(t) for t in known.types]
        self.cues = _pattern(known.cues)
        self.without_type = float(np.log((WITHOUT_TYPE + LEAST) / usual))

    def score(self, text: str, odds: Array) -> float:
        said = max((float(odds[code]) for code in self.codes), default=self.without_type)
        cues = len(self.cues.findall(text)) if self.cues is not None else 0
        return said + CUE_SCORE * min(cues, MOST_CUES)


def _pattern(cues: Sequence[str]) -> re.Pattern[str] | None:
    if not cues:
        return None
    words = (re.escape(c.removesuffix("*")) + (r"\w*" if c.endswith("*") else "") for c in cues)
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)
