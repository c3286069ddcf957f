"""Count what the tables of words hold for each language: the folder of cues in, counts by language and table out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warledger.adapters.tables.by_language import CUES
from warledger.adapters.tables.yaml_tables import read_table

BY_LANGUAGE_INSIDE = "actors"
"""The one table that holds every language in one file."""


def count_words(folder: Path = CUES) -> Mapping[str, Mapping[str, int]]:
    """Count the words and patterns of every table.

    Args:
        folder: where the tables lie, one file a table and language (`dates.en.yaml`) or one a table (`actors.yaml`).

    Returns:
        By language (ISO 639-1), by table (actors, dates...), how many words and patterns it holds.

    Raises:
        OSError, ValueError: a table cannot be read.
    """
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for language, lists in read_table(folder / f"{BY_LANGUAGE_INSIDE}.yaml").items():
        counts[language][BY_LANGUAGE_INSIDE] = _leaves(lists)
    for path in sorted(folder.glob("*.*.yaml")):
        table, language, _ = path.name.split(".")
        counts[language][table] = _leaves(read_table(path))
    return counts


def _leaves(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_leaves, value.values()))
    return sum(map(_leaves, value)) if isinstance(value, list) else 1
