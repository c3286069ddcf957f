"""Whole documents and rows of an evaluation file gather into happenings."""

from __future__ import annotations

from typing import Any

import pytest

from warledger.adapters.tables.corroborate import load_weights
from warledger.corroborate.documents import gather_documents
from warledger.corroborate.rows import cluster_rows

RAID = "Jets struck the fuel depot at Al Hudaydah port on Saturday. Three workers died and tanks burned all night."
RAID_AGAIN = (
    "The fuel depot at the port of Al Hudaydah burned through the night after jets struck it; three workers died."
)
QUAKE = (
    "A strong earthquake shook the Izmir coast before dawn. Schools were closed and engineers went from house to house."
)
QUAKE_AGAIN = (
    "Schools in Izmir stayed closed after the earthquake shook the coast before dawn, and engineers checked houses."
)


def claim_row(name: str, words: str, town: str, latitude: float) -> dict[str, Any]:
    return {
        "id": name,
        "report": name,
        "published": "2024-07-21",
        "publisher": "Harbour News",
        "claim": {
            "kind": "event",
            "quote": words,
            "type": "air_strike",
            "initiator": ["Military Forces of Israel"],
            "target": [],
            "place": {"name": town, "latitude": latitude, "longitude": 42.95, "precision": "exact"},
            "time": {"start": "2024-07-20", "end": "2024-07-20", "precision": "day"},
            "figures": {},
        },
    }


def test_documents_of_two_happenings_make_two_clusters() -> None:
    texts = {"a": RAID, "b": RAID_AGAIN, "c": QUAKE, "d": QUAKE_AGAIN}
    assert set(gather_documents(texts)) == {frozenset("ab"), frozenset("cd")}


def test_empty_documents_stay_alone() -> None:
    assert set(gather_documents({"a": "", "b": "", "c": RAID})) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_a_single_document_is_a_cluster() -> None:
    assert gather_documents({"a": RAID}) == (frozenset("a"),)


def test_rows_with_claims_share_an_event_where_place_and_day_agree() -> None:
    rows = [
        claim_row("x", "Jets struck the depot.", "Al Hudaydah", 14.80),
        claim_row("y", "The depot was hit from the air.", "Hodeidah", 14.80),
        claim_row("z", "Jets struck the airfield.", "Marib", 15.46),
    ]
    event = {row["id"]: row["event"] for row in cluster_rows(rows, load_weights())}
    assert event["x"] == event["y"] != event["z"]


def test_rows_of_documents_keep_their_order() -> None:
    rows = [{"id": "2", "text": RAID}, {"id": "1", "text": RAID_AGAIN}]
    assert [row["id"] for row in cluster_rows(rows, load_weights())] == ["2", "1"]


def test_a_row_with_neither_claim_nor_text_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="row-7"):
        cluster_rows([{"id": "row-7"}], load_weights())


def test_a_claim_of_an_unknown_type_is_refused_by_name() -> None:
    row = claim_row("x", "Jets struck.", "Marib", 15.46)
    row["claim"]["type"] = "bombardment"
    with pytest.raises(ValueError, match=r"x: .*bombardment"):
        cluster_rows([row], load_weights())
