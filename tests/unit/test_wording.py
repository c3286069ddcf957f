import numpy as np

from warledger.coding.wording import ROWS, stems, wording, wording_scores
from warledger.coding.words import Words, find_words
from warledger.read.sentences import split_sentences

BREACHED = "Rebels breached the city's defences on Friday, a monitor said."


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


def test_rows_are_those_of_the_quote_alone() -> None:
    words = words_of(BREACHED)
    stem = stems(words)
    short, whole = wording(stem, (0, 3), 1), wording(stem, (0, 8), 1)
    assert set(short) < set(whole)
    assert list(short) == sorted(set(short))
    assert short.min() >= 0 and short.max() < ROWS


def test_endings_and_capitals_change_no_row_and_marks_have_none() -> None:
    one, two = (
        stems(words_of(text)) for text in ("The rebels advanced, then stopped.", "THE REBELS ADVANCES, then stop.")
    )
    assert list(one[:3]) == list(two[:3])
    assert one[3] == two[3] == 0
    assert list(wording(one, (0, 2), 2)) == list(wording(one, (0, 3), 2))


def test_what_words_add_is_the_sum_of_their_rows() -> None:
    words = words_of(BREACHED)
    weights = np.random.default_rng(1).normal(size=(ROWS, 3)).astype(np.float32)
    rows = wording(stems(words), (0, 5), 1)
    added = wording_scores(words, np.array([1]), [(0, 5)], weights)
    np.testing.assert_allclose(added[0], weights[rows].sum(axis=0), rtol=1e-5)
    assert wording_scores(words, np.array([], dtype=np.int64), [], weights).shape == (0, 3)
