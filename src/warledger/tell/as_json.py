"""Write a brief as JSON: the same parts, with claim ids and note numbers under every sentence."""

from __future__ import annotations

import json
from typing import Any

from warledger.tell.notes import numbers_of
from warledger.tell.sentence import Brief, Note, Section, Sentence


def brief_json(brief: Brief) -> str:
    """The brief as one JSON document that ends in a line break."""
    record = {
        "language": brief.language,
        "from": brief.from_day.isoformat(),
        "to": brief.to_day.isoformat(),
        "known_at": brief.known_at.isoformat() if brief.known_at is not None else None,
        "headline": _sentence(brief.headline, brief) if brief.headline is not None else None,
        "lead": [_sentence(s, brief) for s in brief.lead],
        "sections": [_section(s, brief) for s in brief.sections],
        "notes": [_note(n) for n in brief.notes],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _sentence(sentence: Sentence, brief: Brief) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "notes": list(numbers_of(sentence, brief.notes)),
        "claims": list(sentence.claim_ids),
    }


def _section(section: Section, brief: Brief) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "sentences": [_sentence(s, brief) for s in section.sentences],
        "gaps": [{"text": g.text, "reports": list(g.report_ids)} for g in section.gaps],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "number": note.number,
        "claims": list(note.claim_ids),
        "quotes": list(note.quotes),
        "sources": list(note.sources),
        "publisher": note.publisher,
        "url": note.url,
        "published": note.published.isoformat(),
        "report": note.report_id,
        "language": note.language,
        "modality": note.modality,
        "corrections": list(note.corrections),
    }
