"""A claim is brought to the desk and corrected there; the place then says who corrected it and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from barriers import barriers
from chromium import PHONE
from playwright.sync_api import Page, expect
from served import TOKEN

from warledger.app import App
from warledger.domain.claim import ControlClaim, TollClaim
from warledger.ports import KeptClaim

REASON = "the sentence names the army alone"


HAMA = "gn:170017"
ARMY = "Military Forces of Syria"


def control_of_hama(app: App) -> KeptClaim:
    """A claim that somebody else than the army holds Hama."""
    held = (k for k in app.ledger.claims(kinds=["control"], place_keys=[HAMA]) if ARMY not in holders(k))
    return next(k for k in held if k.report.published <= date(2024, 12, 5))


def holders(kept: KeptClaim) -> tuple[str, ...]:
    assert isinstance(kept.claim, ControlClaim)
    return kept.claim.holder


def toll(app: App) -> KeptClaim:
    tolls = (k for k in app.ledger.claims(kinds=["toll"]) if isinstance(k.claim, TollClaim))
    return next(k for k in tolls if "727 people" in k.claim.quotes[0].text)


def brought(tab: Any, claim: KeptClaim, *, way: str = "") -> Page:
    """The desk with a claim on it, as its page leads there."""
    page: Page = tab.go(f"?tab=lists&list=claims&open=claim:{claim.id}{way}")
    page.evaluate(f"sessionStorage.setItem('warledger.token', '{TOKEN}')")
    page.locator(".panel").get_by_role("button", name="صحّح هذا الادعاء" if way else "Correct this claim").click()
    expect(page.locator(".review-item .claim").first).to_have_id(f"claim-{claim.id}")
    return page


def signed(page: Page, reason: str = REASON) -> None:
    """Name and reason, by keyboard."""
    page.keyboard.press("r")
    page.keyboard.type(reason)
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("A. Editor")
    page.keyboard.press("Escape")


def test_a_control_claim_is_corrected_by_keyboard_and_the_place_says_so_until_it_is_undone(own_demo: Any) -> None:
    app, tabs = own_demo
    claim = control_of_hama(app)
    with tabs() as tab:
        page = brought(tab, claim)
        expect(page.get_by_label("Field of the claim")).to_have_value("holder")
        page.keyboard.press("c")
        value = page.locator("#corrected-value")
        expect(value).to_be_focused()
        expect(value).to_have_value("; ".join(holders(claim)))
        page.keyboard.press("Control+a")
        page.keyboard.type(ARMY)
        page.keyboard.press("Enter")
        expect(page.locator(".outcome")).to_contain_text("needs your name and a reason")
        page.keyboard.press("Escape")
        signed(page)
        page.keyboard.press("c")
        page.keyboard.press("Enter")
        expect(page.locator(".outcome")).to_have_text("Recorded: Correct.")
        expect(page.locator(".review-item .corrections")).to_contain_text(f"A. Editor: {REASON}")
        tab.shoot("desk-correct")
        assert barriers(page) == []
        (decision,) = app.ledger.decisions()
        assert decision.claim_ids == (claim.id,) and decision.payload["value"] == [ARMY]
        [now] = app.ledger.claims(ids=[claim.id])
        assert holders(now) == (ARMY,)
        page = tab.go(f"?on=2024-12-05&open=place:{HAMA}")
        expect(page.locator(".panel .claims .corrections").first).to_contain_text("A. Editor")
        page.locator(".panel .claims .corrections").first.scroll_into_view_if_needed()
        tab.shoot("place-corrected")
        page = brought(tab, now)
        page.get_by_label("Field of the claim").select_option("status")
        page.locator("#corrected-value").select_option("contested")
        page.get_by_label("Reason").fill("both fight for it")
        page.locator(".correct button").click()
        expect(page.locator(".outcome")).to_have_text("Recorded: Correct.")
        page.keyboard.press("r")
        page.keyboard.type("a slip")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.locator(".outcome")).to_have_text("Undone.")
        expect(page.locator(".review-item .corrections li")).to_have_count(1)
        page.get_by_role("button", name="Put this claim aside").click()
        expect(page.locator(".review-item .claim").first).not_to_have_id(f"claim-{claim.id}")


@pytest.mark.parametrize(
    ("field", "said", "why"),
    [
        ("days", "2024-02-30", "days: 2024-02-30 is no day of the calendar"),
        ("holder", "Syrian Natoinal Army", "holder: no actor is named 'Syrian Natoinal Army'"),
        ("place", "Nowhereville", "place: no place named 'Nowhereville' is known"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_stays_to_be_mended(
    own_demo: Any, field: str, said: str, why: str
) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = brought(tab, control_of_hama(app))
        page.get_by_label("Field of the claim").select_option(field)
        page.keyboard.press("Escape")
        signed(page)
        page.locator("#corrected-value").fill(said)
        page.keyboard.press("Enter")
        expect(page.locator(".outcome.bad")).to_contain_text(why)
        tab.complaints.clear()  # the browser reports the refusal
        expect(page.locator("#corrected-value")).to_have_value(said)
        assert app.ledger.decisions() == []


def test_a_toll_is_corrected_in_arabic_on_a_phone_in_the_dark(own_demo: Any) -> None:
    app, tabs = own_demo
    claim = toll(app)
    with tabs(viewport=PHONE, color_scheme="dark") as tab:
        page = brought(tab, claim, way="&lang=ar")
        expect(page.get_by_label("الحقل من الادعاء")).to_have_value("killed")
        expect(page.locator("#corrected-value")).to_have_value("727; 111 civilians")
        page.get_by_label("السبب").fill("العدد في الجملة أكبر")
        page.get_by_label("اسمك").fill("محررة")
        page.locator("#corrected-value").fill("727; 111+ civilians")
        tab.shoot("desk-correct-arabic-phone")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator(".correct button").click()
        expect(page.locator(".outcome")).to_contain_text("سُجّل")
        expect(page.locator(".review-item .corrections")).to_contain_text("محررة")
        tab.shoot("desk-corrected-arabic-phone")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator(".review-item h1").evaluate(
            "e => e.scrollIntoView({block: 'center'})"
        )  # nothing half under the head
        assert barriers(page) == []
        [now] = app.ledger.claims(ids=[claim.id])
        assert isinstance(now.claim, TollClaim) and {(f.min, f.max) for f in now.claim.figures} == {
            (727, 727),
            (111, None),
        }


def test_the_brief_says_of_a_note_who_corrected_it_and_why(own_demo: Any) -> None:
    app, tabs = own_demo
    with tabs() as tab:
        page = brought(tab, toll(app))
        signed(page, "the count goes on")
        page.locator("#corrected-value").fill("727+; 111 civilians")
        page.keyboard.press("Enter")
        expect(page.locator(".outcome")).to_have_text("Recorded: Correct.")
        page = tab.go("?tab=brief&on=2024-12-05")
        corrected = page.locator(".sources li", has_text="corrected by A. Editor")
        expect(corrected.first).to_contain_text("killed (was 727; 111 civilians)")
        expect(corrected.first).to_contain_text("the count goes on")
        corrected.first.scroll_into_view_if_needed()
        tab.shoot("brief-corrected")
