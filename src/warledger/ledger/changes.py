"""What changed hands between two days: the states of both in, one change a place out.

A place is told where another side holds it than before, where it was left, where its status changed, and where the
record first says who holds it. Sides that belong together ("the opposition" and one of its factions) are one holder.
Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import frozen

from warledger.domain.control import ControlState
from warledger.domain.place import Place
from warledger.ledger.control import Groups, agree, no_groups

Holding = tuple[Sequence[str], str]
"""Who holds a place, and the status."""


class ChangeKind(StrEnum):
    """What a change is."""

    CHANGED_HANDS = "changed hands"
    LEFT = "left"
    STATUS = "status changed"
    FIRST_TOLD = "first told"


@frozen(kw_only=True)
class Change:
    """One place whose state differs.

    Args:
        place: the place.
        kind: what changed.
        before: the state on the earlier day, or None where the record says nothing of it.
        after: the state on the later day.
    """

    place: Place
    kind: ChangeKind
    before: ControlState | None
    after: ControlState

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims behind both states, the later first."""
        earlier = self.before.claim_ids if self.before is not None else ()
        return tuple(dict.fromkeys((*self.after.claim_ids, *earlier)))


def control_changes(
    before: Sequence[ControlState], after: Sequence[ControlState], *, groups: Groups = no_groups
) -> tuple[Change, ...]:
    """Compare two days.

    Args:
        before: who held what on the earlier day.
        after: who held what on the later day, as known at the same time.
        groups: wider groups of an actor.

    Returns:
        In the order of `after`.
    """
    earlier = {s.place.key: s for s in before}
    told = ((s, earlier.get(s.place.key)) for s in after)
    kinds = ((now, then, kind_of(_holding(then), (now.holder, now.status), groups)) for now, then in told)
    return tuple(
        Change(place=now.place, kind=kind, before=then, after=now) for now, then, kind in kinds if kind is not None
    )


def kind_of(then: Holding | None, now: Holding, groups: Groups) -> ChangeKind | None:
    """What changed at one place; None where nothing did.

    Args:
        then: who held it on the earlier day, or None where the record says nothing of it.
        now: who holds it on the later day.
        groups: wider groups of an actor.
    """
    if then is None:
        return ChangeKind.FIRST_TOLD
    (held, status), (holds, new_status) = then, now
    if not agree(held, holds, groups):
        return ChangeKind.CHANGED_HANDS if holds else ChangeKind.LEFT
    return ChangeKind.STATUS if status != new_status else None


def _holding(state: ControlState | None) -> Holding | None:
    return None if state is None else (state.holder, state.status)
