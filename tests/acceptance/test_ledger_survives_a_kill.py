"""A process killed in the middle of appending loses no acknowledged report and leaves none half-written."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from warledger.adapters.stores.sqlite import SqliteLedger

CLAIMS = 40
APPENDS_FOREVER = f"""
import hashlib, itertools, sys
from datetime import UTC, date, datetime
from pathlib import Path
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import ControlClaim
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
store = SqliteLedger(Path(sys.argv[1]))
for n in itertools.count(int(sys.argv[2])):
    text = f"Report {{n}}: rebels hold these streets of Saraqib. " * 50
    raw = text.encode()
    report = Report(id=str(n), published=date(2024, 11, 30), text=text, sha256=hashlib.sha256(raw).hexdigest())
    claims = [
        ControlClaim(
            report_key=report.key,
            quotes=(Span.of(text, i, 60 + i),),
            holder=("Rebels (Syria)",),
            place=Place(name="Saraqib", entry=None, precision=PlacePrecision.EXACT),
            when=Interval.day(date(2024, 11, 30)),
        )
        for i in range({CLAIMS})
    ]
    store.append(Received(report=report, raw=raw), claims, note="coded", recorded_at=datetime.now(UTC))
    print(n, flush=True)
"""


def test_every_acknowledged_report_is_whole_after_five_kills(tmp_path: Path) -> None:
    path, acknowledged = tmp_path / "w.db", set[str]()
    for kill in range(5):
        acknowledged |= _append_until_killed(path, first=kill * 100_000, after=3 + 4 * kill)
        store = SqliteLedger(path)
        kept = {k.report.id: k.report for k in store.reports()}
        claims = [k.report.id for k in store.claims()]
        assert acknowledged <= kept.keys()
        assert all(claims.count(ident) == CLAIMS for ident in kept)
        assert all(hashlib.sha256(r.text.encode()).hexdigest() == r.sha256 for r in kept.values())
        store.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _append_until_killed(path: Path, *, first: int, after: int) -> set[str]:
    """Kill the process once it has acknowledged so many reports; all that it acknowledged by then."""
    command = [sys.executable, "-c", APPENDS_FOREVER, str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=30)
    lines = [*said, *rest.splitlines(keepends=True)]
    return {line.strip() for line in lines if line.endswith("\n")}
