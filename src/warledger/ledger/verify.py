"""Check a ledger against its own hashes: a ledger in, what was tampered with out; it refuses nothing.

Every entry of the chain is sealed again, every row and every report's bytes are hashed again, and every row must be
known to the chain. What a redaction rewrote is held to the redaction's hashes. Who can rewrite the whole chain can
rewrite its end too: a link that was noted outside the ledger (`Entry.link`) shows that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from attrs import define, field, frozen

from warledger.domain.chain import START, Entry, Held, Item, Row, Rows, Write, digest, sealed
from warledger.ports import Ledger

_NOUNS = {
    "reports": "report",
    "claims": "claim",
    "event_versions": "event",
    "refusals": "refused record",
    "decisions": "decision",
}


@frozen(kw_only=True)
class Verdict:
    """What a check found.

    Args:
        tampered: what is wrong, one plain line each; empty where all is as it was recorded.
        entries: how many entries the chain has.
        records: how many rows they kept.
        redactions: how many of the entries are redactions.
        head: the newest link, or None in an empty ledger.
    """

    tampered: tuple[str, ...]
    entries: int
    records: int
    redactions: int
    head: str | None


def verify(ledger: Ledger, *, noted: str | None = None) -> Verdict:
    """Check the whole of a ledger.

    Args:
        ledger: the record.
        noted: a link that was noted earlier; the chain must hold it.

    Returns:
        What was found.
    """
    check = _Check(noted=noted)
    for held in ledger.entries():
        check.entry(held)
    strays = check.strays(ledger.names())
    if strays and check.last is not None:  # somebody may have written while this read
        for held in ledger.entries(after=check.last.seq):
            check.entry(held)
        strays = check.strays(strays)
    unknown = [f"{_NOUNS.get(table, table)} {name}: the chain does not know it" for table, _, name in strays]
    links = [] if check.noted is None else [f"the chain does not hold the noted link {noted}"]
    return Verdict(
        tampered=(*check.broken, *check.wrong.values(), *unknown, *links),
        entries=check.entries,
        records=sum(sum(seen) for seen in check.seen.values()),
        redactions=check.redactions,
        head=check.last.link if check.last is not None else None,
    )


@define
class _Check:
    """A check under way: the newest word on each row counts, so that a redaction clears what it rewrote."""

    noted: str | None
    last: Entry | None = None
    entries: int = 0
    redactions: int = 0
    broken: list[str] = field(factory=list)
    wrong: dict[tuple[str, int], str] = field(factory=dict)
    seen: dict[str, bytearray] = field(factory=dict)

    def entry(self, held: Held) -> None:
        """Check one entry and its rows."""
        one = held.entry
        self._link(one)
        self.entries += 1
        self.redactions += one.act == Write.REDACTION
        for i in one.items:
            self._see(i)
            fault = _fault(i, held.rows.get((i.table, i.seq)), redacted=one.act == Write.REDACTION)
            self.wrong.pop((i.table, i.seq), None)
            if fault is not None:
                self.wrong[i.table, i.seq] = f"{_NOUNS.get(i.table, i.table)} {i.name}: {fault} (entry {one.seq})"

    def strays(self, names: Iterable[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
        """Rows that no entry kept."""
        return [(table, seq, name) for table, seq, name in names if not self._seen(table, seq)]

    def _seen(self, table: str, seq: int) -> bool:
        seen = self.seen.get(table, b"")
        return seq < len(seen) and bool(seen[seq])

    def _link(self, one: Entry) -> None:
        seq, link = (1, START) if self.last is None else (self.last.seq + 1, self.last.link)
        if one.seq != seq:
            gone = f"entry {seq} is" if one.seq == seq + 1 else f"entries {seq} to {one.seq - 1} are"
            self.broken.append(f"{gone} missing from the chain")
        elif sealed(link, one.recorded_at, one.act, one.body) != one.link:
            self.broken.append(f"entry {seq} was changed, or the one before it: the chain is broken there")
        self.last = one
        self.noted = None if one.link == self.noted else self.noted

    def _see(self, i: Item) -> None:
        seen = self.seen.setdefault(i.table, bytearray())
        seen.extend(bytes(max(0, i.seq + 1 - len(seen))))
        seen[i.seq] = 1


def _fault(i: Item, rows: Rows | None, *, redacted: bool) -> str | None:
    if rows is None:
        return "gone"
    if i.table == "reports" and not redacted and not _as_received(rows[i.table][0]):
        return "its bytes are not those that were received"
    return None if digest(rows) == i.digest else "changed since it was recorded"


def _as_received(report: Row) -> bool:
    raw = report["raw"]
    return isinstance(raw, bytes) and hashlib.sha256(raw).hexdigest() == report["sha256"]
