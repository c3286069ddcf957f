"""The scorer of `make eval`: what counts as found, as agreeing and as exact, and how confidences are judged."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation.agreement import ActorNames, agrees, same_place
from evaluation.breakdown import BREAKDOWNS, by_group, outside_english
from evaluation.calibration import brier_score, calibration_error, reliability
from evaluation.claims import score_report, total
from evaluation.errorpage import error_page
from evaluation.floors import failures
from evaluation.stages import score_clusters, score_dates, score_toponyms, score_types

TEXT = "Army units entered Harasta at dawn. Two residents died when shells fell on the market of Douma."
ACTORS = ActorNames({"Military Forces of Syria": ["the Syrian army", "SAA"]})
DOUMA = {"name": "Douma", "latitude": 33.571, "longitude": 36.402, "precision": "exact"}


def event(quote: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "event", "quote": quote, "type": "shelling", "initiator": [], "target": [], "figures": {}, **fields}


def report(*claims: dict[str, Any]) -> dict[str, Any]:
    return {"id": "r", "text": TEXT, "language": "en", "claims": list(claims)}


def test_claim_with_every_key_field_right_is_exact() -> None:
    gold = event("shells fell on the market of Douma", place=DOUMA)
    score = total([score_report(report(gold), [event("shells fell on the market", place=DOUMA)], ACTORS)])
    assert (score.detection().f1, score.exactness().f1) == (1.0, 1.0)


def test_claim_with_another_place_is_found_but_not_exact() -> None:
    gold = event("shells fell on the market of Douma", place=DOUMA)
    said = event("shells fell on the market of Douma", place={**DOUMA, "name": "Homs", "latitude": 34.73})
    scored = score_report(report(gold), [said], ACTORS)
    assert scored.pairs[0].wrong == ("place",)
    assert total([scored]).exactness().f1 == 0.0


def test_claim_is_used_once() -> None:
    gold = event("shells fell on the market of Douma", place=DOUMA)
    scored = score_report(report(gold), [dict(gold), dict(gold)], ACTORS)
    assert (len(scored.pairs), len(scored.spurious)) == (1, 1)


def test_quote_that_is_not_in_the_text_is_counted_and_pairs_with_nothing() -> None:
    gold = event("shells fell on the market of Douma", place=DOUMA)
    scored = score_report(report(gold), [event("shells rained on Douma", place=DOUMA)], ACTORS)
    assert (scored.unfounded, len(scored.pairs), len(scored.missed)) == (1, 0, 1)


def test_type_of_another_lot_is_no_pair() -> None:
    gold = event("shells fell on the market of Douma")
    scored = score_report(report(gold), [event("shells fell on the market of Douma", type="protest")], ACTORS)
    assert not scored.pairs


@pytest.mark.parametrize(
    ("said", "same"),
    [(["SAA"], True), (["the Syrian Army"], True), (["SAA", "Wagner Group"], True), ([], False), (["Russia"], False)],
)
def test_actors_agree_by_alias_and_by_half(said: list[str], same: bool) -> None:
    gold = {"kind": "event", "initiator": ["Military Forces of Syria"]}
    assert agrees("initiator", gold, {"initiator": said}, ACTORS) is same


def test_place_agrees_within_the_distance_of_its_precision() -> None:
    beside = {**DOUMA, "name": "another name", "latitude": DOUMA["latitude"] + 0.09}
    assert not same_place(DOUMA, beside)
    assert same_place({**DOUMA, "precision": "near"}, beside)


def test_region_is_not_the_town_in_its_middle() -> None:
    assert not same_place({**DOUMA, "precision": "region"}, DOUMA)


def test_missing_modality_counts_as_asserted() -> None:
    assert agrees("modality", {"modality": "asserted"}, {}, ACTORS)
    assert not agrees("modality", {"modality": "denied"}, {}, ACTORS)


def test_brier_score_is_the_mean_squared_error() -> None:
    assert brier_score([(1.0, True), (0.5, False)]) == pytest.approx(0.125)


def test_confidence_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        brier_score([(1.2, True)])


def test_reliability_groups_like_confidences() -> None:
    bins = reliability([(0.91, True), (0.99, False), (1.0, True), (0.12, False)])
    assert [(b.low, b.claims) for b in bins] == [(0.1, 1), (0.9, 3)]
    assert bins[1].exact == pytest.approx(2 / 3)
    assert calibration_error([(0.25, True), (0.25, False)]) == pytest.approx(0.25)


def test_cluster_that_joins_two_events_costs_precision() -> None:
    gold = {i: {"event": e} for i, e in (("a", "x"), ("b", "x"), ("c", "y"))}
    together = score_clusters(gold, {i: {"event": 1} for i in gold})
    assert together["bcubed_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert together["pair_precision"] == pytest.approx(1 / 3)
    apart = score_clusters(gold, {})
    assert (apart["bcubed_precision"], apart["bcubed_recall"]) == (1.0, pytest.approx(2 / 3))


def test_toponym_without_coordinates_is_found_but_not_placed() -> None:
    gold = {"d": {"toponyms": [{"start": 0, "end": 5, "latitude": 1.0, "longitude": 1.0}]}}
    figures = score_toponyms(gold, {"d": {"toponyms": [{"start": 2, "end": 9, "latitude": None}]}})
    assert (figures["mentions_f1"], figures["found_and_near_f1"]) == (1.0, 0.0)


def test_duration_is_neither_wanted_nor_held_against_the_program() -> None:
    gold = {"d": {"timexes": [{"start": 0, "end": 4, "type": "DURATION", "value": "P1W"}]}}
    answer = [{"start": 0, "end": 4, "value": "P1W"}, {"start": 9, "end": 12, "value": "2020"}]
    gold["d"]["timexes"].append({"start": 9, "end": 15, "type": "DATE", "value": "2020"})
    assert score_dates(gold, {"d": {"timexes": answer}})["values_f1"] == 1.0


def test_types_outside_acled_leave_its_figure_alone() -> None:
    gold = {"a": {"label": "DIPLO"}, "b": {"label": "ATTACK"}}
    figures = score_types(gold, {"a": {"label": "ATTACK"}, "b": {"label": "ATTACK"}})
    assert (figures["acled25_weighted_f1"], figures["accuracy"]) == (1.0, 0.5)


def test_figure_below_its_floor_and_above_its_ceiling_are_named() -> None:
    pins = {"floors": {"dev.exact.all": 0.5, "types.f1": 0.9}, "ceilings": {"dev.quotes_not_in_text": 0.0}}
    lines = failures({"dev.exact.all": 0.4, "dev.quotes_not_in_text": 2}, pins, {"dev"})
    assert lines == [
        "dev.exact.all: 0.400 is below its floor 0.500",
        "dev.quotes_not_in_text: 2.000 is above its ceiling 0.000",
    ]


def test_pinned_figure_that_its_set_did_not_give_fails() -> None:
    assert failures({}, {"floors": {"dev.brier": 0.1}}, {"dev"}) == ["dev.brier: pinned, but not measured"]


def test_error_page_shows_each_error_in_its_sentence_and_escapes_it() -> None:
    gold = event("shells fell on the market of Douma", place={**DOUMA, "name": "<b>Douma</b>"})
    spurious = event("entered Harasta", type="transfer_of_territory")
    page = error_page([("some reports", [score_report(report(gold), [spurious], ACTORS)])], "basis")
    assert "<mark>shells fell on the market of Douma</mark>" in page
    assert "miss: event shelling" in page
    assert "spurious: event transfer_of_territory" in page
    assert "&lt;b&gt;Douma&lt;/b&gt;" in page
    assert "<b>" not in page


def test_reports_outside_english_are_counted_apart_by_events_and_control() -> None:
    gold = event("shells fell on the market of Douma", place=DOUMA)
    english = score_report(report(gold), [], ACTORS)
    french = score_report({**report(gold), "language": "fr"}, [dict(gold)], ACTORS)
    assert outside_english([english, french]).f1 == 1.0
    assert by_group([english, french], BREAKDOWNS["language"])["en"].detection().f1 == 0.0
