"""Propose rows for data/gazetteer/supplement.tsv: places of the training claims that the gazetteer does not hold.

    harvest_supplement.py CORPUS.jsonl > rows.tsv

Reads the corpus's own coordinates (ours, CC BY 4.0); where claims disagree the most frequent pair wins. Leaves out
countries, pairs of places, roads and borders, and places that the gazetteer already holds where the claims put them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.domain.distance import km_between
from warledger.domain.folding import fold_name
from warledger.domain.place import GazetteerEntry

FOLDER = Path(__file__).parents[1] / "src" / "warledger" / "data" / "gazetteer"
PAIRED = re.compile(
    r" (and|und|et|y|ve|і|и|و|to|between|near|of|in|off|from|entre|près|cerca|возле|біля|قرب|بين|outside|around|along) "
    r"|[/;(&]"
    r"|border|road|frontier|highway|frontera|frontière|-.*-.*-|крайон|трасс|kilomet|km\b|\d{2}|\bvillages\b|districts\b",
    re.I,
)
GENERIC = re.compile(
    r"направлен|напрям|^(север|юг|восток|запад|північ|південь|схід|захід)|^ال(عاصمة|جنوب|شمال|شرق|غرب)"
    r"|^(ريف|شمال|جنوب|شرق|غرب|محافظة|مدينة) "
    r"|\b(coast|embassy|old city|ruins|mosque|school|market"
    r"|commercial|junction|centre|hotel|church|settlement)\b|^(capital|zone) ",
    re.I,
)
SORTS = (
    ("AIRP", r"airport|aéroport|aeropuerto|аэропорт|аеропорт|مطار|havaalan"),
    ("MILB", r"\b(base|barracks|brigade|academy|garrison|headquarters|caserne)\b|قاعدة|معسكر"),
    ("RFC", r"\bcamp\b|مخيم"),
    ("HSP", r"hospital|hôpital|مستشفى|hastane"),
    ("ADM1", r"governorate|province|provincia|\bstate\b|oblast|область|محافظة|\bregion\b|région|estado"),
    ("ADM2", r"\b(district|county|locality|cercle|township)\b|raion"),
    ("MT", r"\b(mountains?|jebel|jabal|hill)\b|جبل"),
    ("ISL", r"\bisland\b|جزيرة|острів|остров"),
    ("SEA", r"\b(sea|gulf|strait)\b|البحر|море"),
    ("BDG", r"bridge|جسر"),
    ("PRK", r"\bpower (plant|station)|refinery|dam\b|oil ?field|port\b|crossing|معبر"),
)
WITHIN_KM = {"exact": 5.0, "near": 10.0, "region": 45.0}


def rows(corpus: Path, gazetteer: GeoNamesGazetteer) -> list[tuple[str, ...]]:
    hints: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[str, Counter[tuple[float, float, str, int | None]]] = defaultdict(Counter)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for line in corpus.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        for claim in report["claims"]:
            place = claim.get("place")
            if not place or place.get("latitude") is None or place["precision"] == "country":
                continue
            name = place["name"].split(",")[0].strip()
            folded = fold_name(name)
            seen[folded][place["latitude"], place["longitude"], place["precision"], place.get("geonames_id")] += 1
            spelt[folded][name] += 1
            hints[folded].update(countries_in(report.get("conflict") or "", gazetteer))
    out = []
    for folded, counts in sorted(seen.items()):
        name = spelt[folded].most_common(1)[0][0]
        if (
            PAIRED.search(name)
            or GENERIC.search(name)
            or not (name[0].isupper() or not name[0].isascii())
            or len(name) < 3
        ):
            continue
        (lat, lon, precision, gid), _ = max(counts.items(), key=lambda x: (x[0][2] != "near", x[1]))
        here = GazetteerEntry(
            key="", geonames_id=gid, name=name, latitude=lat, longitude=lon, feature_code="", country=""
        )
        known = gazetteer.find(name)
        if any(e.feature_code == "PCLI" for e in known):
            continue
        if any(km_between(here, e) <= WITHIN_KM[precision] for e in known):
            continue
        code = next((c for c, p in SORTS if re.search(p, name, re.I)), "RGN" if precision == "region" else "PPL")
        near = gazetteer.nearest(lat, lon, tuple(hints[folded]))
        if code == "RGN" and any(e.feature_code == "ADM1" and e.country == near.country for e in known):
            code = "ADM1"
        bare = re.sub(r" (governorate|province|state|oblast|region|district|county|locality)$", "", name, flags=re.I)
        out.append(
            (
                name,
                bare if bare != name else "",
                code,
                near.country,
                "" if code == "ADM1" else near.admin1 or "",
                str(lat),
                str(lon),
                str(gid or ""),
                "",
            )
        )
    return out


def countries_in(slug: str, gazetteer: GeoNamesGazetteer) -> list[str]:
    """Countries that a conflict's short name says ("syria-sweida-2025")."""
    words = slug.split("-")
    names = [*words, *(" ".join(pair) for pair in pairwise(words))]
    return [e.country for n in names if len(n) > 2 for e in gazetteer.find(n) if e.feature_code == "PCLI"]


class WithNearest(GeoNamesGazetteer):
    """The gazetteer with one question more: the settlement nearest to a point."""

    def nearest(self, lat: float, lon: float, hinted: tuple[str, ...]) -> GazetteerEntry:
        """The nearest settlement of a hinted country within half a degree, else the nearest of all."""
        marks = ",".join("?" * len(hinted))
        for reach, only in ((0.5, f"AND country IN ({marks})"), (0.3, ""), (1.0, ""), (3.0, ""), (12.0, "")):
            row = self._db.execute(
                "SELECT geonames FROM place WHERE code LIKE 'PPL%' AND latitude BETWEEN ? AND ? AND longitude"
                f" BETWEEN ? AND ? {only} ORDER BY (latitude-?)*(latitude-?)+(longitude-?)*(longitude-?) LIMIT 1",
                (lat - reach, lat + reach, lon - reach, lon + reach, *(hinted if only else ()), lat, lat, lon, lon),
            ).fetchone()
            if row and (found := self.get(f"gn:{row[0]}")):
                return found
        raise ValueError(f"nothing near {lat}, {lon}")


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1]), WithNearest(FOLDER)):
        print("\t".join(row))
