"""Databases of the tests' own; what needs them is skipped where PostgreSQL is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres_server import Cluster, end_cluster, needs_postgres, new_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for all tests; it need not survive a power cut."""
    needs_postgres()
    made = new_cluster("fsync = off", "autovacuum = off")
    yield made
    end_cluster(made)


@pytest.fixture(scope="session")
def ledger_template(cluster: Cluster) -> str:
    """A database that holds an empty ledger, to be copied."""
    from warledger.adapters.stores.postgres import PostgresLedger

    cluster.sql("CREATE DATABASE with_ledger TEMPLATE with_postgis")
    PostgresLedger(cluster.url("with_ledger")).close()
    return "with_ledger"


@pytest.fixture
def postgres_url(cluster: Cluster, ledger_template: str) -> str:
    """A database of the test's own that holds an empty ledger."""
    return cluster.new_database(ledger_template)


@pytest.fixture
def flushing_url() -> Iterator[str]:
    """An empty ledger of a server of its own that flushes every commit to the disk, with a site's memory."""
    from warledger.adapters.stores.postgres import PostgresLedger

    needs_postgres()
    made = new_cluster("shared_buffers = 2GB", "work_mem = 64MB", "maintenance_work_mem = 512MB", "max_wal_size = 8GB")
    url = made.new_database()
    PostgresLedger(url).close()
    yield url
    end_cluster(made)
