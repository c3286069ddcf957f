"""Actors: who acts, suffers, speaks; with dated names and dated relations."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

PEOPLE = frozenset({"Civilians", "Prisoners", "Journalists", "Aid workers", "Protesters"})
"""Names, without the country in brackets, that the codebook gives to people who are no organised actor."""


class ActorKind(StrEnum):
    """What sort of actor an entry is."""

    GOVERNMENT = "government"
    MILITARY = "military"
    POLICE = "police"
    ARMED_GROUP = "armed_group"
    ALLIANCE = "alliance"
    INTERNATIONAL = "international"
    MONITOR = "monitor"
    AGENCY = "agency"
    OUTLET = "outlet"
    OFFICIAL = "official"
    PERSON = "person"
    CIVILIANS = "civilians"
    GENERIC = "generic"


@frozen(kw_only=True)
class DatedName:
    """A name that an actor bears, and the days between which it bore it (None: open)."""

    name: str
    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class DatedRelation:
    """How one actor stands to another: a predicate of the codebook's section 5, and between which days."""

    predicate: str
    object: str
    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class Actor:
    """One entry of the actor table.

    Args:
        name: the canonical name, unique in the table.
        kind: what sort of actor.
        country: ISO 3166-1 alpha-2 code of its home, or None.
        side: `state`, `nonstate`, `foreign`, or None: used where a text says "the rebels" or "the government".
        names: every other name, dated where it changed.
        relations: dated relations to other entries.
        wikidata: its Wikidata id, or None.
    """

    name: str
    kind: ActorKind
    country: str | None = None
    side: str | None = None
    names: tuple[DatedName, ...] = ()
    relations: tuple[DatedRelation, ...] = ()
    wikidata: str | None = None
