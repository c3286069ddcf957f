"""What the page costs at size: how soon a map of 10,000 places is of use, and how long a slide of the day takes.

It is measured over a month in which each place changes hands, and over the ledger of `bench_api` with its events and
claims. make bench; figures are printed, never asserted. PLACES=1000 and CLAIMS=100000 measure fewer. A slide is timed
inside the page, from the key that moves the slider until the frame is painted that shows the day; Chromium draws
without a graphics card.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import pytest
from chromium import EXECUTABLE, WITHOUT, Tab, launch
from playwright.sync_api import Browser, sync_playwright
from served import app_of, serving

from warledger.api.page import DIST
from warledger.domain.claim import Claim, ControlClaim
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import Ledger

PLACES = int(os.environ.get("PLACES", 10_000))
DAYS, A_REPORT, SLIDES, VISITS = 30, 100, 25, 7
FIRST = date(2024, 11, 1)
HOLDERS = ("Military Forces of Syria", "Hayat Tahrir al-Sham", "Syrian Democratic Forces", "Syrian National Army")
TEXT = "Fighters of the northern front hold the town. "
SLIDE = """
async () => {
  const slider = document.querySelector("#on"), spent = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let i = 0; i < %d; i += 1) {
    const day = String(Number(slider.value) - 1), from = performance.now();
    slider.value = day;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const map = document.querySelector(".map-canvas");
    while (map.dataset.day !== day) await painted();
    await painted();
    spent.push(performance.now() - from);
    await new Promise((done) => setTimeout(done, 400));
  }
  return spent;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if EXECUTABLE is None:
        pytest.skip(WITHOUT)
    if not (DIST / "index.html").is_file():
        pytest.skip("the page is not built here (make page)")
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


def settlement(number: int) -> Place:
    """A town somewhere in Syria, on a bent grid."""
    chance = Random(number)
    entry = GazetteerEntry(
        key=f"gn:{9_000_000 + number}",
        geonames_id=9_000_000 + number,
        name=f"Town {number}",
        latitude=32.8 + 3.8 * chance.random(),
        longitude=36.3 + 4.6 * chance.random(),
        feature_code="PPL",
        country="SY",
        population=chance.randrange(100, 50_000),
    )
    return Place(name=entry.name, entry=entry, precision=PlacePrecision.EXACT)


def fill(ledger: Ledger) -> None:
    """Every town held from the first day, and a thirtieth of them taken by another on each day after it."""
    towns = [settlement(n) for n in range(PLACES)]
    batches = [towns[i : i + A_REPORT] for i in range(0, PLACES, A_REPORT)]
    for number, batch in enumerate(batches):
        append(ledger, f"first-{number}", FIRST, batch, number)
    for day in range(1, DAYS):
        for number, batch in enumerate(batches):
            append(ledger, f"{day}-{number}", FIRST + timedelta(days=day), batch[day % DAYS :: DAYS], day + number)


def append(ledger: Ledger, ident: str, day: date, towns: list[Place], holder: int) -> None:
    text = TEXT * 2
    report = Report(id=ident, published=day, text=text, sha256=f"{abs(hash(ident)):064x}", publisher="North Wire")
    claims: list[Claim] = [
        ControlClaim(
            report_key=report.key,
            quotes=(Span.of(text, 0, 44),),
            holder=(HOLDERS[(holder + n) % len(HOLDERS)],),
            place=town,
            when=Interval.day(day),
        )
        for n, town in enumerate(towns)
    ]
    recorded = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    ledger.append(Received(report=report, raw=text.encode()), claims, note="coded", recorded_at=recorded)


def test_the_page_over_many_places(browser: Browser, tmp_path: Path) -> None:
    app = app_of(tmp_path / "w.db")
    began = perf_counter()
    fill(app.ledger)
    print(f"\n{PLACES:,} places, written in {perf_counter() - began:.0f} s")
    app.ledger.close()
    visited(browser, tmp_path / "w.db")


def test_the_page_at_size(browser: Browser, ledger_at_size: Path) -> None:
    visited(browser, ledger_at_size)


def visited(browser: Browser, db: Path) -> None:
    """Open the page some times, from the server's start on, and slide the day in each."""
    waited, slid = list[float](), list[float]()
    with serving(db) as (url, _):
        for visit in range(VISITS):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            tab = Tab(context.new_page(), url)
            began = perf_counter()
            tab.page.goto(url)
            tab.page.wait_for_selector(".map-canvas[data-painted]", timeout=60_000)
            waited.append(perf_counter() - began)
            print(f"  visitor {visit + 1}: who holds what is painted after {waited[-1]:.2f} s", end="")
            tab.drawn()
            print(f", the map rests after {perf_counter() - began:.2f} s", end="")
            spent = tab.page.evaluate(SLIDE % min(SLIDES, DAYS - 2))
            print(f", a slide of one day takes {median(spent):.0f} ms in the median, {max(spent):.0f} ms at most")
            slid += spent
            assert tab.complaints == []
            context.close()
    print(f"  in the median: painted after {median(waited):.2f} s, a slide takes {median(slid):.0f} ms")
