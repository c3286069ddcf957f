"""Word what is disputed and what is thin: contradictions, figures that differ, single origins, reports not coded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from warledger.domain.codes import Grade, Modality
from warledger.domain.event import Event
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import Kept
from warledger.tell.clauses import clause, days, killed_of
from warledger.tell.groups import HELD_BACK, Group, group_events
from warledger.tell.holding import tell_against
from warledger.tell.matter import Matter
from warledger.tell.sentence import Gap, Sentence
from warledger.tell.templates import Field, fill
from warledger.tell.voice import Voice

_AGAINST = frozenset({Modality.DENIED, Modality.NEGATED})
_CODED = "coded"
_LANGUAGE = "language "


def tell_disputed(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Events whose sources contradict each other, dead whose number differs, places whose holder is in dispute."""
    told = matter.told_events()
    groups = group_events(matter, [e for e in told if e.grade is Grade.CONTESTED], voice)
    contested = tuple(voice.sentence(_contested(g, voice), (k.id for k in g.kept)) for g in groups)
    differ = tuple(_differ(matter, e, voice) for e in told if _differs(e))
    return contested + differ + tell_against(matter, voice)


def tell_thin(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """How many events, which places and which days rest on one origin."""
    told = matter.told_events()
    weak = [e for e in told if len(e.origins) == 1]
    if not weak:
        return ()
    n, total = voice.measures.share(len(weak), len(told))
    some = "thin_few" if len(weak) == 1 else "thin_many"
    key = "thin_one" if len(told) == 1 else "thin_all" if len(weak) == len(told) else some
    count = voice.say(key, n=n, total=total)
    return (
        voice.sentence(count, (i for e in told for i in matter_ids(matter, e))),
        *_thin_places(matter, told, voice),
        *_thin_days(matter, told, voice),
    )


def tell_gaps(matter: Matter, voice: Voice) -> tuple[Gap, ...]:
    """Reports of the days from which no claim could be made, by language or by reason."""
    by_note: dict[str, list[Kept]] = {}
    for kept in (k for k in matter.reports if k.superseded_at is None):
        if kept.note != _CODED and matter.from_day <= kept.report.published <= matter.to_day:
            by_note.setdefault(kept.note, []).append(kept)
    return tuple(_gap(note, found, voice) for note, found in sorted(by_note.items()))


def matter_ids(matter: Matter, event: Event) -> list[str]:
    """The ids of an event's claims that the brief may cite."""
    return [k.id for k in matter.kept_of(event)]


def _contested(group: Group, voice: Voice) -> str:
    denials = [k for k in group.kept if k.claim.modality in _AGAINST]
    deniers = voice.naming.side([voice.source(k).text for k in denials] if group.modality not in _AGAINST else [])
    told = f"{clause(group, voice)} {days(group, voice)}".rstrip()
    return voice.say("contested_event", clause=told, deniers=deniers)


def _differs(event: Event) -> bool:
    low, high = event.fatalities.low, event.fatalities.high
    return low is not None and high is not None and low < high


def _differ(matter: Matter, event: Event, voice: Voice) -> Sentence:
    place = None if event.type in HELD_BACK else event.place
    text = voice.say(
        "figures_differ",
        at=voice.naming.at(place),
        when=voice.measures.when(event.when),
        figures=voice.measures.people(*(killed_of(event) or (None, None)), "total"),
    )
    return voice.sentence(text, matter_ids(matter, event))


def _thin_places(matter: Matter, told: Sequence[Event], voice: Voice) -> tuple[Sentence, ...]:
    """Settlements of which every event told rests on one and the same origin, by that origin."""
    events: dict[str, list[Event]] = {}
    places: dict[str, Place] = {}
    for event in told:
        if event.place is not None and event.type not in HELD_BACK and event.place.precision is PlacePrecision.EXACT:
            events.setdefault(event.place.key, []).append(event)
            places.setdefault(event.place.key, event.place)
    by_origin: dict[str, list[str]] = {}
    for key, found in events.items():
        origins = {o for e in found for o in e.origins}
        if len(origins) == 1:
            by_origin.setdefault(min(origins), []).append(key)
    return tuple(
        voice.sentence(
            voice.say(
                "thin_places",
                places=voice.places([places[k] for k in keys]),
                origin=voice.origin(origin),
            ),
            (i for k in keys for e in events[k] for i in matter_ids(matter, e)),
        )
        for origin, keys in sorted(by_origin.items(), key=lambda found: (-len(found[1]), found[0]))
    )


def _thin_days(matter: Matter, told: Sequence[Event], voice: Voice) -> tuple[Sentence, ...]:
    """Days of a period of which only one origin tells; days in a row with the same one are told together."""
    if matter.from_day == matter.to_day:
        return ()
    dated = [e for e in told if e.when.start is not None and e.when.end is not None]
    runs: list[tuple[date, date, str]] = []
    for day in _days(matter.from_day, matter.to_day):
        origins = {o for e in dated if e.when.covers(day) for o in e.origins}
        if len(origins) != 1:
            continue
        origin = min(origins)
        if runs and runs[-1][1:] == (day - timedelta(days=1), origin):
            runs[-1] = (runs[-1][0], day, origin)
        else:
            runs.append((day, day, origin))
    return tuple(_thin_run(matter, dated, run, voice) for run in runs)


def _thin_run(matter: Matter, dated: Sequence[Event], run: tuple[date, date, str], voice: Voice) -> Sentence:
    first, last, origin = run
    key = "thin_day" if first == last else "thin_days"
    day = voice.measures.day
    text = voice.say(key, day=day(first), first=day(first), last=day(last), origin=voice.origin(origin))
    span = Interval(start=first, end=last, precision=TimePrecision.DAY)
    return voice.sentence(text, (i for e in dated if e.when.overlaps(span) for i in matter_ids(matter, e)))


def _gap(note: str, found: Sequence[Kept], voice: Voice) -> Gap:
    code = note.rsplit(_LANGUAGE, 1)[-1] if _LANGUAGE in note else ""
    fields: dict[str, Field] = {
        "n": voice.measures.count(len(found)),
        "publishers": voice.naming.side([voice.naming.outlet(k.report.publisher or k.report.id) for k in found]),
        "language": voice.phrases.languages.get(code, code),
        "note": voice.naming.foreign(note),
    }
    text = fill(voice.phrases.gaps["language" if code else "other"], **fields)
    return Gap(text=text[:1].upper() + text[1:] + ".", report_ids=tuple(k.report.id for k in found))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
