"""A language model behind an OpenAI-compatible endpoint: a question in, the answer's text out, over one method.

Asks with the JSON schema where the endpoint takes one and with words alone where it does not. Asks again after a broken
connection, 408, 429 and 5xx; not after a refused key, an unknown model or an answer that takes too long. An endpoint
that fails a run's reports one after the other is asked no more. Neither the proxies, the passwords nor the keys of the
environment are used, and redirects are not followed: the report and the key go to the address of the settings only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from warledger.domain.errors import ModelError, TooLong, UsageError

MOST_BYTES = 8_000_000
"""An answer longer than this is none."""
MOST_FAILURES = 3
"""After so many reports in a row that got no answer the endpoint is asked no more."""
_ASK_AGAIN = (408, 429, 500, 502, 503, 504)
_FINAL = {
    401: "the key is refused (401); set WARLEDGER_LLM_KEY",
    403: "the key has no right to this (403)",
    404: "no such address or model (404); look at WARLEDGER_LLM_URL and WARLEDGER_LLM_MODEL",
}
_LONGEST_WAIT_S = 60.0
_SHOWN_CHARS = 200
Body = dict[str, Any]


class OpenAIEndpoint:
    """A model behind `{url}/chat/completions`; fits `ports.LanguageModel`.

    Args:
        url: the base address, `http://127.0.0.1:8080/v1`.
        model: the model's name there.
        key: sent as a bearer token, or None.
        timeout_s: seconds that a whole answer may take.
        max_tokens: tokens that an answer may have.
        attempts: how often a question is asked where the connection or the server fails.
        wait: sleeps for so many seconds.

    Raises:
        UsageError: the address is none, or the key none.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        key: str | None = None,
        timeout_s: float = 120.0,
        max_tokens: int = 4096,
        attempts: int = 3,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = model
        if not url.startswith(("http://", "https://")):
            raise UsageError("WARLEDGER_LLM_URL: must start with http:// or https://")
        try:
            self._url = httpx.URL(url.rstrip("/") + "/chat/completions")
        except httpx.InvalidURL as error:
            raise UsageError(f"WARLEDGER_LLM_URL: {error}") from error
        if key is not None and not (key.isascii() and key.isprintable()):
            raise UsageError("WARLEDGER_LLM_KEY: holds characters that no key has")
        self._key, self._timeout_s, self._attempts, self._wait = key, timeout_s, attempts, wait
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        self._client = httpx.Client(headers=headers, timeout=timeout_s, trust_env=False, follow_redirects=False)
        self._options: Body = {"temperature": 0, "max_tokens": max_tokens}
        self._takes_schema = True
        self._failures = 0
        self._final: ModelError | None = None

    def answer(self, instructions: str, question: str, schema: Mapping[str, Any]) -> str:
        """Answer a question; see `ports.LanguageModel.answer`."""
        if self._final is not None:
            raise self._final
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": question}]
        try:
            answer = self._completion({"model": self.name, "messages": messages}, schema)
        except TooLong:
            self._failures = 0
            raise
        except ModelError as error:
            self._failures += 1
            if self._failures >= MOST_FAILURES and self._final is None:
                self._final = ModelError(f"{error}; asked no more after {MOST_FAILURES} failures in a row")
            raise
        self._failures = 0
        return answer

    def _completion(self, body: Body, schema: Mapping[str, Any]) -> str:
        """Ask, with fewer options each time that the endpoint refuses one."""
        while True:
            form = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema}}
            wish = {"response_format": form} if self._takes_schema else {}
            status, said = self._ask(body | self._options | wish)
            if status == 200:
                return _content(said)
            what = self._message(said)
            if status in (400, 413, 422) and any(
                word in what.casefold() for word in ("context", "too long", "too large")
            ):
                raise TooLong(f"the report is longer than the model holds ({status}: {what})")
            if status not in (400, 422) or not self._drop_option(what):
                raise self._refusal(status, what)

    def _drop_option(self, what: str) -> bool:
        """Leave out the option that a refusal names, else the schema, else all; False where none is left."""
        named = [option for option in self._options if option in what]
        if named:
            self._options = {k: v for k, v in self._options.items() if k not in named}
        elif self._takes_schema:
            self._takes_schema = False
        elif self._options:
            self._options = {}
        else:
            return False
        return True

    def _refusal(self, status: int, what: str) -> ModelError:
        if status in _FINAL:
            self._final = ModelError(f"{self._host}: {_FINAL[status]}" + (f": {what}" if what else ""))
            return self._final
        return ModelError(f"{self._host}: answered {status}" + (f": {what}" if what else ""))

    def _ask(self, body: Body) -> tuple[int, bytes]:
        """Send one question, again where that may help; the status and the bytes of the answer."""
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            try:
                response, said = self._send(body)
            except httpx.TimeoutException as error:
                raise self._too_slow(error) from error
            except httpx.TransportError as error:
                if last:
                    raise self._unreachable(error) from error
                self._wait(2.0 ** (attempt - 1))
                continue
            if response.status_code not in _ASK_AGAIN or last:
                return response.status_code, said
            self._wait(_seconds(response.headers.get("retry-after"), 2.0 ** (attempt - 1)))
        raise AssertionError("unreachable")

    def _send(self, body: Body) -> tuple[httpx.Response, bytes]:
        """Send and read, within one limit of time and of bytes for the whole answer."""
        ends, said = time.monotonic() + self._timeout_s, bytearray()
        with self._client.stream("POST", self._url, json=body) as response:
            for chunk in response.iter_bytes():
                said += chunk
                if len(said) > MOST_BYTES:
                    raise ModelError(f"{self._host}: the answer is longer than {MOST_BYTES:,} bytes")
                if time.monotonic() > ends:
                    raise httpx.ReadTimeout("trickles")
        return response, bytes(said)

    def _too_slow(self, error: httpx.TimeoutException) -> ModelError:
        if isinstance(error, httpx.ConnectTimeout):
            return self._unreachable(error)
        return ModelError(
            f"{self._host}: no whole answer within {self._timeout_s:g} seconds; set WARLEDGER_LLM_TIMEOUT higher"
        )

    def _unreachable(self, error: httpx.TransportError) -> ModelError:
        failed = ModelError(f"{self._host}: cannot be reached ({error or type(error).__name__})")
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)):
            self._final = failed
        return failed

    @property
    def _host(self) -> str:
        return self._url.netloc.decode() or str(self._url)

    def _message(self, said: bytes) -> str:
        """What a refusal says, in one line, without the key."""
        text = said.decode("utf-8", "replace")
        try:
            error = json.loads(text)["error"]
            text = str(error["message"] if isinstance(error, dict) else error)
        except (ValueError, LookupError, TypeError, RecursionError):
            pass
        line = " ".join(text.split())
        return (line.replace(self._key, "***") if self._key else line)[:_SHOWN_CHARS]


def _content(said: bytes) -> str:
    """The text of a chat completion.

    Raises:
        TooLong: the answer was cut at the limit of tokens.
        ModelError: it is no chat completion, or has no text.
    """
    try:
        choice = json.loads(said)["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError("the endpoint's answer is no chat completion") from error
    if ended == "length":
        raise TooLong("the answer was cut at the limit of tokens; set WARLEDGER_LLM_MAX_TOKENS higher")
    if not isinstance(content, str) or not content.strip():
        raise ModelError(f"the answer is empty (finish_reason {ended})")
    return content


def _seconds(said: str | None, otherwise: float) -> float:
    """Seconds to wait as a Retry-After header says them; a date there counts as none given."""
    try:
        return min(max(float(said or ""), 0.0), _LONGEST_WAIT_S)
    except ValueError:
        return otherwise
