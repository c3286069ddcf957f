"""From scores to claims: which words claims hang on, and the words behind each field.

A claim needs its group above the group's threshold; a role takes every candidate that beats nobody. An enumeration
of places makes one claim a place. What the scores leave open is filled as the codebook says, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from attrs import frozen

from warledger.coding.candidates import Candidates
from warledger.coding.deeds import outright
from warledger.coding.drawing import Drawer, Filler
from warledger.coding.figures import by_side, figures_of, one_harm_each, with_parts
from warledger.coding.intervals import control_interval, event_interval
from warledger.coding.labels import CODES, EXTENTS, MODALITIES, NUMBER_ROLES, STATUSES, kind_of
from warledger.coding.scores import AnchorScores
from warledger.coding.sides import GAINS, as_forces, as_groups, as_locals, is_of_the_state, of_one_side
from warledger.domain.actor import Actor
from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    Evidence,
    Precedent,
    StatementClaim,
    TollClaim,
)
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Status
from warledger.domain.cues import DeedRule
from warledger.domain.mention import TWIN, Reading, TimeMention, ToponymMention
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.span import Span
from warledger.ports import Array

NEAR_WORDS = 3
"""Two words this close of one group are one claim; the likelier word keeps it."""
OF_A_WAR = timedelta(days=200)
OF_A_WAR_FROM = {str(Harm.KILLED): 5_000, str(Harm.DISPLACED): 1_000_000}
"""A toll over so many days, or of so many people, is a whole war's."""
_LANDS, _AREAS = (
    frozenset({PlacePrecision.COUNTRY}),
    frozenset({PlacePrecision.REGION, PlacePrecision.COUNTRY}),
)
LISTED = "list"
"""The rule of places that an enumeration names behind the one that the claim was found at."""
_AFTER = "after"
"""The rule of times counted from what they stand before."""
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
    deeds: Sequence[DeedRule] = (),
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
        deeds: words of the report's language that say outright what was done.
    """
    pools = {
        "actors": candidates.actors,
        "places": candidates.places,
        "times": candidates.times,
        "numbers": candidates.numbers,
    }
    codes = [CODES[int(row.argmax())] for row in scores.code]
    sentences = [int(candidates.words.sentence[word]) for word, _ in anchors]
    for row, (word, group) in enumerate(anchors):
        quote, anchor = candidates.words.span(*scores.quotes[row]), candidates.words.span(word, word)
        code = codes[row]
        beside = {c for n, c in enumerate(codes) if n != row and sentences[n] == sentences[row]}
        said = outright(code, beside, quote, anchor, reading.report.text, deeds)
        if said is not None and said[0].meant is None:
            continue
        draft = Draft(
            reading=reading,
            drawer=Drawer(row=row, word=word, kind=kind_of(group), words=candidates.words, pools=pools, scores=scores),
            quote=quote,
            anchor=anchor,
            code=code if said is None else said[0].meant or code,
            said=said,
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
    said: tuple[DeedRule, Span] | None
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
            sides = by_side({harm: fields[harm] for harm in NUMBER_ROLES})
            for side in sides:
                yield from self._in_places({**fields, **side}, places)
            return
        yield from self._in_places(fields, places)

    def _in_places(self, fields: dict[str, list[Filler]], places: Sequence[Filler | None]) -> Iterator[Claim]:
        claims = (self._in_place(fields, place) for place in places or [None])
        yield from (claim for claim in claims if claim is not None)

    def _summed_over(self, place: Filler | None, fields: dict[str, list[Filler]]) -> Filler | None:
        """Where a toll was counted: not in a town named elsewhere, where it is a whole war's or that of some days."""
        sentence = next((s for s in self.reading.sentences if s.holds(self.anchor)), self.quote)
        if place is None or not _is_town(place.value) or sentence.overlaps(place.span):
            return place
        areas = _LANDS if self._is_of_a_war(fields) else _AREAS if _lasts(fields) else frozenset()
        wider = self.drawer.fillers("place", at_least_one=True, allowed=lambda m: m.precision in areas)
        return wider[0] if areas and wider else place

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
                yield from (Filler(value=m, span=m.span, rule=LISTED, score=told.score) for m in rest)

    def _fill(self, role: str) -> list[Filler]:
        allowed = self._may_date if role == "time" else None
        return self.drawer.fillers(role, at_least_one=role in _REQUIRED.get(self.kind, ()), allowed=allowed)

    def _may_date(self, time: TimeMention) -> bool:
        """Whether a time can be this claim's: "a day after" dates what follows it in its sentence, and nothing else."""
        if time.rule != _AFTER:
            return True
        sentence = next((s for s in self.reading.sentences if s.holds(time.span)), time.span)
        return sentence.holds(self.anchor) and time.span.end <= self.anchor.start

    def _common(self, fields: dict[str, list[Filler]]) -> dict[str, Any]:
        modality = self.drawer.scores.modality[self.drawer.row]
        code = int(modality.argmax())
        evidence = [
            self._code_told(),
            Evidence(field="modality", spans=(self.anchor,), rule="model", score=float(modality[code])),
        ]
        for role, fillers in fields.items():
            evidence += [Evidence(field=role, spans=(f.span,), rule=f.rule, score=f.score) for f in fillers]
        if self.precedent is not None:
            evidence.append(Evidence(field="precedent", spans=(self.precedent[0],), rule="cue"))
        return {
            "report_key": self.reading.report.key,
            "quotes": (self.quote, *self._listed_outside(fields)),
            "attribution": self._speaking(fields["attribution"]),
            "modality": Modality(MODALITIES[code]),
            "precedent": self.precedent[1] if self.precedent is not None else None,
            "evidence": tuple(evidence),
            "confidence": self._confidence(fields),
        }

    def _code_told(self) -> Evidence:
        name = _CODE_FIELD[self.kind]
        if self.said is not None:
            return Evidence(field=name, spans=(self.anchor, self.said[1]), rule=f"words: {self.said[0].name}")
        return Evidence(field=name, spans=(self.anchor,), rule=f"model: {self.code}", score=self.score)

    def _listed_outside(self, fields: dict[str, list[Filler]]) -> Iterator[Span]:
        """The words of a place that stands further down an enumeration than the quote goes: its support is split."""
        for f in fields.get("place", ()):
            if f.rule == LISTED and not self.quote.overlaps(f.span):
                yield f.span

    def _confidence(self, fields: dict[str, list[Filler]]) -> float:
        """Product of the word's and the code's probability and of each key role's; calibrated afterwards."""
        product = self.score
        for role in _KEY_ROLES[self.kind]:
            fillers = fields.get(role, [])
            product *= fillers[0].score if fillers else self.drawer.surely_nobody(role)
        return product

    def _statement(self, fields: dict[str, list[Filler]]) -> StatementClaim:
        speaker = self._speaking(fields["speaker"])
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
            if common["modality"] is Modality.PLANNED:
                return None  # a place that is to be taken is held by nobody yet
            status = Status(STATUSES[int(self.drawer.scores.status[self.drawer.row].argmax())])
            holder = as_forces(self.code, self._speaking(fields["holder"]), self.actors)
            if status is Status.HELD:
                holder = of_one_side(holder, there or self.reading.country, self.actors)
            return ControlClaim(
                **common,
                holder=holder,
                place=place,
                extent=self._extent(filler),
                status=status,
                when=control_interval(time, published),
            )
        figures = tuple(figures_of(fields))
        if self.kind is Kind.TOLL:
            when = event_interval(time, published, Modality.ASSERTED)
            side = _names(fields["side"])
            return TollClaim(**common, figures=figures, place=place, when=when, side=side) if figures else None
        initiator = as_forces(self.code, self._speaking(fields["initiator"]), self.actors)
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

    def _speaking(self, fillers: Sequence[Filler]) -> tuple[str, ...]:
        """Who speaks or acts; leaders do so for the groups that they lead."""
        return as_groups(_names(fillers), self.reading.report.published, self.actors)

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
        if extent != "count":
            return extent
        return self._counted() if whole else "all"

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


def _lasts(fields: dict[str, list[Filler]]) -> bool:
    """Whether what is told goes over several days."""
    days = (f.value.interval for f in fields["time"] if f.value.interval is not None)
    return any(d.start and d.end and d.start < d.end for d in days)


def _is_town(mention: ToponymMention) -> bool:
    """Whether a settlement is named; also where its province of the same name is meant."""
    return mention.precision in (PlacePrecision.EXACT, PlacePrecision.NEAR) or mention.rule == TWIN


def _place(filler: Filler | None) -> Place | None:
    if filler is None:
        return None
    m = filler.value
    return Place(name=m.name, entry=m.entry, precision=m.precision, spans=(filler.span,))
