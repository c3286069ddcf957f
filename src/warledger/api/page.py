"""The built page at `/`, where it is there; one plain line where it is not."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parents[1] / "web" / "dist"
WITHOUT = "The page is not built here; the API is at /api/v1/openapi.json and /ogc.\n"
_FOR_EVER = "public, max-age=31536000, immutable"


class _Page(StaticFiles):
    """Files of the page; a path that is no file and has no ending is the page itself, whose state is in the URL."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            last = path.rpartition("/")[2]
            if error.status_code != 404 or "." in last or path.startswith(("api", "ogc")):
                raise
            return FileResponse(Path(str(self.directory)) / "index.html")
        if path.startswith("assets/") and response.status_code == 200:
            response.headers["Cache-Control"] = _FOR_EVER
        return response


def add_page(api: FastAPI, folder: Path = DIST) -> None:
    """Serve the page at `/`.

    Args:
        api: behind whose paths it stands.
        folder: the built page.
    """
    if (folder / "index.html").is_file():
        api.mount("/", _Page(directory=folder, html=True))
        return

    @api.get("/", include_in_schema=False)
    async def without(_: Request) -> Response:
        return PlainTextResponse(WITHOUT)
