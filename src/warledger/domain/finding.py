"""Findings: what the monitor noticed in its own record."""

from __future__ import annotations

from attrs import frozen

from warledger.domain.claim import Precedent


@frozen(kw_only=True)
class PrecedentFinding:
    """A claimed precedent and what the record says of it.

    Args:
        claim_id: the claim that makes it.
        precedent: the rank and since when.
        verdict: `supported`, `contradicted` or `record too thin`.
        reason: in words, with the coverage.
        event_ids: the events that contradict it, if any.
    """

    claim_id: str
    precedent: Precedent
    verdict: str
    reason: str
    event_ids: tuple[str, ...] = ()
