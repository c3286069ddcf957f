"""The desk: what every path asks through. An app and how it is served in; times, filters, pages and printed values out.

On a public site it answers as things were known some hours ago, coarsened, without private persons' names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, cast

from attrs import evolve
from fastapi import Request
from pydantic_core import to_json
from starlette.responses import Response

from warledger import __version__
from warledger.adapters.progress import ProgressFile
from warledger.api.answers import Answers, answer
from warledger.api.apart import apart
from warledger.api.parameters import (
    Days,
    Known,
    Narrow,
    On,
    Paged,
    read_box,
    read_cursor,
    read_moment,
    write_cursor,
)
from warledger.api.problems import NotFound
from warledger.api.records import Printer
from warledger.app import App
from warledger.corroborate.decisions import aliases
from warledger.domain.actor import PEOPLE
from warledger.domain.asked import ActorTally, Asked, Census, Mark, Page, SourceTally, Window
from warledger.domain.codes import FAMILY_OF, TERRITORIAL, EventType, Family
from warledger.domain.control import ControlState
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.folding import fold_name
from warledger.domain.phrases import Language
from warledger.domain.place import Place
from warledger.domain.records import Record
from warledger.domain.report import Report
from warledger.domain.words import holds_words, words_asked, words_in
from warledger.ledger.course import Course, Followed
from warledger.ledger.courses import Courses, Span
from warledger.ledger.memory import Remembered
from warledger.ledger.named import Named, find_place
from warledger.ports import Kept, KeptClaim
from warledger.settings import Settings
from warledger.tell.naming import Naming
from warledger.tell.reasons import Reasons
from warledger.tell.sayings import names_in

T = TypeVar("T")
_HOUR = timedelta(hours=1)
_WEEKS, _MOST_AROUND = timedelta(days=45), 400
"""An event's campaign is looked for among so many events of so many days around it."""
_MOST_COUNTED = 24
_LEAST_FOLLOWED, _MOST_FOLLOWED = 50_000, 3_000_000
"""Claims of a record whose control is followed over all its days: of a smaller one a month is quickly folded, a larger
one's course would take gigabytes."""
_MOST_HELD, _MOST_OF_REPORTS, _NOBODY = 200, 5_000, "\0"
"""Reports that a question by words narrows to on a public site, claims read of them, and an id that nothing bears."""
OF_CAMPAIGNS = frozenset({t for t in EventType if FAMILY_OF[t] is Family.BATTLE} | TERRITORIAL)
_DESCRIBED = re.compile(r"\([^()]+\)$|^(Military|Police) Forces of |^Government of ")


def follow_here(settings: Settings, public: bool, span: Span) -> Iterable[Followed]:
    """Follow control over some days with a desk of its own; for another process than the server's."""
    return Desk(App(settings), public=public).courses.followed(span)


class Desk:
    """What answers are made with.

    Args:
        app: whose ledger and rooms.
        public: read only, delayed, coarsened, private persons' names withheld.
        now: the clock.
    """

    def __init__(self, app: App, *, public: bool = False, now: Callable[[], datetime] | None = None) -> None:
        self.app, self.public = app, public
        self.site = app.settings.site
        self.ledger = app.ledger
        self.answers = Answers(self.site.answers_bytes)
        self._now = now if now is not None else lambda: datetime.now(UTC)
        self._counted: dict[tuple[str, str, datetime | None], object] = {}
        self._lock, self._ranking = Lock(), Lock()
        self._ingest = ProgressFile(app.settings.db)
        self.streams = 0

    @cached_property
    def printer(self) -> Printer:
        """How values are written."""
        if not self.public:
            return Printer()
        known = self.app.known_names | {s.name for s in self.ledger.sources()}
        grid = self.site.grid_degrees
        return Printer(naming=Naming(phrases=self.app.phrases, known=known), grid_degrees=grid or None)

    def printer_in(self, language: Language) -> Printer:
        """How values are written whose reasons are told in a language."""
        if language is Language.ENGLISH:
            return self.printer
        return evolve(self.printer, reasons=Reasons(kept=self.app.phrases, phrases=self.app.phrases_in(language)))

    def state(self) -> str:
        """What tells one state of the record from another."""
        head = self.ledger.head()
        seen = "" if head is None else head.link
        return f"{__version__} {seen} {self.latest() if self.public else ''}"

    def answer(self, request: Request, make: Callable[[], Any], media_type: str = "application/json") -> Response:
        """Answer a question; see `answers.answer`."""
        return answer(request, self.answers, self.state(), make, media_type=media_type, public=self.public)

    def latest(self) -> datetime | None:
        """The time up to which anything is told; None where all is."""
        if not self.public:
            return None
        moment = self._now() - timedelta(hours=self.site.delay_hours)
        return moment - timedelta(seconds=moment.timestamp() % _HOUR.total_seconds())

    def known_at(self, said: Known) -> datetime | None:
        """As known when: as asked, but never later than what is told at all."""
        asked, latest = read_moment(said.known_at), self.latest()
        return min((m for m in (asked, latest) if m is not None), default=None)

    def census(self, known_at: datetime | None = None) -> Census:
        """What the ledger holds; counted once for each state of it."""
        return self._once("census", known_at, lambda: self.ledger.census(known_at=known_at))

    def _once(self, what: str, known_at: datetime | None, count: Callable[[], T]) -> T:
        """Count something over the whole ledger once for each state of it, as known at the newest few times."""
        key = (what, self.state(), known_at)
        with self._lock:
            if key in self._counted:
                return cast(T, self._counted[key])
        counted = count()
        with self._lock:
            self._counted[key] = counted
            while len(self._counted) > _MOST_COUNTED:
                self._counted.pop(next(iter(self._counted)))
        return counted

    def day(self, said: On) -> date:
        """The day asked about; by default that of the newest report.

        Raises:
            UsageError: none was named and the ledger holds no report.
        """
        if said.on is not None:
            return said.on
        newest = self.census(self.known_at(said)).last_day
        if newest is None:
            raise UsageError("the ledger holds no report yet: name a day")
        return newest

    def days(self, said: Days) -> tuple[date, date]:
        """First and last day asked about; by default that of the newest report alone."""
        first, last = said.days
        end = last if last is not None else max(filter(None, (self.day(said), first)))
        return (first if first is not None else end), end

    def news(self, known_at: datetime | None) -> tuple[date, date] | None:
        """The days on which the oldest report came out and the newest; None where there is no report."""
        oldest = self.ledger.report_page(Asked(known_at=known_at), Window(limit=1, newest_first=False)).items
        last = self.census(known_at).last_day
        return (min(oldest[0].report.published, last), last) if oldest and last is not None else None

    def named(self, said: str) -> Named:
        """The place that a key or a name means.

        Raises:
            NotFound: neither the gazetteer nor the ledger knows it.
        """
        try:
            return find_place(said, self.app.gazetteer, self.ledger, hint=False)
        except UsageError as error:
            raise NotFound(str(error)) from error

    def place_keys(self, names: Iterable[str]) -> frozenset[str]:
        """The keys of the places that some names mean.

        Raises:
            UsageError: one of them is known to nobody.
        """
        try:
            return frozenset(key for name in names for key in self.named(name).keys)
        except NotFound as error:
            raise UsageError(str(error)) from error

    def actors(self, names: Iterable[str]) -> frozenset[str]:
        """The folded canonical names that some names mean."""
        return frozenset(fold_name(self.canonical(n)) for n in names)

    def canonical(self, said: str) -> str:
        """The canonical name that bears a name, or the name itself where the table does not know it."""
        folded = fold_name(said)
        decided = self._once("aliases", None, lambda: {fold_name(name): actor for name, actor in self._aliases(None)})
        return decided.get(folded) or self.app.names.get(folded, said)

    def asked(self, said: Narrow, known_at: datetime | None) -> Asked:
        """What a list is narrowed to."""
        first, last = said.days
        families = {t for t in EventType if FAMILY_OF[t] in said.family}
        types = frozenset(said.type) & families if said.type and said.family else frozenset(said.type) | families
        nothing = said.type and said.family and not types
        words = words_asked(said.q) if said.q is not None else ()
        reports: frozenset[str] = frozenset()
        if self.public and words:
            found, _ = self.holding(words, known_at, _MOST_HELD)
            reports = frozenset(k.report.id for k in found) or frozenset({_NOBODY})
        return Asked(
            known_at=known_at,
            from_day=first,
            to_day=last,
            kinds=frozenset(said.kind),
            types=types,
            grades=frozenset(said.grade),
            actors=self.actors(said.actor),
            place_keys=self.place_keys(said.place),
            countries=frozenset(c.upper() for c in said.country),
            sources=frozenset(said.source),
            languages=frozenset(c.lower() for c in said.language),
            min_confidence=said.min_confidence,
            reports=reports,
            words=(_NOBODY,) if nothing or (said.q is not None and not words) else () if reports else words,
            box=read_box(said.bbox),
        )

    def holding(
        self, words: tuple[str, ...], known_at: datetime | None, limit: int
    ) -> tuple[Sequence[Kept], Mapping[str, Sequence[KeptClaim]]]:
        """The newest reports that hold words, and claims of them by the report's key.

        On a public site the words of a report are those that are told: nobody finds out by asking whose names are
        covered.
        """
        found = self.ledger.report_page(Asked(known_at=known_at, words=words), Window(limit=limit)).items
        looked = found if self.public else found[: max(1, limit // 4)]
        claims: dict[str, list[KeptClaim]] = {}
        ids = frozenset(k.report.id for k in looked)
        if ids:
            asked = Asked(known_at=known_at, reports=ids)
            for claim in self.ledger.claim_page(asked, Window(limit=_MOST_OF_REPORTS)).items:
                claims.setdefault(claim.report.key, []).append(claim)
        if self.public:
            found = [k for k in found if self._tells(k.report, claims.get(k.report.key, ()), words)]
        return found, claims

    def _tells(self, report: Report, claims: Sequence[KeptClaim], words: tuple[str, ...]) -> bool:
        names = tuple(dict.fromkeys(n for k in claims for n in names_in(k)))
        return holds_words(words_in(self.printer.text(f"{report.title or ''}\n{report.text}", names)), words)

    def page(
        self, said: Paged, fetch: Callable[[Asked, Window], Page[T]], write: Callable[[Sequence[T]], list[Record]]
    ) -> Record:
        """One page of a list. A list is read to its end as known when its first page was asked for."""
        mark, pinned = read_cursor(said.cursor)
        known_at = self.known_at(said)
        if pinned is not None:
            known_at = pinned if known_at is None else min(pinned, known_at)
        window = Window(limit=said.limit, after=mark, newest_first=said.order == "desc")
        try:
            found = fetch(self.asked(said, known_at), window)
        except (IndexError, ValueError) as error:
            raise UsageError("cursor: it is none of this list; begin without one") from error
        pin = known_at if known_at is not None or found.end is None else self._newest()
        total = len(found.items) if mark is None and found.end is None else None
        return {"items": write(found.items), "next": write_cursor(found.end, pin), "total": total}

    def states(self, on: date, known_at: datetime | None, place_keys: Sequence[str] = ()) -> tuple[Remembered, ...]:
        """Who held each place on a day."""
        return self.app.control.states(on, known_at, place_keys)

    @cached_property
    def courses(self) -> Courses:
        """Who held what on the days asked about."""
        app = self.app
        return Courses(
            self.ledger,
            write=self._written,
            groups_on=app.groups_on,
            discounted=app.discounted,
            apart=lambda span: apart(follow_here, app.settings, self.public, span),
        )

    def course(self, first: date, last: date, known_at: datetime | None) -> Course:
        """A course of control that holds some days."""
        if known_at == self.latest():
            self.follow_control()
        return self.courses.course(first, last, known_at)

    def follow_control(self) -> None:
        """Have all days of a record that is not too large followed, as known now, beside the questions."""
        census = self.census(self.latest())
        if census.last_day is not None and _LEAST_FOLLOWED <= census.claims <= _MOST_FOLLOWED:
            self.courses.follow_all(census.last_day, self.latest())

    def prepare(self) -> None:
        """Answer beforehand what whoever opens the page asks first: who holds what in the newest month, and ever."""
        news = self.news(self.latest())
        if news is not None:
            self.courses.course(news[1], news[1], self.latest())
            self.holders(news, self.latest())
            self.follow_control()

    def _written(self, state: ControlState) -> bytes:
        """A state as it is answered: JSON without how sure it is, and without its end."""
        told = self.printer.control(state)
        told.pop("confidence")
        return to_json(told)[:-1]

    def holders(self, days: tuple[date, date], known_at: datetime | None) -> list[tuple[str, int]]:
        """Holders by how many places they hold on the first, the middle and the last of some days together, most first.

        Places fought for count for none.
        """
        first, last = days

        def count() -> list[tuple[str, int]]:
            held: Counter[str] = Counter()
            for on in sorted({first, first + (last - first) // 2, last}):
                held.update(self.courses.leaders(on, known_at))
            return sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))

        with self._ranking:  # whoever asks meanwhile waits, and finds it
            return self._once(f"holders {days}", known_at, count)

    def chosen(self, states: Iterable[Remembered], countries: Sequence[str], bbox: str | None) -> Iterator[Remembered]:
        """States of places in some countries and inside a box."""
        within = self.within(countries, bbox)
        return (r for r in states if within is None or within(r.state.place))

    def within(self, countries: Sequence[str], bbox: str | None) -> Callable[[Place], bool] | None:
        """Tells places in some countries and inside a box; None where all are asked for."""
        codes, box = {c.upper() for c in countries}, read_box(bbox)
        if not codes and box is None:
            return None

        def inside(place: Place) -> bool:
            country = place.entry.country if place.entry is not None else None
            return (box is None or box.holds(place.latitude, place.longitude)) and (not codes or country in codes)

        return inside

    def sliced(self, said: Paged, rows: Iterable[tuple[Mark, T]], write: Callable[[T], Record | None]) -> Record:
        """One page of a list that is at hand, by its keys, ascending."""
        mark, _ = read_cursor(said.cursor)
        ahead = [row for row in rows if mark is None or row[0] > mark]
        page = ahead[: said.limit]
        end = page[-1][0] if len(ahead) > said.limit else None
        total = len(ahead) if mark is None else None
        return {"items": [write(row) for _, row in page], "next": write_cursor(end, None), "total": total}

    def actor_tallies(self, known_at: datetime | None) -> Mapping[str, ActorTally]:
        """Actors of the record by folded name; counted once for each state of it."""

        def count() -> Mapping[str, ActorTally]:
            return {fold_name(t.name): t for t in self.ledger.actors(known_at=known_at)}

        return self._once("actors", known_at, count)

    def source_tallies(self, known_at: datetime | None) -> Sequence[SourceTally]:
        """Outlets of the record; counted once for each state of it."""
        return self._once("sources", known_at, lambda: self.ledger.sources(known_at=known_at))

    def aliases(self, name: str, known_at: datetime | None) -> list[Record]:
        """Names that persons decided an actor bears."""
        return [{"name": n, "from": None, "to": None} for n, actor in self._aliases(known_at) if actor == name]

    def _aliases(self, known_at: datetime | None) -> tuple[tuple[str, str], ...]:
        return aliases(self.ledger.decisions(known_at=known_at))

    def is_new(self, name: str) -> bool:
        """Whether no table knows a name: neither actors nor outlets nor descriptions with their country in brackets."""
        described = name in PEOPLE or _DESCRIBED.search(name) is not None
        return name not in self.app.actors and fold_name(name) not in self.app.names and not described

    def progress(self) -> Record | None:
        """How far a running ingest is, or None where none runs."""
        found = self._ingest.read()
        return None if found is None else {"done_bytes": found.done_bytes, "total_bytes": found.total_bytes}

    def around(self, event: Event, known_at: datetime | None) -> tuple[Event, ...]:
        """The events of the weeks around one, of its country."""
        day = event.when.start or event.when.end
        if day is None:
            return (event,)
        country = event.place.entry.country if event.place is not None and event.place.entry is not None else None
        asked = Asked(
            known_at=known_at,
            from_day=day - _WEEKS,
            to_day=day + _WEEKS,
            types=OF_CAMPAIGNS,
            countries=frozenset({country} if country else ()),
        )
        return tuple(self.ledger.event_page(asked, Window(limit=_MOST_AROUND)).items)

    def claims(self, ids: Sequence[str], known_at: datetime | None = None) -> list[Record]:
        """Some claims, printed."""
        found = list(self.ledger.claims(ids=ids, known_at=known_at)) if ids else []
        return self.print_claims(found, known_at)

    def print_claims(self, found: Sequence[KeptClaim], known_at: datetime | None) -> list[Record]:
        """Claims, each with the event that holds it."""
        return self.printer.claims(found, self.events_of(found, known_at))

    def events_of(self, found: Iterable[KeptClaim], known_at: datetime | None) -> Mapping[str, str]:
        """The event that holds each claim."""
        return self.ledger.events_of([k.id for k in found], known_at=known_at)

    def _newest(self) -> datetime | None:
        return max(filter(None, (self._now(), self.census().known_to)))
