"""Load the phrases of the brief: one YAML file in, `Phrases` out; a code without an entry is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.codes import Act, EventType, Grade, Harm, Modality
from warledger.domain.errors import DataError
from warledger.domain.phrases import ActPhrase, EventPhrase, NamePhrases, Phrases, PlacePhrases

_Code = TypeVar("_Code", bound=StrEnum)


def load_phrases(path: Path) -> Phrases:
    """Read the table.

    Args:
        path: the YAML file.

    Raises:
        DataError: it cannot be read, lacks a part, or lacks an entry for a code.
    """
    try:
        return _phrases(read_typed_table(path))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error


def _phrases(raw: Mapping[str, Any]) -> Phrases:
    return Phrases(
        names=_names(raw["names"]),
        places=_places(raw["places"]),
        times=raw["times"],
        figures=raw["figures"],
        people={kind: (one, many) for kind, (one, many) in raw["people"].items()},
        people_within=raw["people_within"],
        harms={code: said["state"] for code, said in _coded(Harm, raw["harms"]).items()},
        grades=_coded(Grade, raw["grades"]),
        grade_words=_coded(Grade, raw["grade_words"]),
        grade_mixed=raw["grade_mixed"],
        weights={EventType(code): int(weight) for code, weight in raw["weights"].items()},
        modalities=_coded(Modality, raw["modalities"]),
        agentless=_coded(Modality, raw["agentless"]),
        events={code: EventPhrase(**said) for code, said in _coded(EventType, raw["events"]).items()},
        acts={code: ActPhrase(**said) for code, said in _coded(Act, raw["acts"]).items()},
        precedents=raw["precedents"],
        verdicts=raw["verdicts"],
        sections=raw["sections"],
        sentences=raw["sentences"],
        gaps=raw["gaps"],
        ends=raw["ends"],
        surges=raw["surges"],
        extents=raw["extents"],
        languages=raw["languages"],
    )


def _names(raw: Mapping[str, Any]) -> NamePhrases:
    return NamePhrases(
        article_words=frozenset(raw["article_words"]),
        without_article=tuple(raw["without_article"]),
        countries_with_article=frozenset(raw["countries_with_article"]),
        patterns=tuple((p["match"], p["say"]) for p in raw["patterns"]),
        singular=frozenset(raw["singular"]),
        plural_endings=tuple(raw["plural_endings"]),
        organisation_words=frozenset(raw["organisation_words"]),
        outlet_words=frozenset(raw["outlet_words"]),
        person=raw["person"],
        report=raw["report"],
        withheld=raw["withheld"],
        and_more=raw["and_more"],
    )


def _places(raw: Mapping[str, Any]) -> PlacePhrases:
    return PlacePhrases(
        by_precision={p: raw[p] for p in ("exact", "near", "region", "country")},
        own_preposition=tuple(raw["own_preposition"]),
        no_preposition=tuple(raw["no_preposition"]),
        take_article=tuple(raw["take_article"]),
        plural=tuple(raw["plural"]),
        sites=tuple(raw["sites"]),
        site=raw["site"],
        division=raw["division"],
    )


def _coded(codes: type[_Code], raw: Mapping[str, Any]) -> dict[_Code, Any]:
    missing = [str(code) for code in codes if str(code) not in raw]
    if missing:
        raise DataError(f"no entry for {codes.__name__} {', '.join(missing)}")
    return {codes(key): said for key, said in raw.items()}
