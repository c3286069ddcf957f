"""What was said of a place, in order: a ledger and place keys in, each control and event claim out, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from attrs import frozen

from warledger.domain.claim import ControlClaim, EventClaim
from warledger.domain.codes import Kind
from warledger.ports import KeptClaim, Ledger


@frozen(kw_only=True)
class Said:
    """One thing that was said of a place.

    Args:
        day: the day from which it is said to be so, or of its happening, else the day of the report.
        kept: the claim with its report.
        by: who said so, nearest first: the chain inside the report, then its publisher.
        event_id: the event that the claim belongs to, or None.
    """

    day: date
    kept: KeptClaim
    by: tuple[str, ...]
    event_id: str | None = None


def history(ledger: Ledger, place_keys: Sequence[str], known_at: datetime | None = None) -> tuple[Said, ...]:
    """Tell every control claim and every event there.

    Args:
        ledger: the record.
        place_keys: the place, and where wanted the places in it.
        known_at: only what was recorded by then counts; None is everything.

    Returns:
        In order of day, then of publication.
    """
    event_of = {id: event.id for event in ledger.events(known_at=known_at) for id in event.claim_ids}
    kinds = (Kind.CONTROL, Kind.EVENT)
    found = ledger.claims(known_at=known_at, kinds=kinds, place_keys=place_keys) if place_keys else ()
    said = [_said(kept, event_of.get(kept.id)) for kept in found]
    return tuple(sorted(said, key=lambda s: (s.day, s.kept.report.published, s.kept.report.id, _at(s), s.kept.id)))


def _said(kept: KeptClaim, event_id: str | None) -> Said:
    claim = kept.claim
    when = claim.when if isinstance(claim, ControlClaim | EventClaim) else None
    day = (when.start or when.end) if when is not None else None
    publisher = kept.report.publisher
    by = (*claim.attribution, *((publisher,) if publisher is not None else ()))
    return Said(day=day or kept.report.published, kept=kept, by=tuple(dict.fromkeys(by)), event_id=event_id)


def _at(said: Said) -> int:
    return said.kept.claim.quotes[0].start if said.kept.claim.quotes else 0
