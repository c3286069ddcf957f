"""Load what words say outright: `data/deeds.yaml` and `data/cues/deeds.<language>.yaml`, to the rules of a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from warledger.adapters.tables.by_language import ByLanguage
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.codes import Act, EventType, Kind
from warledger.domain.cues import DeedRule, any_of
from warledger.domain.errors import DataError

NOTHING = "nothing"
_CODES = {*EventType, *Act, Kind.CONTROL}


def load_deeds(data: Path) -> Mapping[str, Sequence[DeedRule]]:
    """Load the rules of every language that has a table of words.

    Args:
        data: the folder that holds `deeds.yaml` and `cues/`.

    Returns:
        By language, its rules in the order in which they are tried; a rule that its table has no words for is left out.

    Raises:
        OSError: a table cannot be read; DataError: a rule names a code that there is not, or no number;
        re.error: a pattern is none.
    """
    rules = read_table(data / "deeds.yaml")["rules"]
    for number, row in enumerate(rules, start=1):
        _check(row, f"deeds.yaml, rule {number}")
    cues = data / "cues"
    return ByLanguage(cues, "deeds", lambda code: _rules(rules, read_table(cues / f"deeds.{code}.yaml")))


def _check(row: Mapping[str, Any], where: str) -> None:
    unknown = {*row["of"], row["is"], *row.get("beside", ())} - _CODES - {NOTHING}
    if unknown:
        raise DataError(f"{where}: no such code: {', '.join(sorted(unknown))}")
    if not row.get("near", "0").isdigit():
        raise DataError(f"{where}: near: {row['near']!r} is no number of words")


def _rules(rules: Sequence[Mapping[str, Any]], words: Mapping[str, Sequence[str]]) -> Sequence[DeedRule]:
    return tuple(
        DeedRule(
            name=row["words"],
            of=frozenset(row["of"]),
            meant=None if row["is"] == NOTHING else row["is"],
            words=any_of(words[row["words"]]),
            unless=any_of(words[row["unless"]]) if row.get("unless") in words else None,
            near=int(row["near"]) if "near" in row else None,
            beside=frozenset(row.get("beside", ())),
        )
        for row in rules
        if row["words"] in words
    )
