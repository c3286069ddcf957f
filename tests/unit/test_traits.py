"""Traits tell the network what no word shows: whose forces, in which country, on which day."""

from datetime import date

import numpy as np

from warledger.coding.candidates import same_and_other_side
from warledger.coding.traits import TRAITS, actor_traits, place_traits, sides_of, time_traits
from warledger.domain.actor import Actor, ActorKind
from warledger.domain.mention import TimeMention, ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import Array

PUBLISHED = date(2023, 4, 20)
ARMY, STATE, RIVALS = "Military Forces of Sudan", "Government of Sudan", "Rapid Support Forces"
TABLE = {
    ARMY: Actor(name=ARMY, kind=ActorKind.MILITARY, country="SD", side="state"),
    STATE: Actor(name=STATE, kind=ActorKind.GOVERNMENT, country="SD", side="state"),
    RIVALS: Actor(name=RIVALS, kind=ActorKind.ARMED_GROUP, country="SD", side="nonstate"),
    "Government of Chad": Actor(name="Government of Chad", kind=ActorKind.GOVERNMENT, country="TD", side="state"),
}


def column(traits: Array, name: str, trait: str) -> list[float]:
    return traits[:, TRAITS[name].index(trait)].tolist()


def entry(key: str, name: str, code: str, **kept: object) -> GazetteerEntry:
    admin1 = kept.get("admin1")
    return GazetteerEntry(
        key=key,
        geonames_id=None,
        name=name,
        latitude=13.6,
        longitude=25.3,
        feature_code=code,
        country=str(kept.get("country", "SD")),
        admin1=str(admin1) if admin1 else None,
    )


def place(at: GazetteerEntry, start: int) -> ToponymMention:
    span = Span(start=start, end=start + len(at.name), text=at.name)
    return ToponymMention(span=span, name=at.name, entry=at, precision=PlacePrecision.EXACT, rule="test")


def test_actor_traits_tell_forces_from_groups_and_home_from_abroad() -> None:
    names = [ARMY, RIVALS, "Government of Chad", "Civilians (Sudan)", "Committee of Elders"]
    traits = actor_traits(names, ["name"] * 3 + ["people", "unknown"], "SD", TABLE)
    assert column(traits, "actors", f"kind {ActorKind.MILITARY}") == [1, 0, 0, 0, 0]
    assert column(traits, "actors", "of the report's country") == [1, 1, 0, 1, 0]
    assert column(traits, "actors", "of another country") == [0, 0, 1, 0, 0]
    assert column(traits, "actors", "people harmed") == [0, 0, 0, 1, 0]
    assert column(traits, "actors", "in no table") == [0, 0, 0, 1, 1]


def test_enemies_stand_on_opposed_sides_and_a_state_with_its_forces() -> None:
    sides = sides_of([ARMY, STATE, RIVALS, "Rebels (Chad)", "Civilians (Sudan)", "Reuters"], TABLE)
    same, other = same_and_other_side(sides)
    assert same[0].tolist() == [0, 1, 0, 0, 0, 0]
    assert other[0].tolist() == [0, 0, 1, 1, 0, 0]
    assert same[2].tolist() == [0, 0, 0, 1, 0, 0]
    assert not same[4].any() and not other[4].any() and not same[5].any()


def test_a_town_lies_in_the_division_that_its_sentence_names() -> None:
    division, town = entry("d", "North Darfur", "ADM1"), entry("t", "El Fasher", "PPLA", admin1="North Darfur")
    far = entry("f", "Abeche", "PPLA", country="TD")
    mentions = [place(town, 0), place(division, 13), place(far, 40)]
    traits = place_traits(mentions, [0, 0, 1], "SD")
    assert column(traits, "places", "lies in another of the sentence") == [1, 0, 0]
    assert column(traits, "places", "holds another of the sentence") == [0, 1, 0]
    assert column(traits, "places", "in another country") == [0, 0, 1]
    assert column(place_traits(mentions, [0, 1, 2], "SD"), "places", "lies in another of the sentence") == [0, 0, 0]


def test_a_second_reading_of_the_same_words_is_marked() -> None:
    town, division = entry("t", "Kassala", "PPLA"), entry("d", "Kassala", "ADM1")
    traits = place_traits([place(town, 5), place(division, 5)], [0, 0], "SD")
    assert column(traits, "places", "a further reading of its words") == [0, 1]


def test_time_traits_count_from_the_day_of_publication() -> None:
    days = [PUBLISHED, date(2023, 4, 19), date(2023, 4, 15), date(2021, 10, 25), date(2023, 5, 1)]
    mentions = [
        TimeMention(span=Span(start=i, end=i + 1, text="x"), interval=Interval.day(d), value="", role="point", rule="r")
        for i, d in enumerate(days)
    ]
    traits = time_traits(mentions, PUBLISHED)
    assert column(traits, "times", "day of publication") == [1, 0, 0, 0, 0]
    assert column(traits, "times", "day before") == [0, 1, 0, 0, 0]
    assert column(traits, "times", "within a week") == [1, 1, 1, 0, 0]
    assert column(traits, "times", "over a year ago") == [0, 0, 0, 1, 0]
    assert column(traits, "times", "to come") == [0, 0, 0, 0, 1]
    assert traits.dtype == np.float32
