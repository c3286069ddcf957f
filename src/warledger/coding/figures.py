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

PART = "part of it"
"""The rule of numbers that count some of those counted just before."""
_WITHIN_A_SIDE = frozenset(("total", "children", "women", "men", "families"))
"""Who is counted of every side, so that a number of them tells none apart."""


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
    """The numbers of each harm, with those behind that count some of them ("killed 27, eight of them children").

    Some that are told apart by place or time and not by who they are ("400 of them in the last day") are no part of it.
    """
    counted = {f.span for fillers in numbers.values() for f in fillers}
    out: dict[str, list[Filler]] = {}
    for harm, fillers in numbers.items():
        out[harm] = [f for f in fillers if f is fillers[0] or not f.value.part or _tells_who(f.value)]
        for whole in fillers[:1]:
            sentence = next((s for s in reading.sentences if s.holds(whole.span)), whole.span)
            behind = [n for n in reading.numbers if n.span.start >= whole.span.end and sentence.holds(n.span)]
            parts = list(takewhile(lambda n: n.part or n.things, behind))
            new = [n for n in parts if n.part and _tells_who(n) and not n.things and n.span not in counted]
            out[harm] += [Filler(value=n, span=n.span, rule=PART, score=whole.score) for n in new]
    return out


def _tells_who(number: NumberMention) -> bool:
    return number.of not in (None, "total")


def by_side(numbers: dict[str, list[Filler]]) -> list[dict[str, list[Filler]]]:
    """The numbers of a toll, apart for each side that it counts: "31 civilians and 525 soldiers" is two tolls.

    What is counted of a side ("27 soldiers, two of them women") stays with it; a harm told of one side alone stays with
    those of its sort, or with the first.
    """
    split = next((harm for harm, fillers in numbers.items() if _tells_sides(fillers)), None)
    if split is None:
        return [numbers]
    tolls: list[dict[str, list[Filler]]] = []
    for f in sorted(numbers[split], key=lambda f: f.span.start):
        if not tolls or not _is_part(f):
            tolls.append({harm: [] for harm in numbers})
        tolls[-1][split].append(f)
    for harm in numbers:
        for f in numbers[harm] if harm != split else ():
            own = (toll for toll in tolls if toll[split][0].value.of == f.value.of)
            next(own, tolls[0])[harm].append(f)
    return tolls


def _tells_sides(fillers: list[Filler]) -> bool:
    wholes = [f for f in fillers if not _is_part(f)]
    return len(wholes) > 1 and not any((f.value.of or "total") in _WITHIN_A_SIDE for f in wholes)


def _is_part(filler: Filler) -> bool:
    number: NumberMention = filler.value
    return number.part or filler.rule == PART


def figures_of(fields: dict[str, list[Filler]]) -> Iterator[Figure]:
    """The figures of a claim, harm by harm."""
    for harm in NUMBER_ROLES:
        for f in fields[harm]:
            number: NumberMention = f.value
            yield Figure(harm=Harm(harm), min=number.min, max=number.max, of=number.of or "total")
