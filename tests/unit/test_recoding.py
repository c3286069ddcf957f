"""Coding the reports of a ledger anew: what changed is known from then on, and what persons decided holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from attrs import evolve, frozen

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.app import build
from warledger.cli.recode import reports_to_code
from warledger.corroborate.decisions import decide
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.settling import settle
from warledger.domain.asked import Asked
from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.coded import Coded
from warledger.domain.codes import EventType, Grade
from warledger.domain.decision import DecisionAct
from warledger.domain.mention import Reading
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.pipeline import Recoded, Rooms, Run, ingest, recode
from warledger.pipeline import decide as keep_and_settle
from warledger.settings import Settings

START = datetime(2024, 12, 9, 8, tzinfo=UTC)
CONCLUDE = partial(settle, Corroborator(weights=load_weights(), affiliations=load_affiliations()))
REBELS = "Syrian opposition"
SARAQIB = Place(name="Saraqib", entry=None, precision=PlacePrecision.EXACT)
BY_EDITOR = {"author": "A. Editor", "reason": "the film is of 2023"}


@frozen
class Coder:
    """A coder that knows some verbs and some languages; it names who took a place where it knows them."""

    verbs: tuple[str, ...] = ("captured",)
    rebels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    down: bool = False

    def rooms(self) -> Rooms:
        return Rooms(read=self.read, code=self.code, corroborate=CONCLUDE, languages=self.languages)

    def read(self, report: Report) -> Reading:
        return Reading(report=report, sentences=(Span.of(report.text, 0, len(report.text)),))

    def code(self, readings: Sequence[Reading]) -> Iterator[Coded]:
        if self.down:
            raise ConnectionError("no answer")
        yield from (Coded(claims=tuple(self.claims(r.report, r.sentences))) for r in readings)

    def claims(self, report: Report, quotes: tuple[Span, ...]) -> Iterator[Claim]:
        if any(verb in report.text for verb in self.verbs):
            same = {"report_key": report.key, "quotes": quotes, "place": SARAQIB}
            when = Interval.day(report.published)
            yield EventClaim(**same, type=EventType.NONSTATE_TAKES_TERRITORY, initiator=self.rebels, when=when)
            yield ControlClaim(**same, holder=self.rebels, when=when)


class Desk:
    """A ledger whose clock goes on by an hour with every act."""

    def __init__(self, coder: Coder, *items: Received) -> None:
        self.ledger, self.at, self.told = MemoryLedger(), START, list[str]()
        ingest(items, self.run(coder))

    def run(self, coder: Coder) -> Run:
        self.at += timedelta(hours=1)
        at = self.at
        return Run(
            rooms=coder.rooms(),
            ledger=self.ledger,
            recorded_at=lambda _: at,
            now=lambda: at,
            tell=lambda problem: self.told.append(str(problem)),
            progress=lambda _: None,
        )

    def recode(self, coder: Coder) -> Recoded:
        live = [evolve(k.report, language=k.report.language or "en") for k in self.ledger.reports(known_at=self.at)]
        return recode(live, self.run(coder))

    def decide(self, act: DecisionAct, ids: Sequence[str] = ()) -> None:
        self.at += timedelta(hours=1)
        events = [] if ids else list(self.ledger.events())
        keep_and_settle(self.ledger, CONCLUDE, decide(act, events, ids, **BY_EDITOR, at=self.at))

    def event_ids(self) -> list[str]:
        return [e.id for e in self.ledger.events() if e.claim_ids]


def received(id: str, text: str, language: str | None = "en") -> Received:
    raw = text.encode()
    report = Report(id=id, published=date(2024, 11, 30), text=text, sha256=hashlib.sha256(raw).hexdigest())
    return Received(report=evolve(report, language=language, publisher=id), raw=raw)


TAKEN = received("a", "Rebels captured Saraqib on Friday.")
OVERRUN = received("b", "Saraqib was overrun, residents said.")
BETTER = Coder(verbs=("captured", "overrun"), rebels=(REBELS,))


def test_a_better_coder_changes_what_is_known_from_then_on_and_nothing_before() -> None:
    desk = Desk(Coder(), TAKEN, OVERRUN)
    then, before, [event] = desk.at, list(desk.ledger.claims()), desk.ledger.events()
    assert desk.recode(BETTER) == Recoded(recoded=2, claims=4, events=1)
    [now] = desk.ledger.events()
    assert (now.id, now.version, now.initiator) == (event.id, 2, (REBELS,)) and len(now.claim_ids) == 2
    assert list(desk.ledger.claims(known_at=then)) == before
    assert list(desk.ledger.events(known_at=then)) == [event]


def test_coding_twice_changes_nothing() -> None:
    desk = Desk(Coder(), TAKEN, OVERRUN)
    desk.recode(BETTER)
    head = desk.ledger.head()
    live = [k.report for k in desk.ledger.reports() if k.superseded_at is None]
    assert recode(live, desk.run(BETTER)) == Recoded(unchanged=2)
    assert desk.ledger.head() == head


def test_a_report_whose_language_was_unknown_is_coded_when_it_is_told() -> None:
    desk = Desk(Coder(), received("a", TAKEN.report.text, language=None))
    assert list(desk.ledger.claims()) == []
    assert desk.recode(Coder()).recoded == 1
    assert [k.report.language for k in desk.ledger.claims()] == ["en", "en"]


def test_a_coder_that_fails_takes_no_claim_away() -> None:
    desk = Desk(Coder(), TAKEN)
    head = desk.ledger.head()
    assert desk.recode(Coder(down=True)) == Recoded(not_coded=1)
    assert desk.told == ["a: not coded: ConnectionError: no answer"]
    assert desk.recode(Coder(languages=("fr",))) == Recoded(not_coded=1)
    assert desk.ledger.head() == head


def test_claims_that_a_coder_no_longer_makes_leave_their_event() -> None:
    desk = Desk(Coder(), TAKEN)
    assert desk.recode(Coder(verbs=())) == Recoded(recoded=1, events=1)
    [event] = desk.ledger.events()
    assert (event.claim_ids, event.grade, event.version) == ((), Grade.DISCOUNTED, 2)


def test_what_a_stopped_run_left_is_concluded_by_the_next() -> None:
    desk = Desk(Coder(), TAKEN)
    stopped = desk.run(Coder(verbs=()))
    with pytest.raises(KeyboardInterrupt):
        recode([TAKEN.report], evolve(stopped, progress=_stop))
    assert desk.ledger.is_unsettled() and desk.event_ids() != []
    assert recode([], desk.run(Coder())).events == 1
    assert not desk.ledger.is_unsettled() and desk.event_ids() == []


def _stop(_: int) -> None:
    raise KeyboardInterrupt


def test_an_accepted_event_stays_accepted_under_its_id_through_two_codings() -> None:
    desk = Desk(Coder(), TAKEN, received("c", "Fighters captured the town of Saraqib weeks ago."))
    desk.decide(DecisionAct.ACCEPT)
    [accepted] = desk.event_ids()
    for rebels in ((REBELS,), (REBELS, "Hayat Tahrir al-Sham")):
        desk.recode(Coder(rebels=rebels))
        [event] = (e for e in desk.ledger.events() if e.claim_ids)
        assert (event.id, event.grade) == (accepted, Grade.CONFIRMED)


def test_a_claim_that_a_person_discounted_holds_no_place_after_coding_again() -> None:
    desk = Desk(Coder(rebels=("rebels",)), TAKEN)
    [held] = desk.ledger.claims(kinds=["control"])
    desk.decide(DecisionAct.DISCOUNT, [held.id])
    then = desk.at
    desk.recode(BETTER)
    app = build(Settings())
    app.__dict__["store"] = desk.ledger
    [now] = desk.ledger.claims(kinds=["control"])
    assert now.id in app.discounted() and held.id in app.discounted(then) and now.id not in app.discounted(then)
    deciding = [k.id for k in desk.ledger.control(date(2024, 12, 1), without=app.discounted())]
    assert deciding != [] and now.id not in deciding


def test_reports_are_given_once_each_and_rows_of_datasets_never() -> None:
    desk = Desk(Coder(), TAKEN, OVERRUN, received("ucdp:1", "captured"), received("sw", "captured", language="sw"))
    app = build(Settings())
    app.__dict__["store"] = desk.ledger
    given = [r.id for r in reports_to_code(app, Asked(), uncoded=False) if desk.recode(BETTER)]
    assert sorted(given) == ["a", "b", "sw"]
    assert [r.id for r in reports_to_code(app, Asked(), uncoded=True)] == ["sw"]
    assert [r.id for r in reports_to_code(app, Asked(reports=frozenset("b")), uncoded=False)] == ["b"]
    assert list(reports_to_code(app, Asked(from_day=date(2024, 12, 1)), uncoded=False)) == []
