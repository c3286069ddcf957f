"""Sketch a sentence for the rules of relations: a sentence and its actor mentions in, folded text with signs out.

One sign stands for each actor, so a rule sees who stands beside which words. Actors that only a part of a word names
("Iran-backed"), or that another mention holds ("Turkish-backed factions"), get signs of their own; people whom no table
holds get one for their name. Descriptions of offices stay words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from warledger.coding.lookup import look_up
from warledger.domain.actor import ActorKind
from warledger.domain.cues import fold
from warledger.domain.mention import ActorMention, Reading, ToponymMention
from warledger.domain.naming import ActorNames
from warledger.domain.relationcues import MOST_SLOTS, SLOTS, RelationCues
from warledger.domain.span import Span

_SORTS: Mapping[ActorKind, str] = {
    ActorKind.GOVERNMENT: "state",
    ActorKind.MILITARY: "forces",
    ActorKind.POLICE: "forces",
    ActorKind.ARMED_GROUP: "group",
    ActorKind.ALLIANCE: "group",
    ActorKind.INTERNATIONAL: "body",
    ActorKind.GENERIC: "group",
    ActorKind.PERSON: "person",
    ActorKind.OFFICIAL: "person",
}
_PREFIXES = {"Government of ": "state", "Military Forces of ": "forces", "Police Forces of ": "forces"}
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ]"
_ENDING = r"(?:s|n?[ıiuü]n|[ny]?[aeıiuü]|[ny]?[dt][ae]n?)\b"
"""The possessive of English and the cases of Turkish, behind an apostrophe."""
_CAPITALISED = rf"{_CAPITAL}(?:\.|(?:[\w-]|['’](?!{_ENDING}))+)"
_NAME = re.compile(
    rf"\b(?!The ){_CAPITALISED}(?: (?:(?:al|el|de|del|la|bin|ibn|ag|ould|von)[ -]){{0,2}}{_CAPITALISED}){{1,4}}"
)
_WORDS = re.compile(r"[^ ]+")
_ACRONYM = re.compile(r"[»”\"']? ?\(([A-Z][\w./-]{1,11})\)")
_QUOTED = ("«»", "“”", '""', "„“", "‘’", "''")
_POSSESSIVE = re.compile(r"['’]s?$")
_INNER, _INNER_WORDS = 60, 4
"""How far before a hyphen the name that it joins may begin, in letters and in words."""
_NOUN_REACH = 60
"""A joined word ("Iran-backed") this many letters before a noun can still belong to it."""


@frozen(kw_only=True)
class Slot:
    """An actor of a sentence: the words, who is meant, its sort in the rules, and what found it."""

    span: Span
    actors: tuple[str, ...]
    sort: str
    rule: str
    alternatives: tuple[str, ...] = ()


@frozen(kw_only=True)
class Sketch:
    """A sentence with signs for actors.

    Args:
        text: the folded words and the signs.
        offsets: where each character of it starts in the report, and where the last one ends.
        slots: by sign.
        report: the whole text.
    """

    text: str
    offsets: tuple[int, ...]
    slots: Mapping[str, Slot]
    report: str

    def at(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the report of a stretch of the sketch."""
        last = self.slots.get(self.text[end - 1])
        return self.offsets[start], self.offsets[end] if last is None else last.span.end

    def words(self, start: int, end: int) -> Iterator[Slot]:
        """Words of the sketch taken for a person's one name; none where they have no capital."""
        span = Span.of(self.report, *self.at(start, end))
        if span.text[:1].isupper():
            yield Slot(span=span, actors=(span.text,), sort="name", rule="a name in capitals")


def sketch(sentence: Span, reading: Reading, cues: RelationCues, names: ActorNames) -> Sketch:
    """Sketch one sentence.

    Args:
        sentence: the sentence.
        reading: its report.
        cues: words of the report's language.
        names: the actor table.
    """
    folded = fold(sentence.text)
    mentions = reading.actors[_first_from(reading.actors, sentence.start) : _first_from(reading.actors, sentence.end)]
    leaders = list(_leaders(folded, sentence, reading, cues))
    named = [m for m in _outermost(mentions) if not any(_holds_more(s.span, m.span) for s in leaders)]
    slots = [s for m in named for s in _slots_of(m, reading, cues, names)]
    joined = list(_joined(folded, sentence, reading, cues, names, slots))
    slots += joined
    slots += list(_nouns(folded, sentence, reading, cues, names, slots, joined))
    slots += [s for s in leaders if not any(s.span.overlaps(other.span) for other in slots)]
    slots += list(_people(sentence, reading, cues, slots))
    slots.sort(key=lambda s: s.span.start)
    return _drawn(
        folded, sentence, reading.report.text, list(_without_appositions(slots, folded, sentence, cues))[:MOST_SLOTS]
    )


def _first_from(mentions: Sequence[ActorMention | ToponymMention], offset: int) -> int:
    return bisect_left(mentions, offset, key=lambda m: m.span.start)


def _outermost(mentions: Sequence[ActorMention]) -> Iterator[ActorMention]:
    end = -1
    for mention in sorted(mentions, key=lambda m: (m.span.start, -len(m.span))):
        if mention.span.start >= end:
            end = mention.span.end
            yield mention


def _slots_of(mention: ActorMention, reading: Reading, cues: RelationCues, names: ActorNames) -> Iterator[Slot]:
    """The signs that a mention gets: none for an office or a rank, two where its words name another actor beside."""
    folded = fold(mention.span.text)
    if folded in cues.nobody or cues.titles.fullmatch(f"{folded} "):
        return
    text = reading.report.text
    slot = Slot(
        span=mention.span,
        actors=_meant(mention, reading, cues, names),
        sort=_sort(mention, names),
        rule=mention.rule,
        alternatives=mention.alternatives if mention.form == "description" else (),
    )
    for pattern in cues.inside:
        match = pattern.search(folded)
        inner = None if match is None else look_up(match["inner"], names, reading)
        if match is None or inner is None:
            continue
        start, end = (mention.span.start + at for at in match.span("inner"))
        yield Slot(span=Span.of(text, start, end), actors=inner, sort=_sort_of(inner[0], names), rule="actor table")
        if "outer" in match.groupdict():
            start, end = (mention.span.start + at for at in match.span("outer"))
            yield evolve(slot, span=Span.of(text, start, end))
        return
    title = cues.titles.match(folded)
    bare = _POSSESSIVE.sub("", mention.span.text)
    start = mention.span.start + (title.end() if title is not None and bare[title.end() :][:1].isupper() else 0)
    span = Span.of(text, start, mention.span.start + len(bare))
    leader = cues.leaders.get(fold(span.text)) if slot.sort == "group" else None
    yield evolve(slot, span=span) if leader is None else evolve(slot, span=span, actors=(leader,), sort="person")


def _meant(mention: ActorMention, reading: Reading, cues: RelationCues, names: ActorNames) -> tuple[str, ...]:
    """Whom a mention means; a noun that fits any group, the group named last."""
    vague = mention.actors[0].endswith(")") and mention.form == "description"
    if vague and cues.nouns.search(fold(mention.span.text)):
        group = _named_last(mention.span.start, reading, names)
        return mention.actors if group is None else (group,)
    return mention.actors


def _sort(mention: ActorMention, names: ActorNames) -> str:
    if mention.rule == "anaphora" and " " not in mention.span.text:
        return "pronoun"
    sort = _sort_of(mention.actors[0], names) if mention.form != "people" else "other"
    return "described" if sort == "group" and mention.form == "description" else sort


def _sort_of(name: str, names: ActorNames) -> str:
    actor = names.actors.get(name)
    if actor is not None:
        return _SORTS.get(actor.kind, "other")
    other = "group" if name[:1].isupper() else "other"
    return next((sort for prefix, sort in _PREFIXES.items() if name.startswith(prefix)), other)


def _joined(
    folded: str, sentence: Span, reading: Reading, cues: RelationCues, names: ActorNames, taken: Sequence[Slot]
) -> Iterator[Slot]:
    """Actors that a hyphen joins to a word of relation."""
    for pattern in cues.joined:
        for match in pattern.finditer(folded):
            end = match.end("inner")
            if any(s.span.start <= sentence.start + end - 1 < s.span.end for s in taken):
                continue
            words = match["inner"] or folded[max(0, end - _INNER) : end]
            base = end - len(words)
            for word in [*_WORDS.finditer(words)][-_INNER_WORDS:]:
                if word.group() == "the":
                    continue
                said = words[word.start() :]
                actors = _of_home(reading, names) if said in cues.home else look_up(said, names, reading)
                if actors is not None:
                    span = Span.of(reading.report.text, sentence.start + base + word.start(), sentence.start + end)
                    yield Slot(span=span, actors=actors, sort=_sort_of(actors[0], names), rule="actor table")
                    break


def _of_home(reading: Reading, names: ActorNames) -> tuple[str, ...] | None:
    """The government of the country that the report is about."""
    state = names.states.get(reading.country or "")
    return None if state is None else (f"Government of {state.of}",)


def _nouns(
    folded: str,
    sentence: Span,
    reading: Reading,
    cues: RelationCues,
    names: ActorNames,
    taken: Sequence[Slot],
    joined: Sequence[Slot],
) -> Iterator[Slot]:
    """Nouns behind a joined word that stand for the group named last ("the Iran-backed group")."""
    for before in [*joined, *(s for s in taken if s.sort == "state")]:
        at = before.span.end - sentence.start
        if folded[at : at + 1] != "-":
            continue
        match = cues.nouns.search(folded, at, at + _NOUN_REACH)
        if match is None:
            continue
        span = Span.of(reading.report.text, sentence.start + match.start(), sentence.start + match.end())
        crossed = Span(start=before.span.end, end=span.end + 2)
        if any(s.span.overlaps(crossed) and s is not before for s in taken) or "," in folded[at : match.start()]:
            continue
        group = _named_last(span.start, reading, names)
        if group is not None:
            yield Slot(span=span, actors=(group,), sort="group", rule="the group named last")


def _named_last(offset: int, reading: Reading, names: ActorNames) -> str | None:
    for mention in reversed(reading.actors[: _first_from(reading.actors, offset)]):
        named = mention.form in ("name", "unknown")
        if named and _sort_of(mention.actors[0], names) == "group":
            return mention.actors[0]
    return None


def _holds_more(whole: Span, part: Span) -> bool:
    """Whether a leader's name goes on beyond a mention in it: "Abdel-Fattah Burhan" is the man, "Burhan" his army."""
    return whole.holds(part) and len(whole) > len(part)


def _leaders(folded: str, sentence: Span, reading: Reading, cues: RelationCues) -> Iterator[Slot]:
    """Leaders whom their own table names; they stand where no mention of the report does, or only a part of theirs."""
    for match in cues.leader.finditer(folded):
        span = Span.of(reading.report.text, *(sentence.start + at for at in match.span("name")))
        yield Slot(span=span, actors=(cues.leaders[match["name"]],), sort="person", rule="table of leaders")


def _people(sentence: Span, reading: Reading, cues: RelationCues, taken: Sequence[Slot]) -> Iterator[Slot]:
    """Names in capitals that no table holds and no place bears."""
    low, high = (_first_from(reading.toponyms, at) for at in (sentence.start, sentence.end))
    places = [t.span for t in reading.toponyms[low:high]]
    not_names = [*(s.span for s in taken), *(t.span for t in reading.times)]
    for match in _NAME.finditer(sentence.text):
        title = cues.titles.match(fold(match.group()))
        start = sentence.start + match.start() + (title.end() if title is not None else 0)
        span = Span.of(reading.report.text, start, sentence.start + match.end())
        if not any(span.overlaps(s) for s in not_names) and not any(p.holds(span) for p in places):
            yield Slot(span=span, actors=(span.text,), sort="name", rule="a name in capitals")


def _without_appositions(slots: Sequence[Slot], folded: str, sentence: Span, cues: RelationCues) -> Iterator[Slot]:
    """Leave out a description that only says what the actor beside it is ("Fano, a militia"; "the group JNIM")."""

    def between(one: Slot, two: Slot) -> str:
        return folded[one.span.end - sentence.start : two.span.start - sentence.start]

    for before, slot, behind in zip([None, *slots], slots, [*slots[1:], None], strict=False):
        described = slot.sort == "described"
        of_it = (
            before is not None and before.sort in ("group", "name") and cues.apposition.fullmatch(between(before, slot))
        )
        its_name = behind is not None and behind.sort == "group" and between(slot, behind) == " "
        if not (described and (of_it or its_name)):
            yield slot


def _drawn(folded: str, sentence: Span, report: str, slots: Sequence[Slot]) -> Sketch:
    """Put the signs in place of the words; quotation marks and an acronym in brackets belong to the name."""
    text: list[str] = []
    offsets: list[int] = []
    signs: dict[str, Slot] = {}
    at = sentence.start
    for number, slot in enumerate(slots):
        if slot.span.start < at:
            continue
        start, end = slot.span.start - sentence.start, slot.span.end - sentence.start
        if at < slot.span.start and folded[start - 1] + folded[end : end + 1] in _QUOTED:
            start, end = start - 1, end + 1
        text.append(folded[at - sentence.start : start])
        offsets.extend(range(at, sentence.start + start))
        acronym = _ACRONYM.match(sentence.text, end)
        at = sentence.start + (end if acronym is None else acronym.end())
        sign = chr(SLOTS[slot.sort] + number)
        signs[sign] = evolve(slot, span=Span.of(report, sentence.start + start, at))
        text.append(sign)
        offsets.append(sentence.start + start)
    text.append(folded[at - sentence.start :])
    offsets.extend(range(at, sentence.end + 1))
    return Sketch(text="".join(text), offsets=tuple(offsets), slots=signs, report=report)
