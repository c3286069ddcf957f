from datetime import date

import pytest

from warledger.app import App, build
from warledger.coding.coder import PART_CHARS, parts_of
from warledger.domain.codes import Kind
from warledger.domain.report import Report
from warledger.settings import Settings

BODY = "Ukrainian troops withdrew from the town of Avdiivka on Saturday, the army said."


@pytest.fixture(scope="module")
def app() -> App:
    return build(Settings())


def report(text: str) -> Report:
    return Report(id="r", published=date(2024, 2, 18), text=text, sha256="", language="en")


def test_a_heading_that_says_what_the_body_says_makes_no_second_claim(app: App) -> None:
    text = f"Ukrainian troops withdraw from Avdiivka\n{BODY}"
    reading = app.read(report(text))
    (claims,) = app.code([reading])
    events = [c for c in claims if c.kind is Kind.EVENT]
    assert events
    assert all(c.quotes[0].start >= text.index("\n") for c in events)


def test_a_long_report_is_coded_in_parts_that_lose_no_sentence(app: App) -> None:
    reading = app.read(report(" ".join([BODY] * 400)))
    parts = list(parts_of(reading))
    assert len(parts) > 1
    assert [s for p in parts for s in p.sentences] == list(reading.sentences)
    assert sum(len(p.toponyms) for p in parts) == len(reading.toponyms)
    assert all(p.sentences[-1].end - p.sentences[0].start < 2 * PART_CHARS for p in parts)


def test_every_quote_and_every_span_stands_in_the_text(app: App) -> None:
    text = f"{BODY} At least six people died when drones hit a market in Kharkiv at dawn on Sunday."
    (claims,) = app.code([app.read(report(text))])
    assert claims
    for claim in claims:
        for span in (*claim.quotes, *(s for e in claim.evidence for s in e.spans)):
            assert text[span.start : span.end] == span.text
