"""`warledger redact`: remove words from the ledger for a lawful reason, and leave a tombstone that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from warledger.cli.options import Db, open_to_ask, say
from warledger.cli.tables import counted
from warledger.domain.errors import UsageError
from warledger.domain.redaction import Redaction

_NOUNS = {
    "reports": "report",
    "claims": "claim",
    "event_versions": "version of events",
    "refusals": "refused record",
    "decisions": "decision",
}


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("redact")(redact)


def redact(
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who removes it.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays, so it must not repeat them.")],
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT]...", help="Ids of reports; every version is redacted.")
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--words", metavar="TEXT", help="These words alone, in any case; without REPORT wherever they stand."
        ),
    ] = None,
    refused: Annotated[
        list[str] | None,
        typer.Option("--refused", metavar="FILE", help="Also the bytes of refused records of this file."),
    ] = None,
    db: Db = None,
) -> None:
    """Remove words for good, as the law asks, and leave a tombstone in the chain.

    Words become █ in texts, quotes and names; bytes as received go, and without --words titles and URLs too. Types,
    days, actors, places, ids and hashes stay.

    It cannot be undone. Backups and copies made before still hold the words.
    """
    app = open_to_ask(db)
    try:
        redaction = Redaction(
            author=author,
            reason=reason,
            report_ids=tuple(reports or ()),
            words=tuple(words or ()),
            refused_files=tuple(refused or ()),
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    unknown = set(redaction.report_ids) - {k.report.id for k in app.ledger.reports()}
    if unknown:
        raise UsageError(f"no report has the id {min(unknown)!r}; nothing was redacted")
    changed = app.ledger.redact(redaction, recorded_at=datetime.now(UTC))
    said = [counted(number, _NOUNS[table], _plural(_NOUNS[table])) for table, number in changed.items()]
    for ident in sorted({k.report.id for k in app.ledger.reports()}) if redaction.words else ():
        if redaction.holds(ident):
            say(f"the id of report {ident!r} holds the words; ids stay")
    print(f"redacted: {', '.join(said)}" if said else "nothing to redact: the ledger does not hold it")


def _plural(noun: str) -> str:
    return noun.replace("version", "versions", 1) if noun.startswith("version") else f"{noun}s"
