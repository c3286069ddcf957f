"""`warledger export`: hand the ledger on in another format, to a file or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from warledger.cli.options import Db, open_to_ask, say
from warledger.domain.errors import UsageError


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("export")(export)


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="geojson, jsonl or csv.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; else standard output.")] = None,
    db: Db = None,
) -> None:
    """Export events, control and claims."""
    app = open_to_ask(db)
    exporter = app.exporters.get(form.lower())
    if exporter is None:
        raise UsageError(f"no format {form!r}; there are {', '.join(sorted(app.exporters))}")
    exporter.write(app.ledger, out)
    if out is not None:
        say(f"{out}: {out.stat().st_size:,} bytes of {exporter.name}")
