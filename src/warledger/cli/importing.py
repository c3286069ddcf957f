"""`warledger import`: take the events of a dataset into the ledger, with the dataset as their origin."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from warledger.cli.ingest import closing_line
from warledger.cli.options import Db, Published, open_app, say
from warledger.pipeline import import_rows

REFUSED = 1


class Dataset(StrEnum):
    """Datasets that can be imported."""

    UCDP = "ucdp"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("import")(import_dataset)


def import_dataset(
    dataset: Annotated[Dataset, typer.Argument(metavar="DATASET", help="ucdp: UCDP GED, as CSV or JSON lines.")],
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, or - for standard input.")],
    published: Published = None,
    db: Db = None,
) -> int:
    """Import the events of a dataset, each row as one event whose origin is the dataset.

    A second import of the same rows changes nothing; a row that changed becomes a new version of its event. --published
    is the day of the dataset's release; without it the last day of each event stands for it.
    """
    app = open_app(db)
    now = datetime.now(UTC)
    rows = app.ged_rows(paths, recorded_at=now, published=published)
    outcome = import_rows(rows, app.ledger, now, say)
    print(closing_line(outcome).replace(" report", " row", 1))
    return REFUSED if outcome.refused else 0
