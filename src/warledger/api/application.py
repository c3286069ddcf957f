"""The API put together: an app and how it is served in, an ASGI application out."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Thread

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.types import ASGIApp

from warledger import __version__
from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.guard import Guard, Rules
from warledger.api.page import DIST, add_page
from warledger.api.paths import desk as at_desk
from warledger.api.paths import findings, ground, ogc, people, record, stream, telling
from warledger.api.problems import DOCUMENTED, handle_problems
from warledger.app import App
from warledger.domain.errors import StoreError

Clock = Callable[[], datetime]
THREADS = 6
"""Requests that are worked on at one time; each holds a connection of the ledger."""
ABOUT = (
    "What is known of who holds what, what happened and who says so. Every question may be asked of a day (`on`, or "
    "`from` and `to`) and as known at a time (`known_at`). Unknown is null."
)


def make_api(app: App, *, public: bool = False, now: Clock | None = None, page: Path = DIST) -> FastAPI:
    """The API of a ledger, without its guard.

    Args:
        app: whose ledger and rooms.
        public: read only, delayed, coarsened, private persons' names withheld.
        now: the clock; None for the machine's.
        page: the built page.
    """
    api = FastAPI(
        title="warledger",
        version=__version__,
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_threads,
        responses=DOCUMENTED,
        redirect_slashes=False,
    )
    api.state.desk = Desk(app, public=public, now=now)
    handle_problems(api)
    for paths in (telling, ground, record, people, findings, at_desk, stream):
        api.include_router(paths.ROUTER, prefix="/api/v1")
    api.include_router(ogc.ROUTER)
    _document_problems(api)
    add_page(api, page)
    return api


def guarded_api(app: App, rules: Rules, *, page: Path = DIST) -> ASGIApp:
    """The API behind its guard, as it is served."""
    return Guard(make_api(app, public=rules.public, page=page), rules)


@asynccontextmanager
async def _threads(api: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = THREADS
    Thread(target=_prepare, args=(api.state.desk,), daemon=True).start()
    yield


def _prepare(desk: Desk) -> None:
    """Make ready beside the first questions; a record that is busy or gone tells so when it is asked.

    What is loaded then stays, so the collector of garbage need not go through it again and again: that stops all work.
    """
    with suppress(StoreError):
        desk.prepare()
    gc.collect()
    gc.freeze()


def _document_problems(api: FastAPI) -> None:
    """Put the shape of problems into OpenAPI, where every path refers to it, and the way a token is given."""
    plain = api.openapi

    def openapi() -> dict[str, object]:
        said = plain()
        parts = said.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = shapes.Problem.model_json_schema()
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path in said["paths"].values():
            if "post" in path:
                path["post"]["security"] = [{"token": []}]
        return said

    api.openapi = openapi  # type: ignore[method-assign]
