"""The groups, codes and roles that the model scores: the one place that fixes their order.

A group is what a word is found for (a group of like event types, control, toll, statement); a code tells the members of
a group apart (the event type, the act); a role is what a candidate is to the claim.
"""

from __future__ import annotations

import numpy as np

from warledger.domain.codes import Act, Harm, Kind, Modality, Status
from warledger.ports import Array

GROUPS: dict[str, tuple[str, ...]] = {
    "event:battle": ("armed_clash", "nonstate_takes_territory", "government_regains_territory", "offensive"),
    "event:remote": ("air_strike", "shelling", "explosive", "suicide_bomb", "grenade", "chemical_weapon"),
    "event:civilians": ("attack", "abduction", "sexual_violence"),
    "event:demonstrations": (
        "protest",
        "protest_with_intervention",
        "force_against_protesters",
        "violent_demonstration",
        "mob_violence",
    ),
    "event:territory": ("transfer_of_territory", "withdrawal"),
    "event:movement": ("troop_movement", "siege"),
    "event:deal": ("agreement", "agreement_breach", "talks"),
    "event:custody": ("arrest", "prisoner_release", "surrender"),
    "event:organisation": ("group_change", "base_established", "government_change"),
    "event:material": ("weapons_seized", "destruction", "closure"),
    "event:outside": ("sanction", "aid"),
    "event:people": ("displacement",),
    "control": ("control",),
    "toll": ("toll",),
    "statement": tuple(Act),
}
"""Groups and their codes. Like types are found together, since one verb often serves several of them."""

GROUP_NAMES: tuple[str, ...] = tuple(GROUPS)
CODES: tuple[str, ...] = tuple(code for codes in GROUPS.values() for code in codes)
"""Every code, group after group; no code stands in two groups."""

MEMBERS: Array = np.array([[code in codes for code in CODES] for codes in GROUPS.values()])
"""Which codes belong to which group; shape (groups, codes)."""

ACTOR_ROLES = ("initiator", "target", "holder", "speaker", "about", "attribution", "side")
PLACE_ROLES = ("place",)
TIME_ROLES = ("time",)
NUMBER_ROLES: tuple[str, ...] = tuple(Harm)
WORD_ROLES = ("quote_start", "quote_end")
CLASSES: dict[str, tuple[str, ...]] = {
    "actors": ACTOR_ROLES,
    "places": PLACE_ROLES,
    "times": TIME_ROLES,
    "numbers": NUMBER_ROLES,
    "words": WORD_ROLES,
}
"""The classes of candidates and the roles that each can fill."""

ROLES: tuple[str, ...] = tuple(role for roles in CLASSES.values() for role in roles)
"""Every role, in the order of the score that stands for nobody."""

BESIDE = (("target", "initiator"), ("about", "speaker"))
"""Roles whose filler hangs on who fills another: the one who suffers it on the one who does it."""

KIND_ROLES: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("initiator", "target", "attribution", "place", "time", *NUMBER_ROLES),
    Kind.CONTROL: ("holder", "attribution", "place", "time"),
    Kind.TOLL: ("attribution", "side", "place", "time", *NUMBER_ROLES),
    Kind.STATEMENT: ("speaker", "about", "attribution"),
}
"""The roles of each kind of claim."""

MODALITIES: tuple[str, ...] = tuple(Modality)
STATUSES: tuple[str, ...] = tuple(Status)
EXTENTS = ("all", "most", "part", "count")
"""Extents of control; `count` is read from the number beside it."""


def kind_of(group: int) -> Kind:
    """The kind of claim that a group stands for."""
    return Kind(GROUP_NAMES[group].split(":")[0])


def group_of(code: str) -> int:
    """The group that a code belongs to.

    Raises:
        ValueError: the codebook has no such code.
    """
    return int(MEMBERS[:, CODES.index(code)].argmax())
