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
    """An answer as most are sent it: a long one is kept in gzip alone, which is a tenth of it.

    Args:
        body: its bytes.
        compressed: whether they are in gzip.
        media_type: of what is in it.
    """

    body: bytes
    compressed: bool
    media_type: str

    @property
    def plain(self) -> bytes:
        """The body for whoever takes no gzip."""
        return isal_zlib.decompress(self.body, _GZIP_BITS) if self.compressed else self.body


class Answers:
    """Answers to questions that came before, up to some bytes; the longest unused go first.

    Args:
        most_bytes: of all answers together.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._making: dict[str, Lock] = {}
        self._lock = Lock()

    def answer(self, tag: str, make: Callable[[], Kept]) -> Kept:
        """The answer of a tag, made where it is not kept; whoever asks for it meanwhile waits for it."""
        kept = self._get(tag)
        if kept is not None:
            return kept
        with self._lock:
            making = self._making.setdefault(tag, Lock())
        with making:
            try:
                kept = self._get(tag)
                if kept is None:
                    kept = make()
                    self._put(tag, kept)
                return kept
            finally:
                with self._lock:
                    self._making.pop(tag, None)

    def _get(self, tag: str) -> Kept | None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def _put(self, tag: str, kept: Kept) -> None:
        """Keep an answer, unless it alone is more than a quarter of all."""
        if len(kept.body) > self._most // 4:
            return
        with self._lock:
            if tag not in self._kept:
                self._kept[tag] = kept
                self._held += len(kept.body)
            while self._held > self._most:
                _, gone = self._kept.popitem(last=False)
                self._held -= len(gone.body)


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
    is_long = len(body) >= LEAST_COMPRESSED
    return Kept(
        body=isal_zlib.compress(body, _LEVEL, _GZIP_BITS) if is_long else body,
        compressed=is_long,
        media_type=media_type,
    )


def sent(request: Request, kept: Kept, tag: str | None, *, public: bool) -> Response:
    """The response of an answer."""
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "public, no-cache" if public else "private, no-cache"}
    if tag is not None:
        headers["ETag"] = tag
    packed = kept.compressed and "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(kept.body if packed else kept.plain, media_type=kept.media_type, headers=headers)


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
    kept = answers.answer(tag, lambda: finished(make(), media_type))
    return sent(request, kept, tag, public=public)
