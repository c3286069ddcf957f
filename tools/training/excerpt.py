"""Cut a coded report to a few sentences in a row: a message of two lines must be read as well as an article.

The rest of the report is gone, so what it alone told is no candidate any more, and nothing is learned of such a role.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from warledger.domain.span import Span

Row = dict[str, Any]
MOST_SENTENCES = 4


@frozen(kw_only=True)
class Excerpt:
    """A shorter report.

    Args:
        row: the report with the claims whose words are all in it.
        kept: the numbers of those claims in the whole report.
        start: where it begins in the whole report's text.
    """

    row: Row
    kept: tuple[int, ...]
    start: int


def excerpt(row: Row, sentences: Sequence[Span], chance: random.Random) -> Excerpt | None:
    """One to four sentences in a row that claim something; None where the chosen ones do not."""
    if len(sentences) <= MOST_SENTENCES:
        return None
    size = chance.randint(1, MOST_SENTENCES)
    first = chance.randrange(len(sentences) - size + 1)
    start, end = sentences[first].start, sentences[first + size - 1].end
    text = row["text"][start:end]
    kept = tuple(n for n, claim in enumerate(row["claims"]) if _within(claim, row["text"], start, end))
    if not kept:
        return None
    claims = [_moved(row["claims"][n], start) for n in kept]
    return Excerpt(row={**row, "text": text, "claims": claims}, kept=kept, start=start)


def _within(claim: Row, text: str, start: int, end: int) -> bool:
    quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
    told = (text.find(quote) for quote in quotes)
    return all(start <= at and at + len(quote) <= end for at, quote in zip(told, quotes, strict=True))


def _moved(claim: Row, start: int) -> Row:
    if not claim.get("trigger"):
        return claim
    return {**claim, "trigger": [offset - start for offset in claim["trigger"]]}
