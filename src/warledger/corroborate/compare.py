"""Compare pairs of claims: named evidence, weighed.

In: columns and the two rows of each pair. Out: a matrix of evidence (one column a name of EVIDENCE) and whether the two
may be one happening at all. Refuses nothing: what cannot be one happening is marked by `possible`.
"""

from __future__ import annotations

import numpy as np

from warledger.corroborate.columns import COUNTRY, FINE, REGION, TYPES, Bools, Columns, Floats, Ints
from warledger.domain.codes import FAMILY_OF, EventType, Family
from warledger.domain.corroboration import EVIDENCE, Weights

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


def distance_km(columns: Columns, a: Ints, b: Ints) -> Floats:
    """Great-circle distances of the pairs in kilometres (haversine); NaN where a place has no coordinates."""
    lat_a, lat_b = np.radians(columns.latitude[a]), np.radians(columns.latitude[b])
    turn = np.radians(columns.longitude[b] - columns.longitude[a])
    h = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1))))


def possible(columns: Columns, a: Ints, b: Ints, weights: Weights) -> Bools:
    """Say which pairs may be one happening: types, days, places and modality do not rule it out."""
    ok = _kin_matrix(weights)[columns.kind[a], columns.kind[b]] & (columns.real[a] == columns.real[b])
    ok[ok] = _meet_in_time(columns, a[ok], b[ok], weights)
    ok[ok] = _reachable(columns, a[ok], b[ok], weights)
    return np.asarray(ok)


def evidence(columns: Columns, a: Ints, b: Ints, weights: Weights) -> Floats:
    """Evidence of each pair, one column a name of EVIDENCE, in its order."""
    found: dict[str, Bools | Floats] = {"base": np.ones(len(a))}
    same = columns.kind[a] == columns.kind[b]
    found |= {"same_type": same, "kin_type": ~same & (_family(columns, a) == _family(columns, b))}
    found |= _places(columns, a, b, weights)
    found |= _actors(columns, a, b, weights)
    overlap = (columns.first[a] <= columns.last[b]) & (columns.first[b] <= columns.last[a])
    gap = np.abs(columns.last[a] - columns.last[b])
    found["days_agree"] = columns.stated[a] & columns.stated[b] & overlap
    found["days_between"] = np.log1p(gap)
    found["words_shared"] = _words(columns, a, b)
    found |= _figures(columns, a, b)
    spot = (columns.place[a] == columns.place[b]) & (columns.around[a] == columns.around[b])
    agreed = (columns.report[a] == columns.report[b]) & spot & ~np.asarray(found["initiator_differs"], dtype=bool)
    found["told_together"] = ~same & agreed
    found["doer_disputed"] = same & _among(weights.disputed)[columns.kind[a]] & _blamed_apart(columns, a, b, found)
    found["listed"] = same & (columns.sentence[a] == columns.sentence[b])
    coarse = np.maximum(columns.level[a], columns.level[b]) >= REGION
    found["campaign"] = same & coarse & _among(weights.campaigns)[columns.kind[a]]
    return np.stack([np.asarray(found[name], dtype=float) for name in EVIDENCE], axis=1)


def weigh(matrix: Floats, weights: Weights) -> Floats:
    """Log-odds that each pair tells one happening."""
    return np.asarray(matrix @ np.array([weights.evidence[name] for name in EVIDENCE]))


def _meet_in_time(columns: Columns, a: Ints, b: Ints, weights: Weights) -> Bools:
    days = (columns.first[a] <= columns.last[b] + 1) & (columns.first[b] <= columns.last[a] + 1)
    # An open start may lie any time before: days between the ends count against it instead of ruling it out.
    open_a, open_b = ~columns.stated[a], ~columns.stated[b]
    days |= (open_a & (columns.last[b] <= columns.last[a] + 1)) | (open_b & (columns.last[a] <= columns.last[b] + 1))
    return np.asarray(days & (np.abs(columns.last[a] - columns.last[b]) <= weights.window_days))


def _kin_matrix(weights: Weights) -> Bools:
    kin = np.eye(len(TYPES), dtype=bool)
    for pair in weights.kin:
        i, j = (TYPES.index(t) for t in sorted(pair))
        kin[i, j] = kin[j, i] = True
    return kin


def _family(columns: Columns, rows: Ints) -> Ints:
    return _FAMILIES[columns.kind[rows]]


def _reachable(columns: Columns, a: Ints, b: Ints, weights: Weights) -> Bools:
    """Say which pairs' places can be one: near enough for how closely both are placed, or one inside the other."""
    km = distance_km(columns, a, b)
    coarse = np.maximum(columns.level[a], columns.level[b])
    reach = np.array([weights.apart_km, weights.region_km, weights.country_km, 0.0])[coarse]
    named = (columns.place[a] == columns.place[b]) & (columns.place[a] >= 0)
    code_a, code_b = columns.country[a], columns.country[b]
    abroad = (coarse == COUNTRY) & (code_a >= 0) & (code_b >= 0) & (code_a != code_b)
    nowhere = coarse > COUNTRY
    return np.asarray(((km <= reach) & ~abroad) | named | _inside(columns, a, b) | nowhere)


def _inside(columns: Columns, a: Ints, b: Ints) -> Bools:
    """Say which pairs' places contain one another by the gazetteer's chain of parents."""
    if not (columns.within[:, :1] >= 0).any():  # no gazetteer at hand
        return np.zeros(len(a), dtype=bool)
    a_in_b = (columns.within[a] == columns.place[b][:, None]) & (columns.place[b] >= 0)[:, None]
    b_in_a = (columns.within[b] == columns.place[a][:, None]) & (columns.place[a] >= 0)[:, None]
    return np.asarray(a_in_b.any(axis=1) | b_in_a.any(axis=1))


def _places(columns: Columns, a: Ints, b: Ints, weights: Weights) -> dict[str, Bools | Floats]:
    km = distance_km(columns, a, b)
    low, high = np.minimum(columns.level[a], columns.level[b]), np.maximum(columns.level[a], columns.level[b])
    named = ((columns.place[a] == columns.place[b]) & (columns.place[a] >= 0)) | _inside(columns, a, b)
    fine = high == FINE
    with np.errstate(invalid="ignore"):
        close = named | (km <= weights.same_km)
    return {
        "same_place": fine & close & (columns.around[a] == columns.around[b]),
        "place_beside": fine & close & (columns.around[a] != columns.around[b]),
        "place_apart": fine & ~close,
        "place_within": (high == REGION) & ((low == FINE) | ~close),
        "place_loose": high >= COUNTRY,
    }


def _actors(columns: Columns, a: Ints, b: Ints, weights: Weights) -> dict[str, Bools | Floats]:
    """Compare roles; where both sides act, whoever is named in either role counts as the other."""
    mutual = _among(weights.mutual)
    mutual_pair = mutual[columns.kind[a]] | mutual[columns.kind[b]]
    initiator = _meet(columns.initiator_groups[a], columns.initiator_groups[b])
    target = _meet(columns.target_groups[a], columns.target_groups[b])
    crossed = _meet(columns.initiator_groups[a], columns.target_groups[b])
    crossed_back = _meet(columns.target_groups[a], columns.initiator_groups[b])
    first = initiator | (mutual_pair & crossed)
    second = target | (mutual_pair & crossed_back)
    return {
        "initiator_shared": first,
        "target_shared": second,  # weighs nothing by itself, only where the doer is disputed
        "initiator_differs": ~first & _both(columns.initiator, a, b),
        "target_differs": ~second & _both(columns.target, a, b),
        "roles_swapped": (crossed | crossed_back) & ~initiator & ~target & ~mutual_pair,
    }


def _blamed_apart(columns: Columns, a: Ints, b: Ints, found: dict[str, Bools | Floats]) -> Bools:
    """Say which pairs of two reports name different doers, but the same victims or dead that can be the same."""
    agreed = np.asarray(found["target_shared"], dtype=bool) | np.asarray(found["figures_agree"], dtype=bool)
    differs = np.asarray(found["initiator_differs"], dtype=bool)
    return np.asarray(differs & agreed & (columns.report[a] != columns.report[b]))


def _among(types: frozenset[EventType]) -> Bools:
    """Say of each type whether it is among some."""
    return np.array([t in types for t in TYPES])


def _meet(left: Ints, right: Ints) -> Bools:
    met = np.zeros(len(left), dtype=bool)
    for i in range(left.shape[1]):
        known = left[:, i] >= 0
        if not known.any():
            break
        met |= known & (left[:, i][:, None] == right).any(axis=1)
    return met


def _both(names: Ints, a: Ints, b: Ints) -> Bools:
    return np.asarray((names[a, 0] >= 0) & (names[b, 0] >= 0))


def _words(columns: Columns, a: Ints, b: Ints) -> Floats:
    """Dice's coefficient of the words of two reports' quotes; 0 inside one report, whose sentences repeat its words."""
    shared = np.bitwise_count(columns.words[a] & columns.words[b]).sum(axis=1)
    total = np.bitwise_count(columns.words[a]).sum(axis=1) + np.bitwise_count(columns.words[b]).sum(axis=1)
    dice = 2 * shared / np.maximum(total, 1)
    return np.where(columns.report[a] == columns.report[b], 0.0, dice)


def _figures(columns: Columns, a: Ints, b: Ints) -> dict[str, Bools | Floats]:
    with np.errstate(invalid="ignore"):
        meet = (columns.killed_low[a] <= columns.killed_high[b]) & (columns.killed_low[b] <= columns.killed_high[a])
    both = ~np.isnan(columns.killed_low[a]) & ~np.isnan(columns.killed_low[b])
    return {"figures_agree": both & meet, "figures_differ": both & ~meet}


_FAMILIES = np.array([tuple(Family).index(FAMILY_OF[t]) for t in TYPES])
