"""Agreements: which events breach one in force, how the front compares with the agreed line, and the table itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest
import yaml
from made_events import an_event

from warledger.adapters.tables.agreements import load_agreements
from warledger.app import App
from warledger.domain.agreement import Agreement
from warledger.domain.codes import EventType, Grade, Status
from warledger.domain.control import ControlState
from warledger.domain.errors import DataError
from warledger.domain.event import Event
from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval
from warledger.notice.agreements import agreed_line, breaches
from warledger.settings import Settings

APP = App(Settings())
TABLE = APP.agreements
MARCH = next(a for a in TABLE if a.id == "moscow-2020")
ARMY, OPPOSITION = "Military Forces of Syria", "Syrian opposition"
ALLIANCES = {"Ahrar al-Sham": (OPPOSITION,)}


def same_side(one, other) -> bool:
    def wide(names):
        return {*names, *(g for n in names for g in ALLIANCES.get(n, ()))}

    return not wide(one).isdisjoint(other) or not wide(other).isdisjoint(one)


def at(key: str, precision: PlacePrecision = PlacePrecision.EXACT) -> Place:
    entry = APP.gazetteer.get(key)
    assert entry is not None
    return Place(name=entry.name, entry=entry, precision=precision)


IDLIB, HOMS = at("gn:169389"), at("gn:169577")


def event(**changes: object) -> Event:
    told = {"type": EventType.AIR_STRIKE, "place": IDLIB, "initiator": (ARMY,), "target": (OPPOSITION,), **changes}
    return an_event(id="e1", day=date(2021, 5, 1), killed=None, **told)


def told(made: Event, agreement: Agreement = MARCH) -> list[tuple[str, ...]]:
    return [b.doers for b in breaches([agreement], [made], same_side)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"initiator": (OPPOSITION,), "target": (ARMY,)},
        {"initiator": ("Ahrar al-Sham",), "target": (ARMY,)},
        {"target": ("Civilians (Syria)",)},
        {"target": ()},
        {"type": EventType.ARMED_CLASH},
        {"when": Interval.day(date(2020, 3, 6))},
        {"when": Interval.day(date(2024, 11, 26))},
    ],
)
def test_a_strike_of_one_party_in_the_zone_while_it_held_is_a_breach(changes) -> None:
    made = event(**changes)
    assert told(made) == [made.initiator]


@pytest.mark.parametrize(
    "changes",
    [
        {"place": HOMS},
        {"place": None},
        {"place": attrs.evolve(IDLIB, entry=None)},
        {"when": Interval.day(date(2020, 3, 5))},
        {"when": Interval.day(date(2024, 11, 27))},
        {"when": attrs.evolve(Interval.day(date(2020, 3, 6)), start=date(2020, 3, 1))},
        {"when": attrs.evolve(Interval.day(date(2021, 5, 1)), start=None)},
        {"initiator": ()},
        {"initiator": ("Israel Defense Forces",)},
        {"target": ("Islamic State",)},
        {"target": (ARMY,)},
        {"type": EventType.TALKS},
        {"grade": Grade.DISCOUNTED},
        {"claim_ids": ()},
    ],
)
def test_what_the_agreement_does_not_forbid_is_none(changes) -> None:
    assert told(event(**changes)) == []


def test_a_town_of_the_named_province_lies_in_the_zone() -> None:
    assert "Binnish" not in {p.name for p in MARCH.places}
    [binnish] = [e for e in APP.gazetteer.find("Binnish") if e.country == "SY"][:1]
    assert told(event(place=Place(name="Binnish", entry=binnish, precision=PlacePrecision.EXACT)))


def test_an_agreement_on_civilians_is_breached_by_harm_to_civilians_alone() -> None:
    jeddah = next(a for a in TABLE if a.id == "jeddah-declaration")
    khartoum = at("gn:379252")
    rsf = event(
        place=khartoum,
        when=Interval.day(date(2023, 7, 1)),
        type=EventType.ATTACK,
        initiator=("Rapid Support Forces",),
        target=("Civilians (Sudan)",),
    )
    assert told(rsf, jeddah) == [("Rapid Support Forces",)]
    assert told(attrs.evolve(rsf, target=("Military Forces of Sudan",)), jeddah) == []


def state(key: str, *holder: str) -> ControlState:
    return ControlState(
        place=at(key),
        holder=holder,
        status=Status.HELD,
        extent="all",
        since=date(2024, 11, 30),
        claim_ids=(f"of {key}",),
    )


def test_the_front_is_compared_with_the_agreed_line() -> None:
    saraqib, idlib = "gn:164816", "gn:169389"
    line = agreed_line([MARCH], [state(saraqib, "Ahrar al-Sham"), state(idlib, "Ahrar al-Sham")], same_side)
    found = {p.place.key: p for p in line}
    assert (found[saraqib].agreed, found[saraqib].kept) == (ARMY, False)
    assert (found[idlib].agreed, found[idlib].kept) == (OPPOSITION, True)
    assert found[saraqib].state is not None and found[saraqib].state.claim_ids == (f"of {saraqib}",)
    assert {p.kept for key, p in found.items() if key not in (saraqib, idlib)} == {None}


def test_the_table_holds_the_named_agreements_and_its_actors_are_known() -> None:
    wanted = {"deescalation-idlib", "sochi-2018", "moscow-2020", "minsk-2", "karabakh-2020", "jeddah-2023"}
    assert wanted | {"pretoria-2022", "hodeidah-2018", "luanda-2024", "doha-2025"} <= {a.id for a in TABLE}
    states = set(APP.ged_tables.states.values())
    for agreement in TABLE:
        for name in (*agreement.parties, *agreement.exempt, *(holder for _, holder in agreement.line)):
            known = APP.names.get(fold_name(name)) == name or name.removeprefix("Military Forces of ") in states
            assert known, f"{agreement.id}: {name} is no canonical name"
        assert all(e.country == agreement.country for e in (*agreement.places, *agreement.divisions))
        assert all(same_side((holder,), agreement.parties) for _, holder in agreement.line), agreement.id


ROW = {
    "id": "x",
    "name": "X",
    "signed": "2020-01-01",
    "from": "2020-01-02",
    "to": None,
    "country": "SY",
    "parties": [ARMY, OPPOSITION],
    "places": ["gn:169389 Idlib"],
    "forbids": ["battle"],
}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "from": "2019-12-31"}], "run backwards"),
        ([{**ROW, "to": "2020-01-01"}], "run backwards"),
        ([{**ROW, "parties": [ARMY]}], "fewer than two parties"),
        ([{**ROW, "places": []}], "no place"),
        ([{**ROW, "places": ["gn:169389 Homs"]}], "does not call"),
        ([{**ROW, "forbids": ["war"]}], "war"),
        ([{**ROW, "signed": "in spring"}], "spring"),
        ([ROW, ROW], "told twice"),
    ],
)
def test_a_table_that_breaks_its_shape_is_refused_in_words(tmp_path: Path, rows, said) -> None:
    file = tmp_path / "agreements.yaml"
    file.write_text(yaml.safe_dump({"agreements": rows}))
    with pytest.raises(DataError, match=said):
        load_agreements(file, APP.gazetteer)


def test_a_zone_knows_its_provinces_however_they_are_written() -> None:
    entry = GazetteerEntry(
        key="gn:0",
        geonames_id=None,
        name="Hamlet",
        latitude=36,
        longitude=36,
        feature_code="PPL",
        country="SY",
        admin1="Idlib Governorate",
    )
    for admin1 in ("Idlib", "Idlib Governorate", "Idlib governorate"):
        place = Place(name="Hamlet", entry=attrs.evolve(entry, admin1=admin1), precision=PlacePrecision.EXACT)
        assert told(event(place=place)), admin1
