"""What a list holds, by plain loops over domain values: the store in memory answers so, and no other.

Events, claims and reports in, one page out. The databases answer the same by index (`asked.py`); the contract suite
holds the two alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from warledger.domain.asked import ActorTally, Asked, DayTally, Mark, Page, SourceTally, Window
from warledger.domain.claim import Claim
from warledger.domain.codes import EventType, Grade
from warledger.domain.event import Event
from warledger.domain.folding import fold_name
from warledger.domain.place import Place
from warledger.domain.report import Report
from warledger.domain.when import Interval
from warledger.domain.words import holds_words, words_in
from warledger.ports import Kept, KeptClaim

T = TypeVar("T")


def page_of(rows: Iterable[T], key: Callable[[T], Mark], window: Window) -> Page[T]:
    """Cut one page out of rows.

    Args:
        rows: those that fit, in any order.
        key: what orders them.
        window: which page.
    """
    ordered = sorted(rows, key=key, reverse=window.newest_first)
    if window.after is not None:
        mark, newest = window.after, window.newest_first
        ordered = [r for r in ordered if (key(r) < mark if newest else key(r) > mark)]
    items = ordered[: window.limit]
    return Page(items=items, end=key(items[-1]) if len(ordered) > window.limit else None)


def event_fits(event: Event, asked: Asked, claims: Mapping[str, KeptClaim]) -> bool:
    """Whether an event is asked for.

    Args:
        event: one version.
        asked: what is asked for; its time is the caller's to keep.
        claims: by id, those of the event.
    """
    behind = [claims[i] for i in event.claim_ids if i in claims]
    return (
        (bool(event.claim_ids) or not asked.claimed)
        and meets(event.when, asked.from_day, asked.to_day)
        and (not asked.types or event.type in asked.types)
        and (not asked.grades or event.grade in asked.grades)
        and (not asked.actors or not asked.actors.isdisjoint(map(fold_name, (*event.initiator, *event.target))))
        and (not asked.sources or not asked.sources.isdisjoint(event.origins))
        and _place_fits(event.place, asked)
        and (not _asks_of_claims(asked) or any(_behind_fits(k, asked) for k in behind))
    )


def _asks_of_claims(asked: Asked) -> bool:
    return bool(asked.languages or asked.reports or asked.words) or asked.min_confidence is not None


def _behind_fits(kept: KeptClaim, asked: Asked) -> bool:
    """Whether one claim behind an event, with its report, is as asked."""
    return (
        (not asked.languages or kept.report.language in asked.languages)
        and (not asked.reports or kept.report.id in asked.reports)
        and (asked.min_confidence is None or (kept.claim.confidence or 0) >= asked.min_confidence)
        and (not asked.words or report_holds(kept.report, asked.words))
    )


def claim_fits(kept: KeptClaim, asked: Asked) -> bool:
    """Whether a claim is asked for; its time is the caller's to keep."""
    claim, report = kept.claim, kept.report
    return (
        meets(getattr(claim, "when", None), asked.from_day, asked.to_day)
        and (not asked.kinds or claim.kind in asked.kinds)
        and (not asked.types or getattr(claim, "type", None) in asked.types)
        and (not asked.actors or not asked.actors.isdisjoint(map(fold_name, actors_of(claim))))
        and (not asked.sources or report.publisher in asked.sources)
        and (not asked.languages or report.language in asked.languages)
        and (not asked.reports or report.id in asked.reports)
        and (asked.min_confidence is None or (claim.confidence or 0) >= asked.min_confidence)
        and _place_fits(getattr(claim, "place", None), asked)
        and (not asked.words or report_holds(report, asked.words))
    )


def report_fits(report: Report, asked: Asked) -> bool:
    """Whether a report is asked for: days are those of its publication."""
    return (
        meets(Interval.day(report.published), asked.from_day, asked.to_day)
        and (not asked.sources or report.publisher in asked.sources)
        and (not asked.languages or report.language in asked.languages)
        and (not asked.reports or report.id in asked.reports)
        and (not asked.words or report_holds(report, asked.words))
    )


def report_holds(report: Report, words: tuple[str, ...]) -> bool:
    """Whether title and text hold the words."""
    return holds_words(searched(report), words)


def searched(report: Report) -> frozenset[str]:
    """The words by which a report is found."""
    return words_in(f"{report.title or ''}\n{report.text}")


def actors_of(claim: Claim) -> tuple[str, ...]:
    """Everybody who takes part in what a claim says, each once."""
    parts = ("initiator", "target", "holder", "subject", "object", "speaker", "about", "side")
    return tuple(dict.fromkeys(name for part in parts for name in getattr(claim, part, ())))


def meets(when: Interval | None, from_day: date | None, to_day: date | None) -> bool:
    """Whether an interval meets days; an unknown end is open."""
    start, end = (None, None) if when is None else (when.start, when.end)
    after = from_day is None or end is None or end >= from_day
    return after and (to_day is None or start is None or start <= to_day)


def day_of(event: Event) -> str:
    """The day that orders an event; empty where none is known."""
    day = event.when.start or event.when.end
    return day.isoformat() if day is not None else ""


def _place_fits(place: Place | None, asked: Asked) -> bool:
    entry = place.entry if place is not None else None
    if asked.place_keys and (place is None or place.key not in asked.place_keys):
        return False
    if asked.countries and (entry is None or entry.country not in asked.countries):
        return False
    return asked.box is None or (place is not None and asked.box.holds(place.latitude, place.longitude))


def newest(events: Sequence[Event]) -> Mapping[str, Event]:
    """The newest of some versions of each event."""
    found: dict[str, Event] = {}
    for event in sorted(events, key=lambda e: e.version):
        found[event.id] = event
    return found


def days_of(events: Iterable[Event]) -> list[DayTally]:
    """Events counted by first day and type."""
    groups: dict[tuple[date, EventType], list[Event]] = {}
    for event in events:
        day = event.when.start or event.when.end
        if day is not None:
            groups.setdefault((day, event.type), []).append(event)
    return [_day(day, type, groups[day, type]) for day, type in sorted(groups)]


def _day(day: date, type: EventType, events: Sequence[Event]) -> DayTally:
    return DayTally(
        day=day,
        type=type,
        events=len(events),
        low=_sum(e.fatalities.low for e in events),
        best=_sum(e.fatalities.best for e in events),
        high=_sum(e.fatalities.high for e in events),
        places=len({e.place.key for e in events if e.place is not None}),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    told = [n for n in numbers if n is not None]
    return sum(told) if told else None


def source_tallies(reports: Iterable[Kept], claims: Iterable[KeptClaim], events: Iterable[Event]) -> list[SourceTally]:
    """Outlets counted: versions of reports that count, their claims, the events."""
    own = Counter(k.report.publisher for k in reports if k.report.publisher is not None)
    said = Counter(k.report.publisher for k in claims)
    alone: Counter[str] = Counter()
    against: Counter[str | None] = Counter()
    outlet = {k.id: k.report.publisher for k in claims}
    for event in events:
        if len(event.origins) == 1:
            alone[event.origins[0]] += 1
        if event.grade is Grade.CONTESTED:
            against.update({outlet[i] for i in event.claim_ids if i in outlet})
    return [
        SourceTally(name=n, reports=own[n], claims=said[n], alone=alone[n], contradicted=against[n])
        for n in sorted(own)
    ]


def actor_tallies(claims: Iterable[KeptClaim], events: Iterable[Event]) -> list[ActorTally]:
    """Actors counted in claims that count and in events."""
    in_claims = Counter(name for k in claims for name in actors_of(k.claim))
    in_events = Counter(name for e in events for name in {*e.initiator, *e.target})
    names = sorted({*in_claims, *in_events})
    return [ActorTally(name=n, claims=in_claims[n], events=in_events[n]) for n in names]
