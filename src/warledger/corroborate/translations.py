"""Find reports that are one text in two languages.

In: reports, and what each names, as it was read. Out: for each report id the id of the oldest report that prints its
text or that it translates. A translation names nearly the same places, actors, numbers and days in nearly the same
order; two accounts of one battle share some and differ in numbers, order and choice. Reports of one language, of days
far apart or with few such things are never called translations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from warledger.corroborate.reprints import in_order, reprints
from warledger.domain.corroboration import Named, NamedKind, TranslationWeights
from warledger.domain.mention import ActorMention, Reading
from warledger.domain.place import GazetteerEntry
from warledger.domain.report import Report

Names = Callable[[Report], Sequence[Named]]
"""What a report names, each once, in the order of its text."""
_COARSE = frozenset({"PPLC", "ADM1", "ADM2", "TERR", "CONT", "RGN"})
_COUNTRY = "PCL"
_STATE = ("Government of ", "Military Forces of ", "Police Forces of ")
FEW = 10
"""Smaller numbers meet by chance."""


def first_prints(reports: Sequence[Report], names: Names, weights: TranslationWeights) -> Mapping[str, str]:
    """Group reports that print one text in any language.

    Only reports with another of a different language and few days apart are asked what they name.

    Args:
        reports: that may be one text, such as those of one happening; any order.
        names: what a report names.
        weights: how two reports are compared.

    Returns:
        Each report's id to the id of the oldest report (by day of publication, then id) with the same text.
    """
    first, rows = dict(reprints(reports)), in_order(reports)
    age = {report.id: at for at, report in enumerate(rows)}
    for one, other in of_two_languages(rows, weights.days):
        older, newer = sorted((first[one.id], first[other.id]), key=age.__getitem__)
        if older != newer and is_translation(names(one), names(other), weights):
            first = {id: older if print_ == newer else print_ for id, print_ in first.items()}
    return first


def of_two_languages(rows: Sequence[Report], days: int) -> Iterator[tuple[Report, Report]]:
    """Pairs of different languages and at most some days apart; rows are in order of publication."""
    told = [r for r in rows if r.language is not None]
    for at, one in enumerate(told):
        end = bisect_right(told, one.published + timedelta(days=days), key=lambda r: r.published)
        yield from ((one, other) for other in told[at + 1 : end] if other.language != one.language)


def is_translation(one: Sequence[Named], other: Sequence[Named], weights: TranslationWeights) -> bool:
    """Say whether what two reports name is so alike, and in such order, that one must translate the other."""
    shorter, longer = sorted((one, other), key=len)
    both = set(shorter) & set(longer)
    if len(both) < weights.least or _at_most(shorter, both, weights) < weights.threshold:
        return False
    log_odds, agreeing = aligned(shorter, longer, weights)
    return log_odds >= weights.threshold and agreeing >= weights.least


def aligned(shorter: Sequence[Named], longer: Sequence[Named], weights: TranslationWeights) -> tuple[float, int]:
    """Align two sequences: the shorter one whole, with any stretch of the longer one.

    Returns:
        Log-odds that they are one text, of the best alignment, and how many things agree in it.
    """
    before = [(0.0, 0)] * (len(longer) + 1)
    for mine in shorter:
        weight = weights.named[mine.kind]
        row = [(before[0][0] + weight.differ, 0)]
        for at, theirs in enumerate(longer):
            ways = [
                (before[at + 1][0] + weight.differ, before[at + 1][1]),
                (row[at][0] + weights.gap * weights.named[theirs.kind].differ, row[at][1]),
            ]
            if mine == theirs:
                ways.append((before[at][0] + weight.agree, before[at][1] + 1))
            row.append(max(ways))
        before = row
    return max(before)


def named_in(reading: Reading) -> tuple[Named, ...]:
    """What a report names the same in every language: each thing once, where the text first names it."""
    found = [*_places(reading), *_actors(reading), *_numbers(reading), *_days(reading)]
    return tuple(dict.fromkeys(named for _, named in sorted(found, key=lambda row: row[0])))


def _at_most(shorter: Iterable[Named], both: set[Named], weights: TranslationWeights) -> float:
    """Log-odds that no alignment exceeds."""
    rows = ((weights.named[n.kind], n in both) for n in shorter)
    return sum(weight.agree if agrees else weight.differ for weight, agrees in rows)


def _places(reading: Reading) -> Iterator[tuple[int, Named]]:
    for mention in reading.toponyms:
        if mention.entry is not None:
            kind = NamedKind.REGION if _is_coarse(mention.entry) else NamedKind.PLACE
            yield mention.span.start, Named(kind=kind, what=mention.entry.key)


def _actors(reading: Reading) -> Iterator[tuple[int, Named]]:
    """Actors that the table resolves; an unknown name is written anew in every script."""
    for mention in reading.actors:
        if mention.actors and mention.form != "unknown":
            yield mention.span.start, Named(kind=_kind_of(mention), what=mention.actors)


def _numbers(reading: Reading) -> Iterator[tuple[int, Named]]:
    for mention in reading.numbers:
        number = mention.min if mention.min is not None else mention.max
        if number is not None:
            kind = NamedKind.FEW if number < FEW else NamedKind.NUMBER
            yield mention.span.start, Named(kind=kind, what=number)


def _days(reading: Reading) -> Iterator[tuple[int, Named]]:
    for mention in reading.times:
        when = mention.interval
        if when is not None and when.start is not None and mention.role == "point":
            yield mention.span.start, Named(kind=NamedKind.DAY, what=(when.start, when.end))


def _is_coarse(entry: GazetteerEntry) -> bool:
    return entry.feature_code in _COARSE or entry.feature_code.startswith(_COUNTRY)


def _kind_of(mention: ActorMention) -> NamedKind:
    if mention.actors[0].startswith(_STATE):
        return NamedKind.STATE
    return NamedKind.ACTOR if mention.form == "name" else NamedKind.DESCRIBED
