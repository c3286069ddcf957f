"""What a brief is made from: the events, claims, control, reports and findings of its days, gathered by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, field, frozen

from warledger.domain.agreement import Breach
from warledger.domain.claim import EventClaim, StatementClaim, TollClaim
from warledger.domain.control import ControlState
from warledger.domain.event import Event
from warledger.domain.finding import NoticedPrecedent, PrecedentFinding, Surge
from warledger.domain.road import Cut, LostWay
from warledger.domain.when import Interval
from warledger.ports import Kept, KeptClaim

SHORT = timedelta(days=3)
"""What began on the days and ended behind them is told where it is no longer than this."""


@frozen(kw_only=True)
class Matter:
    """Everything that a brief may draw on.

    Args:
        from_day: first day.
        to_day: last day.
        known_at: as known at that time, or None for now.
        events: events whose interval meets the days.
        claims: every claim of those events and of that control, and the tolls and statements of the days, by id.
        control: who holds what at the end of the last day.
        reports: those published in the days or cited, for what is thin.
        findings: what the record says of the precedents claimed.
        noticed: firsts and deadliests of the days that nobody claimed.
        cuts: stretches of main roads that were cut in the days.
        lost_ways: towns that lost their last way to the capital, the coast or a crossing in the days.
        breaches: events that an agreement in force forbids.
        surges: weeks of the days in which a region saw more than its past explains.
        origins: where each claim behind `control` ultimately comes from, by its id, as the corroborate room tells it.
    """

    from_day: date
    to_day: date
    known_at: datetime | None
    events: tuple[Event, ...]
    claims: Mapping[str, KeptClaim]
    control: tuple[ControlState, ...]
    reports: tuple[Kept, ...] = ()
    findings: tuple[PrecedentFinding, ...] = ()
    noticed: tuple[NoticedPrecedent, ...] = ()
    cuts: tuple[Cut, ...] = ()
    lost_ways: tuple[LostWay, ...] = ()
    breaches: tuple[Breach, ...] = ()
    surges: tuple[Surge, ...] = ()
    origins: Mapping[str, str] = field(factory=dict)

    def told_events(self) -> tuple[Event, ...]:
        """Events that the days' brief tells: those that ended, or are known to have begun, in them."""
        return tuple(e for e in self.events if self._belongs(e.when) and any(i in self.claims for i in e.claim_ids))

    def kept_of(self, event: Event) -> tuple[KeptClaim, ...]:
        """The claims behind an event."""
        return tuple(self.claims[i] for i in event.claim_ids if i in self.claims)

    def tolls(self) -> tuple[KeptClaim, ...]:
        """Tolls that were counted up to one of the days, oldest first."""
        return self._sorted(
            k for k in self.claims.values() if isinstance(k.claim, TollClaim) and self._belongs(k.claim.when)
        )

    def statements(self) -> tuple[KeptClaim, ...]:
        """Statements made on the days; one without a day counts for the day its report was published."""
        return self._sorted(
            k for k in self.claims.values() if isinstance(k.claim, StatementClaim) and self._belongs(said_on(k))
        )

    def precedents(self) -> tuple[KeptClaim, ...]:
        """Claims of told events that call it a first, a largest or the like."""
        ids = {i for e in self.told_events() for i in e.claim_ids}
        return self._sorted(
            k
            for k in self.claims.values()
            if k.id in ids and k.claim.precedent is not None and isinstance(k.claim, EventClaim)
        )

    def _belongs(self, when: Interval) -> bool:
        """Whether the interval ends in the days, or begins there and is short or open."""
        start, end = when.start, when.end
        if end is not None and self.from_day <= end <= self.to_day:
            return True
        if start is None or not self.from_day <= start <= self.to_day:
            return False
        return end is None or end - start <= SHORT

    @staticmethod
    def _sorted(kept: object) -> tuple[KeptClaim, ...]:
        return tuple(sorted(kept, key=lambda k: (k.report.published, k.report.id, k.claim.quotes[0].start, k.id)))  # type: ignore[call-overload]


def said_on(kept: KeptClaim) -> Interval:
    """The days of a statement, or else the day on which its report was published."""
    when = kept.claim.when if isinstance(kept.claim, StatementClaim) else None
    if when is None or (when.start is None and when.end is None):
        return Interval.day(kept.report.published)
    return when


def without_authors(matter: Matter) -> Matter:
    """The same matter, with nobody named who corrected a claim: for a public site."""
    claims = {
        id: evolve(kept, corrections=tuple(evolve(c, author="") for c in kept.corrections))
        if kept.corrections
        else kept
        for id, kept in matter.claims.items()
    }
    return evolve(matter, claims=claims)
