"""Gather events that one sentence can tell: the same act by the same side at the same time, known equally well."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attrs import frozen

from warledger.domain.claim import chance_of
from warledger.domain.codes import EventType, Grade, Modality
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.rows import place_name
from warledger.domain.when import Interval
from warledger.ports import KeptClaim
from warledger.tell.matter import Matter
from warledger.tell.voice import Voice

HELD_BACK = frozenset({EventType.TROOP_MOVEMENT, EventType.BASE_ESTABLISHED})
"""Where forces are is told by division or country only, whatever the report says."""

_ORDER = tuple(Modality)


@frozen(kw_only=True)
class Group:
    """Events of one sentence.

    Args:
        events: at least one, weightiest first.
        kept: the claims behind them.
        places: where they were told, no place twice.
        modality: how the reports hold them.
        when: the days they share.
        weight: how high they stand in a brief; no unit.
    """

    events: tuple[Event, ...]
    kept: tuple[KeptClaim, ...]
    places: tuple[Place, ...]
    modality: Modality
    when: Interval
    weight: float

    @property
    def first(self) -> Event:
        """The weightiest event."""
        return self.events[0]

    @property
    def is_area(self) -> bool:
        """Whether no settlement or site is named, so that ground is taken rather than a place."""
        return not self.places or any(p.precision is not PlacePrecision.EXACT for p in self.places)


def group_events(matter: Matter, events: Sequence[Event], voice: Voice) -> tuple[Group, ...]:
    """Gather events by type, sides, days, modality and grade; weightiest group first."""
    by_key: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        by_key.setdefault(_key(matter, event), []).append(event)
    groups = [make_group(matter, found, voice) for found in by_key.values()]
    return tuple(sorted(groups, key=lambda g: (-g.weight, g.first.id)))


def make_group(matter: Matter, events: Sequence[Event], voice: Voice) -> Group:
    """Make one group of events, the weightiest first."""
    ranked = sorted(events, key=lambda e: (-weight_of(matter, e, voice), e.id))
    kept = tuple({k.id: k for e in ranked for k in matter.kept_of(e)}.values())
    named = {p.key: p for e in ranked if (p := place_told(matter, e, voice)) is not None}
    return Group(
        events=tuple(ranked),
        kept=kept,
        places=tuple(named.values()),
        modality=modality_of(matter, ranked[0]),
        when=ranked[0].when,
        weight=weight_of(matter, ranked[0], voice) + math.log2(len(ranked)),
    )


def place_told(matter: Matter, event: Event, voice: Voice) -> Place | None:
    """The place as it may be told: movements of forces only coarsely."""
    if event.place is None or event.type in HELD_BACK:
        return voice.naming.coarse(event.place)
    return plainest(event.place, matter.kept_of(event))


def plainest(place: Place, kept: Sequence[KeptClaim]) -> Place:
    """The place as its claims write it without diacritics, where the gazetteer writes it with them."""
    if (place_name(place) or "").isascii():
        return place
    written = [p for k in kept if (p := getattr(k.claim, "place", None)) is not None]
    same = [p for p in written if p.key == place.key and p.precision is place.precision and p.name.isascii()]
    return min(same, key=lambda p: p.name, default=place)


def modality_of(matter: Matter, event: Event) -> Modality:
    """The firmest modality among the claims of an event."""
    return min((k.claim.modality for k in matter.kept_of(event)), key=_ORDER.index, default=Modality.ASSERTED)


def weight_of(matter: Matter, event: Event, voice: Voice) -> float:
    """How much an event weighs: type, origins, claims and size of its place; less where it is not asserted or likely
    miscoded."""
    weight = float(voice.phrases.weights.get(event.type, 1)) * _rightly_coded(matter, event)
    weight *= 1 + math.log2(1 + len(event.origins)) + math.log2(1 + len(event.claim_ids)) / 2
    if event.place is not None and event.place.entry is not None and event.place.precision is PlacePrecision.EXACT:
        weight *= 1 + math.log10(1 + event.place.entry.population) / 5
    return weight if modality_of(matter, event) is Modality.ASSERTED else weight / 3


def _rightly_coded(matter: Matter, event: Event) -> float:
    """The chance that one of its claims is coded right in all key fields."""
    sure = (chance_of(k.claim.confidence) for k in matter.kept_of(event))
    return 1 - math.prod(1 - c for c in sure)


def _key(matter: Matter, event: Event) -> tuple[object, ...]:
    place, fatal = event.place, event.fatalities
    apart = event.id if (fatal.low is not None or fatal.high is not None or _figured(matter, event)) else ""
    who = event.origins if event.grade is Grade.WEAK else len(event.origins)
    exact = place is not None and place.precision is PlacePrecision.EXACT
    days = (event.when.start, event.when.end)
    return event.type, event.initiator, event.target, modality_of(matter, event), event.grade, who, exact, days, apart


def _figured(matter: Matter, event: Event) -> bool:
    return any(getattr(k.claim, "figures", ()) for k in matter.kept_of(event))
