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

CUE_SCORE = 0.35
"""What one cue word counts against the model's probability of a label."""


def label_snippets(texts: Sequence[str], model: ClaimModel, classes: Sequence[ForeignClass]) -> list[str]:
    """Give each text the class that speaks loudest.

    Args:
        texts: short texts, a few sentences each.
        model: the coding model.
        classes: the foreign list.
    """
    votes = [_Vote(known) for known in classes]
    encoded = model.encode(texts, [[0]] * len(texts))
    found = []
    for text, pieces in zip(texts, encoded, strict=True):
        words = find_words(text, [Span.of(text, 0, len(text))])
        best = np.zeros(len(CODES), dtype=np.float32)
        if len(words) and len(pieces.ends):
            best = code_scores(pieces.vectors[pieces_of(words, pieces.ends)], model.heads).max(axis=0)
        found.append(max(votes, key=lambda vote: vote.score(text, best)).name)
    return found


class _Vote:
    """How loudly a text speaks for one class."""

    def __init__(self, known: ForeignClass) -> None:
        self.name = known.name
        self.codes = [CODES.index(t) for t in known.types]
        self.cues = _pattern(known.cues)

    def score(self, text: str, best: Array) -> float:
        said = float(max((best[code] for code in self.codes), default=0.0))
        return said + (CUE_SCORE * len(self.cues.findall(text)) if self.cues is not None else 0.0)


def _pattern(cues: Sequence[str]) -> re.Pattern[str] | None:
    if not cues:
        return None
    return re.compile(r"\b(?:" + "|".join(re.escape(c) for c in cues) + r")\b", re.IGNORECASE)
