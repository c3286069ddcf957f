import numpy as np

from warledger.coding.wording import ROWS, wording, wording_scores
from warledger.coding.words import Words, find_words
from warledger.read.sentences import split_sentences

BREACHED = "Rebels breached the city's defences on Friday, a monitor said."


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


def test_rows_are_those_of_the_quote_alone() -> None:
    said = wording(words_of(BREACHED))
    short, whole = said.rows((0, 3), 1), said.rows((0, 8), 1)
    assert set(short) < set(whole)
    assert list(short) == sorted(set(short))
    assert short.min() >= 0 and short.max() < ROWS


def test_endings_and_capitals_change_no_row_and_marks_have_none() -> None:
    texts = ("The rebels advanced, then stopped.", "THE REBELS ADVANCES, then stop.")
    one, two = (wording(words_of(text)) for text in texts)
    assert list(one.rows((0, 2), 2)) == list(two.rows((0, 2), 2)) == list(one.rows((0, 3), 2))
    assert 3 not in one.at


def test_a_quote_of_marks_alone_has_no_rows() -> None:
    assert len(wording(words_of("Calm, then fire.")).rows((1, 1), 1)) == 0


def test_what_words_add_is_the_sum_of_their_rows() -> None:
    words = words_of(BREACHED)
    weights = np.random.default_rng(1).normal(size=(ROWS, 3)).astype(np.float32)
    rows = wording(words).rows((0, 5), 1)
    added = wording_scores(words, np.array([1]), [(0, 5)], weights)
    np.testing.assert_allclose(added[0], weights[rows].sum(axis=0), rtol=1e-5)
    assert wording_scores(words, np.array([], dtype=np.int64), [], weights).shape == (0, 3)
