"""The demonstration as a stranger runs it: the packaged reports through the learned coder, and what comes of them."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from warledger.settings import Settings

PROGRAM = Path(sys.executable).parent / "warledger"
pytestmark = pytest.mark.skipif(
    not (Settings().data / "model" / "model.json").exists(), reason="the coding model is not part of this tree"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """What the demonstration prints, and how many seconds of a core it takes: a busy machine is no fault of it."""
    folder = tmp_path_factory.mktemp("demo")
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [str(PROGRAM), "demo"], capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(folder)}
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime


def test_the_demonstration_ends_within_a_minute(told):
    assert told[1] < 60


def test_every_packaged_report_is_kept(told):
    assert "30 reports kept" in told[0]


@pytest.mark.parametrize(
    "part",
    [
        "Brief for 30 November 2024",
        "Who holds what, on three days",
        "Aleppo on the evening of 29 November",
        "Precedents claimed, and what the record says to them",
        "Go on with this ledger",
    ],
)
def test_every_part_is_there(told, part):
    assert part in told[0]


def test_the_kept_ledger_answers(told):
    found = re.search(r"export WARLEDGER_DB=(\S+)", told[0])
    assert found is not None
    asked = [str(PROGRAM), "history", "Aleppo", "--format", "jsonl", "--db", found.group(1)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert '"claim' in done.stdout or '"kind"' in done.stdout
