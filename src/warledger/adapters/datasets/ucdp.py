"""Read UCDP GED: the bytes of a CSV file or of JSON lines in, typed rows and Problems out.

A row that breaks the dataset's shape becomes a Problem that names the file, the record and the field; the rest goes on.
A row whose figures are out of order (best below low, or above high) is kept with low and high made wide enough, and a
Problem that refuses nothing says so.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from warledger.domain.dataset import GedRow
from warledger.domain.errors import Problem

SIDES = {
    "deaths_a": "side a",
    "deaths_b": "side b",
    "deaths_civilians": "civilians",
    "deaths_unknown": "unknown",
}
SOURCES = ("source_original", "source_article", "source_office", "source_date", "source_headline")
NEEDED = ("id", "type_of_violence", "side_a", "side_b", "country", "date_start", "date_end", "best", "low", "high")


class _Bad(ValueError):
    """A field at fault."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def read_ged(raw: bytes, *, file: str) -> Iterator[GedRow | Problem]:
    """Read every row of a file.

    Args:
        raw: the file's bytes: CSV with GED's header, or one JSON object a line.
        file: its name, for messages.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(file=file, what=f"is not UTF-8 (byte {error.start})", raw=raw)
        return
    records = _json_records(text) if text.lstrip()[:1] == "{" else _csv_records(text)
    for record, line, found in records:
        if isinstance(found, str):
            yield Problem(file=file, record=record, what=found, raw=line)
        else:
            yield from _row(found, line, file=file, record=record)


def _json_records(text: str) -> Iterator[tuple[str, bytes, Mapping[str, Any] | str]]:
    for number, line in enumerate(io.StringIO(text), start=1):
        raw = line.encode()
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            yield f"line {number}", raw, f"is no JSON: {error}"
            continue
        yield f"line {number}", raw, record if isinstance(record, dict) else "is no JSON object"


def _csv_records(text: str) -> Iterator[tuple[str, bytes, Mapping[str, Any] | str]]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines)
    header = next(reader, [])
    missing = [name for name in NEEDED if name not in header]
    if missing:
        yield "header", "".join(lines[:1]).encode(), f"is no UCDP GED: it lacks {', '.join(missing)}"
        return
    before = reader.line_num
    for values in reader:
        raw = "".join(lines[before : reader.line_num]).encode()
        record, before = f"line {before + 1}", reader.line_num
        wrong = f"has {len(values)} fields instead of {len(header)}"
        if values:
            yield record, raw, dict(zip(header, values, strict=True)) if len(values) == len(header) else wrong


def _row(found: Mapping[str, Any], raw: bytes, *, file: str, record: str) -> Iterator[GedRow | Problem]:
    try:
        row = _typed(found, raw, filed_as=f"{file}: {record}")
    except _Bad as error:
        yield Problem(file=file, record=record, field=error.field, what=str(error), raw=raw)
        return
    given = (_count(found, "low"), row.best, _count(found, "high"))
    if given != (row.low, row.best, row.high):
        what = f"low {given[0]}, best {given[1]}, high {given[2]} are out of order; kept as {row.low} to {row.high}"
        yield Problem(file=file, record=record, field="best", what=what, refused=False)
    yield row


def _typed(found: Mapping[str, Any], raw: bytes, *, filed_as: str) -> GedRow:
    low, best, high = (_count(found, name) for name in ("low", "best", "high"))
    start, end = _day(found, "date_start"), _day(found, "date_end")
    if end < start:
        raise _Bad("date_end", f"{end} is before date_start, {start}")
    side_a, side_b = _words(found, "side_a"), _words(found, "side_b")
    return GedRow(
        id=_number(found, "id", 0, None),
        type_of_violence=_number(found, "type_of_violence", 1, 3),
        side_a=side_a,
        side_b=side_b,
        dyad=_text(found, "dyad_name") or f"{side_a} - {side_b}",
        country=_words(found, "country"),
        adm_1=_text(found, "adm_1"),
        where_prec=_number(found, "where_prec", 1, 7),
        where=_text(found, "where_coordinates"),
        where_described=_text(found, "where_description"),
        latitude=_degrees(found, "latitude", 90),
        longitude=_degrees(found, "longitude", 180),
        start=start,
        end=end,
        date_prec=_number(found, "date_prec", 1, 5),
        low=min(low, best, high),
        best=best,
        high=max(low, best, high),
        deaths=tuple((side, _count(found, name)) for name, side in SIDES.items()),
        clear=_text(found, "code_status").casefold() in ("", "clear"),
        source="; ".join(dict.fromkeys(filter(None, (_text(found, name) for name in SOURCES)))),
        raw=raw,
        filed_as=filed_as,
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return "" if value is None else " ".join(str(value).split())


def _words(found: Mapping[str, Any], name: str) -> str:
    if not (text := _text(found, name)):
        raise _Bad(name, "is missing")
    return text


def _number(found: Mapping[str, Any], name: str, least: int, most: int | None) -> int:
    text = _words(found, name)
    try:
        number = float(text)
    except ValueError:
        raise _Bad(name, f"{text!r} is no number") from None
    if number != number // 1 or number < least or (most is not None and number > most):
        span = f"{least} to {most}" if most is not None else f"{least} or more"
        raise _Bad(name, f"{text!r} is no whole number, {span}")
    return int(number)


def _count(found: Mapping[str, Any], name: str) -> int:
    """A number of people; UCDP leaves none empty but the split by side, where it means none is known."""
    return 0 if name in SIDES and not _text(found, name) else _number(found, name, 0, None)


def _day(found: Mapping[str, Any], name: str) -> date:
    text = _words(found, name)
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Bad(name, f"{text!r} is no day; GED writes 2009-02-20 00:00:00") from None


def _degrees(found: Mapping[str, Any], name: str, most: int) -> float | None:
    text = _text(found, name)
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        raise _Bad(name, f"{text!r} is no number of degrees") from None
    if not abs(degrees) <= most:
        raise _Bad(name, f"{text} is not between -{most} and {most} degrees")
    return degrees
