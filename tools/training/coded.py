"""Comparisons of the corpus with what the readers found: names folded, places by id or distance."""

from __future__ import annotations

import unicodedata

from attrs import evolve

from warledger.domain.distance import km_between


def fold(name: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    text = " ".join("".join(c if c.isalnum() or c == "_" else " " for c in text).split())
    for article in ("the ", "a ", "an ", "al ", "el "):
        if text.startswith(article):
            return text[len(article) :]
    return text


def same_place(gold: dict, mention: object) -> bool:
    """The corpus's place and a mention's: the same entry, or close enough for the precision, coarse with coarse."""
    entry = mention.entry  # type: ignore[attr-defined]
    precision = str(mention.precision)  # type: ignore[attr-defined]
    if entry is not None and gold.get("geonames_id") and gold["geonames_id"] == entry.geonames_id:
        return True
    if entry is None or gold.get("latitude") is None:
        return fold(gold["name"]) == fold(mention.name)  # type: ignore[attr-defined]
    within = {"exact": 5, "near": 15, "region": 60, "country": 400}.get(gold.get("precision") or "exact", 5)
    coarse = {"region", "country"}
    coded = evolve(entry, latitude=gold["latitude"], longitude=gold["longitude"])
    apart = km_between(coded, entry)
    return apart <= within and ((gold.get("precision") in coarse) == (precision in coarse))
