"""Answers: made once for a question and a state of the ledger, told by an ETag, compressed, kept while they are wanted.

A question is the path with its parameters; the state is the end of the hash chain. The same question to the same state
is answered from memory, or with 304 where whoever asks has the answer already.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from attrs import frozen
from fastapi import Request
from isal import isal_zlib
from pydantic_core import to_json
from starlette.responses import Response

LEAST_COMPRESSED = 1_000
"""Bytes; a shorter answer is sent as it is."""
_GZIP_BITS = 31
_LEVEL = 1


@frozen(kw_only=True)
class Kept:
    """An answer as it is sent."""

    body: bytes
    compressed: bytes | None
    media_type: str

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.compressed or b"")


class Answers:
    """Answers to questions that came before, up to some bytes; the longest unused go first.

    Args:
        most_bytes: of all answers together.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> Kept | None:
        """The answer of a tag."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def put(self, tag: str, kept: Kept) -> None:
        """Keep an answer, unless it alone is more than a quarter of all."""
        if kept.size > self._most // 4:
            return
        with self._lock:
            if tag not in self._kept:
                self._kept[tag] = kept
                self._held += kept.size
            while self._held > self._most:
                _, gone = self._kept.popitem(last=False)
                self._held -= gone.size


def tag_of(request: Request, state: str) -> str:
    """The ETag of a question to a state: equal where both are; weak, since it is the same whether compressed or not."""
    parameters = sorted(f"{k}={v}" for k, v in request.query_params.multi_items())
    asked = "\n".join((state, request.headers.get("host", ""), request.url.path, *parameters))
    return f'W/"{hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the answer already."""
    said = request.headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")
    return said.strip() == "*" or any(t.strip().removeprefix("W/") == bare for t in said.split(","))


def finished(content: Any, media_type: str) -> Kept:
    """Write and compress an answer: text as it stands, anything else as JSON."""
    body = content.encode() if isinstance(content, str) else content if isinstance(content, bytes) else to_json(content)
    compressed = None
    if len(body) >= LEAST_COMPRESSED:
        compressed = isal_zlib.compress(body, _LEVEL, _GZIP_BITS)
    return Kept(body=body, compressed=compressed, media_type=media_type)


def sent(request: Request, kept: Kept, tag: str | None, *, public: bool) -> Response:
    """The response of an answer."""
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "public, no-cache" if public else "private, no-cache"}
    if tag is not None:
        headers["ETag"] = tag
    body = kept.body
    if kept.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = kept.compressed
    return Response(body, media_type=kept.media_type, headers=headers)


def answer(
    request: Request,
    answers: Answers,
    state: str,
    make: Callable[[], Any],
    *,
    media_type: str = "application/json",
    public: bool = False,
) -> Response:
    """Answer a question, from memory where it was asked before.

    Args:
        request: the question.
        answers: those kept.
        state: what the answer rests on, besides the question.
        make: makes it, where it is new.
        media_type: of the body.
        public: whether anybody may keep it.
    """
    tag = tag_of(request, state)
    if is_known(request, tag):
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept-Encoding"})
    kept = answers.get(tag)
    if kept is None:
        kept = finished(make(), media_type)
        answers.put(tag, kept)
    return sent(request, kept, tag, public=public)
