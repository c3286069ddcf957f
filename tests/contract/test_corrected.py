"""A corrected ledger answers, over every store, as one in which the claim was coded right from the start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from warledger.adapters.stores.corrected import as_corrected
from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.asked import Asked, Window
from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.codes import EventType, Kind, Modality, Status
from warledger.domain.control import ControlState
from warledger.domain.decision import Correction
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states
from warledger.ledger.control import no_groups
from warledger.ledger.course import follow
from warledger.ledger.memory import ControlMemory
from warledger.ports import KeptClaim, Ledger

ARMY, REBELS, GUARDS = "Military Forces of Syria", "Syrian opposition", "Presidential Guard"
FIRST, LAST = date(2024, 11, 25), date(2024, 12, 12)
CORRECTED_AT = datetime(2024, 12, 20, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def place(name: str) -> Place:
    entry = GazetteerEntry(
        key=f"gn:{name}", geonames_id=None, name=name, latitude=35.0, longitude=36.7, feature_code="PPLA", country="SY"
    )
    return Place(name=name, entry=entry, precision=PlacePrecision.EXACT)


def day(number: int, month: int = 12) -> date:
    return date(2024, month, number)


def held(where: str, holder: str, since: date, **more: Any) -> ControlClaim:
    when = Interval(start=since, end=None, precision=TimePrecision.OPEN)
    claim = ControlClaim(report_key="", quotes=(), holder=(holder,), place=place(where), when=when, confidence=0.6)
    return evolve(claim, **more)


def went(where: str, who: str, on: date) -> EventClaim:
    return EventClaim(
        report_key="",
        quotes=(),
        type=EventType.WITHDRAWAL,
        initiator=(who,),
        place=place(where),
        when=Interval.day(on),
        confidence=0.7,
    )


SAID: tuple[Claim, ...] = (
    held("Hama", ARMY, day(1)),
    held("Hama", REBELS, day(5)),
    held("Hama", ARMY, day(5), modality=Modality.DENIED),
    went("Homs", ARMY, day(7)),
    held("Idlib", REBELS, day(30, 11), extent="most", confidence=None),
    went("Idlib", REBELS, day(9)),
    held("Idlib", GUARDS, day(30, 11), modality=Modality.ALLEGED),
)
CORRECTIONS: tuple[tuple[int, dict[str, Any]], ...] = (
    (0, {"holder": (GUARDS,)}),
    (0, {"place": place("Homs")}),  # where nobody was said to hold it, and the army left later
    (0, {"place": place("Nowhere")}),
    (1, {"when": Interval(start=day(28, 11), end=None, precision=TimePrecision.OPEN)}),
    (1, {"when": Interval(start=day(8), end=None, precision=TimePrecision.OPEN), "status": Status.BESIEGED}),
    (1, {"place": place("Idlib"), "extent": "part"}),
    (1, {"modality": Modality.NEGATED}),
    (2, {"modality": Modality.ASSERTED}),
    (4, {"place": place("Hama"), "holder": (ARMY,)}),
    (4, {"holder": (), "status": Status.ABANDONED}),
    (6, {"modality": Modality.ASSERTED, "place": place("Homs")}),
)


@pytest.fixture(params=["sqlite", "postgres", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    made: Ledger
    match request.param:
        case "memory":
            made = MemoryLedger()
        case "sqlite":
            made = SqliteLedger(tmp_path / "w.db")
        case _:
            made = PostgresLedger(request.getfixturevalue("postgres_url"))
    yield made
    made.close()


def filled(ledger: Ledger, said: tuple[Claim, ...]) -> list[str]:
    """A report a claim; the ids of the claims."""
    ids = []
    for number, claim in enumerate(said):
        text = f"Sentence {number} of some reporter."
        digest = hashlib.sha256(text.encode()).hexdigest()
        report = Report(id=f"r{number}", published=LAST, text=text, sha256=digest, publisher=f"Paper {number}")
        coded = evolve(claim, report_key=report.key, quotes=(Span.of(text, 0, len(text)),))
        at = datetime(2024, 12, 12, number, tzinfo=UTC)
        ledger.append(Received(report=report, raw=text.encode()), [coded], note="coded", recorded_at=at)
        ids.append(claim_id(coded))
    return ids


def corrected(store: Ledger, id: str, changes: dict[str, Any]) -> Ledger:
    """The ledger of a store in which one claim was corrected at a time."""
    said = Correction(
        claim_id=id,
        field="field",
        was="was",
        author="A. Editor",
        reason="misread",
        recorded_at=CORRECTED_AT,
        decision_id=f"d{sorted(changes)}",
    )

    def at(known_at: datetime | None) -> dict[str, KeptClaim]:
        if known_at is not None and known_at < CORRECTED_AT:
            return {}
        [kept] = store.claims(ids=[id], known_at=known_at)
        return {id: evolve(kept, claim=evolve(kept.claim, **changes, confidence=1.0), corrections=(said,))}

    return as_corrected(store, at)


def plain(state: ControlState) -> tuple[object, ...]:
    return state.place.key, state.holder, state.status, state.extent, state.since, state.confidence


def by_states(ledger: Ledger, on: date, least: float | None = None) -> list[tuple[object, ...]]:
    return [plain(s) for s in control_states(ledger, on, min_confidence=least)]


def by_memory(ledger: Ledger, on: date) -> list[tuple[object, ...]]:
    found = ControlMemory(ledger, lambda _: no_groups).states(on)
    return [plain(evolve(r.state, confidence=r.confidence_on(on))) for r in found]


def by_course(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    def write(state: ControlState) -> bytes:
        return repr(plain(state)[:-1]).encode()

    followed = follow(ledger, FIRST, LAST, write=write, groups_on=lambda _: no_groups)
    return {p.place.key: (p.beginning, p.rest, p.columns.tolist()) for _, p in followed}


@pytest.mark.parametrize(("number", "changes"), CORRECTIONS)
def test_control_is_that_of_a_ledger_in_which_the_claim_was_coded_so(
    store: Ledger, number: int, changes: dict[str, Any]
) -> None:
    ids = filled(store, SAID)
    ledger, right = corrected(store, ids[number], changes), MemoryLedger()
    filled(right, tuple(evolve(c, **changes, confidence=1.0) if n == number else c for n, c in enumerate(SAID)))
    for on in DAYS:
        assert by_states(ledger, on) == by_states(right, on)
        assert by_states(ledger, on, 0.65) == by_states(right, on, 0.65)
        assert by_memory(ledger, on) == by_states(right, on)
    assert by_course(ledger) == by_course(right)
    before = CORRECTED_AT - timedelta(days=1)
    for on in DAYS:
        assert control_states(ledger, on, before) == control_states(store, on, before)


def test_one_place_may_be_asked_for_and_a_corrected_claim_left_out(store: Ledger) -> None:
    ids = filled(store, SAID)
    ledger = corrected(store, ids[0], {"place": place("Homs")})
    [homs] = control_states(ledger, day(2), None, ["gn:Homs"])
    assert homs.holder == (ARMY,) and [c.author for c in homs.corrections] == ["A. Editor"]
    [left] = control_states(ledger, day(8), None, ["gn:Homs"])
    assert left.holder == () and left.since == day(7)
    assert control_states(ledger, day(2), None, ["gn:Hama"]) == ()
    assert control_states(ledger, day(2), None, ["gn:Homs"], without=[ids[0]]) == ()


def test_claims_are_found_where_they_were_corrected_to(store: Ledger) -> None:
    ids = filled(store, SAID)
    ledger = corrected(store, ids[1], {"place": place("Homs"), "holder": (GUARDS,)})
    find: Callable[..., list[str]] = lambda **asked: [k.id for k in ledger.claims(**asked)]  # noqa: E731
    assert find() == ids
    assert find(place_keys=["gn:Homs"]) == [ids[1], ids[3]] and ids[1] not in find(place_keys=["gn:Hama"])
    assert find(kinds=[Kind.EVENT]) == [ids[3], ids[5]]
    assert ids[1] in find(from_day=day(4)) and ids[1] in find(ids=[ids[1]])
    [kept] = ledger.claims(ids=[ids[1]])
    assert isinstance(kept.claim, ControlClaim) and kept.claim.holder == (GUARDS,) and len(kept.corrections) == 1
    [coded] = ledger.claims(ids=[ids[1]], known_at=CORRECTED_AT - timedelta(days=1))
    assert coded.corrections == () and coded.claim != kept.claim


def test_pages_of_claims_hold_a_corrected_claim_once_and_as_it_is_now(store: Ledger) -> None:
    ids = filled(store, SAID)
    ledger = corrected(store, ids[1], {"place": place("Homs")})

    def paged(asked: Asked) -> list[str]:
        found: list[str] = []
        page = ledger.claim_page(asked, Window(limit=2))
        found += [k.id for k in page.items]
        while page.end is not None:
            page = ledger.claim_page(asked, Window(limit=2, after=page.end))
            found += [k.id for k in page.items]
        return found

    assert sorted(paged(Asked())) == sorted(ids)
    assert sorted(paged(Asked(place_keys=frozenset({"gn:Homs"})))) == sorted([ids[1], ids[3]])
    assert ids[1] not in paged(Asked(place_keys=frozenset({"gn:Hama"})))
    assert ids[1] not in [k.id for k in ledger.least_sure(below=0.65, limit=10)]
    assert ids[0] in [k.id for k in ledger.least_sure(below=0.65, limit=1)]
