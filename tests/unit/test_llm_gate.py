"""The gate: what a language model says stays only as far as the report bears it; the rest is dropped with why."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.app import App
from warledger.coding.llm.gate import Gate
from warledger.coding.llm.proposals import read_answer
from warledger.coding.llm.schema import answer_schema
from warledger.coding.precedents import precedents_of, without_their_times
from warledger.domain.claim import Claim, ControlClaim, EventClaim, RelationClaim, StatementClaim, TollClaim
from warledger.domain.coded import Dropped, Reason
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Status
from warledger.domain.mention import Reading
from warledger.domain.records import to_record
from warledger.domain.report import Report
from warledger.settings import Settings

APP = App(Settings())
INSTRUCTIONS = (Settings().data / "llm" / "instructions.md").read_text(encoding="utf-8")
TEXT = (
    "Fighters of Hayat Tahrir al-Sham (HTS) seized the town of Saraqib on Friday, the Syrian Observatory for Human "
    "Rights said. Russian warplanes hit Idlib overnight, killing at least eight civilians and wounding 20 others. "
    "The army’s 25th Division left 70 positions, a retired beekeeper told reporters. "
    "Some 3,000 people fled Saraqib in June. The raid on Idlib was the heaviest since 2019."
)
STRIKE = {
    "kind": "event",
    "quote": ["Russian warplanes hit Idlib overnight, killing at least eight civilians"],
    "type": "air_strike",
    "initiator": ["Russian warplanes"],
    "target": ["civilians"],
    "place": "Idlib",
    "time": "overnight",
    "figures": [{"harm": "killed", "number": "at least eight"}],
    "attribution": [],
    "modality": "asserted",
}
HELD = {
    "kind": "control",
    "quote": ["Fighters of Hayat Tahrir al-Sham (HTS) seized the town of Saraqib"],
    "status": "held",
    "holder": ["HTS"],
    "place": "Saraqib",
    "extent": "all",
    "time": "Friday",
    "attribution": ["SOHR"],
    "modality": "asserted",
}


def read(text: str, language: str = "en", *, day: date = date(2024, 11, 30)) -> Reading:
    return APP.read(Report(id="r", published=day, text=text, sha256="", language=language))


READING = read(TEXT)


def admit(said: object, reading: Reading = READING) -> Claim | Dropped:
    gate = Gate(names=APP.tables.actors, precedents=APP.precedents, coder="a-model")
    [proposal] = read_answer(json.dumps({"claims": [said]}))
    precedents = precedents_of(reading, APP.precedents)
    if isinstance(proposal, Dropped):
        return proposal
    return gate.admit(proposal, without_their_times(precedents, reading), precedents)


def admitted(said: object, reading: Reading = READING) -> Claim:
    claim = admit(said, reading)
    assert isinstance(claim, Claim), claim
    return claim


def refused(said: object, reading: Reading = READING) -> Dropped:
    dropped = admit(said, reading)
    assert isinstance(dropped, Dropped), dropped
    return dropped


def strike(**changed: Any) -> dict[str, Any]:
    return {**STRIKE, **changed}


def test_words_of_the_report_become_canonical_names_entries_days_and_figures() -> None:
    claim = admitted(STRIKE)
    assert isinstance(claim, EventClaim)
    record = to_record(claim)
    assert (record["initiator"], record["target"]) == (["Military Forces of Russia"], ["Civilians (Syria)"])
    assert record["place"]["name"] == "Idlib" and record["place"]["latitude"] == pytest.approx(35.93, abs=0.1)
    assert record["time"] == {"start": "2024-11-29", "end": "2024-11-30", "precision": "day"}
    assert record["figures"] == {"killed": [{"min": 8, "max": None, "of": "civilians"}]}


def test_every_field_of_an_admitted_claim_names_its_words_and_its_coder() -> None:
    claim = admitted(STRIKE)
    assert {e.field for e in claim.evidence} >= {"type", "initiator", "target", "place", "time", "figures"}
    for evidence in claim.evidence:
        assert evidence.rule.startswith("language model a-model")
        assert evidence.spans and all(TEXT[s.start : s.end] == s.text for s in evidence.spans)
    assert claim.confidence is None


def test_alias_and_canonical_name_of_an_actor_in_the_report_are_its_name() -> None:
    claim = admitted(HELD)
    assert isinstance(claim, ControlClaim)
    assert claim.holder == ("Hayat Tahrir al-Sham",)
    assert claim.attribution == ("Syrian Observatory for Human Rights",)
    assert (claim.status, str(claim.when.start), claim.when.end) == (Status.HELD, "2024-11-29", None)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quote": ["Russian warplanes razed Idlib overnight"]}, Reason.QUOTE),
        ({"quote": ["Russian warplanes hit Idlib overnight, kill"]}, Reason.QUOTE),
        ({"quote": ["Rights said. Russian warplanes hit Idlib"]}, Reason.QUOTE),
        ({"initiator": ["Wagner Group"]}, Reason.NAME),
        ({"initiator": ["Assad"]}, Reason.NAME),
        ({"initiator": ["The Russian"]}, Reason.NAME),
        ({"target": ["civilians", "Hezbollah"]}, Reason.NAME),
        ({"attribution": ["Reuters"]}, Reason.NAME),
        ({"place": "Aleppo"}, Reason.PLACE),
        ({"place": "Idlib, Aleppo"}, Reason.PLACE),
        ({"time": "on Monday"}, Reason.TIME),
        ({"time": "2024-11-28"}, Reason.TIME),
        ({"time": "2024-11-30"}, Reason.TIME),
        ({"figures": [{"harm": "killed", "number": "ten"}]}, Reason.NUMBER),
        ({"figures": [{"harm": "killed", "number": "80"}]}, Reason.NUMBER),
        ({"figures": [{"harm": "displaced", "number": "3,000"}]}, Reason.NUMBER),
        ({"figures": [{"harm": "killed", "number": ""}]}, Reason.NUMBER),
        ({"figures": [{"harm": "annoyed", "number": "20"}]}, Reason.FORM),
        ({"figures": ["eight"]}, Reason.FORM),
        ({"type": "battle"}, Reason.FORM),
        ({"kind": "rumour"}, Reason.FORM),
        ({"modality": "certain"}, Reason.FORM),
        ({"quote": []}, Reason.FORM),
        ({"quote": ["Russian", "warplanes", "hit"]}, Reason.FORM),
        ({"place": {"name": "Idlib"}}, Reason.FORM),
    ],
)
def test_what_the_report_does_not_bear_is_dropped_with_the_reason(changed: dict[str, Any], reason: Reason) -> None:
    dropped = refused(strike(**changed))
    assert dropped.reason is reason, dropped
    assert json.loads(dropped.said) == strike(**changed)


@pytest.mark.parametrize("said", [None, 7, "an air strike", [STRIKE]])
def test_claim_that_is_no_object_is_dropped(said: object) -> None:
    assert refused(said).reason is Reason.FORM


def test_number_that_counts_things_is_no_figure() -> None:
    left = strike(quote=["left 70 positions"], type="withdrawal", initiator=[], target=[], place=None, time=None)
    assert "counts no people" in refused({**left, "figures": [{"harm": "killed", "number": "70"}]}).what
    assert isinstance(admit({**left, "figures": []}), EventClaim)


def test_digits_for_a_number_in_words_are_the_same_number() -> None:
    claim = admitted(strike(figures=[{"harm": "killed", "number": "8"}, {"harm": "wounded", "number": "20"}]))
    assert isinstance(claim, EventClaim)
    assert [(f.harm, f.min, f.max) for f in claim.figures] == [(Harm.KILLED, 8, None), (Harm.WOUNDED, 20, 20)]


def test_day_as_a_date_is_taken_where_the_report_tells_it() -> None:
    claim = admitted({**HELD, "time": "2024-11-29"})
    assert isinstance(claim, ControlClaim) and str(claim.when.start) == "2024-11-29"


def test_unknown_stays_unknown() -> None:
    claim = admitted(strike(initiator=[], target=[], place=None, time=None, figures=[]))
    assert isinstance(claim, EventClaim)
    assert (claim.initiator, claim.target, claim.place, claim.figures) == ((), (), None, ())
    assert (claim.when.start, str(claim.when.end)) == (None, "2024-11-30")


def test_quote_with_other_marks_and_spaces_is_the_text_s_own() -> None:
    claim = admitted(strike(quote=["The army's  25th Division left 70\npositions"], type="withdrawal", figures=[]))
    assert claim.quotes[0].text == "The army’s 25th Division left 70 positions"


def test_source_that_is_nobody_in_particular_keeps_its_words() -> None:
    claim = admitted(strike(quote=["left 70 positions"], figures=[], attribution=["a retired beekeeper"]))
    assert claim.attribution == ("retired beekeeper",)


def test_things_are_no_actors_and_leave_the_role_empty() -> None:
    claim = admitted(strike(target=["the raid"]))
    assert isinstance(claim, EventClaim) and claim.target == ()
    assert refused({**HELD, "holder": ["the raid"]}).what == "holder: names nobody"


def test_place_that_no_gazetteer_holds_is_only_named() -> None:
    reading = read("Shells fell on the hamlet of Qarbazuna on Friday.")
    said = strike(quote=["Shells fell on the hamlet of Qarbazuna"], type="shelling", initiator=[], target=[])
    claim = admitted({**said, "place": "Qarbazuna", "time": "Friday", "figures": []}, reading)
    assert isinstance(claim, EventClaim) and claim.place is not None
    assert (claim.place.name, claim.place.entry) == ("Qarbazuna", None)


def test_precedent_is_read_from_the_words_and_its_year_dates_nothing() -> None:
    said = strike(quote=["The raid on Idlib was the heaviest since 2019"], time=None, figures=[])
    claim = admitted(said)
    assert claim.precedent is not None and claim.precedent.since == "2019"
    dated = admitted({**said, "time": "2019"})
    assert isinstance(dated, EventClaim) and dated.when.start is None


def test_count_of_places_held_must_stand_in_the_sentence() -> None:
    held = {**HELD, "quote": ["left 70 positions"], "status": "abandoned", "place": None, "time": None}
    claim = admitted({**held, "extent": "70 positions"})
    assert isinstance(claim, ControlClaim) and claim.extent == "70 positions"
    assert refused({**held, "extent": "90 positions"}).reason is Reason.NUMBER


def test_relation_needs_two_and_statement_a_speaker() -> None:
    reading = read("Iran backs Hezbollah. Turkey condemned the raid.")
    common = {"attribution": [], "modality": "asserted", "time": None}
    relation = {**common, "kind": "relation", "quote": ["Iran backs Hezbollah"], "predicate": "supports"}
    backed = admitted({**relation, "subject": ["Iran"], "object": ["Hezbollah"]}, reading)
    assert isinstance(backed, RelationClaim) and backed.predicate is Predicate.SUPPORTS
    assert (backed.subject, backed.object) == (("Government of Iran",), ("Hezbollah",))
    assert refused({**relation, "subject": ["Iran"], "object": []}, reading).reason is Reason.FORM
    assert refused({**relation, "subject": ["Iran"], "object": ["Iran"]}, reading).reason is Reason.FORM
    statement = {**common, "kind": "statement", "quote": ["Turkey condemned the raid"], "act": "condemn", "about": []}
    said = admitted({**statement, "speaker": ["Turkey"]}, reading)
    assert isinstance(said, StatementClaim) and said.act is Act.CONDEMN
    assert refused({**statement, "speaker": []}, reading).reason is Reason.FORM


def test_toll_without_a_figure_is_none() -> None:
    toll = {**STRIKE, "kind": "toll", "side": []}
    assert isinstance(admitted(toll), TollClaim)
    assert refused({**toll, "figures": []}).what == "figures: none given"


@pytest.mark.parametrize(
    ("language", "text", "quote", "initiator", "place"),
    [
        ("uk", "Російські війська обстріляли Харків у п'ятницю.", "обстріляли Харків", "Російські війська", "Харків"),
        ("ar", "قصفت الطائرات الروسية إدلب يوم الجمعة.", "قصفت الطائرات الروسية إدلب", "الطائرات الروسية", "إدلب"),
    ],
)
def test_gate_reads_other_scripts(language: str, text: str, quote: str, initiator: str, place: str) -> None:
    said = strike(quote=[quote], type="shelling", initiator=[initiator], target=[], place=place, time=None, figures=[])
    reading = read(text, language)
    claim = admitted(said, reading)
    assert isinstance(claim, EventClaim) and claim.place is not None
    assert claim.initiator == ("Military Forces of Russia",) and claim.place.entry is not None
    assert refused({**said, "place": "Алеппо"}, reading).reason is Reason.PLACE


WORDS = st.one_of(
    st.sampled_from([*re.findall(r"[\w’-]+", TEXT), "Wagner Group", "Kyiv", "31", "", "2024-11-29", "the army"]),
    st.text(max_size=12),
)
LISTS = st.lists(WORDS, max_size=2)
SAID = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*map(str, Kind)]),
        "quote": st.lists(st.integers(0, len(TEXT)).map(lambda at: TEXT[at : at + 40].strip()), min_size=1, max_size=2),
        "type": st.sampled_from([*map(str, EventType)]),
        "status": st.sampled_from([*map(str, Status)]),
        "predicate": st.sampled_from([*map(str, Predicate)]),
        "act": st.sampled_from([*map(str, Act)]),
        **dict.fromkeys(("initiator", "target", "holder", "side", "subject", "object", "speaker", "about"), LISTS),
        "attribution": LISTS,
        "place": st.none() | WORDS,
        "time": st.none() | WORDS,
        "extent": st.sampled_from(["all", "part", "70 positions", "12"]),
        "modality": st.sampled_from([*map(str, Modality)]),
        "figures": st.lists(st.fixed_dictionaries({"harm": st.sampled_from([*map(str, Harm)]), "number": WORDS})),
    }
)


@settings(max_examples=60, deadline=None)
@given(SAID)
def test_whatever_a_model_says_every_admitted_word_stands_in_the_report(said: dict[str, Any]) -> None:
    claim = admit(said)
    if isinstance(claim, Dropped):
        assert claim.what and claim.said
        return
    spans = [*claim.quotes, *(s for e in claim.evidence for s in e.spans)]
    assert all(TEXT[s.start : s.end] == s.text and s.text for s in spans)
    assert all(any(sentence.holds(q) for sentence in READING.sentences) for q in claim.quotes)
    told = {(n.min, n.max) for n in READING.numbers if not n.things}
    assert {(f.min, f.max) for f in getattr(claim, "figures", ())} <= told


def codes_in(schema: object) -> set[str]:
    if isinstance(schema, dict):
        return {*schema.get("enum", ()), *(c for v in schema.values() for c in codes_in(v))}
    return {c for v in schema for c in codes_in(v)} if isinstance(schema, list) else set()


def test_schema_holds_every_code_of_the_codebook_and_no_other() -> None:
    enumerations = (Kind, EventType, Status, Predicate, Act, Modality, Harm)
    assert codes_in(answer_schema()) == {str(code) for codes in enumerations for code in codes}


def test_schema_asks_for_every_key_and_allows_no_other() -> None:
    def objects(schema: object) -> list[dict[str, Any]]:
        if isinstance(schema, dict):
            inner = [o for v in schema.values() for o in objects(v)]
            return [schema, *inner] if schema.get("type") == "object" else inner
        return [o for v in schema for o in objects(v)] if isinstance(schema, list) else []

    found = objects(answer_schema())
    assert len(found) == 1 + len(Kind) + 2
    assert all(o["required"] == [*o["properties"]] and o["additionalProperties"] is False for o in found)


def test_instructions_name_every_code() -> None:
    for code in codes_in(answer_schema()):
        assert re.search(rf"\b{code}\b", INSTRUCTIONS), code


def test_example_of_the_instructions_passes_the_gate() -> None:
    match = re.search(r'Report:\n"""\n(.*?)\n"""\nAnswer:\n(.*)', INSTRUCTIONS, re.S)
    assert match is not None
    reading = read(match[1])
    claims = [admitted(said, reading) for said in json.loads(match[2])["claims"]]
    assert [c.kind for c in claims] == [Kind.EVENT, Kind.CONTROL, Kind.EVENT, Kind.STATEMENT]
