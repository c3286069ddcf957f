"""List what the origins of one happening say against each other: whether, who, how many dead.

In: its claims with their origins. Out: one line a contradiction, in words; nothing is averaged or left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warledger.corroborate.fatalities import Counted, counted, whole
from warledger.corroborate.grade import Standing, Told, denials, rivals
from warledger.domain.claim import Figure


def contradictions(told: Sequence[Told], standing: Standing) -> tuple[str, ...]:
    """List contradictions.

    Args:
        told: claims of the happening.
        standing: who differs from whom.
    """
    return tuple(line for line in (denials(told), rivals(told, standing), *_dead(told)) if line is not None)


def _dead(told: Sequence[Told]) -> Iterator[str]:
    """Figures for the dead of which the last words of two origins cannot both be true."""
    rows = sorted(counted(told, whole), key=lambda r: (r[0].kept.report.published, r[0].kept.recorded_at, r[0].kept.id))
    last = {row[0].origin: row for row in rows}
    if any(not _both_true(a, b) for a in last.values() for b in last.values()):
        yield "dead: " + ", ".join(f"{shown(f)} by {origin}" for origin, (_, f) in sorted(last.items()))


def _both_true(a: Counted, b: Counted) -> bool:
    return _meets(a[1], b[1]) and _meets(b[1], a[1])


def _meets(a: Figure, b: Figure) -> bool:
    return a.min is None or b.max is None or a.min <= b.max


def shown(figure: Figure) -> str:
    """A figure in words: "23", "at least 20", "up to 40", "20 to 40"."""
    if figure.min == figure.max:
        return str(figure.min)
    if figure.max is None:
        return f"at least {figure.min}"
    return f"up to {figure.max}" if figure.min is None else f"{figure.min} to {figure.max}"
