"""The code lists of the codebook: kinds, event types and their families, modalities, acts, grades.

docs/codebook.md is held in step with these enumerations by a test.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a claim is about (codebook, section 1)."""

    EVENT = "event"
    CONTROL = "control"
    TOLL = "toll"
    RELATION = "relation"
    STATEMENT = "statement"


class Family(StrEnum):
    """Families of event types (codebook, section 2)."""

    BATTLE = "battle"
    REMOTE = "remote"
    CIVILIANS = "civilians"
    DEMONSTRATIONS = "demonstrations"
    STRATEGIC = "strategic"


class EventType(StrEnum):
    """Event types (codebook, section 2)."""

    ARMED_CLASH = "armed_clash"
    NONSTATE_TAKES_TERRITORY = "nonstate_takes_territory"
    GOVERNMENT_REGAINS_TERRITORY = "government_regains_territory"
    OFFENSIVE = "offensive"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    EXPLOSIVE = "explosive"
    SUICIDE_BOMB = "suicide_bomb"
    GRENADE = "grenade"
    CHEMICAL_WEAPON = "chemical_weapon"
    ATTACK = "attack"
    ABDUCTION = "abduction"
    SEXUAL_VIOLENCE = "sexual_violence"
    PROTEST = "protest"
    PROTEST_WITH_INTERVENTION = "protest_with_intervention"
    FORCE_AGAINST_PROTESTERS = "force_against_protesters"
    VIOLENT_DEMONSTRATION = "violent_demonstration"
    MOB_VIOLENCE = "mob_violence"
    TRANSFER_OF_TERRITORY = "transfer_of_territory"
    WITHDRAWAL = "withdrawal"
    TROOP_MOVEMENT = "troop_movement"
    SIEGE = "siege"
    AGREEMENT = "agreement"
    AGREEMENT_BREACH = "agreement_breach"
    TALKS = "talks"
    ARREST = "arrest"
    PRISONER_RELEASE = "prisoner_release"
    SURRENDER = "surrender"
    GROUP_CHANGE = "group_change"
    BASE_ESTABLISHED = "base_established"
    WEAPONS_SEIZED = "weapons_seized"
    DESTRUCTION = "destruction"
    CLOSURE = "closure"
    SANCTION = "sanction"
    AID = "aid"
    DISPLACEMENT = "displacement"
    GOVERNMENT_CHANGE = "government_change"


_FAMILY_TYPES = {
    Family.BATTLE: "armed_clash nonstate_takes_territory government_regains_territory offensive",
    Family.REMOTE: "air_strike shelling explosive suicide_bomb grenade chemical_weapon",
    Family.CIVILIANS: "attack abduction sexual_violence",
    Family.DEMONSTRATIONS: "protest protest_with_intervention force_against_protesters"
    " violent_demonstration mob_violence",
}
FAMILY_OF: dict[EventType, Family] = {
    **dict.fromkeys(EventType, Family.STRATEGIC),
    **{EventType(t): family for family, types in _FAMILY_TYPES.items() for t in types.split()},
}
"""The family of each event type."""

ACLED_SUB_EVENT: dict[EventType, str] = {
    **dict.fromkeys(EventType, "Other"),
    EventType.ARMED_CLASH: "Armed clash",
    EventType.NONSTATE_TAKES_TERRITORY: "Non-state actor overtakes territory",
    EventType.GOVERNMENT_REGAINS_TERRITORY: "Government regains territory",
    EventType.AIR_STRIKE: "Air/drone strike",
    EventType.SHELLING: "Shelling/artillery/missile attack",
    EventType.EXPLOSIVE: "Remote explosive/landmine/IED",
    EventType.SUICIDE_BOMB: "Suicide bomb",
    EventType.GRENADE: "Grenade",
    EventType.CHEMICAL_WEAPON: "Chemical weapon",
    EventType.ATTACK: "Attack",
    EventType.ABDUCTION: "Abduction/forced disappearance",
    EventType.SEXUAL_VIOLENCE: "Sexual violence",
    EventType.PROTEST: "Peaceful protest",
    EventType.PROTEST_WITH_INTERVENTION: "Protest with intervention",
    EventType.FORCE_AGAINST_PROTESTERS: "Excessive force against protesters",
    EventType.VIOLENT_DEMONSTRATION: "Violent demonstration",
    EventType.MOB_VIOLENCE: "Mob violence",
    EventType.TRANSFER_OF_TERRITORY: "Non-violent transfer of territory",
    EventType.WITHDRAWAL: "Non-violent transfer of territory",
    EventType.AGREEMENT: "Agreement",
    EventType.ARREST: "Arrests",
    EventType.GROUP_CHANGE: "Change to group/activity",
    EventType.BASE_ESTABLISHED: "Headquarters or base established",
    EventType.WEAPONS_SEIZED: "Disrupted weapons use",
    EventType.DESTRUCTION: "Looting/property destruction",
}
"""ACLED's sub-event type for each event type (ACLED codebook; `Other` where it has none)."""

TERRITORIAL = frozenset(
    {
        EventType.NONSTATE_TAKES_TERRITORY,
        EventType.GOVERNMENT_REGAINS_TERRITORY,
        EventType.TRANSFER_OF_TERRITORY,
    }
)
"""Types that say a place changed hands."""


class Modality(StrEnum):
    """How a report holds a claim (codebook, section 1)."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    NEGATED = "negated"


REAL = frozenset({Modality.ASSERTED, Modality.ALLEGED, Modality.DENIED})
"""Modalities of what is said to have happened; planned, possible and negated claims are kept apart from these."""


class Rank(StrEnum):
    """Ranks of a claimed precedent (codebook, section 1)."""

    FIRST = "first"
    SECOND = "second"
    LARGEST = "largest"
    DEADLIEST = "deadliest"
    MOST_SIGNIFICANT = "most significant"


class Harm(StrEnum):
    """What a figure counts (codebook, section 2)."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    DETAINED = "detained"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"


class Status(StrEnum):
    """How a place is held (codebook, section 3)."""

    HELD = "held"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    ABANDONED = "abandoned"


class Predicate(StrEnum):
    """How one actor stands to another (codebook, section 5)."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    PART_OF = "part_of"
    CONTROLS_GROUP = "controls_group"
    SUCCESSOR_OF = "successor_of"
    SAME_AS = "same_as"


class Act(StrEnum):
    """What a speaker does by speaking (codebook, section 6)."""

    CONDEMN = "condemn"
    ACCUSE = "accuse"
    DENY = "deny"
    DEMAND = "demand"
    APPEAL = "appeal"
    THREATEN = "threaten"
    PROMISE = "promise"
    PRAISE = "praise"
    SUPPORT = "support"
    ASSESS = "assess"
    CLAIM_RESPONSIBILITY = "claim_responsibility"
    ANNOUNCE = "announce"


class Grade(StrEnum):
    """How well an event is supported (codebook, section 8)."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
