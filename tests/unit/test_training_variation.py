"""In training, actors and towns of a report change places; the coded claims and the mentions go with them."""

import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warledger.coding.confidence import calibrated
from warledger.coding.labels import GROUP_NAMES
from warledger.coding.words import find_words
from warledger.domain.actor import Actor, ActorKind
from warledger.domain.codes import Kind
from warledger.domain.mention import ActorMention, Reading
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.read.sentences import split_sentences

sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "training"))
from anchors import Ties, choose_again, choose_first, find_targets
from augment import Edit, move, vary
from calibration import fit_lines
from evaluation.agreement import ActorNames
from excerpt import excerpt

TEXT = "The army shelled Nyala. It said RSF fighters fled. RSF denied it."
ARMY, RIVALS = "Military Forces of Sudan", "Rapid Support Forces"
TABLE = {
    ARMY: Actor(name=ARMY, kind=ActorKind.MILITARY, country="SD", side="state"),
    RIVALS: Actor(name=RIVALS, kind=ActorKind.ARMED_GROUP, country="SD", side="nonstate"),
}


def mention(words: str, name: str, rule: str, nth: int = 0) -> ActorMention:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return ActorMention(span=Span.of(TEXT, at, at + len(words)), actors=(name,), form="name", rule=rule)


def reading() -> Reading:
    actors = (
        mention("army", ARMY, "description: military"),
        mention("It", ARMY, "anaphora"),
        mention("RSF", RIVALS, "actor table"),
        mention("RSF", RIVALS, "actor table", nth=1),
    )
    report = Report(id="r", published=date(2023, 5, 1), text=TEXT, sha256="", publisher=None, language="en")
    return Reading(report=report, sentences=split_sentences(TEXT), actors=actors, country="SD")


ROW: dict[str, Any] = {
    "text": TEXT,
    "claims": [
        {"kind": "event", "type": "shelling", "initiator": [ARMY], "target": [RIVALS], "quote": "army shelled Nyala"},
        {"kind": "event", "type": "nonstate_takes_territory", "initiator": [RIVALS], "target": [], "quote": "RSF fled"},
        {"kind": "statement", "act": "deny", "speaker": [RIVALS], "quote": "RSF denied it"},
    ],
}


def varied() -> tuple[dict[str, Any], Reading]:
    for seed in range(50):
        out = vary(ROW, reading(), TABLE, str.casefold, random.Random(seed))
        if out is not None:
            return out[0], out[1]
    raise AssertionError("no seed swaps anything")


def test_two_sides_change_places_in_text_mentions_and_claims() -> None:
    row, read = varied()
    assert row["text"] == "The RSF shelled Nyala. It said Army fighters fled. Army denied it."
    assert [m.actors for m in read.actors] == [(RIVALS,), (RIVALS,), (ARMY,), (ARMY,)]
    assert all(row["text"][m.span.start : m.span.end] == m.span.text for m in read.actors)
    shelled, taken, denied = row["claims"]
    assert (shelled["initiator"], shelled["target"], denied["speaker"]) == ([RIVALS], [ARMY], [ARMY])
    assert shelled["quote"] == ["RSF shelled Nyala"] and denied["quote"] == ["Army denied it"]
    assert taken["type"] == "government_regains_territory"
    assert [s.text for s in read.sentences][-1] == "Army denied it."


def test_the_word_that_a_claim_hangs_on_moves_with_the_text() -> None:
    at = TEXT.index("denied")
    told = {**ROW, "claims": [*ROW["claims"][:2], {**ROW["claims"][2], "trigger": [at, at + len("denied")]}]}
    row = next(out[0] for n in range(50) if (out := vary(told, reading(), TABLE, str.casefold, random.Random(n))))
    start, end = row["claims"][2]["trigger"]
    assert row["text"] != TEXT and row["text"][start:end] == "denied"


def test_a_word_that_the_coder_named_is_kept_and_one_that_was_guessed_may_move() -> None:
    words = find_words(TEXT, split_sentences(TEXT))
    at = TEXT.index("shelled")
    claim = {"kind": "event", "type": "shelling", "quote": "army shelled Nyala"}
    named, guessed = find_targets(words, [{**claim, "trigger": [at, at + len("shelled")]}, claim])
    choose_first(words, [named, guessed], Ties([(words, [named, guessed])]))
    assert named.anchor == words.at(at)
    likely = np.zeros((len(words), len(GROUP_NAMES)))
    likely[words.at(TEXT.index("Nyala"))] = 1
    assert choose_again(words, [named, guessed], likely) == 1
    assert (named.anchor, guessed.anchor) == (words.at(at), words.at(TEXT.index("Nyala")))


def test_a_report_with_one_side_has_nothing_to_swap() -> None:
    lone = {**ROW, "claims": [ROW["claims"][2]]}
    assert all(vary(lone, reading(), TABLE, str.casefold, random.Random(n)) is None for n in range(20))


def test_offsets_move_with_the_words_around_them() -> None:
    moved = move("abc RSF def", [Edit(start=4, end=7, words="the army")])
    assert moved.text == "abc the army def"
    assert (moved.at(2), moved.at(4), moved.at(7, is_end=True), moved.at(8)) == (2, 4, 12, 13)


def test_confidence_rises_with_the_odds_and_bends_by_kind() -> None:
    lines = np.array([[-1.0, 0.5]] * len(Kind), dtype=np.float32)
    low, high = (calibrated(Kind.EVENT, p, lines) for p in (0.2, 0.8))
    assert 0 < low < high < 0.5


def test_the_lines_learn_that_a_kind_claims_too_much() -> None:
    claims = [{"kind": "control", "place": {"name": f"Town {n}"}, "holder": ["A"], "quote": f"A {n}"} for n in range(8)]
    gold = [{"id": "r", "text": " ".join(f"A {n}" for n in range(8)), "claims": claims[:2]}]
    said = [{"id": "r", "claims": [{**c, "confidence": 0.9} for c in claims]}]
    lines = fit_lines(gold, said, ActorNames({}))
    assert calibrated(Kind.CONTROL, 0.9, lines) == pytest.approx(0.25, abs=0.15)


def test_an_excerpt_keeps_the_claims_whose_words_are_all_in_it() -> None:
    at = TEXT.index("denied")
    claims = [*ROW["claims"][:2], {**ROW["claims"][2], "trigger": [at, at + len("denied")]}]
    row = {**ROW, "text": TEXT + " Then it rained. Nobody went out.", "claims": claims}
    cuts = [excerpt(row, split_sentences(row["text"]), random.Random(n)) for n in range(40)]
    assert any(cut is None for cut in cuts)  # nothing is claimed of the rain
    for cut in (cut for cut in cuts if cut is not None):
        assert row["text"][cut.start :].startswith(cut.row["text"])
        assert [c["quote"] for c in cut.row["claims"]] == [claims[n]["quote"] for n in cut.kept]
        assert all(c["quote"] in cut.row["text"] for c in cut.row["claims"])
        for claim in (c for c in cut.row["claims"] if c.get("trigger")):
            start, end = claim["trigger"]
            assert cut.row["text"][start:end] == "denied"
