"""Claims as columns of numbers, so that millions of pairs compare in seconds.

In: event claims of the ledger. Out: one frozen table of arrays, rows in the order of the claims' ids, so that nothing
depends on the order in which they came. Claims of other kinds are refused with ValueError.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from warledger.domain import claim as claims
from warledger.domain.claim import EventClaim
from warledger.domain.codes import REAL, EventType, Harm
from warledger.domain.corroboration import Weights
from warledger.domain.place import PlacePrecision
from warledger.ports import KeptClaim

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Groups = Callable[[str, date], Iterable[str]]
"""Names of the wider groups and sides that an actor belongs to on a day, itself not among them."""
GroupsThen = Callable[[str], Iterable[str]]
"""The same on a day that is settled."""
Parents = Callable[[str], Iterable[str]]
"""Keys of the gazetteer entries that contain the entry of a key."""

TYPES = tuple(EventType)
LEVELS = {PlacePrecision.EXACT: 0, PlacePrecision.NEAR: 0, PlacePrecision.REGION: 1, PlacePrecision.COUNTRY: 2}
FINE, REGION, COUNTRY, NOWHERE = 0, 1, 2, 3
ACTORS, WIDER = 4, 12
WORD_BYTES = 32
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


def no_groups(_: str, __: date) -> tuple[str, ...]:
    """The groups of an actor where no actor table is at hand: none."""
    return ()


def groups_then(groups: Groups, claims: Iterable[KeptClaim]) -> GroupsThen:
    """The groups of actors on the last day of some event claims."""
    day = date.fromordinal(max(map(last_day, claims)))
    return lambda name: groups(name, day)


def no_parents(_: str) -> tuple[str, ...]:
    """The parents of a place where no gazetteer is at hand: none."""
    return ()


@frozen(kw_only=True)
class Columns:
    """One row a claim, sorted by id. Codes are numbers that stand for equal names; -1 is nothing.

    Days are proleptic ordinals; degrees are WGS 84, NaN where the place is only named.
    """

    ids: tuple[str, ...]
    kind: Ints  # index in TYPES
    real: Bools  # said to have happened
    level: Ints  # FINE, REGION, COUNTRY or NOWHERE
    around: Bools  # near or outside the place rather than in it
    latitude: Floats
    longitude: Floats
    place: Ints
    within: Ints  # (n, WIDER) places that contain it
    country: Ints
    first: Ints  # first day, open starts reach back some days
    last: Ints
    stated: Bools  # the text gives both ends
    initiator: Ints  # (n, ACTORS)
    target: Ints
    initiator_groups: Ints  # (n, WIDER), the actors themselves among them
    target_groups: Ints
    report: Ints
    sentence: Ints
    killed_low: Floats
    killed_high: Floats
    words: NDArray[np.uint64]  # (n, 4) a bit for each word of the quotes

    def __len__(self) -> int:
        return len(self.ids)


class _Codes:
    """Numbers for names, the same number for the same name."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def one(self, name: str | None) -> int:
        return -1 if not name else self._seen.setdefault(name, len(self._seen))

    def row(self, names: Iterable[str], width: int) -> list[int]:
        codes = [self.one(n) for n in dict.fromkeys(names)][:width]
        return codes + [-1] * (width - len(codes))


def columns_of(
    claims: Sequence[KeptClaim], weights: Weights, *, groups: Groups = no_groups, parents: Parents = no_parents
) -> Columns:
    """Lay claims out as columns.

    Args:
        claims: event claims, in any order; a claim given twice counts once.
        weights: for how far a claim with an unknown start reaches back, and which actors count as unnamed.
        groups: wider groups of an actor.
        parents: containing places of a place.

    Raises:
        ValueError: a claim is no event claim.
    """
    rows = [c for _, c in sorted({c.id: c for c in claims}.items())]
    events = [_event(c) for c in rows]
    actors, places, countries, reports, sentences = _Codes(), _Codes(), _Codes(), _Codes(), _Codes()
    entries = [e.place.entry if e.place is not None else None for e in events]
    initiators = [_named(e.initiator, weights.unnamed) for e in events]
    targets = [_named(e.target, weights.unnamed) for e in events]
    days = np.array([_days(c, weights.open_days) for c in rows])
    days = days.reshape(-1, 3)
    wider = [partial(_wider, groups=groups, day=date.fromordinal(last)) for last in days[:, 1].tolist()]
    killed = np.array([killed_range(e) for e in events], dtype=float).reshape(-1, 2)
    return Columns(
        ids=tuple(c.id for c in rows),
        kind=np.array([TYPES.index(e.type) for e in events], dtype=np.int64),
        real=np.array([e.modality in REAL for e in events], dtype=bool),
        level=np.array([_level(e) for e in events], dtype=np.int64),
        around=np.array([e.place is not None and e.place.precision is PlacePrecision.NEAR for e in events], dtype=bool),
        latitude=np.array([g.latitude if g is not None else np.nan for g in entries], dtype=float),
        longitude=np.array([g.longitude if g is not None else np.nan for g in entries], dtype=float),
        place=np.array([places.one(e.place.key if e.place is not None else None) for e in events], dtype=np.int64),
        within=_wide([places.row(parents(e.place.key) if e.place is not None else (), WIDER) for e in events], WIDER),
        country=np.array([countries.one(g.country if g is not None else None) for g in entries], dtype=np.int64),
        first=days[:, 0],
        last=days[:, 1],
        stated=days[:, 2].astype(bool),
        initiator=_wide([actors.row(names, ACTORS) for names in initiators], ACTORS),
        target=_wide([actors.row(names, ACTORS) for names in targets], ACTORS),
        initiator_groups=_wide([actors.row(w(n), WIDER) for w, n in zip(wider, initiators, strict=True)], WIDER),
        target_groups=_wide([actors.row(w(n), WIDER) for w, n in zip(wider, targets, strict=True)], WIDER),
        report=np.array([reports.one(c.report.id) for c in rows], dtype=np.int64),
        sentence=np.array([sentences.one(f"{c.report.id}\x00{_said(e)}") for e, c in zip(events, rows, strict=True)]),
        killed_low=killed[:, 0],
        killed_high=killed[:, 1],
        words=np.array([_bits(_said(e)) for e in events], dtype=np.uint64).reshape(-1, 4),
    )


def killed_range(claim: EventClaim) -> tuple[float, float]:
    """Dead of the whole event, smallest and largest, NaN and NaN where not counted; infinity where open upwards.

    A figure for all is taken before figures for parts; parts alone say only that the whole is no smaller than the
    largest of them.
    """
    figures = [f for f in claim.figures if f.harm is Harm.KILLED]
    whole = [f for f in figures if f.of == "total"] or (figures if len(figures) == 1 else [])
    if whole:
        low, high = whole[0].min, whole[0].max
        return float(low or 0), float("inf") if high is None else float(high)
    if figures:
        return float(max(f.min or 0 for f in figures)), float("inf")
    return float("nan"), float("nan")


def last_day(kept: KeptClaim) -> int:
    """The last day of an event claim as a proleptic ordinal; see `domain.claim.last_day`.

    Raises:
        ValueError: it is no event claim.
    """
    return claims.last_day(_event(kept), kept.report.published).toordinal()


def _event(kept: KeptClaim) -> EventClaim:
    if not isinstance(kept.claim, EventClaim):
        raise ValueError(f"claim {kept.id} is a {kept.claim.kind}, no event")
    return kept.claim


def _said(claim: EventClaim) -> str:
    return " ".join(q.text for q in claim.quotes)


def _level(claim: EventClaim) -> int:
    if claim.place is None:
        return NOWHERE
    return LEVELS[claim.place.precision]


def _days(kept: KeptClaim, open_days: int) -> tuple[int, int, int]:
    """First and last day and whether the text states both."""
    when, last = _event(kept).when, last_day(kept)
    first = when.start.toordinal() if when.start is not None else last - open_days
    return first, last, int(when.start is not None and when.end is not None)


def _named(names: Iterable[str], unnamed: frozenset[str]) -> list[str]:
    return sorted(n for n in names if n.partition(" (")[0] not in unnamed)


def _wider(names: Iterable[str], *, groups: Groups, day: date) -> list[str]:
    listed = list(names)
    return listed + [g for n in listed for g in groups(n, day)]


def _wide(rows: list[list[int]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(-1, width)


def _bits(text: str) -> Sequence[int]:
    """A bit for each word's first six letters, of 256: a stem of sorts for every script with spaces."""
    bits = bytearray(WORD_BYTES)
    for word in _WORD.findall(text.casefold()):
        at = zlib.crc32(word[:6].encode()) % (8 * WORD_BYTES)
        bits[at // 8] |= 1 << (at % 8)
    return [int(part) for part in np.frombuffer(bytes(bits), dtype=np.uint64)]
