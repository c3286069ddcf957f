"""Which number counts which harm, and which numbers count a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from warledger.coding.drawing import Filler
from warledger.coding.labels import NUMBER_ROLES
from warledger.domain.claim import Figure
from warledger.domain.codes import Harm
from warledger.domain.mention import NumberMention, Reading
from warledger.domain.span import Span


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


def figures_of(fields: dict[str, list[Filler]]) -> Iterator[Figure]:
    """The figures of a claim, harm by harm."""
    for harm in NUMBER_ROLES:
        for f in fields[harm]:
            number: NumberMention = f.value
            yield Figure(harm=Harm(harm), min=number.min, max=number.max, of=number.of or "total")
