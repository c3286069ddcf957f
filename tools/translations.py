"""Measure what tells the translation of a report from other reports of the same war and days.

In: `translations/pairs.jsonl`, translations of reports of the corpus written for this, and the corpus. Out, for each
sort of evidence: the translations found above every pair that is none, the weakest one, and the strongest other pair.
Pairs are of two languages and at most two days apart; a translation of another report counts as one that is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from warledger.app import App, build
from warledger.domain.claim import Claim
from warledger.domain.mention import Reading
from warledger.domain.report import Report
from warledger.settings import Settings

TOOLS = Path(__file__).parent
FILES = ("src/warledger/data/demo/reports.jsonl", "corpus/dev/reports.jsonl", "corpus/train/gold.jsonl")
MOST_DAYS = 2
Row = Mapping[str, Any]


@frozen(kw_only=True)
class Seen:
    """A report with what it is compared by."""

    reading: Reading
    claims: Sequence[Claim]
    vector: np.ndarray

    @property
    def mentions(self) -> list[object]:
        """Places, actors and numbers in the order of the text."""
        found: list[tuple[int, object]] = []
        found += [(m.span.start, m.entry.key) for m in self.reading.toponyms if m.entry is not None]
        found += [(m.span.start, m.actors[0]) for m in self.reading.actors if m.actors]
        found += [(m.span.start, (m.min, m.max)) for m in self.reading.numbers]
        return [what for _, what in sorted(found, key=lambda pair: pair[0])]

    @property
    def coded(self) -> list[object]:
        """Places, types and figures of its claims in the order of the text."""
        found: list[object] = []
        for claim in self.claims:
            place = getattr(claim, "place", None)
            found += [place.key] if place is not None and place.entry is not None else []
            found += [str(claim.type)] if hasattr(claim, "type") else []
            found += [(f.min, f.max) for f in getattr(claim, "figures", ())]
        return found


def in_order(one: Sequence[object], other: Sequence[object]) -> float:
    """Share of the shorter sequence that the longer one has in the same order (longest common subsequence)."""
    longest = [0] * (len(other) + 1)
    for a in one:
        before = list(longest)
        for n, b in enumerate(other):
            longest[n + 1] = before[n] + 1 if a == b else max(before[n + 1], longest[n])
    return longest[-1] / max(1, min(len(one), len(other)))


EVIDENCE: Mapping[str, Callable[[Seen, Seen], float]] = {
    "mean of the encoder's vectors, cosine": lambda a, b: float(
        a.vector @ b.vector / np.linalg.norm(a.vector) / np.linalg.norm(b.vector)
    ),
    "places, types and figures of the claims, in order": lambda a, b: in_order(a.coded, b.coded),
    "places, actors and numbers as read, in order": lambda a, b: in_order(a.mentions, b.mentions),
}


def reports() -> Iterator[Report]:
    """Each translation, and every report of the same war at most two days from what it translates."""
    rows = {r["id"]: r for name in reversed(FILES) for r in _rows(TOOLS.parent / name) if "text" in r}
    near: dict[str, Report] = {}
    for pair in _rows(TOOLS / "translations" / "pairs.jsonl"):
        source = rows[pair["of"]]
        yield _report(source, f"{pair['of']} in {pair['language']}", pair["text"], pair["language"])
        for row in rows.values():
            apart = abs((_day(row) - _day(source)).days)
            if _war(row) == _war(source) and apart <= MOST_DAYS:
                near[row["id"]] = _report(row, row["id"], row["text"], row["language"])
    yield from near.values()


def seen(app: App, found: Sequence[Report]) -> list[Seen]:
    """Read, code and encode reports."""
    readings = [app.read(r) for r in found if r.language in app.model.languages]
    encoded = app.model.encode([r.report.text for r in readings], [[s.start for s in r.sentences] for r in readings])
    rows = zip(readings, app.code(readings), encoded, strict=True)
    return [Seen(reading=r, claims=c, vector=e.vectors.mean(0)) for r, c, e in rows]


def main() -> None:
    """Print the figures."""
    pairs = [(a, b) for a, b in combinations(seen(build(Settings()), list(reports())), 2) if _comparable(a, b)]
    print(f"{sum(_same(*p) for p in pairs)} translations, {sum(not _same(*p) for p in pairs)} other pairs")
    for name, measure in EVIDENCE.items():
        alike = [measure(a, b) for a, b in pairs if _same(a, b)]
        others = [measure(a, b) for a, b in pairs if not _same(a, b)]
        above = sum(value > max(others) for value in alike)
        print(f"{name}: {above} above every other pair; weakest {min(alike):.2f}, strongest other {max(others):.2f}")


def _comparable(a: Seen, b: Seen) -> bool:
    one, other = a.reading.report, b.reading.report
    return one.language != other.language and abs((one.published - other.published).days) <= MOST_DAYS


def _same(a: Seen, b: Seen) -> bool:
    one, other = a.reading.report.id, b.reading.report.id
    return one.startswith(f"{other} in ") or other.startswith(f"{one} in ")


def _report(row: Row, id: str, text: str, language: str) -> Report:
    return Report(id=id, published=_day(row), text=text, sha256="", language=language)


def _day(row: Row) -> date:
    return date.fromisoformat(row["published"][:10])


def _war(row: Row) -> str:
    return str(row.get("conflict") or "").split("-20")[0]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
