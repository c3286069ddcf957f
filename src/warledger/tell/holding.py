"""Word who holds what: control states that share holder, status, extent and day become one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from warledger.domain.claim import ControlClaim
from warledger.domain.codes import Grade, Modality, Status
from warledger.domain.control import ControlState
from warledger.domain.event import Event
from warledger.domain.place import PlacePrecision
from warledger.tell.groups import plainest
from warledger.tell.matter import Matter
from warledger.tell.sentence import Sentence
from warledger.tell.templates import Field, fill
from warledger.tell.voice import Voice

MOST_OLDER = 12
"""So many older holdings are told beside those of the days; the table of control has all."""

_WEAK = Grade.WEAK
WHOLE = "all"


def tell_holding(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Sentences on who holds what at the end of the days, the newest word first."""
    by_key: dict[tuple[object, ...], list[ControlState]] = {}
    for state in _chosen(matter):
        by_key.setdefault(_key(matter, state), []).append(state)
    groups = sorted(by_key.values(), key=lambda g: (-g[0].since.toordinal(), -sum(len(s.claim_ids) for s in g)))
    return tuple(_sentence(matter, group, voice) for group in groups)


def tell_against(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Sentences on places of which claims of the same time say different things."""
    return tuple(_disputed(matter, state, voice) for state in _chosen(matter) if _known(matter, state.against))


def taken_after(matter: Matter, left: Event, voice: Voice) -> Sentence | None:
    """A heading for a place that one side left and another is said, of these days, to hold; None where nobody is."""
    at = left.place.key if left.place is not None else None
    fresh = (s for s in _chosen(matter) if s.place.key == at and s.since >= matter.from_day)
    state = next((s for s in fresh if s.status is Status.HELD and s.holder), None)
    if state is None or not left.initiator or set(state.holder) & set(left.initiator):
        return None
    text = voice.say(
        "taken_after",
        extent=voice.phrases.extents.get(state.extent, ""),
        place=voice.naming.place(state.place),
        holder=voice.naming.parties(state.holder),
        leaver=voice.naming.parties(left.initiator),
    )
    return Sentence(text=text, claim_ids=tuple(_known(matter, state.claim_ids)))


def held(states: Sequence[ControlState], voice: Voice, *, when: str) -> str:
    """The clause of states that share holder, status and extent."""
    first = states[0]
    places = [s.place for s in states]
    fields: dict[str, Field] = {
        "places": voice.places(places),
        "holder": voice.naming.parties(first.holder),
        "at": voice.naming.at_all(places),
        "when": when,
        "extent": voice.phrases.extents.get(first.extent, ""),
        "count": voice.measures.extent(first.extent),
    }
    return fill(voice.phrases.sentences[_template(first, voice)], **fields)


def _template(state: ControlState, voice: Voice) -> str:
    extent = "_extent" if state.extent in voice.phrases.extents else ""
    if state.status is Status.ABANDONED:
        return f"abandoned{extent}"
    if state.status is not Status.HELD or not state.holder:
        return str(Status.CONTESTED if state.status is Status.HELD else state.status)
    if not extent and state.extent != WHOLE:
        return "held_count"
    whole_area = state.place.precision is PlacePrecision.REGION and not extent
    return f"held{extent}" if state.place.precision is PlacePrecision.EXACT or whole_area else f"held_area{extent}"


def _sentence(matter: Matter, states: Sequence[ControlState], voice: Voice) -> Sentence:
    ids = [i for s in states for i in _known(matter, s.claim_ids)]
    text = held(states, voice, when=_when(matter, states[0], voice))
    if all(matter.claims[i].claim.modality is not Modality.ASSERTED for i in ids):
        text = voice.say("reportedly", clause=text)
    origins = _origins(matter, states[0])
    if len(origins) == 1:
        text += f" {fill(voice.phrases.grades[_WEAK], origin=voice.origin(origins[0]))}"
    return voice.sentence(text, ids)


def _disputed(matter: Matter, state: ControlState, voice: Voice) -> Sentence:
    against = _known(matter, state.against)
    text = voice.say(
        "against",
        place=voice.naming.place(state.place),
        when=_when(matter, state, voice),
        holder=voice.naming.parties(state.holder),
        n=voice.measures.count(len(against)),
        others=voice.naming.parties(tuple(n for n in _holders(matter, against) if n not in state.holder)),
    )
    return voice.sentence(text, [*_known(matter, state.claim_ids), *against])


def _holders(matter: Matter, ids: Sequence[str]) -> tuple[str, ...]:
    claims = [matter.claims[i].claim for i in ids]
    held = [c for c in claims if isinstance(c, ControlClaim) and c.modality is Modality.ASSERTED]
    return tuple(dict.fromkeys(n for c in held for n in c.holder))


def _chosen(matter: Matter) -> list[ControlState]:
    states = [_plainly(matter, s) for s in matter.control if _known(matter, s.claim_ids)]
    fresh = [s for s in states if matter.from_day <= s.since <= matter.to_day]
    older = [s for s in states if s.since < matter.from_day and s.place.precision is PlacePrecision.EXACT]
    older.sort(key=lambda s: (-len(s.claim_ids), -s.since.toordinal(), s.place.key))
    return fresh + older[:MOST_OLDER]


def _plainly(matter: Matter, state: ControlState) -> ControlState:
    return evolve(state, place=plainest(state.place, [matter.claims[i] for i in _known(matter, state.claim_ids)]))


def _key(matter: Matter, state: ControlState) -> tuple[object, ...]:
    origins = _origins(matter, state)
    exact = state.place.precision is PlacePrecision.EXACT
    asserted = any(matter.claims[i].claim.modality is Modality.ASSERTED for i in _known(matter, state.claim_ids))
    return state.holder, state.status, state.extent, state.since, exact, asserted, origins if len(origins) == 1 else ()


def _when(matter: Matter, state: ControlState, voice: Voice) -> str:
    key = "day" if state.since == matter.to_day else "last"
    return fill(voice.phrases.times[key], day=voice.measures.day(state.since))


def _origins(matter: Matter, state: ControlState) -> tuple[str, ...]:
    return tuple(sorted({matter.origins[i] for i in state.claim_ids if i in matter.origins}))


def _known(matter: Matter, ids: Sequence[str]) -> list[str]:
    return [i for i in ids if i in matter.claims]
