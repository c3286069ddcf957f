"""Whatever is done in whatever order: nothing is lost, the past stays as it was known, stores agree, chains hold."""

from __future__ import annotations

import hashlib
import itertools
import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import attrs
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres_server import Cluster

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.chain import canonical
from warledger.domain.claim import Claim, ControlClaim, EventClaim
from warledger.domain.codes import EventType, Modality, Status
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.redaction import Redaction
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import control_states, copy_ledger, history, verify
from warledger.ports import Addition, Ledger, Recoding

FIRST = date(2024, 11, 27)
TEXT = "What was written of the town on that day."
PLACES = [Place(name=n, entry=None, precision=PlacePrecision.EXACT) for n in ("Aleppo", "Saraqib")]
HOLDERS = [("army",), ("rebels",), ("rebels", "tribes"), ()]


@frozen(kw_only=True)
class Step:
    """One report arriving some minutes after the one before."""

    ident: int
    text: int
    publisher: str | None
    published: int
    wait: int
    claims: tuple[Claim, ...]

    @property
    def received(self) -> Received:
        text = f"{TEXT} Version {self.text}."
        day = FIRST + timedelta(days=self.published)
        raw = text.encode()
        digest = hashlib.sha256(raw).hexdigest()
        report = Report(id=str(self.ident), published=day, text=text, sha256=digest, publisher=self.publisher)
        return Received(report=report, raw=raw)


days = st.integers(0, 6).map(lambda n: FIRST + timedelta(days=n))
quotes = st.integers(0, 5).map(lambda n: (Span.of(TEXT, n, 10 + n),))
common = {
    "report_key": st.just(""),
    "quotes": quotes,
    "place": st.sampled_from(PLACES),
    "modality": st.sampled_from([Modality.ASSERTED] * 4 + list(Modality)),
    "attribution": st.sampled_from([(), ("army",), ("residents",)]),
}
starts = st.one_of(st.none(), days).map(lambda d: Interval(start=d, end=None, precision=TimePrecision.OPEN))
control_claims = st.builds(
    ControlClaim,
    **common,
    holder=st.sampled_from(HOLDERS),
    status=st.sampled_from([Status.HELD, Status.HELD, *Status]),
    extent=st.sampled_from(["all", "part"]),
    when=starts,
)
TYPES = [EventType.NONSTATE_TAKES_TERRITORY, EventType.WITHDRAWAL, EventType.SHELLING]
event_claims = st.builds(
    EventClaim, **common, type=st.sampled_from(TYPES), initiator=st.sampled_from(HOLDERS), when=days.map(Interval.day)
)
steps = st.lists(
    st.builds(
        Step,
        ident=st.integers(1, 4),
        text=st.integers(1, 2),
        publisher=st.sampled_from([None, "Reuters", "AFP"]),
        published=st.integers(0, 6),
        wait=st.integers(0, 2),
        claims=st.lists(st.one_of(control_claims, event_claims), max_size=3).map(tuple),
    ),
    max_size=8,
)
START = datetime(2024, 11, 27, 6, tzinfo=UTC)


def times(said: Sequence[Step]) -> list[datetime]:
    """When each step is recorded: time never runs back."""
    return [START + timedelta(minutes=m) for m in itertools.accumulate(s.wait for s in said)]


def append(ledger: Ledger, step: Step, at: datetime) -> str:
    item = step.received
    claims = [_of_report(c, item.report.key) for c in step.claims]
    return ledger.append(item, claims, note="coded", recorded_at=at)


def _addition(step: Step, at: datetime) -> Addition:
    item = step.received
    claims = [_of_report(c, item.report.key) for c in step.claims]
    return Addition(received=item, claims=claims, note="coded", recorded_at=at)


def _of_report(claim: Claim, key: str) -> Claim:
    return attrs.evolve(claim, report_key=key)


codings = st.dictionaries(
    st.sampled_from("1234"), st.lists(st.one_of(control_claims, event_claims), max_size=3), max_size=4
)
"""What reports are coded as later, by their ids."""


def recode(ledger: Ledger, coding: dict[str, list[Claim]], at: datetime) -> list[str]:
    """Code again the reports of some ids, as they count now."""
    live = [k.report for k in ledger.reports() if k.superseded_at is None and k.report.id in coding]
    return ledger.recode(
        [
            Recoding(report=r, claims=[_of_report(c, r.key) for c in coding[r.id]], note="coded", recorded_at=at)
            for r in live
        ]
    )


def answers(ledger: Ledger, known_at: datetime | None) -> list[object]:
    """Everything that can be asked, as known at a time."""
    asked: list[object] = [list(ledger.reports(known_at=known_at)), list(ledger.claims(known_at=known_at))]
    for n in range(7):
        on = FIRST + timedelta(days=n)
        asked.append(list(ledger.control(on, known_at=known_at)))
        asked.append(list(ledger.control(on, known_at=known_at, place_keys=[PLACES[0].key])))
        asked.append(list(ledger.claims(known_at=known_at, from_day=on, to_day=on, kinds=["control"])))
        asked.append(control_states(ledger, on, known_at))
    asked.append(history(ledger, [PLACES[1].key], known_at))
    return asked


def agree(
    said: list[Step], one: Ledger, other: Ledger, redaction: Redaction | None, coding: dict[str, list[Claim]]
) -> None:
    """Do the same to two stores and ask both the same; the other is told several reports at a time."""
    moments = times(said)
    became = [append(one, step, at) for step, at in zip(said, moments, strict=True)]
    additions = [_addition(step, at) for step, at in zip(said, moments, strict=True)]
    assert became == [b for n in range(0, len(said), 3) for b in other.append_all(additions[n : n + 3])]
    if redaction is not None:
        at = START + timedelta(hours=1)
        assert one.redact(redaction, recorded_at=at) == other.redact(redaction, recorded_at=at)
    assert recode(one, coding, START + timedelta(hours=2)) == recode(other, coding, START + timedelta(hours=2))
    for known_at in (None, START, *moments):
        assert answers(one, known_at) == answers(other, known_at)
    assert one.head() == other.head()
    for store in (one, other):
        assert verify(store).tampered == ()


redactions = st.builds(
    Redaction,
    author=st.just("A. Editor"),
    reason=st.just("a court"),
    report_ids=st.sets(st.sampled_from("1234")).map(tuple),
    words=st.sets(st.sampled_from(["Town", "was written of", "saraqib", "army", "Version 2"]), min_size=1).map(tuple),
) | st.builds(
    Redaction,
    author=st.just("A. Editor"),
    reason=st.just("a court"),
    report_ids=st.sets(st.sampled_from("1234"), min_size=1).map(tuple),
)


@settings(max_examples=25, deadline=None)
@given(steps, st.none() | redactions, codings)
def test_a_file_and_memory_agree(said: list[Step], redaction: Redaction | None, coding: dict[str, list[Claim]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteLedger(Path(folder) / "w.db")
        agree(said, MemoryLedger(), store, redaction, coding)
        store.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.none() | redactions, codings)
def test_a_server_and_memory_agree(
    cluster: Cluster,
    ledger_template: str,
    said: list[Step],
    redaction: Redaction | None,
    coding: dict[str, list[Claim]],
) -> None:
    store = PostgresLedger(cluster.new_database(ledger_template))
    agree(said, MemoryLedger(), store, redaction, coding)
    store.close()


@settings(max_examples=60, deadline=None)
@given(steps, redactions)
def test_a_redaction_loses_no_row_and_changes_no_answer_but_its_words(said: list[Step], redaction: Redaction) -> None:
    ledger, untouched = MemoryLedger(), MemoryLedger()
    for step, at in zip(said, times(said), strict=True):
        for store in (ledger, untouched):
            append(store, step, at)
    ledger.redact(redaction, recorded_at=START + timedelta(hours=1))
    for known_at in (None, START, *times(said)):
        assert shapes(ledger, known_at) == shapes(untouched, known_at)
    assert list(ledger.names()) == list(untouched.names())
    assert verify(ledger).tampered == ()
    if not redaction.report_ids:
        everything = repr(answers(ledger, None)).casefold()
        assert not any(word.casefold() in everything for word in redaction.words)


def shapes(ledger: Ledger, known_at: datetime | None) -> list[object]:
    """What can be asked, without words: which reports and claims, and who decides control of which day."""
    asked: list[object] = [
        [(k.report.key, k.superseded_at, len(k.report.text)) for k in ledger.reports(known_at=known_at)]
    ]
    asked.append([(k.id, k.claim.kind, k.claim.modality) for k in ledger.claims(known_at=known_at)])
    for n in range(7):
        asked.append([k.id for k in ledger.control(FIRST + timedelta(days=n), known_at=known_at)])
    return asked


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(0, 8), redactions)
def test_a_copy_in_two_goes_is_the_same_ledger(said: list[Step], cut: int, redaction: Redaction) -> None:
    first, second = MemoryLedger(), MemoryLedger()
    for n, (step, at) in enumerate(zip(said, times(said), strict=True)):
        if n == cut:
            copy_ledger(first, second)
        append(first, step, at)
    first.redact(redaction, recorded_at=START + timedelta(hours=1))
    copy_ledger(first, second)
    assert list(first.entries()) == list(second.entries())
    assert answers(first, None) == answers(second, None)


@settings(max_examples=100, deadline=None)
@given(steps, codings, codings)
def test_coding_again_loses_no_row_changes_no_earlier_answer_and_done_twice_changes_nothing(
    said: list[Step], first: dict[str, list[Claim]], second: dict[str, list[Claim]]
) -> None:
    ledger, moments = MemoryLedger(), [START, *times(said)]
    for step, at in zip(said, moments[1:], strict=True):
        append(ledger, step, at)
    for hours, coding in enumerate((first, second), start=1):
        known = [*moments, START + timedelta(hours=hours - 1)]
        names, before = set(ledger.names()), [answers(ledger, at) for at in known]
        recode(ledger, coding, START + timedelta(hours=hours))
        head = ledger.head()
        assert set(recode(ledger, coding, START + timedelta(hours=hours, minutes=1))) <= {"same"}
        assert ledger.head() == head
        assert names <= set(ledger.names()) and verify(ledger).tampered == ()
        assert [answers(ledger, at) for at in known] == before


@settings(max_examples=100, deadline=None)
@given(steps, st.integers(0, 8))
def test_an_answer_as_known_at_a_time_never_changes_later(said: list[Step], cut: int) -> None:
    ledger, moments = MemoryLedger(), times(said)
    for step, at in zip(said[:cut], moments[:cut], strict=True):
        append(ledger, step, at)
    known_at = moments[:cut][-1] if moments[:cut] else START
    before = answers(ledger, known_at)
    for step, at in zip(said[cut:], moments[cut:], strict=True):
        append(ledger, step, at + timedelta(minutes=1))
    assert answers(ledger, known_at) == before


@settings(max_examples=100, deadline=None)
@given(steps)
def test_no_claim_is_ever_lost(said: list[Step]) -> None:
    ledger, wanted = MemoryLedger(), set[str]()
    for step, at in zip(said, times(said), strict=True):
        if append(ledger, step, at) != "known":
            wanted |= {claim_id(_of_report(c, step.received.report.key)) for c in step.claims}
    assert {k.id for k in ledger.claims(ids=sorted(wanted))} == wanted if wanted else True
    versions = {s.received.report.key for s in said}
    assert {k.report.key for k in ledger.reports()} == versions


@settings(max_examples=100, deadline=None)
@given(steps.map(lambda said: list({s.ident: s for s in said}.values())), st.randoms())
def test_the_order_of_claims_does_not_change_control(said: list[Step], chance: Random) -> None:
    one, other = MemoryLedger(), MemoryLedger()
    for step in said:
        append(one, step, START)
    shuffled = list(said)
    chance.shuffle(shuffled)
    for step in shuffled:
        append(other, step, START)
    for n in range(7):
        on = FIRST + timedelta(days=n)
        assert control_states(one, on) == control_states(other, on)


values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(Status))


@given(st.dictionaries(st.text(), st.one_of(values, st.lists(values), st.dictionaries(st.text(), values))))
def test_a_row_is_hashed_as_the_json_that_older_versions_hashed(row: dict[str, Any]) -> None:
    said = {name: value for name, value in row.items() if value is not None}
    assert canonical(row) == json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
