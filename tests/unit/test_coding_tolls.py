"""How many claims a sentence makes of its numbers and its places, given what the network would score."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from warledger.app import App, build
from warledger.coding.candidates import find_candidates
from warledger.coding.decode import decode
from warledger.coding.drawing import Filler
from warledger.coding.figures import by_side, with_parts
from warledger.coding.labels import CLASSES, CODES, GROUP_NAMES, MODALITIES, NUMBER_ROLES, group_of
from warledger.coding.scores import AnchorScores, RoleScores
from warledger.coding.words import find_words
from warledger.domain.claim import Claim, TollClaim
from warledger.domain.mention import Reading
from warledger.domain.report import Report
from warledger.settings import Settings


@pytest.fixture(scope="module")
def app() -> App:
    return build(Settings())


def read(text: str, app: App) -> Reading:
    return app.read(Report(id="r", published=date(2024, 11, 30), text=text, sha256="", language="en"))


def killed(text: str, app: App) -> tuple[Reading, dict[str, list[Filler]]]:
    """Every number of a text, taken for one of the killed."""
    reading = read(text, app)
    numbers: dict[str, list[Filler]] = {harm: [] for harm in NUMBER_ROLES}
    numbers["killed"] = [Filler(value=n, span=n.span, rule="model", score=0.9) for n in reading.numbers]
    return reading, numbers


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("So far 31 civilians and 525 soldiers have died.", [[31], [525]]),
        ("So far 14 rebel fighters and eight militiamen have died.", [[14], [8]]),
        ("So far 27 soldiers, two of them women, and nine civilians have died.", [[27, 2], [9]]),
        ("So far 300 people have died, 40 of them children.", [[300, 40]]),
        ("So far 12 women and nine men have died.", [[12, 9]]),
    ],
)
def test_a_toll_is_told_once_for_each_side(text: str, tolls: list[list[int]], app: App) -> None:
    _, numbers = killed(text, app)
    assert [[f.value.min for f in toll["killed"]] for toll in by_side(numbers)] == tolls


def test_a_harm_of_one_side_stays_with_its_sort() -> None:
    app = build(Settings())
    _, numbers = killed("So far 31 civilians and 525 soldiers have died.", app)
    (hurt,) = killed("Some 60 soldiers were hurt.", app)[1]["killed"]
    numbers["wounded"] = [hurt]
    assert [len(toll["wounded"]) for toll in by_side(numbers)] == [0, 1]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Shells killed 27 people, eight of them children.", [27, 8]),
        ("Shells killed 2,300 soldiers, about 400 of them in the last day.", [2300]),
    ],
)
def test_parts_of_a_figure_say_who_they_are(text: str, counted: list[int], app: App) -> None:
    reading, numbers = killed(text, app)
    numbers["killed"] = numbers["killed"][:1]
    assert [f.value.min for f in with_parts(numbers, reading)["killed"]] == counted


def claims(text: str, word: str, code: str, modality: str, quote: str, app: App) -> list[Claim]:
    """What a text's only anchor makes where the network likes Saraqib, and the first actor, time and number."""
    reading = read(text, app)
    words = find_words(text, reading.sentences)
    candidates = find_candidates(reading, words, app.actors)
    pools = {"actors": candidates.actors, "places": candidates.places, "times": candidates.times}
    pools["numbers"] = candidates.numbers
    roles = {}
    for name, pool in pools.items():
        count = int(pool.value.max()) + 1 if len(pool.value) else 0
        odds = np.full((1, count, len(CLASSES[name])), -9.0, dtype=np.float32)
        liked = next((v for v, value in enumerate(pool.values) if getattr(value, "name", "") == "Saraqib"), 0)
        odds[0, liked : liked + 1] = 3.0
        if name == "numbers":
            odds[0, :, NUMBER_ROLES.index("killed")] = 3.0
        first = [int(np.flatnonzero(pool.value == v)[0]) for v in range(count)]
        best = np.array(first, dtype=np.int64)[None, :, None].repeat(len(CLASSES[name]), axis=2)
        roles[name] = RoleScores(values=odds, best=best)
    one = np.zeros((1, len(CODES)), dtype=np.float32)
    one[0, CODES.index(code)] = 1
    held = np.zeros((1, len(MODALITIES)), dtype=np.float32)
    held[0, MODALITIES.index(modality)] = 1
    ends = words.at(text.index(quote)), words.at(text.index(quote) + len(quote) - 1)
    scores = AnchorScores(
        roles=roles, quotes=(ends,), code=one, modality=held, status=np.eye(1, 4), extent=np.eye(1, 4)
    )
    groups = np.ones((len(words), len(GROUP_NAMES)), dtype=np.float32)
    return list(
        decode(reading, candidates, [(words.at(text.index(word)), group_of(code))], groups, scores, (), app.actors)
    )


def test_a_place_listed_behind_the_quote_is_quoted_beside_it(app: App) -> None:
    text = "Syrian rebels took Saraqib, Khan Shaykhun and Maarat Misrin on Friday."
    found = claims(text, "took", "control", "asserted", "Syrian rebels took Saraqib", app)
    quotes = [tuple(q.text for q in c.quotes) for c in found]
    assert quotes[0] == ("Syrian rebels took Saraqib",)
    assert quotes[1:] == [(quotes[0][0], "Khan Shaykhun"), (quotes[0][0], "Maarat Misrin")]


def test_a_place_that_is_to_be_taken_is_held_by_nobody(app: App) -> None:
    text = "Syrian rebels will take Saraqib."
    assert claims(text, "take", "control", "planned", text, app) == []
    assert len(claims(text, "take", "control", "asserted", text, app)) == 1


@pytest.mark.parametrize(("told", "place"), [("since Wednesday", "Syria"), ("on Friday", "Saraqib")])
def test_the_dead_of_several_days_are_not_those_of_a_town_named_elsewhere(told: str, place: str, app: App) -> None:
    text = f"Fighting shook Saraqib in Syria. In all 300 people have been killed {told}."
    (toll,) = claims(text, "killed", "toll", "asserted", f"300 people have been killed {told}", app)
    assert isinstance(toll, TollClaim) and toll.place is not None
    assert toll.place.name == place
