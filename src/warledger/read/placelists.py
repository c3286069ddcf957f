"""Find enumerations of places, "A, B and C": mentions in order in, the same with the number of their list out.

A list needs a joining word ("Saraqib, Idlib" is a town in its province) and names of one kind: towns, or provinces.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from attrs import evolve

from warledger.domain.mention import ToponymMention
from warledger.domain.place import PlacePrecision


def mark_lists(mentions: Sequence[ToponymMention], text: str, joining: Collection[str]) -> tuple[ToponymMention, ...]:
    """Number the lists.

    Args:
        mentions: places of a text, in order.
        text: the text.
        joining: words that join the last name of a list.
    """
    words = "|".join(re.escape(w) for w in sorted(joining, key=len, reverse=True))
    join = re.compile(rf"\s*[,،]?\s*(?P<word>{words})?\s*", re.IGNORECASE)
    out: list[ToponymMention] = list(mentions)
    for number, (first, last) in enumerate(_runs(out, text, join)):
        out[first : last + 1] = [evolve(m, listed=number) for m in out[first : last + 1]]
    return tuple(out)


def _runs(mentions: Sequence[ToponymMention], text: str, join: re.Pattern[str]) -> list[tuple[int, int]]:
    runs, first, joined = [], 0, False
    for here in range(1, len(mentions) + 1):
        gap = _gap(mentions[here - 1], mentions[here], text, join) if here < len(mentions) else None
        if gap is None:
            if joined:
                runs.append((first, here - 1))
            first, joined = here, False
        else:
            joined = joined or gap.group("word") is not None
    return runs


def _gap(one: ToponymMention, other: ToponymMention, text: str, join: re.Pattern[str]) -> re.Match[str] | None:
    """What joins two names of one kind; None where they are no neighbours in a list."""
    between = text[one.span.end : other.span.start]
    same = one.precision is other.precision and one.precision is not PlacePrecision.COUNTRY
    return join.fullmatch(between) if same and between.strip() else None
