"""Schema of the tables of the corroborate room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from warledger.adapters.tables.corroborate import FOLDER, load_affiliations, load_sides, load_weights
from warledger.adapters.tables.relations import load_memberships
from warledger.corroborate.surroundings import groups_of
from warledger.domain.actor import DatedRelation
from warledger.domain.codes import EventType
from warledger.domain.errors import DataError

SIGNS = {
    "same_type": 1,
    "same_place": 1,
    "initiator_shared": 1,
    "days_agree": 1,
    "words_shared": 1,
    "figures_agree": 1,
    "place_apart": -1,
    "initiator_differs": -1,
    "target_differs": -1,
    "days_between": -1,
    "figures_differ": -1,
    "listed": -1,
}

DATA = FOLDER.parent


def test_weights_have_the_signs_that_their_names_promise() -> None:
    weights = load_weights().evidence
    assert {name: weights[name] * sign > 0 for name, sign in SIGNS.items()} == dict.fromkeys(SIGNS, True)


def test_distances_grow_from_settlement_to_country() -> None:
    w = load_weights()
    assert 0 < w.same_km < w.apart_km < w.region_km < w.country_km


def test_protests_are_no_kin_of_battles() -> None:
    kin = load_weights().kin
    assert frozenset({EventType.PROTEST, EventType.ARMED_CLASH}) not in kin
    assert all(len(pair) == 2 for pair in kin)


def test_an_unknown_type_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "weights.yaml"
    broken.write_text((FOLDER / "weights.yaml").read_text(encoding="utf-8").replace("shelling", "bombing"), "utf-8")
    with pytest.raises(DataError, match="bombing"):
        load_weights(broken)


def test_state_media_speak_for_one_actor_each() -> None:
    table = yaml.safe_load((FOLDER / "affiliations.yaml").read_text(encoding="utf-8"))
    names = [name.casefold() for outlets in table["state_media"].values() for name in outlets]
    assert len(names) == len(set(names))


def test_every_name_of_an_agency_leads_to_its_canonical_name() -> None:
    agencies = load_affiliations().agencies
    assert agencies["afp"] == agencies["agence france-presse"] == "Agence France-Presse"
    assert set(agencies.values()) == {agencies[name.casefold()] for name in agencies.values()}


def test_no_group_stands_above_itself() -> None:
    sides = load_sides(members=load_memberships(DATA))
    groups = groups_of(sides)
    years = [date(year, 7, 1) for year in range(2011, 2027)]
    assert [(name, day) for name in sides for day in years if name in groups(name, day)] == []


def test_members_that_the_actor_table_tells_stand_below_their_alliance() -> None:
    groups = groups_of(load_sides(members=load_memberships(DATA)))
    assert {"Syrian National Army", "Syrian opposition"} <= set(groups("Hamza Division", date(2020, 3, 1)))
    assert "Three Brotherhood Alliance" in groups("Arakan Army", date(2024, 1, 1))
    assert "United Nations" not in groups("UNICEF", date(2024, 1, 1))


def test_a_membership_counts_in_its_years_alone() -> None:
    groups = groups_of(load_sides(members=load_memberships(DATA)))
    assert "Jaysh al-Fatah" in groups("Ahrar al-Sham", date(2015, 3, 28))
    assert "Jaysh al-Fatah" not in groups("Ahrar al-Sham", date(2024, 11, 29))
    assert "Al-Qaeda" in groups("Jabhat al-Nusra", date(2014, 6, 1))
    assert "Military Operations Command" not in groups("Hayat Tahrir al-Sham", date(2019, 6, 1))


def test_a_group_is_found_under_the_name_of_the_one_whose_place_it_took() -> None:
    groups = groups_of(load_sides(members=load_memberships(DATA)))
    assert "Jabhat al-Nusra" in groups("Hayat Tahrir al-Sham", date(2024, 11, 29))


def test_no_pair_is_told_both_as_a_side_and_as_a_membership() -> None:
    above = {member: {r.object for r in relations} for member, relations in load_memberships(DATA).items()}
    twice = [(m, r.object) for m, sides in load_sides().items() for r in sides if r.object in above.get(m, ())]
    assert twice == []


def test_alliances_are_followed_all_the_way_up() -> None:
    def within(group: str, **years: date) -> tuple[DatedRelation, ...]:
        return (DatedRelation(predicate="part_of", object=group, **years),)

    groups = groups_of({"Brigade": within("Front"), "Front": within("Opposition", end=date(2016, 12, 31))})
    assert groups("Brigade", date(2016, 12, 31)) == ("Front", "Opposition")
    assert groups("Brigade", date(2017, 1, 1)) == ("Front",)
    assert groups("Nobody", date(2017, 1, 1)) == ()
