"""Pinned figures: which measured figures fell below their floor or rose above their ceiling.

In go measured figures by name and `floors.toml`; out comes one plain line for each that fails. A pinned figure of a set
that was skipped is not checked; one of a set that ran and gave no such figure fails.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

Pins = Mapping[str, Mapping[str, float]]


def read_pins(path: Path) -> Pins:
    """Read the tables `floors` and `ceilings`: name of a figure to its bound."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def failures(figures: Mapping[str, float], pins: Pins, measured: Collection[str]) -> list[str]:
    """Compare.

    Args:
        figures: measured figures; the word before the first point names the set.
        pins: as `read_pins` gives them.
        measured: sets that ran.
    """
    lines = []
    for table, word in (("floors", "below its floor"), ("ceilings", "above its ceiling")):
        for name, bound in pins.get(table, {}).items():
            if name.split(".")[0] not in measured:
                continue
            value = figures.get(name)
            if value is None:
                lines.append(f"{name}: pinned, but not measured")
            elif value < bound if table == "floors" else value > bound:
                lines.append(f"{name}: {value:.3f} is {word} {bound:.3f}")
    return lines
