"""`/actors`, `/sources` and `/names`: who takes part, who tells, and how another language writes them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.parameters import Codes, Country, Known, On, Paged
from warledger.api.paths.common import AtDesk, Listing
from warledger.api.problems import NotFound
from warledger.api.records import day
from warledger.corroborate.origin_graph import kind_of
from warledger.domain.actor import Actor
from warledger.domain.asked import ActorTally, SourceTally
from warledger.domain.folding import fold_name
from warledger.domain.records import Record

ROUTER = APIRouter()


class OfNames(Known):
    """Names in another language."""

    language: Literal["ar"] = Field(description="ISO 639-1 code.")
    country: Annotated[list[Country], Codes] = Field(
        default=[], max_length=50, description="ISO 3166-1 alpha-2 codes: whose places."
    )


@ROUTER.get("/actors", response_model=shapes.Listed[shapes.Actor], tags=["people"])
def list_actors(request: Request, desk: AtDesk, said: Listing) -> Response:
    """Everybody who takes part in a claim, by name; `q` is a part of a name, or an alias."""

    def make() -> Record:
        wanted = desk.app.actor_names(said.q) if said.q is not None else None
        found = desk.actor_tallies(desk.known_at(said))
        rows = [((t.name,), t) for f, t in found.items() if wanted is None or any(w in f for w in wanted)]
        return desk.sliced(said, sorted(rows, key=lambda r: r[0]), lambda t: _actor(desk, t))

    return desk.answer(request, make)


@ROUTER.get("/actors/{name:path}", response_model=shapes.ActorWhole, tags=["people"])
def one_actor(request: Request, desk: AtDesk, name: str, said: Annotated[On, Query()]) -> Response:
    """An actor by any of its names: its names and relations over time, and what it holds on the day."""

    def make() -> Record:
        canonical = desk.canonical(name)
        known_at = desk.known_at(said)
        tally = desk.actor_tallies(known_at).get(fold_name(canonical))
        entry = desk.app.actors.get(canonical)
        if tally is None and entry is None:
            raise NotFound("no actor has this name")
        shown = tally.name if tally is not None else canonical
        if desk.printer.name(shown) != shown:
            raise NotFound("no actor has this name")
        counted = tally if tally is not None else ActorTally(name=shown, claims=0, events=0)
        holds = [r.state.place for r in desk.states(desk.day(said), known_at) if shown in r.state.holder]
        return {
            **_actor(desk, counted),
            "aliases": [*_aliases(entry), *desk.aliases(shown, known_at)],
            "relations": _relations(entry),
            "holds": [desk.printer.place(p) for p in holds],
            "counts": {"claims": counted.claims, "events": counted.events, "holds": len(holds)},
        }

    return desk.answer(request, make)


@ROUTER.get("/sources", response_model=shapes.Listed[shapes.Source], tags=["people"])
def list_sources(request: Request, desk: AtDesk, said: Listing) -> Response:
    """Outlets of the record; how often each is the only origin of an event, and how often against others."""

    def make() -> Record:
        wanted = fold_name(said.q) if said.q is not None else None
        found = desk.source_tallies(desk.known_at(said))
        rows = [((s.name,), s) for s in found if wanted is None or wanted in fold_name(s.name)]
        return desk.sliced(said, rows, lambda s: _source(desk, s))

    return desk.answer(request, make)


@ROUTER.get("/sources/{name:path}", response_model=shapes.Source, tags=["people"])
def one_source(request: Request, desk: AtDesk, name: str, said: Annotated[Paged, Query()]) -> Response:
    """One outlet."""

    def make() -> Record:
        found = next((s for s in desk.source_tallies(desk.known_at(said)) if s.name == name), None)
        if found is None:
            raise NotFound("no outlet has this name")
        return _source(desk, found)

    return desk.answer(request, make)


@ROUTER.get("/names", response_model=shapes.NamesAnswer, tags=["people"])
def names(request: Request, desk: AtDesk, said: Annotated[OfNames, Query()]) -> Response:
    """How Arabic writes actors and the places of some countries; what is not known is left out."""

    def make() -> Record:
        tallies = desk.actor_tallies(desk.known_at(said)).values()
        shown = {t.name for t in tallies if desk.printer.name(t.name) == t.name} | desk.app.actors.keys()
        written = ((name, desk.app.arabic_names.of(name)) for name in sorted(shown))
        return {
            "language": said.language,
            "actors": {name: arabic for name, arabic in written if arabic is not None},
            "places": {k: n for c in said.country for k, n in desk.app.gazetteer.in_arabic(c).items()},
        }

    return desk.answer(request, make)


def _actor(desk: Desk, tally: ActorTally) -> Record:
    entry = desk.app.actors.get(tally.name)
    return {
        "name": desk.printer.name(tally.name),
        "kind": str(entry.kind) if entry is not None else None,
        "country": entry.country if entry is not None else None,
        "wikidata": entry.wikidata if entry is not None else None,
        "counts": {"claims": tally.claims, "events": tally.events},
    }


def _aliases(entry: Actor | None) -> list[Record]:
    names = entry.names if entry is not None else ()
    return [{"name": n.name, "from": day(n.start), "to": day(n.end)} for n in names]


def _relations(entry: Actor | None) -> list[Record]:
    relations = entry.relations if entry is not None else ()
    return [{"predicate": r.predicate, "other": r.object, "from": day(r.start), "to": day(r.end)} for r in relations]


def _source(desk: Desk, tally: SourceTally) -> Record:
    table = desk.app.corroborate.affiliations
    folded = tally.name.casefold()
    return {
        "name": tally.name,
        "kind": str(kind_of(tally.name, table, False, True)),
        "affiliation": table.parties.get(folded),
        "reports": tally.reports,
        "claims": tally.claims,
        "alone": tally.alone,
        "contradicted": tally.contradicted,
    }
