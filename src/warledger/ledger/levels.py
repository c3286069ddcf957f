"""What each holder holds in a first-order division or a country: states of places in, one row a holder and area out.

Settlements and sites are counted where they are known to lie in the area; what is said of the area as a whole stands
beside, and is not added. Several holders of one place each get it, as contested. Refuses nothing; a place whose
division is not known is counted under None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

from attrs import field, frozen

from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.place import PlacePrecision


class Level(StrEnum):
    """How coarsely control is told."""

    SETTLEMENT = "settlement"
    ADMIN1 = "admin1"
    COUNTRY = "country"


@frozen(kw_only=True)
class AreaControl:
    """What one holder holds in one area.

    Args:
        country: ISO code, or None where no place of it is known.
        division: first-order division; None at the level of countries and where it is not known.
        holder: canonical name; None for places that nobody is said to hold.
        places: the states of its settlements and sites there.
        whole: what is said of the area as a whole.
    """

    country: str | None
    division: str | None
    holder: str | None
    places: tuple[ControlState, ...] = field(default=())
    whole: tuple[ControlState, ...] = field(default=())

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims behind all of it."""
        return tuple(dict.fromkeys(i for s in (*self.places, *self.whole) for i in s.claim_ids))

    def count(self, status: Status) -> int:
        """How many of the places have that status."""
        return sum(s.status is status for s in self.places)


def settlements(states: Sequence[ControlState]) -> tuple[ControlState, ...]:
    """The states of settlements and sites alone."""
    return tuple(s for s in states if s.place.precision in (PlacePrecision.EXACT, PlacePrecision.NEAR))


def control_by_area(states: Sequence[ControlState], level: Level) -> tuple[AreaControl, ...]:
    """Gather states by area and holder.

    Args:
        states: who holds each place.
        level: `admin1` or `country`.

    Returns:
        By country, division, then the holder of most places.
    """
    fine = set(settlements(states))
    places: dict[tuple[str | None, str | None, str | None], list[ControlState]] = defaultdict(list)
    whole: dict[tuple[str | None, str | None, str | None], list[ControlState]] = defaultdict(list)
    for state in states:
        country, division = _area(state)
        if state not in fine and (division is None) is not (level is Level.COUNTRY):
            continue  # said of an area of another level
        into = places if state in fine else whole
        for holder in state.holder or (None,):
            into[country, division if level is Level.ADMIN1 else None, holder].append(state)
    rows = [
        AreaControl(
            country=key[0],
            division=key[1],
            holder=key[2],
            places=tuple(places.get(key, ())),
            whole=tuple(whole.get(key, ())),
        )
        for key in {**places, **whole}
    ]
    return tuple(sorted(rows, key=lambda r: (r.country or "~", r.division or "~", -len(r.places), r.holder or "~")))


def _area(state: ControlState) -> tuple[str | None, str | None]:
    """Country and division of a place; the division of a division is itself."""
    entry = state.place.entry
    if entry is None:
        return None, None
    return entry.country or None, entry.division
