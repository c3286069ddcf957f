"""The API in this process over the small ledger of `api_ledger`: one for all who only read, one to write to."""

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


def filled(db: Path) -> App:
    made = app_of(db, delay_hours=0.0)
    fill(made.ledger)
    return made


@pytest.fixture(scope="session")
def read_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app of a filled ledger to which nobody writes."""
    made = filled(tmp_path_factory.mktemp("api") / "w.db")
    yield made
    made.ledger.close()


@pytest.fixture(scope="session")
def api(read_app: App) -> Iterator[TestClient]:
    """A client on loopback that only reads."""
    with client(read_app, Rules(token=TOKEN)) as made:
        yield made


@pytest.fixture(scope="session")
def public(read_app: App) -> Iterator[TestClient]:
    """A client of a public site."""
    with client(read_app, Rules(public=True)) as made:
        yield made


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The app of a filled ledger of the test's own."""
    made = filled(tmp_path / "w.db")
    yield made
    made.ledger.close()


@pytest.fixture
def own(app: App) -> Iterator[TestClient]:
    """A client that may write."""
    with client(app, Rules(token=TOKEN)) as made:
        yield made
