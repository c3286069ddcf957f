"""Print rows as a table for people, as JSON lines or as CSV.

Rows with the same keys in, text on standard output out. Control characters of foreign texts never reach a terminal.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warledger.cli.options import TableFormat

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
Row = Mapping[str, Any]


@frozen(kw_only=True)
class Column:
    """One column of a table.

    Args:
        key: the row's key, and the heading in CSV.
        title: the heading in a table.
        right: numbers stand to the right.
        whole: never wrapped or cut (dates, ids).
    """

    key: str
    title: str
    right: bool = False
    whole: bool = False


def print_rows(
    rows: Iterable[Row], columns: Sequence[Column], form: TableFormat, *, empty: str = "nothing found"
) -> None:
    """Print a list.

    Args:
        rows: plain records; JSON lines hold every key, tables and CSV those of the columns.
        columns: in order.
        form: how.
        empty: what a table of no rows says, on standard error.
    """
    match form:
        case TableFormat.JSONL:
            for row in rows:
                print(json.dumps(row, ensure_ascii=False, default=str))
        case TableFormat.CSV:
            _print_csv(rows, columns)
        case TableFormat.TABLE:
            _print_table(rows, columns, empty)


def console(*, stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough for whole lines where the output goes to a file."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, highlight=False, width=None if stream.isatty() else 160)


def plain(value: object) -> str:
    """Write a value for people: lists joined, nothing for unknown, control characters taken out."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(v) for v in value)
    return _CONTROL.sub(" ", str(value))


def _print_csv(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([c.key for c in columns])
    out.writerows([plain(row.get(c.key)) for c in columns] for row in rows)


def _print_table(rows: Iterable[Row], columns: Sequence[Column], empty: str) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for c in columns:
        table.add_column(c.title, justify="right" if c.right else "left", no_wrap=c.whole)
    for row in rows:
        table.add_row(*(Text(plain(row.get(c.key))) for c in columns))
    if table.row_count == 0:
        print(empty, file=sys.stderr)
        return
    console().print(table)
