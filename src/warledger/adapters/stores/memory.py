"""The ledger in memory: the same answers as the one in a file, by plain loops, gone when the process ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import attrs
from attrs import frozen

from warledger.domain.bearing import Bearing, Role, bearing
from warledger.domain.claim import Claim
from warledger.domain.errors import Problem, StoreError
from warledger.domain.event import Event
from warledger.domain.records import claim_id
from warledger.domain.report import Received
from warledger.domain.stored import event_record
from warledger.domain.when import Interval
from warledger.ports import Kept, KeptClaim

_FOREVER = datetime.max.replace(tzinfo=UTC)


@frozen(kw_only=True)
class _Row:
    kept: KeptClaim
    bears: Bearing | None


class MemoryLedger:
    """A ledger in memory; fits `ports.Ledger`."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._gone: dict[str, datetime] = {}
        self._claims: dict[str, _Row] = {}
        self._events: dict[tuple[str, int], Event] = {}
        self._refused: dict[tuple[object, ...], tuple[datetime, Problem]] = {}

    def append(self, received: Received, claims: Sequence[Claim], *, note: str, recorded_at: datetime) -> str:
        """Keep a report with its claims; see `ports.Ledger.append`."""
        report, moment = received.report, _utc(recorded_at)
        if any(k.report.key == report.key for k in self._kept):
            return "known"
        older = [k for k in self._kept if k.report.id == report.id and k.report.key not in self._gone]
        for version in older:
            self._gone[version.report.key] = max(version.recorded_at, moment)
        self._kept.append(Kept(report=report, recorded_at=moment, note=note))
        for claim in claims:
            kept = KeptClaim(id=claim_id(claim), claim=claim, report=report, recorded_at=moment)
            self._claims.setdefault(kept.id, _Row(kept=kept, bears=bearing(claim, report.published)))
        return "new version" if older else "kept"

    def append_events(self, versions: Sequence[Event]) -> None:
        """Keep new versions of events, all or none."""
        new: dict[tuple[str, int], Event] = {}
        for event in versions:
            there = self._events.get((event.id, event.version)) or new.get((event.id, event.version))
            if there is not None and event_record(there) != event_record(event):
                raise StoreError(f"version {event.version} of event {event.id} is there already")
            new.setdefault((event.id, event.version), event)
        self._events = {**new, **self._events}

    def refuse(self, problem: Problem, *, recorded_at: datetime) -> None:
        """Keep a refused record and its bytes, once."""
        same = (problem.file, problem.record, problem.field, problem.what, problem.raw)
        self._refused.setdefault(same, (_utc(recorded_at), problem))

    def refusals(self, *, known_at: datetime | None = None) -> Iterable[Problem]:
        """Refused records, in order of arrival."""
        return [problem for moment, problem in self._refused.values() if moment <= _known(known_at)]

    def reports(self, *, known_at: datetime | None = None) -> Iterable[Kept]:
        """Every version of every report, in order of publication."""
        known = _known(known_at)
        there = [k for k in self._kept if k.recorded_at <= known]
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

    def versions(self, event_id: str) -> Sequence[Event]:
        """Every version of one event, oldest first."""
        return sorted((e for e in self._events.values() if e.id == event_id), key=lambda e: e.version)

    def control(
        self, on: date, *, known_at: datetime | None = None, place_keys: Sequence[str] = ()
    ) -> Iterable[KeptClaim]:
        """The claims that decide who holds each place on that day; see `ports.Ledger.control`."""
        said = [
            (row.kept, bears)
            for row in self._known_rows(_known(known_at))
            if row.kept.superseded_at is None
            if (bears := row.bears) is not None and bears.day <= on
            if not place_keys or bears.place_key in place_keys
        ]
        newest: dict[str, date] = {}
        for _, bears in said:
            if bears.role is Role.HOLDS:
                newest[bears.place_key] = max(bears.day, newest.get(bears.place_key, bears.day))
        return [kept for kept, bears in said if bears.place_key in newest and bears.day >= newest[bears.place_key]]

    def _known_rows(self, known: datetime) -> Iterable[_Row]:
        for row in self._claims.values():
            if row.kept.recorded_at <= known:
                gone = self._gone_by(row.kept.claim.report_key, known)
                yield row if gone is None else attrs.evolve(row, kept=attrs.evolve(row.kept, superseded_at=gone))

    def _gone_by(self, report_key: str, known: datetime) -> datetime | None:
        gone = self._gone.get(report_key)
        return gone if gone is not None and gone <= known else None


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"the time {moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def _known(moment: datetime | None) -> datetime:
    return _FOREVER if moment is None else _utc(moment)


def _place_key(said: Claim | Event) -> str | None:
    place = getattr(said, "place", None)
    return None if place is None else place.key


def _meets(when: Interval | None, from_day: date | None, to_day: date | None) -> bool:
    start, end = (None, None) if when is None else (when.start, when.end)
    after = from_day is None or end is None or end >= from_day
    return after and (to_day is None or start is None or start <= to_day)
