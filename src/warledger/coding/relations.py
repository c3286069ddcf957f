"""Find who stands with whom: a reading in, relation claims with the words behind each field out.

Relations are told in regular words ("Iran-backed", "allied with", "leader of"), so tables of rules find most of them,
each with the probability that such words tell the relation; of other pairs of actors a table of weights says how likely
the words around them tell one. What would tie an actor to itself is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from warledger.coding.pairs import Pair, likely_pairs
from warledger.coding.sketch import Sketch, Slot, sketch
from warledger.domain.actor import ActorKind
from warledger.domain.claim import Evidence, RelationClaim
from warledger.domain.codes import Modality, Predicate
from warledger.domain.cues import fold
from warledger.domain.mention import Reading
from warledger.domain.naming import ActorNames, fold_word
from warledger.domain.relationcues import RelationCues, RelationRule
from warledger.domain.span import Span
from warledger.ports import Array

_BEFORE = 40
"""Words that deny or doubt a relation stand at most so many letters before it."""
_OF_A_STATE = ("Pro-junta militias", "Pro-government militias")
_GENERAL = ("Syrian opposition", "Rebels (")
_MARKS = " ,;:—–-"
_OF_PERSONS = (Predicate.CONTROLS_GROUP, Predicate.SAME_AS)
_BY_WEIGHTS = "model: the words around both"


@frozen(kw_only=True, eq=False)
class RelationTables:
    """What relations are found with.

    Args:
        cues: words of relation, by language.
        names: the actor table.
        weights: of the words around two actors; see `pairs.likely_pairs`.
    """

    cues: Mapping[str, RelationCues]
    names: ActorNames
    weights: Array


def find_relations(reading: Reading, tables: RelationTables) -> tuple[RelationClaim, ...]:
    """Find the relations that a report tells.

    Args:
        reading: the report as read.
        tables: words of relation and actors.

    Returns:
        Claims in the order of the text; none where the language has no table.
    """
    cues = tables.cues.get(reading.report.language or "en")
    if cues is None:
        return ()
    return tuple(c for s in reading.sentences for c in _in_sentence(s, reading, cues, tables))


def _in_sentence(
    sentence: Span, reading: Reading, cues: RelationCues, tables: RelationTables
) -> Sequence[RelationClaim]:
    names = tables.names
    drawn = sketch(sentence, reading, cues, names)
    if not drawn.slots:
        return ()
    claims: list[RelationClaim] = []
    for rule in cues.rules:
        for match in rule.pattern.finditer(drawn.text):
            found = _claims(match, rule, drawn, reading, cues, names)
            claims += [c for c in found if not any(_same(c, other) for other in claims)]
    for pair in likely_pairs(drawn, tables.weights):
        found = _told_by_weights(pair, drawn, reading, cues, names)
        claims += [c for c in found if not any(_of_the_same(c, other) for other in claims)]
    return sorted(claims, key=lambda c: c.quotes[0].start)


def _same(one: RelationClaim, other: RelationClaim) -> bool:
    pairs = [{*c.subject, *c.object} for c in (one, other)]
    return one.quotes[0].overlaps(other.quotes[0]) and (pairs[0] <= pairs[1] or pairs[1] <= pairs[0])


def _of_the_same(one: RelationClaim, other: RelationClaim) -> bool:
    """Whether two relations are of the same two actors; a state is the same whichever of its bodies is named."""
    parties = _states_of({*other.subject, *other.object})
    return not parties.isdisjoint(_states_of(one.subject)) and not parties.isdisjoint(_states_of(one.object))


def _claims(
    match: re.Match[str],
    rule: RelationRule,
    drawn: Sketch,
    reading: Reading,
    cues: RelationCues,
    names: ActorNames,
) -> Sequence[RelationClaim]:
    """The claim that a match tells."""
    fillers = {role: tuple(_fillers(match, role, rule, drawn, cues, names)) for role in ("s", "o")}
    if rule.of_its_side:
        fillers["s"] = tuple(_of_its_side(f, fillers["o"], names) for f in fillers["s"])
    return _told(match.span(), fillers, rule.predicate, (rule.name, rule.prior), drawn, reading, cues)


def _told_by_weights(
    pair: Pair, drawn: Sketch, reading: Reading, cues: RelationCues, names: ActorNames
) -> Sequence[RelationClaim]:
    """The claim that the words around two actors likely tell; who leads is a person where the words name one."""
    subject = person_of(pair.subject, cues, names) if pair.predicate in _OF_PERSONS else None
    fillers = {
        "s": (pair.subject if subject is None else evolve(pair.subject, actors=(subject,)),),
        "o": (pair.object,),
    }
    at = [drawn.text.index(sign) for sign, slot in drawn.slots.items() if slot in (pair.subject, pair.object)]
    told = (_BY_WEIGHTS, pair.probability)
    return _told((min(at), max(at) + 1), fillers, pair.predicate, told, drawn, reading, cues)


def _told(
    at: tuple[int, int],
    fillers: Mapping[str, Sequence[Slot]],
    predicate: Predicate,
    told: tuple[str, float],
    drawn: Sketch,
    reading: Reading,
    cues: RelationCues,
) -> Sequence[RelationClaim]:
    """The claim that some words of a sketch tell; of the parts of a whole, one for each.

    Args:
        at: where they stand in the sketch.
        fillers: subjects and objects.
        predicate: how they stand to each other.
        told: what evidence calls it, and how likely it is.
    """
    subject, other = (tuple(dict.fromkeys(a for f in fillers[role] for a in f.actors)) for role in ("s", "o"))
    if not subject or not other or set(subject) & set(other) or _of_one_state({*subject, *other}):
        return ()
    start, end = drawn.at(*at)
    text = reading.report.text
    while text[start] in _MARKS:
        start += 1
    quote = Span.of(text, start, end)
    claim = RelationClaim(
        report_key=reading.report.key,
        quotes=(quote,),
        subject=subject,
        predicate=predicate,
        object=other,
        modality=_modality(drawn.text[max(0, at[0] - _BEFORE) : at[1]], cues),
        evidence=(
            Evidence(field="predicate", spans=(quote,), rule=told[0], score=told[1]),
            *_evidence("subject", fillers["s"]),
            *_evidence("object", fillers["o"]),
        ),
        confidence=told[1],
    )
    parts = [(name,) for name in subject] if predicate is Predicate.PART_OF else [subject]
    return [evolve(claim, subject=part) for part in parts]


def _of_one_state(parties: set[str]) -> bool:
    """Say whether a state would stand with itself: its government, its forces, its police."""
    return len(_states_of(parties)) == 1


def _states_of(parties: Iterable[str]) -> set[str]:
    """Actors by name, the bodies of a state by the state's."""
    return {a.partition(" Forces of ")[2] or a.removeprefix("Government of ") for a in parties}


def _of_its_side(slot: Slot, others: Sequence[Slot], names: ActorNames) -> Slot:
    """Fighters described only, who stand with a state: its militias, no group named before; or with the group that the
    description was taken for: its side in general."""
    if slot.rule != "description: rebels" or not others:
        return slot
    state = next((a for a in others[0].actors if others[0].sort in ("state", "forces")), None)
    if state is not None:
        country = state.split(" of ", 1)[-1]
        name = next((n for n in (f"{side} ({country})" for side in _OF_A_STATE) if n in names.actors), None)
        name = name or f"{_OF_A_STATE[-1]} ({country})"
    elif any(set(slot.actors) & set(o.actors) for o in others):
        name = next((a for a in slot.alternatives if a.startswith(_GENERAL)), None)
    else:
        name = None
    return slot if name is None else evolve(slot, actors=(name,), rule=f"{slot.rule}, of its side")


def _evidence(field: str, fillers: Sequence[Slot]) -> Iterator[Evidence]:
    for filler in fillers:
        yield Evidence(field=field, spans=(filler.span,), rule=filler.rule)


def _fillers(
    match: re.Match[str], role: str, rule: RelationRule, drawn: Sketch, cues: RelationCues, names: ActorNames
) -> Iterator[Slot]:
    named = [drawn.slots[sign] for sign in match[role] if sign in drawn.slots]
    for slot in named or drawn.words(*match.span(role)):
        if role in rule.persons:
            person = person_of(slot, cues, names)
            if person is not None:
                yield evolve(slot, actors=(person,))
        elif role in rule.forces:
            yield evolve(slot, actors=tuple(_forces(a, names) for a in slot.actors))
        else:
            yield slot


def person_of(slot: Slot, cues: RelationCues, names: ActorNames) -> str | None:
    """Who a person is; a name that the table has for the group or state that the person leads is the person's own."""
    leader = cues.leaders.get(fold(slot.span.text))
    if leader is not None:
        return leader
    words = [fold_word(w) for w in slot.span.text.split()]
    owners = [o.actor for o in names.names.get(tuple(words), ())]
    known = [o for o in owners if o not in names.actors or names.actors[o].kind is ActorKind.PERSON]
    if slot.sort in ("name", "person") or known:
        return known[0] if known else slot.span.text
    meant = {fold_word(w)[:4] for a in slot.actors for w in a.split()}
    named = not (slot.span.text.isupper() or slot.span.text.islower() or slot.rule in ("metonym", "nationality alone"))
    return slot.span.text if named and not any(w[:4] in meant for w in words) else None


def _forces(name: str, names: ActorNames) -> str:
    military = name.replace("Government of ", "Military Forces of ", 1)
    return military if name.startswith("Government of ") and military in names.actors else name


def _modality(words: str, cues: RelationCues) -> Modality:
    if cues.denied.search(words) is not None:
        return Modality.DENIED
    return Modality.ALLEGED if cues.alleged.search(words) is not None else Modality.ASSERTED
