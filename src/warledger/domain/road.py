"""Roads as ordered settlements, what a town may need to reach, and what control of places means for both."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from warledger.domain.control import ControlState
from warledger.domain.place import GazetteerEntry


class End(StrEnum):
    """What a road leads to that civilians and aid need."""

    CAPITAL = "capital"
    COAST = "coast"
    CROSSING = "crossing"


@frozen(kw_only=True)
class Road:
    """One road.

    Args:
        id: as tables show it, "M5".
        name: with its course.
        country: ISO code.
        stops: settlements in their order.
    """

    id: str
    name: str
    country: str
    stops: tuple[GazetteerEntry, ...]


@frozen(kw_only=True)
class RoadTable:
    """Every road, and by key the stops that are capitals, ports or at a border crossing."""

    roads: tuple[Road, ...]
    ends: dict[End, frozenset[str]]


@frozen(kw_only=True)
class Cut:
    """A stretch that one side cannot use: it holds both ends, and not what lies between.

    Args:
        road: which.
        start: last stop that the side holds before the cut.
        end: first stop that it holds behind it.
        by: the states of the stops between that others hold or contest, in their order.
        holder: for whom it is cut.
        new: whether it was not so on the earlier day.
    """

    road: Road
    start: GazetteerEntry
    end: GazetteerEntry
    by: tuple[ControlState, ...]
    holder: tuple[str, ...]
    new: bool


@frozen(kw_only=True)
class LostWay:
    """A town that had a way to an end on the earlier day and has none now.

    Args:
        town: which.
        end: capital, coast or crossing.
        to: what it could reach before.
        by: the states of the places that changed and now bar it, or of the town itself where it changed hands.
        holder: who holds the town now; empty where that is not known.
    """

    town: GazetteerEntry
    end: End
    to: GazetteerEntry
    by: tuple[ControlState, ...]
    holder: tuple[str, ...]
