"""What surrounds an actor and a place: the alliances above the one, the entries that contain the other.

In: the table of sides, the gazetteer. Out: functions for the comparison of claims, which remember.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from warledger.domain.actor import DatedRelation
from warledger.ports import Gazetteer

UNLISTED = ("at:", "name:")
"""How the keys of places begin that are no entries of the gazetteer (see `domain.place`, `domain.records`)."""


def groups_of(sides: Mapping[str, Sequence[DatedRelation]]) -> Callable[[str, date], tuple[str, ...]]:
    """Make the function that names the alliances above an actor on a day, all the way up.

    A group that took another's place is found under the old name whatever the day: reports go on using it.

    Args:
        sides: each group to what stands above it, and when.
    """

    @cache
    def groups(name: str, day: date) -> tuple[str, ...]:
        found: list[str] = []
        ahead = _above(sides, name, day)
        while ahead:
            above = ahead.pop(0)
            if above not in found and above != name:
                found.append(above)
                ahead += _above(sides, above, day)
        return tuple(found)

    return groups


def _above(sides: Mapping[str, Sequence[DatedRelation]], name: str, day: date) -> list[str]:
    return sorted({r.object for r in sides.get(name, ()) if (r.start or day) <= day <= (r.end or day)})


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
