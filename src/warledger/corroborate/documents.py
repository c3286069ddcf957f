"""Gather whole documents that tell one happening, where no claims are coded.

In: texts. Out: sets of their ids. Words, names, numbers and neighbouring pairs of words are weighed by how rare they
are among the documents; documents join by average linkage. More than MOST documents at once are refused with
ValueError: the comparison holds every pair.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warledger.corroborate.cluster import FLOOR, link

MOST = 8_000
ALIKE = 0.10
"""Mean cosine from which two clusters are one; chosen on the ECB+ benchmark."""
LEAD_WORDS = 80
"""News says first what it is about: these words count twice."""
PAIR = 0.5
"""What a pair of neighbouring words counts beside a single word."""
COMMON = 0.2
"""Share of the documents above which a word says nothing, but never fewer than LEAST_COMMON documents."""
LEAST_COMMON = 5
UNSEEN = 20
"""Documents that are taken to stand beside a small batch, so that words shared by all of it still count a little."""
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_STEM = 6


def gather_documents(texts: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """Gather documents into happenings.

    Args:
        texts: the text of each id.

    Returns:
        Disjoint sets of ids that hold every document, sorted by their smallest id.

    Raises:
        ValueError: more than MOST documents.
    """
    if len(texts) > MOST:
        raise ValueError(f"{len(texts)} documents are more than the {MOST} that can be compared at once")
    ids = sorted(texts)
    alike = similarities([terms_of(texts[i]) for i in ids])
    a, b = np.nonzero(np.triu(alike > 0, 1))
    scores = alike[a, b].astype(float) + FLOOR  # what is not alike at all counts nothing: 0 above the floor
    return tuple(frozenset(ids[i] for i in members) for members in link(len(ids), a, b, scores, ALIKE + FLOOR))


def terms_of(text: str) -> Counter[str]:
    """Count the words (their first letters: a stem of sorts) and pairs of neighbours of a text."""
    found: Counter[str] = Counter()
    before = ""
    for at, word in enumerate(_WORD.findall(text)):
        term = word.casefold()[:_STEM] if word[0].isalpha() else word
        weight = 2.0 if at < LEAD_WORDS else 1.0
        found[term] += weight  # type: ignore[assignment]  # Counter counts in fractions just as well
        if before:
            found[f"{before} {term}"] += weight * PAIR  # type: ignore[assignment]
        before = term
    return found


def similarities(documents: list[Counter[str]]) -> NDArray[np.float32]:
    """Cosines of the documents, weighed by inverse document frequency (Spärck Jones 1972), damped counts."""
    count = len(documents)
    postings: dict[str, list[int]] = {}
    for at, terms in enumerate(documents):
        for term in terms:
            postings.setdefault(term, []).append(at)
    top = max(COMMON * count, LEAST_COMMON)
    alike = np.zeros((count, count), dtype=np.float32)
    for term in sorted(postings):
        rows = postings[term]
        if len(rows) <= top and (len(rows) > 1 or count < 3):
            damped = np.array([1 + math.log1p(documents[i][term]) for i in rows], dtype=np.float32)
            rare = math.log((count + UNSEEN) / len(rows))
            alike[np.ix_(rows, rows)] += np.outer(damped, damped) * rare**2
    length = np.sqrt(np.maximum(np.diag(alike), 1e-9))
    return np.asarray(alike / np.outer(length, length), dtype=np.float32)


def is_document(row: Mapping[str, Any]) -> bool:
    """Say whether a row of a benchmark is a whole document rather than one claim."""
    return row.get("claim") is None and isinstance(row.get("text"), str)
