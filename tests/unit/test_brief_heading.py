"""What heads the brief of a day on which one side left a place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from holding_hama import ARMY, HAMA, HTS, happens, holds, only, say
from made_events import an_event

import warledger
from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.codes import EventType
from warledger.tell.brief import write_brief
from warledger.tell.matter import Matter

PHRASES = load_phrases(Path(warledger.__file__).parent / "data" / "tell" / "phrases.yaml")
LEFT = date(2024, 12, 5)


def heading(*, holder: str, day: int = 5, extent: str = "all") -> tuple[str, int]:
    """The heading of 5 December, when the army left Hama, and how many claims it cites."""
    ledger = MemoryLedger()
    say(ledger, "The army left the city.", happens(EventType.WITHDRAWAL, ARMY))
    say(ledger, "They hold the city.", holds(holder, day=day, extent=extent), publisher="AFP")
    claims = {k.id: k for k in ledger.claims()}
    (left,) = (k.id for k in claims.values() if k.claim.kind == "event")
    event = an_event(
        id="e1",
        day=LEFT,
        type=EventType.WITHDRAWAL,
        killed=None,
        place=HAMA,
        initiator=(ARMY,),
        claim_ids=(left,),
        origins=("AFP", "Reuters"),
    )
    matter = Matter(
        from_day=LEFT, to_day=LEFT, known_at=None, events=(event,), claims=claims, control=(only(ledger, LEFT),)
    )
    told = write_brief(matter, PHRASES, frozenset({ARMY, HTS})).headline
    assert told is not None
    return told.text, len(told.claim_ids)


@pytest.mark.parametrize(
    ("extent", "text"),
    [
        ("all", "Hama held by Hayat Tahrir al-Sham as Syria's military withdraws"),
        ("most", "Most of Hama held by Hayat Tahrir al-Sham as Syria's military withdraws"),
    ],
)
def test_who_holds_the_place_that_was_left_heads_the_brief_with_both_claims_cited(extent: str, text: str) -> None:
    assert heading(holder=HTS, extent=extent) == (text, 2)


def test_a_holder_of_days_before_or_the_side_that_left_does_not_head_it() -> None:
    plain = ("Withdrawal from Hama by Syria's military", 1)
    assert heading(holder=HTS, day=2) == plain
    assert heading(holder=ARMY) == plain
