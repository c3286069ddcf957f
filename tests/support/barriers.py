"""What axe-core finds wrong on a page that stands in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Any) -> list[tuple[str, list[str]]]:
    """The rules that the page breaks, each with the elements; skips where axe-core was not fetched."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here (make page)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", RULES)["violations"]
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
