"""`warledger code`: code reports without storing them, as a table, as JSON lines or with the reason of every field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from warledger.cli.options import Language, Paths, Published, Publisher, TableFormat, open_app, say
from warledger.cli.tables import Column, console, plain, print_rows
from warledger.domain.claim import Claim
from warledger.domain.errors import Problem
from warledger.domain.records import Record, claim_id, spans_record, to_record
from warledger.domain.report import Report
from warledger.pipeline import Coded, batches, code_reports, end_of_day
from warledger.ports import Defaults

REFUSED = 1


class CodeFormat(StrEnum):
    """How coded reports are printed."""

    TABLE = "table"
    JSONL = "jsonl"


COLUMNS = (
    Column(key="kind", title="kind", whole=True),
    Column(key="what", title="what"),
    Column(key="who", title="who"),
    Column(key="whom", title="to whom"),
    Column(key="place", title="where"),
    Column(key="time", title="when"),
    Column(key="figures", title="figures"),
    Column(key="said_by", title="said by"),
    Column(key="quote", title="quote"),
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("code")(code)


def code(
    files: Paths,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    form: Annotated[CodeFormat, typer.Option("--format", help="How to print the claims.")] = CodeFormat.TABLE,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show for each field the words and the rule or model that gave it.")
    ] = False,
) -> int:
    """Code reports without storing them."""
    app = open_app()
    refused = 0
    items = app.collect(files, Defaults(published=published, publisher=publisher, language=language))
    for batch in batches(items, end_of_day):
        problems = [i for i in batch if isinstance(i, Problem)]
        reports = [i.report for i in batch if not isinstance(i, Problem)]
        coded = code_reports(reports, app.rooms) if reports else []
        for problem in [*problems, *(c.problem for c in coded if c.problem is not None)]:
            say(problem)
        refused += sum(p.refused for p in problems)
        for report, one in zip(reports, coded, strict=True):
            _print(report, one, form, explain)
    return REFUSED if refused else 0


def _print(report: Report, coded: Coded, form: CodeFormat, explain: bool) -> None:
    if form is CodeFormat.JSONL:
        print(json.dumps({"id": report.id, "claims": [claim_record(c) for c in coded.claims]}, ensure_ascii=False))
        return
    out = console()
    out.print(f"[bold]{plain(report.id).replace('[', '(')}[/bold]  {report.published}  {len(coded.claims)} claims")
    if explain:
        for claim in coded.claims:
            out.print("\n".join(explanation(claim)), markup=False, soft_wrap=True)
        return
    print_rows([table_row(c) for c in coded.claims], COLUMNS, TableFormat.TABLE, empty="nothing to code")


def claim_record(claim: Claim) -> Record:
    """A claim with the codebook's keys, the spans behind them, its id and its confidence."""
    return {**to_record(claim), "spans": spans_record(claim), "confidence": claim.confidence}


def table_row(claim: Claim) -> Record:
    """A claim as one row for people."""
    said = to_record(claim)
    place, time, quote = said.get("place"), said.get("time"), said["quote"]
    what = said.get("type") or said.get("status") or said.get("predicate") or said.get("act") or "toll"
    modality = said["modality"]
    return {
        "kind": said["kind"],
        "what": what if modality == "asserted" else f"{what} ({modality})",
        "who": said.get("initiator")
        or said.get("holder")
        or said.get("subject")
        or said.get("speaker")
        or said.get("side"),
        "whom": said.get("target") or said.get("object") or said.get("about"),
        "place": place["name"] if place is not None else None,
        "time": shown_time(time),
        "figures": [shown_figure(harm, f) for harm, listed in (said.get("figures") or {}).items() for f in listed],
        "said_by": said["attribution"],
        "quote": quote if isinstance(quote, str) else " ... ".join(quote),
    }


def shown_time(time: Record | None) -> str:
    """An interval for people: one day, or from and to with a dot where an end is unknown."""
    if time is None:
        return ""
    start, end = time["start"] or "?", time["end"] or "?"
    return str(start) if start == end else f"{start}..{end}"


def shown_figure(harm: str, figure: Record) -> str:
    """A figure for people: `killed 23 civilians`, `wounded 10+`."""
    low, high = figure["min"], figure["max"]
    count = (
        f"{low}" if low == high else f"{low}+" if high is None else f"up to {high}" if low is None else f"{low}-{high}"
    )
    return f"{harm} {count}" + ("" if figure["of"] == "total" else f" {figure['of']}")


def explanation(claim: Claim) -> Iterator[str]:
    """For each field of a claim: its value, the words it came from, and the rule or model with its score."""
    said = to_record(claim)
    sure = "" if claim.confidence is None else f"  confidence {claim.confidence:.2f}"
    yield f"\n{said['kind']} {claim_id(claim)}{sure}"
    yield f'  quote: "{plain(said["quote"])}"'
    reasons = {e.field: e for e in claim.evidence}
    for field, value in said.items():
        if field in ("kind", "quote") or (value in (None, [], {}) and field not in reasons):
            continue
        reason = reasons.get(field)
        line = f"  {field}: {_shown(field, value)}"
        if reason is not None:
            words = " | ".join(f'"{plain(s.text)}"' for s in reason.spans)
            score = "" if reason.score is None else f" {reason.score:.2f}"
            line += f"  <- {words + ' ' if words else ''}[{reason.rule}{score}]"
        yield line


def _shown(field: str, value: object) -> str:
    if isinstance(value, dict) and field == "time":
        return f"{shown_time(value)} ({value['precision']})"
    if isinstance(value, dict) and field == "place":
        at = "" if value["latitude"] is None else f" {value['latitude']:.3f}, {value['longitude']:.3f}"
        return f"{plain(value['name'])} ({value['precision']}){at}"
    if isinstance(value, dict) and field == "figures":
        return ", ".join(shown_figure(harm, f) for harm, listed in value.items() for f in listed)
    return plain(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)
