"""Weigh the words around two actors of a sentence: which relation of the corpus they tell, or none.

Fitted without the network, over every two actors of every sentence; what the rules find is not asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
import torch
from dataset import Example, Names
from torch.nn import functional as F

from warledger.coding.pairs import RELATIONS, ROWS, pairs_in
from warledger.coding.relations import RelationTables, person_of
from warledger.coding.sketch import Slot, sketch
from warledger.domain.codes import Predicate
from warledger.domain.span import Span

PASSES, BATCH, RATE, SLOWER, RIDGE = 6, 2048, 0.02, 0.7, 3e-6
PUBLISHED = 3.0
"""How much more a report that tells what was published weighs than an invented exercise."""
Told = tuple[list[int], int, float]
"""Rows of two actors, the code of their relation (0 for none), and what the report weighs."""


def write_relation_weights(folder: Path, examples: Sequence[Example], names: Names, tables: RelationTables) -> None:
    """Fit the weights and put them beside an exported model; its card is written by the caller."""
    weights = fit_relation_weights([t for e in examples for t in _told_in(e, names, tables)])
    np.savez_compressed(folder / "relations.npz", weights=weights.astype(np.float16))


def fit_relation_weights(told: Sequence[Told]) -> np.ndarray:
    """Logistic regression of the relation on the rows; shape (ROWS, 1 + relations)."""
    torch.manual_seed(0)
    chance, order = random.Random(0), list(told)
    table = torch.zeros((ROWS, 1 + len(RELATIONS)), requires_grad=True)
    optimiser = torch.optim.Adam([table], lr=RATE)
    for _ in range(PASSES):
        chance.shuffle(order)
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            rows = torch.tensor([r for rows, _, _ in some for r in rows])
            starts = torch.tensor([0, *np.cumsum([len(rows) for rows, _, _ in some])[:-1]])
            codes, counts = torch.tensor([c for _, c, _ in some]), torch.tensor([w for _, _, w in some])
            optimiser.zero_grad()
            scores = F.embedding_bag(rows, table, starts, mode="sum")
            loss = (F.cross_entropy(scores, codes, reduction="none") * counts).mean()
            (loss + RIDGE * (table[rows.unique()] ** 2).sum()).backward()
            optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] *= SLOWER
    return table.detach().numpy()


def _told_in(example: Example, names: Names, tables: RelationTables) -> Iterator[Told]:
    cues = tables.cues.get(example.language)
    if cues is None:
        return
    text, weight = example.record["text"], 1.0 if example.record.get("invented") else PUBLISHED
    relations = [(_span(c, text), c) for c in example.record["claims"] if c["kind"] == "relation"]
    for sentence in example.reading.sentences:
        drawn = sketch(sentence, example.reading, cues, tables.names)
        here = [(span, c) for span, c in relations if sentence.start <= span.start < sentence.end]
        codes: dict[tuple[int, int], int] = {}
        for span, claim in here:
            pair = _pair_of(claim, span, list(drawn.slots.values()), names, tables, example.language)
            if pair is not None:
                subject, other = pair
                in_order = subject.span.start < other.span.start
                first, second = (subject, other) if in_order else (other, subject)
                code = 1 + RELATIONS.index((Predicate(claim["predicate"]), in_order))
                codes[first.span.start, second.span.start] = code
        for first, second, rows in pairs_in(drawn):
            yield rows, codes.get((first.span.start, second.span.start), 0), weight


def _span(claim: dict, text: str) -> Span:
    quote = claim["quote"] if isinstance(claim["quote"], str) else claim["quote"][0]
    start = text.index(quote)
    return Span.of(text, start, start + len(quote))


def _pair_of(
    claim: dict, quote: Span, slots: Sequence[Slot], names: Names, tables: RelationTables, language: str
) -> tuple[Slot, Slot] | None:
    """The two actors of a sentence whom a relation is told of: those that the quote holds, and meant plainly, first."""
    wanted = [{names.key(n) for n in _listed(claim[role])} for role in ("subject", "object")]

    def meant(slot: Slot, keys: set[str]) -> int:
        person = person_of(slot, tables.cues[language], tables.names)
        plainly = {names.key(n) for n in (*slot.actors, *([person] if person else []))}
        return 2 if plainly & keys else 1 if {names.key(n) for n in slot.alternatives} & keys else 0

    found = []
    for subject, other in permutations(slots, 2):
        fits = meant(subject, wanted[0]), meant(other, wanted[1])
        if all(fits):
            inside = sum(quote.start <= s.span.end and s.span.start < quote.end for s in (subject, other))
            found.append((inside, sum(fits), -abs(subject.span.start - other.span.start), subject, other))
    best = max(found, key=lambda f: f[:3], default=None)
    return None if best is None else best[3:]


def _listed(said: str | list[str]) -> list[str]:
    return said if isinstance(said, list) else [said]
