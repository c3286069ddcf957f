"""The flow as a whole, with plain functions as its rooms: one bad report never costs another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.settling import settle
from warledger.domain.claim import EventClaim
from warledger.domain.coded import Coded
from warledger.domain.codes import EventType
from warledger.domain.errors import Problem
from warledger.domain.mention import Reading
from warledger.domain.report import Draft, Received, Report
from warledger.domain.when import Interval
from warledger.pipeline import (
    Item,
    Outcome,
    Rooms,
    Run,
    batches,
    code_reports,
    end_of_day,
    guarded,
    in_order_of_publication,
    ingest,
)
from warledger.read.sentences import split_sentences

NOW = datetime(2024, 12, 9, 8, tzinfo=UTC)
TAKEN = "Rebels captured Saraqib on Friday."


def received(id: str, text: str = TAKEN, *, day: int = 30, language: str | None = "en") -> Received:
    report = Report(id=id, published=date(2024, 11, day), text=text, sha256="0" * 64, language=language, publisher=id)
    return Received(report=report, raw=text.encode())


def read(report: Report) -> Reading:
    if "unreadable" in report.text:
        raise RuntimeError("no such table")
    return Reading(report=report, sentences=split_sentences(report.text))


def code(readings: Sequence[Reading]) -> Iterator[Coded]:
    for reading in readings:
        if "breaks the coder" in reading.report.text:
            raise ZeroDivisionError("division by zero")
        claims = (
            EventClaim(
                report_key=reading.report.key,
                quotes=(sentence,),
                type=EventType.NONSTATE_TAKES_TERRITORY,
                when=Interval.day(reading.report.published),
            )
            for sentence in reading.sentences
            if "captured" in sentence.text
        )
        yield Coded(claims=tuple(claims))


CONCLUDE = partial(settle, Corroborator(weights=load_weights(), affiliations=load_affiliations()))
ROOMS = Rooms(read=read, code=code, corroborate=CONCLUDE, languages=("en",))


def run(ledger: MemoryLedger, items: Sequence[Item], *, replay: bool = False) -> tuple[Outcome, list[str]]:
    told: list[str] = []
    flow = Run(
        rooms=ROOMS,
        ledger=ledger,
        recorded_at=end_of_day if replay else lambda _: NOW,
        now=lambda: NOW,
        tell=lambda problem: told.append(str(problem)),
        progress=lambda raw_bytes: None,
    )
    return ingest(in_order_of_publication(items) if replay else items, flow), told


def test_outcome_counts_what_became_of_each_item() -> None:
    ledger = MemoryLedger()
    items = [received("a"), Problem(file="b.txt", what="is empty", raw=b""), received("c", "Calm prevailed.")]
    outcome, told = run(ledger, items)
    assert outcome == Outcome(kept=2, refused=1, claims=1, events=1)
    assert told == ["b.txt: is empty"]
    again, _ = run(ledger, items[:1])
    assert again == Outcome(known=1)


def test_report_whose_coding_fails_is_kept_with_the_reason_and_the_rest_is_coded() -> None:
    ledger = MemoryLedger()
    outcome, told = run(
        ledger, [received("a"), received("b", "This breaks the coder."), received("c", "unreadable"), received("d")]
    )
    assert (outcome.kept, outcome.not_coded, outcome.claims) == (4, 2, 2)
    assert told == ["b: not coded: ZeroDivisionError: division by zero", "c: not coded: RuntimeError: no such table"]
    notes = {k.report.id: k.note for k in ledger.reports()}
    assert notes["b"].startswith("not coded: ZeroDivisionError") and notes["a"] == "coded"


def test_language_that_cannot_be_coded_is_kept_without_claims() -> None:
    ledger = MemoryLedger()
    outcome, told = run(ledger, [received("sw", language="sw"), received("none", language=None)])
    assert outcome == Outcome(kept=2, not_coded=2)
    assert told == ["sw: not coded: language sw", "none: not coded: language unknown"]
    assert list(ledger.events()) == []


def test_other_text_under_one_id_is_a_new_version() -> None:
    ledger = MemoryLedger()
    outcome, _ = run(ledger, [received("a"), received("a", "Rebels captured Khan Shaykhun on Friday.")])
    assert (outcome.kept, outcome.new_versions) == (2, 1)
    assert [c.claim.quotes[0].text for c in ledger.claims()] == ["Rebels captured Khan Shaykhun on Friday."]


def test_replay_records_each_day_at_its_end_whatever_the_order_of_files() -> None:
    ledger = MemoryLedger()
    run(ledger, [received("late", day=30), received("early", day=28)], replay=True)
    assert [k.recorded_at for k in ledger.reports()] == [
        datetime(2024, 11, 28, 23, 59, 59, tzinfo=UTC),
        datetime(2024, 11, 30, 23, 59, 59, tzinfo=UTC),
    ]
    then = datetime(2024, 11, 29, tzinfo=UTC)
    assert len(list(ledger.events(known_at=then))) == 1


def test_events_that_a_stopped_run_left_out_are_made_by_the_next() -> None:
    ledger = MemoryLedger()
    one = received("a")
    [coded] = code_reports([one.report], ROOMS)
    ledger.append(one, coded.claims, note=coded.note, recorded_at=NOW)
    outcome, _ = run(ledger, [one])
    assert outcome == Outcome(known=1, events=1)
    assert len(list(ledger.events())) == 1


def test_event_is_never_known_before_the_claims_behind_it() -> None:
    ledger, minutes = MemoryLedger(), iter(range(1, 60))
    flow = Run(
        rooms=ROOMS,
        ledger=ledger,
        recorded_at=lambda _: NOW.replace(minute=next(minutes)),
        now=lambda: NOW,
        tell=lambda problem: None,
        progress=lambda raw_bytes: None,
    )
    ingest([received("a"), received("b")], flow)
    newest = max(c.recorded_at for c in ledger.claims())
    assert all(e.recorded_at >= newest for e in ledger.events())


def test_versions_of_one_report_never_share_a_batch() -> None:
    items = [received("a"), received("b"), received("a", "Other words.")]
    assert [len(b) for b in batches(items, end_of_day)] == [2, 1]


def test_reader_that_fails_costs_the_rest_of_its_file_only() -> None:
    def items() -> Iterator[Draft | Problem]:
        yield Draft(file="x.pdf", raw=b"1", text="Calm.", suggested_id="x")
        raise AssertionError("odd stream")

    [draft, problem] = guarded(items(), "x.pdf", b"12")
    assert isinstance(draft, Draft) and isinstance(problem, Problem)
    assert str(problem) == "x.pdf: cannot be read (AssertionError: odd stream)"
    assert problem.raw == b"12"
