"""Load the words of number: `data/cues/numbers.<language>.yaml` with the months and units of its dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.dates import pairs
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.cues import Lexicon, fold

_TENS = range(20, 100, 10)


def load_numbers(folder: Path = CUES) -> Mapping[str, Lexicon]:
    """Load every language's words of number.

    Args:
        folder: where the tables lie.

    Returns:
        A lexicon for each language that has a table.

    Raises:
        OSError, ValueError: a table is missing or cannot be read.
    """
    return ByLanguage(folder, "numbers", lambda language: _lexicon(folder, language))


def _lexicon(folder: Path, language: str) -> Lexicon:
    table = read_table(folder / f"numbers.{language}.yaml")
    separators, prefixes = str(table.pop("separators")), table.pop("prefixes", ())
    among = tuple(sorted(table.pop("among", ()), key=len, reverse=True))
    words = table.pop("words")
    rows = [(w, _number_kind(int(v)), v, False) for v, w in pairs(words)]
    rows += [(w, "single", f"{n}:{v}", False) for n, nouns in table.pop("single", {}).items() for v, w in pairs(nouns)]
    rows += [(w, kind, v, False) for kind, listed in table.items() for v, w in pairs(listed)]
    rows += list(_calendar(folder / f"dates.{language}.yaml"))
    return evolve(Lexicon.of(language, rows, prefixes, separators), among=among)


def _number_kind(value: int) -> str:
    if value in _TENS:
        return "tens"
    return "hundreds" if value >= 100 and value % 100 == 0 else "ones"


def _calendar(path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Months and units of time are what a number may count that is no person."""
    if not path.exists():
        return
    table: dict[str, Any] = read_table(path)
    cased = {fold(word) for word in table.get("cased", ())}
    for kind in ("month", "unit"):
        yield from ((word, "unit", "", fold(word) in cased) for _, word in pairs(table[kind]))
