"""What coding made of a report: its claims, why there are none, what was dropped, and where two coders differ."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from warledger.domain.claim import Claim
from warledger.domain.errors import Problem
from warledger.domain.report import Report

CODED = "coded"


class CoderName(StrEnum):
    """Who codes: this program's rules and small model, a language model behind an endpoint, or both side by side."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


class Reason(StrEnum):
    """Why a claim of a language model was dropped."""

    FORM = "not as the codebook has it"
    QUOTE = "quote not in the report"
    NAME = "name not in the report"
    PLACE = "place not in the report"
    TIME = "time not in the report"
    NUMBER = "number not in its sentence"


@frozen(kw_only=True)
class Dropped:
    """A claim of a language model that did not stand in the report.

    Args:
        reason: the sort of failure, for counts.
        what: what failed, in plain words, with the words at fault.
        said: the claim as the model wrote it, as JSON.
    """

    reason: Reason
    what: str
    said: str


@frozen(kw_only=True)
class Disagreement:
    """Where two coders of one report differ.

    Args:
        rules: the claim of the rules, or None where only the language model made it.
        model: the claim of the language model, or None where only the rules made it.
        fields: keys of the codebook in which a pair differs; empty where one claim stands alone.
    """

    rules: Claim | None
    model: Claim | None
    fields: tuple[str, ...] = ()


@frozen(kw_only=True)
class Coded:
    """A report as coded.

    Args:
        claims: in the order of the text.
        note: `coded`, or why there are no claims ("not coded: language xx").
        problem: what went wrong, for the one who runs it, or None.
        dropped: claims of a language model that did not stand in the report.
        disagreements: where the rules and a language model differ.
    """

    claims: tuple[Claim, ...] = ()
    note: str = CODED
    problem: Problem | None = None
    dropped: tuple[Dropped, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


def not_coded(report: Report, why: str) -> Coded:
    """A report that is kept without claims, with the reason as its note and as its Problem."""
    note = f"not coded: {why}"
    return Coded(note=note, problem=Problem(file=report.filed_as or report.id, what=note, refused=False))
