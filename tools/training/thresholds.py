"""Choose how likely a group must be before a claim is made of it: held-out reports in, one threshold a kind out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from dataset import Example

from warledger.coding.decode import choose_anchors
from warledger.coding.labels import CODES, GROUP_NAMES, kind_of

GRID = np.arange(0.1, 0.61, 0.05)
DEFAULT = 0.3


def choose_thresholds(examples: Sequence[Example], scores: Sequence[np.ndarray]) -> np.ndarray:
    """The threshold of each group: for each kind the one with the best F1 of (sentence, group) on the examples."""
    chosen = np.full(len(GROUP_NAMES), DEFAULT, dtype=np.float32)
    for kind in dict.fromkeys(map(kind_of, range(len(GROUP_NAMES)))):
        mine = [i for i in range(len(GROUP_NAMES)) if kind_of(i) is kind]
        f1 = {t: _f1(examples, scores, mine, t) for t in GRID}
        best = max(f1, key=lambda t: (f1[t], -abs(t - DEFAULT)))
        chosen[mine] = best
        print(f"threshold of {kind}: {best:.2f}, F1 {f1[best]:.3f} over {len(examples)} reports")
    return chosen


def code_share(examples: Sequence[Example]) -> np.ndarray:
    """How often each code stands in the corpus, as a share of all claims, three added to each count."""
    counts = np.full(len(CODES), 3.0)
    for example in examples:
        for target in example.targets:
            counts[target.code] += 1
    return counts / counts.sum()


def _f1(examples: Sequence[Example], scores: Sequence[np.ndarray], groups: list[int], threshold: float) -> float:
    thresholds = np.full(len(GROUP_NAMES), 2.0)
    thresholds[groups] = threshold
    hit = said = wanted = 0
    for example, probabilities in zip(examples, scores, strict=True):
        sentence = example.words.sentence
        hangs = {(t.anchor, t.group) for t in example.targets if t.group in groups}
        gold = Counter((int(sentence[w]), group) for w, group in hangs)
        found = Counter((int(sentence[w]), group) for w, group in choose_anchors(probabilities, sentence, thresholds))
        hit += sum((gold & found).values())
        said += sum(found.values())
        wanted += sum(gold.values())
    return 2 * hit / (said + wanted) if said + wanted else 0.0
