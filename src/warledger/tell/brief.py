"""Make the brief of a day or of a period: matter in, a headline, a lead, titled sections and numbered notes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from warledger.domain.codes import FAMILY_OF, EventType, Family, Grade
from warledger.domain.event import Event
from warledger.domain.phrases import Phrases
from warledger.tell.clauses import clause, days, heading, tell_group
from warledger.tell.consequences import tell_breaches, tell_roads, tell_surges
from warledger.tell.doubts import tell_disputed, tell_gaps, tell_thin
from warledger.tell.groups import Group, group_events, make_group
from warledger.tell.holding import taken_after, tell_holding
from warledger.tell.matter import Matter
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.notes import number_notes
from warledger.tell.sayings import largest_toll, tell_noticed, tell_precedents, tell_statements, tell_tolls
from warledger.tell.sentence import Brief, Section, Sentence
from warledger.tell.voice import Voice

CONTROL = frozenset(
    {
        EventType.NONSTATE_TAKES_TERRITORY,
        EventType.GOVERNMENT_REGAINS_TERRITORY,
        EventType.TRANSFER_OF_TERRITORY,
        EventType.WITHDRAWAL,
        EventType.SIEGE,
        EventType.SURRENDER,
        EventType.GOVERNMENT_CHANGE,
    }
)
"""Types that tell of ground changing hands."""

DIPLOMACY = frozenset({EventType.AGREEMENT, EventType.AGREEMENT_BREACH, EventType.TALKS, EventType.SANCTION})
"""Types that stand with what was said."""


def voice_for(matter: Matter, phrases: Phrases, known: frozenset[str]) -> Voice:
    """The voice of one brief: names known to the actor table, the year of its last day left unsaid."""
    outlets = {k.report.publisher for k in matter.claims.values() if k.report.publisher is not None}
    return Voice(
        phrases=phrases,
        naming=Naming(phrases=phrases, known=known | outlets),
        measures=Measures(
            phrases=phrases, year=matter.to_day.year if matter.from_day.year == matter.to_day.year else None
        ),
    )


def write_brief(matter: Matter, phrases: Phrases, known: frozenset[str]) -> Brief:
    """Write the brief.

    Args:
        matter: what it is made from.
        phrases: the table of phrases.
        known: canonical names of the actor table; an unknown name that looks like a person's is withheld.

    Returns:
        The brief; its headline is None where nothing is recorded of the days.
    """
    voice = voice_for(matter, phrases, known)
    told = matter.told_events()
    sections = tuple(s for s in _sections(matter, told, voice) if s.sentences or s.gaps)
    headline, lead = _headline(matter, told, voice), _lead(matter, told, voice)
    cited = [*([headline] if headline else []), *lead, *(x for s in sections for x in s.sentences)]
    return Brief(
        language=phrases.language,
        from_day=matter.from_day,
        to_day=matter.to_day,
        known_at=matter.known_at,
        headline=headline,
        lead=lead,
        sections=sections,
        notes=number_notes(cited, matter.claims, voice),
    )


def _sections(matter: Matter, told: Sequence[Event], voice: Voice) -> Iterable[Section]:
    def events(which: Iterable[Event]) -> tuple[Sentence, ...]:
        return tuple(tell_group(g, voice) for g in group_events(matter, list(which), voice))

    def section(key: str, *parts: tuple[Sentence, ...]) -> Section:
        return Section(key=key, title=voice.phrases.sections[key], sentences=sum(parts, ()))

    yield section("control", events(e for e in told if e.type in CONTROL), tell_holding(matter, voice))
    yield section("strikes", events(e for e in told if _part(e) == "strikes"))
    yield section("tolls", tell_tolls(matter, voice, displaced=False))
    yield section(
        "displacement",
        events(e for e in told if e.type is EventType.DISPLACEMENT),
        tell_tolls(matter, voice, displaced=True),
    )
    yield section("statements", tell_statements(matter, voice), events(e for e in told if e.type in DIPLOMACY))
    yield section("other", events(e for e in told if _part(e) == "other"))
    yield section("precedents", tell_precedents(matter, voice), tell_noticed(matter, voice))
    yield section("consequences", tell_roads(matter, voice), tell_breaches(matter, voice), tell_surges(matter, voice))
    yield section("disputed", tell_disputed(matter, voice))
    yield Section(
        key="thin",
        title=voice.phrases.sections["thin"],
        sentences=tell_thin(matter, voice),
        gaps=tell_gaps(matter, voice),
    )


def _part(event: Event) -> str:
    if event.type in CONTROL or event.type in DIPLOMACY or event.type is EventType.DISPLACEMENT:
        return ""
    return "other" if FAMILY_OF[event.type] is Family.STRATEGIC else "strikes"


def _headline(matter: Matter, told: Sequence[Event], voice: Voice) -> Sentence | None:
    """The weightiest happening; with its one source behind a colon where only one speaks."""
    top = _summaries(matter, told, voice)
    if not top:
        return _first_said(matter, voice)
    group = top[0]
    ids = tuple(k.id for k in group.kept)
    if group.first.type is EventType.WITHDRAWAL and len(group.events) == 1:
        taken = taken_after(matter, group.first, voice)
        if taken is not None:
            return Sentence(text=taken.text[:1].upper() + taken.text[1:], claim_ids=(*taken.claim_ids, *ids))
    text = heading(group, voice, most=2)
    origins = {o for e in group.events for o in e.origins}
    if len(origins) == 1:
        text += f": {voice.origin(min(origins))}"
    elif any(e.grade is Grade.CONTESTED for e in group.events):
        text += f" ({voice.phrases.grade_words[Grade.CONTESTED]})"
    return Sentence(text=text[:1].upper() + text[1:], claim_ids=ids)


def _lead(matter: Matter, told: Sequence[Event], voice: Voice) -> tuple[Sentence, ...]:
    """Two summaries of the weightiest happenings, the largest toll and the first precedent."""
    groups = _summaries(matter, told, voice)
    chosen = groups[:1] + [g for g in groups[1:] if g.first.type is not groups[0].first.type][:1] if groups else []
    said = [_summary(g, voice) for g in chosen]
    toll = largest_toll(matter, voice)
    precedents = tell_precedents(matter, voice)[:1]
    return (*said, *([toll] if toll is not None else []), *precedents)


def _summaries(matter: Matter, told: Sequence[Event], voice: Voice) -> list[Group]:
    """Groups as the lead tells them: one act of one side in all its places, whatever the target and the grade."""
    by_key: dict[tuple[object, ...], list[Event]] = {}
    for group in group_events(matter, told, voice):
        key = (group.first.type, group.first.initiator, group.modality, group.is_area)
        by_key.setdefault(key, []).extend(group.events)
    groups = [make_group(matter, _same_target(events), voice) for events in by_key.values()]
    return sorted(groups, key=lambda g: (-g.weight, g.first.id))


def _same_target(events: Sequence[Event]) -> list[Event]:
    """The events, with a target only where it is everywhere the same."""
    return list(events) if len({e.target for e in events}) == 1 else [evolve(e, target=()) for e in events]


def _summary(group: Group, voice: Voice) -> Sentence:
    text = (
        f"{clause(group, voice, most=3)} {days(group, voice)}".rstrip()
        if _same_days(group)
        else clause(group, voice, most=3)
    )
    return voice.sentence(f"{text} {voice.grade(group.events)}", (k.id for k in group.kept))


def _same_days(group: Group) -> bool:
    return len({(e.when.start, e.when.end) for e in group.events}) == 1


def _first_said(matter: Matter, voice: Voice) -> Sentence | None:
    """Where no event is told: the first thing that is, or nothing."""
    holding, tolls = tell_holding(matter, voice), tell_tolls(matter, voice, displaced=False)
    said = (*tolls, *tell_statements(matter, voice), *holding)
    return Sentence(text=said[0].text.removesuffix("."), claim_ids=said[0].claim_ids) if said else None
