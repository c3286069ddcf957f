"""Code a happening as UCDP does: type of violence, sides, dead by side.

In: its type, its actors and its claims. Out: the coding; what cannot be told stays None. Source: UCDP Georeferenced
Event Dataset codebook 23.1, `type_of_violence`, `side_a`, `side_b`, `deaths_a`, `deaths_b`, `deaths_civilians`,
`deaths_unknown`; UCDP gives the dead of a side as one best figure, low and high are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from warledger.corroborate.fatalities import added, count_of, counted, most_reliable
from warledger.corroborate.grade import Standing, Told
from warledger.domain.actor import PEOPLE
from warledger.domain.claim import EventClaim, Figure
from warledger.domain.codes import FAMILY_OF, EventType, Family, Harm
from warledger.domain.event import Count, Fatalities, Violence

VIOLENT = frozenset({Family.BATTLE, Family.REMOTE, Family.CIVILIANS})
_STATE = ("Government of ", "Military Forces of ", "Police Forces of ")
_CIVILIAN_DEAD = frozenset({"civilians", "journalists", "medical staff", "aid workers"})
_STATE_DEAD, _NONSTATE_DEAD = frozenset({"soldiers"}), frozenset({"fighters"})


def violence(
    kind: EventType,
    initiator: tuple[str, ...],
    target: tuple[str, ...],
    told: Sequence[Told],
    fatal: Fatalities,
    standing: Standing,
) -> Violence:
    """Code a happening.

    Args:
        kind: its type.
        initiator: who did it, as concluded.
        target: to whom, as concluded.
        told: its claims.
        fatal: its dead, as counted.
        standing: who is a party.
    """
    if FAMILY_OF[kind] not in VIOLENT and kind is not EventType.FORCE_AGAINST_PROTESTERS:
        return Violence()
    sort = type_of_violence(initiator, target, standing)
    side_a, side_b = (target, initiator) if sort == 1 and not _of_state(initiator) else (initiator, target)
    dead = [_dead(told, standing, kinds) for kinds in (_kinds(side_a, side_b), _kinds(side_b, side_a), _CIVILIAN_DEAD)]
    known = [count.best for count in dead if count.best is not None]
    return Violence(
        type_of_violence=sort,
        side_a=side_a,
        side_b=side_b,
        deaths_a=dead[0],
        deaths_b=dead[1],
        deaths_civilians=dead[2],
        deaths_unknown=None if fatal.best is None else max(fatal.best - sum(known), 0),
    )


def type_of_violence(initiator: Sequence[str], target: Sequence[str], standing: Standing) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; None where a side is not named or is nobody in particular."""
    unnamed = standing.weights.unnamed
    doers = [n for n in initiator if _bare(n) not in PEOPLE | unnamed]
    foes = [n for n in target if _bare(n) not in PEOPLE | unnamed]
    if not doers:
        return None
    if foes:
        return 1 if _of_state((*doers, *foes)) else 2
    return 3 if any(_bare(n) in PEOPLE for n in target) else None


def _kinds(side: Sequence[str], other: Sequence[str]) -> frozenset[str]:
    """Which dead are this side's: soldiers where it alone is a state's, fighters where it alone is none."""
    if not side or all(_bare(n) in PEOPLE for n in side):
        return frozenset()
    if _of_state(side) == _of_state(other) and other and not all(_bare(n) in PEOPLE for n in other):
        return frozenset()  # two states or two groups: whose soldiers or fighters died is not told
    return _STATE_DEAD if _of_state(side) else _NONSTATE_DEAD


def _dead(told: Sequence[Told], standing: Standing, kinds: frozenset[str]) -> Count:
    given = counted(told, partial(_among, kinds=kinds))
    return count_of(given, most_reliable(given, told, standing))


def _among(claim: EventClaim, kinds: frozenset[str]) -> Figure | None:
    parts = [f for f in claim.figures if f.harm is Harm.KILLED and f.of in kinds]
    parts = [f for f in parts if f.min is not None or f.max is not None]
    return added(parts) if parts else None


def _of_state(names: Iterable[str]) -> bool:
    return any(name.startswith(_STATE) for name in names)


def _bare(name: str) -> str:
    return name.partition(" (")[0]
