"""A Slack on loopback that records: Web API over HTTP, response URLs, files, and Socket Mode over a WebSocket.

It keeps messages and threads, refuses what Slack would refuse, and fails on demand. Nothing in it knows the bot.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import itertools
import json
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.block_kit import message_faults, view_faults

BOT_USER, BOT_ID, TEAM = "UBOT", "BBOT", "T1"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-1-test", "xapp-1-test", "a-signing-secret"
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True)
class Call:
    """One request that the bot made."""

    method: str
    args: dict[str, Any]
    token: str
    at: float


@dataclass(frozen=True)
class Failure:
    """How the next call fails. `done`: the call takes effect all the same, and only its answer is lost."""

    status: int = 200
    error: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0  # silence before the answer
    hang_up: bool = False
    done: bool = False


def ratelimited(seconds: int = 1) -> Failure:
    return Failure(429, "ratelimited", (("Retry-After", str(seconds)),))


@dataclass
class SlackServer:
    """The workspace: what is in it, what was called, and the sockets that are open."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # file id -> what is downloaded, content type
    foreign_channels: set[str] = field(default_factory=set)  # the bot is not a member
    deleted: set[tuple[str, str]] = field(default_factory=set)  # (channel, ts) of deleted messages
    tokens: set[str] = field(default_factory=lambda: {BOT_TOKEN})
    answers_after: float = 0.0  # seconds that every Web API call takes
    calls: list[Call] = field(default_factory=list)
    responses: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # posts to response URLs
    expired: set[str] = field(default_factory=set)  # response URLs that Slack no longer takes
    messages: list[dict[str, Any]] = field(default_factory=list)
    acks: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # what Slack would have refused
    refuse_faulty: bool = True
    answers_pings: bool = True  # else a socket is as silent as behind a network that dropped it without a word

    def __post_init__(self) -> None:
        self.changed = Condition()
        self._failures: dict[str, deque[Failure]] = {}
        self._sockets: list[socket.socket] = []
        self._unacked: dict[str, tuple[socket.socket, dict[str, Any]]] = {}
        self.connections = 0  # sockets ever opened
        self.sent: dict[str, float] = {}  # envelope -> when it was delivered first
        self._numbers = itertools.count(1)
        self._next_socket = itertools.count()
        server = self

        class Handler(_Handler):
            slack = server

        self._http = _Server(("127.0.0.1", 0), Handler)
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/api/"
        Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Hang up on everybody and stop listening."""
        self.close_sockets()
        self._http.shutdown()
        self._http.server_close()

    # ---- what happens in the workspace -------------------------------------------------

    def fail(self, method: str, *failures: Failure) -> None:
        """Let the next calls of `method` fail, one after the other."""
        self._failures.setdefault(method, deque()).extend(failures)

    def ts(self) -> str:
        """A fresh message timestamp."""
        return f"{1_700_000_000 + next(self._numbers)}.{next(self._numbers):06d}"

    def event(self, event: dict[str, Any], *, event_id: str | None = None, retry: int | None = None) -> str:
        """Deliver an event; gives the envelope's id."""
        envelope = self.event_envelope(event, event_id)
        extra = {} if retry is None else {"retry_attempt": retry, "retry_reason": "timeout"}
        return self.deliver("events_api", envelope, **extra)

    def event_envelope(self, event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
        """The body that Slack sends with an event, by either way."""
        return {
            "token": "x",
            "team_id": TEAM,
            "api_app_id": "A1",
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": event,
        }

    def mention(
        self, text: str, *, channel: str = "C1", user: str = "U1", thread: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Somebody mentions the bot; gives the event, which is delivered."""
        event = {
            "type": "app_mention",
            "user": user,
            "text": f"<@{BOT_USER}> {text}",
            "ts": self.ts(),
            "channel": channel,
        }
        if thread:
            event["thread_ts"] = thread
        self.messages.append(dict(event))
        self.event({**event, "event_ts": event["ts"]}, **more)
        return event

    def direct(self, text: str, *, user: str = "U1", thread: str | None = None, **more: Any) -> dict[str, Any]:
        """Somebody writes to the bot; gives the event, which is delivered."""
        event = {
            "type": "message",
            "channel_type": "im",
            "user": user,
            "text": text,
            "ts": self.ts(),
            "channel": f"D{user}",
        }
        event |= {"thread_ts": thread} if thread else {}
        event |= more
        self.messages.append(dict(event))
        self.event(event)
        return event

    def command(self, text: str, *, channel: str = "C1", user: str = "U1", envelope: bool = True) -> dict[str, Any]:
        """Somebody uses the command; gives the payload, which is delivered."""
        number = next(self._numbers)
        payload = {
            "command": "/nato-quote",
            "text": text,
            "user_id": user,
            "user_name": "somebody",
            "channel_id": channel,
            "team_id": TEAM,
            "trigger_id": f"trigger{number}",
            "response_url": f"http://127.0.0.1:{self.port}/response/{number}",
        }
        if envelope:
            payload["envelope"] = self.deliver("slash_commands", dict(payload))
        return payload

    def press(
        self, message: dict[str, Any], action_id: str, *, user: str = "U1", nth: int = 0, ephemeral: bool = False
    ) -> dict[str, Any]:
        """Somebody presses a button of a message (or view); gives the payload, which is delivered."""
        payload = self.pressed(message, action_id, user=user, nth=nth, ephemeral=ephemeral)
        self.deliver("interactive", payload)
        return payload

    def pressed(
        self, message: dict[str, Any], action_id: str, *, user: str = "U1", nth: int = 0, ephemeral: bool = False
    ) -> dict[str, Any]:
        """The payload of a pressed button."""
        found = [(b, e) for b in message["blocks"] for e in _interactive(b) if e.get("action_id") == action_id]
        block, element = found[nth]
        number = next(self._numbers)
        channel = message.get("channel", "C1")
        value = element.get("value") or element.get("positive_button", {}).get("value")
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "team": {"id": TEAM},
            "api_app_id": "A1",
            "trigger_id": f"trigger{number}",
            "actions": [
                {
                    "type": element["type"],
                    "action_id": action_id,
                    "block_id": block.get("block_id", "b"),
                    "value": value,
                    "action_ts": self.ts(),
                }
            ],
        }
        if "view" in message:
            return payload | {
                "container": {"type": "view", "view_id": message["id"]},
                "view": message["view"] | {"id": message["id"], "hash": "h"},
            }
        container = {
            "type": "message",
            "message_ts": message.get("ts", "1.1"),
            "channel_id": channel,
            "is_ephemeral": ephemeral,
        }
        payload |= {
            "container": container,
            "channel": {"id": channel},
            "response_url": f"http://127.0.0.1:{self.port}/response/{number}",
        }
        if not ephemeral:
            payload["message"] = {k: v for k, v in message.items() if k != "metadata"}
        return payload

    def submit(self, view: dict[str, Any], values: dict[str, dict[str, Any]], *, user: str = "U1", **more: Any) -> str:
        """Somebody submits a modal with `values` (block id -> action id -> what was put in)."""
        return self.deliver(
            "interactive",
            {
                "type": "view_submission",
                "user": {"id": user, "team_id": TEAM},
                "team": {"id": TEAM},
                "trigger_id": f"trigger{next(self._numbers)}",
                "view": {**view, "id": "V1", "state": {"values": values}},
                **more,
            },
        )

    # ---- Socket Mode --------------------------------------------------------------------

    def deliver(self, kind: str, payload: dict[str, Any], **extra: Any) -> str:
        """Send an envelope to one of the open sockets; gives its id."""
        envelope = f"env{next(self._numbers)}"
        self.wait(lambda: self._sockets, "a socket is open")
        message = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True, **extra}
        with self.changed:
            connection = self._sockets[next(self._next_socket) % len(self._sockets)]
            self._unacked[envelope] = (connection, message)
            self.sent[envelope] = time.time()
        _send_text(connection, json.dumps(message))
        return envelope

    def _redeliver(self, connection: socket.socket) -> None:
        """Send what was never acked on a connection that is gone, as Slack does."""
        with self.changed:
            lost = [(e, m) for e, (c, m) in self._unacked.items() if c not in self._sockets]
            self._unacked.update({e: (connection, m) for e, m in lost})
        for _, message in lost:
            _send_text(connection, json.dumps({**message, "retry_attempt": 1, "retry_reason": "timeout"}))

    def close_sockets(self, *, say_so: bool = False) -> None:
        """Close every socket, with or without Slack's notice that it will."""
        with self.changed:
            sockets, self._sockets = self._sockets, []
        for connection in sockets:
            if say_so:
                _send_text(connection, json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
                continue
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def wait(self, check: Callable[[], Any], what: str, seconds: float = 10.0) -> Any:
        """Wait until `check` gives something; fails naming `what` did not come."""
        until = time.monotonic() + seconds
        with self.changed:
            while not (found := check()):
                left = until - time.monotonic()
                assert left > 0, f"waited {seconds} s in vain: {what}; calls: {[c.method for c in self.calls][-20:]}"
                self.changed.wait(min(left, 0.05))
        return found

    # ---- what the bot did ------------------------------------------------------------------

    def posted(self, **where: Any) -> list[dict[str, Any]]:
        """The bot's messages, oldest first, with these fields."""
        return [m for m in self.messages if m.get("bot_id") == BOT_ID and all(m.get(k) == v for k, v in where.items())]

    def answer_to(self, event: dict[str, Any], seconds: float = 10.0) -> dict[str, Any]:
        """The first of the bot's messages in the thread of `event`, once it is there."""
        thread = event.get("thread_ts") or event["ts"]
        after = event["ts"]
        return self.wait(
            lambda: next((m for m in self.posted(thread_ts=thread) if m["ts"] > after), None),
            f"an answer to {event}",
            seconds,
        )

    def response_to(self, payload: dict[str, Any], seconds: float = 10.0) -> dict[str, Any]:
        """What was posted to a payload's response URL, once it is there."""
        url = payload["response_url"]
        return self.wait(
            lambda: next((m for u, m in self.responses if u == url), None), f"a response to {url}", seconds
        )

    def called(self, method: str, seconds: float = 10.0) -> Call:
        """The last call of `method`, once there is one."""
        self.wait(lambda: any(c.method == method for c in self.calls), f"a call of {method}", seconds)
        return [c for c in self.calls if c.method == method][-1]

    # ---- the Web API ---------------------------------------------------------------------

    def handle(self, method: str, args: dict[str, Any], token: str) -> tuple[int, dict[str, Any], Failure | None]:
        """What one call gives: status, body, and how it fails if it does."""
        with self.changed:
            self.calls.append(Call(method, args, token, time.time()))
            failure = self._failures[method].popleft() if self._failures.get(method) else None
            if failure and not failure.done and (failure.status != 200 or failure.error or failure.hang_up):
                body: dict[str, Any] = {"ok": False, "error": failure.error or "fatal_error"}
            else:
                body = self._call(method, args, token)
            self.changed.notify_all()
        status = failure.status if failure else 200
        return status, body, failure

    def _call(self, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
        if method == "apps.connections.open":
            if token != APP_TOKEN:
                return {"ok": False, "error": "invalid_auth"}
            return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/socket?ticket=1"}
        if token not in self.tokens:
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        return handler(args) if handler else {"ok": False, "error": "unknown_method"}

    def _auth_test(self, _args: dict[str, Any]) -> dict[str, Any]:
        return {
            "ok": True,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "team_id": TEAM,
            "url": "https://test.slack.com/",
            "team": "T",
            "user": "bot",
        }

    def _chat_postMessage(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  # Slack's name
        if args["channel"] in self.foreign_channels:
            return {"ok": False, "error": "not_in_channel"}
        if (args["channel"], args.get("thread_ts")) in self.deleted:
            return {"ok": False, "error": "thread_not_found"}
        if refused := self._faulty(message_faults(args)):
            return refused
        message = {**args, "ts": self.ts(), "user": BOT_USER, "bot_id": BOT_ID, "type": "message", "at": time.time()}
        self.messages.append(message)
        return {"ok": True, "channel": args["channel"], "ts": message["ts"], "message": message}

    def _chat_postEphemeral(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if args["channel"] in self.foreign_channels:
            return {"ok": False, "error": "not_in_channel"}
        return self._faulty(message_faults(args)) or {"ok": True, "message_ts": self.ts()}

    def _chat_update(self, args: dict[str, Any]) -> dict[str, Any]:
        for message in self.messages:
            if message["ts"] == args["ts"] and message["channel"] == args["channel"]:
                message.update(args)
                return self._faulty(message_faults(args)) or {"ok": True, "ts": args["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _conversations_open(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "channel": {"id": f"D{args['users']}"}}

    def _conversations_replies(self, args: dict[str, Any]) -> dict[str, Any]:
        if args["channel"] in self.foreign_channels:
            return {"ok": False, "error": "not_in_channel"}
        if (args["channel"], args["ts"]) in self.deleted:
            return {"ok": False, "error": "thread_not_found"}
        found = [
            m for m in self.messages if m["channel"] == args["channel"] and args["ts"] in (m["ts"], m.get("thread_ts"))
        ]
        return {"ok": True, **_page(found, args)}

    def _conversations_history(self, args: dict[str, Any]) -> dict[str, Any]:
        if args["channel"] in self.foreign_channels:
            return {"ok": False, "error": "not_in_channel"}
        found = [m for m in self.messages if m["channel"] == args["channel"] and not m.get("thread_ts")]
        return {"ok": True, **_page(found[::-1], args)}

    def _views_open(self, args: dict[str, Any]) -> dict[str, Any]:
        return self._faulty(view_faults(args["view"])) or {"ok": True, "view": {"id": "V1", **args["view"]}}

    _views_update = _views_publish = _views_push = _views_open

    def _users_info(self, args: dict[str, Any]) -> dict[str, Any]:
        known = self.users.get(args["user"], {})
        flags = dict.fromkeys(("is_admin", "is_owner", "is_primary_owner", "is_bot", "deleted"), False)
        return {"ok": True, "user": {"id": args["user"], **flags, **known}}

    def _files_info(self, args: dict[str, Any]) -> dict[str, Any]:
        known = self.files.get(args["file"])
        return {"ok": True, "file": known} if known else {"ok": False, "error": "file_not_found"}

    def _assistant_threads_setStatus(self, _args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"ok": True}

    _assistant_threads_setSuggestedPrompts = _assistant_threads_setStatus  # noqa: N815

    def _faulty(self, found: list[str]) -> dict[str, Any] | None:
        self.faults.extend(found)
        if found and self.refuse_faulty:
            return {"ok": False, "error": "msg_blocks_too_long" if "msg_blocks_too_long" in found else "invalid_blocks"}
        return None

    def respond(self, url: str, message: dict[str, Any]) -> int:
        """A post to a response URL; gives the status."""
        with self.changed:
            if url in self.expired:
                return 404
            failures = self._failures.get("response_url")
            failure = failures.popleft() if failures else None
            if failure and not failure.done:
                self.changed.notify_all()
                return failure.status
            self._faulty(message_faults(message))
            self.responses.append((url, {**message, "at": time.time()}))
            self.changed.notify_all()
        return failure.status if failure else 200

    def add_file(
        self, identifier: str, name: str, body: bytes, content_type: str = "application/octet-stream", **more: Any
    ) -> None:
        """Put a file into the workspace."""
        self.bodies[identifier] = (body, content_type)
        address = f"http://127.0.0.1:{self.port}/files/{identifier}"
        self.files[identifier] = {
            "id": identifier, "name": name, "size": len(body), "mimetype": content_type, "mode": "hosted", "is_external": False,
            "url_private": address, "url_private_download": address, "permalink": f"https://test.slack.com/files/{identifier}", **more,
        }  # fmt: skip

    def open_socket(self, connection: socket.socket) -> None:
        """Hold a connection until it ends, noting the acks."""
        _send_text(connection, json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        with self.changed:
            self._sockets.append(connection)
            self.connections += 1
            self.changed.notify_all()
        self._redeliver(connection)
        for text in _texts(connection, self):
            message = json.loads(text)
            with self.changed:
                self.acks.setdefault(message["envelope_id"], {**message, "at": time.time()})
                self._unacked.pop(message["envelope_id"], None)
                self.changed.notify_all()
        with self.changed:
            if connection in self._sockets:
                self._sockets.remove(connection)
            another = self._sockets[-1] if self._sockets else None
        if another:
            self._redeliver(another)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away (or was killed) is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    slack: SlackServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        pass

    def do_GET(self) -> None:
        if self.path.startswith("/files/"):
            self._file()
            return
        key = self.headers.get("Sec-WebSocket-Key", "").encode()
        accept = base64.b64encode(hashlib.sha1(key + _GUID).digest()).decode()
        self.connection.sendall(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        self.slack.open_socket(self.connection)
        self.close_connection = True

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/response/"):
            status = self.slack.respond(f"http://127.0.0.1:{self.slack.port}{self.path}", json.loads(raw))
            self._send(status, b"ok" if status == 200 else b"expired_url", "text/plain")
            return
        method = urlsplit(self.path).path.removeprefix("/api/")
        if self.headers.get("Content-Type", "").startswith("application/json"):
            args = json.loads(raw or b"{}")
        else:
            args = {k: v[0] for k, v in parse_qs(raw.decode()).items()}
        token = self.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        time.sleep(self.slack.answers_after)
        status, body, failure = self.slack.handle(method, args, token)
        if failure:
            time.sleep(failure.seconds)
            if failure.hang_up:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
        self._send(status, json.dumps(body).encode(), "application/json", dict(failure.headers) if failure else {})

    def _file(self) -> None:
        identifier = self.path.split("/")[2].split("?")[0]
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.slack.calls.append(Call("download", {"file": identifier}, token, time.time()))
        if token not in self.slack.tokens:  # Slack shows its login page then, with status 200
            self._send(200, b"<!DOCTYPE html><html><body>Sign in</body></html>", "text/html")
        elif identifier not in self.slack.bodies:
            self._send(404, b"gone", "text/plain")
        else:
            self._send(200, *self.slack.bodies[identifier])

    def _send(self, status: int, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _interactive(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]


def _page(found: list[dict[str, Any]], args: dict[str, Any]) -> dict[str, Any]:
    if str(args.get("include_all_metadata", "0")).lower() not in ("1", "true"):
        found = [{k: v for k, v in m.items() if k != "metadata"} for m in found]
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    after = str(start + limit) if start + limit < len(found) else ""
    return {"messages": found[start : start + limit], "response_metadata": {"next_cursor": after}}


def _send_text(connection: socket.socket, text: str) -> None:
    data = text.encode()
    if len(data) < 126:
        head = struct.pack("!BB", 0x81, len(data))
    elif len(data) < 65_536:
        head = struct.pack("!BBH", 0x81, 126, len(data))
    else:
        head = struct.pack("!BBQ", 0x81, 127, len(data))
    with contextlib.suppress(OSError):  # it may have hung up meanwhile
        connection.sendall(head + data)


def _texts(connection: socket.socket, slack: SlackServer) -> Any:
    """The text frames that a client sends; its pings are answered."""
    try:
        while True:
            first, second = _exactly(connection, 2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", _exactly(connection, 2))
            elif length == 127:
                (length,) = struct.unpack("!Q", _exactly(connection, 8))
            mask = _exactly(connection, 4) if second & 0x80 else b"\0\0\0\0"
            data = bytes(b ^ mask[i % 4] for i, b in enumerate(_exactly(connection, length)))
            opcode = first & 0x0F
            if opcode == 0x1:
                yield data.decode()
            elif opcode == 0x8:
                return
            elif opcode == 0x9 and slack.answers_pings:
                connection.sendall(struct.pack("!BB", 0x8A, len(data)) + data)
    except (OSError, ConnectionError):
        return


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise ConnectionError("closed")
        data += part
    return data
