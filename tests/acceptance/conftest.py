"""The API in this process over the small ledger of `api_ledger`: on loopback, and as a public site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_client import client
from api_ledger import fill
from served import TOKEN, app_of
from starlette.testclient import TestClient

from warledger.api.guard import Rules
from warledger.app import App


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The app of a filled ledger."""
    made = app_of(tmp_path / "w.db", delay_hours=0.0)
    fill(made.ledger)
    yield made
    made.ledger.close()


@pytest.fixture
def api(app: App) -> Iterator[TestClient]:
    """A client on loopback."""
    with client(app, Rules(token=TOKEN)) as made:
        yield made


@pytest.fixture
def public(app: App) -> Iterator[TestClient]:
    """A client of a public site."""
    with client(app, Rules(public=True)) as made:
        yield made
