"""Write a brief as HTML: headings, sentences whose footnotes are links; every word of a report is escaped."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from warledger.domain.phrases import Phrases
from warledger.tell.notes import numbers_of
from warledger.tell.sentence import Brief, Note, Section, Sentence
from warledger.tell.titles import known_line, note_corrections, note_quotes, note_source, nothing_line, title

STYLE = "q{quotes:none}body{max-width:46rem;margin:2rem auto;font:1rem/1.5 serif}sup{font-size:.7em}ol{font-size:.85em}"
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""What a content security policy allows this one style by."""


def brief_html(brief: Brief, phrases: Phrases) -> str:
    """The brief as one HTML document that loads nothing.

    Args:
        brief: what to write.
        phrases: for the titles.
    """
    heading = brief.headline.text if brief.headline is not None else title(brief, phrases)
    marks = _marks(brief.headline, brief) if brief.headline is not None else ""
    about = f"{title(brief, phrases)}. {known_line(brief, phrases)}"
    parts = [f"<h1>{escape(heading)}{marks}</h1>", f"<p><em>{escape(about)}</em></p>"]
    if brief.headline is None:
        parts.append(f"<p>{escape(nothing_line(brief, phrases))}</p>")
    if brief.lead:
        parts.append(f"<p>{' '.join(_cited(s, brief) for s in brief.lead)}</p>")
    parts += [_section(s, brief) for s in brief.sections]
    if brief.notes:
        notes = "".join(_note(n, phrases) for n in brief.notes)
        parts.append(f"<h2>{escape(phrases.sections['notes'])}</h2><ol>{notes}</ol>")
    head = f'<meta charset="utf-8"><title>{escape(title(brief, phrases))}</title><style>{STYLE}</style>'
    html = f'<html lang="{phrases.language}" dir="{phrases.direction}">'
    return f"<!doctype html>{html}<head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _section(section: Section, brief: Brief) -> str:
    lines = [_cited(s, brief) for s in section.sentences] + [escape(g.text) for g in section.gaps]
    return f"<h2>{escape(section.title)}</h2><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _cited(sentence: Sentence, brief: Brief) -> str:
    return escape(sentence.text) + _marks(sentence, brief)


def _marks(sentence: Sentence, brief: Brief) -> str:
    numbers = numbers_of(sentence, brief.notes)
    return "".join(f'<sup><a href="#note-{n}">[{n}]</a></sup>' for n in numbers)


def _note(note: Note, phrases: Phrases) -> str:
    words = escape(note_quotes(note, phrases))
    where = ""
    if note.url is not None and note.url.startswith(("http://", "https://")):
        where = f' <a rel="noreferrer" dir="ltr" href="{escape(note.url)}">{escape(note.url)}</a>'
    mended = f" <em>{escape(note_corrections(note))}</em>" if note.corrections else ""
    language = f' lang="{escape(note.language)}"' if note.language is not None else ""
    source = escape(note_source(note, phrases))
    return f'<li id="note-{note.number}"><q{language} dir="auto">{words}</q> {source}{mended}{where}</li>'
