"""A running bot and the Slack it is connected to: Bolt's real app, real sockets, real records."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from bot.library import Library
from bot.settings import Settings
from bot.slack.serve import serve
from tests import slack_server
from tests.scenarios.library import open_library
from tests.slack_server import SIGNING_SECRET, SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace on loopback."""
    server = SlackServer()
    yield server
    server.close()


def settings_for(slack: SlackServer, folder: Path, **more: Any) -> Settings:
    """Settings that lead to `slack`."""
    known: dict[str, Any] = {
        "slack_api_url": slack.url,
        "slack_bot_token": slack_server.BOT_TOKEN,
        "slack_app_token": slack_server.APP_TOKEN,
        "slack_signing_secret": slack_server.SIGNING_SECRET,
        "data_dir": folder / "data",
        "corpus_dir": folder / "corpus",
        "log_level": "error",
    }
    return Settings(_env_file=None, **{**known, **more})


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A small real index, made once."""
    with open_library(tmp_path_factory.mktemp("library")) as shelf:
        yield shelf


class Bot:
    """A bot in this process, in threads of its own."""

    def __init__(self, settings: Settings, shelf: Any) -> None:
        self.settings, self.shelf = settings, shelf
        self.stop_event, self.open = Event(), Event()
        self.error: BaseException | None = None
        self.thread = Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        @contextmanager
        def open_shelf(_settings: Settings) -> Iterator[Any]:
            self.open.set()
            yield self.shelf

        try:
            serve(self.settings, open_shelf, self.stop_event)
        except BaseException as error:  # noqa: BLE001  # it is looked at by the test
            self.error = error

    def stop(self) -> None:
        self.stop_event.set()
        self.thread.join(15)


@pytest.fixture
def start(slack: SlackServer, tmp_path: Path, library: Library) -> Iterator[Callable[..., Bot]]:
    """Starts bots; each is stopped at the end of the test."""
    running: list[Bot] = []

    def starter(shelf: Any = None, **more: Any) -> Bot:
        bot = Bot(settings_for(slack, tmp_path, **more), shelf or library)
        running.append(bot)
        before = slack.connections
        bot.thread.start()
        if more.get("slack_mode") != "http":
            slack.wait(lambda: slack.connections > before or bot.error, "the bot is connected")
        bot.open.wait(10)
        return bot

    yield starter
    for bot in running:
        bot.stop()
        assert bot.error is None
    assert slack.faults == []


@pytest.fixture
def bot(start: Callable[..., Bot]) -> Bot:
    """A bot that is connected."""
    return start()


class Site:
    """A bot in HTTP mode, and requests as Slack sends them."""

    def __init__(self, start: Callable[..., Bot]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.bot = start(slack_mode="http", port=self.port)
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(trust_env=False, timeout=10)
        until = time.monotonic() + 10
        while self.get("/readyz") != 200:
            assert time.monotonic() < until
            time.sleep(0.05)

    def get(self, path: str) -> int:
        """The status that an address gives; 0 when nobody listens yet."""
        try:
            return self.client.get(self.url + path).status_code
        except httpx.TransportError:
            return 0

    def post(
        self, body: dict[str, Any] | str, secret: str = SIGNING_SECRET, at: float | None = None, form: bool = False
    ) -> httpx.Response:
        """Send a body, signed with `secret`."""
        raw = body if isinstance(body, str) else json.dumps(body)
        stamp = str(int(at or time.time()))
        signed = hmac.new(secret.encode(), f"v0:{stamp}:{raw}".encode(), hashlib.sha256).hexdigest()
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed}"}
        return self.client.post(f"{self.url}/slack/events", content=raw, headers=headers)


@pytest.fixture
def site(slack: SlackServer, start: Callable[..., Bot]) -> Iterator[Site]:
    """A bot in HTTP mode that is ready."""
    made = Site(start)
    yield made
    made.client.close()
