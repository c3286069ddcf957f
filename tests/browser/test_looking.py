"""The map and the two sliders: who holds what on a day, as known on another."""

from __future__ import annotations

import math
import re
from typing import Any

import four_cities
from playwright.sync_api import Locator, Page, expect

TILE_PX = 512
ARMY, OPPOSITION, HTS = "Military Forces of Syria", "Syrian opposition", "Hayat Tahrir al-Sham"
COMMAND = "Military Operations Command"
"""One of the two that a report names as holding Homs; the list puts a place under the first."""


def row_of(page: Page, city: str) -> Locator:
    """The row of the overview that lists a city."""
    return page.locator(".holders > li", has=page.get_by_role("button", name=city, exact=True))


def is_held(page: Page, city: str, holder: str) -> None:
    """The overview lists a city under a name."""
    expect(row_of(page, city).locator(".holder-name")).to_have_text(holder)


def slide(page: Page, slider: str, days: int) -> None:
    """Move a slider by the keyboard."""
    page.locator(slider).focus()
    for _ in range(abs(days)):
        page.keyboard.press("ArrowRight" if days > 0 else "ArrowLeft")


def spot(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point of the earth lies on the screen, by the view that the URL names."""
    zoom, lat, lng = map(float, page.evaluate("new URL(location).searchParams.get('at')").split("/"))
    box = page.locator(".map-canvas").bounding_box()
    assert box is not None

    def world(longitude: float, latitude: float) -> tuple[float, float]:
        size = TILE_PX * 2**zoom
        y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
        return size * (longitude / 360 + 0.5), size * (0.5 - y / (2 * math.pi))

    (x, y), (cx, cy) = world(longitude, latitude), world(lng, lat)
    return box["x"] + box["width"] / 2 + x - cx, box["y"] + box["height"] / 2 + y - cy


def test_sliding_the_day_shows_four_cities_change_hands_each_on_its_day(cities: Any) -> None:
    with cities() as tab:
        page = tab.go(f"?on={four_cities.FIRST}")
        expect(page.locator(".overview")).to_contain_text("No report of this record says who held a place by this day.")
        slide(page, "#on", 5)
        for entry in four_cities.TAKEN:
            is_held(page, entry.name, four_cities.ARMY)
        for day in range(2, 9):
            slide(page, "#on", 1)
            expect(page.locator(".day h1")).to_have_text(f"{day} December 2024")
            for entry, taken in four_cities.TAKEN.items():
                is_held(page, entry.name, four_cities.REBELS if day >= taken else four_cities.ARMY)
        tab.drawn()
        tab.shoot("four-cities")


def test_the_map_is_painted_anew_when_a_city_changes_hands(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-06")
        expect(page).to_have_url(re.compile("at="))
        x, y = spot(page, four_cities.HOMS.longitude + 0.1, four_cities.HOMS.latitude)
        before = page.screenshot(clip={"x": x, "y": y, "width": 3, "height": 3})
        slide(page, "#on", 1)
        expect(page.locator(".changes")).to_contain_text("Homs")
        page.wait_for_timeout(300)
        tab.drawn()
        assert page.screenshot(clip={"x": x, "y": y, "width": 3, "height": 3}) != before


def test_what_changed_since_yesterday_is_in_sight_with_both_holders(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-08")
        changed = page.locator("section", has=page.get_by_role("heading", name="What changed since 7 December 2024"))
        expect(changed).to_contain_text("Damascus")
        expect(changed.locator(".was")).to_have_text(four_cities.ARMY)
        box = changed.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 800


def test_as_known_earlier_the_later_fall_of_a_city_is_not_shown(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-08")
        slide(page, "#known", -3)
        expect(page.locator(".day p")).to_contain_text("as known at the end of 6 December 2024")
        is_held(page, "Damascus", four_cities.ARMY)
        is_held(page, "Hama", four_cities.REBELS)
        expect(page).to_have_url(re.compile("known=2024-12-06"))


def test_the_demonstration_tells_the_twelve_days_from_the_first_city_to_the_last(demo: Any) -> None:
    unsaid = "No report of this record says who held it by then."
    with demo() as tab:
        page = tab.go("?on=2024-11-26")
        is_held(page, "Aleppo", ARMY)
        for city in ("Saraqib", "Hama", "Homs", "Damascus"):
            expect(row_of(page, city)).to_have_count(0)
        slide(page, "#on", 3)
        is_held(page, "Saraqib", HTS)
        is_held(page, "Aleppo", OPPOSITION)
        slide(page, "#on", 6)
        for city in ("Aleppo", "Hama"):
            is_held(page, city, HTS)
        for city in ("Homs", "Damascus"):
            expect(row_of(page, city)).to_have_count(0)
        slide(page, "#on", 3)
        expect(page.locator(".day h1")).to_have_text("8 December 2024")
        for city, holder in {"Aleppo": HTS, "Hama": HTS, "Homs": COMMAND, "Damascus": OPPOSITION}.items():
            is_held(page, city, holder)
        tab.drawn()
        tab.shoot("demonstration")
        page.goto(f"{tab.url}/?open=place:gn:169577&on=2024-11-30")
        expect(page.locator(".panel.item")).to_contain_text(unsaid)


def test_the_demonstration_as_known_earlier_has_not_heard_of_the_fall_of_homs_and_damascus(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?on=2024-12-08")
        is_held(page, "Homs", COMMAND)
        slide(page, "#known", -3)
        expect(page.locator(".day p")).to_contain_text("as known at the end of 6 December 2024")
        for city in ("Homs", "Damascus"):
            expect(row_of(page, city)).to_have_count(0)
        is_held(page, "Hama", HTS)


def test_saraqib_clicked_in_the_demonstration_gives_the_words_of_two_reports(demo: Any) -> None:
    english = "HTS captured the town of Saraqib"
    french = "les jihadistes et leurs alliés ont pris la ville de Saraqeb"
    with demo() as tab:
        page = tab.go("?on=2024-12-08&hide=events&at=9/35.86/36.8")
        tab.drawn()
        page.mouse.click(*spot(page, four_cities.SARAQIB.longitude, four_cities.SARAQIB.latitude))
        panel = page.locator(".panel.item")
        expect(panel.get_by_role("heading", name="Saraqib", exact=True)).to_be_visible()
        expect(panel).to_contain_text(french)
        panel.locator(".claim", has_text=english).first.get_by_text("Read it in the report").click()
        expect(panel.locator(".text mark.lit").first).to_be_visible()
        assert english in "".join(panel.locator(".text mark.lit").all_text_contents())
        tab.shoot("demonstration-saraqib")


def test_a_town_clicked_on_the_map_opens_its_words_and_the_report(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-04")
        expect(page).to_have_url(re.compile("at="))
        page.mouse.click(*spot(page, four_cities.SARAQIB.longitude, four_cities.SARAQIB.latitude))
        panel = page.locator(".panel.item")
        expect(panel.get_by_role("heading", name="Saraqib", exact=True)).to_be_visible()
        expect(panel.locator(".versus")).to_contain_text(four_cities.SARAQIB_QUOTE)
        expect(panel.locator(".versus")).to_contain_text("The army still holds Saraqib")
        panel.locator(".versus .claim", has_text=four_cities.SARAQIB_QUOTE).get_by_text("Read it in the report").click()
        expect(panel.locator(".text mark.lit")).to_have_text(four_cities.SARAQIB_QUOTE)
        tab.shoot("saraqib-report")


def test_playing_walks_through_the_days_and_stops_at_the_last(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-06")
        page.get_by_role("button", name="Play").click()
        expect(page.locator(".day h1")).to_have_text("8 December 2024", timeout=5000)
        expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=5000)


def test_dragging_over_the_timeline_narrows_the_events_to_those_days(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-08")
        box = page.locator(".timeline svg").bounding_box()
        assert box is not None
        a_day, y = box["width"] / 15, box["y"] + 30
        page.mouse.move(box["x"] + a_day * 11.5, y)
        page.mouse.down()
        page.mouse.move(box["x"] + a_day * 13.5, y, steps=5)
        page.mouse.up()
        expect(page.get_by_role("heading", name="Events from 5 Dec to 7 Dec")).to_be_visible()
        expect(page.locator("#day-events ~ .event-rows .event-row")).to_have_count(2)
        page.get_by_role("button", name="All days").click()
        expect(page.get_by_role("heading", name="Events of the day")).to_be_visible()


def test_a_sent_address_opens_the_same_view(cities: Any) -> None:
    query = "?on=2024-12-05&known=2024-12-06&hide=roads&family=battle&open=event:e-Hama&lang=ar&theme=dark"
    with cities() as tab:
        page = tab.go(query)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.locator(".panel.item h1")).to_contain_text("حماة")
        expect(page.locator("#on")).to_have_js_property("value", str((four_cities.LAST.toordinal() - 719163) - 3))
        expect(page.locator(".active")).to_contain_text("معارك")
        expect(page.get_by_label("الطرق")).not_to_be_checked()
        tab.shoot("arabic-dark")


def test_the_arabic_page_writes_places_and_actors_in_arabic_and_leads_to_their_own_names(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?on=2024-12-05&lang=ar")
        expect(row_of(page, "حلب").locator(".holder-name")).to_have_text("هيئة تحرير الشام")
        row_of(page, "حلب").get_by_role("button", name="حلب", exact=True).click()
        expect(page.locator("article h1")).to_have_text("حلب")
        expect(page.locator("article h1 + p")).to_have_text("Aleppo")
        tab.shoot("arabic-names")


def test_the_arabic_page_has_the_brief_in_arabic(demo: Any) -> None:
    with demo() as tab:
        page = tab.go("?tab=brief&on=2024-11-30&lang=ar")
        expect(page.locator(".sheet h1")).to_contain_text("هيئة تحرير الشام")
        expect(page.locator(".sheet h1")).to_have_attribute("dir", "rtl")
        expect(page.get_by_role("heading", name="من يسيطر على ماذا", exact=True)).to_be_visible()
        expect(page.locator(".sheet blockquote").first).to_have_attribute("dir", "auto")
        tab.shoot("arabic-brief")


def test_going_back_closes_what_was_opened(cities: Any) -> None:
    with cities() as tab:
        page = tab.go("?on=2024-12-05")
        page.locator(".holders").get_by_role("button", name="Hama", exact=True).click()
        expect(page.locator(".panel.item h1")).to_have_text("Hama")
        page.go_back()
        expect(page.locator(".panel.item")).to_have_count(0)
        expect(page.locator(".day h1")).to_have_text("5 December 2024")
