"""`warledger code` from end to end: the codebook's keys, spans that stand in the text, the reason of every field."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command import run_here

from warledger.settings import Settings

pytestmark = pytest.mark.skipif(
    not (Settings().data / "model" / "model.json").exists(), reason="the coding model is not part of this tree"
)
TEXT = (
    "Rebels led by Hayat Tahrir al-Sham captured Saraqib on Friday, the Syrian Observatory for Human Rights "
    "said. Russian air strikes on Idlib killed at least eight civilians overnight."
)
KEYS = {"kind", "quote", "attribution", "modality", "precedent", "spans", "confidence"}


def code(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_here("code", "-", "--published", "2024-11-30", *options, cwd=folder, said=TEXT)


def test_json_lines_hold_claims_whose_words_stand_in_the_text(tmp_path: Path) -> None:
    done = code(tmp_path, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    [report] = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(report) == {"id", "claims"} and report["claims"]
    for claim in report["claims"]:
        assert set(claim) >= KEYS
        for quote in claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]:
            assert quote in TEXT
        for field in claim["spans"].values():
            for start, end, *words in field["spans"]:
                assert words in ([], [TEXT[start:end]])
        assert 0 <= claim["confidence"] <= 1


def test_table_shows_each_claim(tmp_path: Path) -> None:
    done = code(tmp_path)
    assert done.returncode == 0
    assert "2024-11-29" in done.stdout and "Saraq" in done.stdout


def test_explanation_names_words_and_rules(tmp_path: Path) -> None:
    done = code(tmp_path, "--explain")
    assert done.returncode == 0
    assert '<- "' in done.stdout and "confidence" in done.stdout and "quote:" in done.stdout


def test_nothing_is_stored(tmp_path: Path) -> None:
    code(tmp_path)
    assert list(tmp_path.iterdir()) == []
