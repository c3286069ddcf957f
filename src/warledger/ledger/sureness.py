"""How sure a state of control is: what speaks for it and against it in, a number from 0 to 1 out, falling with silence.

The rule. Each independent origin is as good as its best claim: how far such a word is trusted (TRUST) times how likely
the coder held it to be right (COPIED where no estimate was made). Origins for the state add up as independent chances,
1 - product(1 - e), origins against likewise; both meet as `for * (1 - against / 2)`, so that an equal denial halves a
certain state and never silences it. Every HALF_LIFE_DAYS of silence since the newest claim behind it halve the rest:
a front moves within days, a rear within seasons. The numbers are a convention, stated and not fitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from math import prod

from attrs import evolve, frozen

from warledger.domain.claim import chance_of
from warledger.domain.codes import Status
from warledger.domain.control import ControlState


class Word(StrEnum):
    """What kind of word an origin gives."""

    OUTRIGHT = "outright"
    OWN = "own"
    INFERRED = "inferred"


TRUST = {Word.OUTRIGHT: 0.9, Word.OWN: 0.6, Word.INFERRED: 0.7}
"""Trust in a claim of control by somebody else, by the party itself, and in a place taken or left (an event)."""
HALF_LIFE_DAYS: Mapping[Status, float] = {
    Status.HELD: 180.0,
    Status.ABANDONED: 60.0,
    Status.BESIEGED: 30.0,
    Status.CONTESTED: 14.0,
}


@frozen(kw_only=True)
class Voice:
    """One claim for or against a state.

    Args:
        origin: where it ultimately comes from.
        word: what kind of word it is.
        confidence: how likely its coding is right, or None.
    """

    origin: str
    word: Word
    confidence: float | None


def sureness(voices: Iterable[Voice], against: Iterable[Voice]) -> float:
    """How sure a state is on the day of the newest claim behind it, 0 to 1.

    Args:
        voices: the claims that say so.
        against: those that say otherwise, deny it or hold another state possible.
    """
    return _together(voices) * (1 - _together(against) / 2)


def faded(state: ControlState, on: date) -> ControlState:
    """A state as sure as it is on a later day, to three places, after the days on which nobody said so again."""
    silent_days = max(0, (on - state.since).days)
    return evolve(state, confidence=round(state.confidence * 0.5 ** (silent_days / HALF_LIFE_DAYS[state.status]), 3))


def _together(voices: Iterable[Voice]) -> float:
    best: dict[str, float] = {}
    for voice in voices:
        best[voice.origin] = max(best.get(voice.origin, 0.0), TRUST[voice.word] * chance_of(voice.confidence))
    return 1 - prod(1 - e for e in best.values())
