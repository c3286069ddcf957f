"""Score one stage of the program against a public benchmark.

In go gold rows and the program's rows, both by id; out come named figures. Offsets are characters, the end exclusive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from evaluation.agreement import Record, distance_km
from evaluation.claims import Rate

Rows = Mapping[str, Record]
Figures = dict[str, float]

NOT_ACLED = frozenset({"DIPLO", "ATTRIB", "ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER"})
"""Classes of CASE 2021 task 2 that are not ACLED sub-event types."""
NEAR_KM = 161.0
"""A hundred miles: the distance at which the literature counts a toponym as placed."""


def _weighted_f1(pairs: Sequence[tuple[str, str | None]]) -> tuple[float, float]:
    """F1 a class, weighted by its gold count; and unweighted."""
    gold, given = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    f1 = {c: Rate(right=right[c], given=given[c], gold=gold[c]).f1 for c in gold}
    return sum(f1[c] * gold[c] for c in f1) / len(pairs), sum(f1.values()) / len(f1)


def score_types(gold: Rows, said: Rows) -> Figures:
    """Event types: accuracy, weighted and macro F1 over all classes; weighted F1 over ACLED's alone."""
    pairs = [(g["label"], said.get(i, {}).get("label")) for i, g in gold.items()]
    weighted, macro = _weighted_f1(pairs)
    acled, _ = _weighted_f1([(g, p) for g, p in pairs if g not in NOT_ACLED])
    accuracy = sum(g == p for g, p in pairs) / len(pairs)
    return {"accuracy": accuracy, "macro_f1": macro, "weighted_f1": weighted, "acled25_weighted_f1": acled}


def overlapping(gold: Iterable[Record], said: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Pair mentions in gold's order, each with the free one that it shares most characters with."""
    used: set[int] = set()
    pairs = []
    for g in gold:
        shared = [
            (min(g["end"], s["end"]) - max(g["start"], s["start"]), -j) for j, s in enumerate(said) if j not in used
        ]
        most, j = max(shared, default=(0, 0))
        if most > 0:
            used.add(-j)
            pairs.append((g, said[-j]))
    return pairs


def score_toponyms(gold: Rows, said: Rows) -> Figures:
    """Toponyms: F1 of the mentions; of those found, the share within 161 km; and found and placed there, as F1."""
    pairs, given, wanted = [], 0, 0
    for i, row in gold.items():
        guesses = said.get(i, {}).get("toponyms", [])
        given, wanted = given + len(guesses), wanted + len(row["toponyms"])
        pairs += overlapping(row["toponyms"], guesses)
    errors_km = [distance_km(g, s) for g, s in pairs if s.get("latitude") is not None]
    near = sum(error <= NEAR_KM for error in errors_km)
    return {
        "mentions_f1": Rate(right=len(pairs), given=given, gold=wanted).f1,
        "within_161km": near / len(pairs) if pairs else 0.0,
        "within_10km": sum(error <= 10 for error in errors_km) / len(pairs) if pairs else 0.0,
        "median_error_km": median(errors_km) if errors_km else 0.0,
        "found_and_near_f1": Rate(right=near, given=given, gold=wanted).f1,
    }


def score_dates(gold: Rows, said: Rows) -> Figures:
    """Dates and times of day (TIMEX3): relaxed F1 of the spans, F1 of span and value, accuracy of the values found.

    Durations and sets are neither wanted nor held against the program.
    """
    found = right = given = wanted = 0
    for i, row in gold.items():
        dates = [t for t in row["timexes"] if t["type"] in ("DATE", "TIME")]
        others = [t for t in row["timexes"] if t["type"] not in ("DATE", "TIME")]
        guesses = [t for t in said.get(i, {}).get("timexes", []) if not overlapping(others, [t])]
        pairs = overlapping(dates, guesses)
        given, wanted, found = given + len(guesses), wanted + len(dates), found + len(pairs)
        right += sum(g["value"] == s.get("value") for g, s in pairs)
    return {
        "spans_f1": Rate(right=found, given=given, gold=wanted).f1,
        "values_f1": Rate(right=right, given=given, gold=wanted).f1,
        "value_accuracy": right / found if found else 0.0,
    }


PARTS = ("source", "cue", "content")
Characters = dict[str, set[int]]


def _characters(attribution: Record) -> Characters:
    return {part: {c for start, end in attribution.get(part, []) for c in range(start, end)} for part in PARTS}


def _paired_attributions(gold: list[Characters], said: list[Characters]) -> list[tuple[Characters, Characters]]:
    ranked = sorted(
        (
            (len(g["content"] & s["content"]) + len(g["cue"] & s["cue"]), i, j)
            for i, g in enumerate(gold)
            for j, s in enumerate(said)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_said: set[int] = set()
    pairs = []
    for shared, i, j in ranked:
        if shared and i not in used_gold and j not in used_said:
            used_gold.add(i)
            used_said.add(j)
            pairs.append((gold[i], said[j]))
    return pairs


def _half_shared(gold: set[int], said: set[int]) -> bool:
    return not gold or 2 * len(gold & said) >= len(gold | said)


def score_attribution(gold: Rows, said: Rows) -> Figures:
    """Who says what: F1 over characters of source, cue and content; F1 of attributions whose source and content
    overlap by half."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for i, row in gold.items():
        ours = [_characters(a) for a in said.get(i, {}).get("attributions", [])]
        theirs = [_characters(a) for a in row["attributions"]]
        pairs = _paired_attributions(theirs, ours)
        for part in PARTS:
            wanted[part] += sum(len(a[part]) for a in theirs)
            given[part] += sum(len(a[part]) for a in ours)
            right[part] += sum(len(a[part] & b[part]) for a, b in pairs)
        wanted["whole"] += len(theirs)
        given["whole"] += len(ours)
        right["whole"] += sum(all(_half_shared(a[p], b[p]) for p in ("source", "content")) for a, b in pairs)
    return {f"{p}_f1": Rate(right=right[p], given=given[p], gold=wanted[p]).f1 for p in (*PARTS, "whole")}


def score_clusters(gold: Rows, said: Rows) -> Figures:
    """Same event: B-cubed precision, recall and F1 over the rows, and precision over pairs of rows put together.

    A row that the program gives no event is an event of its own.
    """
    event_of = {i: g["event"] for i, g in gold.items()}
    cluster_of = {i: said.get(i, {}).get("event", f"?{i}") for i in gold}
    together = Counter((event_of[i], cluster_of[i]) for i in gold)
    events, clusters = Counter(event_of.values()), Counter(cluster_of.values())
    precision = sum(together[event_of[i], cluster_of[i]] / clusters[cluster_of[i]] for i in gold) / len(gold)
    recall = sum(together[event_of[i], cluster_of[i]] / events[event_of[i]] for i in gold) / len(gold)
    joined = sum(n * (n - 1) // 2 for n in clusters.values())
    rightly = sum(n * (n - 1) // 2 for n in together.values())
    return {
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": 2 * precision * recall / (precision + recall),
        "pair_precision": rightly / joined if joined else 1.0,
    }


def score_clusters_in_topic(gold: Rows, said: Rows) -> Figures:
    """As `score_clusters`, a topic at a time, weighted by rows: are the near-alike events of a topic kept apart?"""
    topics: dict[object, dict[str, Record]] = defaultdict(dict)
    for i, row in gold.items():
        topics[row["topic"]][i] = row
    inside: Counter[str] = Counter()
    for rows in topics.values():
        inside.update({name: value * len(rows) for name, value in score_clusters(rows, said).items()})
    whole = score_clusters(gold, said)
    return {
        **whole,
        "in_topic_bcubed_precision": (p := inside["bcubed_precision"] / len(gold)),
        "in_topic_bcubed_recall": (r := inside["bcubed_recall"] / len(gold)),
        "in_topic_bcubed_f1": 2 * p * r / (p + r),
    }


SCORERS: dict[str, Callable[[Rows, Rows], Figures]] = {
    "types": score_types,
    "toponyms": score_toponyms,
    "dates": score_dates,
    "attribution": score_attribution,
    "clusters": score_clusters,
}
"""The scorer of each stage, as `warledger eval` names it."""
