"""Find reports that print one text again.

In: reports. Out: for each report id the id of the oldest report whose text it prints, whole or cut, under any title.
Candidates come from MinHash over shingles of normalised words; then the shingles themselves decide, so two short
reports that only look alike stay two. A text in another language is found by `translations`.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence

from rensa import RMinHash, RMinHashLSH

from warledger.domain.report import Report

FirstPrints = Callable[[Sequence[Report]], Mapping[str, str]]
"""Each report's id to the id of the oldest report with the same text."""
SHINGLE_WORDS = 5
PERMUTATIONS = BANDS = 128
"""One row a band: a tenth of a text meets the whole of it nearly always (1 - 0.9^128), and texts that share no run of
five words never do."""
SEED = 20241130
SHARED = 0.7
"""Share of the shorter text's shingles that the longer one must hold."""
LEAST_WORDS = 12
"""Shorter texts are too alike by chance to be called reprints unless they are equal word for word."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0640"))
"""Soft hyphens, joiners, marks of direction and Arabic tatweel: how a text is set, not what it says."""
_WORD = re.compile(r"[^\W_]+")


def reprints(reports: Sequence[Report]) -> Mapping[str, str]:
    """Group reports that print one text.

    Args:
        reports: any order; of two versions of one id the last given counts.

    Returns:
        Each report's id to the id of the oldest report (by day of publication, then id) with the same text.
    """
    rows = in_order(reports)
    if len(rows) < 2:
        return {r.id: r.id for r in rows}
    first: dict[str, str] = {}
    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    shingles: list[frozenset[int]] = []
    for at, report in enumerate(rows):
        mine = shingles_of(report.text)
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update([str(s) for s in mine])
        found = (rows[i].id for i in sorted(index.query(sketch)) if same_text(shingles[i], mine))
        older = next(found, None)
        first[report.id] = first[older] if older is not None else report.id
        index.insert(at, sketch)
        shingles.append(mine)
    return first


def in_order(reports: Sequence[Report]) -> list[Report]:
    """Reports by day of publication, then id; of two versions of one id the last given counts."""
    return sorted({r.id: r for r in reports}.values(), key=lambda r: (r.published, r.id))


def shingles_of(text: str) -> frozenset[int]:
    """Hashes of every run of five words, folded; of the whole text where it is shorter."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).translate(_UNSEEN).casefold())
    if len(words) < LEAST_WORDS:
        return frozenset({zlib.crc32(" ".join(words).encode())})
    runs = range(len(words) - SHINGLE_WORDS + 1)
    return frozenset(zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode()) for i in runs)


def same_text(a: frozenset[int], b: frozenset[int]) -> bool:
    """Say whether the shorter text stands almost whole in the longer one."""
    return len(a & b) >= SHARED * min(len(a), len(b)) > 0
