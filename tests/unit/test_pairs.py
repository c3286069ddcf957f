import numpy as np
import pytest

from warledger.coding.pairs import LEAST, REACH, RELATIONS, ROWS, likely_pairs, pairs_in
from warledger.coding.sketch import Sketch, Slot
from warledger.domain.codes import Predicate
from warledger.domain.relationcues import SLOTS
from warledger.domain.span import Span


def drawn(*parts: str) -> Sketch:
    """A sentence of words and of actors, these as "group:Name"."""
    text, report, slots, offsets = "", "", {}, []
    for part in parts:
        sort, _, name = part.rpartition(":")
        words = f"{name} "
        start = len(report)
        report += words
        if not sort:
            text += words
            offsets += range(start, start + len(words))
            continue
        sign = chr(SLOTS[sort] + len(slots))
        slots[sign] = Slot(span=Span(start=start, end=start + len(name)), actors=(name,), sort=sort, rule="test")
        text += f"{sign} "
        offsets += [start, start + len(name)]
    return Sketch(text=text, offsets=(*offsets, len(report)), slots=slots, report=report)


def told(sentence: Sketch, predicate: Predicate, *, first: bool, weight: float) -> np.ndarray:
    """Weights by which the words of a sentence's one pair tell a relation."""
    weights = np.zeros((ROWS, 1 + len(RELATIONS)), dtype=np.float32)
    [(_, _, rows)] = pairs_in(sentence)
    weights[np.unique(rows), 1 + RELATIONS.index((predicate, first))] = weight
    return weights


def test_words_between_two_actors_tell_who_stands_to_whom() -> None:
    sentence = drawn("group:Fano", "was armed last year by", "state:Government of Eritrea")
    [pair] = likely_pairs(sentence, told(sentence, Predicate.SUPPORTS, first=False, weight=1.0))
    assert (pair.subject.actors, pair.object.actors) == (("Government of Eritrea",), ("Fano",))
    assert pair.predicate is Predicate.SUPPORTS and pair.probability > 0.99
    [other] = likely_pairs(sentence, told(sentence, Predicate.PART_OF, first=True, weight=1.0))
    assert (other.subject.actors, other.predicate) == (("Fano",), Predicate.PART_OF)


def test_what_no_weight_tells_of_is_no_relation() -> None:
    sentence = drawn("group:Fano", "fled from", "state:Government of Eritrea")
    weights = told(sentence, Predicate.SUPPORTS, first=True, weight=0.0)
    weights[:, 0] = 1.0
    assert list(likely_pairs(sentence, weights)) == []
    assert list(likely_pairs(drawn("nobody is here"), weights)) == []


def test_words_weigh_the_same_whoever_the_actors_are() -> None:
    one = drawn("group:Fano", "is led by", "person:Zemene Kassie")
    [pair] = likely_pairs(
        drawn("group:Hamas", "is led by", "person:Yahya Sinwar"),
        told(one, Predicate.CONTROLS_GROUP, first=False, weight=1.0),
    )
    assert pair.subject.actors == ("Yahya Sinwar",)


@pytest.mark.parametrize(("words", "pairs"), [(REACH, 1), (REACH + 1, 0)])
def test_two_actors_too_far_apart_are_no_pair(words: int, pairs: int) -> None:
    assert len(list(pairs_in(drawn("group:Fano", " ".join(["and"] * words), "group:Hamas")))) == pairs


def test_one_actor_named_twice_is_no_pair() -> None:
    assert list(pairs_in(drawn("group:Fano", "said that", "pronoun:Fano"))) == []


def test_the_likeliest_relation_comes_first() -> None:
    sentence = drawn("group:Fano", "backs", "group:Hamas", "and", "group:Hezbollah")
    weights = np.zeros((ROWS, 1 + len(RELATIONS)), dtype=np.float32)
    for number, (_, _, rows) in enumerate(pairs_in(sentence)):
        weights[np.unique(rows), 1] += 0.1 * number
    chances = [pair.probability for pair in likely_pairs(sentence, weights)]
    assert chances == sorted(chances, reverse=True) and min(chances) >= LEAST
