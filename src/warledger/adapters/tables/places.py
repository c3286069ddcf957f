"""Load the words around place names: `data/cues/places.<language>.yaml` and the countries' adjectives."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.errors import DataError
from warledger.domain.placecues import LAND, Phrases, PlaceCues

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = ("en", "fr", "es", "de", "ru", "uk", "ar", "tr")
CLASSES = frozenset(
    {"near", "countryside", "division", "district", "settlement", "settlements", "site", "part", "road"}
)
EXTENTS = frozenset({"all", "most", "part"})
SETS = (
    "strict",
    "adjectives",
    "given",
    "locative",
    "joining",
    "listing",
    "titles",
    "organisations",
    "stop",
    "speech",
    "elisions",
    "tails",
    "plurals",
    "civic",
    "cases",
    "movements",
    "descents",
    "common",
    "inhabitants",
    "seats",
    "streets",
)
OTHERS = (
    "apposed",
    "extents",
    "capital",
    "regions",
    "compass",
    "stretches",
    "before",
    "after",
    "demonyms",
    "folks",
    "endings",
    "prefixes",
    "suffixed",
    "stems",
    "no_stems",
    "abbreviations",
)
STEM_MIN_CHARS = 4
_NO_PLURAL = ("s", "se", "sh", "ch")


def load_place_cues(data: Path = DATA) -> Mapping[str, PlaceCues]:
    """Load every language's words around place names.

    Args:
        data: the folder that holds `cues/`, `gazetteer/countries.tsv` and `actors/states.tsv`.

    Returns:
        The cues by ISO 639-1 code.

    Raises:
        DataError: a table has a class or a key that is not known.
    """
    countries = _rows(data / "gazetteer" / "countries.tsv")
    states = _rows(data / "actors" / "states.tsv")
    files = {lang: data / "cues" / f"places.{lang}.yaml" for lang in LANGUAGES}
    return {lang: _cues(lang, file, countries, states) for lang, file in files.items() if file.exists()}


def _cues(language: str, file: Path, countries: list[dict[str, str]], states: list[dict[str, str]]) -> PlaceCues:
    table = read_table(file)
    unknown = table.keys() - {*SETS, *OTHERS}
    wrong = {k for side in ("before", "after") for k in table.get(side, {})} - CLASSES
    wrong |= table.get("extents", {}).keys() - EXTENTS
    if unknown or wrong:
        raise DataError(f"{file.name}: unknown key or class {', '.join(sorted(unknown | wrong))}")
    named = {w.casefold(): iso for iso, words in table.get("demonyms", {}).items() for w in words}
    demonyms = {**(_demonyms(countries) if language == "en" else {}), **named}
    others = {w: iso for w, iso in _adjectives(language, states).items() if w not in table.get("no_stems", ())}
    stems = {w.casefold(): iso for iso, words in table.get("stems", {}).items() for w in words}
    return PlaceCues(
        language=language,
        before=_phrases(table.get("before", {}), last=True),
        after=_phrases(table.get("after", {}), last=False),
        demonyms=demonyms,
        people_heads=frozenset(w.split()[0] for w in demonyms if w.count(" ") == 1),
        folks={w.casefold(): name for name, words in table.get("folks", {}).items() for w in words},
        stems={**_stems(language, countries), **others, **stems},
        endings=_endings(table.get("endings", {})),
        prefixes=tuple(sorted(table.get("prefixes", ()), key=len, reverse=True)),
        abbreviations={w.casefold(): name for w, name in table.get("abbreviations", {}).items()},
        stretches=[(tuple(a.split()), b) for a, b in (x.split(" … ") for x in table.get("stretches", ()))],
        capital=tuple(re.compile(p) for p in table.get("capital", ())),
        regions=tuple(re.compile(p) for p in table.get("regions", ())),
        compass=tuple(_compass(table.get("compass", {}), "said")),
        quarters=tuple(_compass(table.get("compass", {}), "named")),
        apposed=tuple(re.compile(p) for p in table.get("apposed", ())),
        extents=[(re.compile(p, re.IGNORECASE), e) for e, ps in table.get("extents", {}).items() for p in ps],
        suffixed=table.get("suffixed") == "yes",
        **{name: frozenset(w.casefold() for w in table.get(name, ())) for name in SETS},
    )


def _demonyms(countries: list[dict[str, str]]) -> dict[str, str]:
    """English adjectives of countries and, where an s makes it, the plural of the people."""
    found: dict[str, str] = {}
    for row in reversed(countries):
        for word in filter(None, row["demonym"].casefold().split(",")):
            found[word] = row["iso"]
            if not word.endswith(_NO_PLURAL):
                found[word + "s"] = row["iso"]
    return found


def _phrases(classes: Mapping[str, Iterable[str]], *, last: bool) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, phrases in classes.items():
        for phrase in phrases:
            words = tuple(phrase.casefold().split())
            found[words[-1] if last else words[0]].append((words, name))
    return {word: tuple(sorted(rows, key=lambda r: -len(r[0]))) for word, rows in found.items()}


def _endings(table: Any) -> tuple[tuple[str, str], ...]:
    pairs = [(ending, base) for ending, bases in table.items() for base in bases]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((x for x in lines if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE))


def _stems(language: str, countries: list[dict[str, str]]) -> dict[str, str]:
    """A country's name without its last letter: the beginning of its adjective in most languages but English."""
    if language == "en":
        return {}
    stems: dict[str, str] = {}
    for row in reversed(countries):
        name = row.get(language, "").casefold()
        if " " not in name and "-" not in name:
            stem = name[:-2] if name.endswith(("ия", "ія", "ie", "ia")) else name[:-1]
            if len(stem) >= STEM_MIN_CHARS:
                stems[stem] = row["iso"]
    return stems


def _adjectives(language: str, states: list[dict[str, str]]) -> dict[str, str]:
    """Stems of the states' adjectives, where a language has them and they are one word of `STEM_MIN_CHARS` letters."""
    pairs = [(s.casefold(), row["iso"]) for row in reversed(states) for s in (row.get(language) or "").split("|")]
    return {stem: iso for stem, iso in pairs if len(stem) >= STEM_MIN_CHARS and " " not in stem and "-" not in stem}


def _compass(table: Mapping[str, Any], form: str) -> Iterable[tuple[str, re.Pattern[str]]]:
    """Each direction with its pattern: the language's `said` or `named`, its words in the place of `{words}`."""
    for direction, words in table.get("words", {}).items() if form in table else ():
        name = f"(?P<name>{'|'.join(words)})" if form == "said" else f"(?:{'|'.join([*words, direction])})"
        yield direction, re.compile(table[form].replace("{words}", name).replace("{land}", LAND))
