"""An endpoint on loopback that plays recorded answers, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import field, frozen

JSON = {"Content-Type": "application/json"}


@frozen(kw_only=True)
class Answer:
    """One recorded answer.

    Args:
        body: the bytes.
        status: of HTTP.
        headers: of HTTP.
        promised: bytes that Content-Length promises beyond the body: the connection then breaks in the middle.
        pause_s: seconds between one byte and the next.
    """

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(factory=dict)
    promised: int = 0
    pause_s: float = 0.0


def completion(content: str | None, *, ended: str = "stop") -> Answer:
    """A chat completion as endpoints give it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": ended}
    return Answer(body=json.dumps({"object": "chat.completion", "choices": [choice]}).encode(), headers=JSON)


def claims(*said: object) -> Answer:
    """A chat completion whose text is an answer with these claims."""
    return completion(json.dumps({"claims": list(said)}, ensure_ascii=False))


def refusal(status: int, message: str, **headers: str) -> Answer:
    """An error as endpoints give it."""
    return Answer(body=json.dumps({"error": {"message": message}}).encode(), status=status, headers={**JSON, **headers})


class RecordedEndpoint(ThreadingHTTPServer):
    """Plays its answers in their order, the last one again and again."""

    daemon_threads = True

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: RecordedEndpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **asked})
        self.server.keys.append(self.headers.get("Authorization"))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + answer.promised))
        self.end_headers()
        try:
            self._send(answer)
        except OSError:
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        if not answer.pause_s:
            self.wfile.write(answer.body)
            return
        for byte in answer.body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(answer.pause_s)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def playing(*answers: Answer) -> Iterator[RecordedEndpoint]:
    """An endpoint that plays these answers while the block runs."""
    endpoint = RecordedEndpoint(answers)
    thread = threading.Thread(target=endpoint.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.shutdown()
        endpoint.server_close()
