"""The lines of a brief that say what it is: its title, as known when, that nothing is recorded, a note's source."""

from __future__ import annotations

from datetime import date

from warledger.tell.sentence import Brief, Note


def title(brief: Brief) -> str:
    """What the brief covers: "Brief for 30 November 2024"."""
    return f"Brief for {period(brief.from_day, brief.to_day)}"


def period(first: date, last: date) -> str:
    """Days in words: "30 November 2024", "27 November to 8 December 2024"."""
    if first == last:
        return f"{last.day} {last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B %Y}"


def known_line(brief: Brief) -> str:
    """As known when, and what the marks mean."""
    known = "now" if brief.known_at is None else f"at {brief.known_at:%H:%M} UTC on {period_day(brief.known_at.date())}"
    return f"As known {known}. Numbers in brackets are the claims cited at the foot."


def period_day(day: date) -> str:
    """One day in words."""
    return period(day, day)


def nothing_line(brief: Brief) -> str:
    """What stands there when nothing is recorded."""
    days = period(brief.from_day, brief.to_day)
    return f"Nothing is recorded for {days}. That is a gap in the record, not a quiet time."


def note_corrections(note: Note) -> str:
    """What persons corrected of the claims of a note, in brackets; nothing where nobody did."""
    return f"[{'; '.join(note.corrections)}]" if note.corrections else ""


def note_source(note: Note) -> str:
    """Who says it and where: "Syrian Observatory for Human Rights, in MaltaToday, 30 November 2024"."""
    chain = ", by ".join(note.sources)
    where = note.publisher or f"report {note.report_id}"
    held = "" if note.modality == "asserted" else f" ({note.modality})"
    chain = chain[:1].upper() + chain[1:]
    return f"— {chain + ', in ' if chain else ''}{where}, {period_day(note.published)}{held}."
