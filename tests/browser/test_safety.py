"""What reports say is never taken as HTML, nothing is asked of another machine, and trouble is told in words."""

from __future__ import annotations

from typing import Any

import api_ledger
import four_cities
import pytest
from chromium import Tab
from playwright.sync_api import Browser, expect
from served import TOKEN, app_of, served

from warledger.api.guard import Rules

VIEWS = (
    "",
    "?on=2024-12-07",
    "?open=event:e-hostile",
    "?open=report:hostile/../1",
    "?tab=lists&list=claims",
    "?tab=lists&list=reports",
    "?tab=lists&q=shelled",
    "?tab=brief&on=2024-12-07",
    "?tab=desk",
)


def test_scripts_in_reports_titles_places_and_names_are_shown_as_the_words_they_are(hostile: Any) -> None:
    with hostile() as tab:
        for view in VIEWS:
            page = tab.go(view)
            page.wait_for_timeout(300)
            assert page.locator("img, main script, svg script").count() == 0
        page = tab.go("?open=report:hostile/../1")
        expect(page.locator(".panel.item h1")).to_have_text(api_ledger.HOSTILE)
        expect(page.locator(".panel.item .text")).to_contain_text(f"Fighters {api_ledger.HOSTILE}")
        assert page.locator('a[href^="javascript"]').count() == 0


@pytest.mark.parametrize(
    "query", ["?q=<img src=x onerror=alert(1)>&tab=lists", "?open=place:<script>alert(1)</script>"]
)
def test_scripts_in_the_address_are_words_too(hostile: Any, query: str) -> None:
    with hostile() as tab:
        page = tab.go(query)
        page.wait_for_timeout(500)
        assert page.locator("img").count() == 0
        tab.complaints = [c for c in tab.complaints if "404" not in c]  # nobody knows a place of that name


def test_a_ledger_that_grows_is_shown_without_loading_the_page_anew(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = tab.go("?on=2024-12-08")
        before = app.ledger.census().reports
        expect(page.locator(".overview")).to_contain_text(f"{before} reports in the record")
        page.evaluate("window.stays = true")
        four_cities.fill(app.ledger)
        after = app.ledger.census().reports
        assert after > before
        expect(page.locator(".overview")).to_contain_text(f"{after} reports in the record")
        expect(page.locator(".holders")).to_contain_text("Damascus")
        assert page.evaluate("window.stays") is True


def test_when_the_server_is_gone_the_page_says_so_and_keeps_what_it_showed(browser: Browser, tmp_path: Any) -> None:
    app = app_of(tmp_path / "gone.db")
    four_cities.fill(app.ledger)
    context = browser.new_context()
    with served(app, Rules(token=TOKEN)) as url:
        tab = Tab(context.new_page(), url)
        page = tab.go("?on=2024-12-08")
        expect(page.locator(".holders")).to_contain_text("Damascus")
    expect(page.locator(".offline")).to_contain_text("The server cannot be reached")
    expect(page.locator(".holders")).to_contain_text("Damascus")
    tab.shoot("offline")
    app.ledger.close()
    context.close()
    assert tab.strangers == []


def test_an_answer_that_fails_is_told_with_a_way_to_ask_again(cities: Any) -> None:
    with cities() as tab:
        tab.page.route("**/api/v1/diff*", lambda route: route.fulfill(status=500, json={"title": "out of order"}))
        page = tab.go("?on=2024-12-08")
        trouble = page.locator(".trouble")
        expect(trouble).to_contain_text("This could not be answered: out of order")
        tab.shoot("trouble")
        page.unroute("**/api/v1/diff*")
        trouble.get_by_role("button", name="Try again").click()
        expect(page.locator(".changes")).to_contain_text("Damascus")
        tab.complaints.clear()  # the browser reports the failed request


def test_a_public_site_says_so_and_takes_no_decisions(browser: Browser, tmp_path: Any) -> None:
    app = app_of(tmp_path / "public.db", token=None, delay_hours=0.0)
    api_ledger.fill(app.ledger)
    context = browser.new_context()
    with served(app, Rules(public=True)) as url:
        tab = Tab(context.new_page(), url)
        page = tab.go("?tab=desk")
        expect(page.locator("main")).to_contain_text("A public page takes no decisions.")
        expect(page.locator(".preferences")).to_contain_text("Public view")
        assert tab.complaints == []
    context.close()
    app.ledger.close()


def test_a_server_that_wants_a_token_asks_for_it_and_then_answers(browser: Browser, tmp_path: Any) -> None:
    app = app_of(tmp_path / "closed.db")
    four_cities.fill(app.ledger)
    context = browser.new_context()
    with served(app, Rules(open_to_read=False, token=TOKEN)) as url:
        page = context.new_page()
        page.goto(url)
        page.get_by_label("Token of this server").fill(TOKEN)
        page.get_by_role("button", name="Use it").click()
        expect(page.locator(".holders")).to_contain_text("Damascus")
    context.close()
    app.ledger.close()
