"""A ledger as persons corrected it: a store in, the same ledger out, with corrected claims in the place of the coded.

The store keeps every claim as it was coded. Whoever asks for claims, or for those that decide who holds a place, is
given the corrected ones instead, from the time of each correction on; every other question, and every write, goes to
the store as it is. It works over every store alike, and costs one look at the chain where nothing was corrected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, cast

import numpy as np
from attrs import field, frozen

from warledger.adapters.stores.listing import claim_fits, meets
from warledger.adapters.stores.pairs import in_order, pairs_of
from warledger.adapters.stores.queries import place_number
from warledger.domain.asked import Asked, Page, Window
from warledger.domain.bearing import Role
from warledger.domain.codes import Kind
from warledger.domain.testimony import Testimony, read_testimony
from warledger.ports import KeptClaim, Ledger, Pairs

CorrectedAt = Callable[[datetime | None], Mapping[str, KeptClaim]]
"""The claims that persons had corrected by a time, as corrected, by id."""
_DAY = timedelta(days=1)
_MOST_TIMES = 32


def as_corrected(store: Ledger, corrected_at: CorrectedAt) -> Ledger:
    """The ledger of a store with the corrections of persons.

    Args:
        store: where everything is kept.
        corrected_at: asks the store alone.
    """
    return cast(Ledger, CorrectedLedger(store, corrected_at))


@frozen(kw_only=True)
class _Corrections:
    """What was corrected by a time.

    Args:
        claims: as corrected, by id.
        coded: the same as they were coded.
        numbers: of those that count and bear on who holds a place, by number: below zero, where no store counts.
    """

    claims: Mapping[str, KeptClaim] = field(factory=dict)
    coded: Mapping[str, KeptClaim] = field(factory=dict)
    numbers: Mapping[int, Testimony] = field(factory=dict)

    def bearing(self, without: Collection[str], place_keys: Sequence[str], last: date) -> dict[int, Testimony]:
        """What corrected claims say of who holds some places, or any, up to a day."""
        return {
            number: word
            for number, word in self.numbers.items()
            if word.id not in without and word.day <= last and (not place_keys or word.place.key in place_keys)
        }


class CorrectedLedger:
    """A store seen through the corrections of persons; `as_corrected` makes one."""

    def __init__(self, store: Ledger, corrected_at: CorrectedAt) -> None:
        self._store, self._corrected_at = store, corrected_at
        self._lock, self._link = Lock(), ""
        self._by_time: dict[datetime | None, _Corrections] = {}
        self._words: dict[int, Testimony] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def claims(
        self,
        *,
        known_at: datetime | None = None,
        kinds: Sequence[str] = (),
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
        from_day: date | None = None,
        to_day: date | None = None,
    ) -> Iterable[KeptClaim]:
        """Claims that counted at that time; see `ports.Ledger.claims`."""
        found = self._store.claims(
            known_at=known_at, kinds=kinds, place_keys=place_keys, ids=ids, from_day=from_day, to_day=to_day
        )
        corrected = {} if set(kinds) == {Kind.EVENT} else self._corrected(known_at).claims
        if not corrected:
            return found

        def fits(kept: KeptClaim) -> bool:
            place = getattr(kept.claim, "place", None)
            return (
                (kept.id in ids if ids else kept.superseded_at is None)
                and (not kinds or kept.claim.kind in kinds)
                and (not place_keys or (place is not None and place.key in place_keys))
                and meets(getattr(kept.claim, "when", None), from_day, to_day)
            )

        return _merged((k for k in found if k.id not in corrected), filter(fits, corrected.values()))

    def claim_page(self, asked: Asked, window: Window) -> Page[KeptClaim]:
        """One page of the claims asked for; what only its correction brings among them stands on the first."""
        page, known = self._store.claim_page(asked, window), self._corrected(asked.known_at)
        if not known.claims:
            return page

        def fits(kept: KeptClaim) -> bool:
            return kept.superseded_at is None and claim_fits(kept, asked)

        there = [known.claims.get(k.id, k) for k in page.items]
        items = [k for k in there if k.id not in known.claims or fits(k)]
        new = (k for k in known.claims.values() if fits(k) and not fits(known.coded[k.id]))
        return Page(items=[*(new if window.after is None else ()), *items], end=page.end)

    def least_sure(self, *, below: float, limit: int, known_at: datetime | None = None) -> Sequence[KeptClaim]:
        """The claims with a confidence below that, but for those that a person looked at."""
        corrected = self._corrected(known_at).claims
        found = self._store.least_sure(below=below, limit=limit + len(corrected), known_at=known_at)
        return [k for k in found if k.id not in corrected][:limit]

    def control(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        min_confidence: float | None = None,
        without: Collection[str] = (),
    ) -> Iterable[KeptClaim]:
        """The claims that decide who holds each place on that day; see `ports.Ledger.control`."""
        known = self._corrected(known_at)
        hidden = (*without, *known.claims)
        found = self._store.control(
            on, known_at=known_at, place_keys=place_keys, min_confidence=min_confidence, without=hidden
        )
        own = known.bearing(without, place_keys, on)
        if not own:
            return found
        told = self._told(own, on, on, known_at, hidden, min_confidence)
        ids = [word.id for _, word in told]
        here = {word.place.key for word in own.values()}
        others = (k for k in found if getattr(k.claim, "place").key not in here)  # noqa: B009
        return _merged(others, self.claims(ids=ids, known_at=known_at) if ids else ())

    def deciding(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Pairs:
        """`control` as numbers alone; see `ports.Ledger.deciding`."""
        known = self._corrected(known_at)
        hidden = (*without, *known.claims)
        found = self._store.deciding(on, known_at=known_at, place_keys=place_keys, without=hidden)
        own = known.bearing(without, place_keys, on)
        if not own:
            return found
        here = [place_number(word.place.key) for word in own.values()]
        told = pairs_of((_place(word), number) for number, word in self._told(own, on, on, known_at, hidden))
        return in_order(np.concatenate([found[:, ~np.isin(found[0], here)], told], axis=1))

    def bearing(
        self,
        first: date,
        last: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Sequence[tuple[int, str, int]]:
        """The claims that decide places on each of some days; see `ports.Ledger.bearing`."""
        known = self._corrected(known_at)
        hidden = (*without, *known.claims)
        found = self._store.bearing(first, last, known_at=known_at, place_keys=place_keys, without=hidden)
        own = known.bearing(without, place_keys, last)
        if not own:
            return found
        here = {place_number(word.place.key) for word in own.values()}
        told = self._told(own, first, last, known_at, hidden)
        rows = ((_place(word), word.day.isoformat(), number) for number, word in told)
        return sorted([*(row for row in found if row[0] not in here), *rows])

    def testimonies(self, numbers: Sequence[int]) -> Sequence[tuple[int, Testimony]]:
        """What the claims of some numbers say of who holds places; see `ports.Ledger.testimonies`."""
        stored = [n for n in numbers if n >= 0]
        own = [(n, self._words[n]) for n in numbers if n in self._words]
        return [*own, *(self._store.testimonies(stored) if stored else ())]

    def _told(
        self,
        own: Mapping[int, Testimony],
        first: date,
        last: date,
        known_at: datetime | None,
        hidden: Collection[str],
        least: float | None = None,
    ) -> list[tuple[int, Testimony]]:
        """What decides, on each of some days, the places that corrected claims bear on, each word with its number.

        The store may know of nobody who held such a place, and gives the words that matter beside the corrected one
        from the day before it on.
        """
        since = min(first, *(word.day for word in own.values()))
        keys = sorted({word.place.key for word in own.values()})
        rows = self._store.bearing(
            since - _DAY if since > date.min else since, last, known_at=known_at, place_keys=keys, without=hidden
        )
        said = [*self._store.testimonies([number for _, _, number in rows]), *own.items()]
        sure = [(n, w) for n, w in said if least is None or w.confidence is None or w.confidence >= least]
        newest: dict[str, date] = {}
        for _, word in sure:
            if word.role is Role.HOLDS and word.day <= first:
                newest[word.place.key] = max(word.day, newest.get(word.place.key, word.day))
        open_from = date.max if first == last else first
        return [(n, w) for n, w in sure if w.day >= newest.get(w.place.key, open_from)]

    def _corrected(self, known_at: datetime | None) -> _Corrections:
        """What was corrected by a time; asked once for each state of the ledger."""
        head = self._store.head()
        link = "" if head is None else head.link
        with self._lock:
            if link != self._link or len(self._by_time) > _MOST_TIMES:
                self._link, self._by_time = link, {}
            if known_at in self._by_time:
                return self._by_time[known_at]
        found = self._read(known_at)
        with self._lock:
            self._words.update(found.numbers)
            if link == self._link:
                self._by_time[known_at] = found
        return found

    def _read(self, known_at: datetime | None) -> _Corrections:
        claims = self._corrected_at(known_at)
        if not claims:
            return _Corrections()
        coded = {k.id: k for k in self._store.claims(ids=list(claims), known_at=known_at)}
        words = (
            (_number(k), read_testimony(k.id, k.claim, k.report, corrections=k.corrections))
            for k in claims.values()
            if k.superseded_at is None
        )
        numbers = {number: word for number, word in words if word is not None}
        return _Corrections(claims=claims, coded=coded, numbers=numbers)


def _merged(found: Iterable[KeptClaim], others: Iterable[KeptClaim]) -> Iterator[KeptClaim]:
    """Claims in order of arrival with some others in their places."""
    waiting = sorted(others, key=lambda k: (k.recorded_at, k.id), reverse=True)
    for kept in found:
        while waiting and waiting[-1].recorded_at < kept.recorded_at:
            yield waiting.pop()
        yield kept
    yield from reversed(waiting)


def _place(word: Testimony) -> int:
    return place_number(word.place.key)


def _number(kept: KeptClaim) -> int:
    """A number for a claim as corrected: another one where it was corrected otherwise."""
    said = "\0".join((kept.id, *(c.decision_id for c in kept.corrections)))
    return -1 - int.from_bytes(hashlib.sha256(said.encode()).digest()[:7], "big")
