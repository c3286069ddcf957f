"""What stands around a word that tells how the report holds it: "not", "denied", "will", "may", "reportedly".

Words of a report and its language's cues in, one row of features a word out. A cue counts within its sentence, by how
near it stands, before or behind, and by whether a mark stands between. What the features weigh is learned.
"""

from __future__ import annotations

import numpy as np

from warledger.coding.words import Words
from warledger.domain.codes import Modality
from warledger.domain.cues import ModalityCues, fold
from warledger.ports import Array

BEFORE, BEHIND = (1, 3, 6, 12, 99), (2, 6, 99)
"""A cue stands at most so many words away."""
SAME_CLAUSE = 8
"""So near and with no mark between, a cue before the word is in its clause."""
CUES = tuple(m for m in Modality if m is not Modality.ASSERTED)
WIDTH = len(BEFORE) + 1 + len(BEHIND) + 1
FEATURES = WIDTH * len(CUES)


def cue_features(words: Words, cues: ModalityCues | None) -> Array:
    """Cues around each word, of each modality: near before it, in its clause, near behind it, itself one.

    Args:
        words: the report's words.
        cues: of its language; None where there is no table: nothing is near anything.

    Returns:
        0 and 1; float32; shape (words, FEATURES).
    """
    out = np.zeros((len(words), len(CUES), WIDTH), dtype=np.float32)
    if cues is None or len(words) == 0:
        return out.reshape(len(words), FEATURES)
    folded = fold(words.text)
    for number, pattern in enumerate(cues.patterns):
        for match in pattern.finditer(folded):
            first, last = words.at(match.start()), words.at(match.end() - 1)
            low, high = (int(b) for b in words.bounds[words.sentence[first]])
            _mark(out[:, number], words, first, last, low, high)
    return out.reshape(len(words), FEATURES)


def _mark(rows: Array, words: Words, first: int, last: int, low: int, high: int) -> None:
    """Mark the words of a sentence around a cue; a wider reach holds the narrower ones."""
    for column, reach in enumerate(BEFORE):
        rows[last + 1 : min(high, last + 1 + reach), column] = 1
    near = slice(last + 1, min(high, last + 1 + SAME_CLAUSE))
    rows[near, len(BEFORE)] = np.maximum(rows[near, len(BEFORE)], words.marks[near] == words.marks[last])
    rows[first : last + 1, WIDTH - 1] = 1
    for column, reach in enumerate(BEHIND, start=len(BEFORE) + 1):
        rows[max(low, first - reach) : first, column] = 1
