"""What a stranger may try: scripts in texts, injection, tricks with paths, long and slow requests, no token."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from api_client import BEARER, client
from api_ledger import HOSTILE, NOBODY, SARAQIB, fill, moment, received
from served import TOKEN, app_of, served
from starlette.testclient import TestClient

from warledger.adapters.progress import ProgressFile
from warledger.api.application import make_api
from warledger.api.guard import Rules
from warledger.api.server import listening, rules_for
from warledger.app import App
from warledger.domain.errors import UsageError
from warledger.settings import Site

V1 = "/api/v1"
DECISION = {"act": "accept", "ids": ["e-shelling"], "author": "A. Editor", "reason": "seen"}
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    "path",
    [
        "/reports/hostile%2F..%2F1",
        "/events/e-hostile",
        "/claims?q=shelled",
        "/search?q=script",
        "/history?place=square%20" + HOSTILE.replace("/", "%2F"),
        "/actors?q=alert",
        "/sources",
        "/timeline",
        "/queue",
    ],
)
def test_script_in_a_report_comes_back_as_data(api: TestClient, path: str) -> None:
    answer = api.get(f"{V1}{path}")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    if path != "/timeline":
        assert HOSTILE in json.dumps(answer.json(), ensure_ascii=False).replace('\\"', '"')


def test_script_in_a_report_is_escaped_in_the_brief_as_a_page(api: TestClient) -> None:
    answer = api.get(f"{V1}/brief", params={"on": "2024-12-07", "format": "html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "alert(1)" in answer.text and "<script" not in answer.text and "<img" not in answer.text
    assert "javascript:" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "style-src 'sha256-" in policy and "script" not in policy


INJECTED = ("' OR '1'='1", '"; DROP TABLE claims; --', "%' UNION SELECT raw FROM reports --", "*", 'a" NEAR "b', "\\")


@pytest.mark.parametrize("name", ["q", "actor", "source", "place", "language", "country", "known_at", "cursor", "bbox"])
def test_injection_finds_nothing_and_breaks_nothing(api: TestClient, name: str) -> None:
    for said in INJECTED:
        for path in ("/events", "/claims", "/reports", "/control", "/search", "/places"):
            answer = api.get(f"{V1}{path}", params={"q": "x", name: said})
            assert answer.status_code in (200, 404, 422), (path, answer.text)
            if answer.status_code == 200 and name in ("actor", "source") and path in ("/events", "/claims"):
                assert answer.json()["items"] == []
    assert api.get(f"{V1}/meta").json()["counts"]["claims"] == 9


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//....//etc/passwd",
        "/assets//etc/passwd",
        "/secret.txt",
        "/linked.txt",
        "/api/v1/reports/..%2f..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_the_page_s_folder(read_app: App, tmp_path: Path, path: str) -> None:
    page = tmp_path / "dist"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html>the page", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("root:secret", encoding="utf-8")
    (page / "linked.txt").symlink_to(tmp_path / "secret.txt")
    with client(read_app, Rules(), page) as at:
        answer = at.get(path)
        assert "root:" not in answer.text and answer.status_code in (200, 404)
        assert answer.status_code == 404 or answer.text == "<!doctype html>the page"
        assert at.get("/").text == at.get("/event/e-move").text == "<!doctype html>the page"
        assert "script-src 'self'" in at.get("/").headers["content-security-policy"]
        assert "unsafe" not in at.get("/").headers["content-security-policy"]


def test_without_a_built_page_one_line_says_so(api: TestClient) -> None:
    answer = api.get("/")
    assert answer.text.count("\n") == 1 and answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/", f"{V1}/meta", f"{V1}/nothing", "/ogc", f"{V1}/events?limit=0"])
def test_every_answer_has_the_headers_that_keep_a_browser_safe(api: TestClient, path: str) -> None:
    answer = api.get(path)
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "content-security-policy" in answer.headers and "server" not in answer.headers
    assert "access-control-allow-origin" not in api.get(path, headers={"Origin": "https://evil.example"}).headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::1", "10.0.0.1"])
def test_another_host_is_not_answered(api: TestClient, host: str) -> None:
    answer = api.get(f"{V1}/meta", headers={"Host": host})
    assert answer.status_code == 421 and "counts" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "LOCALHOST", "[::1]:8765"])
def test_loopback_s_names_are_answered(api: TestClient, host: str) -> None:
    assert api.get(f"{V1}/meta", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({**BEARER, "Origin": "https://evil.example"}, 403),
        ({**BEARER, "Origin": "null"}, 403),
        ({**BEARER, "Origin": "http://127.0.0.1:9999"}, 403),
        ({**BEARER, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**BEARER, "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_write_needs_the_token_and_the_site_itself(api: TestClient, headers: dict[str, str], status: int) -> None:
    answer = api.post(f"{V1}/decisions", json=DECISION, headers=headers)
    assert answer.status_code == status
    assert answer.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)


def test_a_write_of_the_site_itself_is_taken(own: TestClient) -> None:
    headers = {**BEARER, "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert own.post(f"{V1}/decisions", json=DECISION, headers=headers).status_code == 201


def test_without_a_token_nothing_is_written(read_app: App) -> None:
    with client(read_app, Rules()) as open_one:
        assert open_one.post(f"{V1}/decisions", json=DECISION, headers=BEARER).status_code == 403
        assert open_one.get(f"{V1}/meta").status_code == 200


def test_another_address_needs_the_token_for_reading_too(read_app: App) -> None:
    rules = rules_for(read_app.settings.site, "192.0.2.7", public=False)
    with client(read_app, rules) as far:
        assert far.get(f"{V1}/meta").status_code == 401
        assert far.get("/ogc").status_code == 401
        assert far.get(f"{V1}/meta", headers=BEARER).status_code == 200
        assert far.get("/").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "example.org"])
def test_without_a_token_another_address_is_refused(host: str) -> None:
    with pytest.raises(UsageError, match="WARLEDGER_TOKEN"):
        rules_for(Site(), host, public=False)
    assert rules_for(Site(), "127.0.0.1", public=False).open_to_read
    assert rules_for(Site(), host, public=True).public


def test_a_zero_byte_is_refused(api: TestClient) -> None:
    assert api.get(f"{V1}/events/%00").status_code == 400
    assert api.get(f"{V1}/events?actor=a%00b").status_code == 400
    body = {**DECISION, "author": "A\0B"}
    assert api.post(f"{V1}/decisions", json=body, headers=BEARER).status_code == 422
    assert api.get(f"{V1}/decisions").json()["items"] == []


def test_a_body_that_is_too_long_is_refused(api: TestClient) -> None:
    body = {**DECISION, "reason": "x" * 100_000}
    answer = api.post(f"{V1}/decisions", json=body, headers=BEARER)
    assert answer.status_code == 413 and answer.json()["status"] == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 1000

    answer = api.post(f"{V1}/decisions", content=pieces(), headers=BEARER)
    assert answer.status_code == 413 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"act": "\\ud800"}', b'"' * 1000, b"[" * 5000])
def test_a_body_that_is_none_is_refused(api: TestClient, body: bytes) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    answer = api.post(f"{V1}/decisions", content=body, headers=headers)
    assert answer.status_code in (400, 422) and answer.headers["content-type"] == "application/problem+json"


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[str]:
    """A real server that waits for nobody longer than a second."""
    app = app_of(tmp_path / "w.db")
    fill(app.ledger)
    with served(app, Rules(token=TOKEN, slow_seconds=1.0)) as address:
        yield address
    app.ledger.close()


def dialled(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def ended_after(connection: socket.socket) -> float:
    """Seconds until the other side ends the connection."""
    began = time.monotonic()
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return time.monotonic() - began


@pytest.mark.parametrize("head", [b"", b"GET /api/v1/meta HT", b"GET /api/v1/meta HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_a_request_that_does_not_come_is_not_waited_for(hurried: str, head: bytes) -> None:
    with dialled(hurried) as connection:
        connection.sendall(head)
        assert ended_after(connection) < 5
    assert http_get(hurried, f"{V1}/meta") == 200


def test_a_head_without_an_end_is_cut_off(hurried: str) -> None:
    with dialled(hurried) as connection:
        connection.sendall(b"GET /api/v1/meta HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ")
        with pytest.raises(OSError):
            for _ in range(200):
                connection.sendall(b"x" * 65_536)
    assert http_get(hurried, f"{V1}/meta") == 200


def test_an_address_that_is_taken_is_bad_usage(hurried: str) -> None:
    with pytest.raises(UsageError, match="cannot be listened on"):
        listening("127.0.0.1", int(hurried.rpartition(":")[2]))


def test_an_answer_does_not_wait_until_its_head_is_acknowledged() -> None:
    with listening("127.0.0.1", 0) as at, socket.create_connection(at.getsockname()):
        accepted, _ = at.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_body_that_does_not_come_is_not_waited_for(hurried: str) -> None:
    head = "POST /api/v1/decisions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n"
    head += f"Authorization: Bearer {TOKEN}\r\n"
    with dialled(hurried) as connection:
        connection.sendall(f"{head}Content-Type: application/json\r\n\r\n{{".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_many_slow_clients_keep_nobody_else_out(hurried: str) -> None:
    held = [dialled(hurried) for _ in range(100)]
    for connection in held:
        connection.sendall(b"GET /api/v1/meta HTTP/1.1\r\nHost: ")
    assert http_get(hurried, f"{V1}/meta") == 200
    for connection in held:
        connection.close()


def test_the_stream_tells_of_growth_and_of_a_running_ingest(hurried: str, tmp_path: Path) -> None:
    host = hurried.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", f"{V1}/stream")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type", "").startswith("text/event-stream")
    assert told(answer)["reports"] == 4
    progress = ProgressFile(tmp_path / "w.db", 200)
    progress.advance(50)
    assert told(answer) == {"done_bytes": 50, "total_bytes": 200}
    progress.close()
    app = app_of(tmp_path / "w.db")
    app.ledger.append(received("new", 9, "It is quiet."), [], note="coded", recorded_at=moment(9))
    seen: list[Any] = [told(answer), told(answer)]
    assert None in seen and any(s is not None and s["reports"] == 5 for s in seen)
    connection.close()


def told(answer: http.client.HTTPResponse) -> Any:
    """The data of the next event."""
    while True:
        line = answer.readline().decode()
        assert line, "the stream has ended"
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))


def http_get(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def test_a_public_site_is_read_only_and_names_no_private_person(public: TestClient) -> None:
    assert public.post(f"{V1}/decisions", json=DECISION, headers=BEARER).status_code == 405
    meta = public.get(f"{V1}/meta").json()
    assert meta["public"] and not meta["writable"]
    paths = ["/events", "/claims", "/reports", "/reports/taken", "/history?place=Hama", "/search?q=qadri", "/queue"]
    paths += ["/events/e-attack", "/actors", "/brief?on=2024-12-04", "/brief?on=2024-12-04&format=html"]
    paths += ["/brief?on=2024-12-04&format=markdown", "/precedents", "/sources", "/agreements?on=2024-12-04"]
    for path in (*(f"{V1}{p}" for p in paths), "/ogc/collections/events/items"):
        answer = public.get(path)
        assert answer.status_code == 200, (path, answer.text)
        for name in (NOBODY, *NOBODY.split()):
            assert name not in answer.text, path
    assert public.get(f"{V1}/actors/{NOBODY}").status_code == 404


@pytest.mark.parametrize("path", ["/search", "/reports", "/events", "/claims"])
def test_a_public_site_does_not_tell_by_a_search_whose_name_is_covered(public: TestClient, path: str) -> None:
    assert public.get(f"{V1}{path}", params={"q": "qadri"}).json()["items"] == []
    assert public.get(f"{V1}{path}", params={"q": "saraqib yusuf"}).json()["items"] == []
    assert public.get(f"{V1}{path}", params={"q": "shells"}).json()["items"]


def test_a_public_site_keeps_offsets_and_coarsens_positions(public: TestClient) -> None:
    report = public.get(f"{V1}/reports/taken").json()
    for claim in report["claims"]:
        for span in claim["spans"]["quote"]:
            assert report["text"][span["start"] : span["end"]] == span["text"]
    (saraqib,) = public.get(f"{V1}/control", params={"on": "2024-12-08", "place": SARAQIB.key}).json()["items"]
    assert (saraqib["place"]["latitude"], saraqib["place"]["longitude"]) == (35.85, 36.8)


def test_a_public_site_is_behind_by_some_hours(app: App) -> None:
    late = attrs.evolve(app.settings, site=attrs.evolve(app.settings.site, delay_hours=24.0))
    app.settings = late
    api = make_api(app, public=True, now=lambda: datetime(2024, 12, 6, 12, 30, tzinfo=UTC))
    with TestClient(api, base_url="http://127.0.0.1") as at:
        counts = at.get(f"{V1}/meta").json()["counts"]
        assert counts["reports"] == 2
        assert at.get(f"{V1}/events", params={"known_at": "2024-12-31"}).json()["items"][0]["id"] == "e-shelling"
        assert at.get(f"{V1}/reports/arabic").status_code == 404
        items = at.get("/ogc/collections/events/items").json()["features"]
        assert {f["id"] for f in items} == {"e-shelling", "e-seizure", "e-attack"}
