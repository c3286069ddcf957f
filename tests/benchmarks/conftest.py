"""What the benchmarks share: the ledger at size, written once for all that ask it."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import bench_api
import pytest


@pytest.fixture(scope="session")
def ledger_at_size(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Places, events, claims and reports as `bench_api` makes them up; what it holds is printed."""
    path = tmp_path_factory.mktemp("size") / "w.db"
    began = perf_counter()
    bench_api.fill(path)
    b, size = bench_api, path.stat().st_size / 1e9
    print(
        f"\n{b.REPORTS:,} reports, {b.CLAIMS:,} claims, {b.EVENTS:,} events, {b.PLACES:,} places: {size:.1f} GB", end=""
    )
    print(f", written in {perf_counter() - began:.0f} s")
    return path
