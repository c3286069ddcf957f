from collections import Counter

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from warledger.adapters.encoders.onnx import OnnxModel, load_model
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
    (encoded,) = built.encode([text], [[0, 10, 20, 30]])
    assert encoded.vectors[:, 0].tolist() == [i + 4 for i in range(26)]
    assert max(echo.widths) <= 10


def test_texts_of_every_length_come_back_in_their_order() -> None:
    texts = ["c", "", "a b c d e", "z"]
    built, _ = model(window=10, context=3)
    encoded = built.encode(texts, [[0]] * 4)
    assert [e.vectors[:, 0].tolist() for e in encoded] == [[6], [], [4, 5, 6, 7, 8], [29]]
    assert Counter(len(e.ends) for e in encoded) == Counter([1, 0, 5, 1])


def test_what_a_text_encodes_to_does_not_hang_on_the_texts_beside_it() -> None:
    built = load_model(Settings().data / "model")
    texts = ["Rebels took Saraqib on Friday.", "The army shelled Hama. " * 40, "حلقت طائرات فوق إدلب"]
    together = built.encode(texts, [[0]] * 3)
    for text, encoded in zip(texts, together, strict=True):
        (alone,) = built.encode([text], [[0]])
        assert np.array_equal(alone.vectors, encoded.vectors)
