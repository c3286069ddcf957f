"""Claims: what one report says happened, holds or was said. Immutable; the id is a hash of the content."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Rank, Status
from warledger.domain.place import Place
from warledger.domain.span import Span
from warledger.domain.when import Interval

COPIED = 0.8
"""A claim of a dataset, a person or a language model carries no estimate of its coding; it counts as so likely."""


def chance_of(confidence: float | None) -> float:
    """How likely a coding is right, 0 to 1."""
    return COPIED if confidence is None else confidence


@frozen(kw_only=True)
class Figure:
    """A number of people harmed: at least `min`, at most `max`, None where the text is open."""

    harm: Harm
    min: int | None
    max: int | None
    of: str = "total"


@frozen(kw_only=True)
class Precedent:
    """A claimed precedent: the rank, since when (None: ever) and until when."""

    rank: Rank
    since: str | None = None
    until: str | None = None


@frozen(kw_only=True)
class Evidence:
    """What one field of a claim rests on: the words, and the rule or model with its score that chose them."""

    field: str
    spans: tuple[Span, ...]
    rule: str
    score: float | None = None


@frozen(kw_only=True)
class Claim:
    """What every kind of claim carries (codebook, section 1).

    Args:
        report_key: `Report.key` of the report that says it.
        quotes: one exact substring of the report, or two where the support is split.
        attribution: chain of sources inside the report, nearest first; empty for the report's own voice.
        modality: how the report holds it.
        precedent: "first since", where the text says so.
        evidence: the words behind each field.
        confidence: probability that the key fields are right, 0 to 1, or None where nothing estimated it.
    """

    report_key: str
    quotes: tuple[Span, ...]
    attribution: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    precedent: Precedent | None = None
    evidence: tuple[Evidence, ...] = field(default=(), eq=False)
    confidence: float | None = field(default=None, eq=False)

    @property
    def kind(self) -> Kind:
        """The kind that the class stands for."""
        return KIND_OF[type(self)]


@frozen(kw_only=True)
class EventClaim(Claim):
    """Something happened (section 2)."""

    type: EventType
    initiator: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: Place | None = None
    when: Interval
    figures: tuple[Figure, ...] = ()


def last_day(claim: EventClaim, published: date) -> date:
    """The last day of what happened; what is open upwards ends with the day on which its report was published."""
    return claim.when.end or max(published, claim.when.start or published)


@frozen(kw_only=True)
class ControlClaim(Claim):
    """Who holds a place (section 3). `extent` is `all`, `most`, `part` or a count such as "70 locations"."""

    holder: tuple[str, ...]
    place: Place | None = None
    extent: str = "all"
    status: Status = Status.HELD
    when: Interval


@frozen(kw_only=True)
class TollClaim(Claim):
    """People harmed over a period, not in one event (section 4)."""

    figures: tuple[Figure, ...]
    place: Place | None = None
    when: Interval
    side: tuple[str, ...] = ()


@frozen(kw_only=True)
class RelationClaim(Claim):
    """Who stands with whom (section 5)."""

    subject: tuple[str, ...]
    predicate: Predicate
    object: tuple[str, ...]
    when: Interval | None = None


@frozen(kw_only=True)
class StatementClaim(Claim):
    """Who said what (section 6)."""

    speaker: tuple[str, ...]
    act: Act
    about: tuple[str, ...] = ()
    when: Interval | None = None


KIND_OF: dict[type[Claim], Kind] = {
    EventClaim: Kind.EVENT,
    ControlClaim: Kind.CONTROL,
    TollClaim: Kind.TOLL,
    RelationClaim: Kind.RELATION,
    StatementClaim: Kind.STATEMENT,
}
"""The kind of each class of claim."""


def is_sure(claim: Claim, least: float | None) -> bool:
    """Whether a claim is at least so likely to be right.

    Args:
        claim: any claim; one that carries no confidence passes, for nothing is held against it.
        least: probability from 0 to 1, or None where nothing is asked.
    """
    return least is None or claim.confidence is None or claim.confidence >= least
