"""`warledger serve`: the page and the API of a ledger, on this machine alone unless another address is named."""

from __future__ import annotations

from typing import Annotated

import typer

from warledger.api.page import DIST
from warledger.cli.options import Db, open_to_ask, say

HOST, PORT = "127.0.0.1", 8765


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("serve")(serve)


def serve(
    db: Db = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Any but loopback needs WARLEDGER_TOKEN, or --public.")
    ] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where it listens.")] = PORT,
    public: Annotated[
        bool,
        typer.Option(
            "--public", help="Read only; delayed, coarsened, private persons' names withheld, as settings say."
        ),
    ] = False,
) -> None:
    """Serve the page and the API until stopped."""
    from warledger.api.server import rules_for
    from warledger.api.server import serve as serve_app

    app = open_to_ask(db)
    rules_for(app.settings.site, host, public=public)
    if not (DIST / "index.html").is_file():
        say("the page is not built here: only the API is served")
    shown = f"[{host}]" if ":" in host else host
    say(f"http://{shown}:{port}/ serves {app.name}; the API is at /api/v1 and /ogc; Ctrl-C ends it")
    serve_app(app, host=host, port=port, public=public)
