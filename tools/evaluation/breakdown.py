"""Scores by language, by war and by length, so that one of them does not hide another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from evaluation.agreement import Record
from evaluation.claims import ClaimScore, Rate, ReportScore, total

SHORT_WORDS, LONG_WORDS = 154, 171
"""Reports of up to 154 words are short, of more than 171 long: about a third of the development reports each."""


def length_of(report: Record) -> str:
    """Short, middle or long, by its words."""
    words = len(report["text"].split())
    return "short" if words <= SHORT_WORDS else "long" if words > LONG_WORDS else "middle"


BREAKDOWNS: dict[str, Callable[[Record], str]] = {
    "language": lambda report: str(report.get("language") or "?"),
    "war": lambda report: str(report.get("conflict") or "?"),
    "length": length_of,
}
"""The ways in which reports are grouped."""


def by_group(scores: Sequence[ReportScore], group_of: Callable[[Record], str]) -> dict[str, ClaimScore]:
    """Sum the reports of each group, largest group first."""
    groups: dict[str, list[ReportScore]] = {}
    for score in scores:
        groups.setdefault(group_of(score.report), []).append(score)
    return {name: total(of) for name, of in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))}


def outside_english(scores: Iterable[ReportScore]) -> Rate:
    """Detection of events and control together in the reports that are not in English."""
    score = total(each for each in scores if each.report.get("language") != "en")
    rates = [score.detection(kind) for kind in ("event", "control")]
    return Rate(**{name: sum(getattr(rate, name) for rate in rates) for name in ("right", "given", "gold")})
