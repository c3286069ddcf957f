"""Control: who holds a place on a day, as known at a time."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.codes import Status
from warledger.domain.decision import Correction
from warledger.domain.place import Place


@frozen(kw_only=True)
class ControlState:
    """The answer for one place.

    Args:
        place: the place.
        holder: canonical names, empty where nobody is said to hold it.
        status: held, contested, besieged or abandoned.
        extent: all, most, part or a count.
        since: the day from which the newest claim says it holds.
        claim_ids: the claims that say so.
        against: claims of the same day that say otherwise, or that deny or only allege a change.
        corrections: what persons corrected of the claims that say so.
        confidence: how sure it is on the day asked about, 0 to 1; it falls with silence (`ledger.sureness`).
    """

    place: Place
    holder: tuple[str, ...]
    status: Status
    extent: str
    since: date
    claim_ids: tuple[str, ...]
    against: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    confidence: float = 0.0
