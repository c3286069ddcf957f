"""How a claim bears on who holds a place: in, a claim; out, its role, place and day, or nothing.

Control claims say it outright. A place taken, handed over or left says it too, on a known day and of the place itself:
a village "near Hama" says nothing of Hama. What is denied, alleged, possible or planned moves nothing, and is a doubt.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from attrs import frozen

from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.codes import TERRITORIAL, EventType, Modality, Status
from warledger.domain.place import PlacePrecision
from warledger.domain.when import Interval, TimePrecision

NIGHT, WEEK = timedelta(days=1), timedelta(days=7)


class Role(StrEnum):
    """What a claim does to the holder of a place."""

    HOLDS = "holds"
    LEAVES = "leaves"
    DOUBTS = "doubts"


@frozen(kw_only=True)
class Bearing:
    """One claim's bearing.

    Args:
        role: it says who holds the place, that a holder left it, or it moves nothing.
        place_key: `Place.key`.
        day: the day from which it is so.
        actors: whom it names as holding or leaving.
    """

    role: Role
    place_key: str
    day: date
    actors: tuple[str, ...]


def bearing(claim: Claim, published: date) -> Bearing | None:
    """Tell how a claim bears on control.

    Args:
        claim: any claim.
        published: day of its report, the day of a control claim that gives none.

    Returns:
        The bearing, or None where it has none.
    """
    if isinstance(claim, ControlClaim):
        return _of_control(claim, published)
    if isinstance(claim, EventClaim) and (claim.type in TERRITORIAL or claim.type is EventType.WITHDRAWAL):
        return _of_event(claim, published)
    return None


def _of_control(claim: ControlClaim, published: date) -> Bearing | None:
    if claim.place is None or claim.place.precision is PlacePrecision.NEAR:
        return None
    if claim.when.start is None and claim.when.end is not None and claim.when.end < published:
        return None  # "until 2016 they held it": from when is not told, and it is over
    if not claim.holder and claim.status is Status.HELD:
        return None
    role = Role.HOLDS if claim.modality is Modality.ASSERTED else Role.DOUBTS
    if claim.modality is Modality.NEGATED and claim.holder:
        role = Role.LEAVES
    day = _surely_from(claim.when, published)
    return Bearing(role=role, place_key=claim.place.key, day=day, actors=tuple(sorted(claim.holder)))


def _surely_from(when: Interval, published: date) -> date:
    """The day from which it is so at the latest: who took a town "last week" held it when that week was over."""
    start = when.start or published
    match when.precision:
        case TimePrecision.WEEK:
            last = start + WEEK - NIGHT
        case TimePrecision.MONTH:
            last = start.replace(day=monthrange(start.year, start.month)[1])
        case TimePrecision.YEAR:
            last = date(start.year, 12, 31)
        case _:
            return start
    return max(start, min(last, published))


def _of_event(claim: EventClaim, published: date) -> Bearing | None:
    if claim.place is None or claim.place.precision is not PlacePrecision.EXACT or not claim.initiator:
        return None
    role = Role.LEAVES if claim.type is EventType.WITHDRAWAL else Role.HOLDS
    if claim.modality is not Modality.ASSERTED:
        role = Role.DOUBTS
    elif not _day_is_known(claim.when):
        return None
    day = claim.when.end or claim.when.start or published
    return Bearing(role=role, place_key=claim.place.key, day=day, actors=tuple(sorted(claim.initiator)))


def _day_is_known(when: Interval) -> bool:
    """Say whether it is told to a day, or to a night between two."""
    if when.end is None or when.start is None or when.precision is not TimePrecision.DAY:
        return False
    return when.end - when.start <= NIGHT
