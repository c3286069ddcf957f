"""The desk: a review by keyboard, each act kept with its author and its reason."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from served import TOKEN


def at_desk(tab: Any) -> Page:
    """The desk, with its queue."""
    page: Page = tab.go("?tab=desk")
    expect(page.locator(".queue-items li").first).to_be_visible()
    return page


def waiting(tab: Any, page: Page) -> set[str]:
    """Ids of what waits in the queue, which shows so many of a sort and then the next."""
    items = page.request.get(f"{tab.url}/api/v1/queue?limit=500").json()["items"]
    return {i[sort]["id"] for i in items for sort in ("claim", "event") if i.get(sort) is not None}


def sign(page: Page, reason: str) -> None:
    """Name and reason, by keyboard."""
    page.keyboard.press("r")
    page.keyboard.type(reason)
    page.get_by_label("Your name").fill("A. Editor")
    page.keyboard.press("Escape")


def give_token(page: Page) -> None:
    page.get_by_label("Token of this server").fill(TOKEN)
    page.get_by_role("button", name="Use it").click()


def test_an_event_is_reviewed_by_keyboard_and_the_act_undone(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = at_desk(tab)
        page.keyboard.press("j")
        expect(page.locator(".queue-items [aria-current]")).to_have_count(1)
        title = page.locator(".review-item h1").inner_text()
        page.keyboard.press("d")
        expect(page.locator(".outcome")).to_contain_text("needs your name and a reason")
        sign(page, "the sentence tells of vehicles, not of a strike")
        page.keyboard.press("d")
        give_token(page)
        tab.complaints.clear()  # the browser reports the refusal that asked for the token
        page.keyboard.press("d")
        expect(page.locator(".outcome")).to_have_text("Recorded: Discount.")
        tab.shoot("desk")
        (decision,) = app.ledger.decisions()
        assert not waiting(tab, page) & {*decision.event_ids, *decision.claim_ids}
        assert (decision.act, decision.author) == ("discount", "A. Editor")
        assert decision.reason == "the sentence tells of vehicles, not of a strike"
        sign(page, "a slip")
        page.keyboard.press("u")
        expect(page.locator(".outcome")).to_have_text("Undone.")
        expect(page.locator(".queue-items")).to_contain_text(title)
        assert waiting(tab, page) & {*decision.event_ids, *decision.claim_ids}
        assert title in page.locator(".queue-items").inner_text()


def test_marked_events_are_merged(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = at_desk(tab)
        page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
        page.keyboard.press("m")
        expect(page.locator(".outcome")).to_contain_text("Mark two events or more")
        for _ in range(2):
            page.keyboard.press("x")
            page.keyboard.press("j")
            page.keyboard.press("j")
        marked = page.locator(".review", has_text="events marked")
        expect(marked).to_contain_text("2 events marked")
        sign(page, "one happening, told twice")
        page.keyboard.press("m")
        expect(page.locator(".outcome")).to_have_text("Recorded: Merge.")
        assert app.ledger.decisions()[-1].act == "merge"


def test_a_new_name_becomes_an_actors(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = at_desk(tab)
        page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
        page.get_by_label("Queue").select_option("new_name")
        name = page.locator(".review-item h1").inner_text()
        page.get_by_label("Name of which actor").fill("Hayat Tahrir al-Sham")
        page.get_by_label("Your name").fill("A. Editor")
        page.get_by_label("Reason").fill("another spelling")
        page.get_by_role("button", name="Add name to an actor").click()
        expect(page.locator(".outcome")).to_contain_text("Recorded")
        assert app.ledger.decisions()[-1].payload == {"name": name, "actor": "Hayat Tahrir al-Sham"}


def test_a_server_without_a_token_says_how_to_get_a_desk(demo_without_token: Any) -> None:
    with demo_without_token() as tab:
        page = tab.go("?tab=desk")
        expect(page.locator("main")).to_contain_text("set WARLEDGER_TOKEN")
