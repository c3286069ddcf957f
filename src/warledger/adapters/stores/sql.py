"""The ledger in a SQL database: reports and claims in, what was known out; no row is ever changed or deleted.

Fits `ports.Ledger`. A report goes in with its bytes, its claims and its entry of the chain in one transaction, so that
a process killed at any moment leaves it whole or not at all. SQLite and PostgreSQL differ in their `Database` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Connection, select

from warledger.adapters.stores import chaining, ordering, queries, recoding, redacting, rows, schema
from warledger.adapters.stores.chaining import batches, next_seq
from warledger.adapters.stores.database import Database
from warledger.adapters.stores.lists import SqlLists, kept_of, pairs_deciding, with_reports
from warledger.domain.chain import Entry, Held, Rows, Write
from warledger.domain.claim import Claim
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem, StoreError
from warledger.domain.event import Event
from warledger.domain.redaction import Redaction
from warledger.domain.report import Received
from warledger.domain.stored import event_of, event_record
from warledger.ports import Addition, Kept, KeptClaim, Recoding

_ENTRIES = 50
"""Entries of the chain that are read, or taken over, in one transaction."""


class SqlLedger(SqlLists):
    """A ledger in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def append(self, received: Received, claims: Sequence[Claim], *, note: str, recorded_at: datetime) -> str:
        """Keep a report with its claims in one transaction; see `ports.Ledger.append`."""
        [became] = self.append_all([Addition(received=received, claims=claims, note=note, recorded_at=recorded_at)])
        return became

    def append_all(self, additions: Sequence[Addition]) -> list[str]:
        """Keep several reports in one transaction; see `ports.Ledger.append_all`."""
        with self.database.writing() as db:
            return [became for group in _apart(additions) for became in _append(db, group)]

    def recode(self, recodings: Sequence[Recoding]) -> list[str]:
        """Keep what reports are coded as now, in one transaction; see `ports.Ledger.recode`."""
        with self.database.writing() as db:
            return [_recode(db, one) for one in recodings]

    def append_events(self, versions: Sequence[Event]) -> None:
        """Keep new versions of events, all or none; a version that is there already stays as it is.

        Raises:
            StoreError: a version is there already and says something else.
        """
        with self.database.writing() as db:
            there: dict[tuple[str, int], Event] = {}
            for batch in batches(versions):
                asked = {"ids": [e.id for e in batch], "versions": sorted({e.version for e in batch})}
                for row in db.execute(queries.VERSIONS_AMONG, asked):
                    there[row.id, row.version] = event_of(rows.read_json(row.record))
            new: list[Event] = []
            for event in versions:
                old = there.get((event.id, event.version))
                if old is None:
                    there[event.id, event.version] = event
                    new.append(event)
                elif event_record(old) != event_record(event):
                    name = self.database.name
                    raise StoreError(f"{name}: version {event.version} of event {event.id} is there already")
            if new:
                first, at = next_seq(db, schema.event_versions), max(rows.stamp(e.recorded_at) for e in new)
                chaining.keep(db, [(Write.EVENTS, at, rows.event_records(new, first=first))])

    def refuse(self, problem: Problem, *, recorded_at: datetime) -> None:
        """Keep a refused record and its bytes, once."""
        at = rows.stamp(recorded_at)
        with self.database.writing() as db:
            values = rows.refusal_values(problem, seq=next_seq(db, schema.refusals), recorded_at=at)
            if db.execute(queries.same_refusal(values)).first() is None:
                chaining.keep(db, [(Write.REFUSAL, at, [{"refusals": [values]}])])

    def decide(self, decision: Decision) -> None:
        """Keep a decision of a person; see `ports.Ledger.decide`."""
        with self.database.writing() as db:
            there = db.execute(select(schema.decisions).where(schema.decisions.c.id == decision.id)).mappings().first()
            if there is None:
                values = rows.decision_values(decision, seq=next_seq(db, schema.decisions))
                chaining.keep(db, [(Write.DECISION, values["recorded_at"], [{"decisions": [values]}])])
            elif rows.decision_of(there) != decision:
                raise StoreError(
                    f"{self.database.name}: decision {decision.id} is there already and says another thing"
                )

    def decisions(self, *, known_at: datetime | None = None) -> Sequence[Decision]:
        """Decisions of persons, in order of arrival."""
        with self.database.reading() as db:
            return [
                rows.decision_of(row) for row in db.execute(queries.known_decisions(rows.known(known_at))).mappings()
            ]

    def refusals(self, *, known_at: datetime | None = None) -> Iterable[Problem]:
        """Refused records, in order of arrival."""
        with self.database.reading() as db:
            return [rows.problem_of(row) for row in db.execute(queries.known_refusals(rows.known(known_at))).mappings()]

    def kept_keys(self, keys: Collection[str]) -> frozenset[str]:
        """Those of some keys under which a report is kept."""
        with self.database.reading() as db:
            found = (db.execute(queries.KEYS_AMONG, {"keys": batch}).scalars() for batch in batches(sorted(keys)))
            return frozenset(key for some in found for key in some)

    def reports(self, *, known_at: datetime | None = None) -> Iterable[Kept]:
        """Every version of every report, in order of publication."""
        with self.database.reading() as db:
            return [kept_of(row) for row in db.execute(queries.all_reports(rows.known(known_at))).mappings()]

    def claims(
        self,
        *,
        known_at: datetime | None = None,
        kinds: Sequence[str] = (),
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
        from_day: date | None = None,
        to_day: date | None = None,
    ) -> Iterable[KeptClaim]:
        """Claims that counted at that time, in order of arrival; see `ports.Ledger.claims`."""
        found: list[rows.Stored] = []
        with self.database.reading() as db:
            for batch in batches(ids) if ids else [()]:
                query = queries.claims_that_count(
                    known_at=rows.known(known_at),
                    kinds=[str(k) for k in kinds],
                    place_keys=place_keys,
                    ids=batch,
                    from_day=from_day,
                    to_day=to_day,
                )
                found.extend(db.execute(query).mappings())
            return with_reports(db, sorted(found, key=lambda row: int(row["seq"])))

    def events(
        self,
        *,
        known_at: datetime | None = None,
        from_day: date | None = None,
        to_day: date | None = None,
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
    ) -> Iterable[Event]:
        """The newest version, known at that time, of each event whose interval meets the days, by day and id."""
        known = rows.known(known_at)
        query = queries.newest_events(known_at=known, from_day=from_day, to_day=to_day, place_keys=place_keys, ids=ids)
        with self.database.reading() as db:
            return [event_of(rows.read_json(record)) for record in db.execute(query).scalars()]

    def happenings(self, first: date, last: date) -> Iterable[KeptClaim]:
        """Claims of what happened, by last day; see `ports.Ledger.happenings`."""
        with self.database.reading() as db:
            return with_reports(db, list(db.execute(queries.happenings_ending(first, last)).mappings()))

    def is_unsettled(self) -> bool:
        """Whether events are to be concluded; see `ports.Ledger.is_unsettled`."""
        with self.database.reading() as db:
            if db.execute(ordering.unsettled(ordering.settled_up_to(db))).scalar() is not None:
                return True
            if db.execute(ordering.outdated()).first() is not None:
                return True
            decided = db.execute(queries.newest_decision()).scalar()
            return decided is not None and db.execute(queries.event_recorded_since(decided)).first() is None

    def versions(self, event_id: str) -> Sequence[Event]:
        """Every version of one event, oldest first."""
        with self.database.reading() as db:
            return [
                event_of(rows.read_json(record)) for record in db.execute(queries.versions_of_event(event_id)).scalars()
            ]

    def control(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        min_confidence: float | None = None,
        without: Collection[str] = (),
    ) -> Iterable[KeptClaim]:
        """The claims that decide who holds each place on that day; see `ports.Ledger.control`."""
        known, places = rows.known(known_at), queries.numbers(place_keys)
        with self.database.reading() as db:
            if min_confidence is None:
                seqs = sorted(pairs_deciding(db, on, known, places, without)[1].tolist())
            else:
                query, asked = queries.control(on, known, places, min_confidence, without, dialect=db.dialect.name)
                seqs = sorted(db.execute(query, asked).scalars())
            found = [row for batch in batches(seqs) for row in db.execute(queries.claims_by_seq(batch)).mappings()]
            return with_reports(db, found)

    def head(self) -> Entry | None:
        """The newest entry of the hash chain."""
        with self.database.reading() as db:
            return chaining.newest(db)

    def entries(self, *, after: int = 0) -> Iterator[Held]:
        """The chain behind an entry, each with its rows as they are now; see `ports.Ledger.entries`."""
        while True:
            with self.database.reading() as db:
                page = [Entry(**row) for row in db.execute(queries.entries_behind(after, _ENTRIES)).mappings()]
                found = list(chaining.held(db, page))
            yield from found
            if not page:
                return
            after = page[-1].seq

    def names(self) -> Iterator[tuple[str, int, str]]:
        """Table, number and name of every record, whether chained or not."""
        with self.database.reading() as db:
            yield from chaining.every_name(db)

    def take(self, entries: Iterable[Held]) -> int:
        """Keep another ledger's entries unchanged; see `ports.Ledger.take`."""
        taken, redacted, rest = 0, False, iter(entries)
        while batch := list(islice(rest, _ENTRIES)):
            with self.database.writing() as db:
                chaining.take(db, batch, self.database.name)
            taken += len(batch)
            redacted = redacted or any(one.entry.act == Write.REDACTION for one in batch)
        if redacted:
            self._scrub()
        return taken

    def redact(self, redaction: Redaction, *, recorded_at: datetime) -> Mapping[str, int]:
        """Cover words for good and leave a tombstone; see `ports.Ledger.redact`."""
        at = rows.stamp(recorded_at)
        with self.database.writing() as db:
            changed = list(redacting.redacted(redaction, lambda table: _all(db, table)))
            if changed:
                chaining.rewrite(db, changed)
                note = {"author": redaction.author, "reason": redaction.reason}
                chaining.seal(db, [(Write.REDACTION, at, changed)], note)
        self._scrub()
        return counted(changed)

    def _scrub(self) -> None:
        """Have the database forget what was overwritten.

        Raises:
            StoreError: the words are covered, but the files may still hold them.
        """
        try:
            self.database.scrub()
        except StoreError as error:
            raise StoreError(f"redacted, but its files may still hold the words: redact again ({error})") from error


def _apart(additions: Sequence[Addition]) -> Iterator[list[Addition]]:
    """Runs in which no two are versions of one report, of a size that one query can list."""
    group: dict[str, Addition] = {}
    for addition in additions:
        if addition.received.report.id in group or len(group) == chaining.BATCH:
            yield list(group.values())
            group = {}
        group[addition.received.report.id] = addition
    yield list(group.values())


def _append(db: Connection, group: Sequence[Addition]) -> list[str]:
    """Keep reports of different ids with their claims, each as an entry of the chain."""
    reports = [a.received.report for a in group]
    known = set(db.execute(queries.KEYS_AMONG, {"keys": [r.key for r in reports]}).scalars())
    older: dict[str, list[tuple[int, str]]] = {}
    for row in db.execute(queries.LIVE_VERSIONS, {"ids": [r.id for r in reports]}):
        older.setdefault(row.id, []).append((row.seq, row.recorded_at))
    seq, first = next_seq(db, schema.reports), next_seq(db, schema.claims)
    writes: list[chaining.Writing] = []
    spoken: list[rows.Record] = []
    for addition in group:
        report, at = addition.received.report, rows.stamp(addition.recorded_at)
        if report.key not in known:
            values = rows.report_values(
                addition.received,
                seq=seq,
                note=addition.note,
                recorded_at=at,
                disagreements=addition.disagreements,
            )
            said = rows.claim_records(addition.claims, report, first=first, report_seq=seq, recorded_at=at)
            writes.append((Write.REPORT, at, [rows.report_record(values, older.get(report.id, [])), *said]))
            spoken += said
            seq, first = seq + 1, first + len(said)
    rows.first_spoken_of(spoken, ordering.first_spoken(db, rows.places_of(spoken)))
    chaining.keep(db, writes)
    return ["known" if r.key in known else "new version" if r.id in older else "kept" for r in reports]


def _recode(db: Connection, one: Recoding) -> str:
    row = db.execute(queries.live_version(one.report.key)).mappings().first()
    ids = [] if row is None else list(db.execute(queries.claim_ids_of(row["seq"])).scalars())
    addition = recoding.addition_of(one, row, ids)
    if isinstance(addition, Addition):
        _append(db, [addition])
        return "recoded"
    return addition


def counted(changed: Iterable[Rows]) -> dict[str, int]:
    """How many records of each table."""
    counts: dict[str, int] = {}
    for record in changed:
        table = next(iter(record))
        counts[table] = counts.get(table, 0) + 1
    return counts


def _all(db: Connection, table: str) -> Iterator[Rows]:
    for _, record in chaining.every_record(db, table):
        yield record
