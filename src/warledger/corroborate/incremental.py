"""Conclude anew only what new claims touch.

In: every claim that counts and the newest version of every event. Out: the versions of events to append. Claims far in
time or place from those that no event holds yet, and the events made of them, are not compared again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from attrs import frozen

from warledger.corroborate.cluster import score_pairs
from warledger.corroborate.columns import REAL, Groups, Parents, columns_of, no_groups, no_parents
from warledger.corroborate.events import corroborate
from warledger.domain.claim import EventClaim
from warledger.domain.corroboration import Affiliations, Weights
from warledger.domain.event import Event
from warledger.ports import KeptClaim


@frozen(kw_only=True)
class Corroborator:
    """The room with its tables in place.

    Args:
        weights: how claims are compared.
        affiliations: agencies and state media.
        groups: wider groups of an actor.
        parents: containing places of a place.
    """

    weights: Weights
    affiliations: Affiliations
    groups: Groups = no_groups
    parents: Parents = no_parents

    def __call__(self, claims: Sequence[KeptClaim], known: Sequence[Event], at: datetime) -> tuple[Event, ...]:
        """Conclude the events that new or withdrawn claims make or change.

        Args:
            claims: every claim that counts, of any kind.
            known: the newest version of every event.
            at: when the monitor knew, UTC.

        Returns:
            Versions to append, sorted by id.
        """
        wanted, touched = self.affected(claims, known)
        return corroborate(
            wanted,
            touched,
            at,
            weights=self.weights,
            affiliations=self.affiliations,
            groups=self.groups,
            parents=self.parents,
        )

    def affected(
        self, claims: Sequence[KeptClaim], known: Sequence[Event]
    ) -> tuple[tuple[KeptClaim, ...], tuple[Event, ...]]:
        """The claims and events that may change: new claims, what compares with them, and the events of these.

        An event with a claim that no longer counts is among them, wherever it lies.
        """
        real = {c.id: c for c in claims if isinstance(c.claim, EventClaim) and c.claim.modality in REAL}
        held = {i for e in known for i in e.claim_ids}
        new = real.keys() - held
        near = self._near(real, new) if new else set()
        events = tuple(e for e in known if not near.isdisjoint(e.claim_ids) or not real.keys() >= set(e.claim_ids))
        wanted = new | near | {i for e in events for i in e.claim_ids}
        return tuple(real[i] for i in sorted(wanted & real.keys())), events

    def _near(self, real: dict[str, KeptClaim], new: Collection[str]) -> set[str]:
        """Claims that have some weight beside a new one."""
        margin = timedelta(days=2 * self.weights.window_days)
        days = [real[i].report.published for i in new] + [d for i in new for d in _ends(real[i])]
        low, high = min(days) - margin, max(days) + margin
        around = [c for c in real.values() if any(low <= d <= high for d in (c.report.published, *_ends(c)))]
        columns = columns_of(around, self.weights, groups=self.groups, parents=self.parents)
        a, b, _ = score_pairs(columns, self.weights)
        is_new = np.array([i in new for i in columns.ids], dtype=bool)
        met = np.concatenate([b[is_new[a]], a[is_new[b]]])
        return {columns.ids[i] for i in np.unique(met).tolist()}


def _ends(kept: KeptClaim) -> list[date]:
    when = kept.claim.when if isinstance(kept.claim, EventClaim) else None
    return [d for d in (when.start, when.end) if d is not None] if when is not None else []
