"""`/control`, `/diff`, `/history`, `/places`, `/timeline`: who holds what, what changed, what was said of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import Field
from pydantic_core import from_json, to_json
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.parameters import Days, Name, Narrow, On, Paged
from warledger.api.paths.common import AtDesk, Narrowed
from warledger.api.records import day
from warledger.domain.asked import Asked, DayTally, Window
from warledger.domain.codes import FAMILY_OF, TERRITORIAL, Kind
from warledger.domain.errors import UsageError
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import Record
from warledger.ledger.changes import Holding, kind_of
from warledger.ledger.course import without_shared
from warledger.ledger.memory import Remembered
from warledger.ledger.named import Named
from warledger.ports import KeptClaim

ROUTER = APIRouter()
MOST_DAYS = 62
_CONFIDENCE = tuple(b',"confidence":%.3f},' % (n / 1000) for n in range(1001))
"""How a state ends that is sure to so many thousandths."""
_PARTS = 3
Within = Callable[[Place], bool] | None
MOST_SAID = 2_000
"""Claims, and events, of one place's history; the newest."""


class OfPlaces(On):
    """Who holds what, where."""

    place: list[Name] = Field(default=[], max_length=20, description="Places, by key or by name in any script.")
    country: list[str] = Field(default=[], max_length=50, description="ISO 3166-1 alpha-2 codes.")
    bbox: str | None = Field(default=None, max_length=200, description="west,south,east,north in degrees")


class BetweenDays(Days):
    """Two days, as known at one time."""

    place: list[Name] = Field(default=[], max_length=20)


class ControlDays(Days):
    """Some days, as known at one time."""

    country: list[str] = Field(default=[], max_length=50, description="ISO 3166-1 alpha-2 codes.")
    bbox: str | None = Field(default=None, max_length=200, description="west,south,east,north in degrees")


class OfPlace(On):
    """One place."""

    place: Name = Field(description="By key or by name in any script.")


@ROUTER.get("/control", response_model=shapes.ControlAnswer, tags=["ground"])
def control(request: Request, desk: AtDesk, said: Annotated[OfPlaces, Query()]) -> Response:
    """Who holds each place on a day, as known at a time; of a place of which nothing is said, its province's holder."""
    return desk.answer(request, lambda: control_answer(desk, said))


def control_answer(desk: Desk, said: OfPlaces) -> bytes:
    """The states asked for, as JSON."""
    on, known_at = desk.day(said), desk.known_at(said)
    named = [desk.named(p) for p in said.place]
    within = desk.within(said.country, said.bbox)
    items = _at_places(desk, named, on, known_at, within) if named else _everywhere(desk, on, known_at, within)
    head = to_json({"on": on.isoformat(), "known_at": _moment(known_at)})
    return b"".join((head[:-1], b',"items":', *items, b"}"))


def _everywhere(desk: Desk, on: date, known_at: datetime | None, within: Within) -> list[bytes]:
    course = desk.course(on, on, known_at)
    return _listed(_parts(*course.told(course.on(on, within), on)))


def _at_places(desk: Desk, named: Sequence[Named], on: date, known_at: datetime | None, within: Within) -> list[bytes]:
    found = desk.states(on, known_at, sorted({key for n in named for key in n.keys}))
    told = _printed(desk, (r for r in found if within is None or within(r.state.place)), on)
    return [to_json(told or [i for n in named for i in _inherited(desk, n, on, known_at)])]


def _parts(beginnings: Sequence[bytes], rests: Sequence[bytes], thousandths: Sequence[int]) -> list[bytes]:
    """States in three parts each, with how sure they are; megabytes are put together once, at the end."""
    parts = [b""] * (_PARTS * len(rests))
    parts[0::_PARTS], parts[1::_PARTS] = beginnings, rests
    parts[2::_PARTS] = map(_CONFIDENCE.__getitem__, thousandths)
    return parts


def _listed(parts: Sequence[bytes]) -> list[bytes]:
    """Parts of states, each of which ends with a comma, as those of a JSON list."""
    return [b"[", *parts[:-1], *(part[:-1] for part in parts[-1:]), b"]"]


@ROUTER.get("/control/days", response_model=shapes.ControlDaysAnswer, tags=["ground"])
def control_days(request: Request, desk: AtDesk, said: Annotated[ControlDays, Query()]) -> Response:
    """Who holds each place on the first of some days, and on each later day the places whose state is another then.

    Laid over each other these are the answers of `/control` for each day, but that a state which stays the same grows
    less sure from day to day.
    """
    return desk.answer(request, lambda: _control_days(desk, said))


def _control_days(desk: Desk, said: ControlDays) -> bytes:
    (first, last), known_at = desk.days(said), desk.known_at(said)
    if (last - first).days >= MOST_DAYS:
        raise UsageError(f"ask for {MOST_DAYS} days at most")
    course, within = desk.course(first, last, known_at), desk.within(said.country, said.bbox)
    items = _listed(_parts(*course.told(course.on(first, within), first)))
    numbers, begun = course.changes(first, last, within)
    changed = _parts(*course.told(numbers, begun))
    on, starts = np.unique(begun, return_index=True)
    bounds = [*(starts * _PARTS).tolist(), len(changed)]
    days = [
        b'{"day":"%s","items":%s}' % (date.fromordinal(day).isoformat().encode(), b"".join(_listed(changed[start:end])))
        for day, (start, end) in zip(on.tolist(), pairwise(bounds), strict=True)
    ]
    head = to_json({"from": first.isoformat(), "to": last.isoformat(), "known_at": _moment(known_at)})
    return b"".join((head[:-1], b',"items":', *items, b',"days":[', b",".join(days), b"]}"))


@ROUTER.get("/control/holders", response_model=shapes.HoldersAnswer, tags=["ground"])
def holders(request: Request, desk: AtDesk, said: Annotated[Days, Query()]) -> Response:
    """Holders by the places that they hold on the first, the middle and the last of some days: a legend's order.

    The days on which reports came out, where none are named.
    """

    def make() -> Record:
        known_at = desk.known_at(said)
        days = desk.days(said) if any(said.days) else desk.news(known_at)
        held = desk.holders(days, known_at) if days is not None else []
        return {"items": [{"name": n, "places": places} for n, places in held]}

    return desk.answer(request, make)


def _moment(known_at: datetime | None) -> str | None:
    return known_at.isoformat() if known_at is not None else None


@ROUTER.get("/diff", response_model=shapes.DiffAnswer, tags=["ground"])
def diff(request: Request, desk: AtDesk, said: Annotated[BetweenDays, Query()]) -> Response:
    """What changed hands between two days, both as known at the same time."""
    return desk.answer(request, lambda: _diff(desk, said))


@ROUTER.get("/history", response_model=shapes.HistoryAnswer, tags=["ground"])
def history(request: Request, desk: AtDesk, said: Annotated[OfPlace, Query()]) -> Response:
    """What was said of a place and what is concluded of it, by day; of very much the newest."""

    def make() -> Record:
        named, known_at = desk.named(said.place), desk.known_at(said)
        claims = _claims_at(desk, named, known_at)
        events = desk.ledger.event_page(_at(named, known_at), Window(limit=MOST_SAID)).items
        lines = [
            {"at": _day_of(k), "claim": r} for k, r in zip(claims, desk.print_claims(claims, known_at), strict=True)
        ]
        lines += [{"at": day(e.when.start or e.when.end) or "", "event": desk.printer.event(e)} for e in events]
        lines.sort(key=lambda line: (line["at"], "event" in line))
        return {"place": _place(desk, named, claims), "items": lines}

    return desk.answer(request, make)


@ROUTER.get("/timeline", response_model=shapes.TimelineAnswer, tags=["ground"])
def timeline(request: Request, desk: AtDesk, said: Narrowed) -> Response:
    """Events that began on each day, by family, people killed in them, and places that changed hands."""
    return desk.answer(request, lambda: _timeline(desk, said))


@ROUTER.get("/places", response_model=shapes.Listed[shapes.Place], tags=["ground"])
def list_places(request: Request, desk: AtDesk, said: Annotated[Paged, Query()]) -> Response:
    """Places of whose control anything is said; `q` is the beginning of a name."""

    def make() -> Record:
        on, known_at = desk.day(said), desk.known_at(said)
        keys = desk.place_keys(said.place)
        course, within = desk.course(on, on, known_at), desk.within(said.country, said.bbox)
        found = [p for p in course.places_of(course.on(on, within)) if not keys or p.key in keys]
        wanted = said.q.casefold() if said.q is not None else None
        rows = sorted(((p.name, p.key), p) for p in found if wanted is None or p.name.casefold().startswith(wanted))
        return desk.sliced(said, rows, desk.printer.place)

    return desk.answer(request, make)


@ROUTER.get("/places/{key}", response_model=shapes.PlaceWhole, tags=["ground"])
def one_place(request: Request, desk: AtDesk, key: str, said: Annotated[On, Query()]) -> Response:
    """A place, who holds it, and how much is recorded of it."""

    def make() -> Record:
        named, known_at = desk.named(key), desk.known_at(said)
        claims = _claims_at(desk, named, known_at)
        on = desk.day(said)
        found = desk.states(on, known_at, sorted(named.keys))
        own = _printed(desk, found, on)
        control = next(iter(own or _inherited(desk, named, on, known_at)), None)
        events = desk.ledger.event_page(_at(named, known_at), Window(limit=MOST_SAID)).items
        return {
            **_place(desk, named, claims),
            "control": control,
            "history": len(claims),
            "events": len(events),
            "others": [desk.printer.place(_of_entry(e)) for e in named.others],
        }

    return desk.answer(request, make)


def _at(named: Named, known_at: datetime | None) -> Asked:
    return Asked(known_at=known_at, place_keys=frozenset(named.keys))


def _claims_at(desk: Desk, named: Named, known_at: datetime | None) -> Sequence[KeptClaim]:
    kinds = frozenset({Kind.EVENT, Kind.CONTROL, Kind.TOLL})
    asked = Asked(known_at=known_at, place_keys=frozenset(named.keys), kinds=kinds)
    return desk.ledger.claim_page(asked, Window(limit=MOST_SAID)).items


def _day_of(kept: KeptClaim) -> str:
    when = getattr(kept.claim, "when", None)
    said = (when.start or when.end) if when is not None else None
    return (said or kept.report.published).isoformat()


def _place(desk: Desk, named: Named, claims: Sequence[KeptClaim]) -> Record:
    """The place as the gazetteer has it, else as the record names it."""
    told = [p for k in claims if (p := getattr(k.claim, "place", None)) is not None]
    exact = [p for p in told if p.precision is PlacePrecision.EXACT and p.key in named.keys[:1]]
    entry = _of_entry(named.entries[0]) if named.entries else None
    only_named = Place(name=named.name, entry=None, precision=PlacePrecision.EXACT)
    return desk.printer.place(next(iter(exact), None) or entry or next(iter(told), only_named)) or {}


def _of_entry(entry: GazetteerEntry) -> Place:
    wide = {"ADM1": PlacePrecision.REGION, "PCLI": PlacePrecision.COUNTRY}
    return Place(name=entry.name, entry=entry, precision=wide.get(entry.feature_code, PlacePrecision.EXACT))


def _inherited(desk: Desk, named: Named, on: date, known_at: datetime | None) -> list[Record]:
    """Who is said to hold the whole of what contains a place, the smallest area first."""
    for entry in named.entries[:1]:
        for key in _containing(desk, entry):
            found = [r for r in desk.states(on, known_at, [key]) if r.state.extent == "all"]
            if found:
                said = desk.printer.control(found[0].state, found[0].confidence_on(on), key)
                return [{**said, "place": desk.printer.place(_of_entry(entry))}]
    return []


def _containing(desk: Desk, entry: GazetteerEntry) -> Iterator[str]:
    """Keys of the areas that contain a place; a province may stand in the gazetteer more than once."""
    for parent in desk.app.gazetteer.parents(entry):
        yield parent.key
        if parent.feature_code == "ADM1":
            same = (e for name in _named_as(parent) for e in desk.app.gazetteer.find(name))
            yield from (e.key for e in same if e.feature_code == "ADM1" and e.country == parent.country)


def _named_as(parent: GazetteerEntry) -> tuple[str, ...]:
    division = parent.division or parent.name
    return division, f"{division} Governorate", f"{division} Province", f"{division} Oblast"


def _diff(desk: Desk, said: BetweenDays) -> Record:
    first, last = said.days
    if first is None or last is None:
        raise UsageError("give from and to")
    known_at = desk.known_at(said)
    if said.place:
        keys = sorted(desk.place_keys(said.place))
        before, after = (_printed(desk, desk.states(d, known_at, keys), d) for d in (first, last))
    else:
        before, after = _unlike(desk, first, last, known_at)
    earlier, groups = {s["place"]["key"]: s for s in before}, desk.app.groups_on(last)
    told = ((earlier.get(s["place"]["key"]), s) for s in after)
    items = [
        {"place": now["place"], "kind": str(kind), "before": then, "after": now}
        for then, now in told
        if (kind := kind_of(_holding(then) if then else None, _holding(now), groups)) is not None
    ]
    return {"from": first.isoformat(), "to": last.isoformat(), "items": items}


def _holding(state: Record) -> Holding:
    return state["holder"], state["status"]


def _printed(desk: Desk, states: Iterable[Remembered], on: date) -> list[Record]:
    return [desk.printer.control(r.state, r.confidence_on(on)) for r in states]


def _unlike(desk: Desk, first: date, last: date, known_at: datetime | None) -> tuple[list[Record], list[Record]]:
    """The states on two days, without those that are the same state of one course."""
    early, late = (desk.course(d, d, known_at) for d in (first, last))
    before, after = early.on(first), late.on(last)
    if early is late:
        before, after = without_shared(before, after)
    told = (_listed(_parts(*early.told(before, first))), _listed(_parts(*late.told(after, last))))
    return from_json(b"".join(told[0])), from_json(b"".join(told[1]))


def _timeline(desk: Desk, said: Narrow) -> Record:
    tallies = desk.ledger.days(desk.asked(said, desk.known_at(said)))
    by_day: dict[date, list[DayTally]] = {}
    first, last = said.days
    for tally in tallies:
        if (first is None or tally.day >= first) and (last is None or tally.day <= last):
            by_day.setdefault(tally.day, []).append(tally)
    return {"days": [_day(d, rows) for d, rows in by_day.items()]}


def _day(on: date, rows: Sequence[DayTally]) -> Record:
    families: dict[str, int] = {}
    for tally in rows:
        family = str(FAMILY_OF[tally.type])
        families[family] = families.get(family, 0) + tally.events
    killed = {n: sum(v for t in rows if (v := getattr(t, n)) is not None) for n in ("low", "best", "high")}
    told = {n: value if any(getattr(t, n) is not None for t in rows) else None for n, value in killed.items()}
    changed = sum(t.places for t in rows if t.type in TERRITORIAL)
    return {"day": on.isoformat(), "families": families, "killed": told, "changed": changed}
