"""The corpus as the network sees it: pieces, words, anchors and which candidates fill which role."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from anchors import Target, find_targets
from augment import vary
from coded import fold, same_place
from excerpt import excerpt
from tokenizers import Tokenizer

from warledger.coding.candidates import Candidates, Pool, find_candidates
from warledger.coding.labels import CLASSES, KIND_ROLES, MODALITIES, ROLES, STATUSES, kind_of
from warledger.coding.modality import cue_features
from warledger.coding.words import Words, find_words
from warledger.domain.actor import Actor
from warledger.domain.cues import ModalityCues
from warledger.domain.mention import Reading


@dataclass
class Example:
    """One report ready to learn from."""

    id: str
    fold: str
    language: str
    ids: np.ndarray
    piece_of_word: np.ndarray
    words: Words
    cues: np.ndarray
    candidates: Candidates
    targets: list[Target]
    record: dict
    reading: Reading
    groups: list[Group] = field(default_factory=list)


@dataclass
class Group:
    """Claims of one group on one word, with what fills their roles.

    `fills[class]` is (values, roles) of 0 and 1; `known[role]` is false where the corpus names a filler that is no
    candidate, so that nothing can be learned about that role.
    """

    group: int
    code: int
    anchor: int
    quote: tuple[int, int]
    fills: dict[str, np.ndarray]
    known: dict[str, bool]
    empty: dict[str, bool]
    modality: int
    status: int
    extent: int


_SAME = {
    "M23": "March 23 Movement",
    "AFP": "Agence France-Presse",
    "Houthi movement": "Houthis",
    "Houthi Movement": "Houthis",
    "Permanent Strategic Framework": "Permanent Strategic Framework for Peace, Security and Development",
    "Medecins Sans Frontieres": "Médecins Sans Frontières",
    "SANA": "Syrian Arab News Agency",
    "US-led coalition": "Global Coalition Against Daesh",
}
"""Actors that the corpus knows by two canonical names."""


class Names:
    """Names that mean one actor, by the corpus's own table."""

    def __init__(self, path: Path) -> None:
        table = json.loads(path.read_text(encoding="utf-8"))
        self.of = {_plain(n): _plain(_SAME.get(c, c)) for c, names in table.items() for n in [c, *names]}
        self.seen: dict[str, str] = {}

    def key(self, name: str) -> str:
        if name not in self.seen:
            self.seen[name] = self.of.get(_plain(name), _plain(name))
        return self.seen[name]


def _plain(name: str) -> str:
    """The name folded, states without their article: "Government of the Philippines" is that of Philippines."""
    return fold(name).replace(" of the ", " of ")


def read_rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def make_example(
    row: dict,
    reading: Reading,
    tokenizer: Tokenizer,
    longest: int,
    actors: Mapping[str, Actor],
    modalities: Mapping[str, ModalityCues],
) -> Example:
    words = find_words(row["text"], reading.sentences)
    encoded = tokenizer.encode(row["text"])
    ids, offsets = encoded.ids[: longest - 2], encoded.offsets[: longest - 2]
    pieces = align(words, offsets)
    return Example(
        id=row["id"],
        fold=str(row.get("conflict") or "none").split("-")[0],
        language=row["language"],
        ids=np.array([0, *ids, 2]),
        piece_of_word=pieces,
        words=words,
        cues=cue_features(words, modalities.get(row["language"])),
        candidates=find_candidates(reading, words, actors),
        targets=find_targets(words, [{**c, "published": row["published"]} for c in row["claims"]]),
        record=row,
        reading=reading,
    )


def vary_example(
    example: Example,
    make: Callable[[dict, Reading], Example],
    actors: Mapping[str, Actor],
    names: Names,
    chance: random.Random,
) -> Example:
    """The example with actors or places swapped, its anchors carried along; itself where nothing can be swapped."""
    varied = vary(example.record, example.reading, actors, names.key, chance)
    if varied is None:
        return example
    row, reading, moved = varied
    new = make(row, reading)
    if len(new.targets) != len(example.targets):
        return example
    for old, target in zip(example.targets, new.targets, strict=True):
        word = new.words.at(moved.at(int(example.words.starts[old.anchor])))
        target.anchor = min(target.inside, key=lambda w: abs(w - word))
    new.groups = make_groups(new, names)
    return new


def cut_example(
    example: Example,
    make: Callable[[dict, Reading], Example],
    read: Callable[[dict], Reading],
    names: Names,
    chance: random.Random,
) -> Example:
    """A few sentences of the example, read anew, its anchors carried along; itself where those claim nothing."""
    cut = excerpt(example.record, example.reading.sentences, chance)
    if cut is None:
        return example
    new, whole = make(cut.row, read(cut.row)), {t.number: t for t in example.targets}
    for target in new.targets:
        offset = int(example.words.starts[whole[cut.kept[target.number]].anchor]) - cut.start
        target.anchor = min(target.inside, key=lambda w: abs(w - new.words.at(offset)))
    new.groups = make_groups(new, names)
    return new


def align(words: Words, offsets: list[tuple[int, int]]) -> np.ndarray:
    """The first piece of each word, counted with <s> before it; words past the last piece take the last."""
    ends = np.array([e for _, e in offsets], dtype=np.int64)
    return np.minimum(np.searchsorted(ends, words.starts, side="right"), max(0, len(offsets) - 1)) + 1


def make_groups(example: Example, names: Names) -> list[Group]:
    by_anchor: dict[tuple[int, int], list[Target]] = {}
    for t in example.targets:
        by_anchor.setdefault((t.group, t.anchor), []).append(t)
    return [_group(example, group, anchor, ts, names) for (group, anchor), ts in by_anchor.items()]


def _group(example: Example, group: int, anchor: int, targets: list[Target], names: Names) -> Group:
    records = [t.record for t in targets]
    c = example.candidates
    roles = KIND_ROLES[kind_of(group)]
    fills = {name: np.zeros((_values(pool), len(CLASSES[name])), dtype=np.float32) for name, pool in pools(c).items()}
    known, empty = dict.fromkeys(ROLES, False), dict.fromkeys(ROLES, False)
    for name, pool in pools(c).items():
        for column, role in enumerate(CLASSES[name]):
            if role in roles:
                hit, wanted = _fill(name, role, pool, records, names)
                fills[name][:, column] = hit
                known[role] = bool(hit.any()) or not wanted
                empty[role] = not wanted
    low, high = example.words.bounds[example.words.sentence[anchor]]
    inside = [w for w in targets[0].inside if low <= w < high] or [anchor]
    r = records[0]
    extent = str(r.get("extent") or "all")
    return Group(
        group=group,
        code=targets[0].code,
        anchor=anchor,
        quote=(min(inside), max(inside)),
        fills=fills,
        known=known,
        empty=empty,
        modality=MODALITIES.index(r["modality"]),
        status=STATUSES.index(r["status"]) if r.get("status") in STATUSES else -1,
        extent=(("all", "most", "part").index(extent) if extent in ("all", "most", "part") else 3)
        if "extent" in r
        else -1,
    )


def pools(c: Candidates) -> dict[str, Pool]:
    return {"actors": c.actors, "places": c.places, "times": c.times, "numbers": c.numbers}


def _values(pool: Pool) -> int:
    return len(pool.values)


def _fill(name: str, role: str, pool: Pool, records: list[dict], names: Names) -> tuple[np.ndarray, bool]:
    hit = np.zeros(len(pool.values), dtype=np.float32)
    if name == "actors":
        want = {names.key(n) for r in records for n in _listed(r.get(role))}
        for i, value in enumerate(pool.values):
            hit[i] = names.key(value) in want
        return hit, bool(want)
    if name == "places":
        want_places = [r["place"] for r in records if r.get("place")]
        for i, value in enumerate(pool.values):
            hit[i] = any(same_place(g, value) for g in want_places)
        return hit, bool(want_places)
    if name == "times":
        return _fill_times(pool, records, hit)
    want_figures = {(f.get("min"), f.get("max")) for r in records for f in figures(r, role)}
    for i, value in enumerate(pool.values):
        hit[i] = (value.min, value.max) in want_figures
    return hit, bool(want_figures)


def _fill_times(pool: Pool, records: list[dict], hit: np.ndarray) -> tuple[np.ndarray, bool]:
    record = records[0]
    time = record.get("time") or {}
    start, end = (time.get("start") or "")[:10], (time.get("end") or "")[:10]
    if record["kind"] == "control":
        open_time = time.get("precision") == "open" and not end and start == record["published"]
    else:
        open_time = (not start and end == record["published"]) or (not end and start == record["published"])
    for i, value in enumerate(pool.values):
        interval = value.interval
        low = interval.start.isoformat() if interval.start else ""
        high = interval.end.isoformat() if interval.end else ""
        same = low == start if record["kind"] == "control" else (low, high) == (start, end)
        hit[i] = same and (not open_time or record["kind"] == "control")
    return hit, not open_time and bool(start or end)


def figures(record: dict, harm: str) -> list[dict]:
    said = (record.get("figures") or {}).get(harm) or []
    return [f for f in (said if isinstance(said, list) else [said]) if isinstance(f, dict)]


def _listed(said: object) -> list[str]:
    return [str(s) for s in said] if isinstance(said, list) else [str(said)] if said else []
