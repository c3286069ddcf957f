"""What one claim says of who holds a place: all that weighing it needs, without its words.

A kept claim in, its testimony out, or nothing where it has no bearing on control (`domain.bearing`). A ledger gives
testimonies by themselves, since reading them costs a fraction of reading claims with their reports.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.bearing import Role, bearing
from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.codes import EventType, Modality, Status
from warledger.domain.decision import Correction
from warledger.domain.place import Place
from warledger.domain.report import Report


@frozen(kw_only=True)
class Testimony:
    """One claim as it bears on control.

    Args:
        id: of the claim.
        place: of which place.
        role: it says who holds the place, that a holder left it, or it moves nothing.
        day: the day from which it is so.
        actors: whom it names as holding or leaving.
        origin: where it ultimately comes from.
        modality: as the claim's.
        direct: a claim of control, not an event from which it follows.
        status: of a claim of control; a place taken is held.
        extent: of a claim of control, else None.
        withdraws: an event of a side that went of itself.
        confidence: how likely its coding is right, or None.
        language: of its report, or None.
        corrections: what persons corrected of the claim.
    """

    id: str
    place: Place
    role: Role
    day: date
    actors: tuple[str, ...]
    origin: str
    modality: Modality
    direct: bool
    status: Status
    extent: str | None
    withdraws: bool
    confidence: float | None
    language: str | None
    corrections: tuple[Correction, ...] = ()

    @property
    def empties(self) -> bool:
        """It says outright that the place was abandoned."""
        return self.direct and self.status is Status.ABANDONED


def read_testimony(
    id: str, claim: Claim, report: Report, origin: str | None = None, corrections: tuple[Correction, ...] = ()
) -> Testimony | None:
    """Tell what a claim says of who holds a place.

    Args:
        id: of the claim.
        claim: any claim.
        report: that it stands in.
        origin: where it comes from; None for the nearest source.
        corrections: what persons corrected of it.

    Returns:
        The testimony, or None where the claim has no bearing on control.
    """
    bears = bearing(claim, report.published)
    if bears is None or not isinstance(claim, ControlClaim | EventClaim) or claim.place is None:
        return None
    control = claim if isinstance(claim, ControlClaim) else None
    return Testimony(
        id=id,
        place=claim.place,
        role=bears.role,
        day=bears.day,
        actors=bears.actors,
        origin=origin if origin is not None else nearest_source(claim.attribution, report.publisher, report.id),
        modality=claim.modality,
        direct=control is not None,
        status=Status.HELD if control is None else control.status,
        extent=None if control is None else control.extent,
        withdraws=isinstance(claim, EventClaim) and claim.type is EventType.WITHDRAWAL,
        confidence=claim.confidence,
        language=report.language,
        corrections=corrections,
    )


def nearest_source(attribution: tuple[str, ...] | list[str], publisher: str | None, report_id: str) -> str:
    """The source that a claim's own sentence names, else the publisher, else the report."""
    return next(iter(attribution), None) or publisher or report_id
