"""Words of a report as the actor reader takes them: tokens, and what was found in them before it is resolved."""

from __future__ import annotations

from attrs import frozen

from warledger.domain.naming import Fitting
from warledger.domain.span import Span


@frozen(kw_only=True)
class Token:
    """One word of the text, as written and folded."""

    span: Span
    folded: str

    @property
    def is_name_like(self) -> bool:
        """Whether it could be part of a name: a capital anywhere ("al-Shabaab"), or a script without capitals."""
        return not self.span.text[0].islower() or any(c.isupper() for c in self.span.text)


@frozen(kw_only=True)
class Found:
    """A mention on its way: the words, what sort of description, the states named in it, names if they are known.

    Args:
        span: the words.
        kind: what sort of actor, as the table of heads names it, or `name`, `unknown`, `metonym`, `demonym`.
        states: codes of the states named in the words.
        names: canonical names, where the words give them.
        rule: what found it.
        fits: actors that the words fit, by country.
        cited: whether such words are also cited as a source.
        gloss: the words in English, where they are a source that is nobody in particular and another language's.
        behind: codes of the states said to stand behind the actor ("Turkish-backed").
        sentence: number of the sentence that it stands in.
        kin: whether it is only named as whom another is linked to ("the group, an ally of al-Qaeda").
    """

    span: Span
    kind: str
    states: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rule: str = ""
    fits: tuple[Fitting, ...] = ()
    cited: bool = False
    gloss: str = ""
    behind: tuple[str, ...] = ()
    sentence: int = 0
    kin: bool = False
