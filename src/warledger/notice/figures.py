"""The number of people harmed that an event is known to reach: claims in, for an event and a harm the number out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from warledger.domain.claim import EventClaim
from warledger.domain.codes import Harm
from warledger.domain.event import Event
from warledger.ports import KeptClaim

Figures = Callable[[Event, Harm], int]


def figures_in(claims: Mapping[str, KeptClaim]) -> Figures:
    """Make the function that tells how many an event harmed at least: the dead as concluded, others as its claims say.

    Args:
        claims: by id; an event whose claims are not among them harmed nobody that is known of.
    """

    def figure(event: Event, harm: Harm) -> int:
        if harm is Harm.KILLED:
            return event.fatalities.low or 0
        said = (claims[i].claim for i in event.claim_ids if i in claims)
        given = [f.min for c in said if isinstance(c, EventClaim) for f in c.figures if f.harm is harm]
        return min((n for n in given if n is not None), default=0)

    return figure
