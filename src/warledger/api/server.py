"""Serve the API: settings and an address in, a server that runs until it is stopped.

It refuses another address than loopback without a token, unless the site is public and only read. A connection whose
request does not come, or whose answer is not taken, within some seconds is ended.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from warledger.api.allocation import give_back_what_is_freed
from warledger.api.application import guarded_api
from warledger.api.guard import Rules, hosts_for, is_loopback
from warledger.app import App
from warledger.domain.errors import UsageError
from warledger.settings import Site

KEPT_ALIVE_SECONDS = 15
MOST_HEAD_BYTES = 512 * 1024
"""Bytes that may come while a head is due; a whole chunk as the system hands it over is well below."""
_REFUSED = "serving on {host} needs a token: set WARLEDGER_TOKEN, or serve on 127.0.0.1, or read only with --public"


def rules_for(site: Site, host: str, *, public: bool) -> Rules:
    """Who is let in.

    Args:
        site: the settings.
        host: the address that is bound.
        public: read only.

    Raises:
        UsageError: the address is not loopback and no token is set.
    """
    if not is_loopback(host) and site.token is None and not public:
        raise UsageError(_REFUSED.format(host=host))
    return Rules(
        open_to_read=public or is_loopback(host),
        public=public,
        token=site.token,
        hosts=hosts_for(host, site.hosts),
        max_body_bytes=site.max_body_bytes,
        slow_seconds=site.slow_seconds,
    )


def serve(app: App, *, host: str, port: int, public: bool) -> None:
    """Serve until stopped.

    Raises:
        UsageError: the address is not loopback and no token is set, or it cannot be listened on.
    """
    give_back_what_is_freed()
    site = app.settings.site
    api = guarded_api(app, rules_for(site, host, public=public))
    config = configured(api, host=host, port=port, slow_seconds=site.slow_seconds)
    with listening(host, port) as at:
        uvicorn.Server(config).run(sockets=[at])


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address.

    What it accepts sends at once: an answer is a head and a body, and the body would wait until the head is
    acknowledged, which takes 40 ms.

    Raises:
        UsageError: somebody else listens there, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        made = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be listened on: {error.strerror or error}") from error
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def configured(api: ASGIApp, *, host: str, port: int, slow_seconds: float) -> uvicorn.Config:
    """The server's settings: no word of who serves, one plain line where something fails."""

    class Protocol(EndsSlowClients):
        """With the seconds of the settings."""

        slow_s = slow_seconds

    return uvicorn.Config(
        api,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEPT_ALIVE_SECONDS,
        timeout_graceful_shutdown=3,
    )


class EndsSlowClients(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with an end to waiting: for the head of a request, and for an answer to be taken.

    A head that has no end is cut off as well.
    """

    slow_s = 10.0
    _waiting: asyncio.TimerHandle | None = None
    _head_due, _head_bytes = True, 0

    def data_received(self, data: bytes) -> None:
        """Bytes came; while a head is due they are counted."""
        if self._head_due:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                self.transport.abort()
                return
        super().data_received(data)

    def connection_made(self, transport: Any) -> None:
        """A head is due."""
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """The next head has begun; the whole of it is due."""
        super().on_message_begin()
        self._head_due = True
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._head_due, self._head_bytes = False, 0
        self._end_waiting()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """The answer is not taken as fast as it is sent."""
        super().pause_writing()
        self._wait()

    def resume_writing(self) -> None:
        """It is taken again."""
        self._end_waiting()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is due any more."""
        self._end_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._end_waiting()
        self._waiting = self.loop.call_later(self.slow_s, self._give_up)

    def _end_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        self.transport.abort()
