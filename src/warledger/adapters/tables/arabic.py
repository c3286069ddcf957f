"""Load how Arabic writes actors: the data folder and the actor table in, `ArabicNames` out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.arabic import ArabicNames, Land, Pattern, plain_land
from warledger.domain.errors import DataError
from warledger.domain.naming import ActorNames

_MADE_FEMININE = "ي"
"""The ending of the adjectives of lands, which takes ta marbuta."""


def load_arabic_names(folder: Path, actors: ActorNames) -> ArabicNames:
    """Load the tables.

    Args:
        folder: the data folder.
        actors: the actor table, with its states and their adjectives.

    Raises:
        DataError: a table cannot be read or breaks its shape.
    """
    path = folder / "tell" / "names.ar.yaml"
    try:
        raw = read_table(path)
        adjectives = {r["iso"]: r["ar"].split("|")[0] for r in _rows(folder / "actors" / "states.tsv")}
        patterns = [Pattern(match=re.compile(p["match"]), say=p.get("say"), plain=p["plain"]) for p in raw["patterns"]]
        lands = {
            r["iso"]: r["ar"].split("(")[0].strip() for r in _rows(folder / "gazetteer" / "countries.tsv") if r["ar"]
        }
    except (OSError, KeyError, TypeError, re.error) as error:
        raise DataError(f"{path}: {error}") from error
    return ArabicNames(
        patterns=tuple(patterns),
        names=raw["names"],
        lands={
            plain_land(s.name): Land(name=lands[s.iso], adjective=_feminine(adjectives.get(s.iso, "")))
            for s in actors.states.values()
            if s.iso in lands
        },
        actors=actors.actors,
        titles=raw["titles"],
    )


def _feminine(stem: str) -> str | None:
    return f"ال{stem}ة" if stem.endswith(_MADE_FEMININE) else None


def _rows(path: Path) -> Iterable[dict[str, str]]:
    lines = (x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#"))
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
