"""The whole flow on one screen: collect, read, code, append, corroborate, append events; and coding anew.

In go items of the collect room and the rooms' wiring, out comes what became of them. This is the only place that
catches broadly: a file whose reader fails and a report whose coding fails become Problems, and the run goes on. A
ledger that cannot be written ends the run; every report appended before stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

from attrs import evolve, field, frozen

from warledger.domain.coded import CODED, Coded, Reason, not_coded
from warledger.domain.dataset import Imported, is_imported
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.mention import Reading
from warledger.domain.records import claim_id
from warledger.domain.report import Draft, Received, Report
from warledger.ports import Addition, Ledger, Recoding

BATCH_REPORTS, BATCH_CHARS, BATCH_ROWS = 16, 100_000, 500
Item = Received | Problem
Clock = Callable[[Report], datetime]


Corroborate = Callable[[Ledger, datetime, Collection[str] | None], Sequence[Event]]
"""The corroborate room: the ledger, the time, and the ids of new claims (None: not known) to new versions of events."""


@frozen(kw_only=True)
class Rooms:
    """The rooms a report goes through, with their tables and models in place.

    Args:
        read: a report to its reading.
        code: readings to each report as coded, in order; they are read as it asks for them.
        corroborate: the ledger, the time and what is new to the versions of events that are new.
        languages: codes that the coding room can code.
    """

    read: Callable[[Report], Reading]
    code: Callable[[Iterable[Reading]], Iterable[Coded]]
    corroborate: Corroborate
    languages: Sequence[str]


@frozen(kw_only=True)
class Outcome:
    """What a run did, in counts; `refused` counts records, `events` those made or changed.

    With a language model as coder, `dropped` counts its claims that did not stand in their report, by reason, and
    `disagreements` where it and the rules differ.
    """

    kept: int = 0
    known: int = 0
    new_versions: int = 0
    refused: int = 0
    not_coded: int = 0
    claims: int = 0
    events: int = 0
    dropped: Mapping[Reason, int] = field(factory=Counter)
    disagreements: int = 0


@frozen(kw_only=True)
class Recoded:
    """What coding anew did, in counts of reports; `claims` counts those of the new versions.

    `unchanged` are coded as they were, `not_coded` could not be coded now and stay as they were, `passed_over` were
    redacted or superseded meanwhile; `events` counts events made or changed.
    """

    recoded: int = 0
    unchanged: int = 0
    not_coded: int = 0
    passed_over: int = 0
    claims: int = 0
    events: int = 0


@frozen(kw_only=True)
class Fresh:
    """What came since events were last concluded.

    Args:
        claims: ids of the new claims.
        whole: whether more may have changed than these: a report came in a new version, or an earlier run was stopped.
    """

    claims: frozenset[str] = frozenset()
    whole: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.claims)

    @property
    def known(self) -> frozenset[str] | None:
        """The new claims, or None where everything must be looked at."""
        return None if self.whole else self.claims

    def with_claims(self, coded: Sequence[Coded], *, withdrawn: bool) -> Fresh:
        """The same with the claims of some more reports."""
        claims = {claim_id(claim) for one in coded for claim in one.claims}
        return Fresh(claims=self.claims | claims, whole=self.whole or withdrawn)


@frozen(kw_only=True)
class Run:
    """What stays the same through a run: the rooms, the ledger, the clock and who hears of it.

    Args:
        rooms: what reads, codes and corroborates.
        ledger: where everything is kept.
        recorded_at: when the monitor knew a report, UTC.
        now: the same for what is no report.
        tell: hears of each Problem.
        progress: hears of the bytes of each item that is done.
    """

    rooms: Rooms
    ledger: Ledger
    recorded_at: Clock
    now: Callable[[], datetime]
    tell: Callable[[Problem], None]
    progress: Callable[[int], None]


def ingest(items: Iterable[Item], run: Run) -> Outcome:
    """Take collected items into the ledger: report by report, then events once for each day on which reports came.

    Raises:
        StoreError: the ledger cannot be written.
    """
    done, changed, settled = Outcome(), set[str](), run.now()
    fresh = Fresh(whole=run.ledger.is_unsettled())
    for batch in batches(items, run.recorded_at):
        reports = [i for i in batch if isinstance(i, Received)]
        at = max((run.recorded_at(r.report) for r in reports), default=settled)
        if fresh and at.date() != settled.date():
            changed |= settle(run.ledger, run.rooms.corroborate, settled, fresh.known)
            fresh = Fresh()
        settled = at
        done = _refuse([i for i in batch if isinstance(i, Problem)], done, run)
        known = run.ledger.kept_keys([r.report.key for r in reports])
        new = [r for r in reports if r.report.key not in known]
        done = evolve(done, known=done.known + len(reports) - len(new))
        coded = code_reports([r.report for r in new], run.rooms)
        versions = done.new_versions
        done = _append(new, coded, done, run)
        fresh = fresh.with_claims(coded, withdrawn=done.new_versions > versions)
        run.progress(sum(len(i.raw or b"") for i in batch))
    if fresh:
        changed |= settle(run.ledger, run.rooms.corroborate, settled, fresh.known)
    return evolve(done, events=len(changed))


def recode(reports: Iterable[Report], run: Run) -> Recoded:
    """Code reports of the ledger anew and keep what changed; events are concluded once, at the end.

    A report that cannot be coded now keeps the claims that it has. Where nothing changes nothing is written.

    Args:
        reports: versions that count.
        run: its ledger and rooms; `progress` hears of the characters of each report that is done.

    Raises:
        StoreError: the ledger cannot be written.
    """
    done = Recoded()
    for batch in in_batches(reports):
        coded = [(r, c) for r, c in zip(batch, code_reports(batch, run.rooms), strict=True)]
        for problem in (c.problem for _, c in coded if c.problem is not None):
            run.tell(problem)
        able = [(r, c) for r, c in coded if c.note == CODED]
        recodings = [
            Recoding(report=r, claims=c.claims, note=c.note, recorded_at=run.now(), disagreements=c.disagreements)
            for r, c in able
        ]
        became = run.ledger.recode(recodings)
        done = evolve(
            done,
            recoded=done.recoded + became.count("recoded"),
            unchanged=done.unchanged + became.count("same"),
            not_coded=done.not_coded + len(coded) - len(able),
            passed_over=done.passed_over + became.count("redacted") + became.count("superseded"),
            claims=done.claims + sum(len(c.claims) for b, (_, c) in zip(became, able, strict=True) if b == "recoded"),
        )
        run.progress(sum(len(r.text) for r in batch))
    if done.recoded or run.ledger.is_unsettled():
        done = evolve(done, events=len(settle(run.ledger, run.rooms.corroborate, run.now())))
    return done


def import_rows(
    rows: Iterable[Imported | Problem], ledger: Ledger, at: datetime, tell: Callable[[Problem], None]
) -> Outcome:
    """Take the rows of a dataset into the ledger, each with its event; one that is there already changes nothing.

    A row that changed since becomes a new version of its report and of its event. A run that was stopped between the
    two is made whole by the next.

    Args:
        rows: what the files give.
        ledger: where everything is kept.
        at: when the monitor knew of a row that is refused, UTC.
        tell: hears of each Problem.

    Raises:
        StoreError: the ledger cannot be written.
    """
    done, newest = Outcome(), {e.id: e for e in ledger.events() if is_imported(e.id)}
    waiting: list[Imported] = []
    for row in rows:
        if isinstance(row, Problem):
            tell(row)
            if row.refused:
                ledger.refuse(row, recorded_at=at)
            done = evolve(done, refused=done.refused + row.refused)
            continue
        waiting.append(row)
        if len(waiting) >= BATCH_ROWS:
            done, waiting = _append_rows(waiting, newest, ledger, done), []
    return _append_rows(waiting, newest, ledger, done) if waiting else done


def settle(ledger: Ledger, corroborate: Corroborate, at: datetime, new: Collection[str] | None = None) -> set[str]:
    """Conclude events and keep the versions that are new.

    The rows of a dataset are conclusions already and take no part.

    Args:
        ledger: where everything is kept.
        corroborate: the room.
        at: when the monitor knew; later where something was recorded later.
        new: ids of the claims that came since events were last concluded, where no claim was withdrawn and nothing
            decided since; None where that is not known: then everything is looked at.

    Returns:
        The ids of the events that have a new version.
    """
    versions = corroborate(ledger, at, new)
    ledger.append_events(versions)
    return {v.id for v in versions}


def decide(ledger: Ledger, corroborate: Corroborate, decision: Decision) -> set[str]:
    """Keep a person's decision and conclude anew the events that it bears on.

    Returns:
        The ids of the events that have a new version.

    Raises:
        StoreError: the ledger cannot be written.
    """
    ledger.decide(decision)
    return settle(ledger, corroborate, decision.recorded_at)


def code_reports(reports: Sequence[Report], rooms: Rooms) -> list[Coded]:
    """Read and code reports together; where that fails each is tried alone, so that only the cause goes without."""
    able = [r for r in reports if r.language in rooms.languages]
    try:
        coded = dict(zip((r.key for r in able), _read_and_code(able, rooms), strict=True))
    except Exception as error:
        if len(reports) == 1:
            return [not_coded(reports[0], f"{type(error).__name__}: {error}")]
        return [one for r in reports for one in code_reports([r], rooms)]
    return [coded.get(r.key) or not_coded(r, f"language {r.language or 'unknown'}") for r in reports]


def batches(items: Iterable[Item], recorded_at: Clock) -> Iterator[list[Item]]:
    """Items in their order, some reports at a time; no two reports of one batch were known at different days, and no
    two are versions of the same report."""
    batch: list[Item] = []
    reports: list[Report] = []
    for item in items:
        if isinstance(item, Received) and reports:
            apart = recorded_at(item.report).date() != recorded_at(reports[0]).date()
            full = len(reports) >= BATCH_REPORTS or sum(len(r.text) for r in reports) >= BATCH_CHARS
            if apart or full or any(r.id == item.report.id for r in reports):
                yield batch
                batch, reports = [], []
        batch.append(item)
        if isinstance(item, Received):
            reports.append(item.report)
    if batch:
        yield batch


def in_batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """Reports in their order, some at a time."""
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) >= BATCH_REPORTS or sum(len(r.text) for r in batch) >= BATCH_CHARS:
            yield batch
            batch = []
    if batch:
        yield batch


def guarded(items: Iterator[Draft | Problem], file: str, raw: bytes) -> Iterator[Draft | Problem]:
    """Let a file's items through; where its reader fails, a Problem takes the rest's place."""
    try:
        yield from items
    except Exception as error:
        yield Problem(file=file, what=f"cannot be read ({type(error).__name__}: {error})", raw=raw)


def in_order_of_publication(items: Iterable[Item]) -> list[Item]:
    """Everything collected first, Problems ahead, then reports day by day: for a replay of the past."""
    return sorted(items, key=lambda i: i.report.published if isinstance(i, Received) else date.min)


def end_of_day(report: Report) -> datetime:
    """The clock of a replay: the last second of the day of publication, UTC."""
    return datetime.combine(report.published, time(23, 59, 59), UTC)


def _read_and_code(reports: Sequence[Report], rooms: Rooms) -> list[Coded]:
    return list(rooms.code(rooms.read(r) for r in reports)) if reports else []


def _append(new: Sequence[Received], coded: Sequence[Coded], done: Outcome, run: Run) -> Outcome:
    additions = [
        Addition(
            received=r,
            claims=c.claims,
            note=c.note,
            recorded_at=run.recorded_at(r.report),
            disagreements=c.disagreements,
        )
        for r, c in zip(new, coded, strict=True)
    ]
    became = run.ledger.append_all(additions) if additions else []
    for kept, one in zip(became, coded, strict=True):
        done = _counted(kept, one, done, run)
    return done


def _append_rows(rows: Sequence[Imported], newest: dict[str, Event], ledger: Ledger, done: Outcome) -> Outcome:
    """Append the reports of some rows, then the versions of events that are new; `newest` takes these in."""
    additions = [
        Addition(received=row.received, claims=[row.claim], note="coded", recorded_at=row.event.recorded_at)
        for row in rows
    ]
    became = ledger.append_all(additions)
    versions: list[Event] = []
    for event in (row.event for row in rows):
        old = newest.get(event.id)
        if old is None or old.claim_ids != event.claim_ids:
            newest[event.id] = evolve(event, version=1 if old is None else old.version + 1)
            versions.append(newest[event.id])
    ledger.append_events(versions)
    known = became.count("known")
    return evolve(
        done,
        kept=done.kept + len(rows) - known,
        known=done.known + known,
        new_versions=done.new_versions + became.count("new version"),
        claims=done.claims + len(rows) - known,
        events=done.events + len(versions),
    )


def _counted(became: str, coded: Coded, done: Outcome, run: Run) -> Outcome:
    if became == "known":
        return evolve(done, known=done.known + 1)
    if coded.problem is not None:
        run.tell(coded.problem)
    return evolve(
        done,
        kept=done.kept + 1,
        new_versions=done.new_versions + (became == "new version"),
        not_coded=done.not_coded + (coded.note != CODED),
        claims=done.claims + len(coded.claims),
        dropped=Counter(done.dropped) + Counter(d.reason for d in coded.dropped),
        disagreements=done.disagreements + len(coded.disagreements),
    )


def _refuse(problems: Sequence[Problem], done: Outcome, run: Run) -> Outcome:
    for problem in problems:
        run.tell(problem)
        if problem.refused:
            run.ledger.refuse(problem, recorded_at=run.now())
    return evolve(done, refused=done.refused + sum(p.refused for p in problems))
