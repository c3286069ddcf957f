"""Classes of foreign lists of events, told in our own types."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from warledger.domain.codes import Act, EventType

Words: TypeAlias = tuple[str, ...]
"""Words or phrases of which one must stand; a trailing * matches any ending."""


@frozen(kw_only=True)
class Cue:
    """Words that speak for a class together.

    Args:
        parts: each must stand somewhere in the text. A part is steps that follow each other within a few words of one
            sentence, and a step is words of which one must stand there.
    """

    parts: tuple[tuple[Words, ...], ...]


@frozen(kw_only=True)
class ForeignClass:
    """One class of a foreign list.

    Args:
        name: as the list writes it.
        codes: our event types and acts of speaking that it stands for.
        cues: words that speak for it.
    """

    name: str
    codes: tuple[EventType | Act, ...] = ()
    cues: tuple[Cue, ...] = ()
