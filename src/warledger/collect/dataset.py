"""Take a row of UCDP GED as a report, its one claim and its event: typed row in, what the ledger keeps out.

Everything UCDP concludes is kept as it is: low, best and high, the dead by side, where_prec, date_prec and
type_of_violence. UCDP is the one origin. Sides get the canonical names of the actor table where it knows them. A place
is looked up in the gazetteer; where none fits it is coded to the division or country that is known to hold it, and no
position is made up. Nothing is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from attrs import frozen

from warledger.domain.claim import EventClaim, Evidence, Figure
from warledger.domain.codes import FAMILY_OF, EventType, Grade, Harm, Modality
from warledger.domain.dataset import UCDP, GedRow, Imported
from warledger.domain.distance import km_between
from warledger.domain.errors import Problem
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import Gazetteer

NAME, PUBLISHER = "UCDP", "Uppsala Conflict Data Program"
SAME_PLACE_KM = 25.0
"""A gazetteer entry of the name this near the position that a row gives is its place (UCDP's own where_prec 2)."""
VIOLENCE = {1: "state-based violence", 2: "non-state violence", 3: "one-sided violence"}
TYPES = {1: EventType.ARMED_CLASH, 2: EventType.ARMED_CLASH, 3: EventType.ATTACK}
"""UCDP tells who fought, not with what: an air strike in its data is state-based violence too."""
LEVELS = {
    **dict.fromkeys((1,), PlacePrecision.EXACT),
    **dict.fromkeys((2,), PlacePrecision.NEAR),
    **dict.fromkeys((3, 4, 5, 7), PlacePrecision.REGION),
    6: PlacePrecision.COUNTRY,
}
UNITS = {1: TimePrecision.DAY, 2: TimePrecision.WEEK, 3: TimePrecision.WEEK, 4: TimePrecision.MONTH}
_KIND_OF_PLACE = re.compile(r"\s+(?:city|town|village|region|province|district|prefecture|state|governorate)$", re.I)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")


@frozen(kw_only=True)
class GedTables:
    """What a row is looked up in.

    Args:
        gazetteer: names to places.
        actor: a name to the canonical one of the actor table, or to itself.
        countries: UCDP's names of countries that the gazetteer does not know, folded to lower case, to ISO codes.
        states: ISO code to the state's name in `Military Forces of ...`.
    """

    gazetteer: Gazetteer
    actor: Callable[[str], str]
    countries: Mapping[str, str]
    states: Mapping[str, str]


def read_files(
    files: Iterable[tuple[str, bytes] | Problem], read: Callable[[bytes, str], Iterable[GedRow | Problem]]
) -> Iterator[GedRow | Problem]:
    """The rows of every file, by a reader of one file's bytes; a file that cannot be fetched is a Problem."""
    for found in files:
        if isinstance(found, Problem):
            yield found
        else:
            yield from read(found[1], found[0])


def take_rows(
    rows: Iterable[GedRow | Problem], tables: GedTables, *, recorded_at: datetime, published: date | None = None
) -> Iterator[Imported | Problem]:
    """Make what the ledger keeps of each row; see `take_row`."""
    for row in rows:
        yield row if isinstance(row, Problem) else take_row(row, tables, recorded_at=recorded_at, published=published)


def take_row(row: GedRow, tables: GedTables, *, recorded_at: datetime, published: date | None = None) -> Imported:
    """Make what the ledger keeps of a row.

    Args:
        row: the row.
        tables: what it is looked up in.
        recorded_at: when the monitor knew, UTC.
        published: the dataset's day of release; without it the event's last day stands for it.
    """
    text, quote = _text(row)
    report = Report(
        id=f"{UCDP}{row.id}",
        published=published or row.end,
        text=text,
        sha256=hashlib.sha256(row.raw).hexdigest(),
        publisher=PUBLISHER,
        language="en",
        filed_as=row.filed_as,
    )
    country = _country(row.country, tables)
    claim = EventClaim(
        report_key=report.key,
        quotes=(Span.of(text, 0, len(quote)),),
        attribution=(NAME,),
        modality=Modality.ASSERTED if row.clear else Modality.ALLEGED,
        type=TYPES[row.type_of_violence],
        initiator=_actors(row.side_a, row, country, tables),
        target=_actors(row.side_b, row, country, tables),
        place=_place(row, country, tables.gazetteer),
        when=Interval(start=row.start, end=row.end, precision=UNITS.get(row.date_prec, TimePrecision.YEAR)),
        figures=_figures(row),
        evidence=(
            Evidence(field="type", spans=(), rule=f"UCDP type_of_violence {row.type_of_violence}"),
            Evidence(field="place", spans=(), rule=f"UCDP where_prec {row.where_prec}"),
            Evidence(field="time", spans=(), rule=f"UCDP date_prec {row.date_prec}"),
        ),
    )
    event = _event(row, claim, recorded_at)
    return Imported(received=Received(report=report, raw=row.raw), claim=claim, event=event)


def _event(row: GedRow, claim: EventClaim, recorded_at: datetime) -> Event:
    return Event(
        id=f"{UCDP}{row.id}",
        version=1,
        family=FAMILY_OF[claim.type],
        type=claim.type,
        place=claim.place,
        when=claim.when,
        initiator=claim.initiator,
        target=claim.target,
        fatalities=Fatalities(low=row.low, best=row.best, high=row.high),
        claim_ids=(claim_id(claim),),
        origins=(NAME,),
        grade=Grade.WEAK,
        reason=f"one origin: {NAME}, {VIOLENCE[row.type_of_violence]}",
        geo_precision={1: 1, 2: 2, 3: 2}.get(row.where_prec, 3),
        time_precision={1: 1, 2: 2, 3: 2}.get(row.date_prec, 3),
        where_prec=row.where_prec,
        date_prec=row.date_prec,
        recorded_at=recorded_at,
    )


def _text(row: GedRow) -> tuple[str, str]:
    """The row in plain words, and the part of it that supports the claim."""
    days = str(row.start) if row.start == row.end else f"{row.start} to {row.end}"
    where = ", ".join(dict.fromkeys(filter(None, (row.where_described, row.where, row.adm_1, row.country))))
    dead = ", ".join(f"{side} {count}" for side, count in row.deaths)
    quote = (
        f"{row.dyad}, {VIOLENCE[row.type_of_violence]}, {days} (date_prec {row.date_prec}), {where}"
        f" (where_prec {row.where_prec}): {row.best} killed (low {row.low}, high {row.high}; {dead})."
    )
    return f"{quote}\nUCDP GED event {row.id}. Source as UCDP gives it: {row.source or 'none'}.", quote


def _figures(row: GedRow) -> tuple[Figure, ...]:
    split = tuple(Figure(harm=Harm.KILLED, min=count, max=count, of=side) for side, count in row.deaths if count)
    return (Figure(harm=Harm.KILLED, min=row.low, max=row.high), *split)


def _actors(side: str, row: GedRow, country: str | None, tables: GedTables) -> tuple[str, ...]:
    if side.casefold() == "civilians":
        home = tables.states.get(country or "", row.country).removeprefix("the ")
        return (f"Civilians ({home})",)
    if side.startswith("Government of "):
        iso = _country(side.removeprefix("Government of "), tables)
        name = tables.states.get(iso or "", side.removeprefix("Government of "))
        return (f"Military Forces of {name}",)
    return tuple(dict.fromkeys(tables.actor(name) for name in re.split(r",\s+(?![^(]*\))", side)))


def _country(said: str, tables: GedTables) -> str | None:
    """ISO code of a country as UCDP names it ("DR Congo (Zaire)"), or None."""
    for name in (said, _IN_BRACKETS.sub("", said)):
        listed = tables.countries.get(name.casefold())
        found = [e.country for e in tables.gazetteer.find(name) if e.feature_code.startswith("PCL")]
        if listed is not None or found:
            return listed or found[0]
    return None


def _place(row: GedRow, country: str | None, gazetteer: Gazetteer) -> Place:
    """The finest entry that is known to hold the event; the name stays UCDP's."""
    name = row.where or row.where_described or row.adm_1 or row.country
    if country is None:
        return Place(name=name, entry=_own_entry(row, name, ""), precision=LEVELS[row.where_prec])
    if row.where_prec == 6:
        return Place(name=row.country, entry=gazetteer.country(country), precision=PlacePrecision.COUNTRY)
    division = _only([e for e in _named(row.adm_1, gazetteer, country) if e.feature_code == "ADM1"])
    if row.where_prec <= 2:
        town = _town(row, country, division, gazetteer) or _own_entry(row, name, country, division)
        if town is not None:
            return Place(name=_KIND_OF_PLACE.sub("", name), entry=town, precision=LEVELS[row.where_prec])
    if division is not None:
        return Place(name=name, entry=division, precision=PlacePrecision.REGION)
    own = _own_entry(row, name, country)
    if own is not None:
        return Place(name=name, entry=own, precision=PlacePrecision.REGION)
    return Place(name=name, entry=gazetteer.country(country), precision=PlacePrecision.COUNTRY)


def _town(row: GedRow, country: str, division: GazetteerEntry | None, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """The settlement of the name: by the row's position where it gives one, else the only one in the division."""
    towns = [e for e in _named(row.where, gazetteer, country) if e.feature_code.startswith("PPL")]
    own = _own_entry(row, row.where, country)
    if own is not None:
        near = [e for e in towns if km_between(e, own) <= SAME_PLACE_KM]
        return min(near, key=lambda e: km_between(e, own), default=None)
    inside = [e for e in towns if division is None or e.admin1 is None or e.admin1 == division.name]
    return _only(inside)


def _own_entry(row: GedRow, name: str, country: str, division: GazetteerEntry | None = None) -> GazetteerEntry | None:
    """An entry at the position that the row gives, for a place that the gazetteer does not know."""
    if row.latitude is None or row.longitude is None:
        return None
    return GazetteerEntry(
        key=f"at:{row.latitude:.3f},{row.longitude:.3f}",
        geonames_id=None,
        name=_KIND_OF_PLACE.sub("", name),
        latitude=row.latitude,
        longitude=row.longitude,
        feature_code={1: "PPL", 2: "PPL", 3: "ADM2", 4: "ADM1"}.get(row.where_prec, ""),
        country=country,
        admin1=division.name if division is not None else None,
    )


def _named(said: str, gazetteer: Gazetteer, country: str) -> Sequence[GazetteerEntry]:
    bare = _KIND_OF_PLACE.sub("", said)
    return [e for e in gazetteer.find(bare) if e.country == country] if bare else []


def _only(entries: Sequence[GazetteerEntry]) -> GazetteerEntry | None:
    return entries[0] if len(entries) == 1 else None
