"""How relations are told, as values: rules over a sentence in which one sign stands for each actor."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from warledger.domain.codes import Predicate

SLOTS: Mapping[str, int] = {
    "state": 0xE000,
    "forces": 0xE100,
    "group": 0xE200,
    "described": 0xE300,
    "person": 0xE400,
    "name": 0xE500,
    "other": 0xE600,
    "pronoun": 0xE700,
    "body": 0xE800,
}
"""The first sign of each sort of actor; a sort has as many signs as MOST_SLOTS, all of Unicode's private use."""
MOST_SLOTS = 0x100
CLASSES: Mapping[str, tuple[str, ...]] = {
    "side": ("state", "forces", "group", "described", "body", "person", "name"),
    "state": ("state",),
    "named": ("group", "body", "name"),
    "headed": ("forces", "group", "described", "body", "name"),
    "faction": ("group", "described"),
    "group": ("group", "described", "body"),
    "forces": ("forces",),
    "body": ("body",),
    "described": ("described",),
    "armed": ("forces", "group", "described"),
    "led": ("group", "described", "name"),
    "person": ("person", "name", "group", "state"),
    "any": ("state", "forces", "group", "described", "body", "person", "name", "other"),
    "human": ("person", "name"),
    "who": ("person", "name", "group", "state"),
    "pronoun": ("pronoun",),
}
"""What the slots of a rule take; a person may be known as the head of a group or state that the name stands for."""


@frozen(kw_only=True)
class RelationRule:
    """One way of telling a relation.

    Args:
        name: what evidence calls it.
        predicate: how the subject stands to the object.
        pattern: over the folded sentence with signs for actors; groups `s` and `o` are subject and object.
        persons: groups of the pattern that are people, named by their own words.
        forces: groups in which a state stands for its armed forces.
        of_its_side: whether a subject that is described only is a group of the object's side.
        prior: the probability that such words tell the relation.
    """

    name: str
    predicate: Predicate
    pattern: re.Pattern[str]
    persons: frozenset[str] = frozenset()
    forces: frozenset[str] = frozenset()
    of_its_side: bool = False
    prior: float


@frozen(kw_only=True)
class RelationCues:
    """How one language tells relations.

    Args:
        rules: tried in order; of two that tell the same in overlapping words the first counts.
        joined: words that a hyphen or nothing joins to an actor ("Iran-backed"); group `inner` is the actor.
        inside: where a mention's own words tell a relation: group `inner` is another actor than the mention's.
        titles: ranks and offices before a person's name.
        leaders: folded spellings of leaders' names, in any language, with the name that claims give them.
        leader: finds such a spelling; group `name`.
        nobody: folded descriptions that stand for no actor here ("leader").
        home: folded words that a hyphen joins for the government of the report's country ("anti-government").
        nouns: folded words that stand for the group named last ("the Iran-backed group").
        apposition: words between an actor and a description of the same actor (", a youth").
        denied: words before or among the others that deny the relation.
        alleged: words that mark it as alleged.
    """

    rules: tuple[RelationRule, ...] = field(repr=False)
    joined: tuple[re.Pattern[str], ...]
    inside: tuple[re.Pattern[str], ...]
    titles: re.Pattern[str]
    leaders: Mapping[str, str] = field(repr=False)
    leader: re.Pattern[str] = field(repr=False)
    nobody: frozenset[str]
    home: frozenset[str]
    nouns: re.Pattern[str]
    apposition: re.Pattern[str]
    denied: re.Pattern[str]
    alleged: re.Pattern[str]
