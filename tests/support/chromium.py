"""Debian's Chromium, driven by Playwright; a tab that keeps what it complained of and what it asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, expect

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser")
WITHOUT = "Chromium is not here (Debian: chromium)"
SCREENS = Path(__file__).parents[1] / "browser" / "screens"
_SOFTWARE_GL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
_AS_ROOT = ("--no-sandbox",)
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


_PATIENCE_MS = 60_000
"""A machine that draws without a graphics card and does other work besides takes its time."""


def launch(playwright: Playwright) -> Browser:
    """A headless browser that draws WebGL without a graphics card."""
    expect.set_options(timeout=_PATIENCE_MS)
    return playwright.chromium.launch(executable_path=EXECUTABLE, args=[*_SOFTWARE_GL, *_AS_ROOT])


class Tab:
    """One page of the browser.

    Args:
        page: Playwright's.
        url: the address of the server.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("dialog", lambda d: (self.complaints.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: self._asked(r.url))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        own = url.startswith(self.url) or parts.scheme in ("blob", "data", "about")
        if not own:
            self.strangers.append(url)

    def go(self, query: str = "") -> Page:
        """Open the page with a query, and wait until it is drawn."""
        self.page.goto(f"{self.url}/{query}")
        self.page.wait_for_selector("main:not(.alone), main.alone h1")
        if self.page.locator(".map-canvas").count():
            self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait until the map rests."""
        self.page.wait_for_selector('.map-canvas[data-drawn="yes"]', timeout=_PATIENCE_MS)

    def shoot(self, name: str) -> None:
        """Keep a picture."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png")


@contextmanager
def tab(browser: Browser, url: str, **context: Any) -> Iterator[Tab]:
    """A tab of its own; it fails on any complaint of the console and on any request that leaves the machine."""
    made = browser.new_context(**{"viewport": WIDE, "color_scheme": "light", **context})
    opened = Tab(made.new_page(), url)
    yield opened
    made.close()
    assert opened.complaints == []
    assert opened.strangers == []
