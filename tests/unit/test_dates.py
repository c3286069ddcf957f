"""Times against a publication date: sentences of our own, published on Saturday 30 November 2024 unless said."""

from datetime import date

import pytest

from warledger.adapters.tables.dates import load_dates
from warledger.domain.mention import TimeMention
from warledger.read.dates import find_times
from warledger.read.time_alternatives import RULES as ALTERNATIVES
from warledger.read.time_feasts import easter
from warledger.read.time_windows import RULES as WINDOWS

CUES = load_dates()
SATURDAY = date(2024, 11, 30)


def times(text: str, published: date = SATURDAY, language: str = "en") -> tuple[TimeMention, ...]:
    """The first readings; what else the words may mean has tests of its own."""
    others = (ALTERNATIVES | WINDOWS) - {"since began"}
    return tuple(m for m in find_times(text, published, language, CUES) if m.rule not in others)


def days(text: str, published: date = SATURDAY, language: str = "en") -> list[str]:
    found = times(text, published, language)
    return [f"{m.interval.start}..{m.interval.end}" for m in found if m.interval is not None]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The ridge fell on Wednesday.", "2024-11-27..2024-11-27"),
        ("The ridge fell on Saturday.", "2024-11-30..2024-11-30"),
        ("The ridge fell last Saturday.", "2024-11-23..2024-11-23"),
        ("Envoys will meet on Monday.", "2024-12-02..2024-12-02"),
        ("Envoys meet next Monday.", "2024-12-02..2024-12-02"),
        ("A mill burned on 5 November 2024.", "2024-11-05..2024-11-05"),
        ("A mill burned on November 5, 2024.", "2024-11-05..2024-11-05"),
        ("A mill burned on Oct. 7.", "2024-10-07..2024-10-07"),
        ("A mill burned on 2024-11-05.", "2024-11-05..2024-11-05"),
        ("They held the mill in February.", "2024-02-01..2024-02-29"),
        ("They came in early November.", "2024-11-01..2024-11-10"),
        ("They came at the end of October.", "2024-10-25..2024-10-31"),
        ("Drones came in the night of November 5 to 6.", "2024-11-05..2024-11-06"),
        ("Drones came in the night to Wednesday.", "2024-11-26..2024-11-27"),
        ("They came last October.", "2023-10-01..2023-10-31"),
        ("They came late last month.", "2024-10-21..2024-10-31"),
        ("They came in 2016.", "2016-01-01..2016-12-31"),
        ("They have held it since 2011.", "2011-01-01..2024-11-30"),
        ("Shells fell overnight.", "2024-11-29..2024-11-30"),
        ("Shells fell overnight into Friday.", "2024-11-28..2024-11-29"),
        ("Shells fell overnight on Wednesday.", "2024-11-27..2024-11-28"),
        ("Shells fell overnight on Saturday.", "2024-11-29..2024-11-30"),
        ("Shells fell this morning.", "2024-11-30..2024-11-30"),
        ("Shells fell yesterday evening.", "2024-11-29..2024-11-29"),
        ("Shells fell three days ago.", "2024-11-27..2024-11-27"),
        ("Many fled this week.", "2024-11-25..2024-11-30"),
        ("Many fled last week.", "2024-11-18..2024-11-24"),
        ("Many fled this month.", "2024-11-01..2024-11-30"),
        ("Many fled in recent days.", "None..2024-11-30"),
        ("Nine died over the past 24 hours.", "2024-11-29..2024-11-30"),
        ("Nine died since Wednesday.", "2024-11-27..2024-11-30"),
        ("Nine had died by Friday.", "None..2024-11-29"),
        ("Fighting went on from 3 to 5 November.", "2024-11-03..2024-11-05"),
        ("The group was founded in the 1990s.", "1990-01-01..1999-12-31"),
    ],
)
def test_words_of_time_become_days(text: str, want: str) -> None:
    assert days(text) == [want]


def test_a_date_without_a_year_is_the_latest_unless_it_is_near_ahead() -> None:
    assert days("A mill burned on 24 December.", date(2024, 2, 10)) == ["2023-12-24..2023-12-24"]
    assert days("Both sides meet on 9 January.", date(2024, 12, 20)) == ["2025-01-09..2025-01-09"]


def test_the_day_before_counts_from_the_day_told_last() -> None:
    assert days("The fort fell on 12 November. The day before, its road was cut.")[-1] == "2024-11-11..2024-11-11"


def test_a_range_stands_beside_its_ends() -> None:
    found = times("Between 19 January and 17 February 2020 they fled.", date(2020, 2, 18))
    assert [str(m.interval.start) + ".." + str(m.interval.end) for m in found if m.interval and m.rule == "range"] == [
        "2020-01-19..2020-02-17"
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It fell after three days of fighting.", "duration"),
        ("A nine-year-old was hurt.", "age"),
        ("Drones come every night.", "set"),
    ],
)
def test_durations_ages_and_sets_date_nothing(text: str, role: str) -> None:
    assert [(m.role, m.interval) for m in times(text)] == [(role, None)]


def test_a_day_that_no_calendar_has_is_refused() -> None:
    assert all(m.rule != "date" for m in times("The paper was dated 31 February 2024."))


def test_modal_may_is_no_month() -> None:
    assert days("They may leave. The army may stay.") == []


def test_a_language_without_a_table_gives_no_times() -> None:
    assert times("Am Montag fiel die Stadt.", language="de") == ()


def test_what_began_on_a_day_is_also_read_as_running_from_it() -> None:
    assert "2024-11-27..2024-11-30" in days("The battle that began on Wednesday has killed nine people.")


def test_since_then_runs_from_the_day_told_last() -> None:
    assert days("The fort fell on 12 November. Since then nine people have died.")[-1] == "2024-11-12..2024-11-30"


def test_the_past_week_rolls_and_last_week_is_of_the_calendar() -> None:
    assert days("Nine died over the past week.") == ["2024-11-23..2024-11-30"]


def test_the_next_day_counts_from_the_day_told_last() -> None:
    assert days("The fort fell on 12 November. The next day its road was cut.")[-1] == "2024-11-13..2024-11-13"


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("fr", "Le pont a été pris mercredi.", "2024-11-27..2024-11-27"),
        ("fr", "Le pont a été pris le 5 novembre 2024.", "2024-11-05..2024-11-05"),
        ("fr", "Ils ont fui la semaine dernière.", "2024-11-18..2024-11-24"),
        ("fr", "Il a été pris il y a trois jours.", "2024-11-27..2024-11-27"),
        ("es", "El puente cayó el pasado miércoles.", "2024-11-27..2024-11-27"),
        ("es", "El puente cayó el 5 de noviembre de 2024.", "2024-11-05..2024-11-05"),
        ("es", "Huyeron hace dos días.", "2024-11-28..2024-11-28"),
        ("es", "El puesto fue atacado esta madrugada.", "2024-11-30..2024-11-30"),
        ("ru", "Мост взяли в среду.", "2024-11-27..2024-11-27"),
        ("ru", "Мост взяли 5 ноября 2024 года.", "2024-11-05..2024-11-05"),
        ("ru", "За прошедшие сутки погибли девять человек.", "2024-11-29..2024-11-30"),
        ("uk", "Міст узяли у п’ятницю.", "2024-11-29..2024-11-29"),
        ("uk", "Міст узяли три дні тому.", "2024-11-27..2024-11-27"),
        ("ar", "سقط الجسر يوم الأربعاء الماضي.", "2024-11-27..2024-11-27"),
        ("ar", "سقط الجسر في ٥ تشرين الثاني ٢٠٢٤.", "2024-11-05..2024-11-05"),
        ("ar", "سقط الجسر في 5 نوفمبر/تشرين الثاني 2024.", "2024-11-05..2024-11-05"),
        ("ar", "سقط الجسر قبل يومين.", "2024-11-28..2024-11-28"),
        ("tr", "Köprü 5 Kasım 2024'te düştü.", "2024-11-05..2024-11-05"),
        ("tr", "Köprü iki gün önce düştü.", "2024-11-28..2024-11-28"),
        ("tr", "Geçen hafta kaçtılar.", "2024-11-18..2024-11-24"),
        ("ar", "سقط الجسر في السادس عشر من نوفمبر.", "2024-11-16..2024-11-16"),
        ("ru", "Мост взяли пятого ноября.", "2024-11-05..2024-11-05"),
        ("uk", "Міст узяли шостого листопада.", "2024-11-06..2024-11-06"),
        ("ru", "За прошлые сутки погибли девять человек.", "2024-11-29..2024-11-30"),
    ],
)
def test_every_language_reads_by_the_same_rules(language: str, text: str, want: str) -> None:
    assert days(text, language=language) == [want]


def test_what_began_in_the_middle_of_a_month_yet_to_come_does_not_run_backwards() -> None:
    found = find_times("The offensive began in mid-January, he said.", date(2019, 1, 10), "en", CUES)
    [began] = [m for m in found if m.rule == "since began"]
    assert began.interval is not None and began.interval.start == began.interval.end == date(2019, 1, 15)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They left on 7 September. The next morning the town fell.", "2024-09-08..2024-09-08"),
        ("They left on 7 September. The following night shells fell.", "2024-09-08..2024-09-08"),
        ("They left on 7 September. The previous day talks had failed.", "2024-09-06..2024-09-06"),
        ("In 2018 the band split; that March it had lost four men.", "2018-03-01..2018-03-31"),
        ("The siege began on 1 November. On the 6th the road was cut.", "2024-11-06..2024-11-06"),
        ("The road was cut on the 29th.", "2024-11-29..2024-11-29"),
        ("Water was cut for three days last week.", "2024-11-18..2024-11-24"),
        ("They struck on New Year's Day.", "2024-01-01..2024-01-01"),
        ("They struck on Christmas Eve 2021.", "2021-12-24..2021-12-24"),
    ],
)
def test_times_that_lean_on_what_was_told_before(text: str, want: str) -> None:
    assert days(text)[-1] == want


@pytest.mark.parametrize("text", ["Rockets hit the 23 vehicles.", "Fighters of the 2nd Brigade fled the 4 villages."])
def test_a_number_behind_an_article_is_no_day(text: str) -> None:
    assert days(text) == []


def values(text: str, published: date = SATURDAY) -> list[str]:
    return [m.value for m in times(text, published) if m.rule != "range"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The guns fell silent on Christmas Eve.", "2023-12-24"),
        ("The guns will fall silent by Christmas.", "2024-12-25"),
        ("They want the bridge rebuilt by year-end.", "2024-12-31"),
        ("Shops shut on Thanksgiving.", "2024-11-28"),
        ("Shops shut last Thanksgiving Day.", "2024-11-28"),
        ("A parade was shelled on Memorial Day.", "2024-05-27"),
        ("A parade was shelled on Labor Day 2019.", "2019-09-02"),
        ("A truce held over Easter.", "2024-03-31"),
        ("The bells rang on Good Friday.", "2024-03-29"),
        ("They meet next Easter Monday.", "2025-04-21"),
    ],
)
def test_feasts_are_days_also_where_they_move(text: str, want: str) -> None:
    assert values(text) == [want]


@pytest.mark.parametrize(("year", "want"), [(1818, "03-22"), (1943, "04-25"), (2000, "04-23"), (2025, "04-20")])
def test_easter_is_reckoned(year: int, want: str) -> None:
    assert easter(year).isoformat() == f"{year}-{want}"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The mill earned more in the third quarter than a year earlier.", ["2024-Q3", "2023-Q3"]),
        ("In the third quarter it sold more than a year ago. A year ago it ran.", ["2024-Q3", "2023-Q3", "2023-Q3"]),
        ("It lost money in the year-earlier third quarter.", ["2023-Q3"]),
        ("It lost money in the year-ago second quarter.", ["2023-Q2"]),
        ("The third quarter was better than the year-earlier period.", ["2024-Q3", "2023-Q3"]),
        (
            "In the third quarter, ended 30 September, it sold more than a year ago.",
            ["2024-Q3", "2024-09-30", "2023-Q3"],
        ),
        ("It had lost as much a year earlier.", ["2023"]),
        ("Exports fell over the year.", ["2024"]),
        ("Exports fell in the full year.", ["2024"]),
        ("Exports fell in the years of war.", []),
    ],
)
def test_quarters_and_years_that_reports_compare(text: str, want: list[str]) -> None:
    assert values(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Trains are to run again on Tuesday.", "2024-12-03"),
        ("Aid could reach the camp as early as Tuesday.", "2024-12-03"),
        ("Aid might reach the camp as soon as Tuesday.", "2024-12-03"),
        ("They were planning to march on Tuesday.", "2024-12-03"),
        ("He expects to publish the list in December.", "2024-12"),
        ("Wages are payable on 2 January.", "2025-01-02"),
        ("The talks had been scheduled to end on Tuesday.", "2024-11-26"),
        ("The strike went ahead as planned on Tuesday.", "2024-11-26"),
        ("Losses were higher than expected on Tuesday.", "2024-11-26"),
    ],
)
def test_a_plan_looks_ahead_unless_it_was_one_of_the_past(text: str, want: str) -> None:
    assert values(text) == [want]


def test_what_happened_previously_is_dated_by_what_was_told_not_by_the_report() -> None:
    assert values("The mill had previously burned.") == []


@pytest.mark.parametrize(
    ("text", "published", "want"),
    [
        ("The list comes out in mid-November.", date(2024, 10, 27), "2024-11"),
        ("The port was lost in January.", date(2024, 12, 10), "2024-01"),
        ("The port was lost in November.", date(2024, 12, 10), "2024-11"),
        ("They have held the port since November.", date(2024, 10, 27), "2023-11"),
        ("The truce runs until February.", date(2024, 12, 10), "2025-02"),
    ],
)
def test_the_next_month_of_the_year_is_ahead_and_others_are_behind(text: str, published: date, want: str) -> None:
    assert values(text, published) == [want]


def test_the_next_month_may_still_be_that_of_last_year() -> None:
    found = find_times("The list came out in November.", date(2024, 10, 27), "en", CUES)
    assert {str(m.interval.start) for m in found if m.interval is not None} == {"2024-11-01", "2023-11-01"}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Both banks were held in May and June 2016.", ["2016-05", "2016-06"]),
        ("Both banks were held in September and October last year.", ["2023-09", "2023-10"]),
        ("Mines blew up on 3 March and 5 April 2022.", ["2022-03-03", "2022-04-05"]),
        ("In nineteen ninety-seven the mill burned.", ["1997"]),
        ("In June nineteen eighty the mill burned.", ["1980-06"]),
        ("The year two thousand was worse.", ["2000"]),
        ("Two thousand people fled in nineteen boats.", []),
        ("Nineteen twelve-year-old cars burned.", []),
        ("The bridge was to open in the week of 6 May 2024.", ["2024-W19"]),
        ("They marched on the weekend of May 6, 2024.", ["2024-W19-WE"]),
        ("The town fell on June second, 2014.", ["2014-06-02"]),
        ("The town fell on the twenty-first of June 2014.", ["2014-06-21"]),
        ("He was exiled in May 1995 and came home the following year.", ["1995-05", "1996"]),
        ("The dam broke on 2 May 2023; the previous month it had leaked.", ["2023-05-02", "2023-04"]),
        ("The fort is of the late 19th century.", ["18XX"]),
        ("He was in his 30s.", []),
        ("He left in the '90s.", ["199X"]),
        ("Trade fell from the highs of the early summer.", ["2024-SU"]),
        ("In the weeks before the attack they had fled.", []),
    ],
)
def test_times_as_they_are_written_in_news(text: str, want: list[str]) -> None:
    assert [v for v in values(text) if v[0] != "P"] == want
