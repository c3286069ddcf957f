"""Compare two coders of one report: the claims of each in, where they differ out, for a person to judge.

Two claims are a pair where they are of one kind, stand in overlapping words and agree in enough fields; each claim has
one partner at most, the likest. What has no partner stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from warledger.domain.claim import Claim, ControlClaim, EventClaim, RelationClaim, StatementClaim, TollClaim
from warledger.domain.coded import Disagreement
from warledger.domain.codes import FAMILY_OF
from warledger.domain.records import to_record

_CODES = ("type", "status", "predicate", "act")
_LEAST_LIKENESS = 3
"""A pair has the same code, or agrees in its family and two fields more."""


def compare(rules: Sequence[Claim], model: Sequence[Claim]) -> tuple[Disagreement, ...]:
    """Where two coders differ, in the order of the text.

    Args:
        rules: the claims of the rules.
        model: the claims of the language model.

    Returns:
        A disagreement for each pair that differs and for each claim that one coder has alone.
    """
    pairs = dict(_pairs(rules, model))
    differing = (
        Disagreement(rules=rules[i], model=model[j], fields=differing_fields(rules[i], model[j]))
        for i, j in pairs.items()
    )
    found = [d for d in differing if d.fields]
    found += [Disagreement(rules=c, model=None) for i, c in enumerate(rules) if i not in pairs]
    found += [Disagreement(rules=None, model=c) for j, c in enumerate(model) if j not in pairs.values()]
    return tuple(sorted(found, key=_start))


def differing_fields(one: Claim, other: Claim) -> tuple[str, ...]:
    """The codebook's keys in which two claims of one kind differ; their quotes and precedents are not compared."""
    mine, theirs = _fields(one), _fields(other)
    return tuple(key for key in mine if mine[key] != theirs[key])


def _pairs(rules: Sequence[Claim], model: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    likeness = [(_likeness(a, b), i, j) for i, a in enumerate(rules) for j, b in enumerate(model)]
    taken: tuple[set[int], set[int]] = (set(), set())
    for likely, i, j in sorted(likeness, key=lambda pair: (-pair[0], *pair[1:])):
        if likely >= _LEAST_LIKENESS and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _likeness(one: Claim, other: Claim) -> int:
    """How many fields that say something two claims share; the code counts thrice, its family once."""
    if one.kind is not other.kind or not any(a.overlaps(b) for a in one.quotes for b in other.quotes):
        return 0
    mine, theirs = _fields(one), _fields(other)
    telling = (key for key in mine if key not in (*_CODES, "modality"))
    shared = sum(1 for key in telling if mine[key] and mine[key] == theirs[key])
    if isinstance(one, EventClaim) and isinstance(other, EventClaim):
        return shared + 3 * (one.type is other.type) + (FAMILY_OF[one.type] is FAMILY_OF[other.type])
    return shared + (3 if all(mine[key] == theirs[key] for key in mine if key in _CODES) else 0)


def _fields(claim: Claim) -> dict[str, Any]:
    """What is compared: the codebook's keys; a place by its entry, actors in any order."""
    record = to_record(claim)
    place = claim.place if isinstance(claim, (EventClaim, ControlClaim, TollClaim)) else None
    actors = _actors(claim)
    return {
        **{k: v for k, v in record.items() if k not in ("kind", "quote", "precedent")},
        **({"place": place.key if place is not None else None} if "place" in record else {}),
        **{key: frozenset(names) for key, names in actors.items()},
    }


def _actors(claim: Claim) -> dict[str, tuple[str, ...]]:
    match claim:
        case EventClaim():
            return {"initiator": claim.initiator, "target": claim.target}
        case ControlClaim():
            return {"holder": claim.holder}
        case TollClaim():
            return {"side": claim.side}
        case RelationClaim():
            return {"subject": claim.subject, "object": claim.object}
        case StatementClaim():
            return {"speaker": claim.speaker, "about": claim.about}
    return {}


def _start(found: Disagreement) -> int:
    claim = found.rules if found.rules is not None else found.model
    assert claim is not None
    return claim.quotes[0].start
