"""What surrounds an actor and a place: the alliances above the one, the entries that contain the other.

In: the table of sides, the gazetteer. Out: functions for the comparison of claims, which remember.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from warledger.ports import Gazetteer

UNLISTED = ("at:", "name:")
"""How the keys of places begin that are no entries of the gazetteer (see `domain.place`, `domain.records`)."""


def groups_of(sides: Mapping[str, Sequence[str]]) -> Callable[[str], tuple[str, ...]]:
    """Make the function that names the alliances above an actor, all the way up.

    Args:
        sides: each group to the alliances above it.
    """

    @cache
    def groups(name: str) -> tuple[str, ...]:
        found: list[str] = []
        ahead = sorted(set(sides.get(name, ())))
        while ahead:
            above = ahead.pop(0)
            if above not in found and above != name:
                found.append(above)
                ahead += sorted(set(sides.get(above, ())))
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
