"""The part of a ledger in a database that answers lists, counts and search: what is asked for in, pages out.

Fits the list questions of `ports.Ledger`; `sql.SqlLedger` is the rest.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection

from warledger.adapters.stores import asked as questions
from warledger.adapters.stores import queries, rows, runs, tallies
from warledger.adapters.stores.chaining import batches
from warledger.adapters.stores.database import Database
from warledger.adapters.stores.pairs import in_order, pairs_of
from warledger.domain.asked import ActorTally, Asked, Census, DayTally, Page, SourceTally, Window
from warledger.domain.event import Event
from warledger.domain.place import Place
from warledger.domain.report import Report
from warledger.domain.stored import event_of
from warledger.domain.testimony import Testimony
from warledger.ports import Kept, KeptClaim, Pairs

_FEW = 200
"""Places that are sought one by one; where more are not told by runs, all are: PostgreSQL looks each up in the list."""


class SqlLists:
    """Lists of a ledger in a database."""

    database: Database

    def event_page(self, asked: Asked, window: Window) -> Page[Event]:
        """One page of the events asked for; see `ports.Ledger.event_page`."""
        with self.database.reading() as db:
            found = db.execute(questions.event_page(db, asked, window, rows.known(asked.known_at))).all()
        more = len(found) > window.limit
        page = found[: window.limit]
        items = [event_of(rows.read_json(row.record)) for row in page]
        return Page(items=items, end=(page[-1].day, page[-1].id) if more else None)

    def claim_page(self, asked: Asked, window: Window) -> Page[KeptClaim]:
        """One page of the claims asked for; see `ports.Ledger.claim_page`."""
        with self.database.reading() as db:
            found = list(db.execute(questions.claim_page(db, asked, window, rows.known(asked.known_at))).scalars())
            page = found[: window.limit]
            by_number = dict(claims_numbered(db, page))
        end = (f"{page[-1]:012}",) if len(found) > window.limit else None
        return Page(items=[by_number[n] for n in page], end=end)

    def least_sure(self, *, below: float, limit: int, known_at: datetime | None = None) -> Sequence[KeptClaim]:
        """The claims with a confidence below that; see `ports.Ledger.least_sure`."""
        with self.database.reading() as db:
            query = questions.least_sure(below, limit, rows.known(known_at))
            numbers = list(db.execute(query).scalars())
            by_number = dict(claims_numbered(db, numbers))
            return [by_number[n] for n in numbers]

    def report_page(self, asked: Asked, window: Window) -> Page[Kept]:
        """One page of the reports asked for; see `ports.Ledger.report_page`."""
        known = rows.known(asked.known_at)
        with self.database.reading() as db:
            found = db.execute(questions.report_page(db, asked, window, known)).all()
            page = found[: window.limit]
            numbers = [row.seq for row in page]
            by_number = {
                row["seq"]: kept_of(row)
                for batch in batches(numbers)
                for row in db.execute(queries.reports_kept(batch, known)).mappings()
            }
        end = (page[-1].published, f"{page[-1].seq:012}") if len(found) > window.limit else None
        return Page(items=[by_number[n] for n in numbers], end=end)

    def read_two_ways(self, *, limit: int | None = None, known_at: datetime | None = None) -> Sequence[Kept]:
        """The reports over which two coders differ; see `ports.Ledger.read_two_ways`."""
        with self.database.reading() as db:
            return [kept_of(row) for row in db.execute(queries.read_two_ways(limit, rows.known(known_at))).mappings()]

    def versions_of_report(self, id: str, *, known_at: datetime | None = None) -> Sequence[Kept]:
        """Every version of one report, oldest first."""
        with self.database.reading() as db:
            found = db.execute(queries.versions_of_report(id, rows.known(known_at))).mappings()
            return [kept_of(row) for row in found]

    def events_of(self, claim_ids: Sequence[str], *, known_at: datetime | None = None) -> Mapping[str, str]:
        """The event that holds each claim; see `ports.Ledger.events_of`."""
        with self.database.reading() as db:
            known = rows.known(known_at)
            asked = (queries.events_of(batch, known) for batch in batches(list(dict.fromkeys(claim_ids))))
            return {row.claim: row.id for query in asked for row in db.execute(query)}

    def census(self, *, known_at: datetime | None = None) -> Census:
        """What the ledger holds."""
        with self.database.reading() as db:
            return tallies.census(db, rows.known(known_at))

    def sources(self, *, known_at: datetime | None = None) -> Sequence[SourceTally]:
        """Every outlet of the record, by name."""
        with self.database.reading() as db:
            return tallies.sources(db, rows.known(known_at))

    def actors(self, *, known_at: datetime | None = None) -> Sequence[ActorTally]:
        """Everybody who takes part in a claim that counts, by name."""
        with self.database.reading() as db:
            return tallies.actors(db, rows.known(known_at))

    def days(self, asked: Asked) -> Sequence[DayTally]:
        """The events asked for, counted by first day."""
        with self.database.reading() as db:
            return tallies.days(db, asked, rows.known(asked.known_at))

    def deciding(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Pairs:
        """`control` as numbers alone; see `ports.Ledger.deciding`."""
        with self.database.reading() as db:
            return pairs_deciding(db, on, rows.known(known_at), queries.numbers(place_keys), without)

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
        with self.database.reading() as db:
            known = rows.known(known_at)
            places = queries.numbers(place_keys)
            query, asked = queries.bearing(first, last, known, places, without, dialect=db.dialect.name)
            found = db.execute(query, asked).all()
            return sorted((place, date.fromordinal(day).isoformat(), claim) for place, day, claim in found)

    def testimonies(self, numbers: Sequence[int]) -> Sequence[tuple[int, Testimony]]:
        """What the claims of some numbers say of who holds places; see `ports.Ledger.testimonies`."""
        places: dict[tuple[Any, ...], Place] = {}
        with self.database.reading() as db:
            query = queries.testimonies(db.dialect.name)
            asked = ({"listed": json.dumps(batch)} for batch in batches(sorted(set(numbers))))
            found = (row for some in asked for row in db.execute(query, some).mappings().all())
            return [(row["seq"], rows.testimony_of_row(row, places)) for row in found]

    def acts(self, *, after: int = 0) -> Sequence[str]:
        """What was done behind an entry of the chain, in order."""
        with self.database.reading() as db:
            return list(db.execute(queries.acts_behind(after)).scalars())


def pairs_deciding(db: Connection, on: date, known_at: str, places: Collection[int], without: Collection[str]) -> Pairs:
    """The numbers of places and of the claims that decide them on a day: of some places, or of every one."""
    if places:
        return _sought(db, on, known_at, places, without)
    hidden = [seq for some in batches(sorted(without)) for seq in db.execute(queries.seqs_of(some)).scalars()]
    found, sought = runs.deciding(db, on, known_at, hidden)
    if len(sought) > _FEW:
        return _sought(db, on, known_at, (), without)
    if not sought:
        return found
    return in_order(np.concatenate([found, _sought(db, on, known_at, sought, without)], axis=1))


def _sought(db: Connection, on: date, known_at: str, places: Collection[int], without: Collection[str]) -> Pairs:
    """The same by seeks, place by place."""
    query, asked = queries.control(on, known_at, places, without=without, dialect=db.dialect.name)
    return pairs_of((place, claim) for claim, place in db.execute(query, asked))


def claims_numbered(db: Connection, numbers: Sequence[int]) -> list[tuple[int, KeptClaim]]:
    """Claims by their row, in order of arrival, each with its number."""
    found = [
        row for batch in batches(sorted(set(numbers))) for row in db.execute(queries.claims_by_seq(batch)).mappings()
    ]
    return list(zip((int(row["seq"]) for row in found), with_reports(db, found), strict=True))


def kept_of(row: rows.Stored) -> Kept:
    """Read a report back as it is kept."""
    return Kept(
        report=rows.report_of(row),
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        note=row["note"],
        superseded_at=rows.moment_of(row["gone"]),
        disagreements=rows.disagreements_of(row),
    )


def with_reports(db: Connection, found: Sequence[Any]) -> list[KeptClaim]:
    """Put claims and reports together; each report is read once."""
    reports: dict[int, Report] = {}
    for batch in batches(sorted({int(row["report"]) for row in found})):
        for row in db.execute(queries.reports_by_seq(batch)).mappings():
            reports[row["seq"]] = rows.report_of(row)
    keys = {seq: report.key for seq, report in reports.items()}
    return [rows.kept_claim_of(row, reports[row["report"]], keys[row["report"]], row.get("gone")) for row in found]
