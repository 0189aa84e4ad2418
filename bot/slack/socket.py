"""Socket Mode: a connection that is opened again whenever it breaks, also when it goes silent without breaking."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import structlog

from bot.slack.client import Slack
from retrieval.errors import ConfigurationError

if TYPE_CHECKING:
    from slack_bolt import App

WHERE = "README.md, “In Slack”, tells where to get each."
PING_SECONDS = 5.0  # above half a second: the client looks that often whether a new socket is to be read
TAKING_IN = 40  # threads that take events in: as many are written down with one word of the disk
OPEN_SECONDS = 15.0
WAKE_SECONDS = 1.0
SILENT_SECONDS = 20.0  # without an answer to our pings the connection is taken for dead
log = structlog.get_logger()


def connect_socket(
    app: App, slack: Slack, token: str, ping_seconds: float = PING_SECONDS, silent_seconds: float = SILENT_SECONDS
) -> Callable[[], None]:
    """Let Slack's events in; gives what closes the connection. Raises ConfigurationError when Slack refuses."""
    from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
    from slack_sdk.errors import SlackApiError

    _check_texts_at_once()
    handler = SocketModeHandler(
        app,
        token,
        web_client=slack.client(),  # the handler would else talk to slack.com whatever SLACK_API_URL says
        ping_interval=ping_seconds,
        concurrency=TAKING_IN,
    )
    try:
        _open(handler)
    except SlackApiError as error:
        handler.close()  # type: ignore[no-untyped-call]
        code = error.response.get("error", "unknown")
        raise ConfigurationError(
            f"Slack does not take SLACK_APP_TOKEN ({code}). It is the app-level token that begins with xapp-, with the"
            f" scope connections:write, under Basic Information of your app. {WHERE}"
        ) from error
    except OSError as error:
        handler.close()  # type: ignore[no-untyped-call]
        raise ConfigurationError(unreachable(slack.base_url, error)) from error
    return _watched(handler, ping_seconds, silent_seconds)


def _check_texts_at_once() -> None:
    """Have the client check what it receives by Python's own decoder, and not byte by byte in Python: half a millisecond a
    kilobyte, one message after the other, was what a burst of questions waited for.
    """
    from websocket import _abnf

    _abnf.validate_utf8 = is_utf8  # type: ignore[attr-defined]


def is_utf8(utfbytes: str | bytes) -> bool:
    """Whether these bytes are UTF-8, strictly: no surrogates, nothing longer than need be."""
    try:
        str(utfbytes.encode() if isinstance(utfbytes, str) else utfbytes, "utf-8")
    except UnicodeError:
        return False
    return True


def _open(handler: Any) -> None:
    """Connect, and wait until the socket is open; then let the client look after it."""
    client = handler.client
    # The client's monitor would take a session that is still opening for a closed one, and open a second.
    client.current_app_monitor_started = True
    connect = client.connect

    def reconnect() -> None:
        _wake(client)
        connect()

    client.connect = reconnect
    handler.connect()
    until = time.monotonic() + OPEN_SECONDS
    while not client.is_connected():
        if time.monotonic() > until:
            raise TimeoutError("its socket does not open")
        time.sleep(0.02)
    client.current_app_monitor.start()


def _wake(client: Any) -> None:
    """End the wait for the old connection's next message: else the new one would begin only after it, ten seconds later."""
    session = client.current_session
    if session is not None and session.sock is not None and session.sock.sock is not None:
        client.auto_reconnect_enabled = False
        with suppress(OSError):
            session.sock.sock.shutdown(socket.SHUT_RDWR)
        # Closed before its reader has seen the end, the socket would leave the reader waiting all the same.
        until = time.monotonic() + WAKE_SECONDS
        while session.sock is not None and time.monotonic() < until:
            time.sleep(0.01)


def unreachable(url: str, error: Exception) -> str:
    """The sentence for a Slack that does not answer."""
    return f"Slack cannot be reached at {url} ({error}). Check the network and SLACK_API_URL, then start again."


def _watched(handler: Any, ping_seconds: float, silent_seconds: float) -> Callable[[], None]:
    """Look after the connection, since a network may drop it without a word; gives what ends both."""
    closing = Event()

    def watch() -> None:
        session, heard = None, time.time()
        while not closing.wait(ping_seconds):
            if handler.client.current_session is not session:
                session, heard = handler.client.current_session, time.time()
            heard = max(heard, session.last_pong_tm)
            if session.last_ping_tm > heard and time.time() - heard > silent_seconds:
                log.warning("socket_silent")
                try:
                    handler.client.connect_to_new_endpoint(force=True)
                except Exception:  # the next round tries again
                    log.exception("socket_not_reopened")

    def close() -> None:
        closing.set()
        for logger in (handler.client.logger, logging.getLogger("websocket")):
            logger.setLevel(logging.CRITICAL)  # both would report the end that we bring about as an error
        _wake(handler.client)
        handler.close()

    Thread(target=watch, daemon=True, name="socket-watch").start()
    return close
