"""Killed, full or shared: a ledger loses no acknowledged report, shows no half of one, and the next run goes on."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import appending
import pytest
from appending import assert_whole
from postgres_server import end_cluster, needs_postgres, new_cluster

from warledger.adapters.stores.opening import open_ledger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.errors import StoreError

FOREVER = 1_000_000


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "w.db") if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def start(db: str, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(appending.__file__)), db, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str], *, after: int | None = None) -> set[str]:
    """The ids that a process acknowledged; it is killed after so many."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(after or 0)]
    if after is not None:
        process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=120)
    lines = [*said, *rest.splitlines(keepends=True)]
    return {line.strip() for line in lines if line.endswith("\n") and line.strip().isdigit()}


def test_every_acknowledged_report_is_whole_after_six_kills(db: str) -> None:
    seen = set[str]()
    for kill in range(6):
        seen |= acknowledged(start(db, kill * 100_000, FOREVER), after=2 + 3 * kill)
        store = open_ledger(db)
        assert_whole(store, seen)
        store.close()
    assert len(seen) > 20


def test_the_next_run_completes_what_a_killed_one_began(db: str) -> None:
    acknowledged(start(db, 0, 40), after=12)
    assert acknowledged(start(db, 0, 40)) == set(map(str, range(40)))
    store = open_ledger(db)
    assert_whole(store, set(map(str, range(40))))
    assert len(list(store.reports())) == 40
    store.close()


def test_two_writers_at_once_lose_nothing_and_keep_what_both_bring_once(db: str) -> None:
    open_ledger(db).close()
    one, other = start(db, 0, 60), start(db, 30, 60)
    assert acknowledged(one) | acknowledged(other) == set(map(str, range(90)))
    store = open_ledger(db)
    assert_whole(store, set(map(str, range(90))))
    assert len(list(store.reports())) == 90
    head = store.head()
    assert head is not None and head.seq == 90
    store.close()


def test_a_server_killed_with_all_its_processes_loses_no_acknowledged_report() -> None:
    needs_postgres()
    server = new_cluster("shared_buffers = 16MB")
    try:
        db, seen = server.new_database(), set[str]()
        open_ledger(db).close()
        for kill in range(3):
            process = start(db, kill * 100_000, FOREVER)
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(8 + 10 * kill)]
            server.kill()
            rest, _ = process.communicate(timeout=60)
            lines = [line.strip() for line in (*said, *rest.splitlines())]
            seen |= {line for line in lines if line.isdigit()}
            assert process.returncode == 1 and lines[-1].endswith(
                "the server closed the connection; nothing was written"
            )
            server.start()
            store = open_ledger(db)
            assert_whole(store, seen)
            store.close()
        assert len(seen) > 30
    finally:
        end_cluster(server)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB, in memory."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", folder], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_says_so_keeps_what_was_acknowledged_and_the_next_run_completes_it(small_disk: Path) -> None:
    db = str(small_disk / "w.db")
    seen, last = until_full(db)
    assert last == f"failed {db}: the disk is full; nothing was written"
    assert 5 < len(seen) < 200
    store = SqliteLedger(Path(db))
    assert_whole(store, seen)
    with pytest.raises(StoreError, match="disk is full"):
        store.append_all([appending.addition(n) for n in range(300, 400)])
    assert_whole(store, seen)
    store.close()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert acknowledged(start(db, 0, 200)) == set(map(str, range(200)))
    assert_whole(SqliteLedger(Path(db)), set(map(str, range(200))))


def test_a_full_disk_of_the_server_does_the_same(small_disk: Path) -> None:
    needs_postgres()
    subprocess.run(["mount", "-o", "remount,size=24m", small_disk], check=True)
    server = new_cluster("work_mem = 64MB")  # a sort needs no room on the full disk
    try:
        if server.user is not None:
            os.chown(small_disk, pwd.getpwnam(server.user).pw_uid, -1)
            for folder in small_disk.parents:
                if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o001:
                    folder.chmod(0o711)
        server.sql(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
        server.sql("CREATE DATABASE full_one TEMPLATE with_postgis TABLESPACE small")
        db = server.url("full_one")
        seen, last = until_full(db)
        assert last == f"failed {db}: the disk is full; nothing was written"
        assert len(seen) > 5
        store = open_ledger(db)
        assert_whole(store, seen)
        subprocess.run(["mount", "-o", "remount,size=256m", small_disk], check=True)
        assert acknowledged(start(db, 0, len(seen) + 100)) == set(map(str, range(len(seen) + 100)))
        assert_whole(store, set(map(str, range(len(seen) + 100))))
        store.close()
    finally:
        end_cluster(server)


def until_full(db: str) -> tuple[set[str], str]:
    """What a process acknowledges until the disk is full, and its last word."""
    process = start(db, 0, FOREVER)
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 1
    *lines, last = said.splitlines()
    return {line for line in lines if line.isdigit()}, last
