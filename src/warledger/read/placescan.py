"""What one pass over a text finds of places: stretches that may name one, and the peoples and surnames beside them."""

from __future__ import annotations

from collections import Counter

from attrs import define, field

from warledger.domain.place import GazetteerEntry
from warledger.read.placewords import Word


@define(kw_only=True)
class Named:
    """A stretch of text that may name a place, with the words around it."""

    start: int
    end: int
    core: str
    entries: tuple[GazetteerEntry, ...]
    before: list[str]
    after: list[str]
    span_start: int
    span_end: int
    sentence: int
    locative: bool = False
    opening: bool = False
    people: str | None = None
    exact_with_sort: bool = False
    hint: str | None = None
    spoke: bool = False
    body: bool = False


@define(kw_only=True)
class Scan:
    """What one pass over a text finds: names, how often each people is named, and surnames seen in full names."""

    named: list[Named] = field(factory=list)
    embedded: list[Named] = field(factory=list)
    peoples: Counter[str] = field(factory=Counter)
    people_words: list[tuple[Word, str, int]] = field(factory=list)
    surnames: set[str] = field(factory=set)
    doubted: Named | None = None
    """An unknown name right behind a place and a comma: a place too if the enumeration goes on with one."""
    uncased: bool = False

    @property
    def supported(self) -> set[str]:
        """Names that somewhere in the text a preposition or a word for a sort of place stands with."""
        if self._supported is None:
            self._supported = {n.core.casefold() for n in self.named if n.locative or n.before or n.after}
        return self._supported

    _supported: set[str] | None = field(default=None, init=False)
