"""Measure the actor reader against coded reports.

A gold actor counts as found where some mention names it, through the aliases of the actors.json beside the file: first
in the sentence of the claim's quote, then anywhere in the report. `best` asks for the mention's own reading, `offered`
takes its alternatives too. Actors that a claim leaves empty do not count.

    measure_actors.py GOLD.jsonl [--misses [LANGUAGE]]
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen
from evaluation.agreement import ActorNames
from measure_times import quotes, reports

from warledger.app import App
from warledger.domain.mention import ActorMention
from warledger.domain.report import Report
from warledger.read.reading import Tables, read_report
from warledger.settings import Settings

FIELDS = ("initiator", "target", "holder", "subject", "object", "speaker", "attribution")
LEVELS = ("same best", "same offered", "report best", "report offered")


@frozen(kw_only=True)
class Tally:
    """Counts by (group, field), the group a language or `all`; misses by class."""

    total: Counter[tuple[str, str]] = field(factory=Counter)
    found: Counter[tuple[str, str, str]] = field(factory=Counter)
    misses: Counter[tuple[str, str]] = field(factory=Counter)
    size: Counter[str] = field(factory=Counter)

    def add(self, language: str, where: str, hits: Sequence[str]) -> None:
        for group in (language, "all"):
            self.total[group, where] += 1
            self.found.update((group, where, level) for level in hits)


def names_of(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value] if value else []
    return [str(v) for v in listed if v]


def keys(mentions: Sequence[ActorMention], actors: ActorNames, *, offered: bool) -> set[str]:
    return actors.of([n for m in mentions for n in (*m.actors, *(m.alternatives if offered else ()))])


def gold_names(claim: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for where in FIELDS:
        for name in names_of(claim.get(where)):
            yield where, name


def measure(path: Path) -> Tally:
    app = App(Settings())
    actors = ActorNames(json.loads(path.with_name("actors.json").read_text(encoding="utf-8")))
    tally = Tally()
    for row in reports(path):
        measure_report(row, app.tables, actors, tally)
    return tally


def measure_report(row: dict[str, Any], tables: Tables, actors: ActorNames, tally: Tally) -> None:
    reading = read_report(report_of(row), tables)
    tally.size["sentences"] += len(reading.sentences)
    tally.size["mentions"] += len(reading.actors)
    whole = {f"report {k}": keys(reading.actors, actors, offered=k == "offered") for k in ("best", "offered")}
    for claim in row["claims"]:
        at = [row["text"].find(q) for q in quotes(claim)]
        inside = [s for s in reading.sentences if any(s.start <= a < s.end for a in at)]
        near = [m for m in reading.actors if any(s.start <= m.span.start < s.end for s in inside)]
        levels = whole | {f"same {k}": keys(near, actors, offered=k == "offered") for k in ("best", "offered")}
        for where, name in gold_names(claim):
            hits = [level for level, named in levels.items() if actors.of(name) & named]
            tally.add(row["language"], where, hits)
            if "same offered" not in hits:
                tally.misses[row["language"], miss_class(name, "report offered" in hits)] += 1


def miss_class(name: str, elsewhere: bool) -> str:
    return f"{name}{'  (elsewhere in the report)' if elsewhere else ''}"


def report_of(row: dict[str, Any]) -> Report:
    return Report(
        id=row["id"],
        published=date.fromisoformat(row["published"][:10]),
        text=row["text"],
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        publisher=row.get("publisher"),
        language=row["language"],
    )


def show(tally: Tally) -> None:
    print(f"{tally.size['mentions'] / tally.size['sentences']:.2f} mentions a sentence")
    print(f"{'':<15}{'gold':>6}" + "".join(f"{level:>16}" for level in LEVELS))
    for group, where in sorted(tally.total, key=lambda k: (k[0], FIELDS.index(k[1]))):
        count = tally.total[group, where]
        shares = "".join(f"{tally.found[group, where, level] / count:>16.3f}" for level in LEVELS)
        print(f"{group:<3} {where:<11}{count:>6}{shares}")


def main(path: Path, *, misses: bool, language: str | None) -> None:
    tally = measure(path)
    show(tally)
    if misses:
        for (group, miss), count in tally.misses.most_common():
            if language in (None, group):
                print(f"{count:5} {group} {miss}")


if __name__ == "__main__":
    asked = sys.argv[2:]
    main(Path(sys.argv[1]), misses="--misses" in asked, language=asked[1] if len(asked) > 1 else None)
