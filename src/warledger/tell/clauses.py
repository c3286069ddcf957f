"""Word a group of events: who did what to whom, where, when, with what toll, and how well it is known."""

from __future__ import annotations

from typing import TypeAlias

from warledger.domain.claim import EventClaim, Figure
from warledger.domain.codes import EventType, Harm, Modality
from warledger.domain.event import Event
from warledger.domain.phrases import EventPhrase
from warledger.tell.groups import Group
from warledger.tell.sentence import Sentence
from warledger.tell.templates import Field, Noun, fill, listed
from warledger.tell.voice import MOST_NAMES, Voice

PERSONAL = frozenset(
    {
        EventType.ARREST,
        EventType.PRISONER_RELEASE,
        EventType.ABDUCTION,
        EventType.ATTACK,
        EventType.SEXUAL_VIOLENCE,
        EventType.FORCE_AGAINST_PROTESTERS,
        EventType.MOB_VIOLENCE,
        EventType.DISPLACEMENT,
    }
)
"""Types that are done to people rather than to sides."""
Span: TypeAlias = tuple[int | None, int | None]
"""The least and the most."""
_AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE})


def tell_group(group: Group, voice: Voice) -> Sentence:
    """One sentence for a group, with its days, figures and grade, citing every claim behind it."""
    text = f"{clause(group, voice)} {days(group, voice)}".rstrip()
    if harm := harmed(group, voice):
        text = voice.say("harmed", told=text, harm=harm)
    return voice.sentence(f"{text} {voice.grade(group.events)}", (k.id for k in group.kept))


def clause(group: Group, voice: Voice, *, most: int = MOST_NAMES) -> str:
    """What happened, without days and grade."""
    phrase, fields = voice.phrases.events[group.first.type], _fields(group, voice, most)
    does, plan, happens = _forms(phrase, area=group.is_area)
    source = voice.source(group.kept[0]) if group.kept else ""
    told = {"plan": fill(plan, **fields), "source": source}
    if not group.first.initiator:
        return fill(voice.phrases.agentless[group.modality], happens=fill(happens, **fields), **told)
    does = fill(does, **fields)
    return fill(voice.phrases.modalities[group.modality], subject=fields["subject"], does=does, **told)


def suffered(event: Event, voice: Voice) -> Noun:
    """To whom it was done: sides of a war by name; who was arrested, abducted or attacked may be a private person."""
    told = voice.naming.actors if event.type in PERSONAL else voice.naming.parties
    return told(event.target)


def heading(group: Group, voice: Voice, *, most: int = 3) -> str:
    """The group as a headline or a noun phrase, without days and grade."""
    phrase, fields = voice.phrases.events[group.first.type], _fields(group, voice, most)
    template = (phrase.headline_area if group.is_area else None) or phrase.headline
    return fill(template, **fields, initiator=fields["subject"])


def days(group: Group, voice: Voice) -> str:
    """When, in words; what is planned or possible is told as of the day it was reported."""
    if group.modality in _AHEAD and group.when.start is not None:
        return fill(voice.phrases.times["ahead"], day=voice.measures.day(group.when.start))
    return voice.measures.when(group.when)


def harmed(group: Group, voice: Voice) -> str:
    """The people harmed, in words; nothing where a figure is unknown. A group with figures holds one event."""
    said: list[tuple[Harm, str, Span]] = []
    fatal = killed_of(group.first)
    if fatal:
        said.append((Harm.KILLED, "total", fatal))
    measures = voice.measures
    told = [measures.harmed(harm, measures.people(*span, of)) for harm, of, span in [*said, *_others(group)]]
    return listed(told, voice.phrases.joints)


def killed_of(event: Event) -> Span | None:
    """The least and the most killed, or None where no figure was given; one figure alone is the least."""
    low, high = event.fatalities.low, event.fatalities.high
    return None if low is None and high is None else (low, high)


def _others(group: Group) -> list[tuple[Harm, str, Span]]:
    found: dict[tuple[Harm, str], list[Figure]] = {}
    for kept in group.kept:
        for f in kept.claim.figures if isinstance(kept.claim, EventClaim) else ():
            if f.harm is not Harm.KILLED:
                found.setdefault((f.harm, f.of), []).append(f)
    spans = ((harm, of, _span(figures)) for (harm, of), figures in found.items())
    return [(harm, of, span) for harm, of, span in spans if span != (None, None)]


def _span(figures: list[Figure]) -> Span:
    lows = [f.min for f in figures if f.min is not None]
    highs = [f.max for f in figures]
    return min(lows, default=None), None if None in highs else max(h for h in highs if h is not None)


def _forms(phrase: EventPhrase, *, area: bool) -> tuple[str, str, str]:
    if not area:
        return phrase.does, phrase.plan, phrase.happens
    return phrase.does_area or phrase.does, phrase.plan_area or phrase.plan, phrase.happens_area or phrase.happens


def _fields(group: Group, voice: Voice, most: int) -> dict[str, Field]:
    return {
        "subject": voice.naming.parties(group.first.initiator),
        "target": suffered(group.first, voice),
        "at": voice.naming.at_all(group.places),
        "places": "" if group.is_area else voice.places(group.places, most),
        "away": voice.naming.away(group.places),
    }
