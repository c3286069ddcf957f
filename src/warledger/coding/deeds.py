"""What some words say outright, where the model codes another thing: "tried to seize", "repelled an attack".

A code, its words and the rules of the language in; the rule that speaks against the code and the words it goes by out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from warledger.domain.cues import DeedRule, fold
from warledger.domain.span import Span

REACH = 80
"""Words that bear on another stand at most so many letters before it."""
_MARKS = frozenset(',;:.!?()«»"“”،؛\n')


def outright(
    code: str, beside: Collection[str], quote: Span, anchor: Span, text: str, rules: Sequence[DeedRule]
) -> tuple[DeedRule, Span] | None:
    """The first rule whose words stand where they count, and those words; None where the code stays as it is.

    Args:
        code: as the model has it.
        beside: the other codes of its sentence.
        quote: the words that support the claim.
        anchor: the word that it hangs on.
        text: the report's text.
        rules: of the report's language.
    """
    mine = [rule for rule in rules if code in rule.of and (not rule.beside or not rule.beside.isdisjoint(beside))]
    if not mine:
        return None
    folded = fold(quote.text)
    low = max(0, anchor.start - REACH)
    around = fold(text[low : anchor.end + REACH])
    for rule in mine:
        if rule.unless is not None and rule.unless.search(folded):
            continue
        if rule.near is None:
            found, start = rule.words.search(folded), quote.start
        else:
            found, start = _near(rule.words, rule.near, around, anchor.start - low, anchor.end - low), low
        if found is not None:
            return rule, Span.of(text, start + found.start(), start + found.end())
    return None


def _near(words: re.Pattern[str], near: int, around: str, start: int, end: int) -> re.Match[str] | None:
    """Words over those from `start` to `end`, or before them with at most so many and no mark between."""
    for match in words.finditer(around):
        if match.start() >= end:
            return None
        between = around[match.end() : start]
        if match.end() > start or (len(between.split()) <= near and _MARKS.isdisjoint(between)):
            return match
    return None
