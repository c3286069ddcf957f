"""Origins: who stands behind what is told of an event, and who carried it to the reader."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from warledger.domain.report import Report


class OriginKind(StrEnum):
    """What sort of source somebody is."""

    OUTLET = "outlet"
    AGENCY = "agency"
    MONITOR = "monitor"
    OFFICIAL = "official"
    WITNESS = "witness"
    PARTY = "party"
    SOURCE = "source"


class LinkKind(StrEnum):
    """How what one source knew came to another."""

    CITES = "cites"
    CARRIES = "carries"
    REPRINTS = "reprints"
    TRANSLATES = "translates"


@frozen(kw_only=True)
class OriginNode:
    """One source.

    Args:
        name: canonical.
        kind: what sort it is; `party` is a side of the conflict, `source` is somebody of whom nothing is known.
        word_of: the actor whose word it is where it is state media or a party's own media, or None.
        is_party: whether its word is that of a side of this event.
    """

    name: str
    kind: OriginKind
    word_of: str | None
    is_party: bool


@frozen(kw_only=True, order=True)
class OriginLink:
    """Who has it from whom: `teller` cites, carries the text of, reprints or translates `source`."""

    teller: str
    how: LinkKind
    source: str


@frozen(kw_only=True)
class OriginGraph:
    """The sources behind an event.

    Args:
        nodes: every one, by name.
        links: who has it from whom, sorted.
        origin_of: each claim's id to the name of its origin.
        teller_of: each claim's id to the name of the outlet that tells it.
        first_print_of: each claim's id to the oldest report with its report's text, in any language.
    """

    nodes: Mapping[str, OriginNode]
    links: tuple[OriginLink, ...]
    origin_of: Mapping[str, str]
    teller_of: Mapping[str, str]
    first_print_of: Mapping[str, Report]
