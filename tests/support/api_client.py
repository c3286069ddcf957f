"""Clients of an API in this process, over the small ledger of `api_ledger`."""

from __future__ import annotations

from pathlib import Path

from served import TOKEN
from starlette.testclient import TestClient

from warledger.api.application import guarded_api
from warledger.api.guard import Rules
from warledger.app import App

BEARER = {"Authorization": f"Bearer {TOKEN}"}


def client(app: App, rules: Rules, page: Path = Path("nowhere")) -> TestClient:
    """A client of an app behind a guard."""
    return TestClient(guarded_api(app, rules, page=page), base_url="http://127.0.0.1", raise_server_exceptions=False)
