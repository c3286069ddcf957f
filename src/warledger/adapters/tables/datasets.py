"""Load what the rows of a dataset are looked up in: UCDP's names of countries, and the names of states by code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.errors import DataError


def load_countries(path: Path) -> Mapping[str, str]:
    """Read a dataset's own names of countries.

    Returns:
        Each name in lower case to its ISO 3166-1 alpha-2 code.

    Raises:
        DataError: a code is none, or the table has no `countries`.
    """
    table = read_typed_table(path)
    if not isinstance(table, dict) or not isinstance(table.get("countries"), dict):
        raise DataError(f"{path.name}: has no table `countries`")
    for name, code in table["countries"].items():
        if not (isinstance(code, str) and len(code) == 2 and code.isupper()):
            raise DataError(f"{path.name}: {name}: {code!r} is no ISO 3166-1 alpha-2 code")
    return {str(name).casefold(): code for name, code in table["countries"].items()}


def load_states(folder: Path) -> Mapping[str, str]:
    """Read the states' names as in `Military Forces of NAME`, by ISO code.

    Args:
        folder: the data folder.
    """
    with (folder / "actors" / "states.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {r["iso"]: r["name"] for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
