"""Load how precedents are told: `data/cues/precedents.<language>.yaml`, to compiled patterns.

In a pattern `{event}` stands for the table's nouns of happenings, `{since}` for its opening words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.codes import Rank
from warledger.domain.cues import PrecedentCues, fold


def load_precedents(folder: Path = CUES) -> Mapping[str, PrecedentCues]:
    """Load every language's table.

    Args:
        folder: where the tables lie.

    Returns:
        The cues of each language that has a table.

    Raises:
        OSError, ValueError: a table cannot be read; re.error: a pattern is none.
    """
    return ByLanguage(folder, "precedents", lambda code: _cues(folder / f"precedents.{code}.yaml"))


def _cues(path: Path) -> PrecedentCues:
    table = read_table(path)
    event, since = ("(?:" + "|".join(map(fold, table[key])) + ")" for key in ("event", "since"))
    ranks = tuple(
        (Rank(rank), re.compile(rf"\b(?:{fold(p).replace('{event}', event).replace('{since}', since)})"))
        for rank, patterns in table["ranks"].items()
        for p in patterns
    )
    return PrecedentCues(ranks=ranks, since=re.compile(rf"\b{since}\b"), trigger=_trigger(table["trigger"]))


def _trigger(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(fold, words)))
