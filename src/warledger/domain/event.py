"""Events: what the monitor concludes from claims. Versioned, never overwritten."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from warledger.domain.codes import EventType, Family, Grade
from warledger.domain.place import Place
from warledger.domain.when import Interval


@frozen(kw_only=True)
class Fatalities:
    """People killed in one event: smallest, most reliable and largest figure claimed for the whole of it."""

    low: int | None
    best: int | None
    high: int | None


@frozen(kw_only=True)
class Event:
    """One version of one event.

    Args:
        id: stable through its versions.
        version: 1, 2, ...
        family: family of its type.
        type: the type most claims give.
        place: the most precise place among its claims, or None.
        when: the narrowest interval that its claims agree on.
        initiator: canonical names.
        target: canonical names.
        fatalities: low, best, high.
        claim_ids: ids of the claims behind it, sorted.
        origins: independent origins, sorted; ten outlets on one agency's wire are one.
        grade: how well it is supported.
        reason: the grade in words.
        geo_precision: ACLED 1 to 3.
        time_precision: ACLED 1 to 3.
        where_prec: UCDP 1 to 7.
        date_prec: UCDP 1 to 5.
        recorded_at: when the monitor knew this version, UTC.
    """

    id: str
    version: int
    family: Family
    type: EventType
    place: Place | None
    when: Interval
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    fatalities: Fatalities
    claim_ids: tuple[str, ...]
    origins: tuple[str, ...]
    grade: Grade
    reason: str
    geo_precision: int
    time_precision: int
    where_prec: int
    date_prec: int
    recorded_at: datetime
