"""The page by keyboard, on a telephone, for people who see or read otherwise; its size, and that nothing jumps."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from barriers import barriers
from chromium import PHONE
from playwright.sync_api import expect

from warledger.api.page import DIST

MOST_GZIPPED_BYTES = 450_000
VIEWS = {
    "map": "?on=2024-12-05",
    "place": "?on=2024-11-30&open=place:gn:170063",
    "events": "?tab=lists&q=Aleppo",
    "claims": "?tab=lists&list=claims",
    "brief": "?tab=brief&on=2024-11-30&since=2024-11-28",
    "desk": "?tab=desk",
}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_barrier(demo: Any, view: str, look: str) -> None:
    language = "&lang=ar" if look == "dark" else ""
    with demo(**LOOKS[look]) as tab:
        page = tab.go(VIEWS[view] + language)
        page.wait_for_timeout(1200)
        found = barriers(page)
        tab.shoot(f"{view}-{look}")
        assert found == []


@pytest.mark.parametrize("view", [*VIEWS.values(), "?open=event:none", "?lang=ar&on=2024-12-05"])
def test_nothing_is_wider_than_a_telephone(demo: Any, view: str) -> None:
    with demo(viewport=PHONE) as tab:
        page = tab.go(view)
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        tab.complaints = [c for c in tab.complaints if "404" not in c]  # no event has that id


def test_on_a_telephone_the_map_the_sliders_and_the_words_are_there_and_a_page_covers_the_screen(demo: Any) -> None:
    with demo(viewport=PHONE, has_touch=True) as tab:
        page = tab.go("?on=2024-12-05")
        for part in (".map-canvas", "#on", "#known", ".timeline svg", ".holders"):
            expect(page.locator(part)).to_be_visible()
        page.locator(".holders .thing").first.click()
        box = page.locator(".panel.item").bounding_box()
        assert box is not None and (box["x"], box["y"], box["width"]) == (0, 0, PHONE["width"])
        page.get_by_role("button", name="Close").click()
        expect(page.locator(".panel.item")).to_have_count(0)


def test_the_page_can_be_walked_by_keyboard_alone(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?on=2024-11-30")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to content")
        page.keyboard.press("Enter")
        page.locator(".holders .thing").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".panel.item")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".panel.item")).to_have_count(0)
        page.locator(".map-canvas canvas").focus()
        before = page.url
        page.keyboard.press("ArrowRight")
        expect(page).not_to_have_url(before)


def test_nothing_jumps_while_the_page_loads(demo: Any) -> None:
    with demo() as tab:
        tab.page.add_init_script(
            "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shift += e.value))"
            ".observe({ type: 'layout-shift', buffered: true })"
        )
        page = tab.go("?on=2024-12-05")
        page.wait_for_timeout(800)
        assert page.evaluate("window.shift") < 0.1


def test_the_choice_of_colours_and_language_is_kept(demo: Any) -> None:
    with demo() as tab:
        page = tab.go()
        page.get_by_role("button", name="العربية").click()
        page.get_by_role("button", name="الألوان").click()
        page.get_by_role("button", name="الألوان").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page = tab.go("?tab=lists")
        expect(page.locator("html")).to_have_attribute("lang", "ar")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_code_and_style_of_the_page_stay_small() -> None:
    if not (DIST / "index.html").is_file():
        pytest.skip("the page is not built here (make page)")
    files = [f for f in (DIST / "assets").iterdir() if f.suffix in (".js", ".css")]
    assert sum(len(gzip.compress(f.read_bytes(), 9)) for f in files) < MOST_GZIPPED_BYTES


def test_what_is_built_names_no_other_machine_to_ask() -> None:
    if not (DIST / "index.html").is_file():
        pytest.skip("the page is not built here (make page)")
    html = (DIST / "index.html").read_text(encoding="utf-8")
    assert "http" not in html.replace("http-equiv", "")
    assert "<script>" not in html and "style=" not in html
