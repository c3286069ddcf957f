"""Lists, search, pages of single things, the brief."""

from __future__ import annotations

import re
from typing import Any

import four_cities
from playwright.sync_api import expect


def test_a_search_in_arabic_finds_the_report_and_marks_the_words(cities: Any) -> None:
    with cities() as tab:
        page = tab.go()
        page.get_by_role("searchbox").fill("الفصائل")
        page.keyboard.press("Enter")
        found = page.locator(".found")
        expect(found.locator("mark").first).to_have_text("الفصائل")
        tab.shoot("search-arabic")
        found.locator("button").first.click()
        expect(page.locator(".panel.item .text")).to_contain_text(four_cities.ARABIC_QUOTE)


def test_filters_narrow_the_list_and_stand_in_the_address(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=lists&list=events")
        others = page.locator(".records .grade").filter(has_not_text="confirmed")
        expect(others.first).to_be_visible()
        page.get_by_label("Grade").select_option("confirmed")
        expect(page.locator(".active")).to_contain_text("confirmed")
        expect(page.locator(".records .grade").first).to_have_text("confirmed")
        expect(page).to_have_url(re.compile("grade=confirmed"))
        expect(others).to_have_count(0)
        page.get_by_role("button", name="Clear filters").click()
        expect(page.locator(".active")).to_have_count(0)


def test_every_list_shows_rows_and_loads_more(demo: Any) -> None:
    with demo() as tab:
        for name in ("events", "claims", "places", "actors", "sources", "reports"):
            page = tab.go(f"?tab=lists&list={name}")
            expect(page.locator(".records tbody tr").first).to_be_visible()
            tab.shoot(f"list-{name}")
        page = tab.go("?tab=lists&list=claims")
        expect(page.locator(".records tbody tr")).to_have_count(60)
        page.get_by_role("button", name="Load more").click()
        expect(page.locator(".records tbody tr")).to_have_count(120)


def test_an_event_shows_its_grade_with_the_reason_its_figures_and_the_words_by_origin(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?open=event:e-Aleppo")
        panel = page.locator(".panel.item")
        expect(panel.locator(".grade").first).to_have_text("fair")
        expect(panel).to_contain_text("one origin: Hama Post")
        expect(panel.locator(".figures td strong")).to_have_text("4")
        expect(panel.locator(".origin blockquote")).to_have_text("Rebels took Aleppo")
        expect(panel).to_contain_text("Version 1")
        tab.shoot("event")


def test_an_actor_shows_its_names_over_time_and_the_places_it_holds(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?on=2024-12-02&open=actor:Hayat Tahrir al-Sham")
        panel = page.locator(".panel.item")
        expect(panel).to_contain_text("هيئة تحرير الشام")
        expect(panel).to_contain_text("successor of Jabhat Fateh al-Sham")
        told = page.request.get(f"{tab.url}/api/v1/actors/Hayat%20Tahrir%20al-Sham?on=2024-12-02").json()
        assert told["holds"]
        for place in told["holds"]:
            expect(panel.locator("section", has_text="Places held")).to_contain_text(place["name"])
        tab.shoot("actor")


def test_a_source_shows_how_often_it_stands_alone(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=lists&list=sources")
        page.locator(".records .thing").first.click()
        panel = page.locator(".panel.item")
        expect(panel).to_contain_text("Events told by it alone")
        expect(panel.locator(".claim").first).to_be_visible()


def test_a_report_has_its_claims_marked_and_a_mark_leads_to_its_claim(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=lists&list=reports")
        page.locator(".records .thing").first.click()
        panel = page.locator(".panel.item")
        panel.locator(".text mark").first.click()
        expect(panel.locator(".text mark.lit").first).to_be_visible()
        lit = panel.locator(".text mark.lit").all_inner_texts()
        assert "".join(lit)[:20] in panel.locator(".claim.marked").inner_text()


def test_the_brief_has_a_map_and_days_and_its_notes_open_the_quotes(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=brief&on=2024-11-30&since=2024-11-28")
        expect(page.locator(".sheet h1")).to_contain_text("Aleppo")
        expect(page.locator(".brief-map circle").first).to_be_visible()
        expect(page.locator(".since-lists")).to_contain_text("New since 28 November 2024")
        page.get_by_role("button", name="Note 4").first.click()
        note = page.get_by_role("note")
        expect(note.locator("blockquote").first).to_be_visible()
        tab.shoot("brief")
        note.get_by_text("Read it in the report").click()
        expect(page.locator(".panel.item .text mark.lit").first).to_be_visible()


def test_the_brief_is_kept_as_markdown_html_and_json_and_printed_without_the_page_around_it(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=brief&on=2024-11-30")
        page.wait_for_selector(".sheet h1")
        for name, ending in (("Markdown", "md"), ("HTML", "html"), ("JSON", "json")):
            with page.expect_download() as kept:
                page.get_by_role("link", name=name).click()
            assert kept.value.suggested_filename == f"brief-2024-11-30.{ending}"
        page.emulate_media(media="print")
        expect(page.locator(".head")).to_be_hidden()
        expect(page.locator(".sheet h1")).to_be_visible()
        assert page.pdf()[:4] == b"%PDF"


def test_the_desk_of_a_ledger_tells_what_is_missing_when_it_is_empty(own_empty: Any) -> None:
    _, tabs = own_empty
    with tabs() as tab:
        page = tab.go()
        expect(page.get_by_role("heading")).to_have_text("The ledger is empty")
        tab.shoot("empty")
