"""`warledger copy`, `backup` and `restore`: a ledger moved between stores, kept safe, and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from warledger.cli.ingest import progress_bar
from warledger.cli.options import Db, open_app, open_to_ask
from warledger.cli.tables import counted
from warledger.domain.errors import StoreError, UsageError
from warledger.ledger import Verdict, copy_ledger, verify


def register(cli: typer.Typer) -> None:
    """Give the commands their names."""
    cli.command("copy")(copy)
    cli.command("backup")(backup)
    cli.command("restore")(restore)


def copy(
    source: Annotated[str, typer.Argument(metavar="SRC", help="A ledger: a file or a postgresql:// URL.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="Where to: empty, or an earlier copy to go on with.")],
) -> None:
    """Copy a ledger to another store: ids, times and the chain stay as they are.

    A copy that was stopped goes on where it stopped; run again later, it takes over what is new.
    """
    first, second = open_to_ask(source), open_app(target)
    if first.settings.db == second.settings.db:
        raise UsageError("source and target are the same ledger")
    head = first.ledger.head()
    with progress_bar(head.seq if head is not None else None, "copying") as bar:
        number = copy_ledger(first.ledger, second.ledger, lambda entries: bar.advance(bar.task_ids[0], entries))
    print(f"{counted(number, 'entry', 'entries')} copied to {second.name}; {_found(verify(second.ledger))}")


def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there yet.")],
    db: Db = None,
) -> None:
    """Write the whole ledger to one SQLite file while others go on reading and writing it."""
    if out.exists():
        raise UsageError(f"{out} is there already; name another file")
    app = open_to_ask(db)
    app.backup(out)
    print(f"{out}: {out.stat().st_size:,} bytes")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `warledger backup` wrote.")],
    db: Db = None,
) -> None:
    """Bring a backup back: checked first, then put where no ledger is yet."""
    if not file.exists():
        raise StoreError(f"{file}: no such file")
    app = open_app(db)
    verdict = app.restore(file)
    print(f"{app.name} restored from {file}; {_found(verdict)}")


def _found(verdict: Verdict) -> str:
    if verdict.tampered:
        raise StoreError(f"the copy is not whole: {verdict.tampered[0]}")
    return f"chain valid, {counted(verdict.records, 'record')}, newest link {verdict.head or 'none'}"
