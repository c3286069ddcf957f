"""The order in which claims arrive changes nothing; every claim lands in exactly one happening."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.tables.corroborate import load_affiliations, load_translation_weights, load_weights
from warledger.corroborate.cluster import gather
from warledger.corroborate.decisions import decide
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.settling import settle
from warledger.corroborate.translations import first_prints
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType, Modality
from warledger.domain.corroboration import Named, NamedKind
from warledger.domain.decision import DecisionAct
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim

WEIGHTS = load_weights()
LANGUAGES = {"r0": "en", "r1": "ar", "r2": "fr", "r3": "en"}
TRANSLATED = ("r0", "r1")
"""Reports that name the same; the others name nothing."""


def names(report: Report) -> tuple[Named, ...]:
    told = range(100, 120) if report.id.startswith(TRANSLATED) else ()
    return tuple(Named(what=number, kind=NamedKind.NUMBER) for number in told)


FIND = partial(first_prints, names=names, weights=load_translation_weights())
ROOM = Corroborator(weights=WEIGHTS, affiliations=load_affiliations(), first_prints=FIND)
START = datetime(2024, 12, 1, tzinfo=UTC)
QUOTES = (
    "Rebels captured the town.",
    "Jets struck the market.",
    "The town fell on Friday.",
    "Shells hit the old quarter.",
)
KINDS = (EventType.NONSTATE_TAKES_TERRITORY, EventType.ARMED_CLASH, EventType.AIR_STRIKE, EventType.SHELLING)


@st.composite
def kept(draw: st.DrawFn, number: int) -> KeptClaim:
    words = draw(st.sampled_from(QUOTES))
    day = date(2024, 11, 20) + timedelta(days=draw(st.integers(0, 6)))
    start = draw(st.sampled_from((day, None)))
    spot = draw(st.integers(0, 4))
    entry = GazetteerEntry(
        key=f"t:{spot}", geonames_id=None, name=f"Town {spot}", latitude=36.0 + spot / 40, longitude=37.0,
        feature_code="PPL", country="SY",
    )  # fmt: skip
    id = draw(st.sampled_from(sorted(LANGUAGES)))
    report = Report(id=id, published=date(2024, 11, 27), text=words, sha256="", language=LANGUAGES[id])
    claim = EventClaim(
        report_key=report.key,
        quotes=(Span(start=0, end=len(words), text=words),),
        type=draw(st.sampled_from(KINDS)),
        initiator=draw(st.sampled_from(((), ("A",), ("B",), ("A", "B")))),
        place=draw(st.sampled_from((None, Place(name=entry.name, entry=entry, precision=PlacePrecision.EXACT)))),
        when=Interval(start=start, end=day, precision=TimePrecision.DAY if start else TimePrecision.OPEN),
        modality=draw(st.sampled_from((Modality.ASSERTED, Modality.DENIED, Modality.PLANNED))),
    )
    return KeptClaim(id=f"c{number:02d}", claim=claim, report=report, recorded_at=datetime(2024, 12, 1, tzinfo=UTC))


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[KeptClaim], list[KeptClaim]]:
    claims = [draw(kept(n)) for n in range(draw(st.integers(0, 14)))]
    return claims, draw(st.permutations(claims))


@st.composite
def prints(draw: st.DrawFn) -> list[Report]:
    """Reports of some days, each in a language and of a few words."""
    ids = [f"{kind}-{n}" for n, kind in enumerate(draw(st.lists(st.sampled_from(sorted(LANGUAGES)), max_size=8)))]
    days, words = st.integers(20, 29), st.sampled_from(QUOTES)
    return [
        Report(id=i, published=date(2024, 11, draw(days)), text=draw(words), sha256="", language=LANGUAGES[i[:2]])
        for i in ids
    ]


@given(prints(), st.randoms())
def test_order_of_arrival_does_not_change_which_reports_are_one_text(reports: list[Report], random: Random) -> None:
    shuffled = random.sample(reports, len(reports))
    first = FIND(reports)
    assert FIND(shuffled) == first
    assert all(first[oldest] == oldest for oldest in first.values())


@settings(max_examples=60, deadline=None)
@given(arrivals())
def test_order_of_arrival_does_not_change_happenings(orders: tuple[list[KeptClaim], list[KeptClaim]]) -> None:
    first, second = orders
    assert gather(first, WEIGHTS) == gather(second, WEIGHTS)


@settings(max_examples=30, deadline=None)
@given(arrivals())
def test_every_claim_lands_in_exactly_one_happening(orders: tuple[list[KeptClaim], list[KeptClaim]]) -> None:
    claims, _ = orders
    assert sorted(i for happening in gather(claims, WEIGHTS) for i in happening) == sorted(c.id for c in claims)


def happenings(events: dict[str, Event]) -> set[tuple[object, ...]]:
    """What events say, whatever they are called and however often they changed."""
    return {
        (e.claim_ids, e.type, e.grade, e.reason, e.origins, e.fatalities, e.when, e.place, e.initiator, e.target)
        for e in events.values()
        if e.claim_ids
    }


def concluded(batches: list[list[KeptClaim]]) -> dict[str, Event]:
    """The newest versions after each batch was concluded."""
    known: dict[str, Event] = {}
    told: list[KeptClaim] = []
    for hours, batch in enumerate(batches):
        told = [*told, *batch]
        known |= {e.id: e for e in ROOM(told, tuple(known.values()), START + timedelta(hours=hours))}
    return known


@settings(max_examples=40, deadline=None)
@given(arrivals(), st.lists(st.integers(1, 5), min_size=14, max_size=14))
def test_any_order_and_any_batching_give_the_same_events(
    orders: tuple[list[KeptClaim], list[KeptClaim]], sizes: list[int]
) -> None:
    at_once, ahead = orders
    batches = []
    for size in sizes:
        batches.append(ahead[:size])
        ahead = ahead[size:]
    assert happenings(concluded(batches)) == happenings(concluded([at_once]))


@settings(max_examples=40, deadline=None)
@given(arrivals(), st.data())
def test_claims_that_are_withdrawn_leave_the_events_that_the_others_make(
    orders: tuple[list[KeptClaim], list[KeptClaim]], data: st.DataObject
) -> None:
    claims, _ = orders
    known = concluded([claims])
    kept = [c for c in claims if data.draw(st.booleans())]
    gone = [c for c in claims if c not in kept]
    known |= {e.id: e for e in ROOM(kept, tuple(known.values()), START + timedelta(days=1), (), gone)}
    assert happenings(known) == happenings(concluded([kept]))


@settings(max_examples=40, deadline=None)
@given(arrivals(), st.data())
def test_the_last_decision_on_two_claims_holds_whatever_comes_later(
    orders: tuple[list[KeptClaim], list[KeptClaim]], data: st.DataObject
) -> None:
    claims = [c for c in orders[0] if c.claim.modality is not Modality.PLANNED]
    known, decisions, at = concluded([claims[: len(claims) // 2]]), [], START + timedelta(days=1)
    told = claims[: len(claims) // 2]
    for _ in range(3):
        living = [e for e in known.values() if e.claim_ids]
        wide = [e for e in living if len(e.claim_ids) > 1]
        if data.draw(st.booleans()) and len(living) > 1:
            chosen = data.draw(st.lists(st.sampled_from(living), min_size=2, max_size=2, unique_by=lambda e: e.id))
            decision = decide(DecisionAct.MERGE, chosen, (), author="A", reason="r", at=at)
        elif wide:
            event = data.draw(st.sampled_from(wide))
            decision = decide(DecisionAct.SPLIT, [event], event.claim_ids[:1], author="A", reason="r", at=at)
        else:
            continue
        decisions.append(decision)
        at += timedelta(hours=1)
        known |= {e.id: e for e in ROOM(told, tuple(known.values()), at, decisions)}
        told = claims
        known |= {e.id: e for e in ROOM(told, tuple(known.values()), at, decisions)}
        holds = [set(e.claim_ids) for e in known.values() if e.claim_ids]
        said = set(decision.claim_ids)
        if decision.act == DecisionAct.MERGE:
            assert any(said <= held for held in holds)
        else:
            assert not any(said & held and held & set(decision.payload["rest"]) for held in holds)


def kept_in(ledger: MemoryLedger, batch: list[KeptClaim], at: datetime) -> set[str]:
    """Keep claims, each in a report of its own; their ids."""
    ids = set()
    for kept in batch:
        report = evolve(kept.report, id=f"{kept.report.id}-{kept.id}", text=f"{kept.report.text} {kept.id}")
        claim = evolve(kept.claim, report_key=report.key)
        ledger.append(Received(report=report, raw=report.text.encode()), [claim], note="coded", recorded_at=at)
        ids.add(claim_id(claim))
    return ids


@settings(max_examples=40, deadline=None)
@given(arrivals(), st.lists(st.integers(0, 200), min_size=14, max_size=14), st.integers(1, 4))
def test_reading_the_days_around_gives_what_reading_everything_gives(
    orders: tuple[list[KeptClaim], list[KeptClaim]], later: list[int], size: int
) -> None:
    moved = [in_days(c, days) for c, days in zip(orders[1], later, strict=False)]
    near, whole = MemoryLedger(), MemoryLedger()
    for number, start in enumerate(range(0, len(moved), size)):
        at = START + timedelta(days=number)
        fresh = kept_in(near, moved[start : start + size], at)
        kept_in(whole, moved[start : start + size], at)
        near.append_events(settle(ROOM, near, at, fresh))
        whole.append_events(settle(ROOM, whole, at))
    assert list(near.events()) == list(whole.events())


def in_days(kept: KeptClaim, days: int) -> KeptClaim:
    """The same claim of a later day."""
    assert isinstance(kept.claim, EventClaim)
    when, by = kept.claim.when, timedelta(days=days)
    assert when.end is not None
    moved = evolve(when, start=when.start + by if when.start is not None else None, end=when.end + by)
    report = evolve(kept.report, published=kept.report.published + by)
    return evolve(kept, claim=evolve(kept.claim, when=moved), report=report)
