"""Events: what the monitor concludes from claims. Versioned, never overwritten."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from warledger.domain.codes import EventType, Family, Grade
from warledger.domain.place import Place
from warledger.domain.when import Interval


@frozen(kw_only=True)
class Count:
    """A number of people: smallest, most reliable and largest figure claimed; None where nobody gives one."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@frozen(kw_only=True)
class Fatalities:
    """People killed in one event: smallest, most reliable and largest figure claimed for the whole of it.

    Args:
        low: the smallest.
        best: the last one of the most reliable source.
        high: the largest.
        low_claims: ids of the claims that give the smallest, sorted.
        best_claims: ids of the claims that the best one rests on, sorted.
        high_claims: ids of the claims that give the largest, sorted.
    """

    low: int | None
    best: int | None
    high: int | None
    low_claims: tuple[str, ...] = ()
    best_claims: tuple[str, ...] = ()
    high_claims: tuple[str, ...] = ()


@frozen(kw_only=True)
class Violence:
    """An event as UCDP codes it (Georeferenced Event Dataset codebook 23.1).

    Args:
        type_of_violence: 1 state-based, 2 non-state, 3 one-sided; None where that cannot be told.
        side_a: the state's side, else who did it.
        side_b: the other side; the civilians where violence is one-sided.
        deaths_a: dead of side a.
        deaths_b: dead of side b.
        deaths_civilians: dead civilians.
        deaths_unknown: what the best figure for all counts beyond the best ones of these three, or None.
    """

    type_of_violence: int | None = None
    side_a: tuple[str, ...] = ()
    side_b: tuple[str, ...] = ()
    deaths_a: Count = Count()
    deaths_b: Count = Count()
    deaths_civilians: Count = Count()
    deaths_unknown: int | None = None


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
        violence: type of violence, sides and dead by side, as UCDP codes them.
        contradictions: what its origins say against each other, in words; never averaged away.
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
    violence: Violence = Violence()
    contradictions: tuple[str, ...] = ()
