"""Hold a brief against what it was made from: the numbers, names and grades of each sentence that its claims lack."""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from warledger.domain.claim import Claim, EventClaim, TollClaim
from warledger.domain.event import Event
from warledger.domain.phrases import Phrases
from warledger.domain.records import to_record
from warledger.domain.road import Cut, LostWay
from warledger.tell.matter import Matter
from warledger.tell.sentence import Brief, Sentence

PHRASES = Path(__file__).parents[2] / "src/warledger/data/tell/phrases.yaml"
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURE = r"(?:between ([\d,]+) and |(at least |up to |))([\d,]+)"


def sentences_of(brief: Brief) -> Iterator[Sentence]:
    if brief.headline is not None:
        yield brief.headline
    yield from brief.lead
    for section in brief.sections:
        yield from section.sentences


def strange_numbers(matter: Matter, brief: Brief) -> list[tuple[str, str]]:
    """Numbers that come from no claim of their sentence, each with its sentence."""
    found = []
    for sentence in sentences_of(brief):
        said = _numbers_of_claims(matter, sentence)
        for number in re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d)", "", sentence.text)):
            if number not in said:
                found.append((number, sentence.text))
    return found


def strange_figures(matter: Matter, brief: Brief, phrases: Phrases) -> list[tuple[str, str]]:
    """People counted that no claim of the sentence counts so: "at least 300 people" needs a figure from 300 up."""
    words = "|".join(sorted({re.escape(w) for pair in phrases.people.values() for w in pair}, key=len, reverse=True))
    found = []
    for sentence in sentences_of(brief):
        spans = _spans_of_claims(matter, sentence)
        for low, how, high in re.findall(rf"{_FIGURE} (?:{words})\b", sentence.text):
            if not _is_spanned(low, how.strip(), high, spans):
                found.append((f"{low} {how}{high}", sentence.text))
    return found


def strange_names(matter: Matter, brief: Brief, phrases: Phrases) -> list[tuple[str, str]]:
    """Words with a capital that neither a claim of their sentence nor the table of phrases holds."""
    own, found = _words_of_phrases(phrases), []
    for sentence in sentences_of(brief):
        said = _words_of_claims(matter, sentence) | own
        for m in re.finditer(r"(?<![\w-])[A-ZÀ-Þİ][\w'’-]+", sentence.text):
            word = m.group()
            begins = m.start() == 0 and word.lower() in own
            if not (begins or _bare(word) in said or word in said):
                found.append((word, sentence.text))
    return found


def wrong_grades(matter: Matter, brief: Brief, phrases: Phrases) -> list[tuple[list[str], str]]:
    """Sentences that end with a grade which is not that of the events they cite whole, each with their grades."""
    found = []
    for sentence in sentences_of(brief):
        events = _cited_whole(matter, sentence)
        told = re.search(r" \(([^()]+)\)\.$", sentence.text)
        if events and told is not None and not _is_grade_of(told.group(1), events, phrases):
            found.append(([f"{e.grade} {len(e.origins)}" for e in events], sentence.text))
    return found


def _is_grade_of(told: str, events: list[Event], phrases: Phrases) -> bool:
    grades, words = {e.grade for e in events}, phrases.grade_words
    parts = re.fullmatch(r"in part (.+), in part (.+)", told)
    if parts is not None:
        return len(grades) > 1 and {parts.group(1), parts.group(2)} <= {words[g] for g in grades}
    counted = re.fullmatch(r"(\w+) independent sources", told)
    if counted is not None:
        said = counted.group(1)
        number = COUNTED.index(said) + 1 if said in COUNTED else int(said)
        return grades == {"fair"} and {len(e.origins) for e in events} == {number}
    if told.startswith("single source: "):
        return grades == {"weak"} and len({e.origins for e in events}) == 1
    alone = {words[g]: g for g in grades} | {"confirmed": "confirmed", "contested": "contested"}
    alone["since withdrawn or refuted"] = "discounted"
    return told not in alone or grades == {alone[told]}


def _cited_whole(matter: Matter, sentence: Sentence) -> list[Event]:
    cited = set(sentence.claim_ids)
    held = {e.id: {i for i in e.claim_ids if i in matter.claims} for e in matter.told_events()}
    whole = [e for e in matter.told_events() if held[e.id] and held[e.id] <= cited]
    return whole if set().union(*(held[e.id] for e in whole)) == cited else []


def _spans_of_claims(matter: Matter, sentence: Sentence) -> set[tuple[int | None, int | None]]:
    claims = [matter.claims[i].claim for i in sentence.claim_ids]
    figures = [f for c in claims if isinstance(c, EventClaim | TollClaim) for f in c.figures]
    fatal = [e.fatalities for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    return {(f.min, f.max) for f in figures} | {(f.low, f.high) for f in fatal}


def _is_spanned(low: str, how: str, high: str, spans: set[tuple[int | None, int | None]]) -> bool:
    least, most = {a for a, _ in spans}, {b for _, b in spans}
    number = int(high.replace(",", ""))
    if low:
        return int(low.replace(",", "")) in least and number in most
    if how:
        return number in (least if how == "at least" else most)
    return (number, number) in spans or (number in least and number in most)


def _numbers_of_claims(matter: Matter, sentence: Sentence) -> set[str]:
    said = json.dumps([to_record(matter.claims[i].claim) for i in sentence.claim_ids], ensure_ascii=False, default=str)
    published = " ".join(str(matter.claims[i].report.published) for i in sentence.claim_ids)
    numbers = {n.lstrip("0") or "0" for n in re.findall(r"\d+", f"{said} {published} {matter.to_day}")}
    events = [e for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    numbers |= {str(d) for i in sentence.claim_ids for d in _days(matter.claims[i].claim)}
    counts = {len(e.origins) for e in events} | {len(events), len([e for e in events if len(e.origins) == 1])}
    sizes = {str(matter.claims[i].report.publisher) for i in sentence.claim_ids}
    sizes |= {str(found) for found in (*matter.cuts, *matter.lost_ways) if _rests_on(found, sentence)}  # "the M5"
    return numbers | {str(n) for n in counts} | set(re.findall(r"\d+", " ".join(sizes)))


def _days(claim: Claim) -> set[int]:
    when = getattr(claim, "when", None)
    if when is None or when.start is None or when.end is None:
        return set()
    return {(when.start + timedelta(days=n)).day for n in range((when.end - when.start).days + 1)}


def _words_of_claims(matter: Matter, sentence: Sentence) -> set[str]:
    claims = [matter.claims[i] for i in sentence.claim_ids]
    said = [json.dumps([to_record(k.claim) for k in claims], ensure_ascii=False)]
    said += [str(k.report.publisher) for k in claims]
    places = [p for k in claims if (p := getattr(k.claim, "place", None)) is not None and p.entry is not None]
    events = [e for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    said += (
        [p.entry.name for p in places] + [str(p.entry.admin1) for p in places] + [o for e in events for o in e.origins]
    )
    said += [matter.origins[i] for i in sentence.claim_ids if i in matter.origins]
    said += [str(found) for found in (*matter.cuts, *matter.lost_ways) if _rests_on(found, sentence)]
    words = re.findall(r"[\w'’-]+", " ".join(said))
    return {*words, *(_bare(w) for w in words), *(w.capitalize() for w in words)}


def _words_of_phrases(phrases: Phrases) -> set[str]:
    own = re.findall(r"\b[a-z]+\b", PHRASES.read_text(encoding="utf-8").split("\ntimes:")[1])
    return {*month_name[1:], *phrases.languages.values(), *own, *COUNTED, "the", "a", "an"}


def _rests_on(found: Cut | LostWay, sentence: Sentence) -> bool:
    """Whether what the roads say is behind a sentence: their places are names of the table of roads."""
    return any(set(state.claim_ids) & set(sentence.claim_ids) for state in found.by)


def _bare(word: str) -> str:
    return word.removesuffix("'s").strip("'’")
