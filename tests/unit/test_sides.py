from datetime import date

from warledger.coding.sides import as_forces, as_groups, as_locals, of_one_side, settle_gain
from warledger.domain.actor import Actor, ActorKind, DatedRelation
from warledger.domain.codes import EventType

ACTORS = {
    "Military Forces of Syria": Actor(
        name="Military Forces of Syria", kind=ActorKind.MILITARY, country="SY", side="state"
    ),
    "Government of Syria": Actor(name="Government of Syria", kind=ActorKind.GOVERNMENT, country="SY", side="state"),
    "Hayat Tahrir al-Sham": Actor(
        name="Hayat Tahrir al-Sham", kind=ActorKind.ARMED_GROUP, country="SY", side="nonstate"
    ),
}
TAKES, REGAINS = EventType.NONSTATE_TAKES_TERRITORY, EventType.GOVERNMENT_REGAINS_TERRITORY


def test_the_states_own_army_regains_what_it_takes() -> None:
    assert settle_gain(TAKES, ["Military Forces of Syria"], [], "SY", ACTORS) == REGAINS


def test_an_army_abroad_is_left_as_coded() -> None:
    assert settle_gain(TAKES, ["Military Forces of Syria"], [], "LB", ACTORS) == TAKES


def test_a_rebel_group_regains_nothing_for_the_government() -> None:
    assert settle_gain(REGAINS, ["Hayat Tahrir al-Sham"], [], "SY", ACTORS) == TAKES


def test_a_place_that_the_states_army_loses_is_anothers_gain_where_nobody_is_said_to_take_it() -> None:
    assert settle_gain(REGAINS, [], ["Military Forces of Syria"], "SY", ACTORS) == TAKES
    assert settle_gain(TAKES, [], ["Hayat Tahrir al-Sham"], "SY", ACTORS) == TAKES


def test_who_stands_on_the_states_side_regains_for_it() -> None:
    militia = Actor(name="National Defence Forces", kind=ActorKind.ARMED_GROUP, country="SY", side="state")
    actors = {**ACTORS, militia.name: militia}
    assert settle_gain(TAKES, [militia.name], ["Hayat Tahrir al-Sham"], "SY", actors) == REGAINS


def test_what_is_no_gain_or_has_no_known_doer_is_left() -> None:
    assert settle_gain(EventType.AIR_STRIKE, ["Military Forces of Syria"], [], "SY", ACTORS) == EventType.AIR_STRIKE
    assert settle_gain(REGAINS, ["A band nobody knows"], [], "SY", ACTORS) == REGAINS
    assert settle_gain(REGAINS, [], [], "SY", ACTORS) == REGAINS


def test_a_state_that_bombs_does_it_by_its_forces() -> None:
    assert as_forces(EventType.AIR_STRIKE, ["Government of Syria"], ACTORS) == ("Military Forces of Syria",)
    assert as_forces("control", ["Government of Syria"], ACTORS) == ("Military Forces of Syria",)


def test_a_state_that_talks_stays_its_government() -> None:
    assert as_forces(EventType.TALKS, ["Government of Syria"], ACTORS) == ("Government of Syria",)
    assert as_forces(EventType.AIR_STRIKE, ["Hayat Tahrir al-Sham"], ACTORS) == ("Hayat Tahrir al-Sham",)


def test_people_harmed_somewhere_are_civilians_of_that_country() -> None:
    assert as_locals(["Civilians (Russia)"], "SY", ACTORS) == ("Civilians (Syria)",)
    assert as_locals(["Civilians (Russia)"], None, ACTORS) == ("Civilians (Russia)",)
    assert as_locals(["Journalists"], "SY", ACTORS) == ("Journalists",)


def test_the_state_holds_no_place_together_with_those_who_fight_it() -> None:
    army, group = "Military Forces of Syria", "Hayat Tahrir al-Sham"
    assert of_one_side([army, group], "SY", ACTORS) == (army,)
    assert of_one_side([group, army], "SY", ACTORS) == (group,)
    assert of_one_side([army, "A band nobody knows"], "SY", ACTORS) == (army, "A band nobody knows")
    assert of_one_side([army, group], "TR", ACTORS) == (army, group)
    assert of_one_side([], "SY", ACTORS) == ()


def test_a_leader_speaks_for_his_group_while_he_leads_it() -> None:
    led = DatedRelation(
        predicate="controls_group", object="Wagner Group", start=date(2014, 1, 1), end=date(2023, 12, 31)
    )
    backed = DatedRelation(predicate="supports", object="Hayat Tahrir al-Sham")
    man = Actor(name="Yevgeny Prigozhin", kind=ActorKind.PERSON, relations=(backed, led))
    actors = {**ACTORS, man.name: man}
    assert as_groups([man.name, "Wagner Group", "Reuters"], date(2023, 5, 20), actors) == ("Wagner Group", "Reuters")
    assert as_groups([man.name], date(2012, 5, 20), actors) == (man.name,)
