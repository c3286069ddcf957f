"""`/ogc`: OGC API Features, part 1 (core, GeoJSON, OpenAPI): events, control and places for any client of maps.

Positions are WGS 84, longitude first. `datetime` is the time in the world, `known_at` (ours) that of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from attrs import frozen
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.parameters import Codes, Moment, Paged, read_moment
from warledger.api.paths.common import AtDesk
from warledger.api.problems import NotFound
from warledger.domain.codes import EventType, Family, Grade
from warledger.domain.errors import UsageError
from warledger.domain.event import Event
from warledger.domain.records import Record

ROUTER = APIRouter(prefix="/ogc", tags=["ogc"])
GEOJSON, JSON, OPENAPI = "application/geo+json", "application/json", "application/vnd.oai.openapi+json;version=3.1"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMS = tuple(f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "geojson"))
ABOUT = {
    "events": ("Events", "What the monitor concludes to have happened, each with its grade and its claims."),
    "control": ("Control", "Who holds each place on a day, by settlement or coarser."),
    "places": ("Places", "Places of whose control anything is said."),
}
Name = Literal["events", "control", "places"]
Ours = frozenset({"bbox", "datetime", "limit", "cursor", "known_at", "f", "type", "family", "grade", "country"})


class Items(BaseModel):
    """What features are asked for."""

    bbox: str | None = Field(default=None, max_length=200, description="west,south,east,north in degrees")
    datetime: str | None = Field(
        default=None, max_length=80, description="A day or time, or two with / between; .. is open"
    )
    limit: int = Field(default=100, ge=1, le=1000)
    cursor: str | None = Field(default=None, max_length=1000)
    known_at: Moment | None = None
    f: Literal["json"] | None = None
    type: Annotated[list[EventType], Codes] = []
    family: Annotated[list[Family], Codes] = []
    grade: Annotated[list[Grade], Codes] = []
    country: Annotated[list[str], Codes] = Field(default=[], max_length=50)


class AsJson(BaseModel):
    """The form of an answer."""

    f: Literal["json"] | None = None


class OneItem(AsJson):
    """One feature, on a day as known at a time."""

    datetime: str | None = Field(default=None, max_length=80)
    known_at: Moment | None = None


Form = Annotated[AsJson, Query()]


@frozen(kw_only=True)
class Page:
    """Features of one page, where the next begins, and how many there are where that is known."""

    features: list[Record]
    next: str | None
    matched: int | None = None


@ROUTER.get("", response_model=shapes.Shape)
def landing(request: Request, desk: AtDesk, said: Form) -> Response:
    """Where everything is."""
    _refuse_strange(request, frozenset({"f"}))
    links = [
        _link(request, "/ogc", "self", JSON, "this page"),
        _link(request, "/api/v1/openapi.json", "service-desc", OPENAPI, "the API"),
        _link(request, "/api/v1/openapi.json", "service-desc", JSON, "the API, for clients that know no newer type"),
        _link(request, "/ogc/conformance", "conformance", JSON, "what it conforms to"),
        _link(request, "/ogc/collections", "data", JSON, "the collections"),
    ]
    about = "Events of war, who holds what, and the places, each with its sources."
    return desk.answer(request, lambda: {"title": "warledger", "description": about, "links": links})


@ROUTER.get("/conformance", response_model=shapes.Shape)
def conformance(request: Request, desk: AtDesk, said: Form) -> Response:
    """What of the standard is kept."""
    _refuse_strange(request, frozenset({"f"}))
    return desk.answer(request, lambda: {"conformsTo": list(CONFORMS)})


@ROUTER.get("/collections", response_model=shapes.Shape)
def collections(request: Request, desk: AtDesk, said: Form) -> Response:
    """Every collection."""
    _refuse_strange(request, frozenset({"f"}))
    links = [_link(request, "/ogc/collections", "self", JSON, "the collections")]
    return desk.answer(
        request, lambda: {"links": links, "collections": [_collection(request, desk, name) for name in ABOUT]}
    )


@ROUTER.get("/collections/{name}", response_model=shapes.Shape)
def collection(request: Request, desk: AtDesk, name: Name, said: Form) -> Response:
    """One collection."""
    _refuse_strange(request, frozenset({"f"}))
    return desk.answer(request, lambda: _collection(request, desk, name))


@ROUTER.get("/collections/{name}/items", response_model=shapes.Shape)
def items(request: Request, desk: AtDesk, name: Name, said: Annotated[Items, Query()]) -> Response:
    """Features of a collection, page by page."""
    _refuse_strange(request, Ours)

    def make() -> Record:
        page = _events(desk, said) if name == "events" else _states(desk, said, name)
        base = f"/ogc/collections/{name}"
        links = [_link(request, f"{base}/items", "self", GEOJSON, "this page", dict(_parameters(request)))]
        links.append(_link(request, base, "collection", JSON, "the collection"))
        if page.next is not None:
            ahead = {**{k: v for k, v in _parameters(request) if k != "cursor"}, "cursor": page.next}
            links.append(_link(request, f"{base}/items", "next", GEOJSON, "the next page", ahead))
        return {
            "type": "FeatureCollection",
            "features": page.features,
            "numberReturned": len(page.features),
            **({} if page.matched is None else {"numberMatched": page.matched}),
            "links": links,
        }

    return desk.answer(request, make, GEOJSON)


@ROUTER.get("/collections/{name}/items/{id}", response_model=shapes.Shape)
def item(request: Request, desk: AtDesk, name: Name, id: str, said: Annotated[OneItem, Query()]) -> Response:
    """One feature."""
    _refuse_strange(request, frozenset({"f", "datetime", "known_at"}))

    def make() -> Record:
        found = _one(desk, name, id, said)
        if found is None:
            raise NotFound("no feature of this collection has this id")
        path = f"/ogc/collections/{name}"
        links = [
            _link(request, f"{path}/items/{id}", "self", GEOJSON, "this feature"),
            _link(request, path, "collection", JSON, "the collection"),
        ]
        return {**found, "links": links}

    return desk.answer(request, make, GEOJSON)


def read_days(said: str | None) -> tuple[date | None, date | None]:
    """First and last day of a `datetime`; None is open.

    Raises:
        UsageError: it is none.
    """
    if said is None:
        return None, None
    try:
        moments = [read_moment(None if p in ("", "..") else p) for p in said.split("/")]
    except UsageError:
        raise UsageError("datetime: write 2024-11-29, or two of these with / between and .. where it is open") from None
    read = [None if m is None else m.date() for m in moments]
    if len(read) == 1 and read[0] is not None:
        return read[0], read[0]
    if len(read) != 2 or (read[0] is None and read[1] is None):
        raise UsageError("datetime: write one day, or two with / between")
    if read[0] is not None and read[1] is not None and read[1] < read[0]:
        raise UsageError("datetime: the days run backwards")
    return read[0], read[1]


def _events(desk: Desk, said: Items) -> Page:
    first, last = read_days(said.datetime)
    same = said.model_dump(exclude={"datetime", "f"})
    paged = Paged.model_validate({**same, "from": first, "to": last})

    def write(found: Sequence[Event]) -> list[Record]:
        return [_feature(e["id"], e.pop("place"), e) for e in map(desk.printer.event, found)]

    found = desk.page(paged, desk.ledger.event_page, write)
    return Page(features=found["items"], next=found["next"], matched=found["total"])


def _states(desk: Desk, said: Items, name: Name) -> Page:
    """Who holds each place on the last day asked about; or the places alone."""
    paged = Paged(known_at=said.known_at, limit=said.limit, cursor=said.cursor, on=read_days(said.datetime)[1])
    on, known_at = desk.day(paged), desk.known_at(paged)
    found = list(desk.chosen(desk.states(on, known_at), said.country, said.bbox))
    rows = [((r.state.place.name, r.state.place.key), r) for r in found]
    printed = desk.sliced(paged, rows, lambda r: desk.printer.control(r.state, r.confidence_on(on)))
    features = [_of_state(c, name, on) for c in printed["items"]]
    return Page(features=features, next=printed["next"], matched=len(rows))


def _of_state(control: Record, name: Name, on: date) -> Record:
    place = control.pop("place")
    said = {} if name == "places" else {**control, "on": on.isoformat()}
    return _feature(place["key"], place, said)


def _one(desk: Desk, name: Name, id: str, said: OneItem) -> Record | None:
    known_at = desk.known_at(Paged(known_at=said.known_at))
    if name == "events":
        found = list(desk.ledger.events(ids=[id], known_at=known_at))
        rows = [desk.printer.event(e) for e in found]
        return next((_feature(e["id"], e.pop("place"), e) for e in rows), None)
    on = desk.day(Paged(known_at=said.known_at, on=read_days(said.datetime)[1]))
    states = desk.states(on, known_at, [id])
    return next((_of_state(desk.printer.control(r.state, r.confidence_on(on)), name, on) for r in states), None)


def _feature(id: str, place: Record | None, said: Record) -> Record:
    """A GeoJSON feature; its geometry is null where no position is known or may be shown."""
    geometry: Record | None = None
    where = place or {}
    if where.get("latitude") is not None and where.get("longitude") is not None:
        geometry = {"type": "Point", "coordinates": [where["longitude"], where["latitude"]]}
    names = ("key", "name", "precision", "country", "admin1", "population")
    told = {("place_key" if n == "key" else "place" if n == "name" else n): where.get(n) for n in names}
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": {**told, **said}}


def _collection(request: Request, desk: Desk, name: str) -> Record:
    title, description = ABOUT[name]
    census = desk.census(desk.latest())
    days = [[f"{d.isoformat()}T00:00:00Z" if d is not None else None for d in (census.first_day, census.last_day)]]
    path = f"/ogc/collections/{name}"
    return {
        "id": name,
        "title": title,
        "description": description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]], "crs": CRS84}, "temporal": {"interval": days}},
        "links": [
            _link(request, path, "self", JSON, title),
            _link(request, f"{path}/items", "items", GEOJSON, title),
        ],
    }


def _link(
    request: Request, path: str, rel: str, type: str, title: str, parameters: dict[str, Any] | None = None
) -> Record:
    query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
    base = f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
    return {"href": f"{base}{path}{query}", "rel": rel, "type": type, "title": title}


def _parameters(request: Request) -> list[tuple[str, Any]]:
    """The parameters as they were given, each with all its values."""
    query = request.query_params
    return [(name, query.getlist(name)) for name in query]


def _refuse_strange(request: Request, known: frozenset[str]) -> None:
    """The standard wants a parameter that is not known refused."""
    strange = sorted(set(request.query_params) - known)
    if strange:
        raise UsageError("a parameter is not known here")
