"""Tell what control means for roads: states of the stops on two days in, cut stretches and lost ways out.

A road is an order of settlements, no survey. A stretch is cut for a side that holds both its ends where a stop between
is held by another side or contested. A town has a way to an end (capital, coast, border crossing) where it is one, or
where a chain of stops leads there none of which another side than the town's holds, and none is contested. A stop of
which the record says nothing bars no way: so what is told lost is known to be barred, and what is not told may be too.
Told by settlement, for civilians and aid; nothing here tells where forces are. Refuses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.place import GazetteerEntry
from warledger.domain.records import Record
from warledger.domain.road import Cut, End, LostWay, Road, RoadTable

SameSide = Callable[[Sequence[str], Sequence[str]], bool]
"""Whether two sets of actors can be one holder."""

States = Mapping[str, ControlState]


@frozen(kw_only=True)
class RoadNetwork:
    """The roads, and who counts as one side.

    Args:
        table: roads and ends.
        same_side: tells one side from another.
    """

    table: RoadTable
    same_side: SameSide

    @property
    def keys(self) -> tuple[str, ...]:
        """Place keys of every stop."""
        return tuple(sorted({s.key for r in self.table.roads for s in r.stops}))

    def cuts(self, before: Sequence[ControlState], after: Sequence[ControlState]) -> tuple[Cut, ...]:
        """The stretches that are cut on the later day.

        Args:
            before: the states of the earlier day, to tell what is new.
            after: the states of the later day.
        """
        then = {(c.road.id, c.start.key, c.end.key, c.holder) for c in self._cut(_by_key(before), set())}
        return tuple(self._cut(_by_key(after), then))

    def lost_ways(self, before: Sequence[ControlState], after: Sequence[ControlState]) -> tuple[LostWay, ...]:
        """The towns that had a way on the earlier day and have none on the later, by country of the roads."""
        then, now = _by_key(before), _by_key(after)
        neighbours = self._neighbours()
        found: list[LostWay] = []
        for town in self._towns():
            for end in End:
                to = self._reached(town, end, then, neighbours)
                if to is not None and self._reached(town, end, now, neighbours) is None:
                    found.append(self._lost(town, end, to, then, now, neighbours))
        return tuple(found)

    def _cut(self, states: States, then: set[tuple[str, str, str, tuple[str, ...]]]) -> Iterator[Cut]:
        for road in self.table.roads:
            for at, start in enumerate(road.stops):
                state = states.get(start.key)
                if state is None or not state.holder or state.status is Status.CONTESTED:
                    continue
                side = state.holder
                behind = self._next_held(road, at, side, states)
                barring = [states[s.key] for s in road.stops[at + 1 : behind] if self._bars(states.get(s.key), side)]
                if behind is not None and barring:
                    end = road.stops[behind]
                    known = (road.id, start.key, end.key, side) in then
                    yield Cut(road=road, start=start, end=end, by=tuple(barring), holder=side, new=not known)

    def _next_held(self, road: Road, at: int, side: Sequence[str], states: States) -> int | None:
        """The next stop behind one that the same side holds, or None."""
        for number in range(at + 1, len(road.stops)):
            state = states.get(road.stops[number].key)
            if state is not None and state.holder and not self._bars(state, side):
                return number
        return None

    def _bars(self, state: ControlState | None, side: Sequence[str]) -> bool:
        """Whether a place is known to be closed to a side."""
        if state is None:
            return False
        if state.status in (Status.CONTESTED, Status.BESIEGED):
            return True
        return bool(state.holder and side) and not self.same_side(state.holder, side)

    def _reached(
        self, town: GazetteerEntry, end: End, states: States, neighbours: Mapping[str, Sequence[GazetteerEntry]]
    ) -> GazetteerEntry | None:
        """The nearest end, by stops, that a town has a way to."""
        own = states.get(town.key)
        if own is not None and own.status in (Status.CONTESTED, Status.BESIEGED):
            return None
        side = _holder(states, town)
        ahead, seen = [town], {town.key}
        while ahead:
            at = ahead.pop(0)
            if at.key in self.table.ends[end]:
                return at
            for near in neighbours[at.key]:
                if near.key not in seen and not self._bars(states.get(near.key), side):
                    seen.add(near.key)
                    ahead.append(near)
        return None

    def _lost(
        self,
        town: GazetteerEntry,
        end: End,
        to: GazetteerEntry,
        then: States,
        now: States,
        neighbours: Mapping[str, Sequence[GazetteerEntry]],
    ) -> LostWay:
        """What bars the way: the town's own state where it changed, and every changed place that now bars it."""
        side = _holder(now, town)
        changed = [s for key, s in now.items() if then.get(key) != s]
        barring = [s for s in changed if s.place.key == town.key or self._bars(s, side)]
        reachable = {town.key}
        ahead = [town]
        while ahead:  # the places at the rim of what is still open to the town
            for near in neighbours[ahead.pop().key]:
                if near.key not in reachable:
                    reachable.add(near.key)
                    ahead += [near] if not self._bars(now.get(near.key), side) else []
        by = tuple(s for s in barring if s.place.key in reachable)
        return LostWay(town=town, end=end, to=to, by=by or tuple(barring), holder=tuple(side))

    def _neighbours(self) -> Mapping[str, Sequence[GazetteerEntry]]:
        found: dict[str, list[GazetteerEntry]] = defaultdict(list)
        for road in self.table.roads:
            for one, other in zip(road.stops, road.stops[1:], strict=False):
                found[one.key].append(other)
                found[other.key].append(one)
        return found

    def _towns(self) -> list[GazetteerEntry]:
        return list({s.key: s for r in self.table.roads for s in r.stops}.values())


def road_features(table: RoadTable, states: Sequence[ControlState], cuts: Sequence[Cut]) -> list[Record]:
    """Each stretch between two stops as a straight GeoJSON line: schematic, in the order of the roads.

    Args:
        table: roads.
        states: who holds the stops.
        cuts: what is cut, for whom.
    """
    held = _by_key(states)
    features: list[Record] = []
    for road in table.roads:
        for number, (one, other) in enumerate(zip(road.stops, road.stops[1:], strict=False)):
            over = [c for c in cuts if c.road is road and _between(road, c, number)]
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "LineString", "coordinates": [_position(one), _position(other)]},
                    "properties": {
                        "layer": "road",
                        "schematic": True,
                        "road": road.id,
                        "name": road.name,
                        "from": one.name,
                        "to": other.name,
                        "held_from": list(_holder(held, one)) or None,
                        "held_to": list(_holder(held, other)) or None,
                        "cut_for": sorted({name for c in over for name in c.holder}),
                        "claims": list(dict.fromkeys(i for c in over for s in c.by for i in s.claim_ids)),
                    },
                }
            )
    return features


def _between(road: Road, cut: Cut, number: int) -> bool:
    return road.stops.index(cut.start) <= number < road.stops.index(cut.end)


def _position(entry: GazetteerEntry) -> list[float]:
    return [round(entry.longitude, 3), round(entry.latitude, 3)]


def _holder(states: States, stop: GazetteerEntry) -> tuple[str, ...]:
    state = states.get(stop.key)
    return state.holder if state is not None else ()


def _by_key(states: Sequence[ControlState]) -> States:
    return {s.place.key: s for s in states}
