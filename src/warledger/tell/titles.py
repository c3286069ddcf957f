"""The lines of a brief that say what it is: its title, as known when, that nothing is recorded, a note's source."""

from __future__ import annotations

from datetime import date

from warledger.domain.codes import Modality
from warledger.domain.phrases import Phrases
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.sentence import Brief, Note
from warledger.tell.templates import fill


def title(brief: Brief, phrases: Phrases) -> str:
    """What the brief covers: "Brief for 30 November 2024"."""
    return fill(phrases.titles["brief"], days=_period(brief, phrases))


def known_line(brief: Brief, phrases: Phrases) -> str:
    """As known when, and what the marks mean."""
    if brief.known_at is None:
        return phrases.titles["now"]
    return fill(phrases.titles["then"], time=f"{brief.known_at:%H:%M}", day=_day(brief.known_at.date(), phrases))


def nothing_line(brief: Brief, phrases: Phrases) -> str:
    """What stands there when nothing is recorded."""
    return fill(phrases.titles["nothing"], days=_period(brief, phrases))


def note_quotes(note: Note, phrases: Phrases) -> str:
    """The words of a note, each in quotation marks."""
    return " … ".join(fill(phrases.quote, words=q) for q in note.quotes)


def note_corrections(note: Note) -> str:
    """What persons corrected of the claims of a note, in brackets; nothing where nobody did."""
    return f"[{'; '.join(note.corrections)}]" if note.corrections else ""


def note_source(note: Note, phrases: Phrases) -> str:
    """Who says it and where: "Syrian Observatory for Human Rights, in MaltaToday, 30 November 2024"."""
    said = phrases.titles
    sources = said["by"].join(note.sources)
    outlet = Naming(phrases=phrases).outlet(note.publisher) if note.publisher is not None else ""
    return fill(
        said["source"],
        sources=sources[:1].upper() + sources[1:],
        outlet=outlet or fill(said["report"], id=note.report_id),
        day=_day(note.published, phrases),
        modality="" if note.modality == Modality.ASSERTED else phrases.modality_words[Modality(note.modality)],
    )


def _period(brief: Brief, phrases: Phrases) -> str:
    return Measures(phrases=phrases).period(brief.from_day, brief.to_day)


def _day(day: date, phrases: Phrases) -> str:
    return Measures(phrases=phrases).dated(day)
