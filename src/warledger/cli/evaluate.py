"""`warledger eval`: one stage over a benchmark's rows, predictions in the benchmark's own form on standard output.

JSON lines in (`id` and `text`, or `claim`), JSON lines out, one a row, in order. Refused with one line: a row that is
no JSON object or lacks a key that the stage needs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from warledger.app import App
from warledger.cli.claims import claim_record
from warledger.cli.options import open_app, say
from warledger.corroborate.rows import cluster_rows
from warledger.domain.errors import Problem, UsageError
from warledger.domain.mention import Attribution, ToponymMention
from warledger.domain.report import Received
from warledger.pipeline import batches, code_reports, end_of_day
from warledger.ports import Defaults
from warledger.read.attributions import find_attributions
from warledger.read.dates import REPEATS, find_times
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import find_all_toponyms

Row = dict[str, Any]
Stage = Callable[[App, Path], Iterable[Row]]


DAYS = ("point", "since", "until")
"""Roles of time mentions that the benchmark calls dates."""
NO_DATES = REPEATS | {"after"}
"""Rules whose words are no dates of the benchmark: other readings, and "two days after the vote", a length to it."""
LENGTH = re.compile(r"P\d")
"""A value that is a length, however the reader dates it ("in the past two weeks")."""
NOON = ("TMI", "T12:00")
"""A part of the day that the benchmark writes as its hour."""


class StageName(StrEnum):
    """The stages that can be asked alone."""

    CLAIMS = "claims"
    TYPES = "types"
    TOPONYMS = "toponyms"
    DATES = "dates"
    ATTRIBUTION = "attribution"
    CLUSTERS = "clusters"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("eval")(evaluate)


def evaluate(
    stage: Annotated[StageName, typer.Argument(help="Which stage.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Rows as JSON lines.")],
) -> None:
    """Run one stage over a benchmark's rows; score the output with the benchmark's own scorer."""
    for row in STAGES[stage](open_app(), file):
        print(json.dumps(row, ensure_ascii=False))


def read_rows(file: Path, *needed: str) -> Iterator[Row]:
    """Read JSON lines.

    Args:
        file: the rows.
        needed: keys that must hold words, beside `id`.

    Raises:
        UsageError: the file cannot be read, or a line is no JSON object with those keys.
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
        for key in needed:
            if not isinstance(row.get(key), str):
                raise UsageError(f"{file}: line {number}: {row['id']}: {key} is missing")
        yield row


def claims(app: App, file: Path) -> Iterator[Row]:
    """Coded reports; a row that is no report is answered with no claims and told on standard error."""
    for batch in batches(app.collect([str(file)], Defaults()), end_of_day):
        for problem in (i for i in batch if isinstance(i, Problem)):
            say(problem)
        reports = [i.report for i in batch if isinstance(i, Received)]
        for report, coded in zip(reports, code_reports(reports, app.rooms), strict=True):
            yield {"id": report.id, "claims": [claim_record(c) for c in coded.claims]}


def types(app: App, file: Path) -> Iterator[Row]:
    """The class of each text, of those of CASE 2021 (task 2)."""
    rows = list(read_rows(file, "text"))
    for row, label in zip(rows, app.label_snippets([r["text"] for r in rows]), strict=True):
        yield {"id": row["id"], "label": label}


def toponyms(app: App, file: Path) -> Iterator[Row]:
    """The places that each text names; without coordinates where the name stays unresolved."""
    tables = app.tables
    for row in read_rows(file, "text"):
        text = row["text"]
        language = row.get("language") or "en"
        found = find_all_toponyms(text, split_sentences(text), tables.gazetteer, tables.places, language=language)
        yield {"id": row["id"], "toponyms": [_toponym(t) for t in found]}


def dates(app: App, file: Path) -> Iterator[Row]:
    """Times of each text as TIMEX3 values; durations, ages and sets are left out, as the benchmark counts days."""
    for row in read_rows(file, "text", "published"):
        day = _day(row["published"], f"{file}: {row['id']}")
        found = find_times(row["text"], day, row.get("language") or "en", app.tables.dates)
        told = [t for t in found if t.role in DAYS and t.rule not in NO_DATES and not LENGTH.match(t.value)]
        timexes = [{"start": t.span.start, "end": t.span.end, "value": t.value.replace(*NOON)} for t in told]
        yield {"id": row["id"], "timexes": timexes}


def attribution(app: App, file: Path) -> Iterator[Row]:
    """Who says what in each text: source, cue and content."""
    for row in read_rows(file, "text"):
        text = row["text"]
        found = find_attributions(text, split_sentences(text), app.saying_cues, language=row.get("language"))
        yield {"id": row["id"], "attributions": [_attribution(a) for a in found]}


def clusters(app: App, file: Path) -> Iterator[Row]:
    """The event of each claim or document."""
    room, rows = app.corroborate, list(read_rows(file))
    try:
        yield from cluster_rows(rows, room.weights, groups=room.groups, parents=room.parents)
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from error


def _day(said: str, where: str) -> date:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise UsageError(f"{where}: published: {said!r} is no date; write YYYY-MM-DD") from None


def _toponym(found: ToponymMention) -> Row:
    entry = found.entry
    return {
        "start": found.span.start,
        "end": found.span.end,
        "latitude": entry.latitude if entry is not None else None,
        "longitude": entry.longitude if entry is not None else None,
    }


def _attribution(found: Attribution) -> Row:
    parts = {"source": found.source, "cue": found.cue, "content": found.content}
    return {name: [[span.start, span.end] for span in spans] for name, spans in parts.items()}


STAGES: dict[StageName, Stage] = {
    StageName.CLAIMS: claims,
    StageName.TYPES: types,
    StageName.TOPONYMS: toponyms,
    StageName.DATES: dates,
    StageName.ATTRIBUTION: attribution,
    StageName.CLUSTERS: clusters,
}
"""What each stage does."""
