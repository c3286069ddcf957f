"""Answers of language models as they come: with words around the JSON, cut, broken, or none at all."""

from __future__ import annotations

import json

import pytest

from warledger.coding.llm.proposals import Proposal, read_answer
from warledger.domain.coded import Dropped
from warledger.domain.errors import ModelError

ANSWER = json.dumps(
    {"claims": [{"kind": "statement", "quote": "Iran condemned it", "act": "condemn", "speaker": "Iran"}]}
)


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        f"```json\n{ANSWER}\n```",
        f"Here is the coding:\n{ANSWER}\nI hope that this helps {{a bit}}.",
        f"<think>An object {{like this}} is asked for.</think>{ANSWER}",
    ],
)
def test_words_around_the_object_are_passed_over(answer: str) -> None:
    [proposal] = read_answer(answer)
    assert isinstance(proposal, Proposal)
    assert (proposal.code, proposal.quotes, proposal.roles["speaker"]) == ("condemn", ("Iran condemned it",), ("Iran",))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("I cannot help with that.", "is no JSON: 'I cannot help with that.'"),
        ("[]", "is no JSON"),
        (ANSWER[:-20], "is broken JSON"),
        ('{"claims": [{]}', "is broken JSON"),
        ('{"a": ' * 100_000, "is broken JSON"),
        ('{"events": []}', "has no list of claims"),
        ('{"claims": {}}', "has no list of claims"),
    ],
)
def test_answer_that_cannot_be_read_is_a_plain_line(answer: str, said: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_answer(answer)
    assert said in str(caught.value) and len(str(caught.value)) < 250


def test_no_claims_is_an_answer() -> None:
    assert read_answer('{"claims": []}') == []


def test_half_a_character_can_still_be_printed() -> None:
    [dropped] = read_answer('{"claims": [{"kind": "rumour \\ud83d"}]}')
    assert isinstance(dropped, Dropped)
    assert f"{dropped.what} {dropped.said}".encode()
