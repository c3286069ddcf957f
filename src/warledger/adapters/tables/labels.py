"""Load a foreign list of classes: YAML with `classes`, each with our event `types` or cue words, to rows."""

from __future__ import annotations

from pathlib import Path

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.classes import ForeignClass
from warledger.domain.codes import EventType
from warledger.domain.errors import DataError


def load_classes(path: Path) -> tuple[ForeignClass, ...]:
    """Load the classes.

    Raises:
        DataError: a class names an event type that the codebook does not have.
    """
    table = read_typed_table(path)
    return tuple(_class(path, name, row) for name, row in table["classes"].items())


def _class(path: Path, name: str, row: dict[str, list[str]]) -> ForeignClass:
    try:
        types = tuple(EventType(t) for t in row.get("types", ()))
    except ValueError as error:
        raise DataError(f"{path.name}: {name}: types: {error}") from error
    return ForeignClass(name=name, types=types, cues=tuple(row.get("cues", ())))
