"""Count the dead of one happening: low, best, high (codebook, section 8; the names are UCDP's).

In: its claims with their origins. Out: the smallest and largest figure that a source gives for it, and the figure of
the most reliable source, each with the claims behind it. A source that gives none adds nothing; no figure at all is
None, never 0. Tolls over periods are claims of another kind and are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from warledger.corroborate.grade import Standing, Told
from warledger.corroborate.origins import is_party
from warledger.domain.claim import EventClaim, Figure
from warledger.domain.codes import Harm, Modality
from warledger.domain.event import Count, Fatalities

APART = frozenset({"civilians", "fighters", "soldiers"})
"""Kinds of dead that do not overlap, so that they may be added; children and women are among them."""
Counting = Callable[[EventClaim], Figure | None]
Counted = tuple[Told, Figure]


def fatalities(told: Sequence[Told], standing: Standing) -> Fatalities:
    """Count the dead.

    Args:
        told: claims of the happening; denied ones are left out.
        standing: who is a party.
    """
    given = counted(told, whole)
    best = most_reliable(given, told, standing)
    if best is None:
        return Fatalities(low=None, best=None, high=None)
    count = count_of(given, best)
    return Fatalities(
        low=count.low,
        best=count.best,
        high=count.high,
        low_claims=_giving(given, count.low),
        best_claims=tuple(sorted(t.kept.id for t, f in given if f == best[1] and t.origin == best[0].origin)),
        high_claims=_giving(given, count.high),
    )


def counted(told: Sequence[Told], count: Counting) -> list[Counted]:
    """The claims that count somebody, beside their figures; denied ones are left out."""
    rows = [(t, count(t.claim)) for t in told if t.claim.modality in (Modality.ASSERTED, Modality.ALLEGED)]
    return [(t, f) for t, f in rows if f is not None]


def most_reliable(given: Sequence[Counted], told: Sequence[Told], standing: Standing) -> Counted | None:
    """The figure to believe, or None where there is none.

    Of each origin its last word counts, whatever it said before. A source that is no party is more reliable than one
    that is; asserted goes before alleged; between equals the latest counts.
    """
    sides = {n for t in told for n in t.claim.initiator + t.claim.target}

    def later(row: Counted) -> tuple[object, ...]:
        return row[0].kept.report.published, row[0].kept.recorded_at, row[0].kept.id

    def reliable(row: Counted) -> tuple[object, ...]:
        outside = not is_party(row[0].origin, sides, standing.table, standing.groups)
        return outside, row[0].claim.modality is Modality.ASSERTED, *later(row)

    last = {row[0].origin: row for row in sorted(given, key=later)}
    return max(last.values(), key=reliable, default=None)


def count_of(given: Sequence[Counted], best: Counted | None) -> Count:
    """The smallest figure, the best one and the largest."""
    if best is None:
        return Count()
    numbers = [n for _, f in given for n in (f.min, f.max) if n is not None]
    value = best[1].min if best[1].min is not None else best[1].max
    return Count(low=min(numbers), best=value, high=max(numbers))


def whole(claim: EventClaim) -> Figure | None:
    """The dead that a claim counts for the happening: its total, else its parts added where they do not overlap.

    Children or women alone are some of the dead: of all there are at least so many.
    """
    figures = [f for f in claim.figures if f.harm is Harm.KILLED and (f.min is not None or f.max is not None)]
    total = next((f for f in figures if f.of == "total"), None)
    if total is not None or not figures:
        return total
    parts = [f for f in figures if f.of in APART]
    if not parts:
        least = max(f.min or 0 for f in figures)
        return Figure(harm=Harm.KILLED, min=least, max=None) if least else None
    return added(parts)


def added(parts: Sequence[Figure]) -> Figure:
    """Figures that do not overlap, as one; open upwards where one of them is."""
    if len(parts) == 1:
        return Figure(harm=Harm.KILLED, min=parts[0].min, max=parts[0].max)
    highs = [f.max for f in parts]
    high = None if any(h is None for h in highs) else sum(h for h in highs if h is not None)
    return Figure(harm=Harm.KILLED, min=sum(f.min or 0 for f in parts), max=high)


def _giving(given: Sequence[Counted], number: int | None) -> tuple[str, ...]:
    return tuple(sorted(t.kept.id for t, f in given if number in (f.min, f.max)))
