"""Word tolls, statements and claimed precedents: what reports count, say and compare."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from warledger.domain.claim import EventClaim, Figure, Precedent, StatementClaim, TollClaim
from warledger.domain.codes import Harm, Modality, Rank
from warledger.domain.finding import NoticedPrecedent, PrecedentFinding
from warledger.domain.phrases import Phrases
from warledger.ports import KeptClaim
from warledger.tell.clauses import PERSONAL, heading
from warledger.tell.groups import make_group, weight_of
from warledger.tell.matter import Matter
from warledger.tell.measures import Measures
from warledger.tell.sentence import Sentence
from warledger.tell.templates import Noun, fill, printable
from warledger.tell.voice import Voice

MOST_QUOTED = 200
"""A longer quotation is cut inside a sentence, at a word; the footnote has it whole. Characters."""

MOST_CONTRARY = 3
"""So many claims against a claimed precedent are cited, the latest; the table of precedents has all."""


def tell_tolls(matter: Matter, voice: Voice, *, displaced: bool) -> tuple[Sentence, ...]:
    """Tolls of the days: the dead and hurt, or else the displaced; equal counts of one source become one sentence."""
    by_text: dict[str, list[str]] = {}
    for kept in matter.tolls():
        if text := _toll(kept, voice, displaced=displaced):
            by_text.setdefault(text, []).append(kept.id)
    return tuple(voice.sentence(text, ids) for text, ids in by_text.items())


def largest_toll(matter: Matter, voice: Voice) -> Sentence | None:
    """The toll with the most dead, for the lead."""
    tolls = [(most, k) for k in matter.tolls() if (most := _killed(k)) > 0 and not _is_long(k)]
    if not tolls:
        return None
    _, kept = max(tolls, key=lambda pair: pair[0])
    return voice.sentence(_toll(kept, voice, displaced=False), [kept.id])


def tell_statements(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """What was said on the days, with the words."""
    return tuple(voice.sentence(_statement(k, voice), [k.id]) for k in matter.statements())


def tell_precedents(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """What was called a first, a largest or the like, and what the record says to it."""
    said = {f.claim_id: f for f in matter.findings}
    events = {i: e for e in matter.told_events() for i in e.claim_ids}
    sentences = []
    for kept in sorted(matter.precedents(), key=lambda k: -weight_of(matter, events[k.id], voice)):
        claim = kept.claim
        if (precedent := claim.precedent) is not None and isinstance(claim, EventClaim):
            said_event = evolve(
                events[kept.id], type=claim.type, place=claim.place, initiator=claim.initiator, target=claim.target
            )
            what = heading(make_group(matter, [said_event], voice), voice)
            finding = said.get(kept.id)
            text = precedent_text(precedent, what, voice.source(kept), finding, voice)
            contrary = [i for i in finding.contrary if i in matter.claims] if finding is not None else []
            sentences.append(voice.sentence(text, [kept.id, *contrary[-MOST_CONTRARY:]]))
    return tuple(sentences)


def tell_noticed(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Firsts and deadliests that nobody claimed, with since when and how dense the record is."""
    told = [(n, [i for i in n.claim_ids if i in matter.claims]) for n in matter.noticed]
    return tuple(voice.sentence(_noticed(n, voice), ids) for n, ids in told if ids)


def _noticed(found: NoticedPrecedent, voice: Voice) -> str:
    key = "noticed" if found.before is not None else "noticed_ever"
    return fill(
        voice.phrases.precedents[key],
        what=_kind(found, voice.phrases),
        place=voice.naming.within(found.place, found.coverage.country),
        day=voice.measures.day(found.day),
        since=voice.measures.dated(found.since),
        covered=voice.measures.count(found.coverage.country_months),
        months=voice.measures.count(found.coverage.months),
    )


def noticed_why(found: NoticedPrecedent, phrases: Phrases) -> str:
    """What is a first or a deadliest, and since when."""
    key = "noticed_why" if found.before is not None else "noticed_why_ever"
    since = Measures(phrases=phrases).dated(found.since)
    return fill(phrases.precedents[key], what=_kind(found, phrases), since=since)


def _kind(found: NoticedPrecedent, phrases: Phrases) -> str:
    """Rank and kind: "first deadly attack", "deadliest attack (12 killed or more)"."""
    first = "what_first_deadly" if found.killed else "what_first"
    words = phrases.precedents["what_deadliest" if found.rank is Rank.DEADLIEST else first]
    killed = Measures(phrases=phrases).number(found.killed or 0)
    return fill(words, kind=phrases.events[found.type].kind, killed=killed)


def precedent_text(
    precedent: Precedent, what: str, source: Noun, finding: PrecedentFinding | None, voice: Voice
) -> str:
    """The clause of one claimed precedent."""
    words = voice.phrases.precedents
    called = fill(
        words["since" if precedent.since else "ever"],
        rank=voice.phrases.ranks[precedent.rank],
        since=voice.measures.since(precedent.since or ""),
    )
    verdict = voice.phrases.verdicts.get(finding.verdict, finding.verdict) if finding is not None else ""
    what = what[:1].lower() + what[1:] if is_noun(what, voice) else what
    return fill(
        words["claim_judged" if verdict else "claim"], source=source, precedent=called, what=what, verdict=verdict
    )


def is_noun(what: str, voice: Voice) -> bool:
    """Whether a heading begins with a word of the table, not with a name."""
    return any(p.headline.startswith(what.split()[0]) for p in voice.phrases.events.values())


def _toll(kept: KeptClaim, voice: Voice, *, displaced: bool) -> str:
    claim = kept.claim
    if not isinstance(claim, TollClaim):
        return ""
    figures = [f for f in claim.figures if (f.harm is Harm.DISPLACED) is displaced]
    counted = voice.measures.figures(figures)
    if not counted:
        return ""
    text = voice.say(
        "toll_side" if claim.side else "toll",
        source=voice.source(kept),
        figures=counted,
        at=voice.naming.at(claim.place),
        when=voice.measures.when(claim.when),
        side=voice.naming.parties(claim.side),
    )
    return text if claim.modality is Modality.ASSERTED else voice.say("reportedly", clause=text)


def _killed(kept: KeptClaim) -> int:
    figures: Sequence[Figure] = kept.claim.figures if isinstance(kept.claim, TollClaim) else ()
    return max((f.max or f.min or 0 for f in figures if f.harm is Harm.KILLED), default=0)


def _is_long(kept: KeptClaim) -> bool:
    """Whether a toll sums over more than the season: the lead tells the days, not the war."""
    when = kept.claim.when if isinstance(kept.claim, EventClaim | TollClaim) else None
    return when is not None and when.start is not None and when.end is not None and (when.end - when.start).days > 60


def _statement(kept: KeptClaim, voice: Voice) -> str:
    claim = kept.claim
    if not isinstance(claim, StatementClaim):
        return ""
    phrase = voice.phrases.acts[claim.act]
    about = tuple(a for a in claim.about if a not in claim.speaker)
    speaker = voice.naming.actors(claim.speaker) if claim.speaker else voice.source(kept)
    act = fill(phrase.about if about else phrase.alone, speaker=speaker, about=voice.naming.parties(about))
    own = voice.phrases.language
    language = voice.phrases.languages.get(kept.report.language or own, "")
    return voice.say(
        "statement" if kept.report.language in (None, own) or not language else "statement_other",
        speaker=speaker,
        act=act,
        publisher=voice.publisher(kept),
        quote=voice.quote(shortened(quote_of(kept, voice))),
        language=language,
    )


def quote_of(kept: KeptClaim, voice: Voice) -> str:
    """The words of a claim on one line, private persons' names withheld."""
    words = " … ".join(q.text for q in kept.claim.quotes)
    return printable(voice.naming.withhold(words, names_in(kept)))


def names_in(kept: KeptClaim) -> tuple[str, ...]:
    """Names in a claim that may be private persons': who is cited, who speaks, to whom a personal harm was done."""
    claim = kept.claim
    spoke = claim.speaker if isinstance(claim, StatementClaim) else ()
    suffered = claim.target if isinstance(claim, EventClaim) and claim.type in PERSONAL else ()
    return claim.attribution + spoke + suffered


def shortened(words: str, most: int = MOST_QUOTED) -> str:
    """Cut a quotation at a word."""
    if len(words) <= most:
        return words
    return f"{words[:most].rsplit(' ', 1)[0]} …"
