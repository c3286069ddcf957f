"""Claims of one report that plainly tell one happening: the day that one of them gives dates the others too.

"Jets hit Douma. ... Friday's raids on Douma killed nine": the first sentence names no day, the second does. The
codebook (section 1) carries a day on only where a sentence goes on with the same happening, so this is strict: one
type, one place, actors that can be the same, and one day among those that are dated.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from warledger.domain.claim import Claim, EventClaim
from warledger.domain.codes import Modality
from warledger.domain.when import Basis

_NOT_YET = (Modality.PLANNED, Modality.POSSIBLE, Modality.NEGATED)
"""What did not happen has no day that another claim could tell."""


def dated_by_each_other(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give undated event claims the day on which the report's other claims put the same happening.

    Args:
        claims: the claims of one report.

    Returns:
        The same claims in the same order; a day that was carried on rests on the words of the claim that gave it.
    """
    events = [c for c in claims if isinstance(c, EventClaim) and c.modality not in _NOT_YET]
    dated = [c for c in events if c.when.basis is not Basis.PUBLISHED]
    undated = {id(c) for c in events if c.when.basis is Basis.PUBLISHED}
    return tuple(_dated(c, dated) if isinstance(c, EventClaim) and id(c) in undated else c for c in claims)


def _dated(claim: EventClaim, dated: Sequence[EventClaim]) -> EventClaim:
    same = [other for other in dated if _one_happening(claim, other)]
    if len({(other.when.start, other.when.end) for other in same}) != 1:
        return claim
    nearest = min(same, key=lambda other: abs(other.quotes[0].start - claim.quotes[0].start))
    words = [evolve(e, rule="same happening") for e in nearest.evidence if e.field == "time"]
    when = evolve(nearest.when, basis=Basis.INFERRED)
    return evolve(claim, when=when, evidence=(*claim.evidence, *words))


def _one_happening(a: EventClaim, b: EventClaim) -> bool:
    """One type, one place, and nobody named in both roles who is another."""
    there, here = (c.place.key if c.place is not None else None for c in (a, b))
    return (
        a.type is b.type and there == here and _compatible(a.initiator, b.initiator) and _compatible(a.target, b.target)
    )


def _compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or not set(a).isdisjoint(b)
