"""Tables of the corroborate room: what evidence weighs that two claims tell one happening, or two reports one text in
two languages; whose word is whose."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import StrEnum

from attrs import field, frozen

from warledger.domain.codes import EventType
from warledger.domain.origin import OriginKind

EVIDENCE = (
    "base",
    "same_type",
    "kin_type",
    "same_place",
    "place_beside",
    "place_apart",
    "place_within",
    "place_loose",
    "initiator_shared",
    "initiator_differs",
    "target_differs",
    "roles_swapped",
    "days_agree",
    "days_between",
    "words_shared",
    "figures_agree",
    "figures_differ",
    "listed",
    "told_together",
    "doer_disputed",
    "campaign",
)
"""Evidence that the comparison of two claims weighs; `data/corroborate/weights.yaml` says what each name means."""


@frozen(kw_only=True)
class Weights:
    """How two claims are compared.

    Args:
        evidence: weight of each name of EVIDENCE, in log-odds that the two tell one happening.
        threshold: mean log-odds between two clusters from which they are one.
        kin: pairs of different types that may tell one happening, besides equal types.
        unnamed: actors, without the country in brackets, that stand for nobody in particular.
        mutual: types in which both sides act, so that who is named first says little.
        disputed: types whose doer is often disputed, so that two names for it may still mean one happening.
        campaigns: types that spread over a country, so that a coarse place says little against them.
        open_days: days before its end that a claim with an unknown start is taken to reach back.
        window_days: claims whose last days lie further apart are never one happening.
        same_km: settlements up to this far apart are one place.
        apart_km: settlements further apart are never one place.
        region_km: reach of a region around its centre.
        country_km: reach of a country around its centre, where the gazetteer gives no country code.
        episode_days: most days between two events of one episode.
        episode_km: most kilometres between two events of one episode.
    """

    evidence: Mapping[str, float] = field()
    threshold: float
    kin: frozenset[frozenset[EventType]]
    unnamed: frozenset[str]
    mutual: frozenset[EventType]
    disputed: frozenset[EventType]
    campaigns: frozenset[EventType]
    open_days: int
    window_days: int
    same_km: float
    apart_km: float
    region_km: float
    country_km: float
    episode_days: int
    episode_km: float

    @evidence.validator
    def _whole(self, _: object, evidence: Mapping[str, float]) -> None:
        if set(evidence) != set(EVIDENCE):
            raise ValueError(f"weights name {sorted(set(evidence) ^ set(EVIDENCE))} too much or too little")


class NamedKind(StrEnum):
    """What sort of thing a report names, by how much it says that another report names it too."""

    REGION = "region"
    PLACE = "place"
    STATE = "state"
    ACTOR = "actor"
    DESCRIBED = "described"
    FEW = "few"
    NUMBER = "number"
    DAY = "day"


@frozen(kw_only=True)
class Named:
    """One thing that a report names, the same in every language.

    Args:
        what: key of a place, canonical names of actors, a number, or first and last day.
        kind: its sort; of two that are equal in `what` it may differ, since "the army" is described and then named.
    """

    what: Hashable
    kind: NamedKind = field(eq=False)


@frozen(kw_only=True)
class PairWeight:
    """What it weighs, in log-odds that one report translates the other, that both name a thing, or only one does."""

    agree: float
    differ: float


@frozen(kw_only=True)
class TranslationWeights:
    """How two reports of different languages are compared.

    Args:
        named: weights by sort of thing.
        gap: share of its weight that counts where only the longer report names a thing, between two that both name.
        threshold: log-odds from which one report is taken as a translation of the other.
        least: fewest things that both must name in one order.
        days: most days between the two publications.
    """

    named: Mapping[NamedKind, PairWeight] = field()
    gap: float
    threshold: float
    least: int
    days: int

    @named.validator
    def _whole(self, _: object, named: Mapping[NamedKind, PairWeight]) -> None:
        if set(named) != set(NamedKind):
            raise ValueError(f"weights name {sorted(set(named) ^ set(NamedKind))} too much or too little")


@frozen(kw_only=True)
class Affiliations:
    """Whose word an outlet or agency is, and which names are agencies.

    Args:
        agencies: folded names of news agencies, as bylines and datelines write them, to the canonical name.
        parties: folded names of state media to the actor whose word they are.
        vague: folded words that name no source of their own ("residents", "sources"), and what sort they are.
        cues: folded words that tell what sort a source is ("minister", "doctor").
        kinds: folded names of known sources to what sort they are.
    """

    agencies: Mapping[str, str]
    parties: Mapping[str, str]
    vague: Mapping[str, OriginKind]
    cues: Mapping[str, OriginKind] = field(factory=dict)
    kinds: Mapping[str, OriginKind] = field(factory=dict)
