"""Measure the readers of times and numbers against coded reports.

A gold time (event and toll claims, start and end both known) counts as found where some mention has the same start and
end: (a) in the quote's sentence, (b) in it or an earlier one. A gold figure counts as found where a number of the quote
has the same least and most. Run: python tools/measure_times.py corpus/train/gold.jsonl [--misses]
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from warledger.adapters.tables.dates import load_dates
from warledger.adapters.tables.numbers import load_numbers
from warledger.read.dates import find_times
from warledger.read.numbers import find_numbers
from warledger.read.sentences import split_sentences


def reports(path: Path) -> Iterator[dict[str, Any]]:
    texts = path.with_name("reports.jsonl")
    known = {}
    if texts.exists():
        known = {r["id"]: r for r in map(json.loads, texts.read_text(encoding="utf-8").splitlines())}
    for line in path.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        yield {**known.get(report["id"], {}), **report}


def quotes(claim: dict[str, Any]) -> list[str]:
    quote = claim["quote"]
    return [quote] if isinstance(quote, str) else list(quote)


def main(path: Path, show: bool) -> None:
    cues = load_dates()
    total: Counter[str] = Counter()
    same: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    misses: dict[str, list[str]] = defaultdict(list)
    for report in reports(path):
        text, language = report["text"], report["language"]
        published = date.fromisoformat(report["published"])
        mentions = find_times(text, published, language, cues)
        sentences = split_sentences(text)
        for claim in report["claims"]:
            time = claim.get("time")
            if claim["kind"] not in ("event", "toll") or not time or not time["start"] or not time["end"]:
                continue
            want = (time["start"], time["end"])
            at = [text.find(q) for q in quotes(claim)]
            inside = [s for s in sentences if any(s.start <= a < s.end for a in at)]
            total[language] += 1
            found = [(m.span.start, str(m.interval.start), str(m.interval.end)) for m in mentions if m.interval]
            hits = [a for a, *days in found if tuple(days) == want]
            same[language] += any(s.start <= a < s.end for a in hits for s in inside)
            if any(a < max((s.end for s in inside), default=0) for a in hits):
                earlier[language] += 1
            elif show:
                told = [f"{m.span.text}={m.interval.start}..{m.interval.end}" for m in mentions if m.interval]
                misses[language].append(
                    f"{report['id']} {published} want {want[0]}..{want[1]} {time['precision']}\n"
                    f"   {' / '.join(s.text for s in inside)}\n   {told}"
                )
    for language, count in total.most_common():
        print(
            f"{language}  {count:5}  sentence {same[language] / count:.3f}  or earlier {earlier[language] / count:.3f}"
        )
        for miss in misses[language]:
            print("  ", miss)


def measure_figures(path: Path, show: bool) -> None:
    cues = load_numbers()
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for report in reports(path):
        text, language = report["text"], report["language"]
        sentences = split_sentences(text)
        mentions = find_numbers(text, language, cues)
        for claim in report["claims"]:
            at = [text.find(q) for q in quotes(claim)]
            inside = [s for s in sentences if any(s.start <= a < s.end for a in at)]
            near = [m for m in mentions if any(s.start <= m.span.start < s.end for s in inside)]
            for figure in (f for listed in (claim.get("figures") or {}).values() for f in listed):
                if figure["min"] is None and figure["max"] is None:
                    continue
                total[language] += 1
                hits = [m for m in near if (m.min, m.max) == (figure["min"], figure["max"])]
                found[language] += bool(hits)
                kinds[language] += any(m.of == figure["of"] for m in hits)
                if show and not hits:
                    told = [f"{m.span.text}={m.min}..{m.max}" for m in near]
                    print(f"   {language} want {figure['min']}..{figure['max']}\n   {quotes(claim)}\n   {told}")
    for language, count in total.most_common():
        print(f"{language}  {count:5} figures  found {found[language] / count:.3f}  of {kinds[language] / count:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--misses" in sys.argv)
    measure_figures(Path(sys.argv[1]), "--missed-figures" in sys.argv)
