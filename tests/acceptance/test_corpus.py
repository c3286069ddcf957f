"""The corpus is what its data card says, and every claim stands on words of its report."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
CARD = (CORPUS / "README.md").read_text(encoding="utf-8")
Reports = list[dict[str, Any]]


def rows(path: str) -> Reports:
    return [json.loads(line) for line in (CORPUS / path).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def parts() -> dict[str, Reports]:
    return {part: rows(f"{part}/gold.jsonl") for part in ("dev", "train")}


def card_row(label: str) -> list[str]:
    """The cells behind a row of the card's tables, thousands commas removed."""
    found = re.search(rf"^\|[^|\n]*{re.escape(label)}[^|\n]*\|(.+)\|$", CARD, re.M)
    assert found is not None, f"the data card has no row {label!r}"
    return [cell.strip().replace(",", "") for cell in found.group(1).split("|")]


def counts(reports: Reports) -> dict[str, str]:
    claims = [c for r in reports for c in r["claims"]]
    kinds = Counter(c["kind"] for c in claims)
    said = {
        "reports": len(reports),
        "words": sum(len(r["text"].split()) for r in reports),
        "claims": len(claims),
        **{f"`{kind}`": kinds[kind] for kind in ("event", "control", "toll", "relation", "statement")},
        "claims not simply `asserted`": sum(c["modality"] != "asserted" for c in claims),
        "reports with nothing to code": sum(not r["claims"] for r in reports),
        "publishers": len({r["publisher"] for r in reports}),
        "first day of publication": min(r["published"] for r in reports),
        "last day of publication": max(r["published"] for r in reports),
    }
    return {label: str(value) for label, value in said.items()}


def test_card_counts_are_those_of_the_files(parts: dict[str, Reports]) -> None:
    dev, train = counts(parts["dev"]), counts(parts["train"])
    for label in dev:
        found = re.search(rf"^\| (?:of these )?{re.escape(label)} \| (\S+) \| (\S+) \|$", CARD, re.M)
        assert found is not None, f"the data card has no row {label!r}"
        assert [cell.replace(",", "") for cell in found.groups()] == [dev[label], train[label]], label


def test_card_names_every_language_with_its_counts(parts: dict[str, Reports]) -> None:
    for language in {r["language"] for reports in parts.values() for r in reports}:
        said = [
            str(count)
            for reports in parts.values()
            for those in [[r for r in reports if r["language"] == language]]
            for count in (len(those), sum(len(r["claims"]) for r in those))
        ]
        assert card_row(f"(`{language}`)") == said, language


def test_card_names_every_war_of_the_development_part(parts: dict[str, Reports]) -> None:
    for war, reports in Counter(r["conflict"] for r in parts["dev"]).items():
        claims = sum(len(r["claims"]) for r in parts["dev"] if r["conflict"] == war)
        assert card_row(f"`{war}`") == [str(reports), str(claims)], war


@pytest.fixture(scope="module")
def exercises() -> Reports:
    return [row for part in sorted((CORPUS / "exercises").glob("gold-*.jsonl")) for row in rows(str(part))]


def test_card_counts_the_exercises(exercises: Reports) -> None:
    said = counts(exercises)
    assert [card_row(f"invented {what}") for what in ("reports", "words", "claims")] == [
        [said[what]] for what in ("reports", "words", "claims")
    ]


def test_every_exercise_says_that_it_is_invented(exercises: Reports) -> None:
    assert all(r["invented"] and r["url"] is None and r["publisher"] == "exercise" for r in exercises)
    assert len({r["id"] for r in exercises}) == len(exercises)


def test_every_claim_of_an_exercise_names_its_word(exercises: Reports) -> None:
    for report in exercises:
        for claim in report["claims"]:
            start, end = claim["trigger"]
            quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
            stand = [(at := report["text"].index(quote), at + len(quote)) for quote in quotes]
            assert any(low <= start < end <= high for low, high in stand), (report["id"], claim["quote"])


@pytest.mark.parametrize("part", ["dev", "train"])
def test_every_quote_stands_in_its_report(part: str) -> None:
    for report in rows(f"{part}/gold.jsonl"):
        for claim in report["claims"]:
            quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
            assert all(q and q in report["text"] for q in quotes), (report["id"], claim["quote"])


def test_no_page_is_in_both_parts(parts: dict[str, Reports]) -> None:
    assert not {r["url"] for r in parts["dev"]} & {r["url"] for r in parts["train"]}


def test_development_reports_are_the_same_with_and_without_claims(parts: dict[str, Reports]) -> None:
    bare = {r["id"]: r for r in rows("dev/reports.jsonl")}
    assert {r["id"]: r["text"] for r in parts["dev"]} == {i: r["text"] for i, r in bare.items()}
    assert not any("claims" in r for r in bare.values())


def test_every_event_claim_belongs_to_an_event(parts: dict[str, Reports]) -> None:
    claims, events = rows("dev/claims.jsonl"), rows("dev/events.jsonl")
    assert [c["id"] for c in claims] == [e["id"] for e in events]
    told_by: dict[str, set[str]] = {}
    for claim, event in zip(claims, events, strict=True):
        told_by.setdefault(event["event"], set()).add(claim["report"])
    several = sum(len(reports) > 1 for reports in told_by.values())
    assert f"belong to {len(told_by)} events, {several} of which" in CARD


def test_card_quotes_the_agreement_file() -> None:
    said = (CORPUS / "dev/agreement.txt").read_text(encoding="utf-8")
    f1 = [float(line.split()[3]) for line in said.splitlines() if line.startswith("all ")]
    assert "coder agreement {:.2f} detection, {:.2f} exact".format(*f1) in CARD
