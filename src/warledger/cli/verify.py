"""`warledger verify`: hash the whole ledger again and name what is not as it was recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from warledger.cli.options import Db, open_to_ask
from warledger.cli.tables import counted
from warledger.ledger import verify as verify_ledger

TAMPERED = 1


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("verify")(verify)


def verify(
    noted: Annotated[
        str | None,
        typer.Option("--noted", metavar="LINK", help="A link that this printed before; it must still be there."),
    ] = None,
    db: Db = None,
) -> int:
    """Hash reports' bytes, claims, events and the chain again; exit code 1 where something was tampered with.

    The last line gives the newest link of the chain: note it outside the ledger, and --noted tells later whether the
    ledger was written anew since.
    """
    verdict = verify_ledger(open_to_ask(db).ledger, noted=noted)
    for line in verdict.tampered:
        print(line)
    held = f"{counted(verdict.entries, 'entry', 'entries')}, {counted(verdict.records, 'record')}"
    held += f", {counted(verdict.redactions, 'redaction')}"
    if verdict.tampered:
        print(f"{counted(len(verdict.tampered), 'thing is', 'things are')} not as recorded, of {held}")
        return TAMPERED
    print(f"all as recorded: {held}; newest link {verdict.head or 'none'}")
    return 0
