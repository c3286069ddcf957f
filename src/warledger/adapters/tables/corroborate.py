"""Load the tables of the corroborate room: what is in `data/corroborate/`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.actor import DatedRelation
from warledger.domain.codes import EventType
from warledger.domain.corroboration import Affiliations, NamedKind, PairWeight, TranslationWeights, Weights
from warledger.domain.errors import DataError
from warledger.domain.origin import OriginKind

FOLDER = Path(__file__).parents[2] / "data" / "corroborate"


def load_weights(path: Path = FOLDER / "weights.yaml") -> Weights:
    """Load the weights of evidence.

    Raises:
        DataError: a name, type or number is missing or unknown.
    """
    table = read_typed_table(path)
    try:
        kin = {frozenset(map(EventType, pair)) for group in table.pop("kin") for pair in combinations(group, 2)}
        return Weights(
            kin=frozenset(kin),
            unnamed=frozenset(table.pop("unnamed")),
            mutual=_types(table.pop("mutual")),
            disputed=_types(table.pop("disputed")),
            campaigns=_types(table.pop("campaigns")),
            **table,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def load_translation_weights(path: Path = FOLDER / "translations.yaml") -> TranslationWeights:
    """Load what tells that one report translates another.

    Raises:
        DataError: a sort of thing or a number is missing or unknown.
    """
    table = read_typed_table(path)
    try:
        named = {NamedKind(kind): PairWeight(**weight) for kind, weight in table.pop("named").items()}
        return TranslationWeights(named=named, **table)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def load_affiliations(
    path: Path = FOLDER / "affiliations.yaml", kinds: Mapping[str, str] | None = None
) -> Affiliations:
    """Load agencies, state media and words for sources.

    Args:
        path: the table.
        kinds: kinds of actors by name, from the actor table.

    Raises:
        DataError: a part is missing, or a sort of source is unknown.
    """
    table = read_typed_table(path)
    try:
        return Affiliations(
            agencies={n.casefold(): name for name, names in table["agencies"].items() for n in (name, *names)},
            parties={n.casefold(): actor for actor, names in table["state_media"].items() for n in names},
            vague=_by_word(table["vague"]),
            cues=_by_word(table["cues"]),
            kinds={n.casefold(): _SORT[kind] for n, kind in (kinds or {}).items() if kind in _SORT},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def load_sides(
    path: Path = FOLDER / "sides.yaml", members: Mapping[str, tuple[DatedRelation, ...]] | None = None
) -> Mapping[str, tuple[DatedRelation, ...]]:
    """Load who fights under whose name: each group to the alliances above it, and when.

    Args:
        path: the table of what is told under another's name without being a member.
        members: what else stands above a group, from the actor table's relations.

    Raises:
        DataError: an alliance has no list of groups.
    """
    above = {member: list(alliances) for member, alliances in (members or {}).items()}
    for alliance, members in read_typed_table(path).items():
        if not isinstance(members, list):
            raise DataError(f"{path.name}: {alliance} has no list of groups")
        for member in members:
            above.setdefault(member, []).append(DatedRelation(predicate="part_of", object=alliance))
    return {member: tuple(dict.fromkeys(alliances)) for member, alliances in above.items()}


_SORT = {
    **dict.fromkeys(("armed_group", "alliance"), OriginKind.PARTY),
    **dict.fromkeys(("official", "police", "international"), OriginKind.OFFICIAL),
    "monitor": OriginKind.MONITOR,
    "agency": OriginKind.AGENCY,
    "outlet": OriginKind.OUTLET,
}
"""What sort of source an actor of a kind is."""


def _by_word(table: dict[str, list[str]]) -> dict[str, OriginKind]:
    return {word.casefold(): OriginKind(kind) for kind, words in table.items() for word in words}


def _types(names: list[str]) -> frozenset[EventType]:
    return frozenset(map(EventType, names))
