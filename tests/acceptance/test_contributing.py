"""CONTRIBUTING.md is run: each python block in order, and what it prints is what stands in the text block behind it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?", re.M | re.S)


def blocks(page: str) -> list[tuple[int, str, str]]:
    """Line, code and expected output of each block."""
    return [(page.count("\n", 0, m.start("code")), m["code"], m["printed"] or "") for m in BLOCK.finditer(page)]


def printed(code: str, line: int, names: dict[str, Any]) -> str:
    """Run a block with the names of those before it."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile("\n" * line + code, str(PAGE), "exec"), names)
    return out.getvalue()


def test_walk_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "walk"}
    for line, code, expected in blocks(PAGE.read_text(encoding="utf-8")):
        assert printed(code, line, names) == expected, f"the block on line {line + 1}"


def test_page_opens_with_its_summary_and_walks_every_room() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.split("\n\n")[1].startswith("**TL;DR.**")
    headings = re.findall(r"^## (\w+)", page, re.M)
    rooms = ["Collect", "Read", "Coding", "Ledger", "Corroborate", "Notice", "Tell"]
    assert [heading for heading in headings if heading in rooms] == rooms
    assert len(blocks(page)) >= len(rooms)
