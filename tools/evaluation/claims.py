"""Score coded reports against gold claims: detection, fields and exact.

In go gold reports and the program's claims for them; out comes a `ClaimScore`. A claim of the program is paired with a
gold claim of the same report and kind whose quote shares at least half of the shorter one's characters, and whose core
agrees; the best pairs are taken first, and a claim is used once.

    detection   claims paired
    fields      of the pairs, those whose field agrees
    exact       pairs whose every key field agrees, over all claims: the figure that a user feels
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import Factory, define, frozen

from evaluation.agreement import ActorNames, Record, agrees, same_core

FIELDS = {
    "event": ("type", "place", "time", "initiator", "target", "figures", "modality"),
    "control": ("place", "holder", "status", "extent", "time"),
    "toll": ("figures", "place", "time"),
    "relation": ("subject", "predicate", "object"),
    "statement": ("speaker", "act", "about"),
}
"""Fields of each kind whose agreement ranks the pairs."""
ALSO_SCORED = ("attribution", "precedent")
KEY_FIELDS = {
    "event": ("type", "place", "time", "initiator", "target"),
    "control": ("place", "holder", "status"),
    "toll": ("figures", "place"),
    "relation": ("subject", "predicate", "object"),
    "statement": ("speaker", "act"),
}
"""Fields that make a claim exact."""
ALL = "all"

Extent = tuple[int, int]


@frozen(kw_only=True)
class Rate:
    """How many were right, how many the program gave, how many gold has."""

    right: int
    given: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@frozen(kw_only=True)
class Pair:
    """A gold claim, the program's claim for it, and the fields that differ."""

    gold: Record
    said: Record
    wrong: tuple[str, ...]

    @property
    def exact(self) -> bool:
        return not set(self.wrong) & set(KEY_FIELDS[self.gold["kind"]])


@frozen(kw_only=True)
class ReportScore:
    """One report: the pairs, what was missed, what nobody asked for."""

    report: Record
    pairs: tuple[Pair, ...]
    missed: tuple[Record, ...]
    spurious: tuple[Record, ...]
    unfounded: int

    @property
    def outcomes(self) -> list[tuple[Record, bool]]:
        """Every claim of the program, and whether it is exact."""
        return [(p.said, p.exact) for p in self.pairs] + [(c, False) for c in self.spurious]


@define
class ClaimScore:
    """Sums over reports."""

    reports: int = 0
    unfounded: int = 0
    gold: Counter[str] = Factory(Counter)
    given: Counter[str] = Factory(Counter)
    found: Counter[str] = Factory(Counter)
    exact: Counter[str] = Factory(Counter)
    agreed: Counter[tuple[str, str]] = Factory(Counter)

    def add(self, score: ReportScore) -> None:
        """Count one report in."""
        self.reports += 1
        self.unfounded += score.unfounded
        self.gold.update(c["kind"] for c in (*score.missed, *(p.gold for p in score.pairs)))
        self.given.update(str(c.get("kind")) for c in (*score.spurious, *(p.said for p in score.pairs)))
        for pair in score.pairs:
            kind = pair.gold["kind"]
            self.found[kind] += 1
            self.exact[kind] += pair.exact
            self.agreed.update((kind, f) for f in (*FIELDS[kind], *ALSO_SCORED) if f not in pair.wrong)

    def kinds(self) -> list[str]:
        """The kinds that gold or the program has, in the codebook's order, then all of them together."""
        return [kind for kind in FIELDS if self.gold[kind] or self.given[kind]] + [ALL]

    def detection(self, kind: str = ALL) -> Rate:
        return self._rate(self.found, kind)

    def exactness(self, kind: str = ALL) -> Rate:
        return self._rate(self.exact, kind)

    def field_share(self, kind: str, field: str) -> float:
        """Share of the pairs of a kind whose field agrees; 0 where there is no pair."""
        return self.agreed[kind, field] / self.found[kind] if self.found[kind] else 0.0

    def _rate(self, right: Counter[str], kind: str) -> Rate:
        if kind == ALL:
            return Rate(right=right.total(), given=self.given.total(), gold=self.gold.total())
        return Rate(right=right[kind], given=self.given[kind], gold=self.gold[kind])


def quote_extents(text: str, claim: Record) -> list[Extent]:
    """Where a claim's quotes stand in the text; a quote that is not there is left out."""
    quotes = claim.get("quote")
    found = [(text.find(q), q) for q in (quotes if isinstance(quotes, list) else [quotes]) if q]
    return [(at, at + len(q)) for at, q in found if at >= 0]


def shared_share(a: Sequence[Extent], b: Sequence[Extent]) -> float:
    """Characters shared, over those of the shorter."""
    shared = sum(max(0, min(end, e) - max(start, s)) for start, end in a for s, e in b)
    shorter = min(sum(end - start for start, end in part) for part in (a, b))
    return shared / shorter if shorter else 0.0


def pair_up(text: str, gold: Sequence[Record], said: Sequence[Record], actors: ActorNames) -> list[tuple[int, int]]:
    """Pair claims, best first: most fields agreed, then most words shared, then the order of the text."""
    gold_at, said_at = ([quote_extents(text, c) for c in claims] for claims in (gold, said))
    ranked = []
    for i, g in enumerate(gold):
        for j, s in enumerate(said):
            if g["kind"] != s.get("kind"):
                continue
            share = shared_share(gold_at[i], said_at[j])
            if share >= 0.5 and same_core(g, s, actors):
                ranked.append((-sum(agrees(f, g, s, actors) for f in FIELDS[g["kind"]]), -share, i, j))
    used_gold: set[int] = set()
    used_said: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(ranked):
        if i not in used_gold and j not in used_said:
            used_gold.add(i)
            used_said.add(j)
            pairs.append((i, j))
    return pairs


def score_report(report: Record, said: Sequence[Record], actors: ActorNames) -> ReportScore:
    """Score the claims of one report.

    Args:
        report: a gold report with `text` and `claims`.
        said: the program's claims for it.
        actors: names that mean the same.
    """
    gold = report["claims"]
    paired = pair_up(report["text"], gold, said, actors)
    return ReportScore(
        report=report,
        pairs=tuple(
            Pair(
                gold=gold[i],
                said=said[j],
                wrong=tuple(
                    f for f in (*FIELDS[gold[i]["kind"]], *ALSO_SCORED) if not agrees(f, gold[i], said[j], actors)
                ),
            )
            for i, j in paired
        ),
        missed=tuple(c for i, c in enumerate(gold) if i not in {i for i, _ in paired}),
        spurious=tuple(c for j, c in enumerate(said) if j not in {j for _, j in paired}),
        unfounded=sum(not quote_extents(report["text"], c) for c in said),
    )


def total(scores: Iterable[ReportScore]) -> ClaimScore:
    """Sum reports up."""
    score = ClaimScore()
    for each in scores:
        score.add(each)
    return score
