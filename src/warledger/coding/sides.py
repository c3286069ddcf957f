"""Whose gain a place taken is: the codebook tells a state's own forces from all others by who took it and where.

A code, who took it, the country of the place and the actor table in; the code that the codebook gives out. Allies of a
state, and actors that no table holds, are left as the model has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warledger.domain.actor import Actor, ActorKind
from warledger.domain.codes import EventType

_GAINS = (EventType.NONSTATE_TAKES_TERRITORY, EventType.GOVERNMENT_REGAINS_TERRITORY)
_STATE = (ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE)


def settle_gain(code: str, initiator: Sequence[str], country: str | None, actors: Mapping[str, Actor]) -> str:
    """The code of a gain of territory.

    Args:
        code: as the model has it; any that is no gain comes back as it is.
        initiator: who took the place.
        country: ISO code of the place's country, or None.
        actors: entries by canonical name.
    """
    if code not in _GAINS or not initiator:
        return code
    known = [actors[name] for name in initiator if name in actors]
    if any(a.kind in _STATE and country is not None and a.country == country for a in known):
        return EventType.GOVERNMENT_REGAINS_TERRITORY
    if known and all(a.side == "nonstate" for a in known):
        return EventType.NONSTATE_TAKES_TERRITORY
    return code
