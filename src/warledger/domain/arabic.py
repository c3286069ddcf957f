"""How Arabic writes the actors of the codebook: a canonical name in, an Arabic one out, or None where none is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from warledger.domain.actor import Actor

_ARABIC = re.compile(r"[\u0621-\u064a][\u0621-\u064a0-9 ()-]*")


def plain_land(name: str) -> str:
    """A state's name as canonical names agree on it: they say "of Congo" and "of the Congo"."""
    return name.replace(" of the ", " of ")


@frozen(kw_only=True)
class Land:
    """A state in Arabic.

    Args:
        name: the state's name.
        adjective: what is of it, feminine and definite, or None where that is not known.
    """

    name: str
    adjective: str | None = None


@frozen(kw_only=True)
class Pattern:
    """An actor that the codebook names by its state.

    Args:
        match: the canonical name; its first group is the state.
        say: the Arabic name, with `{adjective}`; None where it takes none.
        plain: the Arabic name, with `{land}`.
    """

    match: re.Pattern[str]
    say: str | None
    plain: str


@frozen(kw_only=True)
class ArabicNames:
    """The tables.

    Args:
        patterns: actors named by their state.
        names: actors named otherwise, by canonical name.
        lands: states by their `plain_land`.
        actors: entries of the actor table by canonical name.
        titles: roads and agreements by their names in their tables.
    """

    patterns: Sequence[Pattern]
    names: Mapping[str, str]
    lands: Mapping[str, Land]
    actors: Mapping[str, Actor]
    titles: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """How Arabic writes an actor; a group by the first of its names that is Arabic."""
        if name in self.names:
            return self.names[name]
        for pattern in self.patterns:
            found = pattern.match.match(name)
            land = self.lands.get(plain_land(found[1])) if found is not None else None
            if land is not None:
                return _of_land(pattern, land)
        entry = self.actors.get(name)
        written = (n.name for n in entry.names if _ARABIC.fullmatch(n.name)) if entry is not None else ()
        return next(iter(written), None)


def _of_land(pattern: Pattern, land: Land) -> str:
    if pattern.say is not None and land.adjective is not None:
        return pattern.say.format(adjective=land.adjective)
    return pattern.plain.format(land=land.name)
