"""Roads as ordered settlements: what is cut for whom, who lost the last way out, and the table itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from warledger.adapters.tables.roads import load_roads
from warledger.app import App
from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.errors import DataError
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.road import End, Road, RoadTable
from warledger.notice.roads import RoadNetwork, road_features
from warledger.settings import Settings

APP = App(Settings())
ARMY, REBELS, FACTION = "Military Forces of Syria", "Syrian opposition", "Ahrar al-Sham"


def stop(name: str, at: int = 0) -> GazetteerEntry:
    return GazetteerEntry(
        key=f"gn:{name}", geonames_id=None, name=name, latitude=36, longitude=37 + at, feature_code="PPL", country="SY"
    )


NORTH, MILL, FORK, SOUTH, PORT = (stop(n, i) for i, n in enumerate(("North", "Mill", "Fork", "South", "Port")))
TABLE = RoadTable(
    roads=(
        Road(id="A", name="North to South", country="SY", stops=(NORTH, MILL, FORK, SOUTH)),
        Road(id="B", name="Fork to Port", country="SY", stops=(FORK, PORT)),
    ),
    ends={
        End.CAPITAL: frozenset({SOUTH.key}),
        End.COAST: frozenset({PORT.key}),
        End.CROSSING: frozenset({NORTH.key}),
    },
)


def same_side(one, other) -> bool:
    def wide(names):
        return {*names, *((REBELS,) if FACTION in names else ())}

    return not wide(one).isdisjoint(wide(other))


NETWORK = RoadNetwork(table=TABLE, same_side=same_side)


def held(**by: str) -> list[ControlState]:
    """`mill=ARMY`; a trailing ! marks a contested place."""
    return [
        ControlState(
            place=Place(name=name.title(), entry=stop(name.title()), precision=PlacePrecision.EXACT),
            holder=(who.rstrip("!"),),
            status=Status.CONTESTED if who.endswith("!") else Status.HELD,
            extent="all",
            since=date(2024, 11, 30),
            claim_ids=(f"claim {name} {who}",),
        )
        for name, who in by.items()
    ]


ALL_ARMY = held(north=ARMY, mill=ARMY, fork=ARMY, south=ARMY, port=ARMY)


def test_a_stretch_is_cut_for_the_side_that_holds_both_ends_and_not_the_middle() -> None:
    [cut] = NETWORK.cuts(ALL_ARMY, held(north=ARMY, mill=ARMY, fork=REBELS, south=ARMY, port=ARMY))
    assert (cut.road.id, cut.start.name, cut.end.name, cut.holder, cut.new) == ("A", "Mill", "South", (ARMY,), True)
    assert [i for s in cut.by for i in s.claim_ids] == [f"claim fork {REBELS}"]


def test_a_contested_stop_cuts_for_both_and_a_cut_of_yesterday_is_not_new() -> None:
    states = held(north=ARMY, mill=REBELS + "!", fork=ARMY, south=ARMY)
    [cut] = NETWORK.cuts(states, states)
    assert (cut.start.name, cut.end.name, cut.new) == ("North", "Fork", False)


def test_a_faction_does_not_cut_the_road_of_its_own_alliance() -> None:
    assert NETWORK.cuts([], held(north=REBELS, mill=FACTION, fork=REBELS, south=REBELS)) == ()


def test_a_road_that_is_lost_at_its_end_is_not_cut() -> None:
    assert NETWORK.cuts(ALL_ARMY, held(north=ARMY, mill=ARMY, fork=REBELS, south=REBELS)) == ()


def test_towns_that_lost_their_last_way_are_named_with_what_bars_it() -> None:
    lost = NETWORK.lost_ways(ALL_ARMY, held(north=ARMY, mill=ARMY, fork=REBELS, south=ARMY, port=ARMY))
    told = {(w.town.name, str(w.end)) for w in lost}
    assert told == {
        *((town, end) for town in ("North", "Mill") for end in ("capital", "coast")),
        ("Fork", "capital"),
        ("Fork", "coast"),
        ("Fork", "crossing"),
        ("South", "coast"),
        ("South", "crossing"),
        ("Port", "capital"),
        ("Port", "crossing"),
    }
    assert all([s.place.name for s in w.by] == ["Fork"] for w in lost)


def test_what_is_not_known_bars_no_way() -> None:
    assert NETWORK.lost_ways(held(north=ARMY), held(north=ARMY)) == ()
    assert NETWORK.lost_ways([], held(north=ARMY, south=ARMY)) == ()


def test_a_way_round_is_a_way() -> None:
    ring = RoadTable(
        roads=(*TABLE.roads, Road(id="C", name="ring", country="SY", stops=(MILL, PORT, SOUTH))), ends=TABLE.ends
    )
    network = RoadNetwork(table=ring, same_side=same_side)
    after = held(north=ARMY, mill=ARMY, fork=REBELS, south=ARMY, port=ARMY)
    assert {w.town.name for w in network.lost_ways(ALL_ARMY, after)} == {"Fork"}


def test_lines_are_schematic_and_carry_the_claims_that_cut_them() -> None:
    states = held(north=ARMY, mill=REBELS, fork=ARMY)
    features = road_features(TABLE, states, NETWORK.cuts([], states))
    assert [f["properties"]["cut_for"] for f in features] == [[ARMY], [ARMY], [], []]
    assert all(f["properties"]["schematic"] for f in features)
    assert features[0]["geometry"] == {"type": "LineString", "coordinates": [[37, 36], [38, 36]]}
    assert features[0]["properties"]["claims"] == [f"claim mill {REBELS}"]


ROADS = Path(APP.settings.data / "roads.yaml")


def test_every_stop_is_in_the_gazetteer_by_its_name_and_lies_in_the_roads_country() -> None:
    table = load_roads(ROADS, APP.gazetteer)
    assert {r.country for r in table.roads} == {"SY", "UA", "SD", "CD", "MM", "ML", "BF", "NE"}
    assert {"M4", "M5"} <= {r.id for r in table.roads}
    assert len({r.id for r in table.roads}) == len(table.roads)
    assert [s.name for r in table.roads for s in r.stops if s.country != r.country] == []


def test_the_m5_runs_from_aleppo_by_saraqib_hama_and_homs_to_damascus() -> None:
    m5 = next(r for r in APP.roads.roads if r.id == "M5")
    course = [name for name in (s.name for s in m5.stops) if name in ("Aleppo", "Saraqib", "Hama", "Homs", "Damascus")]
    assert course == ["Aleppo", "Saraqib", "Hama", "Homs", "Damascus"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stops": ["gn:170063 Aleppo", "gn:1 Nowhere"]}, "no such key"),
        ({"stops": ["gn:170063 Aleppo", "gn:170654 Homs"]}, "does not call"),
        ({"stops": ["gn:170063 Aleppo"]}, "fewer than two"),
        ({"stops": None}, "roads.yaml"),
    ],
)
def test_a_table_that_breaks_its_shape_is_refused_in_words(tmp_path: Path, change, said) -> None:
    road = {"id": "X", "country": "SY", "name": "X", "stops": ["gn:170063 Aleppo", "gn:170654 Damascus"], **change}
    file = tmp_path / "roads.yaml"
    file.write_text(yaml.safe_dump({"roads": [road], "ends": {"SY": {"capital": ["gn:170654 Damascus"]}}}))
    with pytest.raises(DataError, match=said):
        load_roads(file, APP.gazetteer)
