"""`warledger eval`: one stage over a benchmark's rows, predictions in the benchmark's own form on standard output.

JSON lines in (`id` and `text`, or `claim`), JSON lines out, one a row, in order. Refused with one line: a row that is
no JSON object or lacks a key that the stage needs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from warledger.app import App
from warledger.cli.options import open_app
from warledger.domain.errors import UsageError
from warledger.read.dates import find_times

Row = dict[str, Any]
Stage = Callable[[App, Sequence[Row]], Iterable[Row]]


class StageName(StrEnum):
    """The stages that can be asked alone."""

    DATES = "dates"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("eval")(evaluate)


def evaluate(
    stage: Annotated[StageName, typer.Argument(help="Which stage.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Rows as JSON lines.")],
) -> None:
    """Run one stage over a benchmark's rows; score the output with the benchmark's own scorer."""
    for row in STAGES[stage](open_app(), list(read_rows(file))):
        print(json.dumps(row, ensure_ascii=False))


def read_rows(file: Path) -> Iterator[Row]:
    """Read JSON lines.

    Raises:
        UsageError: the file cannot be read or a line is no JSON object with an id.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{file}: line {number}: broken JSON ({error})") from error
        if not isinstance(row, dict) or "id" not in row:
            raise UsageError(f"{file}: line {number}: is no row with an id")
        yield row


def dates(app: App, rows: Sequence[Row]) -> Iterator[Row]:
    """Times of each text as TIMEX3 values."""
    for row in rows:
        found = find_times(
            row["text"], date.fromisoformat(row["published"][:10]), row.get("language") or "en", app.time_cues
        )
        timexes = [{"start": t.span.start, "end": t.span.end, "value": t.value, "role": t.role} for t in found]
        yield {"id": row["id"], "timexes": timexes}


STAGES: dict[StageName, Stage] = {StageName.DATES: dates}
"""What each stage does."""
