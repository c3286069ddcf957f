"""Find the place that a person names: any script and any alias in, keys of the ledger out.

A name that nothing bears is refused with names near it; one that several places bear is answered for those the ledger
knows, and the others are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from rapidfuzz import fuzz, process

from warledger.domain.asked import Asked, Window
from warledger.domain.distance import km_between
from warledger.domain.errors import UsageError
from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry, Place
from warledger.ports import Gazetteer, KeptClaim, Ledger

SAME_KM = 60.0
"""Bearers of one name this near each other are one answer: a city and its province."""
NEAR_ENOUGH, MOST_NEAR = 70.0, 5
"""Least likeness of a name that is offered (0 to 100), and how many are."""


@frozen(kw_only=True)
class Named:
    """What a name stands for.

    Args:
        name: as tables show it.
        keys: `Place.key` of every place meant.
        entries: the gazetteer's, the one meant first.
        others: further bearers of the name, which are not meant.
    """

    name: str
    keys: tuple[str, ...]
    entries: tuple[GazetteerEntry, ...] = ()
    others: tuple[GazetteerEntry, ...] = ()

    def note(self, said: str) -> str | None:
        """That others bear the name too, in one line, or None where none does."""
        if not self.others:
            return None
        also = "; ".join(described(e) for e in self.others[:MOST_NEAR])
        return f"{said}: taken as {described(self.entries[0])}; also {also}"


def find_place(said: str, gazetteer: Gazetteer, ledger: Ledger, *, hint: bool = True) -> Named:
    """Find what a name stands for.

    Args:
        said: a name, or a key such as `gn:170063`.
        gazetteer: names to places.
        ledger: which of them it knows decides between several.
        hint: whether a refusal tells names near it, for which every claim is looked at.

    Raises:
        UsageError: neither the gazetteer nor the ledger knows the name.
    """
    entry = gazetteer.get(said) if ":" in said else None
    if entry is not None:
        return Named(name=entry.name, keys=(entry.key,), entries=(entry,))
    if ":" in said and (there := _claim_at(ledger, [said])) is not None:
        return Named(name=_name_of(there, said), keys=(said,))
    entries = settlements_first(gazetteer.find(said))
    only_named = f"name:{said.casefold()}"
    if not entries:
        if _is_known(ledger, [only_named]):
            return Named(name=said, keys=(only_named,))
        raise UsageError(_unknown(said, ledger) if hint else f"no place named {said!r} is known")
    told = [e for e in entries if _is_known(ledger, [e.key])] or entries
    meant = [e for e in told if e.country == told[0].country and km_between(e, told[0]) <= SAME_KM]
    others = [e for e in told if e not in meant]
    return Named(
        name=meant[0].name, keys=(*(e.key for e in meant), only_named), entries=tuple(meant), others=tuple(others)
    )


def settlements_first(entries: Sequence[GazetteerEntry]) -> list[GazetteerEntry]:
    """Settlements, largest first, then divisions and the rest: a bare name means the city, not its province."""
    return sorted(entries, key=lambda e: (not e.feature_code.startswith("PPL"), -e.population))


def described(entry: GazetteerEntry) -> str:
    """A place so that it can be told from its namesakes, with the key that names it alone."""
    where = ", ".join(w for w in (entry.admin1, entry.country) if w)
    return f"{entry.name} ({where}; {entry.key})"


def near_names(said: str, names: Sequence[str]) -> list[str]:
    """Names that look like one, best first."""
    folded = {fold_name(n): n for n in names}
    found = process.extract(
        fold_name(said), list(folded), scorer=fuzz.WRatio, limit=MOST_NEAR, score_cutoff=NEAR_ENOUGH
    )
    return [folded[key] for key, _, _ in found]


def is_named(wanted: frozenset[str], names: Iterable[str]) -> bool:
    """Whether one of the names is wanted, or holds a wanted one ("sham" in "Hayat Tahrir al-Sham"); all folded."""
    folded = [fold_name(n) for n in names]
    return any(w in n for w in wanted for n in folded)


def _is_known(ledger: Ledger, keys: Sequence[str]) -> bool:
    return _claim_at(ledger, keys) is not None


def _claim_at(ledger: Ledger, keys: Sequence[str]) -> KeptClaim | None:
    """The newest claim of some places."""
    found = ledger.claim_page(Asked(place_keys=frozenset(keys)), Window(limit=1)).items
    return next(iter(found), None)


def _name_of(kept: KeptClaim, key: str) -> str:
    place: Place | None = getattr(kept.claim, "place", None)
    return place.name if place is not None else key


def _unknown(said: str, ledger: Ledger) -> str:
    names = sorted({place.name for k in ledger.claims() if (place := getattr(k.claim, "place", None)) is not None})
    near = near_names(said, names)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"no place named {said!r} is known{hint}"
