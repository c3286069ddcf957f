"""Decide which place a name means, from the whole report: the country it is about, places named near, sort and size.

Population alone never decides: it is one weight among others. A name whose two best readings lie far apart and weigh
nearly the same stays undecided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp, log10

from attrs import define

from warledger.domain.distance import km_between
from warledger.domain.folding import ARABIC_SPOKEN, fold_name
from warledger.domain.place import GazetteerEntry
from warledger.read.placescan import Named, Scan

COUNTRY_WEIGHT = 3.2
DIVISION_WEIGHT = 1.6
PEOPLE_VOTE = 0.6
LEAD_SENTENCES, LEAD_VOTE = 2, 2.0
"""A name that a report begins with says more of where it is than one far down."""
POPULATION_WEIGHT = 0.7
MAIN_NAME_WEIGHT = 0.6
NEAR_WEIGHT = 1.6
NEAR_KM = 120.0
HINT_WEIGHT = 3.0
SORT_WEIGHT = 2.0
CURATED_WEIGHT = 0.8
ACCEPT = 4.5
"""Least weight of an accepted single word without a preposition; a preposition is worth `LOCATIVE_WEIGHT`."""
CERTAIN = 9.0
LOCATIVE_WEIGHT = 1.2
TOWN = 8_000
"""Inhabitants from which a town is known before the division of its name."""
OWN_TOWN_KM = 200.0
DIVISION_YIELDS = 3.0
UNCASED_DOUBT = 2.0
KNOWN_CITY = 200_000
LAND_SHARE = 0.7
UNSUPPORTED = 1.0
UNDECIDED_GAP = 0.08
FAR_KM = 100.0
WELL_KNOWN = 300_000
"""Inhabitants from which a town is meant even where the report names nothing else of its country."""
WELL_KNOWN_UNCASED = 2_500_000
SECONDED = 0.06
"""Share of the report's foremost country from which a country counts as one that the report is also about."""
TOWN_ABROAD = 40_000
CITY_ABROAD = 100_000
"""Inhabitants from which a city abroad is meant by a word without capitals that somewhere stands with a preposition."""
NEIGHBOUR_KM = 250.0
_SIZE = {"PCLI": 7.0, "ADM1": 5.2, "RGN": 5.5, "SEA": 5.5, "ADM2": 3.2, "PPLC": 6.5}
_DIVISIONS = frozenset(("ADM1", "RGN"))
_DIVIDING = frozenset(("division", "district", "countryside"))


@define(kw_only=True)
class Choice:
    """A name with its readings by weight, best first."""

    named: Named
    ranked: list[tuple[float, GazetteerEntry]]
    margin: float = 0.0
    """By how much the evidence that the name is a place exceeds what is asked; below 0 it is dropped."""
    stray: bool = False
    """Whether the best reading is a small place of a country that nothing else in the report speaks for."""

    @property
    def best(self) -> GazetteerEntry | None:
        """The weightiest reading."""
        return self.ranked[0][1] if self.ranked else None

    @property
    def undecided(self) -> bool:
        """Say whether the best reading strays, or the two best lie far apart and weigh nearly the same."""
        if self.stray or len(self.ranked) < 2:
            return self.stray
        (one, a), (two, b) = self.ranked[:2]
        return one - two < UNDECIDED_GAP and km_between(a, b) > FAR_KM


def vote(scan: Scan, *, lead: float = 1.0) -> Counter[str]:
    """Weigh the countries that the names and the peoples of a report speak for.

    Args:
        scan: the names of a report.
        lead: how much more a name of the first sentences weighs.
    """
    votes: Counter[str] = Counter()
    early_peoples = Counter(people for _, people, number in scan.people_words if number < LEAD_SENTENCES)
    for people, count in scan.peoples.items():
        votes[people] += PEOPLE_VOTE * min(count + (lead - 1) * early_peoples[people], 6)  # type: ignore[assignment]
    for place, number in Counter(n.core for n in scan.named if n.entries).items():
        named = next(n for n in scan.named if n.core == place)
        early = lead if named.sentence < LEAD_SENTENCES else 1.0
        for code, weight in _shares(named).items():
            votes[code] += early * weight * min(number, 4) ** 0.7
    return votes


def _division_shares(scan: Scan, shares: dict[str, float]) -> dict[str, float]:
    """How far the names speak for each first-order division, as "US/Ohio": each shares its vote among its readings."""
    votes: Counter[str] = Counter()
    for named in {n.core.casefold(): n for n in (*scan.embedded, *scan.named)}.values():
        weights: Counter[str] = Counter()
        for entry in named.entries:
            division = entry.name if entry.feature_code == "ADM1" else entry.admin1
            if division is not None:
                weights[f"{entry.country}/{division}"] += shares.get(entry.country, 0.0) * 10 ** (0.25 * _size(entry))  # type: ignore[assignment]
        total = sum(weights.values()) or 1.0
        for division, weight in weights.items():
            votes[division] += weight / total  # type: ignore[assignment]
    top = max(votes.values(), default=1.0)
    return {division: weight / max(top, 2.0) for division, weight in votes.items()}


def _shares(named: Named) -> dict[str, float]:
    """How far a name speaks for each country: a country 1.2, a name of one country 1.5, a shared one in parts."""
    lands = [e for e in named.entries if e.feature_code == "PCLI"]
    if lands:
        return {lands[0].country: 1.2}
    weights: Counter[str] = Counter()
    for entry in named.entries:
        weights[entry.country] += 10 ** (0.5 * _size(entry))  # type: ignore[assignment]
    total = sum(weights.values())
    certain = 1.5 if named.locative or named.before or named.after else 0.9
    return {code: certain * weight / total for code, weight in weights.items()}


@define(kw_only=True)
class Context:
    """What a whole report says of where its names lie.

    Args:
        votes: how far it speaks for each country.
        shares: the same for countries and divisions ("US/Ohio"), the foremost country being 1.
        anchors: places whose names leave little doubt.
        pooled: each bare name's readings by weight, the best ranking over its mentions.
        hints: readings of the names beside each name.
    """

    votes: Counter[str]
    shares: dict[str, float]
    anchors: list[GazetteerEntry]
    pooled: dict[str, list[tuple[float, GazetteerEntry]]]
    hints: list[list[GazetteerEntry]]

    @property
    def main(self) -> str | None:
        """The country that the report speaks most of."""
        return max(self.votes, key=lambda code: (self.votes[code], code)) if self.votes else None


def weigh_context(scan: Scan, country: str | None, text: str) -> Context:
    """Weigh what a report's names say of one another.

    Args:
        scan: the names of a report.
        country: the country that the report is known to be about, or None.
        text: the report's text.
    """
    votes = vote(scan)
    if country is not None:
        votes[country] += max(votes.values(), default=0) + 2
    top = max(votes.values(), default=1.0) or 1.0
    shares = {code: weight / top for code, weight in votes.items()}
    shares.update(_division_shares(scan, shares))
    hints = [_hints(scan.named, i, text) for i in range(len(scan.named))]
    pairs = [(n, h) for n, h in zip(scan.named, hints, strict=True) if n.entries]
    first = _pooled(pairs, shares, ())
    anchors = [ranked[0][1] for ranked in first.values() if _anchors(ranked)]
    return Context(votes=votes, shares=shares, anchors=anchors, pooled=_pooled(pairs, shares, anchors), hints=hints)


def place_names(scan: Scan, context: Context) -> list[Choice]:
    """Rank the readings of each name and drop what is no place.

    Args:
        scan: the names of a report.
        context: what the report says of where they lie.

    Returns:
        A choice for each name that is kept, in order.
    """
    main = context.main
    choices = []
    for named, hint in zip(scan.named, context.hints, strict=True):
        choice = Choice(named=named, ranked=rank_in(named, hint, context) if named.entries else [])
        choice.stray = not hint and _strays(choice, scan, context.votes, context.anchors)
        choice.margin = _margin(choice, scan, bool(hint), main)
        if choice.margin >= 0:
            choices.append(choice)
    return choices


def rank_in(named: Named, hint: Sequence[GazetteerEntry], context: Context) -> list[tuple[float, GazetteerEntry]]:
    """A name's readings by weight, best first; one without words of its own is ranked as elsewhere in the report."""
    own = hint or named.exact_with_sort or named.before or named.after or named.core.casefold() not in context.pooled
    return _rank(named, hint, context.shares, context.anchors) if own else context.pooled[named.core.casefold()]


def _strays(choice: Choice, scan: Scan, votes: Counter[str], anchors: Sequence[GazetteerEntry]) -> bool:
    """Say whether a name means a small place far from all else that the report names."""
    entry = choice.best
    if entry is None or not entry.feature_code.startswith("PPL") or entry.feature_code == "PPLC":
        return False
    if entry.population >= (WELL_KNOWN_UNCASED if scan.uncased and not choice.named.locative else WELL_KNOWN):
        return False
    own = _shares(choice.named).get(entry.country, 0.0)
    said = sum(n.core == choice.named.core for n in scan.named)
    rest = votes[entry.country] - own * min(said, 4) ** 0.7
    top = max(votes.values(), default=1.0)
    near = any(km_between(entry, a) < NEIGHBOUR_KM for a in anchors if a.key != entry.key)
    return rest < SECONDED * top and not near


def _pooled(
    pairs: Sequence[tuple[Named, list[GazetteerEntry]]], shares: dict[str, float], anchors: Sequence[GazetteerEntry]
) -> dict[str, list[tuple[float, GazetteerEntry]]]:
    """The best ranking of each name over its mentions; words for a division say nothing of the bare name."""
    pooled: dict[str, list[tuple[float, GazetteerEntry]]] = {}
    for named, hint in pairs:
        if named.exact_with_sort or _DIVIDING & {*named.before, *named.after}:
            continue
        ranked = _rank(named, hint, shares, anchors)
        core = named.core.casefold()
        if core not in pooled or ranked[0][0] > pooled[core][0][0]:
            pooled[core] = ranked
    return pooled


def _anchors(ranked: Sequence[tuple[float, GazetteerEntry]]) -> bool:
    return ranked[0][1].feature_code != "PCLI" and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] > 1.0)


def _rank(
    named: Named, hint: Sequence[GazetteerEntry], shares: dict[str, float], anchors: Iterable[GazetteerEntry]
) -> list[tuple[float, GazetteerEntry]]:
    core = fold_name(named.core)
    sorts = {*named.before, *named.after}
    entries = _unless_a_land(named.entries, core)
    towns = [e for e in entries if e.feature_code.startswith("PPL") and is_town(e)]
    ranked = [
        (_weight(e, named, core, sorts, hint, shares) + _nearness(e, core, anchors) - _overtown(e, towns, sorts), e)
        for e in entries
    ]
    ranked.sort(key=lambda pair: -pair[0])
    return ranked


def _unless_a_land(entries: Sequence[GazetteerEntry], core: str) -> Sequence[GazetteerEntry]:
    """A country's name is no other place's second name: Arak in Iran is written "Iraq" nowhere but in a gazetteer."""
    if not any(e.feature_code == "PCLI" for e in entries):
        return entries
    return [e for e in entries if e.feature_code == "PCLI" or fold_name(e.name) == core]


def _weight(
    entry: GazetteerEntry,
    named: Named,
    core: str,
    sorts: set[str],
    hint: Sequence[GazetteerEntry],
    shares: dict[str, float],
) -> float:
    weight = POPULATION_WEIGHT * _size(entry) + COUNTRY_WEIGHT * _land_share(entry, shares)
    if entry.admin1 is not None:
        weight += DIVISION_WEIGHT * shares.get(f"{entry.country}/{entry.admin1}", 0.0)
    if fold_name(entry.name) == core:
        weight += MAIN_NAME_WEIGHT
    if entry.key.startswith("wl:") and entry.feature_code[:3] != "ADM":
        weight += CURATED_WEIGHT
    if named.people == entry.country:
        weight += 0.8
    weight += _sort_weight(entry, sorts)
    return weight + _hint_weight(entry, hint)


def is_town(entry: GazetteerEntry) -> bool:
    """Say whether a place is known as a town."""
    return entry.population >= TOWN or entry.key.startswith("wl:")


def _overtown(entry: GazetteerEntry, towns: Sequence[GazetteerEntry], sorts: set[str]) -> float:
    """A division named after its town yields to it, unless the words say the division."""
    if entry.feature_code not in ("ADM1", "ADM2") or sorts & _DIVIDING:
        return 0.0
    own = any(t.country == entry.country and km_between(t, entry) < OWN_TOWN_KM for t in towns)
    return 0.0 if not own else DIVISION_YIELDS


def _land_share(entry: GazetteerEntry, shares: dict[str, float]) -> float:
    """A country's own name needs no other word for the country."""
    share = shares.get(entry.country, 0.0)
    return max(share, LAND_SHARE) if entry.feature_code == "PCLI" else share


def _size(entry: GazetteerEntry) -> float:
    if entry.feature_code in _SIZE:
        return _SIZE[entry.feature_code]
    return log10(entry.population + 10) if entry.population else 3.0


def _sort_weight(entry: GazetteerEntry, sorts: set[str]) -> float:
    code = entry.feature_code
    weight = 0.0
    if "division" in sorts:
        weight += 2 * SORT_WEIGHT if code in _DIVISIONS else (SORT_WEIGHT if code == "ADM2" else 0.0)
    if "district" in sorts:
        weight += SORT_WEIGHT if code in ("ADM2", "PPLX") else 0.0
    if ("settlement" in sorts or "settlements" in sorts) and code.startswith("PPL"):
        weight += SORT_WEIGHT
    if "countryside" in sorts and code in _DIVISIONS:
        weight += SORT_WEIGHT
    return weight


def _hint_weight(entry: GazetteerEntry, hint: Sequence[GazetteerEntry]) -> float:
    best = 0.0
    for other in hint:
        if other.key == entry.key or other.country != entry.country:
            continue
        if other.feature_code == "PCLI":
            best = max(best, HINT_WEIGHT - 0.5)
        elif other.feature_code in _DIVISIONS and (other.name == entry.admin1 or km_between(other, entry) < FAR_KM):
            best = max(best, HINT_WEIGHT if other.name == entry.admin1 else HINT_WEIGHT - 1)
        elif km_between(other, entry) < NEAR_KM / 2:
            best = max(best, 1.0)
    return best


def _nearness(entry: GazetteerEntry, core: str, anchors: Iterable[GazetteerEntry]) -> float:
    nearest = min((km_between(entry, a) for a in anchors if fold_name(a.name) != core), default=None)
    return 0.0 if nearest is None else NEAR_WEIGHT * exp(-nearest / NEAR_KM)


def _hints(names: Sequence[Named], at: int, text: str) -> list[GazetteerEntry]:
    """Readings of the name right behind ("Saraqib, Idlib", "Saraqib in Idlib province") or before ("Syria's Idlib")."""
    named = names[at]
    found: list[GazetteerEntry] = []
    if named.hint is not None:
        found += [e for n in names if n.core == named.hint for e in n.entries]
    if at + 1 < len(names) and names[at + 1].sentence == named.sentence:
        gap = text[named.span_end : names[at + 1].span_start]
        if (
            0 < len(gap) <= 14
            and not set(gap) & set(".;:!?")
            and (gap == ", " or (gap.count(" ") >= 2 and "," not in gap[1:]))
        ):
            found += names[at + 1].entries
    if at and names[at - 1].sentence == named.sentence and 0 <= named.span_start - names[at - 1].end <= 9:
        found += [e for e in names[at - 1].entries if e.feature_code == "PCLI"]
    return found


def _is_word(entry: GazetteerEntry, country: str | None, supported: bool) -> bool:
    """Say whether a lone word without capitals is more likely vocabulary than the small place abroad of its letters."""
    if entry.country == country or not entry.feature_code.startswith("PPL") or entry.feature_code == "PPLC":
        return False
    if entry.key.startswith("wl:"):
        return False
    if entry.country in ARABIC_SPOKEN:
        return entry.population < TOWN_ABROAD
    return entry.population < (CITY_ABROAD if supported else WELL_KNOWN_UNCASED)


def _margin(choice: Choice, scan: Scan, hinted: bool, country: str | None) -> float:
    """By how much the evidence that a name is a place exceeds what is asked of it."""
    named = choice.named
    lower = named.core.casefold()
    if not choice.ranked:
        return -CERTAIN if lower in scan.surnames else 0.0
    weight, entry = choice.ranked[0]
    word = choice.stray or _is_word(entry, country, lower in scan.supported)
    if scan.uncased and not (named.before or named.after) and word:
        return -CERTAIN
    evidence = weight + LOCATIVE_WEIGHT * (named.locative or bool(named.before))
    evidence += LOCATIVE_WEIGHT * bool(named.after) + hinted * 0.5
    if entry.feature_code == "PCLI":
        return CERTAIN
    if lower in scan.surnames or named.spoke:
        evidence -= 2.0 + 2.0 * (lower in scan.surnames and not named.locative)
    supported = named.locative or named.before or named.after or hinted
    if scan.uncased and not supported and entry.feature_code not in _SIZE:
        evidence -= UNCASED_DOUBT
    if not supported and entry.population < KNOWN_CITY and entry.feature_code == "PPL":
        evidence -= UNSUPPORTED * (lower not in scan.supported)
    if " " in named.core.strip():
        evidence += 1.0
    if named.opening and " " not in named.core:
        evidence -= 0.8
    return evidence - ACCEPT
