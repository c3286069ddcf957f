"""Find how many: a text and the cue tables in, number mentions out, each with its least and most.

Vague words take the most conservative reading ("dozens" is 12 or more). Ordinals, the numbers of units and weapons and
bare years are refused; money, shares, distances and days are numbers that count no people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from warledger.domain.cues import Lexicon
from warledger.domain.mention import NumberMention
from warledger.domain.span import Span
from warledger.read.lexing import OTHER, Lexed, is_glued, lex

TAGS = {
    "ones": "u",
    "tens": "t",
    "hundred": "h",
    "hundreds": "H",
    "multiplier": "m",
    "one": "a",
    "vague": "V",
    "least": "L",
    "least_behind": "G",
    "most": "M",
    "about": "A",
    "between": "b",
    "and": "n",
    "to": "o",
    "of": "f",
    "people": "P",
    "single": "I",
    "unit": "U",
    "described": "B",
    "stop": "S",
    "suffix": "x",
}
"""Each class of the tables and its letter. In digits: d up to 31, Y like a year, N any other."""

_SUB_100 = "(?:tn?[ua](?![hm])|t-u|ut|[ut])"
_SUB_1000 = f"(?:[uadN]?h(?:n?{_SUB_100})?|H(?:n?{_SUB_100})?|{_SUB_100}|[dNY])"
_ONE = f"a(?=[{OTHER}]{{0,2}}[PIUB]*[PI](?![PIUB]))"
_NUMBER = f"(?:{_SUB_1000}(?:mm?(?:n?{_SUB_1000}(?!m))?)*|am|m(?:n?{_SUB_1000})?|Vf?[mh]?|{_ONE})"
_MENTION = re.compile(
    f"(?=[^_|,.PUSfx])(?:(?P<range>b[A]*(?P<low>(?>{_NUMBER}))[no](?P<high>{_NUMBER})|A*(?P<low2>(?!Y)(?>{_NUMBER}))[-o]A?(?P<high2>{_NUMBER}))"
    f"|(?P<bound>[LM]A*)?A*(?P<number>{_NUMBER})(?P<after>[no]?[LG](?!A*[dNYuthHma])|(?=[{OTHER}PIf]{{1,3}},?[LG](?!A*[dNYuthHmaV])))?"
    f"|(?P<single>I(?![IUB])))"
)
_LEAD = 20
"""Characters in front of a number in which words like "of whom" stand."""
_REACH = 4
"""How many words behind a number its noun may stand ("three suspected Al-Shabab fighters")."""

_ANYBODY = "total"
"""What "people", "dead" and "killed" count; such a word behind a noun of people is no part of it."""
_CONTEXT = {"$": "money", "€": "money", "£": "money", "#": "code"}


def find_numbers(text: str, language: str | None, cues: Mapping[str, Lexicon]) -> tuple[NumberMention, ...]:
    """Find the numbers of a report.

    Args:
        text: the report's text.
        language: ISO 639-1 code; None is read as English.
        cues: tables by language; a language without one gives no mentions.

    Returns:
        Mentions in order, none overlapping.
    """
    lexicon = cues.get(language or "en")
    if lexicon is None:
        return ()
    words = lex(text, lexicon, TAGS)
    return tuple(_with_parts(text, lexicon.among, _mentions(text, words)))


def _with_parts(text: str, among: Sequence[str], numbers: Iterable[NumberMention]) -> Iterator[NumberMention]:
    """Say which numbers count some of those counted just before ("killed 27, eight of them children")."""
    phrases = "|".join(map(re.escape, among)) or "(?!)"
    before, behind = (re.compile(p, re.IGNORECASE) for p in (rf"(?<!\w)(?:{phrases})\s*$", rf"\s*(?:{phrases})(?!\w)"))
    for n in numbers:
        lead = text[max(0, n.span.start - _LEAD) : n.span.start]
        part = before.search(lead) is not None or behind.match(text, n.span.end) is not None
        yield evolve(n, part=True) if part else n


def _mentions(text: str, words: Sequence[Lexed]) -> Iterator[NumberMention]:
    tags = "".join(w.tag for w in words)
    told = 0
    for match in _MENTION.finditer(tags):
        first, last = words[match.start()], words[match.end() - 1]
        span = Span.of(text, first.start, last.end)
        if match.group("single"):
            if first.start < told:
                continue
            count, _, noun = first.value.partition(":")
            yield NumberMention(span=span, min=int(count), max=int(count), of=noun, unit=span.text, rule="singular")
            continue
        low, high, rule = _bounds(words, match)
        of, unit, end, things = _noun(text, words, match.end(), span)
        if _is_name(text, span, words, tags, match, of):
            continue
        told = end
        yield NumberMention(span=span, min=low, max=high, of=of, unit=unit, rule=rule, things=things)


def _bounds(words: Sequence[Lexed], match: re.Match[str]) -> tuple[int | None, int | None, str]:
    if match.group("range"):
        names = ("low", "high") if match.group("low") else ("low2", "high2")
        low, high = (_value(words[match.start(n) : match.end(n)]) for n in names)
        return min(low, high), max(low, high), "range"
    number = words[match.start("number") : match.end("number")]
    count = _value(number)
    if number[0].tag == "V":
        return count, None, "vague"
    bound = match.group("bound")
    if match.group("after") is not None or (bound and bound[0] == "L"):
        return count, None, "at least"
    if bound:
        return None, count, "at most"
    return count, count, "number"


def _value(words: Sequence[Lexed]) -> int:
    """The number that a row of number words makes ("two hundred and five thousand")."""
    total, current = 0.0, 0.0
    for word in words:
        if word.tag in "-nfo":
            continue
        count = _digits(word.value) if word.tag in "dNY" else float(word.value or 1)
        if word.tag == "h":
            current = (current or 1) * count
        elif word.tag == "m":
            total, current = (total, (current or 1) * count) if count < 1000 else (total + (current or 1) * count, 0.0)
        else:
            current += count
    return round(total + current)


def _digits(text: str) -> float:
    """A number in digits; a last group of three is thousands, one of one or two digits decimals."""
    parts = re.split(r"\D", text)
    if len(parts) > 1 and len(parts[-1]) < 3:
        return float("".join(parts[:-1]) + "." + parts[-1])
    return float("".join(parts)[:15])


def _noun(text: str, words: Sequence[Lexed], at: int, span: Span) -> tuple[str | None, str | None, int, bool]:
    """The noun that is counted: what it is as the figures say it, the word, where it ends, whether it is no people."""
    mark = _CONTEXT.get(text[: span.start].rstrip()[-1:])
    if mark is not None:
        return None, mark, span.end, True
    for number, word in enumerate(words[at : at + _REACH + 1], at):
        if word.tag in "PIUB":
            return _head(text, words, number)
        if word.tag not in (OTHER, "f", "-", "x", "A"):
            break
    following = words[at] if at < len(words) and words[at].tag == OTHER else None
    return None, None if following is None else text[following.start : following.end], span.end, False


def _head(text: str, words: Sequence[Lexed], at: int) -> tuple[str | None, str, int, bool]:
    """What a row of nouns counts, by the last of them: "rebel commanders" are people, "police vans" are none."""
    first = last = words[at]
    for word in words[at + 1 :]:
        if word.tag not in "PIUB" or word.value == _ANYBODY:
            break
        last = word
    noun = text[first.start : last.end]
    if last.tag in "UB":
        return None, noun, last.end, True
    people = next(w.value for w in words[at:] if w.tag in "PI")
    return people.partition(":")[2] or people, noun, last.end, False


def _is_name(text: str, span: Span, words: Sequence[Lexed], tags: str, match: re.Match[str], of: str | None) -> bool:
    """An ordinal, a year, a clock time, a number inside a name (T-72, M23, 46th), or a list's own number."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    digits = tags[match.end() - 1] in "dNY"
    if digits and (after[:1].isalpha() or is_glued(before[-1:]) or (before[-1:] == "-" and before[:1].isalpha())):
        return True
    if digits and ((after[:1] == ":" and after[1:].isdigit()) or (before[-1:] == ":" and before[:1].isdigit())):
        return True
    return match.group() == "Y" and of is None
