"""Read from the ledger what new claims may touch, and conclude: the days around them, not the whole record.

In: the ledger and the ids of the claims that came since events were last concluded. Out: the versions to append. Where
it is not known what came, or claims turn up that no event holds, everything is read: the outcome is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from warledger.corroborate.claim_corrections import corrected_claims, of_claims
from warledger.corroborate.columns import last_day
from warledger.corroborate.decisions import heirs_of, rulings
from warledger.corroborate.events import founded_by, makes_event
from warledger.corroborate.incremental import Corroborator
from warledger.domain.asked import Asked, Window
from warledger.domain.codes import Kind
from warledger.domain.dataset import is_imported
from warledger.domain.decision import Decision
from warledger.domain.event import Event
from warledger.ports import KeptClaim, Ledger

Span = tuple[date, date]
_MOST = 500
"""Reports, or claims, that are read in one go."""
_DAYS_AROUND = 3
"""Windows that are read to both sides of new claims, so that few chains of likely pairs lead further."""


@frozen(kw_only=True)
class Holdings:
    """What of the ledger bears on some events; see `Corroborator`."""

    claims: Sequence[KeptClaim]
    events: Sequence[Event]
    decisions: Sequence[Decision]
    past: Sequence[KeptClaim]


def settle(room: Corroborator, ledger: Ledger, at: datetime, new: Collection[str] | None = None) -> tuple[Event, ...]:
    """Conclude the events that changed.

    Args:
        room: with its tables.
        ledger: where everything is kept; nothing is written to it.
        at: when the monitor knew; later where something read was recorded later, so that no answer is older than it.
        new: ids of the claims that came since events were last concluded, where no claim was withdrawn and nothing
            decided since; None where that is not known.

    Returns:
        Versions to append, sorted by id.
    """
    versions = _around(room, ledger, at, new) if new is not None else None
    if versions is not None:
        return versions
    held = _complete(ledger, ledger.claims(kinds=[Kind.EVENT]), ledger.events())
    return room(held.claims, held.events, _not_before(at, held), held.decisions, held.past)


def heirs_decided(ledger: Ledger, decisions: Sequence[Decision], known_at: datetime | None = None) -> dict[str, str]:
    """The claims of decisions that count no more, to those that say the same in the newest version of their report."""
    ids = sorted({i for d in decisions for i in d.concerned})
    past = [c for c in ledger.claims(ids=ids, known_at=known_at) if c.superseded_at is not None] if ids else []
    if not past:
        return {}
    past += corrected_claims(of_claims(decisions), past, {}).values()  # a coder may have learnt what a person said
    reports = sorted({c.report.id for c in past})
    live = [c for n in range(0, len(reports), _MOST) for c in _of_reports(ledger, reports[n : n + _MOST], known_at)]
    return heirs_of(past, live)


def claims_corrected(
    ledger: Ledger, decisions: Sequence[Decision], known_at: datetime | None = None
) -> dict[str, KeptClaim]:
    """The claims that persons corrected, as corrected, by id; those that count no more with those that say the same.

    Args:
        ledger: where claims are as they were coded.
        decisions: of persons, in order of arrival.
        known_at: only what was recorded by then counts; None is everything.
    """
    correcting = of_claims(decisions)
    if not correcting:
        return {}
    heirs = heirs_decided(ledger, correcting, known_at)
    ids = sorted({*(i for d in correcting for i in d.claim_ids), *heirs.values()})
    return corrected_claims(correcting, ledger.claims(ids=ids, known_at=known_at), heirs)


def _of_reports(ledger: Ledger, reports: Sequence[str], known_at: datetime | None) -> Iterator[KeptClaim]:
    """The claims that count of some reports."""
    asked, window = Asked(known_at=known_at, reports=frozenset(reports)), Window(limit=_MOST, newest_first=False)
    page = ledger.claim_page(asked, window)
    yield from page.items
    while page.end is not None:
        page = ledger.claim_page(asked, evolve(window, after=page.end))
        yield from page.items


def _around(room: Corroborator, ledger: Ledger, at: datetime, new: Collection[str]) -> tuple[Event, ...] | None:
    """Conclude what new claims may touch; None where there are others that no event holds."""
    days, window = room.weights.window_days, list[Span]()
    met = [c for c in ledger.claims(ids=sorted(new)) if makes_event(c)] if new else []
    if not met:
        return ()
    while not _within(_spans(met, days), window):
        window = _spans(met, _DAYS_AROUND * days)
        held = _read(ledger, window)
        told = {c.id: c for c in held.claims if makes_event(c)}
        decided = rulings(held.decisions, told.values(), held.past)
        if told.keys() - decided.out.keys() - {i for e in held.events for i in e.claim_ids} - set(new):
            return None
        wanted = room.affected(told, held.events, decided, held.decisions, held.past)
        met = [told[i] for i in sorted(wanted & told.keys())]
    there = {e.id for e in held.events}
    founded = [i for i in map(founded_by, sorted(wanted)) if i not in there]
    known = [*held.events, *(ledger.events(ids=founded) if founded else ())]
    return room.conclude(told, known, _not_before(at, held), decided, wanted)


def _not_before(at: datetime, held: Holdings) -> datetime:
    return max([at, *(row.recorded_at for rows in (held.claims, held.events, held.decisions) for row in rows)])


def _read(ledger: Ledger, window: Sequence[Span]) -> Holdings:
    """Claims that end in some days and the events that hold them."""
    claims = {c.id: c for a, b in window for c in ledger.happenings(a, b)}
    holding = sorted(set(ledger.events_of(list(claims)).values()))
    return _complete(ledger, claims.values(), ledger.events(ids=holding) if holding else ())


def _complete(ledger: Ledger, claims: Iterable[KeptClaim], events: Iterable[Event]) -> Holdings:
    """Add the decisions, and the claims on which events and decisions rest beside those that were read.

    What a dataset holds stands as the dataset has it, so its rows are left out.
    """
    claims = [c for c in claims if not is_imported(c.report.id)]
    events, decisions = [e for e in events if not is_imported(e.id)], ledger.decisions()
    held = {i for e in events for i in e.claim_ids}
    missing = sorted((held | {i for d in decisions for i in d.concerned}) - {c.id for c in claims})
    others = list(ledger.claims(ids=missing)) if missing else []
    claims += [c for c in others if c.superseded_at is None and c.id in held]
    past = [c for c in others if c.superseded_at is not None]
    return Holdings(claims=claims, events=events, decisions=decisions, past=past)


def _spans(claims: Iterable[KeptClaim], margin: int) -> list[Span]:
    """The days up to a margin from the last days of some claims, as spans that do not touch."""
    spans: list[Span] = []
    for day in sorted({date.fromordinal(last_day(c)) for c in claims}):
        start, end = day - timedelta(days=margin), day + timedelta(days=margin)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _within(spans: Sequence[Span], window: Sequence[Span]) -> bool:
    return all(any(a <= start and end <= b for a, b in window) for start, end in spans)
