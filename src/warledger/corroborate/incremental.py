"""Conclude anew only what new claims touch.

In: what the ledger holds that bears on events. Out: the versions of events to append. Claims that no chain of likely
pairs connects with a new, a withdrawn or a newly decided one are not compared again, nor are the events made of them:
no happening reaches from one such chain into another, so the outcome is that of comparing everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from attrs import frozen

from warledger.corroborate.cluster import connected
from warledger.corroborate.columns import Groups, Ints, Parents, columns_of, last_day, no_groups, no_parents
from warledger.corroborate.decisions import Rulings, rulings
from warledger.corroborate.events import corroborate, founded_by, makes_event
from warledger.corroborate.reprints import FirstPrints, reprints
from warledger.domain.corroboration import Affiliations, Weights
from warledger.domain.decision import Decision
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
        first_prints: finds reports that print one text.
    """

    weights: Weights
    affiliations: Affiliations
    groups: Groups = no_groups
    parents: Parents = no_parents
    first_prints: FirstPrints = reprints

    def __call__(
        self,
        claims: Sequence[KeptClaim],
        known: Sequence[Event],
        at: datetime,
        decisions: Sequence[Decision] = (),
        past: Sequence[KeptClaim] = (),
    ) -> tuple[Event, ...]:
        """Conclude the events that new or withdrawn claims or new decisions make or change.

        Args:
            claims: every claim that counts, of any kind.
            known: the newest version of every event.
            at: when the monitor knew, UTC.
            decisions: of persons, in order of arrival.
            past: claims that no longer count, on which events or decisions rest.

        Returns:
            Versions to append, sorted by id.
        """
        told = {c.id: c for c in claims if makes_event(c)}
        decided = rulings(decisions, told.values(), past)
        return self.conclude(told, known, at, decided, self.affected(told, known, decided, decisions, past))

    def conclude(
        self, told: Mapping[str, KeptClaim], known: Sequence[Event], at: datetime, decided: Rulings, wanted: set[str]
    ) -> tuple[Event, ...]:
        """Conclude the events of the claims that `affected` found."""
        founded = {founded_by(i) for i in wanted}
        touched = tuple(e for e in known if not wanted.isdisjoint(e.claim_ids) or (e.id in founded and not e.claim_ids))
        return corroborate(
            tuple(told[i] for i in sorted(wanted & told.keys())),
            touched,
            at,
            weights=self.weights,
            affiliations=self.affiliations,
            groups=self.groups,
            parents=self.parents,
            first_prints=self.first_prints,
            rulings=decided,
            taken=founded & {e.id for e in known if e.claim_ids},
        )

    def affected(
        self,
        told: Mapping[str, KeptClaim],
        known: Sequence[Event],
        decided: Rulings,
        decisions: Sequence[Decision] = (),
        past: Sequence[KeptClaim] = (),
    ) -> set[str]:
        """The claims whose events may change: what connects with a claim that is new, gone or newly decided upon."""
        counting = told.keys() - decided.out.keys()
        held = {i for e in known for i in e.claim_ids}
        pool = {c.id: c for c in past if makes_event(c) and c.id in held} | dict(told)
        changed = (counting - held) | (held - counting) | self._ruled(decided, decisions, known)
        ties = [*(frozenset(e.claim_ids) for e in known if e.claim_ids), *decided.bound]
        ties += [claims for _, claims in (*decided.verdicts, *decided.corrections)]
        tied = _tied(ties)
        changed |= {other for name in changed for tie in tied.get(name, ()) for other in tie}
        return changed | self._connected(pool, changed & pool.keys(), tied)

    def _ruled(self, decided: Rulings, decisions: Sequence[Decision], known: Sequence[Event]) -> set[str]:
        """Claims of the decisions that no version of an event came after."""
        concluded = max((e.recorded_at for e in known), default=None)
        new = {i for d in decisions if concluded is None or d.recorded_at >= concluded for i in d.concerned}
        return new | {heir for old, heir in decided.heirs.items() if old in new}

    def _connected(
        self, pool: Mapping[str, KeptClaim], seeds: Collection[str], ties: Mapping[str, Sequence[frozenset[str]]]
    ) -> set[str]:
        """Claims that a chain of likely pairs leads to; only those of the days around are laid out as columns."""
        days = {i: last_day(c) for i, c in pool.items()}
        inside, around, window = set(seeds), list[str](), self.weights.window_days
        while not set(around).issuperset(_near_days(days, inside, window)):
            around = _near_days(days, inside, 2 * window)
            claims = [pool[i] for i in around]
            columns = columns_of(claims, self.weights, groups=self.groups, parents=self.parents)
            rows = {name: row for row, name in enumerate(columns.ids)}
            near = {tie for name in rows for tie in ties.get(name, ())}
            met = connected(columns, _rows(rows, inside), self.weights, [_rows(rows, tie) for tie in near])
            inside = {columns.ids[row] for row in met.tolist()}
        return inside


def _tied(ties: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    """The sets that each claim is in with another."""
    found: dict[str, list[frozenset[str]]] = {}
    for tie in ties:
        for name in tie if len(tie) > 1 else ():
            found.setdefault(name, []).append(tie)
    return found


def _near_days(days: Mapping[str, int], inside: Collection[str], window: int) -> list[str]:
    """Claims whose last day is at most a window from that of one inside."""
    if not inside:
        return []
    ids, marks = list(days), np.array(sorted({days[i] for i in inside}))
    at = np.array(list(days.values()))
    after = np.minimum(np.searchsorted(marks, at), len(marks) - 1)
    near = np.minimum(abs(marks[after] - at), abs(marks[np.maximum(after - 1, 0)] - at)) <= window
    return [ids[row] for row in np.flatnonzero(near).tolist()]


def _rows(rows: Mapping[str, int], names: Iterable[str]) -> Ints:
    return np.array(sorted(rows[name] for name in names if name in rows), dtype=np.int64)
