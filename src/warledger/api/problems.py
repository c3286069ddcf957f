"""Every error in one shape (RFC 9457): an exception in, `application/problem+json` out; what failed inside is logged.

Nothing of what was sent is told back but the names of parameters, so that an error page carries no words of a stranger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from warledger.api import shapes
from warledger.domain.errors import StoreError, UsageError, WarledgerError

MEDIA_TYPE = "application/problem+json"
OGC = "/ogc"
_LOG = structlog.get_logger("warledger.api")
_SCHEMA = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    code: {"description": HTTPStatus(code).phrase, "content": _SCHEMA}
    for code in (400, 401, 403, 404, 405, 408, 413, 421, 422, 500, 503)
}
"""What every path may answer besides what was asked for."""


class NotFound(WarledgerError):
    """Nothing bears the id or the name of the path."""


def problem(
    status: int,
    detail: str | None = None,
    *,
    errors: Sequence[Mapping[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Write a problem.

    Args:
        status: of HTTP.
        detail: in one plain sentence, or None.
        errors: what is wrong with which parameter, or None.
        headers: besides.
    """
    said = shapes.Problem(title=HTTPStatus(status).phrase, status=status, detail=detail).model_dump(exclude_none=True)
    if errors is not None:
        said["errors"] = list(errors)
    return Response(to_json(said), status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _bad(request: Request) -> int:
    """What a request that is not as it should be is answered with; OGC's standard wants 400."""
    return 400 if request.url.path.startswith(OGC) else 422


def handle_problems(api: FastAPI) -> None:
    """Have an API answer every exception with a problem."""

    @api.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Response:
        detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
        return problem(error.status_code, detail, headers=error.headers)

    @api.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        errors = [{"where": [str(w) for w in e["loc"]], "what": e["msg"]} for e in error.errors()]
        if request.url.path.startswith(OGC) and any(e["loc"][0] == "path" for e in error.errors()):
            return problem(404)
        return problem(_bad(request), "a parameter or the body is not as it should be", errors=errors)

    @api.exception_handler(OverflowError)
    async def _far(request: Request, _: OverflowError) -> Response:
        return problem(_bad(request), "a day lies outside the calendar")

    @api.exception_handler(WarledgerError)
    async def _ours(request: Request, error: WarledgerError) -> Response:
        match error:
            case NotFound():
                return problem(404, str(error))
            case UsageError():
                return problem(_bad(request), str(error))
            case StoreError():
                _LOG.error("store", path=request.url.path, error=str(error))
                return problem(503, "the ledger cannot be used just now", headers={"Retry-After": "5"})
            case _:
                return problem(500, "something went wrong here; it is logged")

    @api.exception_handler(Exception)
    async def _any(request: Request, error: Exception) -> Response:
        _LOG.error("failed", path=request.url.path, exc_info=error)
        return problem(500, "something went wrong here; it is logged")
