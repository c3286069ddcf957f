"""Measure what tells the translation of a report from other reports of the same war and days.

In: three sets of reports. `tests/translations/stories.jsonl`: stories written for this, each with its translations and
with what others wrote of it. The corpus, with translations of twelve of its reports (`translations/pairs.jsonl`). The
exercises, where several hands tell one happening and nobody translates. Out, for each set: how many pairs of two
languages and few days apart are called translations, how many are, the weakest translations and the strongest other
pairs; and for each sort of thing that reports name how often it agrees in both lots, with the weights that follow.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from warledger.adapters.tables.corroborate import load_translation_weights
from warledger.app import App, build
from warledger.corroborate.translations import aligned, is_translation, of_two_languages
from warledger.domain.corroboration import Named, NamedKind
from warledger.domain.report import Report
from warledger.settings import Settings

ROOT = Path(__file__).parents[1]
CORPUS = ("src/warledger/data/demo/reports.jsonl", "corpus/dev/reports.jsonl", "corpus/train/gold.jsonl")
WEIGHTS = load_translation_weights()
SAME_TEXT = frozenset({"source", "translation", "cut"})
ALIKE = 3
"""Things in common from which two reports are counted as told of one war."""
SHOWN = 4
Row = Mapping[str, Any]


@frozen(kw_only=True)
class Seen:
    """A report with what it names, and the text that it carries, whatever the language."""

    report: Report
    text: str
    names: Sequence[Named]


Pair = tuple[Seen, Seen]


def stories(app: App) -> Iterator[Seen]:
    """The stories; what is no source, translation or cut translation is a text of its own."""
    for row in _rows(ROOT / "tests" / "translations" / "stories.jsonl"):
        yield _seen(app, row, row["story"] if row["kind"] in SAME_TEXT else row["id"])


def corpus(app: App) -> Iterator[Seen]:
    """The reports of the corpus and of the demonstration, and translations of twelve."""
    rows = {r["id"]: r for name in reversed(CORPUS) for r in _rows(ROOT / name) if "text" in r}
    yield from (_seen(app, row, row["id"]) for row in rows.values())
    for pair in _rows(ROOT / "tools" / "translations" / "pairs.jsonl"):
        made = {**rows[pair["of"]], **pair, "id": f"{pair['of']} in {pair['language']}"}
        yield _seen(app, made, pair["of"])


def exercises(app: App) -> Iterator[Seen]:
    """The exercises, none a translation of another."""
    for file in sorted((ROOT / "corpus" / "exercises").glob("*.jsonl")):
        yield from (_seen(app, row, row["id"]) for row in _rows(file))


def pairs(seen: Sequence[Seen]) -> list[Pair]:
    """Those of two languages and few days apart."""
    rows = sorted(seen, key=lambda s: (s.report.published, s.report.id))
    by_id = {s.report.id: s for s in rows}
    return [(by_id[a.id], by_id[b.id]) for a, b in of_two_languages([s.report for s in rows], WEIGHTS.days)]


def show(name: str, found: Sequence[Pair]) -> None:
    """Print what is called a translation and what is one."""
    called = [p for p in found if is_translation(p[0].names, p[1].names, WEIGHTS)]
    right, alike = sum(map(_same, called)), [p for p in found if _same(p)]
    precision = f"precision {right / len(called):.3f}" if called else "nothing called"
    recall = f"recall {right / len(alike):.3f}" if alike else "nothing to find"
    print(f"{name}: {len(found)} pairs, {len(alike)} translations, {len(called)} called: {precision}, {recall}")
    for pair in called:
        if not _same(pair):
            print("  called and none:", _line(pair))
    for pair in sorted(alike, key=_log_odds)[:SHOWN]:
        print("  weakest translation:", _line(pair))
    others = (p for p in found if not _same(p))
    for pair in sorted(others, key=_log_odds, reverse=True)[:SHOWN]:
        print("  strongest other pair:", _line(pair))


def show_weights(found: Sequence[Pair]) -> None:
    """Print how often each sort of thing agrees, and the weights that follow (Fellegi and Sunter)."""
    lots: tuple[Callable[[Pair], bool], ...] = (_same, lambda p: not _same(p) and _in_common(p) >= ALIKE)
    shares = [_shares([p for p in found if chosen(p)]) for chosen in lots]
    for kind in NamedKind:
        m, u = (share[kind] for share in shares)
        print(f"  {kind}: {m:.2f}, {u:.2f}: agree {math.log(m / u):.1f}, differ {math.log((1 - m) / (1 - u)):.1f}")


def main() -> None:
    """Print the figures."""
    app = build(Settings())
    told, kept = pairs(list(stories(app))), pairs(list(corpus(app)))
    show("stories", told)
    show("corpus", kept)
    show("exercises", pairs(list(exercises(app))))
    print("agreeing in translations, in others of stories and corpus:")
    show_weights([*told, *kept])


def _shares(found: Sequence[Pair]) -> dict[NamedKind, float]:
    """How much of what the shorter report names the longer one names in the same order, by sort.

    Half a case is added to each lot, so that no share is 0 or 1.
    """
    agreeing, every = Counter[NamedKind](), Counter[NamedKind]()
    for pair in found:
        shorter, longer = sorted((s.names for s in pair), key=len)
        every.update(n.kind for n in shorter)
        agreeing.update(n.kind for n in in_order(shorter, longer))
    return {kind: (agreeing[kind] + 0.5) / (every[kind] + 1) for kind in NamedKind}


def in_order(one: Sequence[Named], other: Sequence[Named]) -> tuple[Named, ...]:
    """What two sequences have in common in one order (longest common subsequence)."""
    longest: list[tuple[Named, ...]] = [()] * (len(other) + 1)
    for mine in one:
        row: list[tuple[Named, ...]] = [()]
        for at, theirs in enumerate(other):
            both = (*longest[at], mine) if mine == theirs else ()
            row.append(max(both, longest[at + 1], row[at], key=len))
        longest = row
    return longest[-1]


def _log_odds(pair: Pair) -> float:
    return _aligned(pair)[0]


def _aligned(pair: Pair) -> tuple[float, int]:
    shorter, longer = sorted((s.names for s in pair), key=len)
    return aligned(shorter, longer, WEIGHTS)


def _in_common(pair: Pair) -> int:
    return len(set(pair[0].names) & set(pair[1].names))


def _line(pair: Pair) -> str:
    log_odds, agreeing = _aligned(pair)
    return f"{log_odds:.1f} by {agreeing}: {pair[0].report.id}, {pair[1].report.id}"


def _same(pair: Pair) -> bool:
    return pair[0].text == pair[1].text


def _seen(app: App, row: Row, text: str) -> Seen:
    published = date.fromisoformat(row["published"][:10])
    report = Report(id=row["id"], published=published, text=row["text"], sha256="", language=row["language"])
    return Seen(report=report, text=text, names=app.names_in(report))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
