"""How sure a state of control is: more origins make it surer, silence and denial less."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from holding_hama import ARMY, D8, HAMA, REBELS, holds, only, say

from warledger.adapters.stores.memory import MemoryLedger
from warledger.domain.codes import Modality, Status
from warledger.domain.control import ControlState
from warledger.ledger.sureness import HALF_LIFE_DAYS, TRUST, Voice, Word, faded, sureness

SURE = Voice(origin="AFP", word=Word.OUTRIGHT, confidence=1.0)


def test_independent_origins_add_up_and_one_origin_twice_does_not() -> None:
    other = attrs.evolve(SURE, origin="SOHR", word=Word.OWN)
    once = sureness([SURE], [])
    assert once == sureness([SURE, attrs.evolve(SURE, confidence=0.4)], []) == TRUST[Word.OUTRIGHT]
    assert sureness([SURE, other], []) == pytest.approx(1 - 0.1 * 0.4)


def test_a_denial_weakens_and_never_silences() -> None:
    certain, denial = [attrs.evolve(SURE, origin=str(n)) for n in range(9)], [attrs.evolve(SURE, origin="x")]
    assert sureness(certain, denial) == pytest.approx(1 - TRUST[Word.OUTRIGHT] / 2, abs=1e-3)


def test_silence_halves_it_sooner_where_a_place_is_contested() -> None:
    for status, days in HALF_LIFE_DAYS.items():
        state = ControlState(place=HAMA, holder=(REBELS,), status=status, extent="all", since=D8, claim_ids=("c",))
        sure = attrs.evolve(state, confidence=0.8)
        assert faded(sure, D8 + timedelta(days=int(days))).confidence == pytest.approx(0.4)
        assert faded(sure, D8).confidence == 0.8
    assert HALF_LIFE_DAYS[Status.CONTESTED] < HALF_LIFE_DAYS[Status.HELD]


def test_a_state_says_how_sure_it_is_on_the_day_asked_about() -> None:
    ledger = MemoryLedger()
    say(ledger, "Rebels hold Hama.", attrs.evolve(holds(REBELS), confidence=0.5))
    at_once = only(ledger, date(2024, 12, 5)).confidence
    assert at_once == pytest.approx(0.45)
    assert only(ledger, date(2025, 6, 3)).confidence == pytest.approx(at_once / 2, abs=2e-3)
    say(ledger, "The army denies that rebels hold Hama.", attrs.evolve(holds(REBELS), modality=Modality.DENIED), day=6)
    assert only(ledger, D8).confidence < at_once


def test_a_party_on_its_own_holdings_is_trusted_less() -> None:
    ours, theirs = MemoryLedger(), MemoryLedger()
    say(ours, "We hold Hama.", holds(ARMY), publisher=ARMY)
    say(theirs, "The army holds Hama.", holds(ARMY))
    assert only(ours).confidence < only(theirs).confidence
