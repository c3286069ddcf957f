"""Number the claims a brief cites: one footnote a quotation, in the order of first citation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from warledger.domain.decision import Correction, told_together
from warledger.ports import KeptClaim
from warledger.tell.sayings import names_in
from warledger.tell.sentence import Note, Sentence
from warledger.tell.templates import listed, one_line, printable
from warledger.tell.voice import Voice


def number_notes(sentences: Iterable[Sentence], claims: Mapping[str, KeptClaim], voice: Voice) -> tuple[Note, ...]:
    """Make the footnotes of sentences.

    Raises:
        KeyError: a sentence cites a claim that is not among the claims.
    """
    by_quotation: dict[tuple[object, ...], list[KeptClaim]] = {}
    for claim_id in dict.fromkeys(i for s in sentences for i in s.claim_ids):
        kept = claims[claim_id]
        spans = tuple((q.start, q.end) for q in kept.claim.quotes)
        by_quotation.setdefault((kept.report.key, spans, kept.claim.attribution), []).append(kept)
    return tuple(_note(number, found, voice) for number, found in enumerate(by_quotation.values(), start=1))


def numbers_of(sentence: Sentence, notes: Sequence[Note]) -> tuple[int, ...]:
    """The numbers of the footnotes that a sentence cites, ascending."""
    cited = set(sentence.claim_ids)
    return tuple(n.number for n in notes if cited.intersection(n.claim_ids))


def marks(numbers: Sequence[int]) -> str:
    """Citation marks: "[1][2]", and "[3]–[9]" for four or more in a row."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return "".join(f"[{r[0]}]–[{r[-1]}]" if len(r) > 3 else "".join(f"[{n}]" for n in r) for r in runs)


def _note(number: int, found: Sequence[KeptClaim], voice: Voice) -> Note:
    first = found[0]
    names = tuple(n for k in found for n in names_in(k))
    return Note(
        number=number,
        claim_ids=tuple(k.id for k in found),
        quotes=tuple(printable(voice.naming.withhold(q.text, names)) for q in first.claim.quotes),
        sources=tuple(voice.naming.actor(a) for a in first.claim.attribution),
        publisher=_printable(first.report.publisher),
        url=_printable(first.report.url),
        published=first.report.published,
        report_id=first.report.id,
        language=first.report.language,
        modality=str(first.claim.modality),
        corrections=tuple(
            one_line(_corrected(act, voice)) for act in told_together(c for k in found for c in k.corrections)
        ),
    )


def _corrected(act: Sequence[Correction], voice: Voice) -> str:
    """That a person corrected some fields, what stood there before, and why."""
    phrases, first, foreign = voice.phrases, act[0], voice.naming.foreign
    said = {c.field: phrases.fields.get(c.field, c.field) for c in act}
    fields = dict.fromkeys(voice.say("corrected_field", field=said[c.field], was=foreign(c.was)) for c in act)
    told = voice.say(
        "corrected",
        fields=listed(list(fields), phrases.joints),
        author=foreign(first.author) if first.author else "",
        day=voice.measures.day(first.recorded_at.date()),
        reason=foreign(first.reason),
    )
    return voice.naming.withhold(told, (n for c in act for n in c.names))


def _printable(text: str | None) -> str | None:
    return printable(text) if text is not None else None
