"""A real server of a ledger on a free port of loopback, and the demonstration's ledger, read once for all tests."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from subprocess import DEVNULL, Popen

import attrs
import uvicorn

from warledger.api.application import guarded_api
from warledger.api.guard import Rules
from warledger.api.page import DIST
from warledger.api.server import configured
from warledger.app import App, build
from warledger.pipeline import Run, end_of_day, in_order_of_publication, ingest
from warledger.ports import Defaults
from warledger.settings import Settings, Site

TOKEN = "a token of the tests"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(app: App, rules: Rules, *, page: Path = DIST) -> Iterator[str]:
    """Serve until the block ends; the address."""
    port = free_port()
    api = guarded_api(app, rules, page=page)
    server = uvicorn.Server(configured(api, host="127.0.0.1", port=port, slow_seconds=rules.slow_seconds))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def serving(db: Path) -> Iterator[tuple[str, int]]:
    """A server of a ledger in a process of its own, as persons start it, until the block ends: address and process."""
    port = free_port()
    program = [sys.executable, "-c", "from warledger.cli.main import main; main()"]
    server = Popen([*program, "serve", "--db", str(db), "--port", str(port)], stderr=DEVNULL)
    try:
        while not _listens(port):
            assert server.poll() is None
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def demo_ledger(path: Path) -> Path:
    """The packaged reports of Syria 2024, replayed into a ledger."""
    app = build(Settings(db=path))
    run = Run(
        rooms=app.rooms,
        ledger=app.ledger,
        recorded_at=end_of_day,
        now=lambda: datetime(2024, 12, 9, tzinfo=UTC),
        tell=lambda problem: None,
        progress=lambda done: None,
    )
    reports = str(app.settings.data / "demo" / "reports.jsonl")
    ingest(in_order_of_publication(app.collect([reports], Defaults())), run)
    app.ledger.close()
    return path


def app_of(db: Path, *, token: str | None = TOKEN, **changes: object) -> App:
    """The app of a ledger with a site of the tests' own."""
    site = attrs.evolve(Site(token=token), **changes)
    return build(Settings(db=db, site=site))
