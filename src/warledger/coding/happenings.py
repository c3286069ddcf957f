"""What one claim of a report tells of another: the day of one happening, and who a side of a clash is fighting.

"Jets hit Douma. ... Friday's raids on Douma killed nine": the first sentence names no day, the second does. The
codebook (section 1) carries a day on only where a sentence goes on with the same happening, so this is strict: one
type, one place, actors that can be the same, and one day among those that are dated.

"Heavy fighting went on around Douma, the rebels said": a clash has two sides (section 2), and a sentence that names one
means the other whom the report has it fight elsewhere.

"The ministry denied that the town fell": a denial is a denied claim of the act (section 2) and no statement beside it.

"The army left the town": nobody takes or holds a place with the words by which he leaves it, so of two such claims the
likelier stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import evolve

from warledger.domain.claim import Claim, ControlClaim, EventClaim, Evidence, StatementClaim, chance_of
from warledger.domain.codes import TERRITORIAL, Act, EventType, Modality, Status
from warledger.domain.when import Basis

_NOT_YET = (Modality.PLANNED, Modality.POSSIBLE, Modality.NEGATED)
"""What did not happen has no day that another claim could tell."""

_FOR_GROUND = (
    EventType.ARMED_CLASH,
    EventType.OFFENSIVE,
    EventType.NONSTATE_TAKES_TERRITORY,
    EventType.GOVERNMENT_REGAINS_TERRITORY,
)
"""Fights that tell who is against whom; a shell or a bomb may hit anybody."""


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


def opposed_by_each_other(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give clashes with one side named the other, where the report has that side fight one other above all.

    Args:
        claims: the claims of one report.

    Returns:
        The same claims in the same order; a side that was filled rests on the words of a claim that names both.
    """
    against: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if isinstance(claim, EventClaim) and claim.type in _FOR_GROUND:
            for one in claim.initiator:
                for other in claim.target:
                    against[one][other] += _words(claim, "target")
                    against[other][one] += _words(claim, "initiator")
    return tuple(
        _opposed(c, against) if isinstance(c, EventClaim) and c.type is EventType.ARMED_CLASH else c for c in claims
    )


def _opposed(claim: EventClaim, against: Mapping[str, Mapping[str, Sequence[Evidence]]]) -> EventClaim:
    if bool(claim.initiator) == bool(claim.target):
        return claim
    named = claim.initiator or claim.target
    foes: dict[str, list[Evidence]] = defaultdict(list)
    for side in named:
        for other, words in against.get(side, {}).items():
            if other not in named:
                foes[other] += words
    foe = max(foes, key=lambda name: len(foes[name]), default=None)
    if foe is None or 2 * len(foes[foe]) < sum(map(len, foes.values())):
        return claim
    nearest = min(foes[foe], key=lambda e: abs(e.spans[0].start - claim.quotes[0].start))
    role = "target" if claim.initiator else "initiator"
    evidence = (*claim.evidence, evolve(nearest, field=role, rule="other side of the clash"))
    if claim.initiator:
        return evolve(claim, target=(foe,), evidence=evidence)
    return evolve(claim, initiator=(foe,), evidence=evidence)


def _words(claim: EventClaim, role: str) -> list[Evidence]:
    """What the claim's role rests on: one entry, as each claim counts once."""
    return [e for e in claim.evidence if e.field == role][:1]


def _one_happening(a: EventClaim, b: EventClaim) -> bool:
    """One type, one place, and nobody named in both roles who is another."""
    there, here = (c.place.key if c.place is not None else None for c in (a, b))
    return (
        a.type is b.type and there == here and _compatible(a.initiator, b.initiator) and _compatible(a.target, b.target)
    )


def _compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or not set(a).isdisjoint(b)


def without_leaving_what_is_held(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Drop the less likely of two claims of which one has a side leave a place and the other take or hold it.

    Args:
        claims: the claims of one report; both stand in the same words.

    Returns:
        The other claims in the same order.
    """
    leaving = [c for c in claims if isinstance(c, EventClaim) and c.type is EventType.WITHDRAWAL]
    pairs = [(one, other) for one in leaving for other in claims if _contradict(one, other)]
    gone = {id(min(pair, key=lambda c: chance_of(c.confidence))) for pair in pairs}
    return tuple(c for c in claims if id(c) not in gone)


def _contradict(leaving: EventClaim, other: Claim) -> bool:
    if isinstance(other, EventClaim) and other.type in TERRITORIAL:
        there = other.initiator
    elif isinstance(other, ControlClaim) and other.status is Status.HELD and other.modality is Modality.ASSERTED:
        there = other.holder
    else:
        return False
    same = leaving.place is not None and other.place is not None and leaving.place.key == other.place.key
    words = any(a.overlaps(b) for a in leaving.quotes for b in other.quotes)
    return same and words and not set(there).isdisjoint(leaving.initiator)


def without_denials_of_claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Drop statements that deny what another claim in the same words tells as denied.

    Args:
        claims: the claims of one report.

    Returns:
        The other claims in the same order.
    """
    denied = [q for c in claims if c.modality is Modality.DENIED for q in c.quotes]
    return tuple(c for c in claims if not (_denies(c) and any(q.overlaps(d) for q in c.quotes for d in denied)))


def _denies(claim: Claim) -> bool:
    return isinstance(claim, StatementClaim) and claim.act is Act.DENY
