"""A ledger checked, copied and redacted: tampering is named, a copy ends on the same hash, words removed are gone."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_ledger import DAY, LATER, NAME, TEXT, claims_of, event_of, fill, moment, received
from sqlalchemy import text

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sql import SqlLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.errors import StoreError
from warledger.domain.redaction import Redaction
from warledger.ledger import copy_ledger, verify
from warledger.ports import Ledger

STORES = ("sqlite", "postgres", "memory")
Maker = Callable[[str], Ledger]
BY_COURT = {"author": "A. Editor", "reason": "order of a court of 2 December"}


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    made: list[Ledger] = []

    def one(kind: str) -> Ledger:
        match kind:
            case "memory":
                made.append(MemoryLedger())
            case "sqlite":
                made.append(SqliteLedger(tmp_path / f"w{len(made)}.db"))
            case _:
                cluster, template = (request.getfixturevalue(n) for n in ("cluster", "ledger_template"))
                made.append(PostgresLedger(cluster.new_database(template)))
        return made[-1]

    yield one
    for store in made:
        store.close()


def everything(ledger: Ledger) -> list[object]:
    return [
        list(ledger.reports()),
        [repr(k) for k in ledger.claims(ids=[k.id for k in ledger.claims(known_at=moment(10))])],
        [repr(k) for k in ledger.claims()],
        list(ledger.claims(known_at=moment(10))),
        list(ledger.events()),
        list(ledger.versions("ev-1")),
        list(ledger.control(DAY)),
        list(ledger.refusals()),
        list(ledger.decisions()),
        [held.entry for held in ledger.entries()],
    ]


@pytest.mark.parametrize("kind", STORES)
def test_an_untouched_ledger_is_found_whole(make: Maker, kind: str) -> None:
    ledger = make(kind)
    assert verify(ledger).head is None
    fill(ledger)
    verdict = verify(ledger)
    assert verdict.tampered == ()
    assert (verdict.entries, verdict.records) == (7, 3 + 4 + 2 + 1 + 1)
    first = next(iter(ledger.entries())).entry.link
    assert verify(ledger, noted=first).tampered == ()
    assert verify(ledger, noted="0" * 63 + "1").tampered == (f"the chain does not hold the noted link {'0' * 63}1",)


def tamper(ledger: Ledger, *statements: str) -> None:
    """Change rows as somebody would who owns the file or the database and takes the guards down."""
    assert isinstance(ledger, SqlLedger)
    with ledger.database.engine.connect() as db, db.begin():
        if isinstance(ledger, SqliteLedger):
            for name in db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
                db.execute(text(f"DROP TRIGGER {name}"))
        else:
            db.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            db.execute(text(statement))


TAMPERED = [
    ("UPDATE reports SET raw = 'x' WHERE seq = 1", r"report s1: its bytes are not those .* received \(entry 1\)"),
    ("UPDATE reports SET text = 'Nothing.' WHERE seq = 2", r"report s1: changed since it was recorded \(entry 3\)"),
    ("UPDATE reports SET published = '2024-11-29' WHERE seq = 3", r"report s2: changed .* \(entry 5\)"),
    ("UPDATE claims SET recorded_at = '2024-11-01' WHERE seq = 1", r"claim \w{16}: changed .* \(entry 1\)"),
    ("UPDATE claims SET detail = '{}' WHERE seq = 4", r"claim \w{16}: changed .* \(entry 3\)"),
    ("UPDATE control_claims SET valid_from = '2020-01-01' WHERE claim = 3", r"claim \w{16}: changed .* \(entry 3\)"),
    ("DELETE FROM control_claims WHERE claim = 1", r"claim \w{16}: changed .* \(entry 1\)"),
    ("DELETE FROM supersessions", r"report s1: changed .* \(entry 3\)"),
    ("DELETE FROM claims WHERE seq = 2", r"claim \w{16}: gone \(entry 1\)"),
    ("UPDATE event_versions SET record = '{}' WHERE version = 2", r"event ev-1 version 2: changed .* \(entry 4\)"),
    ("UPDATE refusals SET raw = NULL", r"refused record 1: changed .* \(entry 6\)"),
    ("UPDATE decisions SET author = 'B. Editor'", r"decision d1: changed .* \(entry 7\)"),
    ("DELETE FROM decisions", r"decision d1: gone \(entry 7\)"),
    (
        "INSERT INTO decisions VALUES (9, 'd9', '2024', 'A', 'no reason', 'merge', '[]', '[]', '{}')",
        r"decision d9: the chain does not know it",
    ),
    ("UPDATE chain SET recorded_at = '2024' WHERE seq = 3", r"entry 3 was changed, or the one before it.*"),
    ("UPDATE chain SET link = 'x' WHERE seq = 3", r"entry 3 was changed.*\nentry 4 was changed.*"),
    ("UPDATE chain SET body = '7' WHERE seq = 7", r"entry 7 was changed.*\ndecision d1: the chain .*"),
    ("DELETE FROM chain WHERE seq IN (5, 6)", r"entries 5 to 6 are missing .*\nreport s2: .*\nrefused .*"),
]  # fmt: skip


@pytest.mark.parametrize("kind", STORES[:2])
@pytest.mark.parametrize(("statement", "found"), TAMPERED)
def test_what_was_tampered_with_is_named(make: Maker, kind: str, statement: str, found: str) -> None:
    ledger = make(kind)
    fill(ledger)
    tamper(ledger, statement)
    said = "\n".join(verify(ledger).tampered)
    assert re.fullmatch(found, said), said


def test_what_is_written_during_a_check_is_no_stray() -> None:
    class Busy(MemoryLedger):
        def names(self) -> Iterator[tuple[str, int, str]]:
            late = received("late", "The army said it shelled Hama.")
            self.append(late, claims_of(late.report)[1:], note="coded", recorded_at=moment(20))
            return super().names()

    ledger = Busy()
    fill(ledger)
    assert verify(ledger).tampered == () and verify(ledger).entries == 8


def test_a_chain_cut_off_at_its_end_is_found_by_a_noted_link(make: Maker) -> None:
    ledger = make("sqlite")
    fill(ledger)
    head = verify(ledger).head
    assert head is not None
    tamper(ledger, "DELETE FROM decisions", "DELETE FROM chain WHERE seq = 7")
    assert verify(ledger).tampered == ()
    assert verify(ledger, noted=head).tampered == (f"the chain does not hold the noted link {head}",)


@pytest.mark.parametrize(("source", "target"), list(itertools.product(STORES, STORES)))
def test_a_copy_answers_the_same_and_ends_on_the_same_hash(make: Maker, source: str, target: str) -> None:
    first, second = make(source), make(target)
    fill(first)
    assert copy_ledger(first, second) == 7
    assert everything(second) == everything(first)
    assert verify(second) == verify(first) and verify(second).tampered == ()


@pytest.mark.parametrize("target", STORES)
def test_a_copy_goes_on_where_it_stopped_and_takes_redactions_along(make: Maker, target: str) -> None:
    first, second = make("sqlite"), make(target)
    fill(first)
    copy_ledger(first, second)
    late = received("s9", "The army said it shelled Hama.")
    first.append(late, [], note="coded", recorded_at=moment(20))
    first.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(21))
    assert copy_ledger(first, second) == 2
    assert copy_ledger(first, second) == 0
    assert everything(second) == everything(first)
    assert NAME not in repr(everything(second)) and verify(second).tampered == ()
    late = received("s10", "The army said it left Hama.")
    assert second.append(late, [], note="coded", recorded_at=moment(22)) == "kept"


@pytest.mark.parametrize("target", STORES)
def test_a_copy_into_another_ledger_is_refused(make: Maker, target: str) -> None:
    first, second = make("sqlite"), make(target)
    fill(first)
    other = received("zz", "Another record.")
    second.append(other, [], note="coded", recorded_at=moment(1))
    with pytest.raises(StoreError, match="no earlier copy"):
        copy_ledger(first, second)
    with pytest.raises(StoreError, match="does not go on"):
        second.take(first.entries())
    assert [k.report.id for k in second.reports()] == ["zz"]


@pytest.mark.parametrize("kind", STORES)
def test_words_that_are_redacted_are_gone_everywhere_and_the_chain_stays_valid(make: Maker, kind: str) -> None:
    ledger = make(kind)
    fill(ledger)
    ids = [k.id for k in ledger.claims()]
    changed = ledger.redact(Redaction(**BY_COURT, words=(NAME.upper(),)), recorded_at=moment(20))
    assert changed == {"reports": 3, "claims": 2, "event_versions": 2, "refusals": 1, "decisions": 1}
    assert NAME not in repr(everything(ledger)) and "qadri" not in repr(everything(ledger)).casefold()
    verdict = verify(ledger)
    assert verdict.tampered == () and verdict.redactions == 1 and verdict.entries == 8
    *_, tombstone = (held.entry for held in ledger.entries())
    assert tombstone.note == BY_COURT
    assert [k.id for k in ledger.claims()] == ids
    [held, shelled] = (k.claim for k in ledger.claims())
    assert held.quotes[0].text == LATER[:70].replace(NAME, "█" * len(NAME))
    assert held.place is not None and held.place.name == f"street of {'█' * len(NAME)}"
    assert shelled == claims_of(received(text=LATER).report)[1]


@pytest.mark.parametrize("kind", STORES)
def test_a_report_redacted_whole_keeps_what_was_coded_and_is_known_when_it_comes_again(make: Maker, kind: str) -> None:
    ledger = make(kind)
    fill(ledger)
    ledger.redact(Redaction(**BY_COURT, report_ids=("s1",)), recorded_at=moment(20))
    versions = [k.report for k in ledger.reports() if k.report.id == "s1"]
    assert [v.text for v in versions] == ["█" * len(TEXT), "█" * len(LATER)]
    assert {v.title for v in versions} == {v.url for v in versions} == {None}
    assert all(set(q.text) == {"█"} for k in ledger.claims() for q in k.claim.quotes)
    assert [k.claim.kind for k in ledger.claims()] == ["control", "event"]
    assert [e.version for e in ledger.versions("ev-1")] == [1, 2]
    for words in (TEXT, LATER):
        item = received(text=words)
        assert ledger.append(item, claims_of(item.report), note="coded", recorded_at=moment(21)) == "known"
    assert verify(ledger).tampered == ()
    assert next(k.report.text for k in ledger.reports() if k.report.id == "s2").startswith("Shells fell")


@pytest.mark.parametrize("kind", STORES)
def test_a_redaction_of_what_is_not_there_leaves_no_tombstone(make: Maker, kind: str) -> None:
    ledger = make(kind)
    fill(ledger)
    ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(20))
    again = Redaction(**BY_COURT, words=(NAME,), refused_files=("no such file",))
    assert ledger.redact(again, recorded_at=moment(21)) == {}
    assert verify(ledger).entries == 8


@pytest.mark.parametrize("kind", STORES)
def test_a_refused_files_bytes_can_be_removed(make: Maker, kind: str) -> None:
    ledger = make(kind)
    fill(ledger)
    ledger.redact(Redaction(**BY_COURT, refused_files=("x.txt",)), recorded_at=moment(20))
    [problem] = ledger.refusals()
    assert problem.raw is None and problem.what == "no date"
    assert verify(ledger).tampered == ()


@pytest.mark.parametrize("kind", STORES)
def test_tampering_with_a_redacted_row_is_still_named(make: Maker, kind: str) -> None:
    ledger = make(kind)
    if kind == "memory":
        pytest.skip("nobody reaches into it")
    fill(ledger)
    ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(20))
    tamper(ledger, "UPDATE reports SET text = 'All was well.' WHERE seq = 1")
    assert verify(ledger).tampered == ("report s1: changed since it was recorded (entry 8)",)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"author": " ", "reason": "a court", "words": ("x",)}, "needs an author and a reason"),
        ({"author": "A", "reason": "", "words": ("x",)}, "needs an author and a reason"),
        ({"author": "A", "reason": "a court"}, "name the reports, the words"),
        ({"author": "A", "reason": "a court", "words": (" ",)}, "name the reports, the words"),
        ({"author": "A", "reason": f"asked by {NAME.lower()}", "words": (NAME,)}, "must not repeat the words"),
    ],
)
def test_a_redaction_without_reason_author_or_aim_is_refused(said: dict[str, object], line: str) -> None:
    with pytest.raises(ValueError, match=line):
        Redaction(**said)


def test_no_file_of_a_sqlite_ledger_holds_the_redacted_words(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    ledger = SqliteLedger(path)
    fill(ledger)
    for n in range(200):  # enough rows that pages were split and left stale copies behind
        item = received(f"more {n}", f"{n}: {NAME} spoke again. {'And more was said of the town. ' * (n % 7)}")
        ledger.append(item, [], note="coded", recorded_at=moment(15))
    assert NAME.encode() in _bytes_of(tmp_path)
    ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(20))
    assert NAME.encode() not in _bytes_of(tmp_path) and NAME.lower().encode() not in _bytes_of(tmp_path)
    ledger.close()
    assert NAME.encode() not in _bytes_of(tmp_path)
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_reader_that_holds_old_pages_is_named_and_a_second_run_clears_them(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    ledger = SqliteLedger(path, timeout=0.1)
    fill(ledger)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchone()
    with pytest.raises(StoreError, match=r"redacted, but its files .* redact again .*another process"):
        ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(20))
    reader.close()
    assert ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(21)) == {}
    assert NAME.encode() not in _bytes_of(tmp_path)
    assert verify(ledger).tampered == ()


def test_no_table_of_a_postgres_database_holds_the_redacted_words(make: Maker, cluster: object) -> None:
    ledger = make("postgres")
    fill(ledger)
    assert isinstance(ledger, SqlLedger)
    data = cluster.folder / "data" / "base"  # type: ignore[attr-defined]
    cluster.sql("CHECKPOINT")  # type: ignore[attr-defined]
    assert NAME.encode() in _bytes_of(data)
    ledger.redact(Redaction(**BY_COURT, words=(NAME,)), recorded_at=moment(20))
    cluster.sql("CHECKPOINT")  # type: ignore[attr-defined]
    with ledger.database.engine.connect() as db:
        number = str(db.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar())
    assert NAME.encode() not in _bytes_of(data / number)


def test_positions_of_events_can_be_asked_of_postgis(make: Maker) -> None:
    ledger = make("postgres")
    assert isinstance(ledger, SqlLedger)
    ledger.append_events([event_of([])])
    near = (
        "SELECT id FROM event_versions WHERE ST_DWithin(position, "
        "CAST(ST_SetSRID(ST_MakePoint(36.75, 35.1), 4326) AS geography), :metres)"
    )
    with ledger.database.engine.connect() as db:
        assert db.execute(text(near), {"metres": 12_000}).scalars().all() == ["ev-1"]  # 0.1 degrees north: 11.1 km
        assert db.execute(text(near), {"metres": 10_000}).scalars().all() == []


def _bytes_of(folder: Path) -> bytes:
    return b"\x00".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
