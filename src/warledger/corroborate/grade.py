"""Grade a happening by the codebook's section 8, and say why in words.

In: its claims and their origins. Out: a grade with its reason. Refuses an empty happening with ValueError.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from warledger.corroborate.columns import GroupsThen
from warledger.corroborate.origins import is_party, origins, reports_of
from warledger.corroborate.reprints import FirstPrints, reprints
from warledger.domain.claim import EventClaim
from warledger.domain.codes import Grade, Modality
from warledger.domain.corroboration import Affiliations, Weights
from warledger.domain.report import Report
from warledger.ports import KeptClaim


@frozen(kw_only=True)
class Told:
    """One claim of a happening beside its origin and the oldest report with the text of its own."""

    kept: KeptClaim
    claim: EventClaim
    origin: str
    first_print: Report


@frozen(kw_only=True)
class Standing:
    """Tables that tell who is a party and who differs from whom, as of the days of the happening."""

    table: Affiliations
    weights: Weights
    groups: GroupsThen


def told_of(claims: Sequence[KeptClaim], table: Affiliations, first_prints: FirstPrints = reprints) -> tuple[Told, ...]:
    """Put the origins beside the event claims of one happening, sorted by id.

    Reprints and translations are sought among the reports of the happening alone, so that its origins are the same
    whatever else came.
    """
    rows = sorted(claims, key=lambda c: c.id)
    reports = {r.id: r for r in reports_of(rows)}
    oldest = first_prints(tuple(reports.values()))
    names = origins(rows, table, oldest)
    return tuple(
        Told(kept=c, claim=c.claim, origin=names[c.id], first_print=reports[oldest[c.report.id]])
        for c in rows
        if isinstance(c.claim, EventClaim)
    )


def grade(told: Sequence[Told], standing: Standing) -> tuple[Grade, str]:
    """Grade a happening.

    Args:
        told: its claims; `alleged` ones count as origins but never confirm.
        standing: who is a party.

    Returns:
        The grade, and its reason in words.

    Raises:
        ValueError: no claim is given.
    """
    if not told:
        raise ValueError("a happening without claims has no grade")
    saying, denying = _last_words(told)
    if not saying:
        return Grade.DISCOUNTED, f"denied or withdrawn by {_names(denying)}, and nobody else says it"
    against = denials(told) or rivals(told, standing)
    if against is not None:
        return Grade.CONTESTED, against
    return _supported(told, saying, standing)


def denials(told: Sequence[Told]) -> str | None:
    """Who says it and who denies it, in words; None where nobody or everybody denies it."""
    saying, denying = _last_words(told)
    if not saying or not denying:
        return None
    says, denies = "says" if len(saying) == 1 else "say", "denies" if len(denying) == 1 else "deny"
    return f"{_names(saying)} {says} so, {_names(denying)} {denies} it"


def _last_words(told: Sequence[Told]) -> tuple[frozenset[str], frozenset[str]]:
    """Origins that say it and origins that deny it."""
    denying = _origins(told, Modality.DENIED) - _renewed(told)
    return (_origins(told, Modality.ASSERTED) | _origins(told, Modality.ALLEGED)) - denying, denying


def _supported(told: Sequence[Told], saying: frozenset[str], standing: Standing) -> tuple[Grade, str]:
    """Grade a happening that nobody contradicts."""
    asserting = _origins(told, Modality.ASSERTED)
    doers = {name for t in told for name in t.claim.initiator}
    others = {name for t in told for name in t.claim.target}
    admitting = [o for o in sorted(asserting) if is_party(o, doers, standing.table, standing.groups)]
    if admitting:
        return Grade.CONFIRMED, f"claimed or accepted by the side that did it: {admitting[0]}"
    outside = [o for o in sorted(asserting) if not is_party(o, others, standing.table, standing.groups)]
    if len(asserting) >= 2 and outside:
        told_by = f"{len(asserting)} independent origins, of which {outside[0]} is no party"
        return Grade.CONFIRMED, f"{told_by}: {_names(asserting)}"
    if len(saying) >= 2:
        return Grade.FAIR, f"{len(saying)} independent origins: {_names(saying)}"
    return Grade.WEAK, f"one origin: {_names(saying)}" + ("" if asserting else ", with doubt")


def _origins(told: Sequence[Told], modality: Modality) -> frozenset[str]:
    return frozenset(t.origin for t in told if t.claim.modality is modality)


def _renewed(told: Sequence[Told]) -> frozenset[str]:
    """Origins that asserted after they had denied: their last word counts."""
    last: dict[str, tuple[object, bool]] = {}
    for t in told:
        word = (t.kept.report.published, t.claim.modality is Modality.DENIED)
        last[t.origin] = max(last.get(t.origin, word), word)  # on one day the denial stands
    return frozenset(origin for origin, (_, denied) in last.items() if not denied)


def rivals(told: Sequence[Told], standing: Standing) -> str | None:
    """Two origins that name different doers of one act; where both sides act, who is named first says nothing."""
    rows = [t for t in told if t.claim.initiator and t.claim.type not in standing.weights.mutual]
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            if a.origin != b.origin and a.claim.type == b.claim.type and not _one_side(a, b, standing):
                first, second = _names(a.claim.initiator), _names(b.claim.initiator)
                return f"{a.origin} names {first}, {b.origin} names {second}"
    return None


def _one_side(a: Told, b: Told, standing: Standing) -> bool:
    named = standing.weights.unnamed
    if any(n.partition(" (")[0] in named for n in a.claim.initiator + b.claim.initiator):
        return True
    # A handover is told as the giver's act or as the receiver's: then one's doer is the other's target.
    pairs = (
        (a.claim.initiator, b.claim.initiator),
        (a.claim.initiator, b.claim.target),
        (b.claim.initiator, a.claim.target),
    )
    return any(is_party(n, side, standing.table, standing.groups) for names, side in pairs for n in names)


def _names(names: frozenset[str] | Sequence[str]) -> str:
    return ", ".join(sorted(names))
