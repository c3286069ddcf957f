"""What the record's own reckoning adds to a brief: roads cut, ways lost, agreements breached, surges.

Findings of the notice room in, sentences out, each citing the claims that the finding rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warledger.domain.agreement import Breach
from warledger.domain.control import ControlState
from warledger.domain.finding import Surge
from warledger.domain.road import Cut, LostWay
from warledger.tell.clauses import heading
from warledger.tell.groups import make_group
from warledger.tell.matter import Matter
from warledger.tell.sayings import is_noun
from warledger.tell.sentence import Sentence
from warledger.tell.templates import fill, listed
from warledger.tell.voice import Voice

MOST_CITED = 6
"""A sentence cites no more claims than this; the command that lists the finding gives all."""
MOST_TOWNS = 6


def tell_roads(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Stretches newly cut, by road; then towns that lost their last way, by what bars it."""
    cuts = (_said(matter, _cut(c, voice), c.by, voice) for c in matter.cuts)
    ways: dict[tuple[str, str, tuple[ControlState, ...]], list[LostWay]] = {}
    for way in matter.lost_ways:
        ways.setdefault((way.end, way.to.name, way.by), []).append(way)
    lost = (_said(matter, _lost(same, voice), by, voice) for (_, _, by), same in ways.items())
    return tuple(s for s in (*cuts, *lost) if s is not None)


def tell_breaches(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Events that an agreement in force forbids, by agreement and by whom it binds."""
    by: dict[tuple[str, tuple[str, ...]], list[Breach]] = {}
    for breach in matter.breaches:
        by.setdefault((breach.agreement.id, breach.doers), []).append(breach)
    told = (_breached(matter, same, voice) for same in by.values())
    return tuple(s for s in told if s is not None)


def tell_surges(matter: Matter, voice: Voice) -> tuple[Sentence, ...]:
    """Weeks in which a region saw more than its own past explains."""
    told = ((_surge(s, voice), [i for i in s.claim_ids if i in matter.claims]) for s in matter.surges)
    return tuple(voice.sentence(text, ids[:MOST_CITED]) for text, ids in told if ids)


def _said(matter: Matter, text: str, by: Iterable[ControlState], voice: Voice) -> Sentence | None:
    ids = dict.fromkeys(i for state in by for i in state.claim_ids if i in matter.claims)
    return voice.sentence(text, list(ids)[:MOST_CITED]) if ids else None


def _cut(cut: Cut, voice: Voice) -> str:
    return voice.say(
        "road_cut",
        road=voice.naming.title(cut.road.name),
        start=voice.naming.settlement(cut.start),
        end=voice.naming.settlement(cut.end),
        holder=voice.naming.parties(cut.holder),
        barred=_barred(cut.by, voice),
    )


def _lost(ways: Sequence[LostWay], voice: Voice) -> str:
    towns = tuple(dict.fromkeys(voice.naming.settlement(w.town) for w in ways))
    return voice.say(
        "way_lost",
        towns=voice.some_of(towns, MOST_TOWNS),
        end=voice.phrases.ends[ways[0].end],
        to=voice.naming.settlement(ways[0].to),
        barred=_barred(ways[0].by, voice),
    )


def _barred(by: Sequence[ControlState], voice: Voice) -> str:
    """Who holds what lies between, holder by holder."""
    held: dict[tuple[str, ...], list[str]] = {}
    for state in by:
        held.setdefault(state.holder, []).append(voice.naming.place(state.place))
    return listed(
        [
            voice.say(
                "barred",
                places=voice.naming.ground(names),
                holder=voice.naming.parties(holder),
            )
            for holder, names in held.items()
        ],
        voice.phrases.joints,
    )


def _breached(matter: Matter, same: Sequence[Breach], voice: Voice) -> Sentence | None:
    told = {e.id for e in matter.told_events()}
    events = [b.event for b in same if b.event.id in told]
    if not events:
        return None
    group = make_group(matter, events[:1], voice)
    what = heading(group, voice)
    text = voice.say(
        "breach" if len(events) == 1 else "breach_many",
        what=what[:1].lower() + what[1:] if is_noun(what, voice) else what,
        n=voice.measures.count(len(events) - 1),
        agreement=voice.naming.title(same[0].agreement.name),
        signed=voice.measures.day(same[0].agreement.signed),
        doers=voice.naming.parties(same[0].doers),
    )
    ids = [i for e in events for i in e.claim_ids if i in matter.claims]
    return voice.sentence(text, list(dict.fromkeys(ids))[:MOST_CITED]) if ids else None


def _surge(surge: Surge, voice: Voice) -> str:
    return voice.say(
        "surge",
        what=fill(voice.phrases.surges[surge.measure], n=voice.measures.count(surge.count)),
        region=voice.naming.within(surge.region, surge.country),
        week=voice.measures.day(surge.week),
        expected=f"{surge.expected:.1f}",
        weeks=voice.measures.count(surge.baseline_weeks),
        most=voice.measures.count(surge.most),
    )
