"""Load the names of the actor table alone: `actors/groups.tsv` in, every name and alias to its canonical name out.

For the rooms and commands that ask only whether a name is known and what it stands for, without the reader's tables.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from warledger.domain.errors import DataError
from warledger.domain.folding import fold_name


def load_known_names(folder: Path) -> Mapping[str, str]:
    """Read the names.

    Args:
        folder: the data folder.

    Returns:
        Each canonical name as written, and each name and alias folded, to the canonical name.

    Raises:
        DataError: the table has no column `name`.
    """
    path = folder / "actors" / "groups.tsv"
    if not path.exists():
        return {}
    names: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "name" not in row:
                raise DataError(f"{path.name}: no column `name`")
            name = row["name"].strip()
            names[name] = name
            for alias in (name, *(row.get("aliases") or "").split("|")):
                if alias.strip():
                    names.setdefault(fold_name(alias), name)
    return names
