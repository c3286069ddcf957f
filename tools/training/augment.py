"""Vary a coded report: two actors change places, places change places, and the claims with them.

A report is read many times in training, and its actors are few: that a name is the attacker of this report is learned
sooner than that the subject of "attacked" is. With two actors swapped, words and all, only the grammar tells who did
it. The mentions that the readers found are moved along, so that nothing is read again.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from warledger.coding.traits import NONSTATE, sides_of
from warledger.domain.actor import Actor, ActorKind
from warledger.domain.mention import ActorMention, Reading, ToponymMention
from warledger.domain.place import PlacePrecision
from warledger.domain.span import Span

Row = dict[str, Any]
ACTOR_FIELDS = ("initiator", "target", "holder", "speaker", "about", "attribution", "side", "subject", "object")
_FLIP = {
    "nonstate_takes_territory": "government_regains_territory",
    "government_regains_territory": "nonstate_takes_territory",
}
_WORDED = frozenset(
    {"actor table", "metonym", "nationality alone", "description: rebels", "description: states"}
    | {"description: unidentified", "description: military"}
)
"""Rules whose words name their actor; a pronoun keeps its words and changes whom it stands for."""
_FORCES = (
    "arm",
    "forc",
    "troop",
    "soldier",
    "milit",
    "soldat",
    "troup",
    "ejérc",
    "trop",
    "войск",
    "солд",
    "جيش",
    "قوات",
    "ordu",
)
"""How words for forces begin or hold; other words of their table are weapons and positions."""


_NOWHERE = {"name": "-", "precision": "country", "latitude": None, "longitude": None, "geonames_id": None}
"""A place that no candidate is: a country whose name was swapped teaches nothing about places."""


@frozen(kw_only=True)
class Edit:
    """Characters of the old text, and what stands there in the new one."""

    start: int
    end: int
    words: str


@frozen(kw_only=True, eq=False)
class Moved:
    """A text after edits, and where each old offset has gone."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    shifts: Sequence[int]

    def at(self, offset: int, *, is_end: bool = False) -> int:
        """The new offset of an old one; inside an edit, the edit's new start or end."""
        number = bisect_right(self.starts, offset - is_end) - 1
        if number < 0:
            return offset
        if offset < self.ends[number] or (is_end and offset == self.ends[number]):
            if offset == self.starts[number] and not is_end:
                return offset + (self.shifts[number - 1] if number else 0)
            return self.ends[number] + self.shifts[number]
        return offset + self.shifts[number]

    def span(self, span: Span) -> Span:
        start, end = self.at(span.start), self.at(span.end, is_end=True)
        return Span.of(self.text, start, max(end, start + 1))


def move(text: str, edits: Sequence[Edit]) -> Moved:
    """Apply edits that do not overlap, in order of the text."""
    pieces, done, shift = [], 0, 0
    shifts = []
    for e in edits:
        pieces += [text[done : e.start], e.words]
        done = e.end
        shift += len(e.words) - (e.end - e.start)
        shifts.append(shift)
    return Moved(
        text="".join([*pieces, text[done:]]),
        starts=[e.start for e in edits],
        ends=[e.end for e in edits],
        shifts=shifts,
    )


def vary(
    row: Row, reading: Reading, actors: Mapping[str, Actor], key: Callable[[str], str], chance: random.Random
) -> tuple[Row, Reading, Moved] | None:
    """A variation of a coded report, or None where it has nothing to swap.

    Args:
        row: the coded report.
        reading: the same as read.
        actors: entries of the actor table by canonical name.
        key: what tells that two names are one actor.
        chance: where the variation comes from.
    """
    sides = _sides(row, reading, actors, key) if chance.random() < 0.8 else []
    swap = _swaps(sides, key)
    towns = _shuffled(reading, chance) if chance.random() < 0.5 else {}
    people = dict(_swapped_mentions(reading.actors, swap, key, chance))
    edits = _edits(reading, people, towns)
    if not edits:
        return None
    moved = move(reading.report.text, edits)
    flip = len({side == NONSTATE for side in sides_of((s[0] for s in sides), actors)}) == 2
    claims = [_claim(c, moved, reading.report.text, swap, key, towns, flip) for c in row["claims"]]
    kept = {(e.start, e.end) for e in edits}
    new = {**row, "text": moved.text, "claims": claims}
    return new, _reading(reading, moved, people, towns, kept, swap, key), moved


def _sides(row: Row, reading: Reading, actors: Mapping[str, Actor], key: Callable[[str], str]) -> list[list[str]]:
    """The two sides that most do and suffer: a group alone, a state with its government and its forces."""
    named = {key(n): n for m in reading.actors if _names(m) for n in (*m.actors, *m.alternatives)}
    doing = Counter(
        key(name) for c in row["claims"] for role in ("initiator", "target", "holder") for name in _listed(c.get(role))
    )
    sides: list[list[str]] = []
    for k, _ in doing.most_common():
        name = named.get(k)
        if name is None or any(name in side for side in sides):
            continue
        entry = actors.get(name)
        state = entry is not None and entry.kind in (ActorKind.MILITARY, ActorKind.GOVERNMENT)
        of = name.partition(" of ")[2]
        sides.append([f"Military Forces of {of}", f"Government of {of}"] if state else [name])
    return sides[:2] if len(sides) > 1 else []


def _swaps(sides: Sequence[Sequence[str]], key: Callable[[str], str]) -> dict[str, str]:
    """Who stands for whom after the swap, by key; what has no like on the other side becomes its first."""
    if not sides:
        return {}
    swap = {}
    for mine, other in (sides, sides[::-1]):
        for number, name in enumerate(mine):
            swap[key(name)] = other[min(number, len(other) - 1)]
    return swap


def _names(mention: ActorMention) -> bool:
    words = mention.span.text.casefold()
    if mention.rule == "description: military":
        return any(part in words for part in _FORCES)
    return mention.rule in _WORDED and len(words) > 1


def _swapped_mentions(
    mentions: Sequence[ActorMention], swap: Mapping[str, str], key: Callable[[str], str], chance: random.Random
) -> list[tuple[int, ActorMention]]:
    """The worded mentions of the two sides, each with a mention of the other side's that takes its place."""
    worded = [(i, key(m.actors[0]), m) for i, m in enumerate(mentions) if len(m.actors) == 1 and _names(m)]
    mine = {k: [m for _, other, m in worded if other == k] for k in swap}
    out = []
    for i, k, _ in worded:
        likes = mine.get(key(swap[k]), []) if k in swap else []
        likes = likes or [
            m
            for name in swap.values()
            for m in mine.get(key(name), [])
            if k in swap and key(swap[k]) != k and _like(name, swap[k])
        ]
        if likes:
            out.append((i, chance.choice(likes)))
    return out


def _like(name: str, other: str) -> bool:
    """Whether two names are one state's."""
    return name.partition(" of ")[2] == other.partition(" of ")[2] != ""


def _shuffled(reading: Reading, chance: random.Random) -> dict[str, ToponymMention]:
    """For each settlement of the report, by key, a mention of another that takes its place."""
    exact = {}
    for m in reading.toponyms:
        if m.entry is not None and m.precision is PlacePrecision.EXACT and m.span.text == m.name:
            exact.setdefault(m.entry.key, m)
    keys = list(exact)
    if len(keys) < 2:
        return {}
    turned = keys[:]
    chance.shuffle(turned)
    return {k: exact[t] for k, t in zip(keys, turned, strict=True) if k != t}


def _edits(reading: Reading, people: Mapping[int, ActorMention], towns: Mapping[str, ToponymMention]) -> list[Edit]:
    wanted = [
        Edit(start=reading.actors[i].span.start, end=reading.actors[i].span.end, words=m.span.text)
        for i, m in people.items()
    ]
    for m in reading.toponyms:
        if m.entry is not None and m.entry.key in towns and m.span.text == m.name:
            wanted.append(Edit(start=m.span.start, end=m.span.end, words=towns[m.entry.key].span.text))
    edits: list[Edit] = []
    for e in sorted(wanted, key=lambda e: (e.start, -e.end)):
        if not edits or e.start >= edits[-1].end:
            first = reading.report.text[e.start]
            words = e.words[0].upper() + e.words[1:] if first.isupper() else e.words
            edits.append(evolve(e, words=words))
    return edits


def _claim(
    claim: Row,
    moved: Moved,
    text: str,
    swap: Mapping[str, str],
    key: Callable[[str], str],
    towns: Mapping[str, ToponymMention],
    flip: bool,
) -> Row:
    out = dict(claim)
    for role in ACTOR_FIELDS:
        if claim.get(role):
            out[role] = [swap.get(key(name), name) for name in _listed(claim[role])]
    quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
    out["quote"] = [_quote(q, moved, text) for q in quotes]
    if claim.get("trigger"):
        out["trigger"] = [moved.at(claim["trigger"][0]), moved.at(claim["trigger"][1], is_end=True)]
    if flip and claim.get("type") in _FLIP and claim.get("initiator") != out.get("initiator"):
        out["type"] = _FLIP[claim["type"]]
    return out


def _quote(quote: str, moved: Moved, text: str) -> str:
    at = text.find(quote)
    return moved.text[moved.at(at) : moved.at(at + len(quote), is_end=True)] if at >= 0 and quote else quote


def _reading(
    reading: Reading,
    moved: Moved,
    people: Mapping[int, ActorMention],
    towns: Mapping[str, ToponymMention],
    edited: set[tuple[int, int]],
    swap: Mapping[str, str],
    key: Callable[[str], str],
) -> Reading:
    def renamed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(swap.get(key(n), n) for n in names)

    def untouched(span: Span) -> bool:
        return not any(span.start < end and start < span.end for start, end in edited)

    actors = []
    for i, m in enumerate(reading.actors):
        span = moved.span(m.span)
        if i in people and (m.span.start, m.span.end) in edited:
            actors.append(evolve(people[i], span=span))
        else:
            actors.append(evolve(m, span=span, actors=renamed(m.actors), alternatives=renamed(m.alternatives)))
    toponyms = []
    for t in reading.toponyms:
        here = (t.span.start, t.span.end) in edited
        if here and t.entry is not None and t.entry.key in towns:
            toponyms.append(evolve(towns[t.entry.key], span=moved.span(t.span)))
        elif untouched(t.span):
            toponyms.append(evolve(t, span=moved.span(t.span)))
    return evolve(
        reading,
        report=evolve(reading.report, text=moved.text),
        sentences=tuple(moved.span(s) for s in reading.sentences),
        actors=tuple(actors),
        toponyms=tuple(toponyms),
        times=tuple(evolve(m, span=moved.span(m.span)) for m in reading.times),
        numbers=tuple(evolve(m, span=moved.span(m.span)) for m in reading.numbers),
    )


def _listed(said: object) -> list[str]:
    return [str(s) for s in said] if isinstance(said, list) else [str(said)] if said else []
