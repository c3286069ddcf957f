"""What the command line and the API ask alike: the days asked about, who holds what, the matter of a brief, decisions.

An app and what is asked in, domain values out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

from attrs import evolve

from warledger import pipeline
from warledger.app import App
from warledger.corroborate import decisions as decisions_room
from warledger.domain.claim import is_sure
from warledger.domain.codes import Family
from warledger.domain.control import ControlState
from warledger.domain.dataset import is_imported
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.finding import NoticedPrecedent, Surge
from warledger.domain.folding import fold_name
from warledger.domain.records import claim_id
from warledger.ledger.control import agree, control_states
from warledger.notice.agreements import breaches
from warledger.notice.firsts import notice_precedents
from warledger.notice.precedents import check_precedents
from warledger.notice.roads import RoadNetwork
from warledger.notice.surges import notice_surges
from warledger.ports import KeptClaim
from warledger.tell.matter import Matter


def days_asked(on: date | None, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """First and last day from `--on` or `--from` and `--to`; None is open.

    Raises:
        UsageError: both ways are used, or the days run backwards.
    """
    if on is not None and (first is not None or last is not None):
        raise UsageError("give --on, or --from and --to, not both")
    if first is not None and last is not None and last < first:
        raise UsageError(f"the days run backwards: --from {first} is behind --to {last}")
    return (on, on) if on is not None else (first, last)


def newest_day(app: App) -> date:
    """The day of publication of the newest report.

    Raises:
        UsageError: the ledger holds no report.
    """
    days = [k.report.published for k in app.ledger.reports()]
    if not days:
        raise UsageError(f"{app.name} holds no report yet: `warledger ingest PATH` takes some in")
    return max(days)


def states_on(
    app: App,
    on: date,
    known_at: datetime | None,
    keys: Sequence[str] = (),
    min_confidence: float | None = None,
) -> tuple[ControlState, ...]:
    """Who holds each place on a day, as known at a time, by claims at least so sure."""
    return control_states(
        app.ledger,
        on,
        known_at,
        keys,
        min_confidence=min_confidence,
        without=app.discounted(known_at),
        groups=app.groups_on(on),
    )


def sure_events(
    app: App, events: Iterable[Event], known_at: datetime | None, min_confidence: float | None
) -> tuple[Event, ...]:
    """Those events of which at least one claim is so sure."""
    found = tuple(events)
    if min_confidence is None:
        return found
    claims = kept_by_id(app, sorted({i for e in found for i in e.claim_ids}), known_at)
    sure = {i for i, kept in claims.items() if is_sure(kept.claim, min_confidence)}
    return tuple(e for e in found if not sure.isdisjoint(e.claim_ids))


def gather_matter(
    app: App, first: date, last: date, known_at: datetime | None, min_confidence: float | None = None
) -> Matter:
    """Everything a brief of some days may draw on; what is less sure than `min_confidence` is left out."""
    found = app.ledger.events(known_at=known_at, from_day=first, to_day=last)
    events = sure_events(app, found, known_at, min_confidence)
    control = states_on(app, last, known_at, (), min_confidence)
    told = app.ledger.claims(known_at=known_at, from_day=first, to_day=last)
    claims = {k.id: k for k in told if is_sure(k.claim, min_confidence)}
    findings = check_precedents(app.ledger, known_at, groups=app.corroborate.groups)
    wanted = {i for e in events for i in e.claim_ids} | {i for s in control for i in (*s.claim_ids, *s.against)}
    wanted |= {i for f in findings if f.claim_id in wanted for i in f.contrary}
    missing = sorted(wanted - set(claims))
    claims |= {k.id: k for k in app.ledger.claims(known_at=known_at, ids=missing)} if missing else {}
    same_side = partial(agree, groups=app.groups_on(last))
    network = RoadNetwork(table=app.roads, same_side=same_side)
    before = states_on(app, first - timedelta(days=1), known_at, network.keys, min_confidence)
    return Matter(
        cuts=tuple(c for c in network.cuts(before, control) if c.new),
        lost_ways=network.lost_ways(before, control),
        breaches=breaches(app.agreements, events, same_side),
        surges=surges_in(app, first, last, known_at),
        from_day=first,
        to_day=last,
        known_at=known_at,
        events=events,
        claims=claims,
        control=control,
        reports=tuple(app.ledger.reports(known_at=known_at)),
        findings=findings,
        noticed=noticed_in(app, first, last, known_at),
        origins=_origins(app, control, claims),
    )


def _origins(app: App, control: Iterable[ControlState], claims: Mapping[str, KeptClaim]) -> dict[str, str]:
    """Where the claims behind who holds each place come from, told among those of the place."""
    found: dict[str, str] = {}
    for state in control:
        found |= app.origins([claims[i] for i in state.claim_ids if i in claims])
    return found


def noticed_in(app: App, first: date, last: date, known_at: datetime | None) -> tuple[NoticedPrecedent, ...]:
    """Firsts and deadliests of some days that nobody claimed, a country by its name."""
    found = notice_precedents(app.ledger, first, last, known_at)
    return tuple(evolve(n, place=country_name(app, n.place)) if n.level == "country" else n for n in found)


def surges_in(app: App, first: date, last: date, known_at: datetime | None) -> tuple[Surge, ...]:
    """Surges of the whole weeks among some days, a country by its name."""
    monday = first + timedelta(days=-first.weekday() % 7)
    if monday + timedelta(days=6) > last:
        return ()
    found = notice_surges(app.ledger, monday, last - timedelta(days=(last.weekday() + 1) % 7), known_at).found
    return tuple(evolve(s, region=country_name(app, s.region)) if s.level == "country" else s for s in found)


def country_name(app: App, code: str) -> str:
    """A country's name by its ISO code; the code where the gazetteer does not know it."""
    entry = app.gazetteer.country(code)
    return entry.name if entry is not None else code


def quotations(app: App, ids: Sequence[str], known_at: datetime | None = None) -> dict[str, str]:
    """The words behind claims with who said them: “...” (SOHR, in AFP, 2024-11-30)."""
    return {id: _quotation(kept) for id, kept in kept_by_id(app, ids, known_at).items()}


def _quotation(kept: KeptClaim) -> str:
    words = " … ".join(q.text for q in kept.claim.quotes)
    chain = dict.fromkeys((*kept.claim.attribution, kept.report.publisher or kept.report.id))
    return f"“{words}” ({', in '.join(chain)}, {kept.report.published})"


def coverage(app: App, known_at: datetime | None = None) -> str:
    """What the ledger holds, for an answer that finds nothing."""
    kept = app.ledger.reports(known_at=known_at)
    days = sorted(k.report.published for k in kept if k.superseded_at is None)
    if not days:
        return "the ledger holds no report"
    return f"the ledger holds {len(days)} reports, published {days[0]} to {days[-1]}"


def kept_by_id(app: App, ids: Sequence[str], known_at: datetime | None = None) -> dict[str, KeptClaim]:
    """Claims by id; an empty list asks for none."""
    return {k.id: k for k in app.ledger.claims(ids=ids, known_at=known_at)} if ids else {}


def decisions_on(
    app: App, event_ids: Iterable[str], claim_ids: Collection[str], known_at: datetime | None = None
) -> list[tuple[Decision, bool]]:
    """Decisions that concern some events or claims, in order of arrival, and whether each is in force.

    One on a claim concerns the claim that says the same in the newest version of its report too.
    """
    decisions = app.ledger.decisions(known_at=known_at)
    if not decisions:
        return []
    standing = {d.id for d in decisions_room.in_force(decisions)}
    heirs = app.heirs(known_at)
    events, claims = frozenset(event_ids), frozenset(claim_ids)
    claims |= {old for old, heir in heirs.items() if heir in claims}
    return [(d, d.id in standing) for d in decisions if events & set(d.event_ids) or claims & set(d.concerned)]


def rows_of_datasets(app: App, event: Event) -> list[Event]:
    """Imported rows that may tell the same happening: violence at one place, on days in common, with a party in common.

    The dataset's row must be of a week at most, and share a party with the event; both stay as they are.

    Args:
        app: whose ledger.
        event: an event of the ledger; a row itself, or an event without place, days or parties, is in none.
    """
    when, parties = event.when, {*event.initiator, *event.target}
    violent = event.family in (Family.BATTLE, Family.REMOTE, Family.CIVILIANS)
    if is_imported(event.id) or not violent or event.place is None or when.start is None or when.end is None:
        return []
    found = app.ledger.events(from_day=when.start, to_day=when.end, place_keys=[event.place.key])
    return [e for e in found if is_imported(e.id) and e.date_prec <= 2 and parties & {*e.initiator, *e.target}]


def decide(app: App, act: DecisionAct, ids: Sequence[str], *, author: str, reason: str) -> tuple[Decision, list[Event]]:
    """Keep a person's decision and conclude anew what it bears on; it is never older than what it decides upon.

    Args:
        app: whose ledger.
        act: what is decided.
        ids: the events to merge or to accept; an event and the claims that leave it; the event, the claim or the
            language model's reading to discount; the decision to undo.
        author: who decides.
        reason: why.

    Returns:
        The decision, and the new version of each event that changed, by id.

    Raises:
        UsageError: an id is not known; the decision says nothing new or cannot be done.
        StoreError: the ledger cannot be written.
    """
    try:
        decision = _decision(app, act, ids, author=author, reason=reason, at=next_moment(app))
    except ValueError as error:
        raise UsageError(str(error)) from error
    changed = sorted(pipeline.decide(app.ledger, app.settle, decision))
    return decision, sorted(app.ledger.events(ids=changed), key=lambda e: e.id) if changed else []


def next_moment(app: App, claim: KeptClaim | None = None) -> datetime:
    """Now, or later where something to decide upon was recorded later."""
    recorded = (row.recorded_at for rows in (app.ledger.events(), app.ledger.decisions()) for row in rows)
    return max([datetime.now(UTC), *recorded, *([] if claim is None else [claim.recorded_at])])


def add_alias(app: App, name: str, actor: str, *, author: str, reason: str) -> Decision:
    """Keep that a person says a name is an actor's.

    Raises:
        UsageError: the actor is known to nobody, or bears the name already.
        StoreError: the ledger cannot be written.
    """
    canonical = app.names.get(fold_name(actor), actor)
    if canonical not in app.actors:
        raise UsageError(f"no actor of the table is named {actor!r}")
    if app.names.get(fold_name(name)) == canonical:
        raise UsageError(f"{canonical} bears the name {name!r} already")
    at = max([datetime.now(UTC), *(d.recorded_at for d in app.ledger.decisions())])
    try:
        decision = decisions_room.alias(name, canonical, author=author, reason=reason, at=at)
    except ValueError as error:
        raise UsageError(str(error)) from error
    app.ledger.decide(decision)
    return decision


def _decision(app: App, act: DecisionAct, ids: Sequence[str], *, author: str, reason: str, at: datetime) -> Decision:
    if not ids:
        raise UsageError("name what is decided upon")
    if act is DecisionAct.UNDO:
        meant, decisions = _decision_of(app, ids[0]), app.ledger.decisions()
        return decisions_room.undo(meant, decisions, author=author, reason=reason, at=at)
    events: Sequence[str] = ids
    claims: tuple[str, ...] = ()
    if act is DecisionAct.SPLIT:
        events, claims = ids[:1], tuple(ids[1:])
    elif act is DecisionAct.DISCOUNT and (kept_by_id(app, ids[:1]) or _is_reading(app, ids[0])):
        events, claims = (), tuple(ids[:1])
    return decisions_room.decide(act, _events(app, events), claims, author=author, reason=reason, at=at)


def _is_reading(app: App, id: str) -> bool:
    """Whether a language model read a report so where the rules do not."""
    differing = (d for kept in app.ledger.read_two_ways() for d in kept.disagreements)
    return any(d.model is not None and claim_id(d.model) == id for d in differing)


def _decision_of(app: App, id: str) -> Decision:
    decisions = app.ledger.decisions()
    meant = next((d for d in decisions if d.id == id), None)
    if meant is None:
        raise UsageError(f"no decision has the id {id!r}; the ledger holds {len(decisions)}")
    return meant


def _events(app: App, ids: Sequence[str]) -> list[Event]:
    """The newest version of each event, in the order of the ids."""
    found = {e.id: e for e in app.ledger.events(ids=ids)} if ids else {}
    unknown = next((i for i in ids if i not in found), None)
    if unknown is not None:
        raise UsageError(f"no event has the id {unknown!r}; {coverage(app)}. `warledger events` lists ids")
    return [found[i] for i in ids]
