"""What surrounds an actor and a place: the alliances above the one, the entries that contain the other.

In: the table of sides, the actor table, the gazetteer. Out: functions for the comparison of claims, which remember.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from warledger.ports import ActorTable, Gazetteer

ABOVE = frozenset({"part_of", "same_as", "successor_of"})
"""Relations of the codebook under which one actor's acts are told in another's name."""
UNLISTED = ("at:", "name:")
"""How the keys of places begin that are no entries of the gazetteer (see `domain.place`, `domain.records`)."""


def groups_of(sides: Mapping[str, Sequence[str]], actors: ActorTable | None = None) -> Callable[[str], tuple[str, ...]]:
    """Make the function that names the alliances above an actor, all the way up.

    Args:
        sides: each group to the alliances above it.
        actors: the actor table, whose relations count as well, or None.
    """

    def direct(name: str) -> list[str]:
        entry = actors.get(name) if actors is not None else None
        related = [r.object for r in entry.relations if r.predicate in ABOVE] if entry is not None else []
        return sorted({*sides.get(name, ()), *related})

    @cache
    def groups(name: str) -> tuple[str, ...]:
        found: list[str] = []
        ahead = direct(name)
        while ahead:
            above = ahead.pop(0)
            if above not in found and above != name:
                found.append(above)
                ahead += direct(above)
        return tuple(found)

    return groups


def parents_of(gazetteer: Callable[[], Gazetteer]) -> Callable[[str], tuple[str, ...]]:
    """Make the function that names the entries that contain the entry of a key, below the country.

    Args:
        gazetteer: opens the gazetteer; not called before a place of the gazetteer is asked for.
    """

    @cache
    def parents(key: str) -> tuple[str, ...]:
        if key.startswith(UNLISTED):
            return ()
        entry = gazetteer().get(key)
        if entry is None:
            return ()
        return tuple(p.key for p in gazetteer().parents(entry) if not p.feature_code.startswith("PCL"))

    return parents
