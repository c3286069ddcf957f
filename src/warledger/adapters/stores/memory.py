"""The ledger in memory: the same answers as the ones in databases, by plain loops, gone when the process ends.

It keeps the same records and the same chain; what it answers from are the domain values read back from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

import attrs
from attrs import frozen

from warledger.adapters.stores import listing, recoding, redacting, rows
from warledger.adapters.stores.pairs import pairs_of
from warledger.adapters.stores.queries import place_number
from warledger.adapters.stores.sql import counted
from warledger.domain.asked import ActorTally, Asked, Census, DayTally, Page, SourceTally, Window
from warledger.domain.bearing import Role
from warledger.domain.chain import START, Entry, Held, Rows, Write, entry, item, name_of, sealed
from warledger.domain.claim import Claim, EventClaim, is_sure, last_day
from warledger.domain.codes import REAL
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem, StoreError
from warledger.domain.event import Event
from warledger.domain.redaction import Redaction
from warledger.domain.report import Received, Report
from warledger.domain.stored import event_record
from warledger.domain.testimony import Testimony, read_testimony
from warledger.domain.when import Interval
from warledger.ports import Addition, Kept, KeptClaim, Pairs, Recoding

_FOREVER = datetime.max.replace(tzinfo=UTC)


@frozen(kw_only=True)
class _Row:
    """A claim; where it bears on control: the number of the place, the day and the role."""

    kept: KeptClaim
    place: int | None = None
    day: date = date.min
    role: Role | None = None


class MemoryLedger:
    """A ledger in memory; fits `ports.Ledger`."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._records: dict[str, dict[int, Rows]] = {}
        self._forget()

    def close(self) -> None:
        """Nothing holds it."""

    def append(self, received: Received, claims: Sequence[Claim], *, note: str, recorded_at: datetime) -> str:
        """Keep a report with its claims; see `ports.Ledger.append`."""
        return self._append(Addition(received=received, claims=claims, note=note, recorded_at=recorded_at))

    def _append(self, addition: Addition) -> str:
        report, at = addition.received.report, rows.stamp(addition.recorded_at)
        if any(k.report.key == report.key for k in self._kept.values()):
            return "known"
        older = [
            (seq, rows.stamp(k.recorded_at))
            for seq, k in self._kept.items()
            if k.report.id == report.id and k.report.key not in self._gone
        ]
        seq, first = self._next("reports"), self._next("claims")
        values = rows.report_values(
            addition.received, seq=seq, note=addition.note, recorded_at=at, disagreements=addition.disagreements
        )
        said = rows.claim_records(addition.claims, report, first=first, report_seq=seq, recorded_at=at)
        rows.first_spoken_of(said, {row.place for row in self._claims.values() if row.place is not None})
        self._keep(Write.REPORT, at, [rows.report_record(values, older), *said])
        return "new version" if older else "kept"

    def append_all(self, additions: Sequence[Addition]) -> list[str]:
        """Keep several reports; see `ports.Ledger.append_all`."""
        for addition in additions:
            rows.stamp(addition.recorded_at)  # all times are good before the first is kept
        return [self._append(addition) for addition in additions]

    def recode(self, recodings: Sequence[Recoding]) -> list[str]:
        """Keep what reports are coded as now; see `ports.Ledger.recode`."""
        for one in recodings:
            rows.stamp(one.recorded_at)  # all times are good before the first is kept
        return [self._recode(one) for one in recodings]

    def append_events(self, versions: Sequence[Event]) -> None:
        """Keep new versions of events, all or none."""
        new: dict[tuple[str, int], Event] = {}
        for event in versions:
            there = self._events.get((event.id, event.version)) or new.get((event.id, event.version))
            if there is not None and event_record(there) != event_record(event):
                raise StoreError(f"version {event.version} of event {event.id} is there already")
            if there is None:
                new[event.id, event.version] = event
        if new:
            at = max(rows.stamp(e.recorded_at) for e in new.values())
            self._keep(Write.EVENTS, at, rows.event_records(new.values(), first=self._next("event_versions")))

    def refuse(self, problem: Problem, *, recorded_at: datetime) -> None:
        """Keep a refused record and its bytes, once."""
        at = rows.stamp(recorded_at)
        same = attrs.astuple(attrs.evolve(problem, refused=True))
        if not any(attrs.astuple(attrs.evolve(p, refused=True)) == same for _, p in self._refused):
            values = rows.refusal_values(problem, seq=self._next("refusals"), recorded_at=at)
            self._keep(Write.REFUSAL, at, [{"refusals": [values]}])

    def decide(self, decision: Decision) -> None:
        """Keep a decision of a person; see `ports.Ledger.decide`."""
        there = next((d for d in self._decided if d.id == decision.id), None)
        if there is None:
            values = rows.decision_values(decision, seq=self._next("decisions"))
            self._keep(Write.DECISION, values["recorded_at"], [{"decisions": [values]}])
        elif there != decision:
            raise StoreError(f"decision {decision.id} is there already and says otherwise")

    def decisions(self, *, known_at: datetime | None = None) -> Sequence[Decision]:
        """Decisions of persons, in order of arrival."""
        return [d for d in self._decided if d.recorded_at <= _known(known_at)]

    def refusals(self, *, known_at: datetime | None = None) -> Iterable[Problem]:
        """Refused records, in order of arrival."""
        return [problem for moment, problem in self._refused if moment <= _known(known_at)]

    def kept_keys(self, keys: Collection[str]) -> frozenset[str]:
        """Those of some keys under which a report is kept."""
        return frozenset(keys) & {kept.report.key for kept in self._kept.values()}

    def reports(self, *, known_at: datetime | None = None) -> Iterable[Kept]:
        """Every version of every report, in order of publication."""
        known = _known(known_at)
        there = [k for k in self._kept.values() if k.recorded_at <= known]
        there.sort(key=lambda k: (k.report.published, k.recorded_at, k.report.key))
        return [attrs.evolve(k, superseded_at=self._gone_by(k.report.key, known)) for k in there]

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
        return [
            kept
            for row in self._known_rows(_known(known_at))
            if (kept := row.kept).superseded_at is None or ids
            if not ids or kept.id in ids
            if not kinds or kept.claim.kind in kinds
            if not place_keys or _place_key(kept.claim) in place_keys
            if _meets(getattr(kept.claim, "when", None), from_day, to_day)
        ]

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
        newest: dict[str, Event] = {}
        for event in sorted(self._events.values(), key=lambda e: e.version):
            if event.recorded_at <= _known(known_at):
                newest[event.id] = event
        fit = [
            event
            for event in newest.values()
            if _meets(event.when, from_day, to_day)
            if not place_keys or _place_key(event) in place_keys
            if not ids or event.id in ids
        ]
        return sorted(fit, key=lambda e: (e.when.start or e.when.end or date.min, e.id))

    def happenings(self, first: date, last: date) -> Iterable[KeptClaim]:
        """Claims of what happened, by last day; see `ports.Ledger.happenings`."""
        return [kept for kept, day in self._happenings() if first <= day <= last]

    def is_unsettled(self) -> bool:
        """Whether events are to be concluded; see `ports.Ledger.is_unsettled`."""
        held = {id for event in self._events.values() for id in event.claim_ids}
        concluded = max((e.recorded_at for e in self._events.values()), default=datetime.min.replace(tzinfo=UTC))
        waits = any(kept.id not in held for kept, _ in self._happenings())
        newest = {id for event in self.events() for id in event.claim_ids}
        gone = any(kept.superseded_at is not None for kept in self.claims(ids=sorted(newest)))
        return waits or gone or any(d.recorded_at > concluded for d in self._decided)

    def _happenings(self) -> Iterable[tuple[KeptClaim, date]]:
        for kept in self.claims():
            if isinstance(kept.claim, EventClaim) and kept.claim.modality in REAL:
                yield kept, last_day(kept.claim, kept.report.published)

    def versions(self, event_id: str) -> Sequence[Event]:
        """Every version of one event, oldest first."""
        return sorted((e for e in self._events.values() if e.id == event_id), key=lambda e: e.version)

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
        said = [
            row
            for row in self._bearing_rows(known_at, place_keys, without)
            if row.day <= on and is_sure(row.kept.claim, min_confidence)
        ]
        newest: dict[int | None, date] = {}
        for row in said:
            if row.role is Role.HOLDS:
                newest[row.place] = max(row.day, newest.get(row.place, row.day))
        return [row.kept for row in said if row.place in newest and row.day >= newest[row.place]]

    def _bearing_rows(
        self, known_at: datetime | None, place_keys: Sequence[str], without: Collection[str]
    ) -> Iterator[_Row]:
        """Claims that count and bear on who holds some places, or any."""
        asked = {place_number(key) for key in place_keys}
        for row in self._known_rows(_known(known_at)):
            counts = row.kept.superseded_at is None and row.kept.id not in without
            if counts and row.place is not None and (not asked or row.place in asked):
                yield row

    def event_page(self, asked: Asked, window: Window) -> Page[Event]:
        """One page of the events asked for; see `ports.Ledger.event_page`."""
        return listing.page_of(self._events_asked(asked), lambda e: (listing.day_of(e), e.id), window)

    def claim_page(self, asked: Asked, window: Window) -> Page[KeptClaim]:
        """One page of the claims asked for; see `ports.Ledger.claim_page`."""
        found = [k for k in self.claims(known_at=asked.known_at) if listing.claim_fits(k, asked)]
        return listing.page_of(found, lambda k: (f"{self._numbers[k.id]:012}",), window)

    def least_sure(self, *, below: float, limit: int, known_at: datetime | None = None) -> Sequence[KeptClaim]:
        """The claims with a confidence below that; see `ports.Ledger.least_sure`."""
        sure = ((k.claim.confidence, self._numbers[k.id], k) for k in self.claims(known_at=known_at))
        rows = sorted((c, n, k.id) for c, n, k in sure if c is not None and c < below)
        return [self._claims[id].kept for _, _, id in rows[:limit]]

    def report_page(self, asked: Asked, window: Window) -> Page[Kept]:
        """One page of the reports asked for; see `ports.Ledger.report_page`."""
        found = [k for k in self._counting(asked.known_at) if listing.report_fits(k.report, asked)]
        numbers = {k.report.key: seq for seq, k in self._kept.items()}
        key = lambda k: (k.report.published.isoformat(), f"{numbers[k.report.key]:012}")  # noqa: E731
        return listing.page_of(found, key, window)

    def read_two_ways(self, *, limit: int | None = None, known_at: datetime | None = None) -> Sequence[Kept]:
        """The reports over which two coders differ; see `ports.Ledger.read_two_ways`."""
        numbers = {k.report.key: seq for seq, k in self._kept.items()}
        found = [k for k in self._counting(known_at) if k.disagreements]
        return sorted(found, key=lambda k: -numbers[k.report.key])[:limit]

    def versions_of_report(self, id: str, *, known_at: datetime | None = None) -> Sequence[Kept]:
        """Every version of one report, oldest first."""
        found = [k for k in self.reports(known_at=known_at) if k.report.id == id]
        numbers = {k.report.key: seq for seq, k in self._kept.items()}
        return sorted(found, key=lambda k: numbers[k.report.key])

    def events_of(self, claim_ids: Sequence[str], *, known_at: datetime | None = None) -> Mapping[str, str]:
        """The event that holds each claim; see `ports.Ledger.events_of`."""
        asked = set(claim_ids)
        return {i: e.id for e in self.events(known_at=known_at) for i in e.claim_ids if i in asked}

    def census(self, *, known_at: datetime | None = None) -> Census:
        """What the ledger holds."""
        kept = list(self._counting(known_at))
        events = [e for e in self.events(known_at=known_at) if e.claim_ids]
        days = [d for e in events if (d := e.when.start or e.when.end) is not None]
        recorded = [datetime.fromisoformat(e.recorded_at) for e in self._entries]
        languages = Counter(k.report.language for k in kept)
        return Census(
            reports=len(kept),
            claims=sum(1 for _ in self.claims(known_at=known_at)),
            events=len(events),
            places=len({r.place for r in self._known_rows(_known(known_at)) if r.place is not None}),
            first_day=min(days, default=None),
            last_day=max((k.report.published for k in kept), default=None),
            known_from=min((k.recorded_at for k in kept), default=None),
            known_to=max((m for m in recorded if m <= _known(known_at)), default=None),
            languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0] or ""))),
        )

    def sources(self, *, known_at: datetime | None = None) -> Sequence[SourceTally]:
        """Every outlet of the record, by name."""
        claims = list(self.claims(known_at=known_at))
        return listing.source_tallies(self._counting(known_at), claims, self._events_asked(Asked(known_at=known_at)))

    def actors(self, *, known_at: datetime | None = None) -> Sequence[ActorTally]:
        """Everybody who takes part in a claim that counts, by name."""
        return listing.actor_tallies(self.claims(known_at=known_at), self._events_asked(Asked(known_at=known_at)))

    def days(self, asked: Asked) -> Sequence[DayTally]:
        """The events asked for, counted by first day."""
        return listing.days_of(self._events_asked(asked))

    def deciding(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Pairs:
        """`control` as numbers alone; see `ports.Ledger.deciding`."""
        found = [k.id for k in self.control(on, known_at=known_at, place_keys=place_keys, without=without)]
        return pairs_of((self._claims[id].place or 0, self._numbers[id]) for id in found)

    def bearing(
        self,
        first: date,
        last: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Sequence[tuple[int, str, int]]:
        """The claims that decide places on each of some days; see `ports.Ledger.bearing`."""
        said = [row for row in self._bearing_rows(known_at, place_keys, without) if row.day <= last]
        newest: dict[int | None, date] = {}
        for row in said:
            if row.role is Role.HOLDS and row.day <= first:
                newest[row.place] = max(row.day, newest.get(row.place, row.day))
        told = (row for row in said if row.day >= newest.get(row.place, first))
        return sorted((row.place or 0, row.day.isoformat(), self._numbers[row.kept.id]) for row in told)

    def testimonies(self, numbers: Sequence[int]) -> Sequence[tuple[int, Testimony]]:
        """What the claims of some numbers say of who holds places; see `ports.Ledger.testimonies`."""
        asked = set(numbers)
        kept = ((n, self._claims[id].kept) for id, n in self._numbers.items() if n in asked)
        told = ((n, read_testimony(k.id, k.claim, k.report)) for n, k in kept)
        return [(n, testimony) for n, testimony in told if testimony is not None]

    def acts(self, *, after: int = 0) -> Sequence[str]:
        """What was done behind an entry of the chain, in order."""
        return [e.act for e in self._entries[after:]]

    def _recode(self, one: Recoding) -> str:
        key = one.report.key
        live = (seq for seq, k in self._kept.items() if k.report.key == key and key not in self._gone)
        row = next((self._records["reports"][seq]["reports"][0] for seq in live), None)
        ids = [i for i, said in self._claims.items() if said.kept.report.key == key]
        addition = recoding.addition_of(one, row, ids)
        if isinstance(addition, Addition):
            self.append_all([addition])
            return "recoded"
        return addition

    def _events_asked(self, asked: Asked) -> list[Event]:
        claims = {id: row.kept for id, row in self._claims.items()}
        return [e for e in self.events(known_at=asked.known_at) if listing.event_fits(e, asked, claims)]

    def _counting(self, known_at: datetime | None) -> Iterable[Kept]:
        return [k for k in self.reports(known_at=known_at) if k.superseded_at is None]

    @property
    def _numbers(self) -> Mapping[str, int]:
        return {record["claims"][0]["id"]: seq for seq, record in self._records.get("claims", {}).items()}

    def head(self) -> Entry | None:
        """The newest entry of the hash chain."""
        return self._entries[-1] if self._entries else None

    def entries(self, *, after: int = 0) -> Iterator[Held]:
        """The chain behind an entry, each with its rows as they are now; see `ports.Ledger.entries`."""
        for one in self._entries[after:]:
            keys = [(i.table, i.seq) for i in one.items]
            yield Held(entry=one, rows={(table, seq): self._records[table][seq] for table, seq in keys})

    def names(self) -> Iterator[tuple[str, int, str]]:
        """Table, number and name of every record."""
        for table, records in self._records.items():
            for seq, record in records.items():
                yield table, seq, name_of(table, record[table][0])

    def take(self, entries: Iterable[Held]) -> int:
        """Keep another ledger's entries unchanged; see `ports.Ledger.take`."""
        taken = 0
        for one in entries:
            e, link = one.entry, self._entries[-1].link if self._entries else START
            if e.seq != len(self._entries) + 1 or sealed(link, e.recorded_at, e.act, e.body) != e.link:
                raise StoreError(f"entry {e.seq} does not go on where the chain ends, at entry {len(self._entries)}")
            self._put(e, [one.rows[i.table, i.seq] for i in e.items])
            taken += 1
        return taken

    def redact(self, redaction: Redaction, *, recorded_at: datetime) -> Mapping[str, int]:
        """Cover words for good and leave a tombstone; see `ports.Ledger.redact`."""
        at = rows.stamp(recorded_at)
        changed = list(redacting.redacted(redaction, lambda table: list(self._records.get(table, {}).values())))
        if changed:
            self._keep(Write.REDACTION, at, changed, {"author": redaction.author, "reason": redaction.reason})
        return counted(changed)

    def _next(self, table: str) -> int:
        return len(self._records.get(table, {})) + 1

    def _keep(self, act: Write, at: str, records: Sequence[Rows], note: Mapping[str, str] | None = None) -> None:
        items = [item(next(iter(record)), record) for record in records]
        self._put(entry(self.head(), act=act, recorded_at=at, items=items, note=note), records)

    def _put(self, made: Entry, records: Sequence[Rows]) -> None:
        self._entries.append(made)
        for record in records:
            table = next(iter(record))
            self._records.setdefault(table, {})[record[table][0]["seq"]] = record
        if made.act == Write.REDACTION:
            self._forget()
            records = [record for by_seq in self._records.values() for record in by_seq.values()]
        for record in records:
            self._learn(record)

    def _forget(self) -> None:
        """Drop the domain values, to read them back from the records."""
        self._kept: dict[int, Kept] = {}
        self._gone: dict[str, datetime] = {}
        self._claims: dict[str, _Row] = {}
        self._events: dict[tuple[str, int], Event] = {}
        self._refused: list[tuple[datetime, Problem]] = []
        self._decided: list[Decision] = []

    def _learn(self, record: Rows) -> None:
        """Read one record into what is answered from; reports come before their claims."""
        table = next(iter(record))
        row = record[table][0]
        at = datetime.fromisoformat(row["recorded_at"])
        match table:
            case "reports":
                self._kept[row["seq"]] = Kept(
                    report=rows.report_of(row),
                    recorded_at=at,
                    note=row["note"],
                    disagreements=rows.disagreements_of(row),
                )
                for gone in record["supersessions"]:
                    key = self._kept[gone["report"]].report.key
                    self._gone[key] = datetime.fromisoformat(gone["recorded_at"])
            case "claims":
                self._learn_claim(record, self._kept[row["report"]].report)
            case "event_versions":
                event = rows.event_of_row(row)
                self._events[event.id, event.version] = event
            case "refusals":
                self._refused.append((at, rows.problem_of(row)))
            case _:
                self._decided.append(rows.decision_of(row))

    def _learn_claim(self, record: Rows, report: Report) -> None:
        kept = rows.kept_claim_of(record["claims"][0], report, report.key, None)
        bears = (
            {
                "place": said["place"],
                "day": date.fromisoformat(said["valid_from"]),
                "role": Role(said["role"]),
            }
            if (said := next(iter(record["control_claims"]), None)) is not None
            else {}
        )
        self._claims[kept.id] = _Row(kept=kept, **bears)

    def _known_rows(self, known: datetime) -> Iterable[_Row]:
        for row in self._claims.values():
            if row.kept.recorded_at <= known:
                gone = self._gone_by(row.kept.claim.report_key, known)
                yield row if gone is None else attrs.evolve(row, kept=attrs.evolve(row.kept, superseded_at=gone))

    def _gone_by(self, report_key: str, known: datetime) -> datetime | None:
        gone = self._gone.get(report_key)
        return gone if gone is not None and gone <= known else None


def _known(moment: datetime | None) -> datetime:
    return _FOREVER if moment is None else datetime.fromisoformat(rows.stamp(moment))


def _place_key(said: Claim | Event) -> str | None:
    place = getattr(said, "place", None)
    return None if place is None else place.key


def _meets(when: Interval | None, from_day: date | None, to_day: date | None) -> bool:
    start, end = (None, None) if when is None else (when.start, when.end)
    after = from_day is None or end is None or end >= from_day
    return after and (to_day is None or start is None or start <= to_day)
