"""The parts of a brief: a sentence that no claim stands under cannot be made; a gap needs the reports it is about."""

from __future__ import annotations

from datetime import date, datetime

from attrs import field, frozen


class UncitedError(ValueError):
    """Somebody tried to say a thing without a claim under it."""


@frozen(kw_only=True)
class Sentence:
    """One sentence and the claims it was made from.

    Args:
        text: prose, without citation marks.
        claim_ids: ids of the claims that support it, at least one, each once, in the order of citation.
    """

    text: str
    claim_ids: tuple[str, ...] = field()

    @claim_ids.validator
    def _cited(self, _: object, ids: tuple[str, ...]) -> None:
        if not ids or not all(ids):
            raise UncitedError(f"no claim stands under this sentence: {self.text}")
        if len(set(ids)) != len(ids):
            raise UncitedError(f"a claim is cited twice under this sentence: {self.text}")


@frozen(kw_only=True)
class Gap:
    """What the record lacks: a line about reports that no claim was made from; it needs those reports."""

    text: str
    report_ids: tuple[str, ...] = field()

    @report_ids.validator
    def _named(self, _: object, ids: tuple[str, ...]) -> None:
        if not ids:
            raise UncitedError(f"no report stands under this line: {self.text}")


@frozen(kw_only=True)
class Note:
    """A numbered footnote: one quotation, and every claim that was coded from it.

    Args:
        number: from 1, in the order of first citation.
        claim_ids: the claims that rest on this quotation.
        quotes: the report's exact words, private persons' names withheld.
        sources: the chain inside the report, nearest first; empty for its own voice.
        publisher: outlet, or None.
        url: where it stands, or None.
        published: day of publication.
        report_id: the report's id.
        language: of the quotation, ISO 639-1, or None.
        modality: how the report holds the first of the claims.
        corrections: what persons corrected of the claims: the field, by whom, what stood there before and why.
    """

    number: int
    claim_ids: tuple[str, ...]
    quotes: tuple[str, ...]
    sources: tuple[str, ...]
    publisher: str | None
    url: str | None
    published: date
    report_id: str
    language: str | None
    modality: str
    corrections: tuple[str, ...] = ()


@frozen(kw_only=True)
class Section:
    """A titled part: sentences, and for what is thin also gaps."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    gaps: tuple[Gap, ...] = ()


@frozen(kw_only=True)
class Brief:
    """The brief of a day or of a period.

    Args:
        language: what it is told in, ISO 639-1.
        from_day: first day.
        to_day: last day.
        known_at: as known at that time, or None for now.
        headline: or None where nothing is recorded.
        lead: the two to four sentences that matter most.
        sections: those that have something to say, in fixed order.
        notes: every claim cited, numbered.
    """

    language: str
    from_day: date
    to_day: date
    known_at: datetime | None
    headline: Sentence | None
    lead: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
