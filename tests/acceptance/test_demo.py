"""The demonstration as a stranger runs it: the packaged reports through the learned coder, and what comes of them."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from brief_held import sentences_of, strange_figures, strange_names, strange_numbers, wrong_grades

from warledger.app import build
from warledger.asking import gather_matter
from warledger.domain.phrases import Language
from warledger.settings import Settings
from warledger.tell.brief import write_brief
from warledger.tell.reasons import Reasons

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


@pytest.fixture(scope="module")
def db(told: tuple[str, float]) -> str:
    """The ledger that the demonstration keeps."""
    found = re.search(r"export WARLEDGER_DB=(\S+)", told[0])
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("days", [("11-27", "11-29"), ("11-30", "11-30"), ("12-01", "12-04"), ("12-05", "12-08")])
def test_every_number_name_and_grade_of_its_briefs_is_that_of_the_claims_cited(db, days, language):
    app = build(Settings(db=db))
    matter = gather_matter(app, *(date.fromisoformat(f"2024-{day}") for day in days), None)
    phrases = app.phrases_in(language)
    brief = write_brief(matter, phrases, app.known_names)
    assert len(list(sentences_of(brief))) > 15
    assert not strange_numbers(matter, brief)
    assert not strange_figures(matter, brief, phrases)
    assert not strange_names(matter, brief, phrases)
    assert not wrong_grades(matter, brief, phrases)
    app.ledger.close()


def test_every_reason_of_its_events_is_told_in_arabic(db):
    app = build(Settings(db=db))
    reasons = Reasons(kept=app.phrases, phrases=app.phrases_in(Language.ARABIC))
    kept = {said for e in app.ledger.events() for said in (e.reason, *e.contradictions)}
    assert kept
    assert not [said for said in kept if f"\u2068{said}\u2069" == reasons.tell(said)]
    app.ledger.close()


def test_the_kept_ledger_answers(db):
    asked = [str(PROGRAM), "history", "Aleppo", "--format", "jsonl", "--db", db]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert '"claim' in done.stdout or '"kind"' in done.stdout
