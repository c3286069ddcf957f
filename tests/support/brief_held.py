"""Hold a brief against what it was made from: the numbers, names and grades of each sentence that its claims lack.

Whatever language it is told in, its own table of phrases says what a figure, a name and a grade look like there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from warledger.domain.claim import Claim, ControlClaim, EventClaim, StatementClaim, TollClaim
from warledger.domain.codes import Grade
from warledger.domain.event import Event
from warledger.domain.phrases import Phrases
from warledger.domain.records import to_record
from warledger.domain.road import Cut, LostWay
from warledger.ports import KeptClaim
from warledger.tell.matter import Matter
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.sentence import Brief, Sentence
from warledger.tell.templates import fill, pattern_of
from warledger.tell.voice import MOST_NAMES

TABLES = Path(__file__).parents[2] / "src/warledger/data/tell"
_NUMBER = r"[\d,]+"
_ARABIC_WORD = r"[^\W\d_](?:[\w'’-]|[\u064b-\u0652])*"
Span = tuple[int | None, int | None]


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
    found = []
    for sentence in sentences_of(brief):
        spans = _spans_of_claims(matter, sentence)
        found += [(said, sentence.text) for said, *told in _figures(sentence.text, phrases) if not _held(*told, spans)]
    return found


def _figures(text: str, phrases: Phrases) -> Iterator[tuple[str, str, int | None, int]]:
    """Each figure of a text: as it is told, how it is bounded, the least of a span, and the number."""
    for how in ("between", "at_least", "at_most", "exactly"):
        for counted, number in _counted(phrases):
            bounded = re.escape(phrases.figures[how]).replace(r"\{people\}", counted)
            bounded = bounded.replace(r"\{low\}", f"(?P<low>{_NUMBER})")
            for m in re.finditer(rf"(?<![\d,]){bounded}(?!\w)", text):
                told = m.groupdict()
                low = _number(told["low"]) if "low" in told else None
                yield m.group(), how, low, _number(told["n"]) if "n" in told else number
                text = text.replace(m.group(), " " * len(m.group()), 1)


def _counted(phrases: Phrases) -> list[tuple[str, int]]:
    """What people counted look like, the longest first; and the number of a form that writes none ("شخصين")."""
    forms = [f for said in phrases.people.values() for f in enumerate(said[3:-1].split("/"), start=1)]
    forms.sort(key=lambda f: -len(f[1]))
    return [(re.escape(form).replace(r"\{n\}", f"(?P<n>{_NUMBER})"), number) for number, form in forms]


def _number(said: str) -> int:
    return int(said.replace(",", ""))


def strange_names(matter: Matter, brief: Brief, phrases: Phrases) -> list[tuple[str, str]]:
    """Words that neither a claim of their sentence nor the table of phrases holds: in English those with a capital."""
    own, found = _words_of_phrases(phrases), []
    for sentence in sentences_of(brief):
        said = _words_of_claims(matter, sentence) | own
        if phrases.called is None:
            found += [(word, sentence.text) for word in _strange_capitals(sentence.text, own, said)]
        else:
            said |= _words_as_called(matter, sentence, phrases)
            words = re.findall(_ARABIC_WORD, re.sub(r"و(?=\d)", "", sentence.text))
            found += [(w, sentence.text) for w in words if not {w, w.removeprefix("و"), _bare(w)} & said]
    return found


def _strange_capitals(text: str, own: set[str], said: set[str]) -> Iterator[str]:
    for m in re.finditer(r"(?<![\w-])[A-ZÀ-Þİ][\w'’-]+", text):
        word = m.group()
        begins = m.start() == 0 and word.lower() in own
        if not (begins or _bare(word) in said or word in said):
            yield word


def wrong_grades(matter: Matter, brief: Brief, phrases: Phrases) -> list[tuple[list[str], str]]:
    """Sentences that end with a grade which is not that of the events they cite whole, each with their grades."""
    found = []
    for sentence in sentences_of(brief):
        events = _cited_whole(matter, sentence)
        told = re.search(r" (\([^()]+\))\.$", sentence.text)
        if events and told is not None and not _is_grade_of(told.group(1), events, phrases):
            found.append(([f"{e.grade} {len(e.origins)}" for e in events], sentence.text))
    return found


def _is_grade_of(told: str, events: list[Event], phrases: Phrases) -> bool:
    grades, words = {e.grade for e in events}, phrases.grade_words
    mixed = pattern_of(phrases.grade_mixed, {}).fullmatch(told)
    if mixed is not None:
        return len(grades) > 1 and set(mixed.groups()) <= {words[g] for g in grades}
    count = Measures(phrases=phrases).count
    counted = {fill(phrases.grades[Grade.FAIR], n=count(n)): n for n in range(2, 100)}
    if told in counted:
        return grades == {Grade.FAIR} and {len(e.origins) for e in events} == {counted[told]}
    if pattern_of(phrases.grades[Grade.WEAK], {}).fullmatch(told) is not None:
        return grades == {Grade.WEAK} and len({e.origins for e in events}) == 1
    alone = {f"({words[g]})": g for g in Grade}
    alone |= {phrases.grades[g]: g for g in (Grade.CONFIRMED, Grade.CONTESTED, Grade.DISCOUNTED)}
    return told not in alone or grades == {alone[told]}


def _cited_whole(matter: Matter, sentence: Sentence) -> list[Event]:
    cited = set(sentence.claim_ids)
    held = {e.id: {i for i in e.claim_ids if i in matter.claims} for e in matter.told_events()}
    whole = [e for e in matter.told_events() if held[e.id] and held[e.id] <= cited]
    return whole if set().union(*(held[e.id] for e in whole)) == cited else []


def _spans_of_claims(matter: Matter, sentence: Sentence) -> set[Span]:
    claims = [matter.claims[i].claim for i in sentence.claim_ids]
    figures = [f for c in claims if isinstance(c, EventClaim | TollClaim) for f in c.figures]
    fatal = [e.fatalities for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    return {(f.min, f.max) for f in figures} | {(f.low, f.high) for f in fatal}


def _held(how: str, low: int | None, number: int, spans: set[Span]) -> bool:
    least, most = {a for a, _ in spans}, {b for _, b in spans}
    match how:
        case "between":
            return low in least and number in most
        case "at_least":
            return number in least
        case "at_most":
            return number in most
        case _:
            return (number, number) in spans or (number in least and number in most)


def _numbers_of_claims(matter: Matter, sentence: Sentence) -> set[str]:
    said = json.dumps([to_record(matter.claims[i].claim) for i in sentence.claim_ids], ensure_ascii=False, default=str)
    published = " ".join(str(matter.claims[i].report.published) for i in sentence.claim_ids)
    numbers = {n.lstrip("0") or "0" for n in re.findall(r"\d+", f"{said} {published} {matter.to_day}")}
    events = [e for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    numbers |= {str(d) for i in sentence.claim_ids for d in _days(matter.claims[i].claim)}
    counts = {len(e.origins) for e in events} | {len(events), len([e for e in events if len(e.origins) == 1])}
    counts |= _counts_of_control(matter, sentence)
    sizes = {str(matter.claims[i].report.publisher) for i in sentence.claim_ids}
    sizes |= {str(found) for found in (*matter.cuts, *matter.lost_ways) if _rests_on(found, sentence)}  # "the M5"
    return numbers | {str(n) for n in counts} | set(re.findall(r"\d+", " ".join(sizes)))


def _counts_of_control(matter: Matter, sentence: Sentence) -> set[int]:
    """How many claims stand against who is said to hold a place, and how many places are more than are named."""
    states = [s for s in matter.control if set(s.claim_ids) & set(sentence.claim_ids)]
    places = {s.place.key for s in states}
    return {len([i for i in s.against if i in matter.claims]) for s in states} | {len(places) - MOST_NAMES}


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
    words = [w for pattern in (r"[\w'’-]+", _ARABIC_WORD) for w in re.findall(pattern, " ".join(said))]
    return {*words, *(_bare(w) for w in words), *(w.capitalize() for w in words)}


def _words_as_called(matter: Matter, sentence: Sentence, phrases: Phrases) -> set[str]:
    """Words of the names of a sentence's claims as another language writes them."""
    claims = [matter.claims[i] for i in sentence.claim_ids]
    events = [e for e in matter.events if set(e.claim_ids) & set(sentence.claim_ids)]
    naming = Naming(phrases=phrases)
    said = [naming.outlet(k.report.publisher) for k in claims if k.report.publisher is not None]
    actors = {n for k in claims for n in _actors(k)} | {o for e in events for o in e.origins}
    actors |= {matter.origins[i] for i in sentence.claim_ids if i in matter.origins}
    for name in actors:
        side = naming.parties([name])
        said += [side.text, side.oblique or ""]
    for place in (p for k in claims if (p := getattr(k.claim, "place", None)) is not None):
        coarse = naming.coarse(place)
        said += [naming.place(place), naming.place(coarse) if coarse is not None else ""]
    for found in (f for f in (*matter.cuts, *matter.lost_ways) if _rests_on(f, sentence)):
        entries = [found.start, found.end] if isinstance(found, Cut) else [found.town, found.to]
        said += [naming.settlement(e) for e in entries]
        said += [naming.title(found.road.name)] if isinstance(found, Cut) else []
        said += [naming.place(s.place) for s in found.by] + [naming.parties(s.holder).text for s in found.by]
    return set(re.findall(_ARABIC_WORD, " ".join(said)))


def _actors(kept: KeptClaim) -> Iterator[str]:
    claim = kept.claim
    yield from claim.attribution
    match claim:
        case EventClaim():
            yield from (*claim.initiator, *claim.target)
        case ControlClaim():
            yield from claim.holder
        case TollClaim():
            yield from claim.side
        case StatementClaim():
            yield from (*claim.speaker, *claim.about)
        case _:
            pass


def _words_of_phrases(phrases: Phrases) -> set[str]:
    """Words of the language's own table; of the English one those in small letters behind the rules for names."""
    if phrases.called is not None:
        table = (TABLES / f"phrases.{phrases.language}.yaml").read_text(encoding="utf-8")
        return set(re.findall(_ARABIC_WORD, table))
    own = re.findall(r"\b[a-z]+\b", (TABLES / "phrases.yaml").read_text(encoding="utf-8").split("\ntimes:")[1])
    return {*phrases.months, *phrases.languages.values(), *own, *phrases.numbers, "the", "a", "an"}


def _rests_on(found: Cut | LostWay, sentence: Sentence) -> bool:
    """Whether what the roads say is behind a sentence: their places are names of the table of roads."""
    return any(set(state.claim_ids) & set(sentence.claim_ids) for state in found.by)


def _bare(word: str) -> str:
    return word.removesuffix("'s").strip("'’")
