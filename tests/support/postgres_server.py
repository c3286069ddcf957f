"""A PostgreSQL cluster of the tests' own, on a free port; what needs it is skipped where PostgreSQL is not there."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import pytest
from attrs import frozen

BIN = Path("/usr/lib/postgresql/15/bin")
POSTGIS = Path("/usr/share/postgresql/15/extension/postgis.control")
WITHOUT = "PostgreSQL 15 with PostGIS is not here (Debian: postgresql-15, postgresql-15-postgis-3)"
_NUMBERS = count()


@frozen(kw_only=True)
class Cluster:
    """A running server.

    Args:
        folder: its data.
        port: on 127.0.0.1.
        user: the system user that runs it, or None for the one that runs the tests.
    """

    folder: Path
    port: int
    user: str | None

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def new_database(self, template: str = "with_postgis") -> str:
        """A database of its own; the URL."""
        name = f"ledger_{os.getpid()}_{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=40"
        log = str(self.folder / "log")
        ended = self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-l", log, "-o", options, "start")
        assert ended.returncode == 0, Path(log).read_text()

    def kill(self) -> None:
        """Kill the server and every child of it at once, as a power cut would."""
        lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        postmaster = int(lines[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True)
        for pid in [postmaster, *map(int, children.stdout.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while _is_running(postmaster):
            time.sleep(0.01)
        (self.folder / "data" / "postmaster.pid").unlink()  # where nobody reaps it, its number would seem alive

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's programs as the user that it needs."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.folder}
        return subprocess.run([str(BIN / program), *arguments], user=self.user, **quiet)  # type: ignore[call-overload]


def _is_running(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def new_cluster(*settings: str) -> Cluster:
    """Make and start a cluster; the caller stops it with `end_cluster`.

    Args:
        settings: lines of postgresql.conf.
    """
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="warledger-pg-"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    cluster = Cluster(folder=folder, port=port, user=user)
    made = cluster.run(
        *("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"),
        "--no-sync",
    )
    assert made.returncode == 0, "initdb failed"
    with (folder / "data" / "postgresql.conf").open("a") as conf:
        conf.write("".join(f"{line}\n" for line in settings))
    cluster.start()
    cluster.sql("CREATE DATABASE with_postgis")
    cluster.sql("CREATE EXTENSION postgis", "with_postgis")
    return cluster


def end_cluster(cluster: Cluster) -> None:
    cluster.run("pg_ctl", "-D", str(cluster.folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(cluster.folder, ignore_errors=True)


def needs_postgres() -> None:
    """Skip the test where the server cannot be had."""
    if not (BIN / "initdb").exists() or not POSTGIS.exists():
        pytest.skip(WITHOUT)
