"""From scores to claims: which words claims hang on, what fills their roles, and the words behind each field.

A claim needs its group above the group's threshold; a role takes every candidate that beats nobody. An enumeration
of places makes one claim a place. What the scores leave open is filled as the codebook says, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Any

import numpy as np
from attrs import frozen

from warledger.coding.candidates import Candidates, Pool
from warledger.coding.intervals import control_interval, event_interval
from warledger.coding.labels import CLASSES, CODES, EXTENTS, MODALITIES, NUMBER_ROLES, STATUSES, kind_of
from warledger.coding.scores import AnchorScores, sigmoid, softmax
from warledger.coding.sides import GAINS, as_forces, as_locals, is_of_the_state
from warledger.coding.words import Words
from warledger.domain.actor import Actor
from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    Evidence,
    Figure,
    Precedent,
    StatementClaim,
    TollClaim,
)
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Status
from warledger.domain.mention import TWIN, NumberMention, Reading, TimeMention, ToponymMention
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span
from warledger.ports import Array

NEAR_WORDS = 3
"""Two words this close of one group are one claim; the likelier word keeps it."""
SELDOM_EMPTY = {"place": -20.0, "initiator": -1.0, "target": -1.0, "time": -1.0, "holder": -20.0}
"""The least log odds against nobody at which the best candidate fills a role alone; the learned odds are shy of reports
of wars that the model has not seen, and a report of war nearly always says where."""
MORE_THAN_ONE = {"initiator": 2.0, "target": 1.0, "place": 2.0}
"""The least log odds at which a further candidate fills a role beside the best."""
OF_A_WAR = timedelta(days=200)
OF_A_WAR_FROM = {str(Harm.KILLED): 5_000, str(Harm.DISPLACED): 1_000_000}
"""A toll over so many days, or of so many people, is a whole war's."""
_REQUIRED = {Kind.CONTROL: ("holder",), Kind.STATEMENT: ("speaker",)}
_CODE_FIELD = {
    Kind.EVENT: "type",
    Kind.CONTROL: "kind",
    Kind.TOLL: "kind",
    Kind.STATEMENT: "act",
}
_KEY_ROLES = {
    Kind.EVENT: ("place", "time", "initiator", "target"),
    Kind.CONTROL: ("place", "holder"),
    Kind.TOLL: ("place",),
    Kind.STATEMENT: ("speaker",),
}


@frozen(kw_only=True)
class Filler:
    """One candidate that fills a role: its value, the words and how surely."""

    value: Any
    span: Span
    rule: str
    score: float


@frozen(kw_only=True, eq=False)
class Drawer:
    """Draws the fillers of one anchor out of the scores."""

    row: int
    word: int
    kind: Kind
    words: Words
    pools: dict[str, Pool]
    scores: AnchorScores

    def fillers(
        self, role: str, *, at_least_one: bool = False, allowed: Callable[[Any], bool] | None = None
    ) -> list[Filler]:
        """Every candidate that beats nobody, best first; the best of all where one is required.

        Where none does, the best still fills a role that is seldom empty, down to the role's own score. Further
        candidates stand in the sentence of the best one and in words of their own: what one description could mean
        besides is no second actor, and a place named elsewhere in the report is no enumeration.
        """
        name, column = _column_of(role)
        pool, scores = self.pools[name], self.scores.roles[name]
        values, best = scores.values[self.row, :, column], scores.best[self.row, :, column]
        order = [int(i) for i in np.argsort(-values, kind="stable") if allowed is None or allowed(pool.values[i])]
        if not order or not (at_least_one or values[order[0]] > self._least(role, pool, int(best[order[0]]))):
            return []
        chosen = order[:1]
        for value in order[1:]:
            if values[value] <= MORE_THAN_ONE.get(role, 0.0):
                break
            if self._stands_beside(pool, int(best[value]), [int(best[c]) for c in chosen]):
                chosen.append(value)
        return [self._filler(pool, int(best[i]), i, values[i]) for i in chosen]

    def _least(self, role: str, pool: Pool, mention: int) -> float:
        """The odds at which the best candidate fills a role; a target far off needs to beat nobody, and so does the day
        from which a place is held, since all days before are answered by it."""
        if role == "time" and self.kind is Kind.CONTROL:
            return 0.0
        if role == "target" and self.words.sentence[pool.first[mention]] != self.words.sentence[self.word]:
            return 0.0
        return SELDOM_EMPTY.get(role, 0.0)

    def _stands_beside(self, pool: Pool, mention: int, chosen: list[int]) -> bool:
        sentence = self.words.sentence[pool.first]
        if sentence[mention] != sentence[chosen[0]]:
            return False
        if isinstance(pool.values[0], ToponymMention):
            return not any(pool.spans[mention].overlaps(pool.spans[c]) for c in chosen)
        alone = all(pool.spans[mention] != pool.spans[c] for c in chosen)
        return alone or not any(pool.alternative[i] for i in (mention, *chosen))

    @staticmethod
    def _filler(pool: Pool, mention: int, value: int, score: float) -> Filler:
        said = pool.values[value]
        return Filler(value=said, span=pool.spans[mention], rule=pool.rules[mention], score=float(sigmoid(score)))

    def likeliest(self, role: str, allowed: Callable[[Any], bool]) -> float:
        """Probability of the likeliest of some candidates, or that nobody fills the role where that is likelier."""
        name = next(n for n, roles in CLASSES.items() if role in roles)
        values = self.scores.roles[name].values[self.row, :, CLASSES[name].index(role)]
        likely = softmax(np.concatenate([[0.0], values]))
        return float(
            max(p for p, value in zip(likely, (None, *self.pools[name].values), strict=True) if allowed(value))
        )

    def surely_nobody(self, role: str) -> float:
        """Probability that nobody fills a role."""
        name, column = _column_of(role)
        values = self.scores.roles[name].values[self.row, :, column]
        return float(1 - sigmoid(values.max())) if values.size else 1.0


def _column_of(role: str) -> tuple[str, int]:
    """The class of candidates that fills a role, and the role's column in its scores."""
    return next((name, roles.index(role)) for name, roles in CLASSES.items() if role in roles)


def choose_anchors(groups: Array, sentence: Array, thresholds: Sequence[float]) -> list[tuple[int, int]]:
    """Words and groups that claims hang on, in order of the text.

    Args:
        groups: probabilities; shape (words, groups).
        sentence: sentence of each word; shape (words,).
        thresholds: least probability of each group.
    """
    words, numbers = np.nonzero(groups > np.asarray(thresholds)[None, :])
    kept: list[tuple[int, int]] = []
    for word, group in sorted(zip(words, numbers, strict=True), key=lambda at: -groups[at]):
        close = any(
            group == other and sentence[word] == sentence[there] and abs(word - there) <= NEAR_WORDS
            for there, other in kept
        )
        if not close:
            kept.append((int(word), int(group)))
    return sorted(kept)


def decode(
    reading: Reading,
    candidates: Candidates,
    anchors: Sequence[tuple[int, int]],
    groups: Array,
    scores: AnchorScores,
    precedents: Sequence[tuple[Span, Precedent]],
    actors: Mapping[str, Actor],
) -> Iterator[Claim]:
    """Make the claims of one report.

    Args:
        reading: the report as read.
        candidates: what roles may be filled with.
        anchors: word and group of each claim.
        groups: probability of each group on each word.
        scores: the scores of the anchors.
        precedents: claimed precedents and where they stand.
        actors: entries of the actor table by canonical name.
    """
    pools = {
        "actors": candidates.actors,
        "places": candidates.places,
        "times": candidates.times,
        "numbers": candidates.numbers,
    }
    for row, (word, group) in enumerate(anchors):
        quote = candidates.words.span(*scores.quotes[row])
        draft = Draft(
            reading=reading,
            drawer=Drawer(row=row, word=word, kind=kind_of(group), words=candidates.words, pools=pools, scores=scores),
            quote=quote,
            anchor=candidates.words.span(word, word),
            code=CODES[int(scores.code[row].argmax())],
            kind=kind_of(group),
            score=float(groups[word, group] * scores.code[row].max()),
            precedent=_precedent_of(quote, precedents),
            actors=actors,
        )
        yield from draft.claims()


def _precedent_of(quote: Span, precedents: Sequence[tuple[Span, Precedent]]) -> tuple[Span, Precedent] | None:
    return next((p for p in precedents if p[0].overlaps(quote)), None)


@frozen(kw_only=True, eq=False)
class Draft:
    """One anchor on its way to be one claim or more."""

    reading: Reading
    drawer: Drawer
    quote: Span
    anchor: Span
    code: str
    kind: Kind
    score: float
    precedent: tuple[Span, Precedent] | None
    actors: Mapping[str, Actor]

    def claims(self) -> Iterator[Claim]:
        """The claims that hang on this word; none where a role that the kind needs stays empty."""
        fields = {role: self._fill(role) for role in ("attribution", *_roles(self.kind))}
        if any(not fields[role] for role in _REQUIRED.get(self.kind, ())):
            return
        fields |= one_harm_each({harm: fields[harm] for harm in NUMBER_ROLES if harm in fields}, self.quote)
        fields |= with_parts({harm: fields[harm] for harm in NUMBER_ROLES if harm in fields}, self.reading)
        if self.kind is Kind.STATEMENT:
            yield self._statement(fields)
            return
        told = fields["place"]
        if not any(fields[harm] for harm in NUMBER_ROLES if harm in fields):
            told = [*told, *self._listed_with(told)]
        places: list[Filler | None] = [*_distinct_places(told)]
        if self.kind is Kind.TOLL:
            places = [self._summed_over(places[0], fields)] if places else []
        for place in places or [None]:
            claim = self._in_place(fields, place)
            if claim is not None:
                yield claim

    def _summed_over(self, place: Filler | None, fields: dict[str, list[Filler]]) -> Filler | None:
        """Where a toll was counted: a town that is named elsewhere has no part in the toll of a whole war."""
        sentence = next((s for s in self.reading.sentences if s.holds(self.anchor)), self.quote)
        if place is None or not _is_town(place.value) or sentence.overlaps(place.span) or not self._is_of_a_war(fields):
            return place
        lands = self.drawer.fillers("place", at_least_one=True, allowed=lambda m: m.precision is PlacePrecision.COUNTRY)
        return lands[0] if lands else place

    @staticmethod
    def _is_of_a_war(fields: dict[str, list[Filler]]) -> bool:
        days = [f.value.interval for f in fields["time"] if f.value.interval is not None]
        lasts = any(d.start and d.end and d.end - d.start >= OF_A_WAR for d in days)
        return lasts or any((f.value.min or 0) >= most for h, most in OF_A_WAR_FROM.items() for f in fields[h])

    def _listed_with(self, places: Sequence[Filler]) -> Iterator[Filler]:
        """The rest of an enumeration of which a place is known: "took A, B and C" is one claim a place."""
        by_span = {m.span: m.listed for m in self.reading.toponyms if m.listed is not None}
        for told in (p for p in places[:1] if self.quote.overlaps(p.span)):
            if (number := by_span.get(told.span)) is not None:
                rest = (m for m in self.reading.toponyms if m.listed == number and m.span != told.span)
                yield from (Filler(value=m, span=m.span, rule="list", score=told.score) for m in rest)

    def _fill(self, role: str) -> list[Filler]:
        return self.drawer.fillers(role, at_least_one=role in _REQUIRED.get(self.kind, ()))

    def _common(self, fields: dict[str, list[Filler]]) -> dict[str, Any]:
        modality = self.drawer.scores.modality[self.drawer.row]
        code = int(modality.argmax())
        evidence = [
            Evidence(field=_CODE_FIELD[self.kind], spans=(self.anchor,), rule=f"model: {self.code}", score=self.score),
            Evidence(field="modality", spans=(self.anchor,), rule="model", score=float(modality[code])),
        ]
        for role, fillers in fields.items():
            evidence += [Evidence(field=role, spans=(f.span,), rule=f.rule, score=f.score) for f in fillers]
        if self.precedent is not None:
            evidence.append(Evidence(field="precedent", spans=(self.precedent[0],), rule="cue"))
        return {
            "report_key": self.reading.report.key,
            "quotes": (self.quote,),
            "attribution": _names(fields["attribution"]),
            "modality": Modality(MODALITIES[code]),
            "precedent": self.precedent[1] if self.precedent is not None else None,
            "evidence": tuple(evidence),
            "confidence": self._confidence(fields),
        }

    def _confidence(self, fields: dict[str, list[Filler]]) -> float:
        """Product of the word's and the code's probability and of each key role's; calibrated afterwards."""
        product = self.score
        for role in _KEY_ROLES[self.kind]:
            fillers = fields.get(role, [])
            product *= fillers[0].score if fillers else self.drawer.surely_nobody(role)
        return product

    def _statement(self, fields: dict[str, list[Filler]]) -> StatementClaim:
        speaker = _names(fields["speaker"])
        about = _names(fields["about"], without=speaker)
        return StatementClaim(**self._common(fields), speaker=speaker, act=Act(self.code), about=about)

    def _gain(self, fields: dict[str, list[Filler]], country: str | None) -> tuple[str, dict[str, list[Filler]]]:
        """Whose gain a place taken is, with who took and who lost it: the likelier of the state's and another's."""
        codes = self.drawer.scores.code[self.drawer.row]

        def fits(role: str, code: str) -> Callable[[str | None], bool]:
            of_the_state = (code == EventType.GOVERNMENT_REGAINS_TERRITORY) is (role == "initiator")
            return lambda name: name is None or self._of_the_state(name, country) is of_the_state

        def likely(code: str) -> float:
            roles = (self.drawer.likeliest(role, fits(role, code)) for role in ("initiator", "target"))
            return float(codes[CODES.index(code)]) * math.prod(roles)

        code = max(GAINS, key=likely)
        taken = {role: self.drawer.fillers(role, allowed=fits(role, code)) for role in ("initiator", "target")}
        return code, {**fields, **taken}

    def _of_the_state(self, name: str, country: str | None) -> bool:
        return name in self.actors and is_of_the_state(self.actors[name], country)

    def _in_place(self, fields: dict[str, list[Filler]], filler: Filler | None) -> Claim | None:
        place = _place(filler)
        there = place.entry.country if place is not None and place.entry is not None else None
        code = self.code
        if code in GAINS:
            code, fields = self._gain(fields, there or self.reading.country)
        common = self._common({**fields, "place": [filler] if filler is not None else []})
        time: TimeMention | None = fields["time"][0].value if fields["time"] else None
        published = self.reading.report.published
        if self.kind is Kind.CONTROL:
            row = self.drawer.row
            return ControlClaim(
                **common,
                holder=as_forces(self.code, _names(fields["holder"]), self.actors),
                place=place,
                extent=self._extent(filler),
                status=Status(STATUSES[int(self.drawer.scores.status[row].argmax())]),
                when=control_interval(time, published),
            )
        figures = tuple(_figures(fields))
        if self.kind is Kind.TOLL:
            when = event_interval(time, published, Modality.ASSERTED)
            side = _names(fields["side"])
            return TollClaim(**common, figures=figures, place=place, when=when, side=side) if figures else None
        initiator = as_forces(self.code, _names(fields["initiator"]), self.actors)
        target = as_locals(as_forces(self.code, _names(fields["target"]), self.actors), there, self.actors)
        return EventClaim(
            **common,
            type=EventType(code),
            initiator=initiator,
            target=tuple(name for name in target if name not in initiator),
            place=place,
            when=event_interval(time, published, common["modality"]),
            figures=figures,
        )

    def _extent(self, place: Filler | None) -> str:
        """How much of the place: as the words nearest to it say, else as the network has it.

        A count is of the places in an area; beside a place of its own it only announces it ("two villages, A and B").
        """
        whole = place is not None and place.value.precision is not PlacePrecision.EXACT
        at = (place.span if place is not None else self.anchor).start
        said = [e for e in self.reading.extents if self.quote.holds(e.span) and (whole or e.extent in EXTENTS)]
        if said:
            return min(said, key=lambda e: abs(e.span.start - at)).extent
        extent = EXTENTS[int(self.drawer.scores.extent[self.drawer.row].argmax())]
        return self._counted() if extent == "count" else extent

    def _counted(self) -> str:
        """What the quote counts besides people; a part where it counts nothing."""
        numbers = (n for n in self.reading.numbers if self.quote.holds(n.span) and n.unit and n.of is None)
        return next((f"{n.min} {n.unit}" for n in numbers if n.min is not None), "part")


def _roles(kind: Kind) -> tuple[str, ...]:
    return {
        Kind.EVENT: ("initiator", "target", "place", "time", *NUMBER_ROLES),
        Kind.CONTROL: ("holder", "place", "time"),
        Kind.TOLL: ("side", "place", "time", *NUMBER_ROLES),
        Kind.STATEMENT: ("speaker", "about"),
    }[kind]


def _names(fillers: Sequence[Filler], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in fillers if f.value not in without))


def _distinct_places(fillers: Sequence[Filler]) -> list[Filler]:
    """One filler an entry, the best; a place and the same place with other words are one."""
    seen: dict[str, Filler] = {}
    for f in fillers:
        seen.setdefault(f.value.entry.key if f.value.entry is not None else f.value.name.casefold(), f)
    return list(seen.values())


def _is_town(mention: ToponymMention) -> bool:
    """Whether a settlement is named; also where its province of the same name is meant."""
    return mention.precision in (PlacePrecision.EXACT, PlacePrecision.NEAR) or mention.rule == TWIN


def _place(filler: Filler | None) -> Place | None:
    if filler is None:
        return None
    m = filler.value
    return Place(name=m.name, entry=m.entry, precision=m.precision, spans=(filler.span,))


def one_harm_each(numbers: dict[str, list[Filler]], quote: Span) -> dict[str, list[Filler]]:
    """A number counts one harm, its likeliest; one outside the quote counts none that a number inside it counts."""
    likeliest: dict[Span, tuple[float, str]] = {}
    for harm, fillers in numbers.items():
        for f in fillers:
            likeliest[f.span] = max(likeliest.get(f.span, (0.0, harm)), (f.score, harm))
    own = {harm: [f for f in fillers if likeliest[f.span][1] == harm] for harm, fillers in numbers.items()}
    inside = {harm: [f for f in fillers if quote.overlaps(f.span)] for harm, fillers in own.items()}
    return {harm: inside[harm] or own[harm] for harm in own}


def with_parts(numbers: dict[str, list[Filler]], reading: Reading) -> dict[str, list[Filler]]:
    """The numbers of each harm, with those behind that count some of them ("killed 27, eight of them children")."""
    counted = {f.span for fillers in numbers.values() for f in fillers}
    out: dict[str, list[Filler]] = {}
    for harm, fillers in numbers.items():
        out[harm] = list(fillers)
        for whole in fillers[:1]:
            sentence = next((s for s in reading.sentences if s.holds(whole.span)), whole.span)
            behind = [n for n in reading.numbers if n.span.start >= whole.span.end and sentence.holds(n.span)]
            parts = list(takewhile(lambda n: n.part or n.things, behind))
            new = [n for n in parts if n.part and not n.things and n.span not in counted]
            out[harm] += [Filler(value=n, span=n.span, rule="part of it", score=whole.score) for n in new]
    return out


def _figures(fields: dict[str, list[Filler]]) -> Iterator[Figure]:
    for harm in NUMBER_ROLES:
        for f in fields[harm]:
            number: NumberMention = f.value
            yield Figure(harm=Harm(harm), min=number.min, max=number.max, of=number.of or "total")
