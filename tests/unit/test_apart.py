"""Work in a process of its own: what it gives comes over whole and in order, and what fails is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from api_ledger import fill

from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.api.apart import apart
from warledger.api.desk import Desk, follow_here
from warledger.app import build
from warledger.domain.errors import StoreError
from warledger.ledger.course import joined
from warledger.settings import Settings


def count_there(end: int) -> Iterator[tuple[int, int]]:
    for n in range(end):
        yield n, os.getpid()


def fail_behind(end: int) -> Iterator[int]:
    yield from range(end)
    raise ValueError("no more of it")


def die_behind(end: int) -> Iterator[int]:
    yield from range(end)
    os._exit(3)


def test_what_is_given_comes_in_order_and_from_elsewhere() -> None:
    numbers, processes = zip(*apart(count_there, 173), strict=True)
    assert numbers == tuple(range(173))
    assert len(set(processes)) == 1 and os.getpid() not in processes


def test_a_failure_is_said_behind_what_was_given() -> None:
    given: list[int] = []
    with pytest.raises(StoreError, match="no more of it"):
        given.extend(apart(fail_behind, 50))
    with pytest.raises(StoreError, match="ended early"):
        given.extend(apart(die_behind, 50))


def test_nobody_needs_to_listen_to_the_end() -> None:
    started = apart(count_there, 100_000)
    assert next(started)[0] == 0
    started.close()  # type: ignore[attr-defined]


def test_control_followed_apart_is_the_same(tmp_path: Path) -> None:
    settings = Settings(db=tmp_path / "w.db")
    fill(SqliteLedger(tmp_path / "w.db"))
    span = (date(2024, 11, 1), date(2024, 12, 31), None)
    here = Desk(build(settings)).courses.followed(span)
    told = []
    for followed in (here, apart(follow_here, settings, False, span)):
        course = joined(span[0], span[1], followed)
        told.append([course.told(course.on(day), day) for day in (date(2024, 12, 3), date(2024, 12, 24))])
    assert told[0] == told[1] and told[0][1][0]
