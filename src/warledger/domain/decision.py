"""Decisions of persons, which outrank the machine. Kept as versions, never changed; undoing is a further decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import Attribute, field, frozen
from attrs.validators import in_


class DecisionAct(StrEnum):
    """What a person decides."""

    MERGE = "merge"
    SPLIT = "split"
    ACCEPT = "accept"
    DISCOUNT = "discount"
    UNDO = "undo"
    ALIAS = "alias"
    CORRECT = "correct"


def _said(decision: Decision, attribute: Attribute[str], value: str) -> None:
    if not value.strip():
        raise ValueError(f"a decision needs {'a reason' if attribute.name == 'reason' else 'an author'}")


@frozen(kw_only=True)
class Decision:
    """One decision.

    Args:
        id: tells it from others.
        recorded_at: when the monitor knew it, UTC.
        author: who decided.
        reason: why, in words.
        act: what was decided, one of DecisionAct.
        event_ids: the events that it concerns.
        claim_ids: the claims that are one event, that leave one, or that are accepted or discounted.
        payload: what else the act needs, as plain JSON values: `rest`, the claims that those of a split leave behind;
            `decision`, the id of the one that is undone; `name` and `actor` of an alias; `field` and `value` of a
            correction, of an event or, where it names no event, of a claim.
    """

    id: str
    recorded_at: datetime
    author: str = field(validator=_said)
    reason: str = field(validator=_said)
    act: str = field(validator=in_(tuple(DecisionAct)))
    event_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    payload: Mapping[str, Any] = field(factory=dict)

    @property
    def concerned(self) -> tuple[str, ...]:
        """Every claim that it has to do with."""
        return (*self.claim_ids, *self.payload.get("rest", ()))


@frozen(kw_only=True)
class Correction:
    """One field of a claim as a person corrected it; the claim stays in the ledger as it was coded.

    Args:
        claim_id: of which claim.
        field: what was corrected.
        was: what stood there before, in words.
        names: the actors among these words, whose names a public answer may withhold.
        author: who says so.
        reason: why, in words.
        recorded_at: when the monitor knew it, UTC.
        decision_id: the decision that it was made by.
    """

    claim_id: str
    field: str
    was: str
    names: tuple[str, ...] = ()
    author: str
    reason: str
    recorded_at: datetime
    decision_id: str


def told_together(corrections: Iterable[Correction]) -> list[tuple[Correction, ...]]:
    """Corrections that one person made for one reason on one day, each such act as one, in order."""
    acts: dict[tuple[object, ...], list[Correction]] = {}
    for one in corrections:
        acts.setdefault((one.author, one.reason, one.recorded_at.date()), []).append(one)
    return [tuple(act) for act in acts.values()]
