"""Count the dead of one happening: low, best, high (codebook, section 8; the names are UCDP's).

In: its claims with their origins. Out: the smallest and largest figure that a source gives for it, and the figure of
the most reliable source. A source that gives none adds nothing; no figure at all is None, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from warledger.corroborate.grade import Standing, Told
from warledger.corroborate.origins import is_party
from warledger.domain.claim import EventClaim, Figure
from warledger.domain.codes import Harm, Modality
from warledger.domain.event import Fatalities

APART = frozenset({"civilians", "fighters", "soldiers"})
"""Kinds of dead that do not overlap, so that they may be added; children and women are among them."""


def fatalities(told: Sequence[Told], standing: Standing) -> Fatalities:
    """Count the dead.

    Args:
        told: claims of the happening; denied ones are left out.
        standing: who is a party. A source that is no party is more reliable than one that is; then the latest counts,
            asserted before alleged.
    """
    counted = [(t, whole(t.claim)) for t in told if t.claim.modality in (Modality.ASSERTED, Modality.ALLEGED)]
    given = [(t, f) for t, f in counted if f is not None]
    if not given:
        return Fatalities(low=None, best=None, high=None)
    sides = {n for t in told for n in t.claim.initiator + t.claim.target}
    numbers = [n for _, f in given for n in (f.min, f.max) if n is not None]

    def reliable(row: tuple[Told, Figure]) -> tuple[bool, bool, object, str]:
        t = row[0]
        outside = not is_party(t.origin, sides, standing.table, standing.groups)
        return outside, t.claim.modality is Modality.ASSERTED, t.kept.report.published, t.kept.id

    best = max(given, key=reliable)[1]
    value = best.min if best.min is not None else best.max
    return Fatalities(low=min(numbers), best=value, high=max(numbers))


def whole(claim: EventClaim) -> Figure | None:
    """The dead that a claim counts for the happening: its total, else its parts added where they do not overlap."""
    figures = [f for f in claim.figures if f.harm is Harm.KILLED and (f.min is not None or f.max is not None)]
    if not figures:
        return None
    total = next((f for f in figures if f.of == "total"), None)
    if total is not None or len(figures) == 1:
        return total or figures[0]
    parts = [f for f in figures if f.of in APART] or figures[:1]
    low = sum(f.min if f.min is not None else 0 for f in parts)
    highs = [f.max for f in parts]
    high = None if any(h is None for h in highs) else sum(h for h in highs if h is not None)
    return Figure(harm=Harm.KILLED, min=low, max=high)
