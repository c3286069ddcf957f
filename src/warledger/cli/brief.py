"""`warledger brief`: the brief of a day or of a period, every sentence with its claims."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from warledger.asking import coverage, days_asked, gather_matter, newest_day
from warledger.cli.options import Db, From, KnownAt, MinConfidence, On, To, open_to_ask, say
from warledger.cli.tables import console
from warledger.domain.phrases import Language, Phrases
from warledger.tell.as_json import brief_json
from warledger.tell.as_markdown import brief_markdown
from warledger.tell.as_text import brief_text
from warledger.tell.brief import write_brief
from warledger.tell.sentence import Brief


class BriefFormat(StrEnum):
    """How a brief is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("brief")(brief)


def brief(
    on: On = None,
    first: From = None,
    last: To = None,
    known_at: KnownAt = None,
    min_confidence: MinConfidence = None,
    form: Annotated[BriefFormat, typer.Option("--format", help="How to write it.")] = BriefFormat.TEXT,
    language: Annotated[Language, typer.Option("--language", help="What to write it in.")] = Language.ENGLISH,
    db: Db = None,
) -> None:
    """Write the brief of a day or of a period; by default the day of the newest report."""
    app = open_to_ask(db)
    from_day, to_day = days_asked(on, first, last)
    newest = newest_day(app) if from_day is None or to_day is None else to_day
    if from_day is None and to_day is None:
        say(f"on {newest}, the day of the newest report")
    end = to_day if to_day is not None else max(newest, from_day) if from_day is not None else newest
    begin = from_day if from_day is not None else end
    matter = gather_matter(app, begin, end, known_at, min_confidence)
    phrases = app.phrases_in(language)
    written = write_brief(matter, phrases, app.known_names)
    if written.headline is None:
        say(coverage(app, known_at))
    print_brief(written, phrases, form)


def print_brief(written: Brief, phrases: Phrases, form: BriefFormat) -> None:
    """Print a brief on standard output."""
    match form:
        case BriefFormat.TEXT:
            console().print(brief_text(written, phrases))
        case BriefFormat.MARKDOWN:
            sys.stdout.write(brief_markdown(written, phrases))
        case BriefFormat.JSON:
            sys.stdout.write(brief_json(written))
