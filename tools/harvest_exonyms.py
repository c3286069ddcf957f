"""Make data/gazetteer/exonyms.tsv again: what other languages call first-order divisions, capitals and large cities.

    apt-get download unicode-cldr-core && dpkg-deb -x unicode-cldr-core_*.deb CLDR
    .venv/bin/python tools/harvest_exonyms.py CLDR/usr/share/unicode/cldr/common/subdivisions > exonyms.tsv

Unicode CLDR (Unicode licence) names the divisions of ISO 3166-2, and Babel carries its names of the cities that time
zones are called after. A division of divisions.tsv is met by its English, French or Spanish name within its country, or
by `GIVEN`; one that two names fit is left out. Divisions are kept for the countries of `harvest_divisions.WARS`.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from babel import Locale
from babel.core import get_global
from build_gazetteer import bare_name, table
from harvest_divisions import WARS

from warledger.domain.folding import fold_name, loose_key

LANGUAGES = ("fr", "es", "tr", "ru", "uk", "ar")
ABROAD = WARS - {"US"}
"""An American state is as often a city abroad: Washington, Georgia."""
_NAME = re.compile(r'<subdivision type="(\w+)"[^>]*>([^<]*)<')
_SORT = re.compile(
    r"(?i)\b(governorate|province|state|oblast|region|republic|department|district|county|territory|krai|autonomous"
    r"|federal|prefecture|municipality|capital|city|wilaya|provincia|departamento|division|of|de|du|la|le)\b"
)
GIVEN = {
    "Dimashq": "sydi", "Cherkasy": "ua71", "Chernihiv": "ua74", "Ivano-Frankivsk": "ua26",
    "Kharkivs’ka Oblast’": "ua63", "Khmelnytskyi": "ua68", "Kyiv City": "ua30", "Kiev": "ua32", "Odessa": "ua51",
    "Transcarpathia": "ua21", "Zhytomyr": "ua18", "Western Darfur": "sddw", "Southern Darfur": "sdds",
    "Southern Kordofan": "sdks", "Northern Darfur": "sddn", "Eastern Darfur": "sdde", "East Kasai": "cdke",
    "FCT": "ngfc", "Nay Pyi Taw": "mm18", "Aden": "yead", "Sanaa Governorate": "yesn", "Omran": "yeam",
    "Amanat Alasimah": "yesa", "Soqatra": "yesu", "Beyrouth": "lbba", "Mont-Liban": "lbjl", "Nabatîyé": "lbna",
    "Liban-Nord": "lbas", "Banghāzī": "lyba", "Surt": "lysr", "Ash Shāţiʼ": "lyws", "Al Marqab": "lymb",
    "Middle Shabele": "sosd", "Lower Shabeelle": "sosh", "Bīnshangul Gumuz": "etbe", "Oromiya": "etor",
    "Ghowr": "afgho", "Khowst": "afkho", "Ağcabǝdi": "azagc", "Baki": "azba", "Daşkǝsǝn": "azdas", "İmişli": "azimi",
    "Nakhichevan ASSR": "aznx", "Şǝmkir": "azskr", "Xankǝndi": "azxa", "Goygol Rayon": "azgyg", "Bogota D.C.": "codc",
    "Ŏtâr Méanchey": "kh22", "Preah Sihanouk": "kh18", "North-West": "cmnw", "South-West": "cmsw", "Adamaoua": "cmad",
    "Beni Suweif": "egbns", "West Azerbaijan": "ir02", "Tafielah": "joat", "Jazan Region": "sa09",
    "Adygeya Republic": "ruad", "Arkhangelskaya": "ruark", "Bashkortostan Republic": "ruba",
    "Buryatiya Republic": "rubu", "Chechnya": "ruce", "Ingushetiya Republic": "ruin",
    "Kabardino-Balkariya Republic": "rukb", "Kalmykiya Republic": "rukl", "Karachayevo-Cherkesiya Republic": "rukc",
    "Leningradskaya Oblast'": "rulen", "Mordoviya Republic": "rumo", "Moscow Oblast": "rumos", "Moscow": "rumow",
    "Tatarstan Republic": "ruta", "Udmurtiya Republic": "ruud", "Grodnenskaya": "byhr", "Mogilev": "byma",
}  # fmt: skip
Row = tuple[str, ...]


def divisions(folder: Path) -> Iterator[Row]:
    """Divisions with what each language calls them, empty where CLDR does not say."""
    named = {
        lang: {k: unescape(n) for k, n in _NAME.findall((folder / f"{lang}.xml").read_text(encoding="utf-8"))}
        for lang in ("en", *LANGUAGES)
    }
    met: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lang in ("en", "fr", "es"):
        for code, name in named[lang].items():
            for key in keys(name):
                met[code[:2].upper(), key].add(code)
    for r in table("divisions.tsv"):
        if r["level"] != "ADM1" or r["country"] not in ABROAD:
            continue
        given = GIVEN.get(r["name"], "")
        codes = {given} if given else set().union(*(met[r["country"], key] for key in keys(r["name"])))
        if len(codes) == 1:
            code = codes.pop()
            names = [named[lang].get(code, "") for lang in LANGUAGES]
            if any(names):
                yield ("ADM1", r["country"], r["admin1code"], r["name"], *names)


def keys(name: str) -> set[str]:
    """What a division's name may be met by."""
    name = name.replace("’", "'")
    folded = {fold_name(n) for n in (name, bare_name(name), _SORT.sub(" ", name))} - {""}
    return folded | {loose_key(n) for n in folded if n.isascii()}


def cities() -> Iterator[Row]:
    """Cities that time zones are called after."""
    lands = get_global("zone_territories")
    spoken = {lang: Locale(lang).time_zones for lang in LANGUAGES}
    for zone in sorted(lands):
        name = Locale("en").time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        names = [spoken[lang].get(zone, {}).get("city", "") for lang in LANGUAGES]
        if "/" in zone and lands[zone] not in ("AQ", "001") and any(names):
            yield ("PPL", lands[zone], "", name, *names)


if __name__ == "__main__":
    print(
        "# What other languages call divisions and cities. Unicode CLDR (Unicode licence); by tools/harvest_exonyms.py"
    )
    print("\t".join(("level", "country", "admin1code", "name", *LANGUAGES)))
    for row in (*divisions(Path(sys.argv[1])), *cities()):
        print("\t".join(row))
