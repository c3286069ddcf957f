"""Cue tables as values: the words of one language, each with its class, for the readers of times and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from warledger.domain.codes import Rank

TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|\n")
_FOLD = {"İ": "i", "’": "'", "‘": "'", "ʼ": "'", "ё": "е", "Ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"}
_FOLD |= {chr(0x0660 + n): str(n) for n in range(10)} | {chr(0x06F0 + n): str(n) for n in range(10)}
_FOLDING = str.maketrans(_FOLD)


def fold(text: str) -> str:
    """Fold case, apostrophes, alefs, yo and Arabic-Indic digits; the length never changes, so offsets stay true."""
    folded = text.translate(_FOLDING).lower()
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern over folded text that finds any of some, each as whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(fold(p) for p in patterns) + r")(?!\w)")


@frozen(kw_only=True)
class Cue:
    """One word or phrase of a table.

    Args:
        tokens: the folded tokens that follow the first one.
        kind: its class in the table ("month", "since").
        value: what it stands for in its class ("11", "day"), empty where the class says all.
        cased: it counts only where the text writes it with a capital ("May", "March").
    """

    tokens: tuple[str, ...]
    kind: str
    value: str = ""
    cased: bool = False


@frozen(kw_only=True)
class Lexicon:
    """The cues of one language.

    Args:
        language: ISO 639-1 code.
        cues: by folded first token, longest first.
        prefixes: letters that the script writes onto the next word (Arabic "and", "by"), longest first.
        separators: characters that group the thousands of a number in digits.
        among: phrases in front of a number or behind it by which it counts some of those just counted ("of them").
    """

    language: str
    cues: Mapping[str, tuple[Cue, ...]] = field(repr=False)
    prefixes: tuple[str, ...] = ()
    separators: str = ""
    among: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        language: str,
        rows: Sequence[tuple[str, str, str, bool]],
        prefixes: Sequence[str] = (),
        separators: str = "",
    ) -> Lexicon:
        """Build a lexicon of rows (phrase, kind, value, cased); of two rows with one phrase the first counts."""
        table: dict[str, dict[tuple[str, ...], Cue]] = {}
        for phrase, kind, value, cased in rows:
            first, *rest = TOKEN.findall(fold(phrase))
            cue = Cue(tokens=tuple(rest), kind=kind, value=value, cased=cased)
            table.setdefault(first, {}).setdefault(cue.tokens, cue)
        cues = {first: tuple(sorted(c.values(), key=lambda c: -len(c.tokens))) for first, c in table.items()}
        return cls(
            language=language, cues=cues, prefixes=tuple(sorted(prefixes, key=len, reverse=True)), separators=separators
        )


@frozen(kw_only=True)
class PrecedentCues:
    """How one language tells a precedent.

    Args:
        ranks: patterns of each rank, over folded text.
        since: the words that open the time from which the precedent counts.
        trigger: one of its words stands in every precedent; a sentence without one is passed over.
    """

    ranks: tuple[tuple[Rank, re.Pattern[str]], ...]
    since: re.Pattern[str]
    trigger: re.Pattern[str]


@frozen(kw_only=True)
class ModalityCues:
    """How one language tells that something is denied, planned, possible, alleged or did not happen.

    Args:
        patterns: over folded text, one for each modality but `asserted`, in the codebook's order.
    """

    patterns: tuple[re.Pattern[str], ...]


@frozen(kw_only=True)
class DeedRule:
    """What some words of one language say outright, where the model codes another thing.

    Args:
        name: of the list of words.
        of: the codes that the words correct.
        meant: the code that they mean; None where no claim hangs on such a word.
        words: over folded text.
        unless: words of the quote that speak against it, or None.
        near: the words stand before the word that the claim hangs on, so many words away at most, or over it; None:
            anywhere in the quote.
        beside: one of these codes is told in the same sentence; where empty that is not asked.
    """

    name: str
    of: frozenset[str]
    meant: str | None
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    near: int | None
    beside: frozenset[str]


@frozen(kw_only=True)
class AttributionCues:
    """How one language says who says what.

    Args:
        verbs: folded cue word to its class: `say`, `tell` (a hearer follows), `saying` (its source is the sentence's
            subject), `think` (content behind only), `call` (an object behind), `seem` (no source, content on both
            sides), `noun` ("a statement by X that"), `final` (the cue closes its sentence).
        words: folded word to its class: `helper` (belongs to the cue: "has", "also"), `that`, `boundary` (no source
            reaches over it), `adverbial` (opens words of time and manner behind a cue), `pronoun`.
        sets: small words by what they do: `joint` ("and"), `relative` ("who"), `whether`, `article`, `link` ("of"),
            `by`, `determiner` (a noun follows: "the", "their"), `be` (its forms make a passive), `agent` ("by").
        endings: endings of verbs that close a subject ("ed").
        according: phrases that a source follows ("according to"), one pattern.
        source_first: the source stands before such a phrase, the content behind it.
    """

    verbs: Mapping[str, str] = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    sets: Mapping[str, frozenset[str]] = field(repr=False)
    endings: tuple[str, ...]
    according: re.Pattern[str]
    source_first: bool = False
