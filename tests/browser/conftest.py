"""A browser, and servers of three ledgers: the demonstration's, four invented cities', and a hostile one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import api_ledger
import four_cities
import pytest
from chromium import EXECUTABLE, WITHOUT, Tab, launch, tab
from playwright.sync_api import Browser, sync_playwright
from served import TOKEN, app_of, demo_ledger, served

from warledger.api.guard import Rules
from warledger.api.page import DIST
from warledger.ports import Ledger

Open = Callable[..., AbstractContextManager[Tab]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, where it and the built page are there."""
    if EXECUTABLE is None:
        pytest.skip(WITHOUT)
    if not (DIST / "index.html").is_file():
        pytest.skip("the page is not built here (make page)")
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


def _filled(path: Path, fill: Callable[[Ledger], object]) -> Path:
    app = app_of(path)
    fill(app.ledger)
    app.ledger.close()
    return path


@pytest.fixture(scope="session")
def demo_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's ledger, read once."""
    return demo_ledger(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture(scope="session")
def demo(browser: Browser, demo_db: Path) -> Iterator[Open]:
    """Tabs on the demonstration's ledger."""
    app = app_of(demo_db)
    with served(app, Rules(token=TOKEN)) as url:
        yield partial(tab, browser, url)
    app.ledger.close()


@pytest.fixture(scope="session")
def cities(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Tabs on the ledger of four cities."""
    app = app_of(_filled(tmp_path_factory.mktemp("cities") / "cities.db", four_cities.fill))
    with served(app, Rules(token=TOKEN)) as url:
        yield partial(tab, browser, url)
    app.ledger.close()


@pytest.fixture
def hostile(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Tabs on a ledger whose reports, titles, places and actors hold scripts."""
    app = app_of(_filled(tmp_path / "hostile.db", api_ledger.fill))
    with served(app, Rules(token=TOKEN)) as url:
        yield partial(tab, browser, url)
    app.ledger.close()


@pytest.fixture
def own_demo(browser: Browser, demo_db: Path, tmp_path: Path) -> Iterator[Any]:
    """A copy of the demonstration's ledger to decide and append in: its app, and tabs on it."""
    copy = shutil.copy(demo_db, tmp_path / "own.db")
    app = app_of(Path(copy))
    with served(app, Rules(token=TOKEN)) as url:
        yield app, partial(tab, browser, url)
    app.ledger.close()


@pytest.fixture
def demo_without_token(browser: Browser, demo_db: Path) -> Iterator[Open]:
    """Tabs on a server that was started without a token."""
    app = app_of(demo_db, token=None)
    with served(app, Rules()) as url:
        yield partial(tab, browser, url)
    app.ledger.close()


@pytest.fixture
def own_empty(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """A ledger with nothing in it: its app, and tabs on it."""
    app = app_of(tmp_path / "empty.db")
    with served(app, Rules(token=TOKEN)) as url:
        yield app, partial(tab, browser, url)
    app.ledger.close()
