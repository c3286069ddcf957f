from datetime import date

import attrs
import numpy as np
from attrs import evolve

from warledger.app import build
from warledger.coding.candidates import find_candidates, number_pool, place_pool, time_pool
from warledger.coding.decode import choose_anchors, decode
from warledger.coding.drawing import Filler
from warledger.coding.features import FEATURES, pair_features
from warledger.coding.figures import one_harm_each
from warledger.coding.intervals import control_interval, event_interval
from warledger.coding.labels import ACTOR_ROLES, CLASSES, CODES, GROUP_NAMES, GROUPS, MEMBERS, MODALITIES, group_of
from warledger.coding.scores import AnchorScores, RoleScores
from warledger.coding.words import find_words
from warledger.domain.claim import EventClaim
from warledger.domain.codes import Act, EventType, Modality
from warledger.domain.mention import ActorMention, Reading, TimeMention, ToponymMention
from warledger.domain.place import PlacePrecision
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.read.sentences import split_sentences
from warledger.settings import Settings

TEXT = "Troops left Kobani on Monday. By night they had reached Manbij, then halted."
PUBLISHED = date(2024, 11, 30)


def read(*, toponyms: tuple[ToponymMention, ...] = (), times: tuple[TimeMention, ...] = ()) -> Reading:
    report = Report(id="r", published=PUBLISHED, text=TEXT, sha256="", publisher=None, language="en")
    return Reading(report=report, sentences=split_sentences(TEXT), toponyms=toponyms, times=times, country="SY")


def mention(words: str, **kept: object) -> ToponymMention:
    at = TEXT.index(words)
    return ToponymMention(
        span=Span.of(TEXT, at, at + len(words)), name=words, entry=None, precision=PlacePrecision.EXACT, rule="test"
    )


def test_every_code_that_the_model_finds_belongs_to_one_group() -> None:
    assert sorted(CODES) == sorted({*EventType, *Act, "control", "toll"})
    assert MEMBERS.sum(axis=0).tolist() == [1] * len(CODES)
    assert all(GROUP_NAMES[group_of(code)] == name for name, codes in GROUPS.items() for code in codes)


def test_words_lie_where_they_stand_and_know_their_sentence() -> None:
    words = find_words(TEXT, split_sentences(TEXT))
    assert [TEXT[s:e] for s, e in zip(words.starts, words.ends, strict=True)][:4] == ["Troops", "left", "Kobani", "on"]
    assert words.span(*words.of(mention("Manbij").span)).text == "Manbij"
    assert words.sentence[words.at(TEXT.index("halted"))] == 1


def test_features_tell_side_distance_and_sentence() -> None:
    words = find_words(TEXT, split_sentences(TEXT))
    pool = place_pool(read(toponyms=(mention("Kobani"), mention("Manbij"))), words)
    left, halted = words.at(TEXT.index("left")), words.at(TEXT.index("halted"))
    features = pair_features(np.array([left, halted]), pool, words)
    named = {name: features[..., i] for i, name in enumerate(FEATURES)}
    assert named["same sentence"].tolist() == [[1, 0], [0, 1]]
    assert named["behind the word"].tolist() == [[1, 0], [0, 0]]
    assert named["before the word"].tolist() == [[0, 0], [0, 1]]
    assert named["sentence before"].tolist() == [[0, 0], [1, 0]]
    assert named["sentence after"].tolist() == [[0, 1], [0, 0]]


def test_of_near_words_of_one_group_the_likelier_keeps_the_claim() -> None:
    scores = np.zeros((8, 2), dtype=np.float32)
    scores[1, 0], scores[3, 0], scores[7, 0], scores[3, 1] = 0.5, 0.9, 0.6, 0.7
    sentence = np.zeros(8, dtype=np.int64)
    assert choose_anchors(scores, sentence, [0.3, 0.3]) == [(3, 0), (3, 1), (7, 0)]


def test_what_the_text_leaves_open_follows_the_codebook() -> None:
    past = event_interval(None, PUBLISHED, Modality.ASSERTED)
    ahead = event_interval(None, PUBLISHED, Modality.PLANNED)
    assert (past.start, past.end, past.precision) == (None, PUBLISHED, TimePrecision.OPEN)
    assert (ahead.start, ahead.end) == (PUBLISHED, None)
    held = control_interval(None, PUBLISHED)
    assert (held.start, held.end) == (PUBLISHED, None)


def test_control_holds_from_the_day_that_the_text_gives() -> None:
    monday = Interval.day(date(2024, 11, 25))
    said = TimeMention(span=Span.of(TEXT, 22, 28), interval=monday, value="2024-11-25", role="point", rule="test")
    assert control_interval(said, PUBLISHED).start == date(2024, 11, 25)
    assert control_interval(said, PUBLISHED).end is None
    week = Interval(start=date(2024, 11, 25), end=date(2024, 12, 1), precision=TimePrecision.WEEK)
    last_week = attrs.evolve(said, interval=week)
    assert control_interval(last_week, PUBLISHED).precision is TimePrecision.WEEK


def test_a_duration_is_no_candidate_for_a_date() -> None:
    words = find_words(TEXT, split_sentences(TEXT))
    day = Interval.day(date(2024, 11, 25))
    times = (
        TimeMention(span=Span.of(TEXT, 22, 28), interval=day, value="2024-11-25", role="point", rule="test"),
        TimeMention(span=Span.of(TEXT, 30, 38), interval=None, value="P1D", role="duration", rule="test"),
    )
    assert len(time_pool(read(times=times), words)) == 1


COUNTED = "On 3 May shells fell on Toretsk; at least 12 died, 4 of them women, and 3 tanks burned 40 km away."


def test_numbers_that_count_people_are_candidates_with_or_without_a_noun() -> None:
    report = Report(id="r", published=date(2024, 5, 4), text=COUNTED, sha256="", publisher=None, language="en")
    reading = build(Settings()).read(report)
    pool = number_pool(reading, find_words(COUNTED, reading.sentences))
    assert [(value.min, value.max) for value in pool.values] == [(12, None), (4, 4)]
    assert {m.span.text for m in reading.numbers if m.things} >= {"3", "40"}


def test_a_number_counts_one_harm_and_numbers_outside_the_quote_give_way_to_those_inside() -> None:
    text = "The army lost 570 men, its deadliest day; 31 civilians were killed, 12 of them in Idlib on Monday."
    quote = Span.of(text, 0, text.index(","))

    def counted(words: str, score: float) -> Filler:
        at = text.index(words)
        return Filler(value=words, span=Span.of(text, at, at + len(words)), rule="test", score=score)

    told = one_harm_each({"killed": [counted("570", 0.6)], "casualties": [counted("570", 0.8)]}, quote)
    assert [[f.value for f in told[harm]] for harm in ("killed", "casualties")] == [[], ["570"]]
    told = one_harm_each({"killed": [counted("31", 0.9), counted("570", 0.7)], "wounded": [counted("12", 0.9)]}, quote)
    assert [[f.value for f in told[harm]] for harm in ("killed", "wounded")] == [["570"], ["12"]]


def gain(*, likely_code: str, initiator: dict[str, float], target: dict[str, float]) -> EventClaim:
    """The claim of a place taken in Syria, with the odds given."""
    names = ("Military Forces of Syria", "Hayat Tahrir al-Sham")
    spans = [Span.of(TEXT, TEXT.index(w), TEXT.index(w) + len(w)) for w in ("Troops", "they")]
    said = [ActorMention(span=s, actors=(n,), form="name", rule="test") for s, n in zip(spans, names, strict=True)]
    reading = evolve(read(), actors=tuple(said))
    words = find_words(TEXT, reading.sentences)
    app = build(Settings())
    candidates = find_candidates(reading, words, app.actors)
    odds = np.full((1, 2, len(ACTOR_ROLES)), -9.0, dtype=np.float32)
    for role, by_name in (("initiator", initiator), ("target", target)):
        odds[0, :, ACTOR_ROLES.index(role)] = [by_name.get(n, -9.0) for n in candidates.actors.values]
    empty = {n: np.zeros((1, 0, len(roles)), dtype=np.float32) for n, roles in CLASSES.items()}
    roles = {n: RoleScores(values=v, best=v.astype(np.int64)) for n, v in empty.items()}
    roles["actors"] = RoleScores(values=odds, best=np.arange(2)[None, :, None].repeat(len(ACTOR_ROLES), axis=2))
    code = np.zeros((1, len(CODES)), dtype=np.float32)
    for name in ("nonstate_takes_territory", "government_regains_territory"):
        code[0, CODES.index(name)] = 0.6 if name == likely_code else 0.4
    first = np.eye(1, len(MODALITIES), dtype=np.float32)
    scores = AnchorScores(
        roles=roles, quotes=((0, 3),), code=code, modality=first, status=np.eye(1, 4), extent=np.eye(1, 4)
    )
    groups = np.ones((len(words), len(GROUP_NAMES)), dtype=np.float32)
    (claim,) = decode(reading, candidates, [(1, group_of(likely_code))], groups, scores, (), app.actors)
    assert isinstance(claim, EventClaim)
    return claim


def test_who_took_a_place_and_whose_gain_it_is_are_chosen_together() -> None:
    army, rebels = "Military Forces of Syria", "Hayat Tahrir al-Sham"
    lost = gain(likely_code="nonstate_takes_territory", initiator={army: 0.5, rebels: 0.4}, target={army: 2.0})
    assert (lost.type, lost.initiator, lost.target) == ("nonstate_takes_territory", (rebels,), (army,))
    regained = gain(likely_code="nonstate_takes_territory", initiator={army: 3.0, rebels: -1.0}, target={rebels: 1.0})
    assert (regained.type, regained.initiator, regained.target) == ("government_regains_territory", (army,), (rebels,))
    silent = gain(likely_code="nonstate_takes_territory", initiator={}, target={army: 2.0})
    assert (silent.type, silent.initiator, silent.target) == ("nonstate_takes_territory", (), (army,))
    unsaid = gain(likely_code="government_regains_territory", initiator={}, target={army: 2.0})
    assert (unsaid.type, unsaid.initiator, unsaid.target) == ("nonstate_takes_territory", (), (army,))
