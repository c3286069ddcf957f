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
from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
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
        least: a narrower column is no use; where the terminal is too narrow for all, rows are printed as blocks.
    """

    key: str
    title: str
    right: bool = False
    whole: bool = False
    least: int = 10


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


def counted(number: int, noun: str, many: str | None = None) -> str:
    """A number with its noun: `1 report`, `2 reports`; `many` where an s will not do."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {many or noun + 's'}"


def _print_csv(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([c.key for c in columns])
    out.writerows([plain(row.get(c.key)) for c in columns] for row in rows)


def _print_table(rows: Iterable[Row], columns: Sequence[Column], empty: str) -> None:
    cells = [[plain(row.get(c.key)) for c in columns] for row in rows]
    if not cells:
        print(empty, file=sys.stderr)
        return
    out = console()
    if _least_width(cells, columns) > out.width:
        for row in cells:
            out.print(_block(row, columns))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for c in columns:
        table.add_column(c.title, justify="right" if c.right else "left", no_wrap=c.whole, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


def _least_width(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> int:
    """Characters that a table needs: what may not wrap, and the least of what may."""
    longest = [max(cell_len(c.title), *(cell_len(row[n]) for row in cells)) for n, c in enumerate(columns)]
    return sum((w if c.whole else min(w, c.least)) + 3 for c, w in zip(columns, longest, strict=True))


def _block(row: Sequence[str], columns: Sequence[Column]) -> Padding:
    """One row on a narrow terminal: its first two values as a heading, then each other value behind its title."""
    heading = Text("  ".join(v for v in row[:2] if v), style="bold")
    rest = [(c.title, value) for c, value in zip(columns[2:], row[2:], strict=True) if value]
    line = Text("; ").join(Text.assemble((f"{title}: ", "dim"), value) for title, value in rest)
    return Padding(Group(heading, Padding(line, (0, 0, 0, 2))), (0, 0, 1, 0))
