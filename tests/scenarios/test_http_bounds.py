"""HTTP mode under whatever comes: bounded in size, time and number, and never a fault of ours for what is malformed."""

from __future__ import annotations

import json
import socket
import time
from contextlib import closing

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import connections
from bot.slack.http import LONGEST_BODY, may_be_signed
from tests.scenarios.conftest import Site
from tests.slack_server import SlackServer

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
NOW = 1_700_000_000


def raw(site: Site, sent: bytes, seconds: float = 3.0) -> bytes:
    """What comes back to these bytes until the bot closes the connection, or for some seconds."""
    with closing(socket.create_connection(("127.0.0.1", site.port))) as line:
        line.settimeout(seconds)
        came = b""
        try:
            line.sendall(sent)
            while piece := line.recv(65536):
                came += piece
        except (TimeoutError, ConnectionError):
            return came
        return came


def signed_head(extra: bytes) -> bytes:
    """The head of a request whose signature has a signature's form."""
    stamp = str(int(time.time())).encode()
    return HEAD + b"X-Slack-Request-Timestamp: " + stamp + b"\r\nX-Slack-Signature: v0=" + b"0" * 64 + b"\r\n" + extra


def test_a_body_is_counted_on_the_stream_and_not_by_its_header(site: Site) -> None:
    """Sent in pieces without a length, a body is read up to a megabyte and no further."""
    pieces = (b"x" * 50_000 for _ in range(100))
    stamp = str(int(time.time()))
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + "0" * 64}
    assert site.client.post(f"{site.url}/slack/events", content=pieces, headers=headers).status_code == 413
    assert site.post("x" * (LONGEST_BODY + 1)).status_code == 413
    assert site.post("x" * (LONGEST_BODY - 1), secret="another").status_code == 401


FORMLESS: list[dict[str, str]] = [
    {},
    {"X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Request-Timestamp": str(NOW)},
    {"X-Slack-Request-Timestamp": "now", "X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Request-Timestamp": "9" * 5000, "X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Request-Timestamp": "{now}", "X-Slack-Signature": "v0="},
    {"X-Slack-Request-Timestamp": "{now}", "X-Slack-Signature": "v0=" + "Z" * 64},
    {"X-Slack-Request-Timestamp": "{now}", "X-Slack-Signature": "v1=" + "0" * 64},
    {"X-Slack-Request-Timestamp": "{now}", "X-Slack-Signature": "v0=" + "0" * 640},
]


def test_a_signature_without_a_signatures_form_is_refused_before_the_body(site: Site) -> None:
    """401 comes at once though the body that was announced never does."""
    for headers in FORMLESS:
        began = time.monotonic()
        assert to_half_a_body(site, headers).startswith(b"HTTP/1.1 401"), headers
        assert time.monotonic() - began < 2


def to_half_a_body(site: Site, headers: dict[str, str]) -> bytes:
    """What the bot answers to these headers with half a body behind them."""
    lines = "".join(f"{name}: {value.replace('{now}', str(int(time.time())))}\r\n" for name, value in headers.items())
    return raw(site, HEAD + lines.encode() + b"Content-Length: 1000\r\n\r\n")


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=200)
def test_whatever_stands_in_the_headers_is_a_signatures_form_or_not(signature: str, stamp: str) -> None:
    """No value makes the look at it fail."""
    assert not may_be_signed({"x-slack-signature": signature, "x-slack-request-timestamp": stamp}, NOW)


MALFORMED = [
    "",
    "[]",
    "null",
    "17",
    '"text"',
    "{",
    "\x00",
    "[" * 100_000,
    '{"a":' * 50_000,
    json.dumps({"type": "event_callback"}),
    json.dumps({"type": "event_callback", "event": []}),
    json.dumps({"type": "event_callback", "event": {"type": "app_mention"}}),
    json.dumps({"type": "event_callback", "event": {"type": "app_mention", "user": 1, "channel": {}, "ts": []}}),
    json.dumps({"type": "event_callback", "event": {"type": "message", "channel_type": "im", "user": "U1"}}),
    json.dumps({"type": "block_actions", "actions": [{"action_id": "more", "value": "x"}]}),
    json.dumps({"type": "block_actions", "actions": "x"}),
    json.dumps({"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "mend", "value": []}]}),
    json.dumps({"type": "view_submission", "view": {"callback_id": "reason"}}),
    json.dumps({"type": "view_submission", "view": {"callback_id": "mend_hide", "private_metadata": 3}}),
]


def test_what_is_signed_and_malformed_is_told_so(slack: SlackServer, site: Site) -> None:
    """Never a fault of ours, be it JSON or a form."""
    for body in MALFORMED:
        for form in (False, True):
            sent = str(httpx.QueryParams({"payload": body})) if form and body.startswith(("{", "[")) else body
            status = site.post(sent, form=form).status_code
            assert status in (200, 400, 401, 404), (status, form, body[:80])
    assert slack.posted() == []


def test_what_is_no_request_of_slacks_is_refused(site: Site) -> None:
    """A status of the client's, or nothing at all."""
    stamp = str(int(time.time())).encode()
    for name, sent in {
        "lazy": signed_head(b"X-Slack-Bolt-Lazy-Only: 1\r\nContent-Length: 2\r\n\r\n{}"),
        "pipelined": signed_head(b"Content-Length: 2\r\n\r\n{}") * 3,
        "no-http": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + stamp,
        "bad-length": signed_head(b"Content-Length: many\r\n\r\n"),
        "two-lengths": signed_head(b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        "huge-header": HEAD + b"X: " + b"y" * 500_000,
    }.items():
        came = raw(site, sent)
        assert b" 500 " not in came, name
        assert came == b"" or came.split()[1] in (b"400", b"401"), name
    assert site.get("/healthz") == 200


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> float:
    """A bot that waits for a request no longer than this."""
    assert connections.REQUEST_SECONDS == 10
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 1.0)
    return 1.0


def test_half_a_request_is_closed_in_time(hurried: float, site: Site) -> None:
    """In the middle of a header, of a body, or drip by drip: nobody holds a connection."""
    halves = [b"", b"POST /slack/ev", HEAD, signed_head(b"Content-Length: 5000\r\n\r\n{")]
    for half in halves:
        began = time.monotonic()
        raw(site, half, seconds=8)
        assert hurried * 0.5 < time.monotonic() - began < hurried + 2, half
    with closing(socket.create_connection(("127.0.0.1", site.port))) as line:
        began = time.monotonic()
        line.sendall(signed_head(b"Content-Length: 5000\r\n\r\n"))
        with pytest.raises(OSError):
            drip(line, began + 8)
        assert time.monotonic() - began < hurried + 2


def drip(line: socket.socket, until: float) -> None:
    """Send a byte ten times a second."""
    while time.monotonic() < until:
        line.sendall(b"x")
        time.sleep(0.1)


def test_connections_are_bounded_and_idle_ones_keep_nobody_out(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """The oldest of those that say nothing gives way, and Slack is heard."""
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 20)
    lines = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(60)]
    try:
        time.sleep(0.5)
        closed = 0
        for line in lines:
            line.setblocking(False)
            try:
                closed += line.recv(1) == b""
            except BlockingIOError:
                continue
            except OSError:
                closed += 1
        assert closed >= 40
        assert site.post({"type": "url_verification", "challenge": "abc"}).status_code == 200
    finally:
        for line in lines:
            line.close()


def test_hundreds_of_malformed_requests_leave_a_bot_that_answers(slack: SlackServer, site: Site) -> None:
    """After all of it a mention is answered."""
    for number in range(100):
        raw(site, signed_head(b"Content-Length: %d\r\n\r\n" % (number % 7)) + b"{" * (number % 5), seconds=0.01)
    event = {"type": "app_mention", "user": "U1", "text": "<@UBOT> help", "ts": slack.ts(), "channel": "C1"}
    assert site.post(slack.event_envelope(event)).status_code == 200
    assert slack.answer_to(event)
