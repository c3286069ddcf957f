"""Which side of a state acts: its forces or its government; and whose gain a place taken is.

A code, names and the actor table in; the code and the names that the codebook gives out. Allies of a state, and actors
that no table holds, are left as the model has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from warledger.domain.actor import Actor, ActorKind, DatedRelation
from warledger.domain.codes import FAMILY_OF, EventType, Family, Predicate

GAINS = (EventType.NONSTATE_TAKES_TERRITORY, EventType.GOVERNMENT_REGAINS_TERRITORY)
"""Types that tell whose gain a place taken is."""
_BY_FORCES = {
    *(t for t, family in FAMILY_OF.items() if family in (Family.BATTLE, Family.REMOTE)),
    EventType.WITHDRAWAL,
    EventType.TROOP_MOVEMENT,
    EventType.SIEGE,
    EventType.WEAPONS_SEIZED,
}
"""Types that a state does by its forces, however the text names it."""
_STATE = (ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE)


def settle_gain(
    code: str, initiator: Sequence[str], target: Sequence[str], country: str | None, actors: Mapping[str, Actor]
) -> str:
    """The code of a gain of territory: the state's, or another's; by who took the place, else by who lost it.

    Args:
        code: as the model has it; any that is no gain comes back as it is.
        initiator: who took the place.
        target: who lost it.
        country: ISO code of the place's country, or None.
        actors: entries by canonical name.
    """
    if code not in GAINS:
        return code
    takers, losers = ([actors[n] for n in names if n in actors] for names in (initiator, target))
    if any(is_of_the_state(a, country) for a in takers):
        return EventType.GOVERNMENT_REGAINS_TERRITORY
    if takers and all(a.side == "nonstate" for a in takers):
        return EventType.NONSTATE_TAKES_TERRITORY
    if not initiator and any(is_of_the_state(a, country) for a in losers):
        return EventType.NONSTATE_TAKES_TERRITORY
    return code


def is_of_the_state(actor: Actor, country: str | None) -> bool:
    """Say whether an actor is a body of a country's state, or fights on its side."""
    return country is not None and actor.country == country and (actor.kind in _STATE or actor.side == "state")


def of_one_side(names: Sequence[str], country: str | None, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Who holds a place together: beside the state no group that fights it, and beside such a group not the state.

    Args:
        names: the holders, the surest first.
        country: ISO code of the place's country, or None.
        actors: entries by canonical name.
    """

    def side(name: str) -> str | None:
        actor = actors.get(name)
        if actor is None:
            return None
        if is_of_the_state(actor, country):
            return "state"
        return "nonstate" if actor.side == "nonstate" and actor.country == country else None

    first = side(names[0]) if names else None
    return tuple(n for n in names if None in (first, side(n)) or side(n) == first)


def as_groups(names: Sequence[str], day: date, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Who speaks, acts or holds a place: whoever leads a group does so for it (codebook, section 7).

    Args:
        names: who it is.
        day: on which he leads it.
        actors: entries by canonical name.

    Returns:
        The names, each once, leaders as their groups.
    """
    return tuple(dict.fromkeys(_led_by(name, day, actors) or name for name in names))


def _led_by(name: str, day: date, actors: Mapping[str, Actor]) -> str | None:
    """The group that a person leads on a day."""
    relations = actors[name].relations if name in actors else ()
    led = (r for r in relations if r.predicate == Predicate.CONTROLS_GROUP and _holds(r, day))
    return next((r.object for r in led), None)


def _holds(relation: DatedRelation, day: date) -> bool:
    return (relation.start or day) <= day <= (relation.end or day)


def as_forces(code: str, names: Sequence[str], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Who fights: a state named by itself or its capital stands for its forces (codebook, section 7).

    Args:
        code: an event type, or `control`.
        names: who does it or suffers it.
        actors: entries by canonical name.

    Returns:
        The names, each once, governments as their military where the code is one that forces do.
    """
    if code not in _BY_FORCES and code != "control":
        return tuple(names)
    return tuple(dict.fromkeys(_forces(name, actors) for name in names))


def _forces(name: str, actors: Mapping[str, Actor]) -> str:
    military = name.replace("Government of ", "Military Forces of ", 1)
    known = name in actors and actors[name].kind is ActorKind.GOVERNMENT and military in actors
    return military if known else name


def as_locals(names: Sequence[str], country: str | None, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """People harmed somewhere are civilians of that country, whichever country the report speaks of most.

    Args:
        names: who suffers it.
        country: ISO code of the place's country, or None.
        actors: entries by canonical name.
    """
    if country is None or not any(name.startswith(_CIVILIANS) for name in names):
        return tuple(names)
    there = next((a.name for a in actors.values() if a.kind is ActorKind.GOVERNMENT and a.country == country), None)
    if there is None:
        return tuple(names)
    people = f"{_CIVILIANS}{there.removeprefix('Government of ').removeprefix('the ')})"
    return tuple(dict.fromkeys(people if name.startswith(_CIVILIANS) else name for name in names))


_CIVILIANS = "Civilians ("
