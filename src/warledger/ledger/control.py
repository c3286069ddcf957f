"""Fold what was said of each place into who holds it: a ledger, a day and a time in, one state a place out.

The newest day decides. Of claims on one day the holder counts whom most independent origins give. A party's word on its
own holdings weighs less than anybody's on another's, and a place taken (an event) less than a claim that it is held. As
many on both sides: contested. An origin does not speak against itself: where it is coded to say two things that cannot
both be, the plainly surer one counts alone; nor does a word of another origin count against one that is far surer.
Two may hold parts of one place. A holder that left, or is said to hold it no longer, holds it no more, unless that is
told of the day itself and the state is more than twice as sure. What is denied, alleged, possible or planned changes
nothing and is listed. Refuses nothing: a place of which nobody says who holds it has no state.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from attrs import evolve

from warledger.domain.bearing import Role
from warledger.domain.claim import chance_of
from warledger.domain.codes import Modality, Status
from warledger.domain.control import ControlState
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.testimony import Testimony, nearest_source, read_testimony
from warledger.ledger.sureness import Voice, faded, sureness
from warledger.ledger.sureness import Word as Kind
from warledger.ports import KeptClaim, Ledger

Groups = Callable[[str], Iterable[str]]
"""An actor's name to the wider groups that it belongs to."""

OriginsOf = Callable[[Sequence[KeptClaim]], Mapping[str, str]]
"""Claims to where each ultimately comes from, by its id."""

_SETTLED = (Status.HELD, Status.BESIEGED, Status.CONTESTED)
_PART = "part"
_CAUTIOUS = ("all", "most", _PART)
_OWN, _PLAINLY, _FAR = 1.25, 2.0, 2.5
"""Times as sure as another claim from which one takes the other's place: of one origin, where one must be miscoded; of
those who left against who holds; of two origins. The first and the last were set looking at the demonstration."""


def no_groups(_: str) -> tuple[str, ...]:
    """Every actor stands for itself alone."""
    return ()


def nearest_sources(claims: Sequence[KeptClaim]) -> Mapping[str, str]:
    """The source that each claim's own sentence names, else the publisher, else the report."""
    return {k.id: nearest_source(k.claim.attribution, k.report.publisher, k.report.id) for k in claims}


def control_states(
    ledger: Ledger,
    on: date,
    known_at: datetime | None = None,
    place_keys: Sequence[str] = (),
    *,
    min_confidence: float | None = None,
    without: Collection[str] = (),
    groups: Groups = no_groups,
    origins_of: OriginsOf = nearest_sources,
) -> tuple[ControlState, ...]:
    """Say who held each place on a day.

    Args:
        ledger: the record.
        on: the day.
        known_at: only what was recorded by then counts; None is everything.
        place_keys: the places asked for; empty for all.
        min_confidence: claims that are less sure do not count; None counts all.
        without: ids of claims that do not count: those that a person discounted.
        groups: wider groups of an actor, so that "the opposition" and one of its factions do not contradict each other.
        origins_of: tells independent origins apart.

    Returns:
        One state a place, by the name and key of the place.
    """
    counting = ledger.control(
        on, known_at=known_at, place_keys=place_keys, min_confidence=min_confidence, without=without
    )
    found = list(counting)
    return tuple(faded(state, on) for state in fold_claims(found, groups=groups, origins_of=origins_of))


def fold_claims(
    found: Sequence[KeptClaim], *, groups: Groups = no_groups, origins_of: OriginsOf = nearest_sources
) -> tuple[ControlState, ...]:
    """Fold the claims that decide places into states, each as sure as on the day of its newest word."""
    by_place: dict[str, list[Testimony]] = {}
    origins = origins_of(found)
    for kept in found:
        word = read_testimony(kept.id, kept.claim, kept.report, origins[kept.id], kept.corrections)
        if word is not None:
            by_place.setdefault(word.place.key, []).append(word)
    states = (fold(words, groups) for words in by_place.values())
    return tuple(sorted((s for s in states if s is not None), key=lambda s: (s.place.name, s.place.key)))


def fold(words: Iterable[Testimony], groups: Groups) -> ControlState | None:
    """Fold what is said of one place; the order of the words does not matter."""
    said = sorted(words, key=lambda w: w.id)
    state = _alone(said[0], groups) if len(said) == 1 and said[0].role is Role.HOLDS else weigh(said, groups)
    corrected = [w for w in said if w.corrections]
    if state is None or not corrected:
        return state
    return evolve(state, corrections=tuple(c for w in corrected if w.id in state.claim_ids for c in w.corrections))


def weigh(everything: Sequence[Testimony], groups: Groups) -> ControlState | None:
    """Weigh what is said of one place; the words come by the ids of their claims."""
    said = _meant(everything, groups)
    since = max((w.day for w in said if w.role is Role.HOLDS), default=None)
    if since is None:
        return None
    newest = [w for w in said if w.role is Role.HOLDS and w.day == since]
    holding = [w for w in newest if not w.empties]
    state = _held(holding, since, groups) if holding else _abandoned(newest, since)
    state, left = _after_leaving(state, _plainly_leaving(said, state, groups), groups)
    if left and not state.holder and state.since == since:
        state = _left_to_others(state, holding, left, groups)
    later = [w for w in everything if w.day >= state.since]
    doubts = [w for w in later if w.role is not Role.HOLDS and w not in left]
    rivals = [w for w in later if w.role is Role.HOLDS]
    against = rivals + [w for w in doubts if not _agrees_with(w, state, groups)]
    opposed = {w.id: w for w in against if w.id not in state.claim_ids}
    return evolve(
        state,
        against=tuple(sorted(opposed)),
        confidence=sureness(
            [_voice(w, groups) for w in said if w.id in state.claim_ids],
            [_voice(w, groups) for w in opposed.values()],
        ),
    )


def _meant(said: Sequence[Testimony], groups: Groups) -> list[Testimony]:
    """The words without those that others of the same day contradict far more surely, their own origin above all."""
    by_day: dict[date, list[Testimony]] = {}
    for word in said:
        by_day.setdefault(word.day, []).append(word)

    def outspoken(word: Testimony) -> bool:
        return any(
            _sure(o) >= (_OWN if o.origin == word.origin else _FAR) * _sure(word) and _exclude(o, word, groups)
            for o in by_day[word.day]
        )

    return [w for w in said if not outspoken(w)]


def _sure(word: Testimony) -> float:
    """How likely its coding is right."""
    return chance_of(word.confidence)


def _exclude(one: Testimony, other: Testimony, groups: Groups) -> bool:
    """Say whether a word that somebody holds the place leaves no room for another of that day.

    A second holder, or the same who left it.
    """
    if one.role is not Role.HOLDS or other.role is Role.DOUBTS or one.extent == other.extent == _PART:
        return False
    return agree(one.actors, other.actors, groups) is (other.role is Role.LEAVES)


def _alone(word: Testimony, groups: Groups) -> ControlState:
    """The state that one word alone makes, as weighing it would find it; most places have no more, on most days."""
    return ControlState(
        place=_place([word]),
        holder=() if word.empties else word.actors,
        status=word.status,
        extent=word.extent or "all",
        since=word.day,
        claim_ids=(word.id,),
        confidence=sureness([_voice(word, groups)], []),
    )


def _voice(word: Testimony, groups: Groups) -> Voice:
    party = agree((word.origin,), word.actors, groups)
    kind = Kind.OWN if party else Kind.OUTRIGHT if word.direct else Kind.INFERRED
    return Voice(origin=word.origin, word=kind, confidence=word.confidence)


def _held(holding: Sequence[Testimony], since: date, groups: Groups) -> ControlState:
    backing = {h: [w for w in holding if agree(h, w.actors, groups)] for h in {w.actors for w in holding}}
    score = {h: _weight(words, groups) for h, words in backing.items()}
    best = max(score.values())
    own = Counter(w.actors for w in holding)
    leaders = sorted((h for h in backing if score[h] == best), key=lambda h: (-own[h], h))
    rivals = [h for h in leaders[1:] if not agree(h, leaders[0], groups)]
    winners = [leaders[0], *rivals]
    behind = [w for w in holding if any(w in backing[h] for h in winners)]
    return ControlState(
        place=_place(behind),
        holder=tuple(sorted({name for h in winners for name in h})),
        status=Status.CONTESTED if rivals else _status(behind),
        extent=_extent(behind),
        since=since,
        claim_ids=tuple(w.id for w in behind),
    )


def _abandoned(words: Sequence[Testimony], since: date) -> ControlState:
    ids = tuple(w.id for w in words)
    return ControlState(
        place=_place(words), holder=(), status=Status.ABANDONED, extent=_extent(words), since=since, claim_ids=ids
    )


def _plainly_leaving(said: Sequence[Testimony], state: ControlState, groups: Groups) -> list[Testimony]:
    """Words that somebody left; of the state's own day not those far less likely right than it is, which contradict."""
    sure = sureness([_voice(w, groups) for w in said if w.id in state.claim_ids], [])
    leaving = [w for w in said if w.role is Role.LEAVES]
    return [w for w in leaving if w.day != state.since or _PLAINLY * _sure(w) >= sure]


def _after_leaving(
    state: ControlState, leaving: Sequence[Testimony], groups: Groups
) -> tuple[ControlState, tuple[Testimony, ...]]:
    """Take those who left out of the holders.

    A withdrawal counts from the day of the claims on, since only who holds a place can leave it. That a side holds it
    "no longer" counts on a later day only: on the same day it contradicts.
    """
    left: list[Testimony] = []
    for word in sorted(leaving, key=lambda w: (w.day, w.id)):
        counts = word.day > state.since or (word.day == state.since and not word.direct)
        if counts and state.holder and agree(word.actors, state.holder, groups):
            left.append(word)
    stay = tuple(h for h in state.holder if not any(agree(w.actors, (h,), groups) for w in left))
    if not left or len(stay) == len(state.holder):
        return state, ()
    if stay:
        ids = tuple(sorted({*state.claim_ids, *(w.id for w in left)}))
        status = Status.HELD if state.status is Status.CONTESTED else state.status
        return evolve(state, holder=stay, status=status, claim_ids=ids), tuple(left)
    day = max(w.day for w in left)
    ids = tuple(sorted(w.id for w in left))
    return evolve(state, holder=(), status=Status.ABANDONED, extent="all", since=day, claim_ids=ids), tuple(left)


def _left_to_others(
    empty: ControlState, holding: Sequence[Testimony], left: Sequence[Testimony], groups: Groups
) -> ControlState:
    """The state of a place whose holder left on the day on which others are said to hold it: it is theirs."""
    others = [w for w in holding if not any(agree(gone.actors, w.actors, groups) for gone in left)]
    if not others:
        return empty
    state = _held(others, empty.since, groups)
    return evolve(state, claim_ids=tuple(sorted({*state.claim_ids, *empty.claim_ids})))


def agree(one: Sequence[str], other: Sequence[str], groups: Groups) -> bool:
    """Say whether two sets of actors can be the same holder: they share one, or one of them belongs to the other's."""
    if not one or not other:
        return not one and not other
    if not set(one).isdisjoint(other):
        return True
    wide = {*one, *(g for name in one for g in groups(name))}
    wide_other = {*other, *(g for name in other for g in groups(name))}
    return not wide.isdisjoint(other) or not wide_other.isdisjoint(one)


def _weight(words: Sequence[Testimony], groups: Groups) -> tuple[int, int, int, int]:
    """Independent origins by rank: others' claims of control, parties' own, then the same for places taken."""
    ranks: tuple[set[str], ...] = (set(), set(), set(), set())
    for word in words:
        party = agree((word.origin,), word.actors, groups)
        ranks[(0 if word.direct else 2) + party].add(word.origin)
    return len(ranks[0]), len(ranks[1]), len(ranks[2]), len(ranks[3])


def _agrees_with(word: Testimony, state: ControlState, groups: Groups) -> bool:
    """Say whether a claim that moved nothing says the same as the state: "reportedly holds" of whom does hold."""
    if word.modality in (Modality.DENIED, Modality.NEGATED) or word.role is Role.LEAVES:
        return word.role is Role.LEAVES and not agree(word.actors, state.holder, groups)
    return agree(word.actors, state.holder, groups) is not word.withdraws


def _place(words: Sequence[Testimony]) -> Place:
    """The place as most claims of English reports write it, else as most do, its entry with it.

    Where none has a name in Latin letters for it ("حلب", "the city") it is called as in the gazetteer.
    """
    names = Counter(w.place.name for w in words) if len(words) > 1 else {words[0].place.name: 1}

    def order(word: Testimony) -> tuple[Any, ...]:
        p, english = word.place, word.language in (None, "en")
        exact = p.precision is PlacePrecision.EXACT
        return not _plain(p), not _latin(p.name), not english, -names[p.name], p.name, not exact

    place = min(words, key=order).place
    if _latin(place.name) or place.entry is None or place.precision is not PlacePrecision.EXACT:
        return place
    return evolve(place, name=place.entry.name)


def _latin(name: str) -> bool:
    """Say whether a name begins with a capital of the Latin alphabet."""
    return name[:1].isupper() and unicodedata.name(name[0], "").startswith("LATIN")


def _plain(place: Place) -> bool:
    """Say whether it is written as the gazetteer has it, rather than "the city" or in another language."""
    return place.entry is not None and place.name == place.entry.name


def _status(words: Sequence[Testimony]) -> Status:
    """The status that most origins give, the less settled of equals; a place taken is held."""
    given = {(w.origin, w.status) for w in words}
    counted = Counter(status for _, status in given)
    return max(_SETTLED, key=lambda s: (counted[s], _SETTLED.index(s)))


def _extent(words: Sequence[Testimony]) -> str:
    """The extent that most origins give, the smaller of equals; a place taken is taken whole."""
    given = {(w.origin, w.extent) for w in words if w.extent is not None}
    counted = Counter(extent for _, extent in given)
    ranked = {extent: _CAUTIOUS.index(extent) if extent in _CAUTIOUS else len(_CAUTIOUS) for extent in counted}
    return max(counted, key=lambda e: (counted[e], ranked[e], e), default="all")
