"""Load the phrases of the brief: one language's YAML file in, `Phrases` out; a code without an entry is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.codes import Act, EventType, Grade, Harm, Modality, Rank
from warledger.domain.errors import DataError
from warledger.domain.phrases import ActPhrase, Counting, EventPhrase, Form, NamePhrases, Phrases, PlacePhrases

_Code = TypeVar("_Code", bound=StrEnum)

RULES = "rules.yaml"
"""Beside the languages' tables: what the telling weighs and tells apart in all of them."""


def load_phrases(path: Path) -> Phrases:
    """Read the table.

    Args:
        path: the YAML file of a language; the rules lie beside it.

    Raises:
        DataError: it cannot be read, lacks a part, or lacks an entry for a code.
    """
    try:
        return _phrases(read_typed_table(path), read_typed_table(path.with_name(RULES)))
    except (OSError, KeyError, TypeError, ValueError, re.error) as error:
        raise DataError(f"{path}: {error}") from error


def _phrases(raw: Mapping[str, Any], rules: Mapping[str, Any]) -> Phrases:
    (a, z), (between, last) = raw["letters"], raw["joints"]
    return Phrases(
        language=raw["language"],
        direction=raw["direction"],
        letters=(a, z),
        quote=raw["quote"],
        foreign=raw["foreign"],
        joints=(between, last),
        counting=tuple(Counting(first=c["first"], last=c["last"], of=c.get("of")) for c in raw["counting"]),
        numbers=tuple(raw["numbers"]),
        months=tuple(raw["months"]),
        names=_names(raw["names"], rules["names"]),
        places=_places(raw["places"]),
        times=raw["times"],
        figures=raw["figures"],
        people=raw["people"],
        counted=raw["counted"],
        people_within=rules["people_within"],
        harms=_coded(Harm, raw["harms"]),
        grades=_coded(Grade, raw["grades"]),
        grade_words=_coded(Grade, raw["grade_words"]),
        grade_mixed=raw["grade_mixed"],
        weights={EventType(code): int(weight) for code, weight in rules["weights"].items()},
        modalities=_coded(Modality, raw["modalities"]),
        modality_words=_coded(Modality, raw["modality_words"]),
        agentless=_coded(Modality, raw["agentless"]),
        events={code: EventPhrase(**said) for code, said in _coded(EventType, raw["events"]).items()},
        acts={code: ActPhrase(**said) for code, said in _coded(Act, raw["acts"]).items()},
        ranks=_coded(Rank, raw["ranks"]),
        precedents=raw["precedents"],
        verdicts=raw["verdicts"],
        sections=raw["sections"],
        sentences=raw["sentences"],
        titles=raw["titles"],
        reasons=raw["reasons"],
        gaps=raw["gaps"],
        ends=raw["ends"],
        surges=raw["surges"],
        extents=raw["extents"],
        fields=raw["fields"],
        languages=raw["languages"],
    )


def _names(raw: Mapping[str, Any], rules: Mapping[str, Any]) -> NamePhrases:
    return NamePhrases(
        article_words=frozenset(rules["article_words"]),
        without_article=tuple(raw["without_article"]),
        countries_with_article=frozenset(raw["countries_with_article"]),
        patterns=tuple((p["match"], p["say"]) for p in raw["patterns"]),
        forms=_forms(raw["forms"]),
        several=raw["several"],
        oblique=raw["oblique"],
        organisation_words=frozenset(rules["organisation_words"]),
        outlet_words=frozenset(rules["outlet_words"]),
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
        forms=_forms(raw["forms"]),
        several=raw["several"],
        sites=tuple(raw["sites"]),
        site=raw["site"],
        division=raw["division"],
        away=raw["away"],
        here=raw["here"],
        around=raw["around"],
    )


def _forms(raw: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    return tuple(Form(match=re.compile(f["match"]), form=f["form"]) for f in raw)


def _coded(codes: type[_Code], raw: Mapping[str, Any]) -> dict[_Code, Any]:
    missing = [str(code) for code in codes if str(code) not in raw]
    if missing:
        raise DataError(f"no entry for {codes.__name__} {', '.join(missing)}")
    return {codes(key): said for key, said in raw.items()}
