"""Tell in another language why the monitor concludes what it does: a reason as the ledger keeps it in, its words out.

A reason is kept in English. It is read back by the English template that it was written by, and told by the template of
the same key; one that fits none stays as it is, set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from warledger.domain.codes import Grade
from warledger.domain.phrases import Phrases
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.templates import Field, fill, listed, pattern_of

_ONE = frozenset({"name", "other"})
_SEVERAL = frozenset({"names", "others"})
_NUMBERS = frozenset({"n", "low", "months"})
_LOOKS = {**dict.fromkeys(_NUMBERS, r"[\d,]+"), "told": ".+"}
_TIMES = frozenset({"since", "first", "last"})
_AND = ", "
"""What parts names in a reason."""


@frozen(kw_only=True, eq=False)
class Reasons:
    """Reasons in a language.

    Args:
        kept: the phrases that reasons are kept in.
        phrases: those that they are told in.
    """

    kept: Phrases
    phrases: Phrases

    def tell(self, reason: str) -> str:
        """Tell a reason."""
        found = self._read(reason)
        return self._naming.foreign(reason) if found is None else found

    def _read(self, reason: str) -> str | None:
        for key, template in self.kept.reasons.items():
            m = _pattern(template).fullmatch(reason)
            if m is not None:
                said = {name: words for name, words in m.groupdict().items() if words is not None}
                fields = {name: self._field(name, words) for name, words in said.items()}
                return fill(self.phrases.reasons[key], **fields)
        return None

    def _field(self, name: str, words: str) -> Field:
        naming, measures = self._naming, Measures(phrases=self.phrases)
        if name in _ONE:
            return naming.parties([words])
        if name in _SEVERAL:
            return naming.parties(words.split(_AND))
        if name in _NUMBERS:
            return measures.number(int(words.replace(",", "")))
        if name in _TIMES:
            return measures.since(words)
        match name:
            case "told":
                return self.tell(words)
            case "counts":
                return listed([self.tell(c) for c in self._counts(words)], self.phrases.joints)
            case "field" | "fields":
                said = [self.phrases.fields.get(f, f) for f in words.split(_AND)]
                return listed(said, self.phrases.joints)
            case "grade":
                return self.phrases.grade_words[Grade(words)]
            case "division":
                return naming.within(words, None)
            case _:
                return naming.foreign(words)

    def _counts(self, words: str) -> Iterator[str]:
        """Single counts of a list: a name may hold what parts them."""
        held = ""
        for part in words.split(_AND):
            if held and self._read(part) is not None:
                yield held
                held = part
            else:
                held = f"{held}{_AND}{part}" if held else part
        yield held

    @property
    def _naming(self) -> Naming:
        return Naming(phrases=self.phrases)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return pattern_of(template, _LOOKS)
