"""Every data file has its licence and its source in NOTICE, and every table says its licence itself."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
NOTICE = (REPO / "NOTICE").read_text(encoding="utf-8")
DATA = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src/warledger/data", "corpus"],
    cwd=REPO,
    capture_output=True,
    text=True,
    check=True,
).stdout.split()
TABLES = [file for file in DATA if file.endswith((".yaml", ".tsv"))]


def entries() -> dict[str, str]:
    """What NOTICE says below each path."""
    found = re.findall(r"^  (\S+)\n((?:    .*\n)+)", NOTICE, re.M)
    return dict(found)


@pytest.mark.parametrize("file", DATA)
def test_data_file_has_an_entry_in_notice(file: str) -> None:
    assert any(fnmatch(file, path) for path in entries()), f"add {file} to NOTICE, with its licence and source"


@pytest.mark.parametrize("path", entries())
def test_entry_names_licence_and_source(path: str) -> None:
    assert re.search(r"^    Licence: \S", entries()[path], re.M)
    assert re.search(r"^    Source: \S", entries()[path], re.M)


@pytest.mark.parametrize("file", TABLES)
def test_table_says_its_licence_in_its_first_lines(file: str) -> None:
    head = "".join((REPO / file).read_text(encoding="utf-8").splitlines(keepends=True)[:3])
    assert re.search(r"Apache-2\.0|CC BY 4\.0", head), f"{file}: no licence in its first lines"
