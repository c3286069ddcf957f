"""Other readings of times: sentences of our own, published on Saturday 30 November 2024 unless said."""

from datetime import date

import pytest

from warledger.adapters.tables.dates import load_dates
from warledger.coding.traits import READINGS
from warledger.domain.mention import TimeMention
from warledger.read.dates import REPEATS, find_times
from warledger.read.time_alternatives import RULES as ALTERNATIVES
from warledger.read.time_windows import RULES as WINDOWS

CUES = load_dates()
SATURDAY = date(2024, 11, 30)


def times(text: str, published: date = SATURDAY, language: str = "en") -> tuple[TimeMention, ...]:
    return find_times(text, published, language, CUES)


def readings(text: str, published: date = SATURDAY, language: str = "en") -> set[str]:
    found = times(text, published, language)
    return {f"{m.interval.start}..{m.interval.end}" for m in found if m.interval is not None}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Shells have hit the mill since Nov. 27.", {"2024-11-27..2024-11-30", "2024-11-27..2024-11-27"}),
        ("The bridge was lost by November 12.", {"None..2024-11-12", "2024-11-12..2024-11-12"}),
        ("Families moved from 20 November.", {"2024-11-20..2024-11-30"}),
        ("The crossing opens from December 9.", {"2024-12-09..None"}),
        ("Ferries carry the wounded until Tuesday.", {"2024-11-30..2024-12-03"}),
        ("Raids grew in November.", {"2024-11-01..2024-11-30"}),
        ("The post fell in mid-October.", {"2024-10-15..2024-10-15", "2024-10-10..2024-10-20"}),
        ("The post fell at the end of October.", {"2024-10-25..2024-10-31", "2024-10-21..2024-10-31"}),
        ("The envoys left at the end of 2022.", {"2022-12-01..2022-12-31"}),
    ],
)
def test_words_of_one_time_are_read_in_every_way_they_allow(text: str, want: set[str]) -> None:
    assert want <= readings(text)


def test_last_december_may_be_the_one_just_past() -> None:
    found = readings("The group joined the truce last December.", date(2017, 1, 26))
    assert {"2016-12-01..2016-12-31", "2015-12-01..2015-12-31"} <= found


def test_the_weekend_of_a_weekday_may_be_the_last_or_the_coming_one() -> None:
    found = readings("The march is this weekend.", date(2024, 11, 27))
    assert {"2024-11-23..2024-11-24", "2024-11-30..2024-12-01"} <= found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The town fell after four days of fighting.", {"2024-11-26..2024-11-30", "2024-11-27..2024-11-30"}),
        ("The army fled on Wednesday after two weeks of siege.", {"2024-11-13..2024-11-27"}),
        ("Eighteen months of siege have starved the town.", {"2023-05-30..2024-11-30", "2023-05-01..2024-11-30"}),
        ("The war, 10 months old, drags on.", {"2024-01-01..2024-11-30"}),
        ("It was the third day of shelling.", {"2024-11-28..2024-11-30"}),
        ("The camp is still under fire.", {"2024-11-30..2024-11-30"}),
        ("Rebels struck on Monday. Three villages have burned since.", {"2024-11-25..2024-11-30"}),
        ("Rebels struck on Monday. Since that raid, three villages have burned.", {"2024-11-25..2024-11-30"}),
        ("Since May 3, 200 have died, the ministry said on Thursday.", {"2024-05-03..2024-11-28"}),
        ("The ministry said on Thursday that nine guards had died.", {"None..2024-11-28"}),
        ("It began on Monday and went on into Wednesday.", {"2024-11-25..2024-11-27"}),
        ("Two huts burned on Thursday. During the night the raiders left.", {"2024-11-27..2024-11-28"}),
        ("A head was found a few days ago.", {"2024-11-25..2024-11-29"}),
        ("In recent weeks the offensive gathered pace.", {"2024-10-31..2024-11-30"}),
        ("A day after the vote of 14 November the mayor fled.", {"2024-11-15..2024-11-15"}),
        ("Earlier in the week a reactor was hit.", {"2024-11-25..2024-11-30"}),
    ],
)
def test_times_told_together_are_read_together(text: str, want: set[str]) -> None:
    assert want <= readings(text)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("fr", "Le village est toujours encerclé.", "2024-11-30..2024-11-30"),
        ("fr", "Le ministère a annoncé jeudi la mort de neuf gardes.", "None..2024-11-28"),
        ("fr", "Une opération a depuis été lancée après le raid de lundi.", "2024-11-25..2024-11-30"),
        ("es", "El pueblo sigue bajo fuego.", "2024-11-30..2024-11-30"),
        ("es", "El ministerio informó el jueves de nueve muertos.", "None..2024-11-28"),
        ("ru", "Обстрел продолжается.", "2024-11-30..2024-11-30"),
        ("ru", "В четверг штаб сообщил о гибели девяти солдат.", "None..2024-11-28"),
        ("uk", "Від початку доби відбито п'ять атак.", "2024-11-30..2024-11-30"),
        ("uk", "У четвер штаб повідомив про загибель дев'яти солдатів.", "None..2024-11-28"),
        ("ar", "لا تزال الاشتباكات جارية قرب الجسر.", "2024-11-30..2024-11-30"),
        ("ar", "أعلنت الوزارة يوم الخميس مقتل تسعة حراس.", "None..2024-11-28"),
        ("tr", "Çatışmalar sürüyor.", "2024-11-30..2024-11-30"),
        ("tr", "Bakanlık perşembe günü dokuz kişinin öldüğünü açıkladı.", "None..2024-11-28"),
    ],
)
def test_every_language_tells_the_day_of_publication_and_of_saying(language: str, text: str, want: str) -> None:
    assert want in readings(text, language=language)


def test_a_day_without_a_saying_dates_only_itself() -> None:
    assert readings("The ridge fell on Wednesday.") == {"2024-11-27..2024-11-27"}


def test_a_boy_of_ten_years_opens_no_window() -> None:
    assert readings("A ten-year-old boy was wounded.") == set()


def test_a_reading_has_words_of_its_text_and_is_given_once() -> None:
    text = "Since May 3, 200 have died, the ministry said on Thursday; the town is still held after two weeks of siege."
    found = times(text)
    rows = [(m.span.start, m.span.end, m.interval.start, m.interval.end, m.rule) for m in found if m.interval]
    assert len(rows) == len(set(rows))
    assert all(text[m.span.start : m.span.end] == m.span.text for m in found)


def test_other_readings_are_no_times_of_the_benchmark() -> None:
    assert ALTERNATIVES | WINDOWS <= REPEATS
    assert READINGS <= ALTERNATIVES | WINDOWS
