"""Write a brief as Markdown: headings, sentences with linked footnotes (`[^1]`)."""

from __future__ import annotations

import re

from warledger.domain.phrases import Phrases
from warledger.tell.notes import numbers_of
from warledger.tell.sentence import Brief, Note, Section, Sentence
from warledger.tell.titles import known_line, note_corrections, note_quotes, note_source, nothing_line, title

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def brief_markdown(brief: Brief, phrases: Phrases) -> str:
    """The brief as a Markdown document that ends in a line break.

    Args:
        brief: what to write.
        phrases: for the titles.
    """
    heading = brief.headline.text if brief.headline is not None else title(brief, phrases)
    marks = _marks(brief.headline, brief) if brief.headline is not None else ""
    blocks = [f"# {_escaped(heading)}{marks}", f"*{title(brief, phrases)}. {known_line(brief, phrases)}*"]
    if brief.headline is None:
        blocks.append(nothing_line(brief, phrases))
    if brief.lead:
        blocks.append(" ".join(_cited(s, brief) for s in brief.lead))
    blocks += [_section(s, brief) for s in brief.sections]
    if brief.notes:
        blocks += [f"## {phrases.sections['notes']}", "\n".join(_note(n, phrases) for n in brief.notes)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, brief: Brief) -> str:
    lines = [f"- {_cited(s, brief)}" for s in section.sentences]
    lines += [f"- {_escaped(g.text)} ({', '.join(_escaped(i) for i in g.report_ids)})" for g in section.gaps]
    return f"## {section.title}\n\n" + "\n".join(lines)


def _cited(sentence: Sentence, brief: Brief) -> str:
    return f"{_escaped(sentence.text)}{_marks(sentence, brief)}"


def _marks(sentence: Sentence, brief: Brief) -> str:
    return "".join(f"[^{n}]" for n in numbers_of(sentence, brief.notes))


def _note(note: Note, phrases: Phrases) -> str:
    url = f" <{note.url.replace(' ', '%20').replace('>', '%3E')}>" if note.url is not None else ""
    mended = f" {_escaped(note_corrections(note))}" if note.corrections else ""
    said = f"{note_quotes(note, phrases)} {note_source(note, phrases)}"
    return f"[^{note.number}]: {_escaped(said)}{mended}{url}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
