"""Say whether one field of two claims agrees.

In go claims as the codebook's records; out comes yes or no. Names are compared as actors, places by id or distance,
times by their two days, figures as sets. A field that a record lacks counts as the codebook's default for it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Record = dict[str, Any]

EARTH_DIAMETER_KM = 12742.0

KINDRED_TYPES = (
    "armed_clash nonstate_takes_territory government_regains_territory offensive",
    "air_strike shelling explosive suicide_bomb grenade chemical_weapon",
    "attack abduction sexual_violence",
    "protest protest_with_intervention force_against_protesters violent_demonstration mob_violence",
    "transfer_of_territory withdrawal",
    "troop_movement siege",
    "agreement agreement_breach talks",
    "arrest prisoner_release surrender",
    "group_change base_established government_change",
    "weapons_seized destruction closure",
    "sanction aid",
    "displacement",
)
"""Event types that may stand for one happening; finer than the codebook's families, whose last one is a mixed lot."""

KINDRED_OF = {name: number for number, names in enumerate(KINDRED_TYPES) for name in names.split()}
TEXTS_LEAVE_OPEN = frozenset({frozenset({0, 4}), frozenset({0, 5}), frozenset({1, 2})})
"""Pairs of lots that reports often leave open: taken or entered unopposed, a push or a siege, struck or attacked."""

PLACE_TOLERANCE_KM = {"exact": 5, "near": 15, "region": 60, "country": 400}
COARSE = frozenset({"region", "country"})
ACTOR_FIELDS = frozenset({"initiator", "target", "holder", "subject", "object", "speaker", "attribution"})
DEFAULTS = {"modality": "asserted", "status": "held", "extent": "all"}


def folded(name: object) -> str:
    """Fold case, accents, punctuation and one leading article away."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", str(name or "")) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", plain.casefold()).strip()
    return re.sub(r"^(the|a|an|al|el) ", "", words)


class ActorNames:
    """Names that mean the same actor.

    Args:
        table: canonical name to its other names.
    """

    def __init__(self, table: Mapping[str, Iterable[str]] | None = None) -> None:
        self._canonical = {
            folded(name): folded(canonical)
            for canonical, names in (table or {}).items()
            for name in (canonical, *names)
        }

    def of(self, said: object) -> set[str]:
        """The actors of a field: a list of names, one name, or nothing."""
        names = said if isinstance(said, list) else [said] if said else []
        keys = {self._canonical.get(folded(name), folded(name)) for name in names}
        return keys - {""}


def mostly_the_same(a: set[str], b: set[str]) -> bool:
    """Say whether two sets share at least half of their members; an empty set equals only an empty one."""
    return len(a & b) >= 0.5 * len(a | b) if a and b else a == b


def distance_km(a: Record, b: Record) -> float:
    """Great-circle distance by the haversine formula, in kilometres; both records have coordinates in degrees."""
    lat_a, lon_a, lat_b, lon_b = (
        math.radians(float(value)) for value in (a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    )
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(half))


def _located(place: Record) -> bool:
    return place.get("latitude") is not None and place.get("longitude") is not None


def same_place(gold: Record | None, said: Record | None) -> bool:
    """Say whether two places agree: one GeoNames id, else near enough for gold's precision, else one name."""
    if not gold or not said:
        return not gold and not said
    if gold.get("geonames_id") and gold["geonames_id"] == said.get("geonames_id"):
        return True
    if not (_located(gold) and _located(said)):
        return folded(gold.get("name")) == folded(said.get("name"))
    tolerance = PLACE_TOLERANCE_KM.get(gold.get("precision") or "exact", PLACE_TOLERANCE_KM["exact"])
    both_coarse_or_fine = (gold.get("precision") in COARSE) == (said.get("precision") in COARSE)
    return both_coarse_or_fine and distance_km(gold, said) <= tolerance


def days(claim: Record) -> tuple[str, str]:
    """First and last day of a claim, empty where unknown."""
    time = claim.get("time") or {}
    return (time.get("start") or "")[:10], (time.get("end") or "")[:10]


def figures(claim: Record) -> set[tuple[str, Any, Any]]:
    """What is counted, with least and most; who is counted is left aside."""
    return {
        (harm, figure.get("min"), figure.get("max"))
        for harm, listed in (claim.get("figures") or {}).items()
        for figure in (listed if isinstance(listed, list) else [listed])
        if isinstance(figure, dict)
    }


def precedent(claim: Record) -> tuple[Any, str] | None:
    """Rank and year of a claimed precedent."""
    said = claim.get("precedent")
    return (said.get("rank"), str(said.get("since") or "")[:4]) if said else None


def agrees(field: str, gold: Record, said: Record, actors: ActorNames) -> bool:
    """Say whether one field agrees."""
    if field == "place":
        return same_place(gold.get("place"), said.get("place"))
    if field == "time":
        return days(gold) == days(said)
    if field == "figures":
        return figures(gold) == figures(said)
    if field == "precedent":
        return precedent(gold) == precedent(said)
    if field in ACTOR_FIELDS:
        return mostly_the_same(actors.of(gold.get(field)), actors.of(said.get(field)))
    if field == "about":
        # Whom a statement is about is scored only where gold names somebody: coders leave it out as often as not.
        return not gold.get("about") or mostly_the_same(actors.of(gold["about"]), actors.of(said.get("about")))
    default = DEFAULTS.get(field)
    return folded(gold.get(field) or default) == folded(said.get(field) or default)


def same_core(gold: Record, said: Record, actors: ActorNames) -> bool:
    """Say whether two claims of one kind could be the same claim at all."""
    match gold["kind"]:
        case "event":
            a, b = KINDRED_OF.get(gold.get("type", "")), KINDRED_OF.get(said.get("type", ""))
            return None not in (a, b) and (a == b or frozenset({a, b}) in TEXTS_LEAVE_OPEN)
        case "control":
            return agrees("place", gold, said, actors) or agrees("holder", gold, said, actors)
        case "toll":
            return bool(figures(gold) & figures(said))
        case "relation":
            parties = [actors.of(c.get("subject")) | actors.of(c.get("object")) for c in (gold, said)]
            return parties[0] == parties[1]
        case _:
            return agrees("speaker", gold, said, actors)
