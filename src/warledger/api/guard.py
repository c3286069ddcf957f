"""The door: a request is let in, or answered with a problem before anything of it is looked at.

Checked are the host that was asked for (a name that a stranger's page was rebound to is none of ours), the bearer
token, where a write comes from, the size of the body and how long it takes. Every answer gets the headers that keep a
browser from running, framing or guessing at it.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from attrs import field, frozen
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warledger.api.problems import problem

DATA_PATHS = ("/api/", "/ogc")
READS = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class _TooLarge(Exception):
    """The body is larger than is taken."""


@frozen(kw_only=True)
class Rules:
    """Who is let in.

    Args:
        open_to_read: whether reading needs no token: on loopback, and on a public site.
        public: whether nothing is written at all.
        token: the bearer token, or None where none is set.
        hosts: names that may be asked for; empty for any.
        max_body_bytes: of a request.
        slow_seconds: a body that takes longer is not waited for.
    """

    open_to_read: bool = True
    public: bool = False
    token: str | None = field(default=None, repr=False)
    hosts: frozenset[str] = frozenset(LOOPBACK)
    max_body_bytes: int = 64 * 1024
    slow_seconds: float = 10.0


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Lets requests in by the rules; an ASGI middleware.

    Args:
        app: what stands behind it.
        rules: who is let in.
    """

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(scope, send)
        refused = self._refused(scope, Headers(scope=scope))
        if refused is not None:
            await refused(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        await self._limited(scope, receive, send)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the body counted and its time measured; what comes of a body cut off is not sent."""
        headers = Headers(scope=scope)
        whole = "transfer-encoding" not in headers and headers.get("content-length", "0") == "0"
        deadline, taken = asyncio.get_running_loop().time() + self._rules.slow_seconds, 0
        refused: Response | None = None

        async def counted() -> Message:
            nonlocal taken, whole, refused
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                refused = problem(408, "the request took too long", headers={"Connection": "close"})
                raise
            taken += len(message.get("body", b""))
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            if taken > self._rules.max_body_bytes:
                refused = problem(413, headers={"Connection": "close"})
                raise _TooLarge
            return message

        async def passed(message: Message) -> None:
            if refused is None:
                await send(message)

        try:
            await self._app(scope, counted, passed)
        except (_TooLarge, TimeoutError):
            if refused is None:
                raise
        if refused is not None:
            await refused(scope, receive, send)

    def _refused(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        rules, path, write = self._rules, scope["path"], scope["method"] not in READS
        host = _hostname(headers.get("host", ""))
        if rules.hosts and host not in rules.hosts:
            return problem(421, "this server does not answer under that name")
        if b"%00" in scope.get("raw_path", b"") or b"%00" in scope["query_string"] or "\0" in path:
            return problem(400, "a zero byte is part of no name")
        if write and rules.public:
            return problem(405, "this site is read only", headers={"Allow": "GET, HEAD"})
        if write and not _same_origin(headers):
            return problem(403, "a write must come from this site itself")
        if write and rules.token is None:
            return problem(403, "writing needs a token; set WARLEDGER_TOKEN and start again")
        needed = write or (not rules.open_to_read and path.startswith(DATA_PATHS))
        if needed and not self._has_token(headers):
            return problem(401, "a bearer token is needed", headers={"WWW-Authenticate": "Bearer"})
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return problem(400, "the length of the body is no number")
        return problem(413, headers={"Connection": "close"}) if int(length) > rules.max_body_bytes else None

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, said = headers.get("authorization", "").partition(" ")
        token = self._rules.token
        known = token is not None and hmac.compare_digest(said.strip().encode(), token.encode())
        return known and scheme.lower() == "bearer"


def hosts_for(bound: str, named: Iterable[str]) -> frozenset[str]:
    """The names under which a server may be asked for; on another address than loopback any, unless some are set."""
    if is_loopback(bound):
        return frozenset({*LOOPBACK, bound.strip("[]").lower(), *named})
    return frozenset(named)


def _hostname(said: str) -> str:
    try:
        return (urlsplit(f"//{said}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers) -> bool:
    """Whether a write comes from a page of this server, or from no page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _with_headers(scope: Scope, send: Send) -> Send:
    page = not scope["path"].startswith(DATA_PATHS)

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", PAGE_POLICY if page else POLICY)
            headers.setdefault("Cache-Control", "no-cache" if page else "no-store")
        await send(message)

    return sending


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
