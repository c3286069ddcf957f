"""The read room's door: what one reader found corrects another, before anything is coded."""

from datetime import date

import pytest

from warledger.app import App, build
from warledger.coding.precedents import find_precedents, without_their_times
from warledger.domain.mention import Reading
from warledger.domain.report import Report
from warledger.settings import Settings


@pytest.fixture(scope="module")
def app() -> App:
    return build(Settings())


def read(text: str, app: App) -> Reading:
    report = Report(id="r", published=date(2021, 9, 10), text=text, sha256="", publisher=None, language="en")
    return app.read(report)


def test_words_of_a_groups_name_are_no_town(app: App) -> None:
    found = read("Fighters of Hayat Tahrir al-Sham reached Idlib on Tuesday.", app)
    assert {m.span.text for m in found.toponyms} == {"Idlib"}


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("Air strikes hit militants in Puntland, in Somalia, on Sunday.", "Puntland"),
        ("A ceasefire in Nagorno-Karabakh between Armenia and Azerbaijan took effect.", "Nagorno-Karabakh"),
        ("Russia moved troops into Abkhazia from Georgia.", "Abkhazia"),
    ],
)
def test_a_land_that_bears_the_name_of_its_rulers_is_a_place(app: App, text: str, land: str) -> None:
    assert land in [t.name for t in read(text, app).toponyms]


def test_a_town_that_speaks_for_its_forces_stays_a_place(app: App) -> None:
    found = read("Kyiv's army held the bridge at Izyum.", app)
    assert {"Kyiv", "Izyum"} <= {m.span.text for m in found.toponyms}


def test_the_year_of_a_precedent_dates_nothing(app: App) -> None:
    found = read("On Monday jets bombed Hajjah for the first time since 2015.", app)
    claimed = find_precedents(found.sentences[0], app.precedents, language="en", times=found.times)
    assert [p.since for _, p in claimed] == ["2015"]
    assert [t.span.text for t in without_their_times(claimed, found).times] == ["Monday"]


def precedents_in(text: str, app: App, language: str = "en") -> list[tuple[str, str | None]]:
    report = Report(id="r", published=date(2021, 9, 10), text=text, sha256="", publisher=None, language=language)
    found = app.read(report)
    claimed = find_precedents(found.sentences[0], app.precedents, language=language, times=found.times)
    return [(str(p.rank), p.since) for _, p in claimed]


def test_a_precedent_counts_from_the_time_beside_its_opening_word(app: App) -> None:
    near = "It was the heaviest raid on the port since 2018, a harbour worker said on Monday."
    far = (
        "It is the largest attack of this kind that the harbour workers and their families can recall, begun on 6 July."
    )
    assert precedents_in(near, app) == [("largest", "2018")]
    assert precedents_in(far, app) == [("largest", None)]


def test_the_largest_town_is_no_precedent(app: App) -> None:
    assert precedents_in("Колонна вошла в крупнейший город провинции.", app, "ru") == []
    assert precedents_in("Это крупнейшая атака на порт с 2018 года.", app, "ru") == [("largest", "2018")]
