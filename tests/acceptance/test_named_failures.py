"""What machine coding of war is distrusted for, one by one, in sentences of our own: each must come out right.

Each report is coded by the shipped model. What a sentence must give is asserted of its own claims alone, so that a test
says nothing of what else the report holds.
"""

from __future__ import annotations

from datetime import date

import pytest

from warledger.app import build
from warledger.domain.claim import Claim, ControlClaim, EventClaim, StatementClaim, TollClaim
from warledger.domain.codes import EventType, Modality
from warledger.domain.place import PlacePrecision
from warledger.domain.report import Report
from warledger.settings import Settings

APP = build(Settings())
FRIDAY = date(2024, 5, 10)


def code(text: str, published: date = FRIDAY) -> tuple[Claim, ...]:
    report = Report(id="r", published=published, text=text, sha256="", publisher="Gazette", language="en")
    [claims] = APP.code([APP.read(report)])
    return claims


def events(claims: tuple[Claim, ...], *words: str) -> list[EventClaim]:
    """Event claims whose quote holds one of the words."""
    return [c for c in claims if isinstance(c, EventClaim) and any(w in q.text for q in c.quotes for w in words)]


REAL = {Modality.ASSERTED}


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        (
            "Government troops will attack Kupiansk next week, the defence ministry said in Kyiv.",
            "attack",
            Modality.PLANNED,
        ),
        ("Fighters plan to attack the town of Menagh, a commander said.", "attack", Modality.PLANNED),
        ("The army has not entered Bara, residents of the town said on Thursday.", "entered", Modality.NEGATED),
        ("There were no clashes in Homs on Thursday, residents said.", "clashes", Modality.NEGATED),
        ("Damascus denied that its aircraft had bombed the hospital in Ariha.", "bombed", Modality.DENIED),
        ("The rebels may attack Homs, a general warned on Thursday.", "attack", Modality.POSSIBLE),
        ("Gunmen reportedly killed nine villagers near Djibo on Wednesday.", "killed", Modality.ALLEGED),
    ],
)
def test_acts_planned_denied_doubted_or_undone_are_not_taken_for_facts(
    text: str, word: str, modality: Modality
) -> None:
    found = events(code(text), word)
    assert found and {c.modality for c in found} == {modality}


def test_a_denied_capture_gives_nobody_the_town() -> None:
    claims = code("The Syrian army denied on Thursday that rebels had captured Hama.")
    held = [c for c in claims if isinstance(c, ControlClaim)]
    assert all(c.modality is Modality.DENIED for c in held)


def test_the_day_of_the_event_is_not_that_of_the_report() -> None:
    [hit, *_] = events(code("Shells hit a market in Omdurman on 3 May, killing eight people, medics said."), "Shells")
    assert (hit.when.start, hit.when.end) == (date(2024, 5, 3), date(2024, 5, 3))


def test_background_keeps_its_own_year() -> None:
    claims = code("Warplanes bombed Aleppo on Thursday. The army had retaken the city from the rebels in 2016.")
    [past, *_] = events(claims, "retaken")
    assert past.when.start is not None and past.when.start.year == 2016


def test_a_weekday_is_resolved_backwards_and_today_is_today() -> None:
    claims = code("Shelling killed two people in Nikopol on Monday. On Friday drones hit a depot in Odesa.")
    [monday, *_], [friday, *_] = events(claims, "Nikopol"), events(claims, "Odesa")
    assert (monday.when.start, friday.when.start) == (date(2024, 5, 6), FRIDAY)


def test_durations_and_ages_date_nothing() -> None:
    claims = code("After three days of fighting the Rapid Support Forces seized El Geneina. A man aged 24 was killed.")
    [seized, *_] = events(claims, "seized")
    assert seized.when.start is None and seized.when.end == FRIDAY


def test_the_town_of_the_dateline_is_not_where_it_happened() -> None:
    [raid, *_] = events(code("BEIRUT - Warplanes bombed the town of Saraqib on Thursday, rescuers said."), "bombed")
    assert raid.place is not None and raid.place.name == "Saraqib"


def test_a_people_is_not_a_place() -> None:
    [raid, *_] = events(code("Russian warplanes bombed the outskirts of Idlib on Thursday, killing four."), "bombed")
    assert raid.place is not None and "Idlib" in raid.place.name
    assert raid.initiator == ("Military Forces of Russia",)


def test_a_word_at_the_head_of_a_sentence_is_no_town() -> None:
    claims = code("Artillery shelled the northern countryside of Hama on Wednesday.")
    shelled = events(claims, "shelled")
    assert shelled and all(c.place is not None and "Hama" in c.place.name for c in shelled)


def test_who_reports_is_not_who_did_it() -> None:
    text = "The Syrian Observatory for Human Rights said government forces shelled Ariha on Wednesday."
    [shelled, *_] = events(code(text), "shelled")
    assert shelled.attribution == ("Syrian Observatory for Human Rights",)
    assert shelled.initiator == ("Military Forces of Syria",)


def test_the_agent_behind_by_is_the_attacker_and_the_subject_suffers() -> None:
    text = "Five policemen were killed by gunmen of Boko Haram in Maiduguri on Tuesday, the governor said."
    [killed, *_] = events(code(text), "killed")
    assert killed.initiator == ("Boko Haram",)
    assert killed.target == ("Police Forces of Nigeria",)


def test_an_enumeration_of_places_taken_is_one_claim_a_place() -> None:
    text = "Rebels captured Saraqib, Khan Shaykhun and Maarat al-Numan on Thursday, activists said."
    taken = [c.place.name for c in events(code(text), "captured") if c.place is not None]
    assert sorted(taken) == ["Khan Shaykhun", "Maarat al-Numan", "Saraqib"]


def test_one_road_is_one_place() -> None:
    text = "A bomb went off on the road between Gao and Ansongo on Tuesday, killing two soldiers."
    found = events(code(text), "bomb")
    assert len({c.place.name for c in found if c.place is not None}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The capture of Manbij by the Syrian Democratic Forces on Wednesday cut the road to Aleppo.",
        "Manbij fell to the Syrian Democratic Forces on Wednesday.",
        "The Syrian Democratic Forces took Manbij on Wednesday.",
    ],
)
def test_a_capture_in_any_words_is_an_event_and_a_change_of_control(text: str) -> None:
    claims = code(text)
    assert EventType.NONSTATE_TAKES_TERRITORY in {c.type for c in claims if isinstance(c, EventClaim)}
    [held, *_] = [c for c in claims if isinstance(c, ControlClaim)]
    assert held.holder == ("Syrian Democratic Forces",) and held.place is not None and held.place.name == "Manbij"


def test_a_capital_that_speaks_is_its_government() -> None:
    claims = code("Ankara condemned the shelling of a school in Gaza on Thursday.")
    assert [c.speaker for c in claims if isinstance(c, StatementClaim)] == [("Government of Turkey",)]


def test_a_leader_speaks_and_acts_for_his_group() -> None:
    claims = code("Mazloum Abdi said on Thursday that his fighters had captured Manbij.")
    [taken, *_] = events(claims, "captured")
    assert taken.attribution == taken.initiator == ("Syrian Democratic Forces",)


def test_an_acronym_is_the_group_that_the_report_introduced() -> None:
    text = "The Rapid Support Forces (RSF) attacked El Fasher on Monday. The RSF withdrew from the city the next day."
    [left, *_] = events(code(text), "withdrew")
    assert left.initiator == ("Rapid Support Forces",)


def test_figures_keep_their_bounds() -> None:
    text = "An air strike on a market in Togoga killed at least 30 people and wounded dozens on Thursday."
    [raid, *_] = events(code(text), "air strike")
    assert {(str(f.harm), f.min, f.max) for f in raid.figures} == {("killed", 30, None), ("wounded", 12, None)}


def test_a_heading_that_says_what_the_body_says_makes_no_second_claim() -> None:
    text = "Rebels capture Saraqib\n\nRebels captured Saraqib on Thursday after the army withdrew, activists said."
    assert (
        len([c for c in code(text) if isinstance(c, EventClaim) and c.type in (EventType.NONSTATE_TAKES_TERRITORY,)])
        == 1
    )


@pytest.mark.parametrize(
    ("text", "place", "extent"),
    [
        ("Insurgents now control most of Saraqib, the army's spokesman said on Friday.", "Saraqib", "most"),
        ("The army captured parts of Bakhmut in Ukraine on Thursday.", "Bakhmut", "part"),
        (
            "Rebels captured eight villages in Idlib province on Thursday, an observer said.",
            "Idlib province",
            "8 villages",
        ),
    ],
)
def test_a_part_of_a_place_is_not_the_whole_of_it_and_is_no_place_beside_it(text: str, place: str, extent: str) -> None:
    said = [c for c in code(text) if isinstance(c, ControlClaim) and c.place is not None]
    assert [(c.place.name, c.extent) for c in said if c.place is not None] == [(place, extent)]
    assert all(c.place is None or c.place.precision is not PlacePrecision.NEAR for c in said)


def test_the_dead_of_a_whole_war_are_not_those_of_the_town_where_the_report_begins() -> None:
    said = code(
        "Clashes broke out in Homs, Syria, on Thursday. The war has killed more than 300,000 people since 2011."
    )
    tolls = [c for c in said if isinstance(c, TollClaim)]
    assert [f.min for c in tolls for f in c.figures] == [300_000]
    assert all(c.place is None or c.place.precision is PlacePrecision.COUNTRY for c in tolls)


def test_some_of_the_dead_are_counted_beside_all_of_them() -> None:
    said = events(
        code("Shelling of a market in Homs, Syria, killed 27 people on Thursday, eight of them children."), "27"
    )
    assert {(f.min, f.of) for c in said for f in c.figures} == {(27, "total"), (8, "children")}


def test_a_day_after_another_attack_is_the_day_of_that_attack_and_not_of_what_is_told_around_it() -> None:
    claims = code(
        "On Tuesday gunmen attacked the army base near Menaka, a day after mortar fire killed three soldiers in Gao. "
        "The gunmen killed two guards at the gate of the base."
    )
    assert {c.when.start for c in events(claims, "attacked")} == {date(2024, 5, 7)}
    assert {c.when.start for c in events(claims, "mortar")} == {date(2024, 5, 6)}
    assert date(2024, 5, 6) not in {c.when.start for c in events(claims, "guards")}
