"""Find the names of places in a text: sentences in, named stretches with what they could be out; nothing is decided.

A capitalised run is matched against the gazetteer, longest name first. A known name inside a longer unknown one is not
cut out of it; a person's, a people's or an organisation's name is no place. Arabic and Hebrew have no capitals: there
every stretch of words is looked up, written-on particles cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer
from warledger.read.placebodies import (
    initialled,
    is_common,
    leads_body,
    leads_street,
    makes_organisation,
    people_before,
    short_division,
    titled,
)
from warledger.read.placeforms import inflections, people_by_stem
from warledger.read.placelists import carry_list, doubt, settle_doubt
from warledger.read.placescan import Named, Scan
from warledger.read.placewords import APOSTROPHES, Word, joined, phrases_after, phrases_before, run_end, words_of

MAX_WORDS = 6
MAX_WORDS_UNCASED = 4
MIN_LETTERS = 3
MAX_UNKNOWN_WORDS = 4
KNOWN = 500_000
"""Inhabitants of a city that a word as it stands, or its likeliest dictionary form, may be taken for at once."""
_ENDING = re.compile(rf"[{APOSTROPHES}]([^\W\d_]+)")
_SHARED = frozenset(
    ("jordan", "georgia", "chad", "israel", "victoria", "florida", "virginia", "carolina", "dakota", "maurice")
)
"""Countries and divisions whose names people bear: what follows them may be a surname."""


def scan_names(text: str, sentences: Sequence[Span], gazetteer: Gazetteer, cues: PlaceCues) -> Scan:
    """Go over every sentence once."""
    scan = Scan()
    scan.uncased = not cues.cased
    scanner = _Scanner(text, gazetteer, cues, scan)
    for number, sentence in enumerate(sentences):
        words = words_of(text, sentence.start, sentence.end, cues)
        scanner.number = number
        (scanner.cased if cues.cased else scanner.uncased)(words, number)
    return scan


class _Scanner:
    def __init__(self, text: str, gazetteer: Gazetteer, cues: PlaceCues, scan: Scan) -> None:
        self.text, self.gazetteer, self.cues, self.scan = text, gazetteer, cues, scan
        self.listing = False
        self.number = 0

    def cased(self, words: list[Word], number: int) -> None:
        """One sentence of a script with capitals."""
        at = 0
        self.listing = False
        while at < len(words):
            if not words[at].capital:
                self._count_people(words[at])
                at += 1
                continue
            end = run_end(self.text, words, at, self.cues)
            self._run(words, at, end, number)
            at = end

    def _run(self, words: list[Word], first: int, end: int, number: int) -> None:
        at = first
        while at < end:
            size, entries = self._longest(words, at, end)
            stop = at + size
            if size < 2 and self._count_pair(words, at, end):
                at += 2
                continue
            if not size:
                if self._plain(words, at):
                    self._count_people(words[at])
                    at += 1
                    continue
                stop = at + 1
            block = self._block(words, at, stop, end)
            if size and (block == stop or self._leads(words, at, stop, block, entries)):
                block = stop
                self._known(words, at, stop, entries, number)
            else:
                if size:
                    self._embed(words, at, stop, entries, number)
                self._unknown(words, at, block, number)
            at = max(block, at + 1)

    def _embed(self, words: list[Word], at: int, stop: int, entries: tuple[GazetteerEntry, ...], number: int) -> None:
        """Keep a place that only leads an organisation's or another thing's name ("Texas Forestry Service")."""
        if (
            leads_street(words, stop, self.cues)
            or titled(self.text, words, at, self.cues)
            or words[at].lower in self.cues.given
        ):
            return
        named = self._named(words, at, stop, entries, number)
        named.before, named.after, named.span_start, named.span_end = [], [], named.start, named.end
        named.body = leads_body(self.text, words, stop, self.cues)
        self.scan.embedded.append(named)

    def _longest(self, words: list[Word], at: int, end: int) -> tuple[int, tuple[GazetteerEntry, ...]]:
        for size in range(min(MAX_WORDS, end - at), 0, -1):
            if words[at].lower == "the" and end - at > 1:
                return 0, ()
            if not words[at + size - 1].capital or (
                size == 1 and (self._plain(words, at) or is_common(words, at, self.cues))
            ):
                continue
            if size > 1 and self._leads_in(words, at) and self._longest(words, at + 1, end)[0]:
                return 0, ()
            entries = self._look_up(self.text[words[at].start : words[at + size - 1].end], words[at : at + size])
            if entries and not (size > 1 and self._only_plain(words, at, size)):
                return size, entries
        return 0, ()

    def _leads_in(self, words: list[Word], at: int) -> bool:
        """Say whether a preposition or an "and" stands in front of a name ("In Rafah", "et Kigali")."""
        word = words[at].lower
        return word in self.cues.locative or word in self.cues.listing

    def _look_up(self, name: str, words: Sequence[Word]) -> tuple[GazetteerEntry, ...]:
        if len(name) < MIN_LETTERS and not (name.isupper() and len(name) == 2):
            return ()
        if name.isupper() and len(name) < 5 and len(words) == 1:
            return tuple(e for e in self.gazetteer.find(name) if e.feature_code in ("PCLI", "RGN"))
        found = dict.fromkeys(self.gazetteer.find(name))
        if not self.cues.endings or any(_known_well(e) for e in found):
            return tuple(found)
        for variant in inflections([w.text for w in words], self.cues):
            found.update(dict.fromkeys(self.gazetteer.find(variant)))
            if any(_known_well(e) for e in found):
                break
        return tuple(found)

    def _plain(self, words: list[Word], at: int) -> bool:
        word = words[at].lower
        cues = self.cues
        return (
            word in cues.stop
            or word in cues.titles
            or word in cues.organisations
            or (word in cues.demonyms and not self._country(words, at))
            or word in cues.joining
            or word in cues.locative
            or word in cues.after
            or word in cues.before
            or (at > 0 and not words[at].capital)
        )

    def _country(self, words: list[Word], at: int) -> bool:
        """Say whether an abbreviation ("US") stands for the country and not for its adjective: nothing is behind it."""
        if not words[at].text.isupper() and "." not in words[at].text:
            return False
        behind = at + 1 < len(words) and joined(self.text, words, at + 1)
        return not behind or words[at + 1].lower in self.cues.stop or words[at + 1].lower in self.cues.locative

    def _only_plain(self, words: list[Word], at: int, size: int) -> bool:
        return (
            words[at].lower in self.cues.stop
            and words[at].lower in ("the", "a", "an")
            and size == 2
            and (words[at + 1].lower in self.cues.stop or words[at + 1].lower in self.cues.after)
        )

    def _block(self, words: list[Word], at: int, stop: int, end: int) -> int:
        """Where the unbroken name that begins at `at` ends: known and unknown words that no cue word parts."""
        while (stop < end and not self._plain(words, stop)) or self._joins(words, stop, end):
            size, entries = self._longest(words, stop, end)
            if size and _stands_alone(self.text[words[stop].start : words[stop + size - 1].end], entries):
                break
            stop += max(size, 1)
        return stop

    def _leads(self, words: list[Word], at: int, stop: int, block: int, entries: Sequence[GazetteerEntry]) -> bool:
        """Say whether a known name only leads a local body's ("Dublin City Council", "Ohio Supreme Court")."""
        body = any(w.lower in self.cues.civic for w in words[stop : block + 3] if w.capital)
        return body or (stop - at == 1 and _stands_alone(words[at].text, entries) and words[at].lower not in _SHARED)

    def _joins(self, words: list[Word], at: int, end: int) -> bool:
        loose = ("of", "the", "and", "upon", "e", "y", "i", "en", "sur", "au", "aux")
        lower = words[at].lower if at < end else ""
        small = lower in self.cues.joining and lower not in loose and lower not in self.cues.listing
        return at + 1 < end and not words[at].capital and small

    def _known(self, words: list[Word], at: int, stop: int, entries: tuple[GazetteerEntry, ...], number: int) -> None:
        named = self._named(words, at, stop, entries, number)
        following = words[stop] if stop < len(words) and joined(self.text, words, stop) else None
        if titled(self.text, words, at, self.cues) or initialled(self.text, words, at):
            self.scan.surnames.add(words[stop - 1].lower)
            return
        if following and not named.after and makes_organisation(self.text, words, stop, self.cues):
            self._embed(words, at, stop, entries, number)
            return
        if at and words[at - 1].capital and words[at - 1].lower in self.cues.given and stop == at + 1:
            self.scan.surnames.add(words[at].lower)
            return
        if words[at].lower in self.cues.given and (following is not None and following.capital) and not named.after:
            return
        settle_doubt(self.text, named, self.scan, self.cues)
        carry_list(self.text, words, named, self.scan, self.cues)
        self.scan.named.append(named)
        if named.hint is not None:
            self._abbreviated(words[stop], named)

    def _abbreviated(self, word: Word, named: Named) -> None:
        """A division's short form behind a town ("Alexandria, La.") names the division."""
        entries = tuple(e for e in self.gazetteer.find(named.hint or "") if e.feature_code == "ADM1")
        short = Named(
            start=word.start,
            end=word.end,
            core=named.hint or "",
            entries=entries,
            before=[],
            after=[],
            span_start=word.start,
            span_end=word.end,
            sentence=named.sentence,
        )
        self.scan.named.append(short)

    def _unknown(self, words: list[Word], at: int, stop: int, number: int) -> None:
        named = self._named(words, at, stop, (), number)
        if titled(self.text, words, at, self.cues) or (
            not named.after and makes_organisation(self.text, words, stop, self.cues)
        ):
            self.scan.surnames.add(words[stop - 1].lower)
            return
        introduced = bool({"settlement", "settlements"} & set(named.before)) or bool(
            {"settlement", "district", "division"} & set(named.after)
        )
        introduced = introduced or any(p.match(self.text, named.end) for p in self.cues.apposed)
        introduced = introduced or self._lies_from(named)
        listed = carry_list(self.text, words, named, self.scan, self.cues)
        strict = bool(at) and words[at - 1].lower in self.cues.strict
        person = named.spoke or words[at].lower in self.cues.given
        fits = stop - at <= MAX_UNKNOWN_WORDS and not named.core.isupper()
        if fits and not person and (introduced or listed or strict):
            self.scan.named.append(named)
            return
        if fits and not person:
            doubt(self.text, named, self.scan)
        if stop - at > 1:
            self.scan.surnames.add(words[stop - 1].lower)

    def _lies_from(self, named: Named) -> bool:
        """Say whether a direction is told from here ("south-east of Honcharivka"), which is told from places alone."""
        first, _, _ = self.text[named.span_start : named.start].partition(" ")
        return named.before[:1] == ["near"] and first.casefold().replace("-", "") in self.cues.adjectives

    def _named(self, words: list[Word], at: int, stop: int, entries: tuple[GazetteerEntry, ...], number: int) -> Named:
        before, begin = phrases_before(self.text, words, at, self.cues)
        after, behind = phrases_after(self.text, words, stop, self.cues)
        start, end = words[at].start, words[stop - 1].end
        span_end = words[behind - 1].end if behind > stop else end
        with_sort = self.gazetteer.find(self.text[start:span_end]) if after else ()
        if before[:1] == ["site"] and not with_sort:
            with_sort = self.gazetteer.find(self.text[words[begin].start : end])
        if {"part", "near"} & set(before[:1]) and not with_sort:
            with_sort = self._with_part(words, begin, at, span_end)
        following = words[behind].lower if behind < len(words) else ""
        return Named(
            start=start,
            end=end,
            core=self.text[start:end],
            entries=tuple(with_sort) or entries,
            before=before,
            after=after,
            span_start=words[begin].start if begin < at else start,
            span_end=span_end,
            sentence=number,
            locative=(begin > 0 and words[begin - 1].lower in self.cues.locative)
            or self._in_case(end)
            or (following in self.cues.inhabitants and not words[behind].capital),
            opening=begin == 0,
            people=people_before(words, begin, self.cues),
            exact_with_sort=bool(with_sort),
            hint=short_division(self.text, words, stop, self.cues),
            spoke=following in self.cues.speech and not after,
        )

    def _in_case(self, end: int) -> bool:
        """Say whether an apostrophe parts a name from an ending that means what a preposition does ("Musul'da")."""
        found = _ENDING.match(self.text, end) if self.cues.cases else None
        return found is not None and found[1] in self.cues.cases

    def _with_part(self, words: list[Word], begin: int, at: int, end: int) -> Sequence[GazetteerEntry]:
        """Places that bear the words of direction as a part of their name ("North Darfur", "northern Syria")."""
        for first in range(begin, at):
            found = self.gazetteer.find(self.text[words[first].start : end])
            areas = tuple(e for e in found if not e.feature_code.startswith("PPL"))
            if areas:
                return areas
        return ()

    def _count_people(self, word: Word) -> None:
        code = self.cues.demonyms.get(word.lower)
        if code is None and self.cues.stems:
            code = people_by_stem(word.lower, self.cues)
        if code is not None:
            self.scan.peoples[code] += 1
            self.scan.people_words.append((word, code, self.number))

    def _count_pair(self, words: list[Word], at: int, end: int) -> bool:
        """Count a people of two words ("South Sudanese"); say whether there is one."""
        if words[at].lower not in self.cues.people_heads or at + 1 >= end:
            return False
        one, two = words[at], words[at + 1]
        lower = f"{one.lower} {two.lower}"
        code = self.cues.demonyms.get(lower)
        if code is None:
            return False
        self.scan.peoples[code] += 1
        pair = Word(one.start, two.end, self.text[one.start : two.end], lower, True)
        self.scan.people_words.append((pair, code, self.number))
        return True

    def uncased(self, words: list[Word], number: int) -> None:
        """One sentence of a script without capitals."""
        at = 0
        self.listing = False
        while at < len(words):
            size, cut, entries = self._longest_uncased(words, at)
            if not size:
                self._uncased_miss(words, at, number)
                at += 1
                continue
            first = words[at]
            trimmed = Word(first.start + cut, first.end, first.text[cut:], first.lower[cut:], True)
            named = self._named([*words[:at], trimmed, *words[at + 1 :]], at, at + size, entries, number)
            named.locative = named.locative or first.lower[:cut] in self.cues.locative
            if not titled(self.text, words, at, self.cues):
                carry_list(self.text, words, named, self.scan, self.cues)
                self.scan.named.append(named)
            at += size

    def _longest_uncased(self, words: list[Word], at: int) -> tuple[int, int, tuple[GazetteerEntry, ...]]:
        """The longest name from word `at`; a plain word alone is none, but may begin one ("Rafah crossing")."""
        word = words[at]
        plain = word.lower in self.cues.stop or word.lower in self.cues.before or len(word.text) < MIN_LETTERS
        cuts = [0, *(len(p) for p in self.cues.prefixes if word.text.startswith(p) and len(word.text) - len(p) > 1)]
        limit = 1
        while limit < MAX_WORDS_UNCASED and at + limit < len(words) and joined(self.text, words, at + limit):
            limit += 1
        for size in range(limit, 0, -1):
            for cut in cuts:
                bare = word.lower[cut:]
                if size == 1 and (plain or bare in self.cues.stop or len(bare) < MIN_LETTERS):
                    continue
                end = words[at + size - 1].end
                entries = tuple(self.gazetteer.find(self.text[word.start + cut : end]))
                sort = size > 1 and bare in self.cues.before and self._is_sort_of(words[at + 1].start, end, entries)
                if entries and not sort:
                    return size, cut, entries
        return 0, 0, ()

    def _is_sort_of(self, start: int, end: int, entries: Sequence[GazetteerEntry]) -> bool:
        """Say whether the name without the word in front of it means the same, so that the word only says its sort."""
        keys = {e.key for e in entries}
        return any(e.key in keys for e in self.gazetteer.find(self.text[start:end]))

    def _uncased_miss(self, words: list[Word], at: int, number: int) -> None:
        """An unknown name behind "the village of" is one word, with the article's word after it if there is one."""
        self._count_people(words[at])
        lower = words[at].lower
        if not at or lower in self.cues.stop or lower in self.cues.before or self._joined_on(lower):
            return
        classes, _ = phrases_before(self.text, words, at, self.cues)
        if classes[:1] in (["settlement"], ["settlements"]):
            stop = at + 1
            if stop < len(words) and joined(self.text, words, stop) and words[stop].text.startswith("ال"):
                stop += 1
            self.scan.named.append(self._named(words, at, stop, (), number))

    def _joined_on(self, lower: str) -> bool:
        """Say whether a particle is written onto a plain word ("for the displaced"), or a people's adjective stands."""
        long = any(len(p) > 1 and lower.startswith(p) for p in self.cues.prefixes)
        return long or people_by_stem(lower, self.cues) is not None


def _known_well(entry: GazetteerEntry) -> bool:
    """Say whether a word needs no other dictionary form to be looked for."""
    return not entry.feature_code.startswith("PPL") or entry.population >= KNOWN or entry.key.startswith("wl:")


def _stands_alone(name: str, entries: Iterable[GazetteerEntry]) -> bool:
    """Say whether a name inside a run is a country's or a division's own, so that it begins a name of its own."""
    folded = fold_name(name)
    return any(e.feature_code == "PCLI" or (e.feature_code == "ADM1" and fold_name(e.name) == folded) for e in entries)
