"""Classes of foreign lists of events, told in our own types."""

from __future__ import annotations

from attrs import frozen

from warledger.domain.codes import EventType


@frozen(kw_only=True)
class ForeignClass:
    """One class of a foreign list.

    Args:
        name: as the list writes it.
        types: our event types that it stands for.
        cues: words that speak for it, where the codebook has no type of its own.
    """

    name: str
    types: tuple[EventType, ...] = ()
    cues: tuple[str, ...] = ()
