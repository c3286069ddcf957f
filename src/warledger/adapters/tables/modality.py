"""Load how modality is told: `data/cues/modality.<language>.yaml`, to compiled patterns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.codes import Modality
from warledger.domain.cues import ModalityCues, any_of


def load_modalities(folder: Path = CUES) -> Mapping[str, ModalityCues]:
    """Load every language's table.

    Args:
        folder: where the tables lie.

    Returns:
        The cues of each language that has a table.

    Raises:
        OSError, ValueError: a table cannot be read; KeyError: it lacks a modality; re.error: a pattern is none.
    """
    return ByLanguage(folder, "modality", lambda code: _cues(folder / f"modality.{code}.yaml"))


def _cues(path: Path) -> ModalityCues:
    table = read_table(path)
    told = (m for m in Modality if m is not Modality.ASSERTED)
    return ModalityCues(patterns=tuple(any_of(table[modality]) for modality in told))
