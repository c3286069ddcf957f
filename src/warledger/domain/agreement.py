"""Zones and agreements: who is bound to what, where and when; and what events and fronts say of them."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.codes import Family
from warledger.domain.control import ControlState
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry


@frozen(kw_only=True)
class Agreement:
    """One agreement or zone.

    Args:
        id: short name.
        name: as it is called.
        signed: the day of signature.
        start: first day in force.
        end: last day in force, or None where none is told.
        country: ISO code.
        parties: whom it binds and protects, canonical names.
        guarantors: who stands behind it, as the text names them.
        whole_country: whether it holds everywhere in the country.
        places: settlements and sites where it holds.
        divisions: first-order divisions where it holds.
        forbids: families of events.
        exempt: against whom it does not hold.
        line: who was to hold which place.
    """

    id: str
    name: str
    signed: date
    start: date
    end: date | None
    country: str
    parties: tuple[str, ...]
    guarantors: tuple[str, ...]
    whole_country: bool
    places: tuple[GazetteerEntry, ...]
    divisions: tuple[GazetteerEntry, ...]
    forbids: frozenset[Family]
    exempt: tuple[str, ...]
    line: tuple[tuple[GazetteerEntry, str], ...]

    def in_force(self, first: date, last: date) -> bool:
        """Whether it was in force on a day of these."""
        return self.start <= last and (self.end is None or self.end >= first)


@frozen(kw_only=True)
class Breach:
    """An event that an agreement in force forbids, by who did it, to whom, where and when.

    Args:
        agreement: which.
        event: the event.
        doers: those of its initiators whom the agreement binds.
    """

    agreement: Agreement
    event: Event
    doers: tuple[str, ...]


@frozen(kw_only=True)
class LinePlace:
    """One place of an agreed line against who holds it.

    Args:
        agreement: which.
        place: the place.
        agreed: who was to hold it.
        state: who holds it, or None where the record does not say.
        kept: whether it is held as agreed, or None where that is not known.
    """

    agreement: Agreement
    place: GazetteerEntry
    agreed: str
    state: ControlState | None
    kept: bool | None
