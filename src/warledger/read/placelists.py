"""Find enumerations of places, "A, B and C": mentions in order in, the same with the number of their list out.

While names are still being found, what introduces the first name of a list or ends its last is carried over the list.
A list needs a joining word ("Saraqib, Idlib" is a town in its province) or three towns, and names of one kind: towns or
provinces. It may say how much of a name it means ("Hama and parts of Aleppo"), and go on with what has none ("A, B and
nearby villages").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from attrs import evolve

from warledger.domain.mention import ToponymMention
from warledger.domain.place import PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.read.placescan import Named, Scan
from warledger.read.placewords import Word

_TOWNS = (PlacePrecision.EXACT, PlacePrecision.NEAR)
_LONG = 3
"""So many towns behind commas are a list without a joining word."""


def carry_list(text: str, words: Sequence[Word], named: Named, scan: Scan, cues: PlaceCues) -> bool:
    """Carry "the villages of A, B and C" on: each further name of the list is introduced as the first was.

    Args:
        text: the text.
        words: the sentence's words.
        named: a name just found; what its list tells of it is added.
        scan: the names found before it.
        cues: words around place names.

    Returns:
        Whether the name is introduced by its list.
    """
    last = scan.named[-1] if scan.named else None
    if last is None or last.sentence != named.sentence:
        return False
    gap = text[last.span_end : named.span_start].casefold().strip(" ,")
    goes_on = named.span_start > last.span_end and (gap == "" or gap in cues.listing)
    if goes_on:
        named.locative = named.locative or last.locative or bool(last.before)
        if named.after and words[_after_at(words, named)].lower in cues.plurals:
            _share_back(text, named, scan, cues)
    if goes_on and "settlements" in last.before and not named.before:
        named.before = ["settlements"]
        return True
    return False


def doubt(text: str, named: Named, scan: Scan) -> None:
    """Remember an unknown name that may be one of an enumeration of places."""
    last = scan.named[-1] if scan.named else None
    behind = last is not None and last.sentence == named.sentence and last.entries and not named.before
    scan.doubted = named if behind and last is not None and text[last.span_end : named.span_start] == ", " else None


def settle_doubt(text: str, named: Named, scan: Scan, cues: PlaceCues) -> None:
    """Take the unknown name in the middle of "A, Unknown and B" for a place."""
    doubted, scan.doubted = scan.doubted, None
    if doubted is None or doubted.sentence != named.sentence or named.span_start < doubted.span_end:
        return
    if text[doubted.span_end : named.span_start].casefold().strip(" ,") in cues.listing:
        scan.surnames.discard(doubted.core.casefold().split()[-1])
        scan.named.append(doubted)


def _share_back(text: str, named: Named, scan: Scan, cues: PlaceCues) -> None:
    """Carry "Sumy, Kharkiv and Kherson regions" back over the list."""
    behind = named
    for earlier in reversed(scan.named):
        gap = text[earlier.span_end : behind.span_start].casefold().strip(" ,")
        if earlier.after or earlier.sentence != named.sentence or (gap and gap not in cues.listing):
            return
        earlier.after, behind = named.after, earlier


def _after_at(words: Sequence[Word], named: Named) -> int:
    """The index of the first word behind a name."""
    return next((i for i, w in enumerate(words) if w.start >= named.end), len(words) - 1)


def mark_lists(
    mentions: Sequence[ToponymMention],
    text: str,
    joining: Collection[str],
    extents: Sequence[re.Pattern[str]] = (),
    within: Collection[str] = (),
) -> tuple[ToponymMention, ...]:
    """Number the lists.

    Args:
        mentions: places of a text, in order.
        text: the text.
        joining: words that join the last name of a list.
        extents: words that say how much of a place.
        within: prepositions of place, which may stand before each name again ("near A, inside B and in C").
    """
    words = "|".join(re.escape(w) for w in sorted(joining, key=len, reverse=True))
    share = "|".join(p.pattern for p in extents) or "(?!)"
    again = "|".join(re.escape(w) for w in sorted(within, key=len, reverse=True)) or "(?!)"
    behind = rf"(?:(?:{again})\s+)?(?:(?:{share})\s*(?:the )?)?"
    gap = re.compile(rf"\s*[,،]?\s*(?P<word>{words})?\s*{behind}", re.IGNORECASE)
    tail = re.compile(rf"\s*[,،]?\s*(?:{words})(?!\w)", re.IGNORECASE)
    out: list[ToponymMention] = list(mentions)
    for number, (first, last) in enumerate(_runs(out, text, gap, tail)):
        out[first : last + 1] = [evolve(m, listed=number) for m in out[first : last + 1]]
    return tuple(out)


def _runs(
    mentions: Sequence[ToponymMention], text: str, gap: re.Pattern[str], tail: re.Pattern[str]
) -> list[tuple[int, int]]:
    runs, first, joined = [], 0, False
    for here in range(1, len(mentions) + 1):
        between = _gap(mentions[here - 1], mentions[here], text, gap) if here < len(mentions) else None
        if between is not None:
            joined = joined or between.group("word") is not None
            continue
        run = mentions[first:here]
        towns = all(m.precision in _TOWNS for m in run)
        goes_on = towns and (len(run) >= _LONG or (len(run) > 1 and tail.match(text, run[-1].span.end) is not None))
        if len(run) > 1 and (joined or goes_on):
            runs.append((first, here - 1))
        first, joined = here, False
    return runs


def _gap(one: ToponymMention, other: ToponymMention, text: str, gap: re.Pattern[str]) -> re.Match[str] | None:
    """What joins two names of one kind; None where they are no neighbours in a list."""
    between = text[one.span.end : other.span.start]
    towns = one.precision in _TOWNS and other.precision in _TOWNS
    same = towns or (one.precision is other.precision and one.precision is not PlacePrecision.COUNTRY)
    return gap.fullmatch(between) if same and between.strip() else None
