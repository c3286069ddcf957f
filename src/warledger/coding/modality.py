"""What stands around a word that tells how the report holds it: "not", "denied", "will", "may", "reportedly".

Words of a report and its language's cues in, one row of features a word out. A cue counts within its sentence, by how
near it stands, before or behind, and by whether a mark stands between. What the features weigh is learned.
"""

from __future__ import annotations

from bisect import bisect_left

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
WIDTH = len(BEFORE) + 1 + len(BEHIND)
FEATURES = WIDTH * len(CUES)


def cue_features(words: Words, cues: ModalityCues | None) -> Array:
    """Cues around each word, of each modality: near before it, in its clause, near behind it.

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
        found = [(words.at(m.start()), words.at(m.end() - 1)) for m in pattern.finditer(folded)]
        for first, last in found:
            low, high = words.bounds[words.sentence[first]]
            _mark_behind_the_cue(out[:, number], words, last, int(high))
            for word in range(int(low), first):
                out[word, number, len(BEFORE) + 1 + bisect_left(BEHIND, first - word) :] = 1
    return out.reshape(len(words), FEATURES)


def _mark_behind_the_cue(rows: Array, words: Words, cue: int, high: int) -> None:
    for word in range(cue + 1, high):
        rows[word, bisect_left(BEFORE, word - cue) : len(BEFORE)] = 1
        if word - cue <= SAME_CLAUSE and words.marks[word] == words.marks[cue]:
            rows[word, len(BEFORE)] = 1
