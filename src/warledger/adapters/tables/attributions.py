"""Load the words of saying: `data/cues/attributions.<language>.yaml`, to cue tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.dates import pairs
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.cues import AttributionCues, fold

SETS = ("joint", "relative", "whether", "article", "link", "by", "determiner", "be", "agent")
"""The sets of small words; a language may leave some empty."""


def load_attributions(folder: Path = CUES) -> Mapping[str, AttributionCues]:
    """Load every language's words of saying.

    Args:
        folder: where the tables lie.

    Returns:
        The cues of each language that has a table.

    Raises:
        OSError, ValueError: a table cannot be read.
    """
    return ByLanguage(folder, "attributions", lambda code: _cues(folder / f"attributions.{code}.yaml"))


def _cues(path: Path) -> AttributionCues:
    table = read_table(path)
    return AttributionCues(
        verbs={fold(word): kind for kind, word in pairs(table["verbs"])},
        words={fold(word): kind for kind, word in pairs(table["words"])},
        sets={name: frozenset(map(fold, table["sets"].get(name, ()))) for name in SETS},
        endings=tuple(table.get("endings", ())),
        according=_any_of(table["according"]),
        source_first=table.get("source_first") == "true",
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)" if phrases else r"(?!)")
