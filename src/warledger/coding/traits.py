"""Traits of candidates: what a mention is, whatever its words. Mentions and the actor table in, arrays out.

The network sees the words; traits tell it what no word shows: that a name is an army's, that a town lies in the
report's country, that a date is the day of publication. A name that the network never saw has traits all the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from warledger.domain.actor import Actor, ActorKind
from warledger.domain.mention import NumberMention, TimeMention, ToponymMention
from warledger.domain.place import GazetteerEntry
from warledger.domain.when import TimePrecision
from warledger.ports import Array

ACTOR_FORMS = ("name", "description", "unknown", "people", "anaphora", "metonym", "alternative")
PLACE_FORMS = ("exact", "near", "region", "country", "unresolved")
TIME_ROLES = ("point", "since", "until")
TIME_FORMS = (*TIME_ROLES, "other", "present", "window", "window to day", "reading")
"""How a time is told: its role; for what several words tell together, the kind of rule; else another reading."""
READINGS = frozenset({"rounded window", "since to day", "mid day", "edge", "other year", "other weekend", "to date"})
READINGS |= {"since point", "until point", "until ahead", "days ago", "counted", "nth day", "several days"}
"""Rules that read words in another way than the first: no other form tells them from the first reading."""
NUMBER_FORMS = ("total", "civilians", "fighters", "soldiers", "children", "people", "bare")
SITES = ("country", "division", "district", "settlement", "site")
_KINDS = tuple(ActorKind)
_SIDES = ("state", "nonstate", "foreign")
_SPAN = tuple(TimePrecision)

TRAITS: Mapping[str, tuple[str, ...]] = {
    "actors": (
        *(f"form {f}" for f in ACTOR_FORMS),
        *(f"kind {k}" for k in _KINDS),
        *(f"side {s}" for s in _SIDES),
        "in no table",
        "people harmed",
        "of the report's country",
        "of another country",
        "first of its side",
        "said how often",
    ),
    "places": (
        *(f"form {f}" for f in PLACE_FORMS),
        *(f"a {s}" for s in SITES),
        "a further reading of its words",
        "in the report's country",
        "in another country",
        "population",
        "holds another of the sentence",
        "lies in another of the sentence",
        "first of its kind",
        "said how often",
    ),
    "times": (
        *(f"form {f}" for f in TIME_FORMS),
        *(f"precision {p}" for p in _SPAN),
        "day of publication",
        "day before",
        "within a week",
        "over a month ago",
        "over a year ago",
        "to come",
        "said how often",
    ),
    "numbers": (*(f"form {f}" for f in NUMBER_FORMS), "size", "no least", "no most"),
    "words": ("a mark",),
}
"""The traits of each class of candidates, in the order of the arrays' columns."""

NO_SIDE, PEOPLE, NONSTATE = "", "people", "nonstate"
_PEOPLE = "Civilians ("
_UNNAMED = ("Rebels (", "Unidentified armed group (")


def sides_of(names: Iterable[str], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Whose side each actor is on, roughly: a state by its country, armed groups, people harmed, or nobody's."""
    return tuple(_side(name, actors) for name in names)


def _side(name: str, actors: Mapping[str, Actor]) -> str:
    entry = actors.get(name)
    if name.startswith(_PEOPLE):
        return PEOPLE
    if name.startswith(_UNNAMED):
        return NONSTATE
    if entry is None:
        return NO_SIDE
    if entry.kind in (ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE):
        return entry.country or NO_SIDE
    return NONSTATE if entry.side == NONSTATE else NO_SIDE


def actor_traits(names: Sequence[str], forms: Sequence[str], country: str | None, actors: Mapping[str, Actor]) -> Array:
    """Traits of actor mentions.

    Args:
        names: the canonical name that each mention stands for.
        forms: the form of each mention, one of ACTOR_FORMS.
        country: ISO code of the country that the report is about, or None.
        actors: entries by canonical name.

    Returns:
        float32 array of shape (mentions, traits).
    """
    said = Counter(names)
    first: dict[str, str] = {}
    for name, _ in said.most_common():
        first.setdefault(_side(name, actors), name)
    home = next((a.name for a in actors.values() if a.country == country and a.kind is ActorKind.GOVERNMENT), "")
    here = f"({home.removeprefix('Government of ')})"
    rows = []
    for name, form in zip(names, forms, strict=True):
        entry, side = actors.get(name), _side(name, actors)
        at_home = entry.country == country if entry is not None else name.endswith(here)
        rows.append(
            [
                *_one(ACTOR_FORMS, form),
                *_one(_KINDS, entry.kind if entry is not None else None),
                *_one(_SIDES, entry.side if entry is not None else side),
                entry is None,
                side == PEOPLE or form == "people",
                country is not None and at_home,
                entry is not None and entry.country is not None and not at_home,
                side != NO_SIDE and first[side] == name,
                math.log1p(said[name]) / 3,
            ]
        )
    return _array(rows, "actors")


def place_traits(mentions: Sequence[ToponymMention], sentence: Sequence[int], country: str | None) -> Array:
    """Traits of place mentions.

    Args:
        mentions: the mentions.
        sentence: number of each one's sentence.
        country: ISO code of the country that the report is about, or None.

    Returns:
        float32 array of shape (mentions, traits).
    """
    said = Counter(_key(m) for m in mentions)
    first: dict[str, str] = {}
    for m in mentions:
        first.setdefault(_site(m.entry), _key(m))
    beside: dict[int, list[GazetteerEntry]] = {}
    for m, number in zip(mentions, sentence, strict=True):
        if m.entry is not None:
            beside.setdefault(number, []).append(m.entry)
    rows, read = [], set()
    for m, number in zip(mentions, sentence, strict=True):
        entry = m.entry
        others = beside.get(number, []) if entry is not None else []
        rows.append(
            [
                *_one(PLACE_FORMS, str(m.precision) if entry is not None else "unresolved"),
                *_one(SITES, _site(entry)),
                m.span in read,
                entry is not None and entry.country == country,
                entry is not None and entry.country != country,
                math.log10(1 + entry.population) / 7 if entry is not None else 0.0,
                entry is not None and any(_holds(entry, other) for other in others),
                entry is not None and any(_holds(other, entry) for other in others),
                first[_site(entry)] == _key(m),
                math.log1p(said[_key(m)]) / 3,
            ]
        )
        read.add(m.span)
    return _array(rows, "places")


def _key(mention: ToponymMention) -> str:
    return mention.entry.key if mention.entry is not None else mention.name.casefold()


def _site(entry: GazetteerEntry | None) -> str:
    code = entry.feature_code if entry is not None else ""
    if code.startswith("PCL"):
        return "country"
    if code.startswith("ADM1"):
        return "division"
    if code.startswith("ADM"):
        return "district"
    return "settlement" if code.startswith("PPL") else "site"


def _holds(outer: GazetteerEntry, inner: GazetteerEntry) -> bool:
    if outer.key == inner.key or outer.country != inner.country:
        return False
    site = _site(outer)
    if site == "country":
        return True
    return inner.parent == outer.key or (site == "division" and inner.admin1 == outer.name)


def time_traits(mentions: Sequence[TimeMention], published: date) -> Array:
    """Traits of time mentions that have an interval; float32 array of shape (mentions, traits)."""
    said = Counter((m.interval.start, m.interval.end) for m in mentions if m.interval is not None)
    rows = []
    for m in mentions:
        if m.interval is None:
            raise ValueError(f"{m.span.text!r} at {m.span.start} has no interval")
        start, end = m.interval.start, m.interval.end
        ago = (published - (end or start or published)).days
        day = start == end
        rows.append(
            [
                *_one(TIME_FORMS, _time_form(m)),
                *_one(_SPAN, m.interval.precision),
                day and ago == 0,
                day and ago == 1,
                0 <= ago < 7,
                ago > 31,
                ago > 366,
                ago < 0,
                math.log1p(said[start, end]) / 3,
            ]
        )
    return _array(rows, "times")


def _time_form(mention: TimeMention) -> str:
    """Readings of the same words differ in form, so that the coder can tell them apart."""
    if mention.rule in TIME_FORMS:
        return mention.rule
    return "reading" if mention.rule in READINGS else mention.role


def number_traits(mentions: Sequence[NumberMention]) -> Array:
    """Traits of numbers of people; float32 array of shape (mentions, traits)."""
    rows = [
        [
            *_one(NUMBER_FORMS, m.of or "bare"),
            math.log10(1 + (m.min or m.max or 0)) / 5,
            m.min is None,
            m.max is None,
        ]
        for m in mentions
    ]
    return _array(rows, "numbers")


def _one(names: Sequence[object], name: object) -> list[float]:
    return [float(n == name) for n in names]


def _array(rows: list[list[float]], name: str) -> Array:
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(TRAITS[name]))
