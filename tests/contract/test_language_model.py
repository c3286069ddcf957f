"""The client of OpenAI-compatible endpoints, against an endpoint on loopback: what it sends, and each way to fail."""

from __future__ import annotations

import socket

import pytest
from recorded_endpoint import Answer, RecordedEndpoint, completion, playing, refusal

from warledger.adapters.models.openai import MOST_BYTES, MOST_FAILURES, OpenAIEndpoint
from warledger.domain.errors import ModelError, TooLong, UsageError

SCHEMA = {"type": "object"}
KEY = "sk-of-the-test"


def model(endpoint: RecordedEndpoint, *, waits: list[float] | None = None, **options: float) -> OpenAIEndpoint:
    wait = (waits if waits is not None else []).append
    return OpenAIEndpoint(url=endpoint.url, model="small", key=KEY, wait=wait, **options)  # type: ignore[arg-type]


def ask(model: OpenAIEndpoint) -> str:
    return model.answer("Code.", "The report.", SCHEMA)


def failure(model: OpenAIEndpoint) -> str:
    with pytest.raises(ModelError) as caught:
        ask(model)
    assert "\n" not in str(caught.value) and KEY not in str(caught.value)
    return str(caught.value)


def test_it_sends_the_question_the_schema_and_the_key_to_the_named_address() -> None:
    with playing(completion('{"claims": []}')) as endpoint:
        assert ask(model(endpoint, max_tokens=77)) == '{"claims": []}'
    [asked] = endpoint.asked
    assert asked["path"] == "/v1/chat/completions" and asked["model"] == "small"
    assert [m["content"] for m in asked["messages"]] == ["Code.", "The report."]
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (asked["temperature"], asked["max_tokens"]) == (0, 77)
    assert endpoint.keys == [f"Bearer {KEY}"]


def test_without_a_key_none_is_sent() -> None:
    with playing(completion("{}")) as endpoint:
        ask(OpenAIEndpoint(url=endpoint.url + "/", model="small"))
    assert endpoint.keys == [None]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with playing(completion("{}")) as endpoint:
        assert ask(model(endpoint)) == "{}"


def test_redirect_is_not_followed() -> None:
    with playing(completion("{}")) as elsewhere, playing(Answer(body=b"", status=307)) as endpoint:
        endpoint.answers[0].headers["Location"] = elsewhere.url
        assert "answered 307" in failure(model(endpoint))
    assert elsewhere.asked == []


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_busy_endpoint_is_asked_again(status: int) -> None:
    waits: list[float] = []
    with playing(refusal(status, "busy"), completion("{}")) as endpoint:
        assert ask(model(endpoint, waits=waits)) == "{}"
    assert len(endpoint.asked) == 2 and waits == [1.0]


def test_it_waits_as_long_as_the_endpoint_asks_for() -> None:
    waits: list[float] = []
    later, much_later = (refusal(429, "slow down", **{"Retry-After": s}) for s in ("7", "86400"))
    with playing(later, much_later, completion("{}")) as endpoint:
        ask(model(endpoint, waits=waits))
    assert waits == [7.0, 60.0]


def test_endpoint_that_stays_busy_ends_in_a_line() -> None:
    with playing(refusal(503, "loading model")) as endpoint:
        assert failure(model(endpoint)).endswith("answered 503: loading model")
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "the key is refused"), (403, "the key has no right"), (404, "no such address or model")],
)
def test_refusal_that_lasts_is_met_once_a_run(status: int, said: str) -> None:
    with playing(refusal(status, f"Incorrect API key provided: {KEY}")) as endpoint:
        refused = model(endpoint)
        assert said in failure(refused) and said in failure(refused)
    assert len(endpoint.asked) == 1


def test_endpoint_that_is_down_is_tried_and_then_left_alone() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        waits: list[float] = []
        down = OpenAIEndpoint(url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1", model="m", wait=waits.append)
        assert "cannot be reached" in failure(down)
        assert waits == [1.0, 2.0]
        assert "cannot be reached" in failure(down)
        assert waits == [1.0, 2.0]


def test_connection_that_breaks_in_the_middle_is_tried_again() -> None:
    whole = completion("{}")
    with playing(Answer(body=whole.body[:30], promised=100), whole) as endpoint:
        assert ask(model(endpoint)) == "{}"


@pytest.mark.parametrize("pause_s", [0.06, 1.0])
def test_answer_that_takes_too_long_is_given_up_though_bytes_trickle(pause_s: float) -> None:
    with playing(Answer(body=b"{" + b" " * 50, pause_s=pause_s)) as endpoint:
        assert "no whole answer within 0.5 seconds" in failure(model(endpoint, timeout_s=0.5))
    assert len(endpoint.asked) == 1


def test_answer_without_end_is_given_up() -> None:
    with playing(Answer(body=b"x" * (MOST_BYTES + 1))) as endpoint:
        assert "longer than 8,000,000 bytes" in failure(model(endpoint))


def test_endpoint_that_fails_report_after_report_is_asked_no_more() -> None:
    with playing(completion(None)) as endpoint:
        empty = model(endpoint)
        for _ in range(MOST_FAILURES):
            assert "the answer is empty" in failure(empty)
        assert "asked no more after 3 failures in a row" in failure(empty)
    assert len(endpoint.asked) == MOST_FAILURES


def test_one_answer_in_between_starts_the_count_of_failures_again() -> None:
    bad, good = completion(" "), completion("{}")
    with playing(bad, bad, good, bad, bad, good) as endpoint:
        tried = model(endpoint)
        for works in (False, False, True, False, False, True):
            assert ask(tried) == "{}" if works else failure(tried)


def test_cut_answer_and_long_question_ask_for_less_at_a_time() -> None:
    long = refusal(400, "the request exceeds the available context size (4096 tokens)")
    with playing(completion('{"claims": [', ended="length"), long) as endpoint:
        for said in ("cut at the limit of tokens", "longer than the model holds"):
            with pytest.raises(TooLong, match=said):
                ask(model(endpoint))


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": null}]}', b"\xff"]
)
def test_answer_that_is_no_completion_is_a_line(body: bytes) -> None:
    with playing(Answer(body=body)) as endpoint:
        assert "no chat completion" in failure(model(endpoint))


def test_endpoint_that_takes_no_schema_is_asked_in_words_and_so_ever_after() -> None:
    with playing(refusal(400, "response_format is not supported"), completion("{}")) as endpoint:
        plain = model(endpoint)
        assert (ask(plain), ask(plain)) == ("{}", "{}")
    assert ["response_format" in asked for asked in endpoint.asked] == [True, False, False]


def test_option_that_is_refused_by_name_is_left_out_and_the_schema_kept() -> None:
    with playing(refusal(400, "Unsupported parameter: 'max_tokens'"), completion("{}")) as endpoint:
        ask(model(endpoint))
    assert "max_tokens" not in endpoint.asked[1] and "response_format" in endpoint.asked[1]


def test_endpoint_that_refuses_everything_ends_in_a_line() -> None:
    with playing(refusal(400, "no")) as endpoint:
        assert failure(model(endpoint)).endswith("answered 400: no")
    assert set(endpoint.asked[-1]) == {"path", "model", "messages"}


@pytest.mark.parametrize(
    ("url", "key"), [("http://127.0.0.1:port", None), ("http://127.0.0.1:1", "k\ney"), ("http://x", "clé")]
)
def test_address_or_key_that_is_none_is_bad_usage(url: str, key: str | None) -> None:
    with pytest.raises(UsageError, match="WARLEDGER_LLM_"):
        OpenAIEndpoint(url=url, model="m", key=key)
