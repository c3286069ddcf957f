"""Decisions of persons, which outrank the machine: merge, split, accept, discount. Kept as versions, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen


@frozen(kw_only=True)
class Decision:
    """One decision.

    Args:
        id: tells it from others.
        recorded_at: when the monitor knew it, UTC.
        author: who decided.
        reason: why, in words.
        act: what was decided, `merge`, `split`, `accept`, `discount`.
        event_ids: the events that it concerns.
        claim_ids: the claims that it concerns.
        payload: what else the act needs, as plain JSON values.
    """

    id: str
    recorded_at: datetime
    author: str
    reason: str
    act: str
    event_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    payload: Mapping[str, Any] = field(factory=dict)
