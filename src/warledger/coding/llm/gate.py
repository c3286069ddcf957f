"""The gate: a language model's proposal stays only as far as the report bears it, and comes out as a claim.

The quote must stand in the report, within one sentence; every name, place and time must stand in the report or be what
its readers resolved; every number must stand in the claim's own sentence and count people. What fails is dropped whole,
with the reason. Values are the readers': canonical names, gazetteer entries, days and figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from warledger.coding.intervals import control_interval, event_interval
from warledger.coding.llm.finding import Finder, Found, occurrences
from warledger.coding.llm.proposals import Proposal
from warledger.coding.llm.schema import CODE_OF
from warledger.coding.sides import as_forces, as_groups, as_locals, settle_gain
from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    Evidence,
    Figure,
    Precedent,
    RelationClaim,
    StatementClaim,
    TollClaim,
)
from warledger.domain.coded import Dropped, Reason
from warledger.domain.codes import Act, EventType, Kind, Modality, Predicate, Status
from warledger.domain.cues import PrecedentCues
from warledger.domain.mention import NumberMention, Reading
from warledger.domain.naming import ActorNames
from warledger.domain.span import Span

_NEEDED = {
    Kind.CONTROL: ("holder",),
    Kind.TOLL: ("figures",),
    Kind.RELATION: ("subject", "object"),
    Kind.STATEMENT: ("speaker",),
}
"""Keys that a claim of a kind cannot do without."""
_EXTENTS = ("all", "most", "part")
Fields = Mapping[str, tuple[Found, ...]]
Precedents = Sequence[tuple[Span, Precedent]]


@frozen(kw_only=True, eq=False)
class Gate:
    """What a proposal is held against.

    Args:
        names: the actor table.
        precedents: words that claim a precedent, by language.
        coder: the language model's name, for the evidence.
    """

    names: ActorNames
    precedents: Mapping[str, PrecedentCues]
    coder: str

    def admit(self, proposal: Proposal, reading: Reading, precedents: Precedents = ()) -> Claim | Dropped:
        """Let a proposal through as a claim, or drop it.

        Args:
            proposal: as the model wrote it.
            reading: the whole report as read, without the times of its precedents.
            precedents: what it claims to be the first or the largest, and where.
        """
        try:
            quotes = _quotes(proposal, reading)
            fields = _fields(proposal, Finder(reading=reading, names=self.names, quotes=quotes))
        except _Failed as failed:
            return Dropped(reason=failed.reason, what=failed.what, said=proposal.said)
        precedent = next((p for p in precedents if any(p[0].overlaps(q) for q in quotes)), None)
        common = self._common(proposal, reading, quotes, fields, precedent)
        return self._claim(proposal, reading, fields, common)

    def _claim(self, proposal: Proposal, reading: Reading, fields: Fields, common: dict[str, Any]) -> Claim:
        time = fields["time"][0].value if fields["time"] else None
        place = fields["place"][0].value if fields["place"] else None
        published, actors = reading.report.published, self.names.actors

        def speaking(role: str) -> tuple[str, ...]:
            return as_groups(_names(fields[role]), published, actors)

        match proposal.kind:
            case Kind.EVENT:
                there = place.entry.country if place is not None and place.entry is not None else None
                initiator = as_forces(proposal.code, speaking("initiator"), actors)
                target = as_locals(as_forces(proposal.code, _names(fields["target"]), actors), there, actors)
                return EventClaim(
                    **common,
                    type=EventType(settle_gain(proposal.code, initiator, target, there or reading.country, actors)),
                    initiator=initiator,
                    target=tuple(name for name in target if name not in initiator),
                    place=place,
                    when=event_interval(time, published, proposal.modality),
                    figures=_figures(fields["figures"]),
                )
            case Kind.CONTROL:
                return ControlClaim(
                    **common,
                    holder=as_forces("control", speaking("holder"), actors),
                    place=place,
                    extent=fields["extent"][0].value,
                    status=Status(proposal.code),
                    when=control_interval(time, published),
                )
            case Kind.TOLL:
                return TollClaim(
                    **common,
                    figures=_figures(fields["figures"]),
                    place=place,
                    when=event_interval(time, published, Modality.ASSERTED),
                    side=_names(fields["side"]),
                )
            case Kind.RELATION:
                return RelationClaim(
                    **common,
                    subject=_names(fields["subject"]),
                    predicate=Predicate(proposal.code),
                    object=_names(fields["object"]),
                    when=time.interval if time is not None else None,
                )
            case Kind.STATEMENT:
                return StatementClaim(
                    **common, speaker=speaking("speaker"), act=Act(proposal.code), about=_names(fields["about"])
                )

    def _common(
        self,
        proposal: Proposal,
        reading: Reading,
        quotes: tuple[Span, ...],
        fields: Fields,
        precedent: tuple[Span, Precedent] | None,
    ) -> dict[str, Any]:
        coder = f"language model {self.coder}"
        evidence = [Evidence(field=key, spans=quotes, rule=coder) for key in (_code_key(proposal.kind), "modality")]
        for key, found in fields.items():
            borne = [f for f in found if f.value]
            rules = ", ".join(dict.fromkeys(f.rule for f in borne))
            if borne:
                evidence.append(Evidence(field=key, spans=tuple(f.span for f in borne), rule=f"{coder}; {rules}"))
        if precedent is not None:
            evidence.append(Evidence(field="precedent", spans=(precedent[0],), rule="cue"))
        return {
            "report_key": reading.report.key,
            "quotes": quotes,
            "attribution": as_groups(_names(fields["attribution"]), reading.report.published, self.names.actors),
            "modality": proposal.modality,
            "precedent": precedent[1] if precedent is not None else None,
            "evidence": tuple(evidence),
        }


class _Failed(Exception):
    """A field that the report does not bear."""

    def __init__(self, reason: Reason, what: str) -> None:
        super().__init__(what)
        self.reason, self.what = reason, what


def _quotes(proposal: Proposal, reading: Reading) -> tuple[Span, ...]:
    found = []
    for words in proposal.quotes:
        span = next(occurrences(words, reading.report.text), None)
        if span is None:
            raise _Failed(Reason.QUOTE, f"quote: {words!r} is not in the report")
        if not any(sentence.holds(span) for sentence in reading.sentences):
            raise _Failed(Reason.QUOTE, f"quote: {words!r} is longer than one sentence")
        found.append(span)
    return tuple(sorted(found))


def _fields(proposal: Proposal, finder: Finder) -> dict[str, tuple[Found, ...]]:
    """What the readers make of every field; a key that the kind does not have is empty."""
    fields: dict[str, tuple[Found, ...]] = {
        role: tuple(_need(finder.actors(w), Reason.NAME, role, w) for w in words)
        for role, words in proposal.roles.items()
    }
    fields["attribution"] = tuple(_need(finder.source(w), Reason.NAME, "attribution", w) for w in proposal.attribution)
    place, time = proposal.place, proposal.time
    fields["place"] = () if place is None else (_need(finder.place(place), Reason.PLACE, "place", place),)
    fields["time"] = () if time is None else (_need(finder.time(time), Reason.TIME, "time", time),)
    fields["figures"] = tuple(_figure(harm, words, finder) for harm, words in proposal.figures)
    if proposal.kind is Kind.CONTROL:
        fields["extent"] = (_extent(proposal.extent, finder),)
    for key in _NEEDED.get(proposal.kind, ()):
        if not any(f.value for f in fields[key]):
            raise _Failed(Reason.FORM, f"{key}: names nobody" if key != "figures" else "figures: none given")
    if set(_names(fields.get("subject", ()))) & set(_names(fields.get("object", ()))):
        raise _Failed(Reason.FORM, "object: is the subject itself")
    return fields


def _need(found: Found | None, reason: Reason, key: str, words: str) -> Found:
    if found is None:
        raise _Failed(reason, f"{key}: {words!r} is not in the report")
    return found


def _figure(harm: Any, words: str, finder: Finder) -> Found:
    found = finder.number(words)
    if found is None:
        raise _Failed(Reason.NUMBER, f"figures: {harm} {words!r} is not in the sentence of the quote")
    number: NumberMention = found.value
    if number.things:
        raise _Failed(Reason.NUMBER, f"figures: {harm} {words!r} counts no people")
    figure = Figure(harm=harm, min=number.min, max=number.max, of=number.of or "total")
    return Found(value=figure, span=found.span, rule=found.rule)


def _extent(words: str, finder: Finder) -> Found:
    """`all`, `most` or `part`, which the model judges; or a count, which must stand in the sentence."""
    if words in _EXTENTS:
        return Found(value=words, span=finder.quotes[0], rule="judged")
    found = finder.number(words)
    if found is None:
        raise _Failed(Reason.NUMBER, f"extent: {words!r} is not in the sentence of the quote")
    number: NumberMention = found.value
    return Found(value=f"{number.min} {number.unit}" if number.unit else "part", span=found.span, rule=found.rule)


def _names(found: tuple[Found, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for f in found for name in f.value))


def _figures(found: tuple[Found, ...]) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(f.value for f in found))


def _code_key(kind: Kind) -> str:
    return CODE_OF[kind][0] if kind in CODE_OF else "kind"
