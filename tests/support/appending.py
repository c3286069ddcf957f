"""A process that appends reports of forty claims each and says each one that was acknowledged: LEDGER FIRST COUNT in.

Batches of 1, 2, 3, 4, 1, ... reports go in one commit, as an ingest's do. A StoreError is said and ends it.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from itertools import cycle

from warledger.adapters.stores.opening import open_ledger
from warledger.domain.claim import ControlClaim
from warledger.domain.errors import StoreError
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ledger import verify
from warledger.ports import Addition, Ledger

CLAIMS = 40


def addition(number: int) -> Addition:
    text = f"Report {number}: rebels hold these streets of Saraqib. " * 50
    raw = text.encode()
    report = Report(id=str(number), published=date(2024, 11, 30), text=text, sha256=hashlib.sha256(raw).hexdigest())
    claims = [
        ControlClaim(
            report_key=report.key,
            quotes=(Span.of(text, i, 60 + i),),
            holder=("Rebels (Syria)",),
            place=Place(name=f"Saraqib {number % 7}", entry=None, precision=PlacePrecision.EXACT),
            when=Interval.day(date(2024, 11, 30)),
        )
        for i in range(CLAIMS)
    ]
    moment = datetime.now(UTC)
    return Addition(received=Received(report=report, raw=raw), claims=claims, note="coded", recorded_at=moment)


def assert_whole(ledger: Ledger, acknowledged: set[str]) -> None:
    """Nothing that was acknowledged is missing, nothing is there in part, and every hash holds."""
    kept = {k.report.id for k in ledger.reports()}
    assert acknowledged <= kept, f"lost: {sorted(acknowledged - kept)}"
    claims = [k.report.id for k in ledger.claims()]
    assert len(claims) == CLAIMS * len(kept) and set(claims) == kept
    assert verify(ledger).tampered == ()


def main(ledger: str, first: int, count: int) -> int:
    store, sizes, number = open_ledger(ledger), cycle((1, 2, 3, 4)), first
    print("open", flush=True)
    while number < first + count:
        batch = [addition(n) for n in range(number, min(number + next(sizes), first + count))]
        try:
            store.append_all(batch)
        except StoreError as error:
            print("failed", error, flush=True)
            return 1
        for one in batch:
            print(one.received.report.id, flush=True)
        number += len(batch)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
