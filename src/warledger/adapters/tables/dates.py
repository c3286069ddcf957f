"""Load the words of time: `data/cues/dates.<language>.yaml` with the number words of the same language, to lexicons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.cues import Lexicon, fold


def load_dates(folder: Path = CUES) -> Mapping[str, Lexicon]:
    """Load every language's words of time.

    Args:
        folder: where the tables lie.

    Returns:
        A lexicon for each language that has a table.

    Raises:
        OSError, ValueError: a table is missing or cannot be read.
    """
    return ByLanguage(folder, "dates", lambda language: _lexicon(folder, language))


def _lexicon(folder: Path, language: str) -> Lexicon:
    table = read_table(folder / f"dates.{language}.yaml")
    numbers = read_table(folder / f"numbers.{language}.yaml")
    cased = {fold(w) for w in table.pop("cased", ())}
    prefixes = table.pop("prefixes", ())
    rows = [(w, k, v, fold(w) in cased) for k, words in table.items() for v, w in pairs(words)]
    rows += [(w, "number", v, False) for v, w in pairs(numbers["words"])]
    return Lexicon.of(language, rows, prefixes)


def pairs(words: Any) -> Iterator[tuple[str, str]]:
    """The (value, phrase) pairs of a class: a list has no values, a mapping has its keys."""
    if isinstance(words, dict):
        yield from ((str(value), str(word)) for value, listed in words.items() for word in listed)
    else:
        yield from (("", str(word)) for word in words)
