"""Show a brief on a terminal: a rich renderable that wraps at any width; footnotes at the foot."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from warledger.domain.phrases import Phrases
from warledger.tell.notes import marks, numbers_of
from warledger.tell.sentence import Brief, Note, Section, Sentence
from warledger.tell.templates import fill
from warledger.tell.titles import known_line, note_corrections, note_quotes, note_source, nothing_line, title


def brief_text(brief: Brief, phrases: Phrases) -> Group:
    """The brief as a renderable.

    Args:
        brief: what to show.
        phrases: for the titles.
    """
    return Group(*_parts(brief, phrases))


def _parts(brief: Brief, phrases: Phrases) -> Iterator[RenderableType]:
    yield Rule(Text(title(brief, phrases), style="bold"), align="left", style="dim")
    yield Text(known_line(brief, phrases), style="dim")
    if brief.headline is None:
        yield Text(f"\n{nothing_line(brief, phrases)}")
    else:
        yield Text("")
        yield _cited(brief.headline, brief, style="bold")
    if brief.lead:
        yield Text("")
        yield Text(" ").join(_cited(s, brief) for s in brief.lead)
    for section in brief.sections:
        yield from _section(section, brief)
    if brief.notes:
        yield Text(f"\n{phrases.sections['notes']}", style="bold cyan")
        yield _notes(brief.notes, phrases)


def _section(section: Section, brief: Brief) -> Iterator[RenderableType]:
    yield Text(f"\n{section.title}", style="bold cyan")
    for sentence in section.sentences:
        yield _item(_cited(sentence, brief))
    for gap in section.gaps:
        yield _item(Text(f"{gap.text} ({', '.join(gap.report_ids)})"))


def _item(text: Text) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column()
    grid.add_row(Text("•", style="dim"), text)
    return Padding(grid, (0, 0, 0, 1))


def _cited(sentence: Sentence, brief: Brief, style: str = "") -> Text:
    return Text(sentence.text, style=style) + Text(f" {marks(numbers_of(sentence, brief.notes))}", style="dim")


def _notes(notes: tuple[Note, ...], phrases: Phrases) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    first: dict[str, int] = {}
    for note in notes:
        said = Text(note_quotes(note, phrases)) + Text(f"  {note_source(note, phrases)}", style="dim")
        if note.corrections:
            said += Text(f" {note_corrections(note)}", style="dim italic")
        if note.url is not None:
            seen = first.setdefault(note.url, note.number)
            page = note.url if seen == note.number else fill(phrases.titles["page"], n=marks((seen,)))
            said += Text(f" {page}", style="dim blue")
        grid.add_row(Text(f"[{note.number}]", style="dim"), said)
    return grid
