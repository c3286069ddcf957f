"""`/stream`: server-sent events while the ledger grows and while an ingest runs.

`ledger` tells what it holds, at once and after every change; `ingest` how far a running ingest is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from pydantic_core import to_json
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from warledger.api.desk import Desk
from warledger.api.paths.common import AtDesk
from warledger.api.problems import problem
from warledger.domain.records import Record

ROUTER = APIRouter()
SECONDS = 1.0
"""Between two looks at the ledger."""
MOST_STREAMS = 64


@ROUTER.get(
    "/stream",
    tags=["about"],
    response_model=None,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events without end."}},
)
async def stream(request: Request, desk: AtDesk) -> Response:
    """What the ledger holds, whenever it grows; and how far a running ingest is."""
    if desk.streams >= MOST_STREAMS:
        return problem(503, "too many streams are open", headers={"Retry-After": "30"})
    return EventSourceResponse(_events(request, desk), ping=15, send_timeout=desk.site.slow_seconds)


async def _events(request: Request, desk: Desk) -> AsyncIterator[ServerSentEvent]:
    desk.streams += 1
    seen, told = None, None
    try:
        while not await request.is_disconnected():
            state = await run_sync(desk.state)
            if state != seen:
                seen = state
                yield ServerSentEvent(event="ledger", data=to_json(await run_sync(_ledger, desk)).decode())
            progress = await run_sync(desk.progress)
            if progress != told:
                told = progress
                yield ServerSentEvent(event="ingest", data=to_json(progress).decode())
            await asyncio.sleep(SECONDS)
    finally:
        desk.streams -= 1


def _ledger(desk: Desk) -> Record:
    census = desk.census(desk.latest())
    known_to = census.known_to.isoformat() if census.known_to is not None else None
    return {**{n: getattr(census, n) for n in ("reports", "claims", "events", "places")}, "known_to": known_to}
