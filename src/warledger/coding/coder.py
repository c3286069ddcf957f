"""The coding room's door: readings in, the claims of each out. Languages the model does not know give no claims.

Reports go through the encoder together; everything behind it is arithmetic on small arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import tee

import numpy as np
from attrs import evolve, frozen

from warledger.coding.candidates import find_candidates
from warledger.coding.confidence import calibrated
from warledger.coding.decode import choose_anchors, decode
from warledger.coding.happenings import (
    dated_by_each_other,
    opposed_by_each_other,
    without_denials_of_claims,
    without_leaving_what_is_held,
)
from warledger.coding.modality import cue_features
from warledger.coding.precedents import precedents_of, without_their_times
from warledger.coding.relations import RelationTables, find_relations
from warledger.coding.scores import anchor_scores, group_scores
from warledger.coding.words import Words, find_words
from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    RelationClaim,
    StatementClaim,
    TollClaim,
)
from warledger.domain.codes import FAMILY_OF
from warledger.domain.cues import DeedRule, ModalityCues, PrecedentCues
from warledger.domain.mention import Reading
from warledger.domain.records import to_record
from warledger.domain.span import Span
from warledger.ports import Array, ClaimModel, Encoded

PART_CHARS = 12_000
"""Every word of a part is weighed against every name of it, so parts are kept to the length of a long article."""


@frozen(kw_only=True)
class CodingTables:
    """What the coding room looks words up in.

    Args:
        precedents: words that claim a precedent, by language.
        modalities: words that tell how a report holds what it says, by language.
        relations: words of relation, and the actor table.
        deeds: words that say outright what was done, by language.
    """

    precedents: Mapping[str, PrecedentCues]
    modalities: Mapping[str, ModalityCues]
    relations: RelationTables
    deeds: Mapping[str, Sequence[DeedRule]]


def code_readings(readings: Iterable[Reading], model: ClaimModel, tables: CodingTables) -> Iterator[tuple[Claim, ...]]:
    """Code reports together; while one is coded the next are encoded.

    Args:
        readings: the reports as read; they may be read as they are asked for.
        model: the encoder and its heads.
        tables: what words are looked up in.

    Returns:
        The claims of each reading, in the readings' order; within one, in the order of the text.
    """
    read, to_encode = tee(readings)
    encoded = model.encode((r.report.text, [s.start for s in r.sentences]) for r in to_encode)
    for reading, text in zip(read, encoded, strict=True):
        yield code_reading(reading, text, model, tables)


def code_reading(reading: Reading, encoded: Encoded, model: ClaimModel, tables: CodingTables) -> tuple[Claim, ...]:
    """Code one report that the encoder has seen; a very long one part by part. Relations come from their own rules."""
    parts: list[Claim] = [c for part in parts_of(reading) for c in _code_part(part, encoded, model, tables)]
    claims = sorted([*parts, *find_relations(reading, tables.relations)], key=lambda c: c.quotes[0].start)
    told = opposed_by_each_other(dated_by_each_other(claims))
    told = without_denials_of_claims(without_leaving_what_is_held(told))
    return without_repeating_headings(told, reading)


def parts_of(reading: Reading, longest: int = PART_CHARS) -> Iterator[Reading]:
    """Cut a reading where it grows to `longest` characters, at a sentence; each part keeps its own mentions."""
    first = 0
    for number, sentence in enumerate(reading.sentences):
        last = number + 1 == len(reading.sentences)
        if last or sentence.end - reading.sentences[first].start >= longest:
            low, high = reading.sentences[first].start, sentence.end
            whole = first == 0 and last
            yield reading if whole else _part(reading, reading.sentences[first : number + 1], low, high)
            first = number + 1


def _part(reading: Reading, sentences: tuple[Span, ...], low: int, high: int) -> Reading:
    return evolve(
        reading,
        sentences=sentences,
        actors=tuple(m for m in reading.actors if low <= m.span.start < high),
        toponyms=tuple(m for m in reading.toponyms if low <= m.span.start < high),
        times=tuple(m for m in reading.times if low <= m.span.start < high),
        numbers=tuple(m for m in reading.numbers if low <= m.span.start < high),
        extents=tuple(m for m in reading.extents if low <= m.span.start < high),
    )


def _code_part(reading: Reading, encoded: Encoded, model: ClaimModel, tables: CodingTables) -> tuple[Claim, ...]:
    words = find_words(reading.report.text, reading.sentences)
    if len(words) == 0 or len(encoded.ends) == 0:
        return ()
    vectors = encoded.vectors[pieces_of(words, encoded.ends)]
    groups = group_scores(vectors, model.heads)
    anchors = choose_anchors(groups, words.sentence, model.heads["thresholds"].tolist())
    if not anchors:
        return ()
    precedents, actors = precedents_of(reading, tables.precedents), tables.relations.names.actors
    candidates = find_candidates(without_their_times(precedents, reading), words, actors)
    at, numbers = (np.array(column, dtype=np.int64) for column in zip(*anchors, strict=True))
    pools = {
        "actors": candidates.actors,
        "places": candidates.places,
        "times": candidates.times,
        "numbers": candidates.numbers,
    }
    language = reading.report.language or ""
    cues = cue_features(words, tables.modalities.get(language))
    scores = anchor_scores(vectors, at, numbers, pools, words, cues, model.heads)
    claims = decode(reading, candidates, anchors, groups, scores, precedents, actors, tables.deeds.get(language, ()))
    lines = model.heads["calibration"]
    return _once_each(evolve(c, confidence=calibrated(c.kind, c.confidence or 0.0, lines)) for c in claims)


def pieces_of(words: Words, ends: Array) -> Array:
    """The first piece of each word; words behind the last piece take the last."""
    return np.minimum(np.searchsorted(ends, words.starts, side="right"), len(ends) - 1)


def without_repeating_headings(claims: Sequence[Claim], reading: Reading) -> tuple[Claim, ...]:
    """Drop the claims of headings that the body makes too (codebook, section 1); one that says more stays."""
    headings = [s for s in reading.sentences if _is_heading(s, reading.report.text)]
    if not headings:
        return tuple(claims)
    repeats = [any(h.holds(c.quotes[0]) for h in headings) for c in claims]
    said = [(c.kind, _family(c), _about(c)) for c, heading in zip(claims, repeats, strict=True) if not heading]
    return tuple(
        c
        for c, heading in zip(claims, repeats, strict=True)
        if not heading
        or not any(kind is c.kind and family == _family(c) and about & _about(c) for kind, family, about in said)
    )


def _is_heading(sentence: Span, text: str) -> bool:
    """A line of its own without a closing mark, in a text of more than one line."""
    alone = text[sentence.end : sentence.end + 1] == "\n" and text[sentence.start - 1 : sentence.start] in ("", "\n")
    return alone and sentence.text[-1].isalnum()


def _family(claim: Claim) -> str:
    return FAMILY_OF[claim.type] if isinstance(claim, EventClaim) else ""


def _about(claim: Claim) -> set[str]:
    """Who and where a claim is about."""
    match claim:
        case EventClaim() | ControlClaim():
            actors = claim.initiator if isinstance(claim, EventClaim) else claim.holder
            return {*actors, *([claim.place.key] if claim.place is not None else [])}
        case TollClaim():
            return {repr(f) for f in claim.figures}
        case RelationClaim():
            return {*claim.subject}
        case StatementClaim():
            return {*claim.speaker}
    return set()


def _once_each(claims: Iterator[Claim]) -> tuple[Claim, ...]:
    """Of claims that say the same in overlapping words, keep the surest."""
    kept: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: -(c.confidence or 0)):
        beside = _NOT_TELLING - {"figures"} if isinstance(claim, TollClaim) else _NOT_TELLING
        said = kept.setdefault(repr([(k, v) for k, v in to_record(claim).items() if k not in beside]), [])
        if not any(claim.quotes[0].overlaps(other.quotes[0]) for other in said):
            said.append(claim)
    return tuple(sorted((c for said in kept.values() for c in said), key=lambda c: c.quotes[0].start))


_NOT_TELLING = frozenset(("quote", "attribution", "modality", "precedent", "figures"))
