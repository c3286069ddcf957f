"""Every store gives the same pages, counts and finds, whatever it is made of; none shows what was not known then."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from api_ledger import ARMY, HAMA, REBELS, SARAQIB, fill, held, moment, received
from attrs import asdict

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.asked import Asked, Box, Window
from warledger.domain.codes import EventType, Grade, Kind
from warledger.domain.control import ControlState
from warledger.domain.folding import fold_name
from warledger.domain.redaction import Redaction
from warledger.domain.words import words_asked
from warledger.ledger.control import control_states, no_groups
from warledger.ledger.course import Course, Followed, Numbers, follow, joined
from warledger.ledger.courses import Courses, Span
from warledger.ledger.memory import ControlMemory
from warledger.ledger.sureness import faded
from warledger.ports import Ledger

STORES = ("memory", "sqlite", "postgres")
ALL = Window(limit=1000)


@pytest.fixture(params=STORES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    store: Ledger
    match request.param:
        case "memory":
            store = MemoryLedger()
        case "sqlite":
            store = SqliteLedger(tmp_path / "w.db")
        case _:
            store = PostgresLedger(request.getfixturevalue("postgres_url"))
    fill(store)
    yield store
    store.close()


def events(ledger: Ledger, **asked: object) -> list[str]:
    return [e.id for e in ledger.event_page(Asked(**asked), ALL).items]  # type: ignore[arg-type]


def claims(ledger: Ledger, **asked: object) -> list[tuple[str, str]]:
    found = ledger.claim_page(Asked(**asked), ALL).items  # type: ignore[arg-type]
    return [(k.report.id, str(k.claim.kind)) for k in found]


def reports(ledger: Ledger, **asked: object) -> list[str]:
    return [k.report.id for k in ledger.report_page(Asked(**asked), ALL).items]  # type: ignore[arg-type]


def test_events_come_newest_first_in_their_newest_version(ledger: Ledger) -> None:
    assert events(ledger) == ["e-hostile", "e-move", "e-shelling", "e-seizure", "e-attack"]
    (seizure,) = (e for e in ledger.event_page(Asked(), ALL).items if e.id == "e-seizure")
    assert (seizure.version, seizure.grade) == (2, Grade.FAIR)
    (then,) = (e for e in ledger.event_page(Asked(known_at=moment(6)), ALL).items if e.id == "e-seizure")
    assert (then.version, then.grade) == (1, Grade.WEAK)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"types": frozenset({EventType.SHELLING})}, ["e-hostile", "e-shelling"]),
        ({"grades": frozenset({Grade.CONTESTED})}, ["e-shelling"]),
        ({"grades": frozenset({Grade.WEAK}), "known_at": moment(5)}, ["e-seizure", "e-attack"]),
        ({"actors": frozenset({fold_name(ARMY)})}, ["e-shelling", "e-seizure"]),
        ({"actors": frozenset({fold_name(REBELS)}), "types": frozenset({EventType.TROOP_MOVEMENT})}, ["e-move"]),
        ({"place_keys": frozenset({SARAQIB.key})}, ["e-seizure"]),
        ({"countries": frozenset({"SY"})}, ["e-move", "e-shelling", "e-seizure", "e-attack"]),
        ({"countries": frozenset({"UA"})}, []),
        ({"languages": frozenset({"ar"})}, ["e-move"]),
        ({"reports": frozenset({"taken"})}, ["e-shelling", "e-seizure", "e-attack"]),
        ({"min_confidence": 0.5}, ["e-shelling", "e-seizure"]),
        ({"words": ("shells",)}, ["e-shelling", "e-seizure", "e-attack"]),
        ({"words": ("shells",), "min_confidence": 0.5}, ["e-shelling", "e-seizure"]),
        ({"sources": frozenset({"Hama Post"}), "to_day": date(2024, 12, 4)}, ["e-attack"]),
        ({"from_day": date(2024, 12, 5), "to_day": date(2024, 12, 6)}, ["e-move", "e-shelling", "e-seizure"]),
        ({"box": Box(west=36, south=35.5, east=37, north=36)}, ["e-seizure"]),
        ({"known_at": moment(5, 11)}, []),
    ],
)
def test_events_are_narrowed(ledger: Ledger, asked: dict[str, object], found: list[str]) -> None:
    assert events(ledger, **asked) == found


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 9),
        ({"kinds": frozenset({Kind.CONTROL})}, 4),
        ({"types": frozenset({EventType.SHELLING})}, 2),
        ({"actors": frozenset({fold_name(ARMY)})}, 4),
        ({"place_keys": frozenset({HAMA.key})}, 5),
        ({"countries": frozenset({"SY"})}, 8),
        ({"sources": frozenset({"Hama Post"})}, 6),
        ({"languages": frozenset({"ar", "xx"})}, 2),
        ({"min_confidence": 0.8}, 4),
        ({"min_confidence": 0.0}, 9),
        ({"from_day": date(2024, 12, 6)}, 3),
        ({"words": ("معارك",)}, 2),
        ({"box": Box(west=36, south=35.5, east=37, north=36)}, 3),
        ({"known_at": moment(4)}, 2),
        ({"reports": frozenset({"nobody"})}, 0),
    ],
)
def test_claims_are_narrowed(ledger: Ledger, asked: dict[str, object], count: int) -> None:
    assert len(claims(ledger, **asked)) == count


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Saraqib", ["taken", "before"]),
        ("SARAQIB front", ["before"]),
        ("sara", ["taken", "before"]),
        ("sara front", []),
        ("front sara", ["before"]),
        ("حماة", ["arabic"]),
        ("حلب", ["arabic"]),
        ("المعارك", ["arabic"]),
        ("script", ["hostile/../1"]),
        ("nothing", []),
        ("% OR 1=1 --", []),
        ('" OR ""="', []),
    ],
)
def test_words_are_found_in_every_script(ledger: Ledger, question: str, found: list[str]) -> None:
    assert reports(ledger, words=words_asked(question) or ("\x01",)) == found


def test_reports_are_narrowed_and_known_when(ledger: Ledger) -> None:
    assert reports(ledger) == ["hostile/../1", "arabic", "taken", "before"]
    assert reports(ledger, languages=frozenset({"ar"})) == ["arabic"]
    assert reports(ledger, sources=frozenset({"Hama Post"}), from_day=date(2024, 12, 3)) == ["taken"]
    assert reports(ledger, known_at=moment(5)) == ["taken", "before"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_pages_follow_one_another_without_a_gap(ledger: Ledger, newest_first: bool) -> None:
    for fetch in (ledger.event_page, ledger.claim_page, ledger.report_page):
        whole = fetch(Asked(), Window(limit=100, newest_first=newest_first))
        assert whole.end is None
        read: list[object] = []
        window = Window(limit=2, newest_first=newest_first)
        while True:
            page = fetch(Asked(), window)
            read += page.items
            if page.end is None:
                break
            window = Window(limit=2, after=page.end, newest_first=newest_first)
        assert read == list(whole.items)


def test_what_a_new_version_supersedes_is_in_no_list(ledger: Ledger) -> None:
    again = received("taken", 5, "Rebels took Saraqib on Thursday. It was quiet.")
    ledger.append(again, [], note="coded", recorded_at=moment(9))
    assert reports(ledger, words=("shells",)) == []
    assert "taken" not in {report for report, _ in claims(ledger)}
    assert len(claims(ledger, known_at=moment(8))) == 9
    assert [k.superseded_at is None for k in ledger.versions_of_report("taken")] == [False, True]
    assert ledger.census().claims == 5


def test_the_event_of_a_claim_is_its_newest(ledger: Ledger) -> None:
    ids = [k.id for k in ledger.claim_page(Asked(kinds=frozenset({Kind.EVENT})), ALL).items]
    found = ledger.events_of([*ids, "nobody"])
    assert sorted(found.values()) == ["e-attack", "e-hostile", "e-move", "e-seizure", "e-shelling"]
    assert set(found) == set(ids)
    assert ledger.events_of(ids, known_at=moment(4)) == {}


def test_the_ledger_is_counted(ledger: Ledger) -> None:
    census = ledger.census()
    assert (census.reports, census.claims, census.events, census.places) == (4, 9, 5, 2)
    assert (census.first_day, census.last_day) == (date(2024, 12, 4), date(2024, 12, 7))
    assert (census.known_from, census.known_to) == (moment(2), moment(8))
    assert census.languages == (("en", 3), ("ar", 1))
    then = ledger.census(known_at=moment(5))
    assert (then.reports, then.claims, then.events, then.places, then.known_to) == (2, 6, 3, 2, moment(5))
    by_day = {(t.day.day, str(t.type)): (t.events, t.low, t.high, t.places) for t in ledger.days(Asked())}
    assert by_day[5, "shelling"] == (1, 4, 6, 1) and len(by_day) == 5


def test_outlets_and_actors_are_counted(ledger: Ledger) -> None:
    by_name = {s.name: (s.reports, s.claims, s.alone, s.contradicted) for s in ledger.sources()}
    assert by_name["Hama Post"] == (2, 6, 5, 1)
    assert by_name["صحيفة حماة"] == (1, 2, 0, 0)
    actors = {a.name: (a.claims, a.events) for a in ledger.actors()}
    assert actors[ARMY] == (4, 2) and actors[REBELS] == (4, 2)
    assert {a.name: a.claims for a in ledger.actors(known_at=moment(4))} == {ARMY: 2}


def test_the_least_sure_claims_come_first(ledger: Ledger) -> None:
    assert [k.claim.confidence for k in ledger.least_sure(below=0.5, limit=5)] == [0.1, 0.2]
    assert len(ledger.least_sure(below=0.95, limit=3)) == 3
    assert ledger.least_sure(below=0.5, limit=5, known_at=moment(4)) == []


def test_who_holds_what_is_remembered_right(ledger: Ledger) -> None:
    memory = ControlMemory(ledger, lambda on: lambda name: ())
    for _ in range(2):
        for day in (2, 4, 5, 6, 20):
            for known_at in (None, moment(5), moment(3)):
                on = date(2024, 12, day)
                remembered = memory.states(on, known_at)
                assert tuple(faded(r.state, on) for r in remembered) == control_states(ledger, on, known_at)
    (saraqib,) = memory.states(date(2024, 12, 8), None, [SARAQIB.key])
    assert (saraqib.state.holder, saraqib.confidence_on(saraqib.state.since)) == ((REBELS,), 0.81)
    assert saraqib.confidence_on(date(2024, 12, 8)) < 0.81


def kept(state: ControlState) -> bytes:
    return pickle.dumps(asdict(state))


def written_of(course: Course, numbers: Numbers) -> list[bytes]:
    beginnings, rests, _ = course.told(numbers, course.first)
    return [beginning + rest for beginning, rest in zip(beginnings, rests, strict=True)]


def test_a_course_holds_the_states_of_each_of_its_days(ledger: Ledger) -> None:
    first, last = date(2024, 12, 1), date(2024, 12, 31)
    for known_at in (None, moment(5), moment(3)):
        followed = follow(ledger, first, last, write=kept, groups_on=lambda on: no_groups, known_at=known_at)
        course = joined(first, last, followed)
        assert course.on(last).size == len(control_states(ledger, last, known_at))
        laid = {s["place"]["name"]: s for s in map(pickle.loads, written_of(course, course.on(first)))}
        changes, begun = course.changes(first, last)
        sure_then = course.told(changes, begun)[2]
        for n in range(31):
            day = first + timedelta(days=n)
            written, sure = written_of(course, course.on(day)), course.told(course.on(day), day)[2]
            today = begun == day.toordinal()
            assert [sure_then[i] for i in today.nonzero()[0]] == course.told(changes[today], day)[2]
            laid |= {s["place"]["name"]: s for s in map(pickle.loads, written_of(course, changes[today]))}
            states = control_states(ledger, day, known_at)
            assert [{**pickle.loads(s), "confidence": c / 1000} for s, c in zip(written, sure, strict=True)] == [
                asdict(s) for s in states
            ]
            assert [laid[s.place.name]["claim_ids"] for s in states] == [s.claim_ids for s in states]


def holders(courses: Courses, on: date) -> list[str]:
    course = courses.course(on, on, None)
    return [words.decode() for words in written_of(course, course.on(on))]


def place_and_holder(state: ControlState) -> bytes:
    return f"{state.place.name}: {', '.join(state.holder)}".encode()


def test_a_course_is_brought_forward_and_forgets_what_is_redacted(ledger: Ledger) -> None:
    on = date(2024, 12, 25)
    courses = Courses(ledger, write=place_and_holder, groups_on=lambda on: no_groups)
    before = holders(courses, on)
    assert f"{SARAQIB.name}: {ARMY}" not in before
    whole = received("whole", 20, "The army holds Saraqib.")
    claim = held(whole.report, "The army holds Saraqib", SARAQIB, ARMY, 20)
    ledger.append(whole, [claim], note="coded", recorded_at=moment(20))
    assert set(holders(courses, on)) - set(before) == {f"{SARAQIB.name}: {ARMY}"}
    ledger.redact(Redaction(author="A Court", reason="ordered", words=(ARMY,)), recorded_at=moment(21))
    assert ARMY not in str(holders(courses, on))


def test_a_month_asked_for_while_all_days_come_is_the_same(ledger: Ledger) -> None:
    on = date(2024, 12, 25)
    alone = Courses(ledger, write=place_and_holder, groups_on=lambda on: no_groups)
    some_are_there, go_on = Event(), Event()

    def apart(span: Span) -> Iterator[Followed]:
        for n, followed in enumerate(alone.followed(span)):
            if n == 1:
                some_are_there.set()
                assert go_on.wait(10)
            yield followed

    courses = Courses(ledger, write=place_and_holder, groups_on=lambda on: no_groups, apart=apart)
    courses.follow_all(on, None)
    assert some_are_there.wait(10)
    assert holders(courses, on) == holders(alone, on)
    go_on.set()


def test_redacted_words_are_found_no_more_and_remembered_no_more(ledger: Ledger) -> None:
    memory = ControlMemory(ledger, lambda on: lambda name: ())
    memory.states(date(2024, 12, 8))
    words = Redaction(author="A Court", reason="ordered", words=("Hayat Tahrir al-Sham", "Yusuf Qadri"))
    assert reports(ledger, words=("qadri",)) == ["taken"]
    ledger.redact(words, recorded_at=moment(9))
    assert reports(ledger, words=("qadri",)) == []
    assert reports(ledger, words=("shells",)) == ["taken"]
    assert not [a.name for a in ledger.actors() if "Hayat" in a.name or "Qadri" in a.name]
    assert events(ledger, actors=frozenset({fold_name(REBELS)})) == []
    assert all(REBELS not in r.state.holder for r in memory.states(date(2024, 12, 8)))


def test_a_copy_answers_lists_alike(ledger: Ledger, tmp_path: Path) -> None:
    copy = SqliteLedger(tmp_path / "copy.db")
    copy.take(ledger.entries())
    assert events(copy) == events(ledger) and claims(copy) == claims(ledger)
    assert copy.census() == ledger.census() and list(copy.actors()) == list(ledger.actors())
    assert reports(copy, words=("saraqib",)) == reports(ledger, words=("saraqib",))
    copy.close()


def test_more_than_few_rows_are_looked_up_one_by_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from warledger.adapters.stores import asked

    few = [events(ledger, actors=frozenset({fold_name(ARMY)}), words=("shells",)), claims(ledger, words=("saraqib",))]
    monkeypatch.setattr(asked, "FEW", 0)
    many = [events(ledger, actors=frozenset({fold_name(ARMY)}), words=("shells",)), claims(ledger, words=("saraqib",))]
    assert few == many and few[0] and few[1]


def test_a_page_is_found_by_index(tmp_path: Path) -> None:
    """No list of a SQLite ledger goes over a whole table of wide rows; none is sorted aside but a few pages' rows."""
    from sqlalchemy.dialects import sqlite

    from warledger.adapters.stores import asked as questions
    from warledger.adapters.stores.queries import FOREVER, spans_where

    store = SqliteLedger(tmp_path / "w.db")
    fill(store)
    window = Window(limit=10)
    with store.database.reading() as db:
        queries = [
            questions.event_page(db, Asked(), window, FOREVER),
            questions.event_page(db, Asked(types=frozenset({EventType.SHELLING})), window, FOREVER),
            questions.claim_page(db, Asked(), window, FOREVER),
            questions.claim_page(db, Asked(kinds=frozenset({Kind.CONTROL})), window, FOREVER),
            questions.claim_page(db, Asked(min_confidence=0.5), window, FOREVER),
            questions.report_page(db, Asked(), window, FOREVER),
        ]
        for query in queries:
            said = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
            plan = "\n".join(str(row[3]) for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}"))
            assert "TEMP B-TREE" not in plan, plan
            assert "SCAN claims" not in plan and "SCAN event_versions" not in plan, plan
        of_days = questions.event_page(db, Asked(to_day=date(2024, 12, 5)), window, FOREVER)
        said = str(of_days.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        steps = list(db.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}"))
        plan = "\n".join(str(row[3]) for row in steps)
        pages = {row[0] for row in steps if str(row[3]).startswith("MATERIALIZE")}
        ranges = len(list(spans_where(None, date(2024, 12, 5))))
        assert len(pages) == ranges, plan
        assert plan.count("SEARCH event_days USING PRIMARY KEY (reach=? AND day>? AND day<?)") == ranges, plan
        assert not any(row[1] in pages and "TEMP B-TREE" in str(row[3]) for row in steps), plan
        assert "SCAN event" not in plan, plan
    store.close()
