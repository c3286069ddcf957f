"""Tell which events an agreement in force forbids, and how a front compares with the agreed line.

In: agreements, events, states of places. Out: breaches and the places of the line. An event is a breach where it is of
a family that the agreement forbids, lies wholly in its days and inside its places, where one whom it binds did it, and
where whom it was done to is another party, civilians or nobody that is named. What was done to those whom the agreement
exempts, and what is discounted, is none. A breach is what the record says happened, no finding of law. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from warledger.domain.actor import PEOPLE
from warledger.domain.agreement import Agreement, Breach, LinePlace
from warledger.domain.codes import Family, Grade
from warledger.domain.control import ControlState
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision
from warledger.notice.record import areas_of

SameSide = Callable[[Sequence[str], Sequence[str]], bool]
"""Whether two sets of actors can be one side."""


def breaches(agreements: Iterable[Agreement], events: Iterable[Event], same_side: SameSide) -> tuple[Breach, ...]:
    """Tell the breaches.

    Args:
        agreements: the table.
        events: the events to look at, newest versions.
        same_side: tells who is a party's own: its units and factions.

    Returns:
        In the order of the events, then of the agreements.
    """
    table = tuple(agreements)
    told = ((e, a) for e in events if e.grade is not Grade.DISCOUNTED and e.claim_ids for a in table)
    found = ((e, a, _doers(e, a, same_side)) for e, a in told if _forbidden(e, a))
    return tuple(Breach(agreement=a, event=e, doers=doers) for e, a, doers in found if doers)


def agreed_line(
    agreements: Iterable[Agreement], states: Sequence[ControlState], same_side: SameSide
) -> tuple[LinePlace, ...]:
    """Compare the front with the agreed lines.

    Args:
        agreements: those to compare with.
        states: who holds what on the day.
        same_side: tells who is a party's own.
    """
    held = {s.place.key: s for s in states}
    return tuple(
        LinePlace(
            agreement=agreement,
            place=place,
            agreed=agreed,
            state=held.get(place.key),
            kept=_kept(held.get(place.key), agreed, same_side),
        )
        for agreement in agreements
        for place, agreed in agreement.line
    )


def _forbidden(event: Event, agreement: Agreement) -> bool:
    """By its family, its days and its place."""
    start, end = event.when.start, event.when.end
    if event.family not in agreement.forbids or start is None or end is None or start < agreement.start:
        return False
    return (agreement.end is None or end <= agreement.end) and _inside(event.place, agreement)


def _inside(place: Place | None, agreement: Agreement) -> bool:
    if place is None or place.entry is None or place.entry.country != agreement.country:
        return False
    if agreement.whole_country:
        return True
    if place.precision is not PlacePrecision.COUNTRY and place.key in {e.key for e in agreement.places}:
        return True
    zones = {("division", f"{agreement.country}/{d.division}") for d in agreement.divisions}
    return not zones.isdisjoint(areas_of(place))


def _doers(event: Event, agreement: Agreement, same_side: SameSide) -> tuple[str, ...]:
    """The initiators whom the agreement binds; none where it does not protect whom it was done to."""
    doers = tuple(n for n in event.initiator if same_side((n,), agreement.parties))
    others = tuple(p for p in agreement.parties if not same_side((p,), doers)) if doers else ()
    people = any(n.partition(" (")[0] in PEOPLE for n in event.target)
    if Family.CIVILIANS in agreement.forbids and not people:
        return ()
    shielded = not event.target or people or same_side(event.target, others)
    exempt = event.target and all(same_side((n,), agreement.exempt) for n in event.target if agreement.exempt)
    return doers if shielded and not (exempt and agreement.exempt) else ()


def _kept(state: ControlState | None, agreed: str, same_side: SameSide) -> bool | None:
    if state is None or not state.holder:
        return None
    return same_side(state.holder, (agreed,))
