from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from warledger.adapters.encoders.onnx import (
    AHEAD,
    EXACT_BY_THEMSELVES,
    EXACT_PRODUCTS,
    OnnxModel,
    load_model,
    processor_flags,
)
from warledger.settings import Settings


class Echo:
    """An encoder that answers each piece with its own number and how many windows it has been asked."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def run(self, _: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        self.widths.append(inputs["ids"].shape[1])
        return [np.repeat(inputs["ids"][..., None], 4, axis=2).astype(np.float32)]


def model(window: int, context: int) -> tuple[OnnxModel, Echo]:
    letters = {c: i + 4 for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")}
    tokenizer = Tokenizer(models.WordLevel({**letters, "?": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    echo = Echo()
    heads = {"group.weight": np.zeros((1, 4), dtype=np.float32)}
    built = OnnxModel(
        languages=("en",),
        heads=heads,
        session=echo,  # type: ignore[arg-type]
        tokenizer=tokenizer,
        window=window,
        context=context,
    )
    return built, echo


def test_a_text_longer_than_the_window_loses_no_piece() -> None:
    text = " ".join("abcdefghijklmnopqrstuvwxyz")
    built, echo = model(window=10, context=3)
    (encoded,) = built.encode([(text, [0, 10, 20, 30])])
    assert encoded.vectors[:, 0].tolist() == [i + 4 for i in range(26)]
    assert max(echo.widths) <= 10


def test_texts_of_every_length_come_back_in_their_order() -> None:
    texts = ["c", "", "a b c d e", "z"]
    built, _ = model(window=10, context=3)
    encoded = list(built.encode((text, [0]) for text in texts))
    assert [e.vectors[:, 0].tolist() for e in encoded] == [[6], [], [4, 5, 6, 7, 8], [29]]
    assert Counter(len(e.ends) for e in encoded) == Counter([1, 0, 5, 1])


def test_what_a_text_encodes_to_does_not_hang_on_the_texts_beside_it() -> None:
    built = load_model(Settings().data / "model")
    texts = ["Rebels took Saraqib on Friday.", "The army shelled Hama. " * 40, "حلقت طائرات فوق إدلب"]
    together = built.encode((text, [0]) for text in texts)
    for text, encoded in zip(texts, together, strict=True):
        (alone,) = built.encode([(text, [0])])
        assert np.array_equal(alone.vectors, encoded.vectors)


def test_texts_are_asked_for_no_further_ahead_than_they_are_taken() -> None:
    asked: list[str] = []

    def texts() -> Iterator[tuple[str, list[int]]]:
        for letter in "ab" * AHEAD:
            asked.append(letter)
            yield letter, [0]

    built, _ = model(window=10, context=3)
    encoded = built.encode(texts())
    next(encoded)
    assert len(asked) == AHEAD + 1
    next(encoded)
    assert len(asked) == AHEAD + 2
    assert len(list(encoded)) == 2 * AHEAD - 2


def test_what_linux_tells_of_the_processor_says_whether_products_are_exact_by_themselves(tmp_path: Path) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text("processor\t: 0\nflags\t\t: fpu sse2 avx2 avx512_vnni\n\nprocessor\t: 1\nflags\t\t: fpu\n")
    assert processor_flags(told) >= {"avx2", "avx512_vnni"}
    assert processor_flags(tmp_path / "missing") == frozenset()
    told.write_text("processor\t: 0\nBogoMIPS\t: 50.00\n")
    assert processor_flags(told) == frozenset()


def test_products_made_exact_are_those_of_a_processor_that_makes_them_exact_by_itself() -> None:
    if not processor_flags() & EXACT_BY_THEMSELVES:
        pytest.skip("this processor cuts 8-bit sums off by itself")
    card, options = Settings().data / "model" / "encoder.onnx", onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry(*EXACT_PRODUCTS)
    made = onnxruntime.InferenceSession(str(card), options, providers=["CPUExecutionProvider"])
    ids = np.arange(5, 200, dtype=np.int64)[None]
    asked = {"ids": ids}
    by_itself = load_model(Settings().data / "model").session
    assert np.array_equal(made.run(None, asked)[0], by_itself.run(None, asked)[0])
