"""Conclude anew only what new claims touch.

In: the ledger and the ids of claims that no event holds yet. Out: the versions of events to append. Claims far from the
new ones in time or place, and the events made of them, are not read again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from warledger.corroborate.cluster import score_pairs
from warledger.corroborate.columns import Groups, Parents, columns_of, no_groups, no_parents
from warledger.corroborate.events import corroborate
from warledger.domain.claim import EventClaim
from warledger.domain.codes import Kind
from warledger.domain.corroboration import Affiliations, Weights
from warledger.domain.event import Event
from warledger.ports import KeptClaim, Ledger


def corroborate_new(
    ledger: Ledger,
    ids: Sequence[str],
    recorded_at: datetime,
    *,
    weights: Weights,
    affiliations: Affiliations,
    groups: Groups = no_groups,
    parents: Parents = no_parents,
) -> tuple[Event, ...]:
    """Conclude the events that new claims make or change.

    Args:
        ledger: the record, with the new claims in it.
        ids: claims that no event holds yet.
        recorded_at: when the monitor knew, UTC.
        weights, affiliations, groups, parents: as for `corroborate`.

    Returns:
        Versions to append. Events that hold a claim which no longer counts are concluded again where they lie near.
    """
    new = [c for c in ledger.claims(ids=list(ids)) if isinstance(c.claim, EventClaim)]
    if not new:
        return ()
    days = _days(new, weights.window_days)
    around = {c.id: c for c in ledger.claims(kinds=[Kind.EVENT], from_day=days[0], to_day=days[1])}
    around |= {c.id: c for c in new}
    events = list(ledger.events(from_day=days[0], to_day=days[1]))
    touched = {c.id for c in new} | _near(list(around.values()), {c.id for c in new}, weights, groups, parents)
    stale = _stale(ledger, events, around)
    known = [e for e in events if stale & set(e.claim_ids) or touched & set(e.claim_ids)]
    wanted = (touched | {i for e in known for i in e.claim_ids}) - stale
    missing = sorted(wanted - around.keys())
    around |= {c.id: c for c in ledger.claims(ids=missing)} if missing else {}
    return corroborate(
        [around[i] for i in sorted(wanted & around.keys())],
        known,
        recorded_at,
        weights=weights,
        affiliations=affiliations,
        groups=groups,
        parents=parents,
    )


def _days(claims: Sequence[KeptClaim], window_days: int) -> tuple[date, date]:
    """The days in which a claim could be compared with one of these."""
    ends = [d for c in claims if isinstance(c.claim, EventClaim) for d in (c.claim.when.start, c.claim.when.end)]
    known = [d for d in ends if d is not None] + [c.report.published for c in claims]
    margin = timedelta(days=window_days)
    low, high = min(known), max(known)
    return (low - margin if low > date.min + margin else low), (high + margin if high < date.max - margin else high)


def _near(
    claims: Sequence[KeptClaim], new: Collection[str], weights: Weights, groups: Groups, parents: Parents
) -> set[str]:
    """Claims that have some weight beside one of the new ones."""
    columns = columns_of(claims, weights, groups=groups, parents=parents)
    a, b, _ = score_pairs(columns, weights)
    is_new = np.array([i in new for i in columns.ids], dtype=bool)
    met = np.concatenate([b[is_new[a]], a[is_new[b]]])
    return {columns.ids[i] for i in np.unique(met).tolist()}


def _stale(ledger: Ledger, events: Sequence[Event], around: Collection[str]) -> set[str]:
    """Claims behind these events that no longer count."""
    unseen = sorted({i for e in events for i in e.claim_ids} - set(around))
    counting = {c.id for c in ledger.claims(ids=unseen)} if unseen else set()
    return set(unseen) - counting
