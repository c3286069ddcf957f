"""Episodes: places taken one by one stay events of their own under one campaign of one side."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from made_events import an_event

from warledger.adapters.tables.corroborate import load_weights
from warledger.corroborate.episodes import episodes
from warledger.domain.codes import EventType, Grade
from warledger.domain.episode import Episode
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval

HTS, ARMY = "Hayat Tahrir al-Sham", "Military Forces of Syria"
TAKEN, REGAINED = EventType.NONSTATE_TAKES_TERRITORY, EventType.GOVERNMENT_REGAINS_TERRITORY
SPOTS = {
    "Aleppo": (36.20, 37.16),
    "Saraqib": (35.86, 36.80),
    "Khan Shaykhun": (35.44, 36.65),
    "Hama": (35.13, 36.75),
    "Deir ez-Zor": (35.34, 40.14),
    "Syria": (35.0, 38.0),
}


def event(
    name: str, where: str, day: int, kind: EventType = TAKEN, by: tuple[str, ...] = (HTS,), coarse: bool = False
) -> Event:
    latitude, longitude = SPOTS[where]
    entry = GazetteerEntry(
        key=f"t:{where}", geonames_id=None, name=where, latitude=latitude, longitude=longitude, feature_code="PPL",
        country="SY",
    )  # fmt: skip
    precision = PlacePrecision.COUNTRY if coarse else PlacePrecision.EXACT
    place = Place(name=where, entry=entry, precision=precision)
    return an_event(id=name, type=kind, day=date(2024, 11, day), killed=None, place=place, initiator=by)


def found(*events: Event) -> tuple[Episode, ...]:
    return episodes(events, load_weights())


SARAQIB, KHAN, HAMA = event("e1", "Saraqib", 20), event("e2", "Khan Shaykhun", 22), event("e3", "Hama", 25)


def test_towns_taken_one_after_another_down_a_road_are_one_episode_of_three_events() -> None:
    (episode,) = found(HAMA, SARAQIB, KHAN)
    assert episode.event_ids == ("e1", "e2", "e3")
    assert [place.name for place in episode.places] == ["Saraqib", "Khan Shaykhun", "Hama"]
    assert (episode.side, episode.start, episode.end) == ((HTS,), date(2024, 11, 20), date(2024, 11, 25))


def test_the_other_sides_gains_nearby_are_an_episode_of_their_own_or_none() -> None:
    back = event("e4", "Khan Shaykhun", 23, REGAINED, (ARMY,))
    assert [e.event_ids for e in found(SARAQIB, KHAN, back)] == [("e1", "e2")]


def test_a_far_front_and_a_later_month_stay_out() -> None:
    far, late = event("e5", "Deir ez-Zor", 21), evolve(event("e6", "Saraqib", 30), when=Interval.day(date(2024, 12, 9)))
    assert [e.event_ids for e in found(SARAQIB, KHAN, far, late)] == [("e1", "e2")]


def test_an_offensive_joins_the_places_it_took_but_alone_takes_none() -> None:
    push = event("e7", "Saraqib", 19, EventType.OFFENSIVE)
    assert [e.event_ids for e in found(push, SARAQIB)] == [("e7", "e1")]
    assert found(push, event("e8", "Saraqib", 20, EventType.OFFENSIVE)) == ()


def test_two_clashes_do_not_join_two_campaigns() -> None:
    clashes = [event(f"e{n}", "Saraqib", n, EventType.ARMED_CLASH) for n in (11, 13, 15, 17)]
    early = event("e09", "Saraqib", 9)
    assert sorted(e.event_ids for e in found(early, *clashes, SARAQIB)) == [("e09", "e11"), ("e17", "e1")]


def test_a_claim_that_names_no_more_than_the_country_joins_nothing() -> None:
    assert found(SARAQIB, event("e9", "Syria", 21, coarse=True)) == ()


def test_discounted_events_and_events_without_a_doer_are_passed_over() -> None:
    assert found(SARAQIB, evolve(KHAN, grade=Grade.DISCOUNTED)) == ()
    assert found(SARAQIB, evolve(KHAN, initiator=())) == ()


@given(st.permutations([SARAQIB, KHAN, HAMA, event("e4", "Hama", 26, REGAINED, (ARMY,))]))
def test_the_order_of_events_does_not_change_episodes(events: list[Event]) -> None:
    assert found(*events) == found(SARAQIB, KHAN, HAMA)
