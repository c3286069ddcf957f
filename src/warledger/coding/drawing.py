"""Which candidates fill a role: the best by the scores, alone or with those named beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from warledger.coding.candidates import Pool
from warledger.coding.labels import CLASSES
from warledger.coding.scores import AnchorScores, sigmoid, softmax
from warledger.coding.words import Words
from warledger.domain.codes import Kind
from warledger.domain.mention import ToponymMention
from warledger.domain.span import Span

SELDOM_EMPTY = {"place": -20.0, "initiator": -1.0, "target": -1.0, "time": -1.0, "holder": -20.0, "attribution": -1.0}
"""The least log odds against nobody at which the best candidate fills a role alone; the learned odds are shy of reports
of wars that the model has not seen, a report of war nearly always says where, and reports name their sources more often
than most of the exercises do."""
MORE_THAN_ONE = {"initiator": 2.0, "target": 1.0, "place": 1.0}
"""The least log odds at which a further candidate fills a role beside the best."""


@frozen(kw_only=True)
class Filler:
    """One candidate that fills a role: its value, the words and how surely."""

    value: Any
    span: Span
    rule: str
    score: float


@frozen(kw_only=True, eq=False)
class Drawer:
    """Draws the fillers of one anchor out of the scores."""

    row: int
    word: int
    kind: Kind
    words: Words
    pools: dict[str, Pool]
    scores: AnchorScores

    def fillers(
        self, role: str, *, at_least_one: bool = False, allowed: Callable[[Any], bool] | None = None
    ) -> list[Filler]:
        """Every candidate that beats nobody, best first; the best of all where one is required.

        Where none does, the best still fills a role that is seldom empty, down to the role's own score. Further
        candidates stand in the sentence of the best one and in words of their own: what one description could mean
        besides is no second actor, and a place named elsewhere in the report is no enumeration.
        """
        name, column = _column_of(role)
        pool, scores = self.pools[name], self.scores.roles[name]
        values, best = scores.values[self.row, :, column], scores.best[self.row, :, column]
        order = [int(i) for i in np.argsort(-values, kind="stable") if allowed is None or allowed(pool.values[i])]
        if not order or not (at_least_one or values[order[0]] > self._least(role, pool, int(best[order[0]]))):
            return []
        chosen = order[:1]
        for value in order[1:]:
            if values[value] <= MORE_THAN_ONE.get(role, 0.0):
                break
            if self._stands_beside(pool, int(best[value]), [int(best[c]) for c in chosen]):
                chosen.append(value)
        return [self._filler(pool, int(best[i]), i, values[i]) for i in chosen]

    def _least(self, role: str, pool: Pool, mention: int) -> float:
        """The odds at which the best candidate fills a role; a target far off needs to beat nobody, and so does the day
        from which a place is held, since all days before are answered by it."""
        if role == "time" and self.kind is Kind.CONTROL:
            return 0.0
        if role == "target" and self.words.sentence[pool.first[mention]] != self.words.sentence[self.word]:
            return 0.0
        return SELDOM_EMPTY.get(role, 0.0)

    def _stands_beside(self, pool: Pool, mention: int, chosen: list[int]) -> bool:
        sentence = self.words.sentence[pool.first]
        if sentence[mention] != sentence[chosen[0]]:
            return False
        if isinstance(pool.values[0], ToponymMention):
            return not any(pool.spans[mention].overlaps(pool.spans[c]) for c in chosen)
        alone = all(pool.spans[mention] != pool.spans[c] for c in chosen)
        return alone or not any(pool.alternative[i] for i in (mention, *chosen))

    @staticmethod
    def _filler(pool: Pool, mention: int, value: int, score: float) -> Filler:
        said = pool.values[value]
        return Filler(value=said, span=pool.spans[mention], rule=pool.rules[mention], score=float(sigmoid(score)))

    def likeliest(self, role: str, allowed: Callable[[Any], bool]) -> float:
        """Probability of the likeliest of some candidates, or that nobody fills the role where that is likelier."""
        name, column = _column_of(role)
        values = self.scores.roles[name].values[self.row, :, column]
        likely = softmax(np.concatenate([[0.0], values]))
        return float(
            max(p for p, value in zip(likely, (None, *self.pools[name].values), strict=True) if allowed(value))
        )

    def surely_nobody(self, role: str) -> float:
        """Probability that nobody fills a role."""
        name, column = _column_of(role)
        values = self.scores.roles[name].values[self.row, :, column]
        return float(1 - sigmoid(values.max())) if values.size else 1.0


def _column_of(role: str) -> tuple[str, int]:
    """The class of candidates that fills a role, and the role's column in its scores."""
    return next((name, roles.index(role)) for name, roles in CLASSES.items() if role in roles)
