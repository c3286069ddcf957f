"""`warledger code`: code reports without storing them, as a table, as JSON lines or with the reason of every field."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import Annotated

import typer

from warledger.cli.claims import COLUMNS, claim_record, explanation, table_row
from warledger.cli.coders import DIFFERENCES, coding_record, counted_reasons, difference_rows, dropped_lines
from warledger.cli.options import Coder, Language, Paths, Published, Publisher, TableFormat, open_app, say
from warledger.cli.tables import console, counted, plain, print_rows
from warledger.domain.coded import Coded, CoderName, Reason
from warledger.domain.errors import Problem
from warledger.domain.report import Report
from warledger.pipeline import batches, code_reports, end_of_day
from warledger.ports import Defaults

REFUSED = 1


class CodeFormat(StrEnum):
    """How coded reports are printed."""

    TABLE = "table"
    JSONL = "jsonl"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("code")(code)


def code(
    files: Paths,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    coder: Coder = CoderName.RULES,
    form: Annotated[CodeFormat, typer.Option("--format", help="How to print the claims.")] = CodeFormat.TABLE,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show for each field the words and the rule or model that gave it.")
    ] = False,
) -> int:
    """Code reports without storing them."""
    app = open_app(coder=coder)
    refused, dropped = 0, Counter[Reason]()
    items = app.collect(files, Defaults(published=published, publisher=publisher, language=language))
    for batch in batches(items, end_of_day):
        problems = [i for i in batch if isinstance(i, Problem)]
        reports = [i.report for i in batch if not isinstance(i, Problem)]
        coded = code_reports(reports, app.rooms) if reports else []
        for problem in [*problems, *(c.problem for c in coded if c.problem is not None)]:
            say(problem)
        refused += sum(p.refused for p in problems)
        for report, one in zip(reports, coded, strict=True):
            dropped.update(d.reason for d in one.dropped)
            _print(report, one, coder, form, explain)
    if coder is not CoderName.RULES:
        say(counted_reasons(dropped))
    return REFUSED if refused else 0


def _print(report: Report, coded: Coded, coder: CoderName, form: CodeFormat, explain: bool) -> None:
    second = coder is not CoderName.RULES
    if form is CodeFormat.JSONL:
        record = {"id": report.id, "claims": [claim_record(c) for c in coded.claims]}
        print(json.dumps(record | (coding_record(coded) if second else {}), ensure_ascii=False))
        return
    out = console()
    out.print(f"[bold]{plain(report.id).replace('[', '(')}[/bold]  {report.published}  {len(coded.claims)} claims")
    if explain:
        for claim in coded.claims:
            out.print("\n".join(explanation(claim)), markup=False, soft_wrap=True)
    else:
        print_rows([table_row(c) for c in coded.claims], COLUMNS, TableFormat.TABLE, empty="nothing to code")
    for line in dropped_lines(coded):
        out.print(line, markup=False, soft_wrap=True)
    if coder is CoderName.BOTH:
        out.print(f"{counted(len(coded.disagreements), 'disagreement')} between the coders")
        print_rows(difference_rows(coded), DIFFERENCES, TableFormat.TABLE, empty="nothing to judge")
