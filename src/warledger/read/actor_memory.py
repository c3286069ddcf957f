"""Resolve what was found within its report: findings in the order of the text in, mentions of actors out.

A description is resolved by the states named in it, the country the report is about and who has been named before;
what could mean others keeps them as alternatives. Whom a group is only said to be linked to is not spoken of, unless
the report names no other group. What can mean nobody makes no mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from warledger.domain.actor import ActorKind
from warledger.domain.mention import ActorMention
from warledger.domain.naming import ActorNames, State
from warledger.read.actor_words import Found

ALTERNATIVES = 5
_SOURCES = 3
"""Unnamed sources that are remembered."""
_TELLING = frozenset({ActorKind.OUTLET, ActorKind.AGENCY, ActorKind.MONITOR, ActorKind.PERSON})
"""Those who mostly tell of others."""
_PEOPLE = {
    "prisoners": "Prisoners",
    "journalists": "Journalists",
    "aid_workers": "Aid workers",
    "protesters": "Protesters",
}
_STATE_FORM = {"military": "Military Forces of", "police": "Police Forces of", "government": "Government of"}
_FIGHTERS = frozenset({ActorKind.ARMED_GROUP, ActorKind.ALLIANCE})
_SIDES = _FIGHTERS | {ActorKind.GOVERNMENT, ActorKind.MILITARY}
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL})
ANAPHORA: Mapping[str, Callable[[str, ActorKind | None], bool]] = {
    "anaphora": lambda name, kind: kind not in _TELLING,
    "anaphora_body": lambda name, kind: kind not in _TELLING and not _is_people(name),
    "anaphora_person": lambda name, kind: kind in _PERSONS,
    "anaphora_group": lambda name, kind: kind in _FIGHTERS,
    "anaphora_sides": lambda name, kind: kind in _SIDES,
    "anaphora_alliance": lambda name, kind: kind is ActorKind.ALLIANCE,
}
"""Heads that stand for one named before ("they", "it", "he", "the group", "both sides", "the alliance"), and whom each
can mean."""
_OF_FIGHTERS = ("anaphora_group", "anaphora_alliance")
_BARE_STATE = {
    "metonym": ("government", "military"),
    "demonym": ("government", "military", "civilians"),
    "people_as_side": ("military", "government", "civilians"),
    "people_as_many": ("civilians", "military", "government"),
}
"""What a state can mean with no noun beside it, likeliest first: "Minsk", "Serbian", "the Serbs", "two Serbs"."""


def resolve(found: Sequence[Found], table: ActorNames, home: str | None) -> Iterator[ActorMention]:
    """Turn what was found into mentions, in the order of the text, remembering who has been named."""
    fighting = [(f, n) for f in found for n in f.names if _fights(n, table)]
    sides = Counter(n for f, n in fighting if not f.kin) or Counter(n for _, n in fighting)
    states = [s for s, _ in Counter(s for f in found for s in f.states).most_common(4)]
    memory = Memory(
        home=home,
        states=tuple(dict.fromkeys([*([home] if home else []), *states])),
        groups=sides,
        protested=any(f.kind == "protesters" for f in found),
    )
    for f in found:
        mention = memory.mention(f, table)
        if mention is not None:
            memory = memory.after(mention, f, table)
            yield mention


def _is_people(name: str) -> bool:
    return name.startswith("Civilians") or name in _PEOPLE.values()


def _fights(name: str, table: ActorNames) -> bool:
    actor = table.actors.get(name)
    return actor is not None and actor.side == "nonstate"


@frozen(kw_only=True)
class Memory:
    """Who the report has spoken of so far."""

    home: str | None
    states: tuple[str, ...]
    groups: Counter[str]
    group: str | None = None
    state: tuple[int, str] | None = None
    recent: tuple[str, ...] = ()
    told: tuple[tuple[int, str], ...] = ()
    sources: tuple[str, ...] = ()
    protested: bool = False

    def after(self, mention: ActorMention, found: Found, table: ActorNames) -> Memory:
        """What is remembered behind a mention."""
        if found.kind == "sources":
            return evolve(self, sources=(mention.actors[0], *self.sources)[:_SOURCES])
        if found.kind in (*ANAPHORA, "demonym"):
            return self
        name = mention.actors[0]
        spoken_of = found.kind in ("name", "unknown") and (not found.kin or self.group is None)
        recent = tuple(dict.fromkeys([*mention.actors, *self.recent]))[: ALTERNATIVES + 1]
        told = (
            *(pair for pair in self.told if pair[0] >= found.sentence - 1),
            *((found.sentence, name) for name in mention.actors if found.kind != "metonym"),
        )
        return evolve(
            self,
            told=told,
            recent=recent if found.kind != "people" else self.recent,
            group=name if spoken_of and _fights(name, table) else self.group,
            state=(found.sentence, found.states[0]) if found.states and found.kind != "metonym" else self.state,
        )

    def mention(self, found: Found, table: ActorNames) -> ActorMention | None:
        """The mention that something found makes, or None where nobody can be meant."""
        names = self._at_home_first(found.names, table) or tuple(self._meant(found, table))
        if not names:
            return None
        count = len(found.states) if found.states and found.kind in _STATE_FORM else len(found.names)
        own = 2 if found.kind == "anaphora_sides" else max(1, count) if found.kind != "name" else 1
        form = {"name": "name", "unknown": "unknown"}.get(found.kind, "description")
        if found.kind in ("people", "people_as_many", *_PEOPLE):
            form = "people"
        rule = "anaphora" if found.kind in ANAPHORA else found.kind if found.kind == "metonym" else found.rule
        return ActorMention(
            span=found.span, actors=names[:own], form=form, rule=rule, alternatives=names[own : own + ALTERNATIVES]
        )

    def _at_home_first(self, names: tuple[str, ...], table: ActorNames) -> tuple[str, ...]:
        """Of those who bear one name, him of the country that the report is about before the others."""
        abroad = {n for n in names if n not in table.actors or table.actors[n].country != self.home}
        return tuple(sorted(names, key=abroad.__contains__))

    def _meant(self, found: Found, table: ActorNames) -> list[str]:
        """Canonical names that a description could mean, best first."""
        at_home = [f.actor for f in found.fits if f.country == self.home] if self.home is not None else []
        fitting = at_home or [f.actor for f in found.fits if f.country is None]
        elsewhere = [f.actor for s in self.states for f in found.fits if f.country == s]
        behind = [f"Government of {table.states[s].of}" for s in found.behind if s in table.states]
        plain = self._by_kind(found, table)
        first = fitting or plain[:1]
        return _unique([*first, *(behind if fitting else []), *elsewhere, *plain])

    def _by_kind(self, found: Found, table: ActorNames) -> list[str]:
        kind = found.kind
        named = [table.states[s] for s in found.states if s in table.states]
        around = [table.states[s] for s in self.states if s in table.states]
        if kind in _BARE_STATE:
            return [_of(n, form) for form in _BARE_STATE[kind] for n in named]
        if kind == "states":
            either = named or around
            return [_of(n, form) for n in either[:1] for form in ("military", "government")] + [
                _of(n, "military") for n in either[1:]
            ]
        if kind in _STATE_FORM:
            return self._of_a_state(found, named, around, table)
        if kind == "people":
            civilians = _unique(_of(n, "civilians") for n in (named or around)) or ["Civilians"]
            crowds = ["Protesters"] if self.protested and not found.cited else []
            return [*civilians[:3], *crowds, *([found.span.text] if found.cited else [])]
        if kind in _PEOPLE:
            said = [found.span.text] if found.cited else []
            return [_PEOPLE[kind], *said, *(_of(n, "civilians") for n in around)]
        if kind == "sources":
            source = found.gloss or found.span.text
            return [*self._said_in_full(source), source, *(_of(n, "government") for n in around)]
        if kind in ANAPHORA:
            return self._spoken_of(found, table)
        return self._nonstate(kind, named or around, table)

    def _said_in_full(self, source: str) -> Iterator[str]:
        """What a source was called before in more words: "military sources" where "the sources" are told again."""
        return (s for s in self.sources if s.endswith(f" {source}"))

    def _spoken_of(self, found: Found, table: ActorNames) -> list[str]:
        """Whom a pronoun or "the group" can mean, likeliest first.

        What a sentence names first is mostly what it is about, so that comes before what was named last: first of the
        sentence itself, then of the one before. Those who are not of the kind that the words say come last.
        """
        here = [name for number, name in self.told if number == found.sentence]
        before = [name for number, name in self.told if number == found.sentence - 1]
        groups = [*([self.group] if self.group else []), *(g for g, _ in self.groups.most_common(4))]
        order = _unique([*here, *before, *self.recent, *(groups if found.kind in _OF_FIGHTERS else [])])
        means = ANAPHORA[found.kind]
        fitting = [n for n in order if means(n, table.actors[n].kind if n in table.actors else None)]
        return _unique([*fitting, *(n for n in order if n in self.recent)])

    def _of_a_state(self, found: Found, named: list[State], around: list[State], table: ActorNames) -> list[str]:
        """Forces, police or government: of the states named beside them, else of those spoken of.

        "The government" is that of a state whose forces, people or offices were spoken of just before, in this
        sentence or the one before it, else that of the country that the report is about.
        """
        kind = found.kind
        others = ("government", "police") if kind == "military" else ("military",)
        if named:
            return _unique([*(_of(n, kind) for n in named), *(_of(named[0], other) for other in others)])
        just_before = self.state is not None and self.state[0] >= found.sentence - 1
        nearest = [table.states[self.state[1]]] if self.state and just_before and kind == "government" else []
        states = _unique(_of(n, kind) for n in [*nearest, *around])
        other_arms = [_of(n, others[0]) for n in [*nearest, *around][:1]]
        said = [found.span.text] if found.cited else []
        return _unique([*states[:2], *said, *self._armed(kind), *other_arms, *states[2:]])

    def _armed(self, kind: str) -> list[str]:
        """Groups that may be meant by aircraft, troops or a spokesman that no nationality stands beside."""
        if kind == "police":
            return []
        return _unique([*([self.group] if self.group else []), *(g for g, _ in self.groups.most_common(1))])

    def _nonstate(self, kind: str, where: list[State], table: ActorNames) -> list[str]:
        """Whoever fights without being a state: the group spoken of last, the side's general name, others named.

        Rebels rise against the state of their country: neither a group of another country nor one on the state's side
        is meant while the report names one that may be.
        """
        home = where[0].name if where else None
        side = ["Syrian opposition"] if home == "Syria" else []
        side += [f"Rebels ({home})"] if home else []
        unknown = [f"Unidentified armed group ({home})"] if home else ["Unidentified armed group"]
        last = [self.group] if self.group else []
        groups = [g for g, _ in self.groups.most_common(4)]
        if where and kind == "rebels" and last and not _rises(last[0], where[0], table):
            last = [g for g in groups if _rises(g, where[0], table)][:1] or last
        if kind == "loyal":
            return _unique([*([f"Pro-government militias ({home})"] if home else unknown), *last, *groups])
        if kind == "unidentified":
            return _unique([*unknown, *last, *side, *groups])
        return _unique([*(last or groups[:1]), *side, *groups[:1], *unknown, *groups])


def _rises(name: str, state: State, table: ActorNames) -> bool:
    """Whether a group is of the state's country and not on its side."""
    actor = table.actors.get(name)
    if actor is None or actor.country not in (None, state.iso):
        return False
    own = {_of(state, form) for form in _STATE_FORM}
    return not any(r.object in own and r.predicate in ("supports", "part_of") for r in actor.relations)


def _of(state: State, form: str) -> str:
    return f"Civilians ({state.name})" if form == "civilians" else f"{_STATE_FORM[form]} {state.of}"


def _unique(names: Iterator[str] | Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
