"""The desk: a review by keyboard, each act kept with its author and its reason."""

from __future__ import annotations

from typing import Any

from api_ledger import read_two_ways
from barriers import barriers
from chromium import PHONE
from playwright.sync_api import Page, expect
from served import TOKEN

from warledger.domain.asked import Asked, Window
from warledger.domain.folding import fold_name
from warledger.domain.records import claim_id

ROWS = 20
"""More than the rows of the queue before the second event."""
KEYS = ("Escape", "Enter", "Tab", "Shift+Tab", "Control+a")


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


def press(page: Page, *pressed: str) -> None:
    """Keys by name, and words letter by letter."""
    for one in pressed:
        if one in KEYS or len(one) == 1:
            page.keyboard.press(one)
        else:
            page.keyboard.type(one)


def only_new_names(page: Page) -> None:
    """Walk to the choice of kinds and choose new names, by keyboard."""
    choice = page.get_by_label("Queue")
    while not choice.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("New")
    expect(choice).to_have_value("new_name")
    page.keyboard.press("Escape")


def new_names(tab: Any, page: Page) -> set[str]:
    """Names that wait in the queue."""
    items = page.request.get(f"{tab.url}/api/v1/queue?kind=new_name&limit=500").json()["items"]
    return {i["name"] for i in items}


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
        marked = page.locator(".review", has_text="2 events marked")
        for _ in range(ROWS):
            page.keyboard.press("x")  # marks nothing where the row is of no event
            page.wait_for_timeout(100)
            if marked.count():
                break
            page.keyboard.press("j")
        expect(marked).to_be_visible()
        sign(page, "one happening, told twice")
        page.keyboard.press("m")
        expect(page.locator(".outcome")).to_have_text("Recorded: Merge.")
        assert app.ledger.decisions()[-1].act == "merge"


def test_a_new_name_becomes_an_actors_by_keyboard_alone(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = at_desk(tab)
        page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
        only_new_names(page)
        name = page.locator(".review-item h1").inner_text()
        shown = page.locator(".review-item .claim").first.get_attribute("id")
        telling = app.ledger.claim_page(Asked(actors=frozenset({fold_name(name)})), Window(limit=100)).items
        assert shown in {f"claim-{k.id}" for k in telling}
        press(page, "n")
        expect(page.get_by_label("Name of which actor")).to_be_focused()
        press(page, "Nobody at all", "Enter")
        expect(page.locator(".outcome")).to_contain_text("needs your name and a reason")
        press(page, "Escape", "r", "another spelling", "Shift+Tab", "A. Editor", "Escape", "n", "Enter")
        expect(page.locator(".outcome")).to_contain_text("Not recorded: no actor of the table is named 'Nobody at all'")
        tab.complaints.clear()  # the browser reports the refusal
        expect(page.get_by_label("Name of which actor")).to_be_focused()
        press(page, "Control+a", "Tahrir")
        expect(page.locator("datalist option[value='Hayat Tahrir al-Sham']")).to_have_count(1)
        tab.shoot("desk-alias")
        press(page, "Control+a", "HTS", "Enter")
        expect(page.locator(".outcome")).to_have_text("Recorded: Add name to an actor.")
        (decision,) = app.ledger.decisions()
        assert decision.payload == {"name": name, "actor": "Hayat Tahrir al-Sham"}
        assert (decision.author, decision.reason) == ("A. Editor", "another spelling")
        expect(page.locator(".review-item h1")).not_to_have_text(name)
        assert name not in new_names(tab, page)
        press(page, "r", "a slip", "Escape", "u")
        expect(page.locator(".outcome")).to_have_text("Undone.")
        assert name in new_names(tab, page)


def test_a_name_that_an_event_was_read_without_becomes_an_actors(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs(viewport=PHONE) as tab:
        tab.go("?tab=desk")
        tab.page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
        tab.page.get_by_role("button", name="العربية").click()
        page = at_desk(tab)
        press(page, "r", "كذا يسمّون أنفسهم", "Shift+Tab", "محررة", "Escape")
        press(page, "n", "رجال الراية", "Tab", "هيئة تحرير الشام")
        tab.shoot("desk-alias-arabic-phone")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        press(page, "Enter")
        expect(page.locator(".outcome")).to_contain_text("سُجّل")
        expect(page.locator("#alias-name")).to_have_value("")
        (decision,) = app.ledger.decisions()
        assert decision.payload == {"name": "رجال الراية", "actor": "Hayat Tahrir al-Sham"}


def test_what_two_coders_read_stands_side_by_side_and_is_put_aside(own_empty: Any) -> None:
    app, tabs = own_empty
    *_, alone = read_two_ways(app.ledger)
    with tabs() as tab:
        page = at_desk(tab)
        page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
        page.get_by_label("Queue").select_option("coder_disagreement")
        page.keyboard.press("Escape")
        expect(page.locator(".review-item")).to_contain_text("The coders differ in: type.")
        expect(page.locator(".versus > div").first).to_contain_text("Shelling")
        expect(page.locator(".versus > div").last).to_contain_text("Air or drone strike")
        tab.shoot("desk-coders")
        assert barriers(page) == []
        press(page, "j")
        expect(page.locator(".versus > div").first).to_contain_text("No such claim")
        sign(page, "they left days before")
        press(page, "d")
        expect(page.locator(".outcome")).to_have_text("Recorded: Discount.")
        expect(page.locator(".queue-items li")).to_have_count(1)
        assert app.ledger.decisions()[-1].claim_ids == (claim_id(alone),)
    with tabs(viewport=PHONE, color_scheme="dark") as tab:
        tab.go("?tab=desk&lang=ar")
        expect(tab.page.locator(".versus > div").first).to_be_visible()
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        tab.shoot("desk-coders-arabic-phone")
        assert barriers(tab.page) == []


def test_a_server_without_a_token_says_how_to_get_a_desk(demo_without_token: Any) -> None:
    with demo_without_token() as tab:
        page = tab.go("?tab=desk")
        expect(page.locator("main")).to_contain_text("set WARLEDGER_TOKEN")
