"""Remember who holds what: states of places, folded once from the claims that decide them and given again for those.

A ledger, a day and a time in, states out, as `control_states` gives them. Which claims decide a place is asked of the
ledger's index each time; what they come to is remembered by their numbers. Claims never change but by a redaction,
which empties the memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from operator import attrgetter
from threading import Lock

from attrs import field, frozen

from warledger.domain.chain import Write
from warledger.domain.control import ControlState
from warledger.ledger.control import Groups, fold
from warledger.ledger.sureness import faded
from warledger.ports import Ledger

GroupsOn = Callable[[date], Groups]
DiscountedAt = Callable[[datetime | None], Collection[str]]
"""Ids of the claims that persons had discounted by a time."""
_Key = tuple[int, tuple[int, ...]]


@frozen(kw_only=True)
class Remembered:
    """A state with what it rests on.

    Args:
        state: who holds the place.
        order: by what states are listed: the place's name and key.
    """

    state: ControlState
    order: tuple[str, str] = field(init=False, eq=False)

    @order.default
    def _by_place(self) -> tuple[str, str]:
        return self.state.place.name, self.state.place.key

    def confidence_on(self, day: date) -> float:
        """How sure the state is on a day; it falls with silence."""
        return faded(self.state, day).confidence


def nothing_at(_: datetime | None) -> tuple[str, ...]:
    """Nobody discounted anything."""
    return ()


class ControlMemory:
    """The states of places that were asked for, up to some of them; the longest unused go first.

    Args:
        ledger: the record.
        groups_on: wider groups of an actor on a day; they change from year to year.
        discounted: ids of the claims that persons had discounted by a time.
        most: states remembered at most.
    """

    def __init__(
        self, ledger: Ledger, groups_on: GroupsOn, discounted: DiscountedAt = nothing_at, most: int = 40_000
    ) -> None:
        self._ledger, self._groups_on, self._discounted, self._most = ledger, groups_on, discounted, most
        self._known: OrderedDict[_Key, Remembered | None] = OrderedDict()
        self._seen, self._lock, self._folding = 0, Lock(), Lock()

    def states(
        self, on: date, known_at: datetime | None = None, place_keys: Sequence[str] = ()
    ) -> tuple[Remembered, ...]:
        """Who held each place on a day, as known at a time, by the name and key of the place."""
        self._notice_redactions()
        by_place: dict[int, list[int]] = {}
        without = self._discounted(known_at)
        pairs = self._ledger.deciding(on, known_at=known_at, place_keys=place_keys, without=without)
        for place, claim in zip(*pairs.tolist(), strict=True):
            by_place.setdefault(place, []).append(claim)
        keys = [(on.year, tuple(numbers)) for numbers in by_place.values()]
        found = self._found(keys)
        new: dict[_Key, Remembered | None] = {}
        if len(found) < len(keys):
            with self._folding:  # whoever asked at the same time waits, and then finds the same states
                found = self._found(keys)
                new = self._folded([key for key in keys if key not in found], on)
                self._remember(new)
        told = (r for r in ({**found, **new}).values() if r is not None)
        return tuple(sorted(told, key=attrgetter("order")))

    def _found(self, keys: Sequence[_Key]) -> dict[_Key, Remembered | None]:
        with self._lock:
            return {key: self._known[key] for key in keys if key in self._known}

    def _folded(self, keys: Sequence[_Key], on: date) -> dict[_Key, Remembered | None]:
        words = dict(self._ledger.testimonies([n for _, numbers in keys for n in numbers])) if keys else {}
        made: dict[_Key, Remembered | None] = {}
        for key in keys:
            state = fold([words[n] for n in key[1]], self._groups_on(on))
            made[key] = None if state is None else Remembered(state=state)
        return made

    def _remember(self, new: dict[_Key, Remembered | None]) -> None:
        with self._lock:
            self._known.update(new)
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def _notice_redactions(self) -> None:
        acts = self._ledger.acts(after=self._seen)
        with self._lock:
            self._seen += len(acts)
            if Write.REDACTION in acts:
                self._known.clear()
