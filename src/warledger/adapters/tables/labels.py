"""Load a foreign list of classes: YAML with `classes`, each with our event `types`, `acts` or cue words, to rows.

A cue is written as words; as steps with ".." between them, which follow each other within a few words; or as parts with
"&" between them, which all stand in the text. A step written `<name>` is any word of that list under `words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.classes import Cue, ForeignClass, Words
from warledger.domain.codes import Act, EventType
from warledger.domain.errors import DataError


def load_classes(path: Path) -> tuple[ForeignClass, ...]:
    """Load the classes.

    Raises:
        DataError: a class names an event type or an act that the codebook does not have, or a list of words that the
            table does not have.
    """
    table = read_typed_table(path)
    lists = {name: tuple(words) for name, words in table.get("words", {}).items()}
    return tuple(_class(path, name, row, lists) for name, row in table["classes"].items())


def _class(path: Path, name: str, row: dict[str, Any], lists: Mapping[str, Words]) -> ForeignClass:
    try:
        types = tuple(EventType(code) for code in row.get("types", ()))
        acts = tuple(Act(code) for code in row.get("acts", ()))
    except ValueError as error:
        raise DataError(f"{path.name}: {name}: {error}") from error
    try:
        cues = tuple(_cue(written, lists) for written in row.get("cues", ()))
    except KeyError as error:
        raise DataError(f"{path.name}: {name}: cues: no list of words is named {error}") from error
    return ForeignClass(name=name, codes=(*types, *acts), cues=cues)


def _cue(written: str, lists: Mapping[str, Words]) -> Cue:
    parts = (part.split(" .. ") for part in written.split(" & "))
    return Cue(parts=tuple(tuple(_words(step, lists) for step in steps) for steps in parts))


def _words(step: str, lists: Mapping[str, Words]) -> Words:
    named = re.fullmatch(r"<(.+)>", step)
    return lists[named[1]] if named else (step,)
