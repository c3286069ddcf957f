"""`warledger languages`: what each language can be read for, told by the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import typer

from warledger.cli.options import Format, TableFormat, open_app
from warledger.cli.tables import Column, print_rows
from warledger.domain.records import Record

QUESTIONS = {
    "actors": "who",
    "places": "where",
    "dates": "when",
    "numbers": "how many",
    "relations": "who stands with whom",
    "precedents": "first since",
}
"""The tables of words that coding needs, and the question that each answers."""

COLUMNS = (
    Column(key="language", title="language", whole=True),
    Column(key="code", title="code", whole=True),
    Column(key="coded", title="coded", whole=True),
    *(Column(key=table, title=question, right=True, whole=True) for table, question in QUESTIONS.items()),
    Column(key="lacks", title="cannot yet", least=20),
)


def register(cli: typer.Typer) -> None:
    """Give the command its name."""
    cli.command("languages")(languages)


def languages(form: Format = TableFormat.TABLE) -> None:
    """Say which languages are coded, how many words their tables hold, and what they cannot tell yet."""
    app = open_app()
    print_rows(language_rows(app.words_by_language, app.model.languages, app.phrases.languages), COLUMNS, form)


def language_rows(
    words: Mapping[str, Mapping[str, int]], coded: Sequence[str], names: Mapping[str, str]
) -> Iterator[Record]:
    """A row a language, the richest first.

    Args:
        words: how many words each language's tables hold.
        coded: codes of the languages that the coding model knows.
        names: English names of languages by code.
    """
    able = frozenset(coded)
    for code in sorted({*words, *able}, key=lambda c: (-sum(words.get(c, {}).values()), c)):
        held = words.get(code, {})
        missing = [question for table, question in QUESTIONS.items() if not held.get(table)]
        yield {
            "language": names.get(code, code),
            "code": code,
            "coded": "yes" if code in able else "no",
            **{table: held.get(table, 0) for table in QUESTIONS},
            "lacks": missing if code in able else ["claims: the coding model has not learned it", *missing],
        }
