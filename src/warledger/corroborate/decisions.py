"""Apply what persons decided: which claims are one event, which are not, what is accepted and what is discounted.

In: decisions in order of arrival, claims that count and claims that no longer do. Out: rulings over the claims that
count now. A later decision outranks an earlier one; one that is undone rules nothing. Where a report was coded again, a
decision holds for the claim of its new version that says the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from attrs import evolve, field, frozen

from warledger.domain.claim import Claim
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.event import Event
from warledger.ports import KeptClaim

SAME_WORDS = 0.5
"""Share of words (Dice) from which a claim of a report's new version says what one of the old version said."""
_WORD = re.compile(r"\w+")
Ids = frozenset[str]


@frozen(kw_only=True)
class Rulings:
    """What is decided of the claims that count now.

    Args:
        bound: sets of claims, each one event.
        apart: pairs of sets, no claim of the one in an event with a claim of the other.
        out: claims that are discounted, with the decision that says so.
        verdicts: events accepted or discounted, each by the claims it had then; the last one counts.
        corrections: fields of events corrected, each by the claims the event had then, in order of arrival.
        heirs: claims that no longer count to the claims of the newest versions of their reports that say the same.
    """

    bound: tuple[Ids, ...] = ()
    apart: tuple[tuple[Ids, Ids], ...] = ()
    out: Mapping[str, Decision] = field(factory=dict)
    verdicts: tuple[tuple[Decision, Ids], ...] = ()
    corrections: tuple[tuple[Decision, Ids], ...] = ()
    heirs: Mapping[str, str] = field(factory=dict)


NO_RULINGS = Rulings()


def decide(
    act: DecisionAct,
    events: Sequence[Event],
    claim_ids: Sequence[str],
    *,
    author: str,
    reason: str,
    at: datetime,
    payload: Mapping[str, object] | None = None,
) -> Decision:
    """Put a decision into words that outlast the events: by the claims that they hold now.

    Args:
        act: what is decided.
        events: the events to merge, the one to split, accept, discount or correct; none where a claim is.
        claim_ids: the claims that leave an event, or the one that is discounted or corrected.
        author: who decides.
        reason: why.
        at: when, UTC.
        payload: `field` and `value` of a correction.

    Raises:
        ValueError: it says nothing new or cannot be done; author or reason is blank.
    """
    empty = next((e for e in events if not e.claim_ids), None)
    if empty is not None:
        raise ValueError(f"event {empty.id} holds no claims any more: {empty.reason}")
    if act is DecisionAct.MERGE and len({e.id for e in events}) < 2:
        raise ValueError("a merge needs two different events")
    rest: list[str] = []
    if act is DecisionAct.SPLIT:
        rest = _left_behind(events[0], claim_ids)
    elif events:
        claim_ids = sorted({i for e in events for i in e.claim_ids})
    decision = Decision(
        id="",
        recorded_at=at,
        author=author,
        reason=reason,
        act=act,
        event_ids=tuple(e.id for e in events),
        claim_ids=tuple(claim_ids),
        payload={"rest": rest} if rest else payload or {},
    )
    return _identified(decision)


def undo(decision: Decision, decisions: Sequence[Decision], *, author: str, reason: str, at: datetime) -> Decision:
    """Decide that a decision rules no more.

    Raises:
        ValueError: it is undone already; author or reason is blank.
    """
    if decision not in in_force(decisions):
        raise ValueError(f"decision {decision.id} is undone already")
    payload = {**decision.payload, "decision": decision.id}
    new = evolve(decision, author=author, reason=reason, act=DecisionAct.UNDO, recorded_at=at, payload=payload)
    return _identified(new)


def alias(name: str, actor: str, *, author: str, reason: str, at: datetime) -> Decision:
    """Decide that a name is an actor's; it rules over no event.

    Raises:
        ValueError: author or reason is blank.
    """
    payload = {"name": name, "actor": actor}
    act = DecisionAct.ALIAS
    return _identified(Decision(id="", recorded_at=at, author=author, reason=reason, act=act, payload=payload))


def aliases(decisions: Sequence[Decision]) -> tuple[tuple[str, str], ...]:
    """Names that persons decided actors bear, each with the actor's canonical name, in order of arrival."""
    told = (d.payload for d in in_force(decisions) if d.act == DecisionAct.ALIAS)
    return tuple((str(p["name"]), str(p["actor"])) for p in told)


def in_force(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that no later one undoes, those that undo among them, in order of arrival."""
    undone: set[str] = set()
    standing: list[Decision] = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        standing.append(decision)
        if decision.act == DecisionAct.UNDO:
            undone.add(str(decision.payload["decision"]))
    return tuple(reversed(standing))


def discounted(decisions: Sequence[Decision], heirs: Mapping[str, str]) -> Ids:
    """The claims that persons discounted, alone or with their event, and did not accept again since.

    Args:
        decisions: all of them, in order of arrival.
        heirs: claims that they concern to those that say the same now; what is decided of one is of both.
    """
    out: set[str] = set()
    for decision in in_force(decisions):
        said = {*decision.claim_ids, *(heirs[i] for i in decision.claim_ids if i in heirs)}
        if decision.act == DecisionAct.DISCOUNT:
            out.update(said)
        elif decision.act == DecisionAct.ACCEPT:
            out.difference_update(said)
    return frozenset(out)


def rulings(decisions: Sequence[Decision], claims: Iterable[KeptClaim], past: Iterable[KeptClaim]) -> Rulings:
    """Tell what decisions mean for the claims that count.

    Args:
        decisions: all of them, in order of arrival.
        claims: the claims that count.
        past: claims that no longer count, on which decisions or events rest.
    """
    heirs = heirs_of(past, claims)

    def counting(ids: Iterable[str]) -> Ids:
        return frozenset(heirs.get(i, i) for i in ids)

    bound: list[Ids] = []
    apart: list[tuple[Ids, Ids]] = []
    out: dict[str, Decision] = {}
    verdicts: list[tuple[Decision, Ids]] = []
    corrections: list[tuple[Decision, Ids]] = []
    for decision in in_force(decisions):
        said = counting(decision.claim_ids)
        match decision.act:
            case DecisionAct.MERGE:
                apart = [pair for left, right in apart for pair in ((left - said, right), (left, right - said))]
                bound = _joined(bound, said)
            case DecisionAct.SPLIT:
                bound = _joined([group - said for group in bound], said)
                apart.append((said, counting(decision.payload["rest"]) - said))
            case DecisionAct.ACCEPT | DecisionAct.DISCOUNT if decision.event_ids:
                verdicts.append((decision, said))
            case DecisionAct.CORRECT if decision.event_ids:
                corrections.append((decision, said))
            case DecisionAct.DISCOUNT:
                out |= dict.fromkeys(said, decision)
    return Rulings(
        bound=tuple(group for group in bound if len(group) > 1),
        apart=tuple((left, right) for left, right in apart if left and right),
        out=out,
        verdicts=tuple(verdicts),
        corrections=tuple(corrections),
        heirs=heirs,
    )


def heirs_of(past: Iterable[KeptClaim], claims: Iterable[KeptClaim]) -> dict[str, str]:
    """Claims of older versions of reports to the claims that count and say the same.

    Of one version no two claims have one heir: those that are most alike in words, then in type and place, come first.
    A claim of an older version has an heir of its own beside those of the versions since, so that what was decided of
    it holds through any number of versions.
    """
    versions: dict[str, list[KeptClaim]] = {}
    for old in sorted(past, key=lambda c: (c.recorded_at, c.id)):
        versions.setdefault(old.report.key, []).append(old)
    ids = {c.report.id for version in versions.values() for c in version}
    live: dict[str, list[KeptClaim]] = {}
    for claim in claims:
        if claim.report.id in ids:
            live.setdefault(claim.report.id, []).append(claim)
    heirs: dict[str, str] = {}
    for version in versions.values():
        heirs |= _paired(version, live.get(version[0].report.id, ()))
    return heirs


def _paired(old: Sequence[KeptClaim], new: Sequence[KeptClaim]) -> dict[str, str]:
    """Claims of one version to those of another, each once, the most alike first."""
    rows = [(_likeness(a, b), a.id, b.id) for a in old for b in new if _of_one_matter(a.claim, b.claim)]
    pairs: dict[str, str] = {}
    for likeness, a, b in sorted(rows, reverse=True):
        if likeness[0] >= SAME_WORDS and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def _of_one_matter(old: Claim, new: Claim) -> bool:
    """Whether two claims are of one kind and name no two places: each town of one sentence is a claim of its own."""
    places = [p for p in (getattr(c, "place", None) for c in (old, new)) if p is not None]
    return old.kind is new.kind and (len({p.name for p in places}) < 2 or len({p.key for p in places}) < 2)


def _likeness(old: KeptClaim, new: KeptClaim) -> tuple[float, bool, bool]:
    """Common words of the quotes (Dice), and whether type and place are the same.

    The same quote in the same place has all words in common, though a redaction covered them.
    """
    a, b = _words(old), _words(new)
    same = old.claim.quotes == new.claim.quotes
    dice = 1.0 if same else 2 * len(a & b) / max(len(a) + len(b), 1)
    types, spots = ([getattr(c.claim, name, None) for c in (old, new)] for name in ("type", "place"))
    keys = [None if p is None else p.key for p in spots]
    return dice, types[0] == types[1], keys[0] == keys[1]


def _words(kept: KeptClaim) -> frozenset[str]:
    return frozenset(word for quote in kept.claim.quotes for word in _WORD.findall(quote.text.casefold()))


def _joined(groups: Sequence[Ids], said: Ids) -> list[Ids]:
    """The groups with one more, which takes in every group that it shares a claim with."""
    met = [g for g in groups if g & said]
    return [*(g for g in groups if not g & said), said.union(*met)]


def _left_behind(event: Event, claim_ids: Sequence[str]) -> list[str]:
    strange = sorted(set(claim_ids) - set(event.claim_ids))
    if strange or not claim_ids:
        raise ValueError(f"claim {strange[0]} is not of event {event.id}" if strange else "a split needs claims")
    rest = sorted(set(event.claim_ids) - set(claim_ids))
    if not rest:
        raise ValueError(f"that is every claim of event {event.id}: a split must leave one behind")
    return rest


def _identified(decision: Decision) -> Decision:
    said = [str(decision.act), decision.author, decision.reason, decision.event_ids, decision.claim_ids]
    text = json.dumps([*said, dict(decision.payload), decision.recorded_at.isoformat()], sort_keys=True)
    return evolve(decision, id=f"d{hashlib.sha256(text.encode()).hexdigest()[:16]}")
