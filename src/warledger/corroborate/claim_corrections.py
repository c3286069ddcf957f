"""Correct single fields of claims as persons said: claims as coded and decisions in, claims as corrected out.

A claim is what one report says, and a correction mends how it was coded: it stays one claim of one report, told by the
origin that it had. The coding of a claim that a person looked at counts as sure. Claims of events are left alone: what
is concluded from them is corrected by its event (`corrections`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from warledger.corroborate.decisions import in_force
from warledger.corroborate.values import CODES, HARMS, Field, actors_in, days_said, figures_said, place_said, said_of
from warledger.domain.claim import Claim, EventClaim, Evidence
from warledger.domain.decision import Correction, Decision, DecisionAct
from warledger.ports import KeptClaim

SURE = 1.0
"""How likely the coding of a claim is right that a person corrected."""
_EVIDENCE = {Field.DAYS: "time"}
"""Fields whose evidence bears another name."""


def of_claims(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions in force that correct a claim, in order of arrival."""
    return [d for d in in_force(decisions) if d.act == DecisionAct.CORRECT and not d.event_ids]


def corrected_claims(
    decisions: Iterable[Decision], claims: Iterable[KeptClaim], heirs: Mapping[str, str]
) -> dict[str, KeptClaim]:
    """Claims as persons corrected them, by id; the last word on each field counts.

    Args:
        decisions: those of `of_claims`.
        claims: as coded: those that the decisions concern, and their heirs.
        heirs: claims that count no more to those that say the same now; what is decided of one is of both.
    """
    coded = {k.id: k for k in claims if not isinstance(k.claim, EventClaim)}
    corrected: dict[str, KeptClaim] = {}
    for decision in decisions:
        for id in dict.fromkeys(i for c in decision.claim_ids for i in (c, heirs.get(c, c)) if i in coded):
            corrected[id] = with_correction(corrected.get(id, coded[id]), decision)
    return corrected


def says_already(kept: KeptClaim, decision: Decision) -> bool:
    """Whether a claim has in its field already what a decision says."""
    return with_correction(kept, decision).claim == kept.claim


def with_correction(kept: KeptClaim, decision: Decision) -> KeptClaim:
    """A claim with the field that a decision corrects; what stood there before is kept beside it, in words."""
    field = Field(decision.payload["field"])
    correction = Correction(
        claim_id=kept.id,
        field=field,
        was=said_of(kept.claim, field),
        names=actors_in(kept.claim, field),
        author=decision.author,
        reason=decision.reason,
        recorded_at=decision.recorded_at,
        decision_id=decision.id,
    )
    claim = _evolved(kept.claim, field, decision.payload["value"])
    return evolve(
        kept,
        claim=evolve(claim, confidence=SURE, evidence=_evidence(kept.claim, field, correction)),
        corrections=(*kept.corrections, correction),
    )


def _evolved(claim: Claim, field: Field, value: Any) -> Claim:
    changed: dict[str, Any] = {}
    if field in HARMS:
        others = [f for f in getattr(claim, "figures", ()) if f.harm is not HARMS[field]]
        changed["figures"] = (*others, *figures_said(field, value))
    elif field is Field.DAYS:
        changed["when"] = days_said(value, claim.kind)
    elif field is Field.PLACE:
        changed["place"] = place_said(value)
    else:
        changed[field] = CODES[field](value) if field in CODES else value if field is Field.EXTENT else tuple(value)
    return evolve(claim, **changed)


def _evidence(claim: Claim, field: Field, correction: Correction) -> tuple[Evidence, ...]:
    """The words behind the other fields, and the person behind this one."""
    name = _EVIDENCE.get(field, str(field))
    rule = f"corrected by {correction.author}, was {correction.was}: {correction.reason}"
    return (*(e for e in claim.evidence if e.field != name), Evidence(field=name, spans=(), rule=rule))
