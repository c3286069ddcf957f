"""Measure the reader of places on the corpus: the share of claim places that some mention of the report meets.

    measure_places.py [CORPUS.jsonl ...] [--misses] [--toponyms LGL.jsonl OUT.jsonl]

A claim's place is met where the scorer's `same_place` holds for a mention anywhere in the report. Printed by language
and precision, with the mentions a report and the milliseconds it cost, so that recall is not bought by noise.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from evaluation.agreement import same_place

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.tables.places import load_place_cues
from warledger.domain.mention import ToponymMention
from warledger.domain.place import Place
from warledger.domain.records import place_record
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import read_candidates, read_places
from warledger.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus"
GAZETTEER = GeoNamesGazetteer(Settings().data / "gazetteer")
CUES = load_place_cues()


def rows(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def mentions_of(report: dict) -> tuple[ToponymMention, ...]:
    text = report["text"]
    return read_places(text, split_sentences(text), GAZETTEER, CUES, language=report.get("language"))[1]


def candidates_of(report: dict) -> tuple[ToponymMention, ...]:
    text = report["text"]
    return read_candidates(text, split_sentences(text), GAZETTEER, CUES, language=report.get("language"))[1]


def record(mention: ToponymMention) -> dict:
    return place_record(Place(name=mention.name, entry=mention.entry, precision=mention.precision)) or {}


def measure(file: Path, misses: bool) -> None:
    met: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    count, spent = 0, 0.0
    reports = rows(file)
    for report in reports:
        start = time.process_time()
        found = candidates_of(report)
        spent += time.process_time() - start
        count += len(found)
        said = [record(m) for m in found]
        for place in [c["place"] for c in report["claims"] if c.get("place")]:
            hit = any(same_place(place, p) for p in said)
            for group in ("all", report["language"], place["precision"], f"{report['language']} {place['precision']}"):
                met[group] += hit
                asked[group] += 1
            if misses and not hit:
                near = [f"{m.name}/{m.precision[:2]}" for m in found]
                print("miss", report["id"], report["language"], place, "|", " ".join(near))
    print(f"{file.parent.name}: {len(reports)} reports, {count / len(reports):.1f} mentions and", end=" ")
    print(
        f"{1000 * spent / len(reports):.2f} ms a report, "
        f"{sum(len(r['text'].split()) for r in reports) / len(reports):.0f} words"
    )
    for group, number in sorted(asked.items(), key=lambda p: -p[1]):
        print(f"  {group:<14}{met[group] / number:.3f} of {number}")


def toponyms(file: Path, out: Path) -> None:
    with out.open("w", encoding="utf-8") as lines:
        for report in rows(file):
            said = [
                {
                    "start": m.span.start,
                    "end": m.span.end,
                    "phrase": m.span.text,
                    "geonames_id": m.entry.geonames_id if m.entry else None,
                    "latitude": m.entry.latitude if m.entry else None,
                    "longitude": m.entry.longitude if m.entry else None,
                }
                for m in mentions_of(report)
            ]
            lines.write(json.dumps({"id": report["id"], "toponyms": said}) + "\n")


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("corpus", nargs="*", type=Path)
    ap.add_argument("--misses", action="store_true")
    ap.add_argument("--toponyms", nargs=2, type=Path)
    args = ap.parse_args()
    if args.toponyms:
        toponyms(*args.toponyms)
    else:
        for one in args.corpus or [CORPUS / "train" / "gold.jsonl", CORPUS / "dev" / "gold.jsonl"]:
            measure(one, args.misses)
