"""Find who a report speaks of: text and name tables in, mentions of actors out, each resolved within the report.

Names come from the tables, chosen for the year of publication, and from the text itself ("the Karen Front (KF)").
Descriptions ("Russian warplanes", "government troops", "the rebels", "residents") are resolved by their head, the
nationality beside them, and who has been named before; what could mean others keeps them as alternatives.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from warledger.domain.actor import ActorKind
from warledger.domain.mention import ActorMention
from warledger.domain.naming import (
    KEY_LETTERS,
    LONGEST_ENDING,
    ActorNames,
    Description,
    Heads,
    fold_word,
    like,
)
from warledger.domain.span import Span
from warledger.read.actor_memory import ANAPHORA, resolve
from warledger.read.actor_words import Found, Token

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:['’.\-]\w+)*|[^\w\s]")
_ELISION = re.compile(r"(?:l|d|qu|s|n|c|j|m|jusqu|lorsqu)['’](?=\w)", re.IGNORECASE)
_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|فال|كال|لل|و|ف|ب|ل|ك)(?=\w{3})")
_TITLE = r"(?:[A-Z][\w'’\-]+|of|for|the|and|de|du|des|la|del|y|et)"
_ACRONYM = re.compile(rf"({_TITLE}(?: {_TITLE}){{1,8}}) \(([A-Z][A-Za-z0-9\-]{{1,9}})\)")
_APOSTROPHE = re.compile("['’]")
ADJECTIVE_REACH = 4
"""A nationality this many words from a noun can still belong to it."""

_ALONE = (*ANAPHORA, "sources")
"""Heads that no nationality stands beside."""
_OF_A_STATE = frozenset(("military", "police", "government", "states"))
"""Heads that make a state's body of a nationality before them."""
_WITH_FORCES = frozenset(
    (ActorKind.ARMED_GROUP, ActorKind.ALLIANCE, ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE)
)
_FORCES = frozenset(("military", "police", "rebels", "loyal", "unidentified", "states", "government"))
"""Heads that a name before them takes for its own."""
_ARTICLES = frozenset({"the", "la", "le", "les", "l", "el", "los", "las"})

NAMED = "actor table"
"""The rule of mentions that the actor table itself names."""


def find_actors(
    text: str,
    sentences: Sequence[Span],
    table: ActorNames,
    *,
    published: date,
    country: str | None,
    language: str | None,
) -> tuple[ActorMention, ...]:
    """Find every mention of an actor.

    Args:
        text: the report's text.
        sentences: its sentences.
        table: names and heads.
        published: publication date, which chooses between holders of one name.
        country: ISO code of the country that the report is about, or None: then the state named oftenest.
        language: ISO 639-1 code; None is read as English.

    Returns:
        Mentions in order of their start; none overlaps another but a longer one that holds it.
    """
    heads = table.heads.get(language or "en", table.heads["en"])
    introduced = _introduced(text, table)
    found: list[Found] = []
    for number, sentence in enumerate(sentences):
        tokens = [_token(text, m, language) for m in _TOKEN.finditer(text, sentence.start, sentence.end)]
        inside = _find_in(tokens, text, table, heads, introduced, published.year, language or "en")
        found.extend(evolve(f, sentence=number) for f in inside)
    home = country or _commonest_state(found)
    return tuple(resolve(found, table, home))


def _token(text: str, match: re.Match[str], language: str | None) -> Token:
    start = match.start()
    if language == "fr":
        elided = _ELISION.match(match.group())
        start += elided.end() if elided is not None else 0
    folded = fold_word(text[start : match.end()])
    if language == "tr" and "'" in folded:
        folded = folded.split("'")[0]
    return Token(span=Span.of(text, start, match.end()), folded=folded)


def _introduced(text: str, table: ActorNames) -> dict[tuple[str, ...], str]:
    """Names that the text itself introduces with their acronym; both then stand for the full name."""
    new: dict[tuple[str, ...], str] = {}
    for full, acronym in _ACRONYM.findall(text):
        words = tuple(fold_word(w) for w in full.split())
        while words and words[0] in ("the", "of", "for", "and", "de", "la", "del", "des", "du", "y", "et"):
            words, full = words[1:], full.split(" ", 1)[1]
        initials = "".join(w[0] for w in words if w)
        if acronym[0].casefold() not in initials or words in table.names or len(words) < 2:
            continue
        if (acronym.casefold(),) not in table.names:
            new[words] = full
            new[(acronym.casefold(),)] = full
    return new


def _find_in(
    tokens: list[Token],
    text: str,
    table: ActorNames,
    heads: Heads,
    introduced: Mapping[tuple[str, ...], str],
    year: int,
    language: str,
) -> Iterator[Found]:
    at = 0
    while at < len(tokens):
        hit = (
            _longest(
                _name(tokens, at, text, table, introduced, year, language),
                _fitting(tokens, at, text, table, year, language),
                _description(tokens, at, text, table, heads, language),
            )
            or _metonym(tokens, at, text, table)
            or _abroad(tokens, at, text, table, language)
            or _people(tokens, at, table, language)
            or _joined(tokens[at], text, table, heads, language)
        )
        if hit is None:
            at += 1
            continue
        found, used = hit
        yield evolve(found, kin=True) if found.kind == "name" and _is_kin(tokens, at, heads) else found
        at += used + (_own_head(tokens, at + used, found, table, heads, language) if found.kind == "name" else 0)


def _own_head(tokens: list[Token], at: int, named: Found, table: ActorNames, heads: Heads, language: str) -> int:
    """How many words right behind a name only say what its bearer is: "Hezbollah fighters" are Hezbollah."""
    owner = table.actors.get(named.names[0])
    if owner is None or owner.kind not in _WITH_FORCES or at >= len(tokens) or not heads.adjective_first:
        return 0
    if tokens[at].span.start != named.span.end + 1:
        return 0
    hit = _head(tokens, at, heads, language)
    return len(hit[1]) if hit is not None and hit[0] in _FORCES else 0


def _is_kin(tokens: list[Token], at: int, heads: Heads) -> bool:
    """Whether words like "linked to" stand in front, an article between them left out."""
    end = at - 1 if at and tokens[at - 1].folded in _ARTICLES else at
    words = [t.folded for t in tokens[:end]]
    return any(len(phrase) <= len(words) and all(map(like, words[-len(phrase) :], phrase)) for phrase in heads.kin)


def _longest(
    name: tuple[Found, int] | None, fitting: tuple[Found, int] | None, described: tuple[Found, int] | None
) -> tuple[Found, int] | None:
    """The hit that takes most words, a name first: "Syrian government forces" are no government."""
    hits = [hit for hit in (name, fitting) if hit is not None]
    known = max(hits, key=lambda hit: hit[1], default=None)
    if known is None:
        return described
    of_a_state = described is not None and described[0].states and described[0].kind in _OF_A_STATE
    if of_a_state and described is not None and described[1] > known[1]:
        return described
    return known


def _name(
    tokens: list[Token],
    at: int,
    text: str,
    table: ActorNames,
    introduced: Mapping[tuple[str, ...], str],
    year: int,
    language: str,
) -> tuple[Found, int] | None:
    first = _stripped(tokens[at].folded, table.starts, language)
    longest = max(table.starts.get(first, 0), 9 if introduced else 0)
    for length in range(min(longest, len(tokens) - at), 0, -1):
        part = tokens[at : at + length]
        words = (first, *(t.folded for t in part[1:]))
        owners = table.names.get(words)
        if owners is None and words not in introduced:
            continue
        if not any(t.is_name_like for t in part) or (length == 1 and not _cased_right(part[0], table)):
            continue
        span = Span.of(text, part[0].span.start, part[-1].span.end)
        if owners is None:
            return Found(span=span, kind="unknown", names=(introduced[words],), rule="introduced in the text"), length
        holding = [o.actor for o in owners if o.held_in(year)] or [o.actor for o in owners]
        return Found(span=span, kind="name", names=tuple(dict.fromkeys(holding)), rule=NAMED), length
    return None


def _stripped(word: str, known: Mapping[str, object], language: str) -> str:
    """An Arabic word without the particles written onto it, where that makes it a known one."""
    if language != "ar" or word in known:
        return word
    bare = _ARABIC_PREFIX.sub("", word)
    return next((w for w in (bare, "ال" + bare) if w in known), word)


def _cased_right(token: Token, table: ActorNames) -> bool:
    if token.folded not in table.cased:
        return token.is_name_like
    written = _APOSTROPHE.split(token.span.text)[0]
    return written.isupper() or written in table.spelled or not written.isascii()


def _description(
    tokens: list[Token], at: int, text: str, table: ActorNames, heads: Heads, language: str
) -> tuple[Found, int] | None:
    states, width = _adjectives(tokens, at, table, language)
    head = at + width
    if width:
        reach = range(head, min(len(tokens), head + ADJECTIVE_REACH))
        for place in reach if heads.adjective_first else reach[:1]:
            if place > head and not _may_stand_between(tokens[place - 1], heads, tokens, place - 1):
                break
            hit = _head(tokens, place, heads, language)
            if hit is not None and hit[0] not in _ALONE:
                end = place + len(hit[1])
                return _described(tokens, at, end, text, hit[0], states), end - at
        span = Span.of(text, tokens[at].span.start, tokens[head - 1].span.end)
        return Found(span=span, kind="demonym", states=states, rule="nationality alone"), width
    hit = _head(tokens, at, heads, language)
    if hit is None:
        return None
    kind, phrase = hit
    length = len(phrase)
    if not heads.adjective_first and kind not in _ALONE:
        behind = at + length
        states, width = _adjectives(tokens, behind, table, language) if behind < len(tokens) else ((), 0)
        if width == 0 and behind + 1 < len(tokens) and not tokens[behind].span.text[0].isupper():
            states, width = _adjectives(tokens, behind + 1, table, language)
            width = width + 1 if width else 0
        length += width
    cited = tuple(t.folded for t in tokens[at : at + length]) in heads.witnesses
    found = _described(tokens, at, at + length, text, kind, states)
    return evolve(found, cited=cited, gloss=heads.glosses.get(phrase, "")), length


def _described(tokens: list[Token], at: int, end: int, text: str, kind: str, states: tuple[str, ...]) -> Found:
    span = Span.of(text, tokens[at].span.start, tokens[end - 1].span.end)
    return Found(span=span, kind=kind, states=states, rule=f"description: {kind}")


def _may_stand_between(token: Token, heads: Heads, tokens: list[Token], at: int) -> bool:
    """A word between nationality and noun: an adjective, not a mark or a preposition."""
    return token.span.text[0].isalpha() and token.folded not in _BREAKS


_BREAKS = frozenset(
    word
    for words in (
        "in of on at to by from with for and or as is are was were said says has have had that which who",
        "но и в на с по з та і ve ile için",
    )
    for word in words.split()
)


def _adjectives(tokens: list[Token], at: int, table: ActorNames, language: str) -> tuple[tuple[str, ...], int]:
    """States named from here on ("Russian", "Russian and Syrian", "Syria's"), and how many words that takes."""
    states: list[str] = []
    width = 0
    while at + width < len(tokens):
        state, used = _one_state(tokens, at + width, table, language)
        if state is None:
            break
        states.append(state)
        width += used
        joined = tokens[at + width] if at + width < len(tokens) else None
        if joined is not None and joined.folded in _JOIN and at + width + 1 < len(tokens):
            following, _ = _one_state(tokens, at + width + 1, table, language)
            if following is not None:
                width += 1
                continue
        break
    return tuple(dict.fromkeys(states)), width


_JOIN = frozenset(["and", "-", ",", "et", "y", "и", "і", "та", "ve", "و"])


def _one_state(tokens: list[Token], at: int, table: ActorNames, language: str) -> tuple[str | None, int]:
    token = tokens[at]
    if language in table.stems and language != "en":
        return _by_stem(token.folded, table.stems[language], language), 1
    if not token.is_name_like:
        return None, 0
    for length in (2, 1):
        words = tuple(t.folded for t in tokens[at : at + length])
        if len(words) < length:
            continue
        if words in table.adjectives and (words[0] not in table.cased or token.span.text.isupper()):
            if len(words[0]) <= 2 and not token.span.text.replace(".", "").isupper():
                continue
            return table.adjectives[words], length
        possessive = tokens[min(at + length, len(tokens)) - 1].span.text.endswith(("'s", "’s", "s'"))
        if possessive and words in table.metonyms:
            return table.metonyms[words], length
    return None, 0


def _by_stem(word: str, stems: Mapping[str, str], language: str) -> str | None:
    words = [word]
    if language == "ar":
        bare = _ARABIC_PREFIX.sub("", word)
        words = [word.removeprefix("ال"), bare.removeprefix("ال")]
    for candidate in words:
        for length in range(len(candidate), 2, -1):
            state = stems.get(candidate[:length])
            if state is not None and len(candidate) - length <= 4:
                return state
    return None


def _head(tokens: list[Token], at: int, heads: Heads, language: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of actor that a phrase of the table heads, and that phrase."""
    first = tokens[at].folded
    options = {first}
    if language == "ar":
        options |= {_ARABIC_PREFIX.sub("", first), "ال" + _ARABIC_PREFIX.sub("", first)}
    for length in range(max(heads.starts.get(word, 0) for word in options), 0, -1):
        rest = tuple(t.folded for t in tokens[at + 1 : at + length])
        if len(rest) != length - 1:
            continue
        for word in options:
            kind = heads.whole.get((word, *rest))
            if kind is not None:
                return kind, (word, *rest)
    for phrase, kind in heads.stems.get(first[:KEY_LETTERS], ()):
        part = tokens[at : at + len(phrase)]
        if len(part) == len(phrase) and all(like(t.folded, p) for t, p in zip(part, phrase, strict=True)):
            return kind, phrase
    return None


def _fitting(
    tokens: list[Token], at: int, text: str, table: ActorNames, year: int, language: str
) -> tuple[Found, int] | None:
    """A description that fits one actor in one country at one time; who that is, the report's country tells."""
    for word in _bare_forms(tokens[at].folded, language):
        matching = [
            described
            for described in table.descriptions.get(language, {}).get(word[:KEY_LETTERS], ())
            if _matches(described, word, tokens, at) and any(f.held_in(year) for f in described.fits)
        ]
        if not matching:
            continue
        first = matching[0]
        alike = [d for d in matching if len(d.words) == len(first.words)]
        span = Span.of(text, tokens[at].span.start, tokens[at + len(first.words) - 1].span.end)
        words = (word, *(t.folded for t in tokens[at + 1 : at + len(first.words)]))
        return Found(
            span=span,
            kind=first.kind,
            fits=tuple(f for d in alike for f in d.fits if f.held_in(year)),
            rule="description of one actor at that time",
            behind=_behind(words, table),
        ), len(first.words)
    return None


def _matches(described: Description, word: str, tokens: list[Token], at: int) -> bool:
    folded = (word, *(t.folded for t in tokens[at + 1 : at + len(described.words)]))
    return len(folded) == len(described.words) and all(map(like, folded, described.words))


def _behind(words: tuple[str, ...], table: ActorNames) -> tuple[str, ...]:
    """States that are not the actor described but stand behind it ("Turkish-backed", "loyal to Ankara")."""
    parts = [(part,) for word in words for part in word.split("-")]
    found = [table.adjectives.get(part) or table.metonyms.get(part) for part in parts]
    return tuple(dict.fromkeys(state for state in found if state is not None))


def _bare_forms(word: str, language: str) -> tuple[str, ...]:
    """A word, and in Arabic the same without the particles written onto it."""
    if language != "ar":
        return (word,)
    bare = _ARABIC_PREFIX.sub("", word)
    return tuple(dict.fromkeys([word, bare, "ال" + bare]))


def _abroad(tokens: list[Token], at: int, text: str, table: ActorNames, language: str) -> tuple[Found, int] | None:
    """A state or its seat by the name that this language has for it."""
    if not tokens[at].is_name_like:
        return None
    for word in _bare_forms(tokens[at].folded, language):
        for words, state in table.abroad.get(language, {}).get(word[:KEY_LETTERS], ()):
            folded = (word, *(t.folded for t in tokens[at + 1 : at + len(words)]))
            if len(folded) == len(words) and all(
                like(f, w, LONGEST_ENDING) for f, w in zip(folded, words, strict=True)
            ):
                span = Span.of(text, tokens[at].span.start, tokens[at + len(words) - 1].span.end)
                return Found(span=span, kind="metonym", states=(state,), rule="metonym"), len(words)
    return None


def _people(tokens: list[Token], at: int, table: ActorNames, language: str) -> tuple[Found, int] | None:
    """A people in the plural: a side behind the article ("the Russians"), else people of that state."""
    state = table.peoples.get((tokens[at].folded,)) if language == "en" else None
    if state is None or not tokens[at].is_name_like:
        return None
    behind_article = at > 0 and tokens[at - 1].folded == "the"
    kind = "people_as_side" if behind_article else "people_as_many"
    return Found(span=tokens[at].span, kind=kind, states=(state,), rule="people in the plural"), 1


def _joined(token: Token, text: str, table: ActorNames, heads: Heads, language: str) -> tuple[Found, int] | None:
    """The actor in "GNA-controlled" or "rebel-held"."""
    first, hyphen, rest = token.span.text.partition("-")
    if not hyphen or rest.casefold() not in heads.joined:
        return None
    span = Span(start=token.span.start, end=token.span.start + len(first), text=first)
    part = [Token(span=span, folded=fold_word(first))]
    owners = table.names.get((part[0].folded,))
    if owners is not None and _cased_right(part[0], table):
        return Found(span=span, kind="name", names=tuple(o.actor for o in owners[:1]), rule=NAMED), 1
    return _description(part, 0, text, table, heads, language)


def _metonym(tokens: list[Token], at: int, text: str, table: ActorNames) -> tuple[Found, int] | None:
    if not tokens[at].is_name_like:
        return None
    for length in (4, 3, 2, 1):
        words = tuple(t.folded for t in tokens[at : at + length])
        state = table.metonyms.get(words) if len(words) == length else None
        if state is None:
            continue
        written = "".join(t.span.text for t in tokens[at : at + length])
        if len(written) > 3 or written.replace(".", "").isupper():
            span = Span.of(text, tokens[at].span.start, tokens[at + length - 1].span.end)
            return Found(span=span, kind="metonym", states=(state,), rule="metonym"), length
    return None


def _commonest_state(found: Sequence[Found]) -> str | None:
    counts = Counter(s for f in found for s in f.states)
    return counts.most_common(1)[0][0] if counts else None
