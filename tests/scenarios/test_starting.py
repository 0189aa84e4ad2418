"""What an operator sees who starts the bot with something missing or wrong, or by HTTP."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from bot.slack.serve import serve
from retrieval.errors import ConfigurationError
from tests.block_kit import literal_text
from tests.scenarios.conftest import Site, settings_for
from tests.scenarios.library import PRIDE
from tests.slack_server import SlackServer


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slack_bot_token": None, "slack_app_token": None}, ["SLACK_BOT_TOKEN is missing", "OAuth & Permissions", "SLACK_APP_TOKEN is missing", "connections:write"]),
        ({"slack_bot_token": "xapp-1-test"}, ["SLACK_BOT_TOKEN should begin with xoxb-"]),
        ({"slack_app_token": "xoxb-1-test"}, ["SLACK_APP_TOKEN should begin with xapp-"]),
        ({"slack_bot_token": "xoxb-other"}, ["Slack does not take SLACK_BOT_TOKEN (invalid_auth)", "OAuth & Permissions"]),
        ({"slack_app_token": "xapp-other"}, ["Slack does not take SLACK_APP_TOKEN (invalid_auth)", "Basic Information"]),
        ({"slack_mode": "http", "slack_signing_secret": None}, ["SLACK_SIGNING_SECRET is missing", "Basic Information"]),
    ],
    ids=["none", "app-token-as-bot-token", "bot-token-as-app-token", "bot-token-refused", "app-token-refused", "no-secret"],
)  # fmt: skip
def test_a_start_without_the_right_tokens_says_what_is_missing_and_where_to_get_it(
    slack: SlackServer, tmp_path: Path, wrong: dict[str, Any], says: list[str]
) -> None:
    """Plain words, and no token in them."""
    with pytest.raises(ConfigurationError) as error:
        serve(settings_for(slack, tmp_path, **wrong), stop=Event())
    for part in says:
        assert part in str(error.value)
    assert "1-test" not in str(error.value)
    assert "other" not in str(error.value)


def test_a_slack_that_cannot_be_reached_is_named(
    slack: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is said, since it is a setting."""
    monkeypatch.setattr("bot.slack.serve.TRIES", 1)
    with pytest.raises(ConfigurationError, match=r"cannot be reached at http://127\.0\.0\.1:9/api/"):
        serve(settings_for(slack, tmp_path, slack_api_url="http://127.0.0.1:9/api/"), stop=Event())


def test_by_http_a_mention_is_answered_once(slack: SlackServer, site: Site) -> None:
    """Signed events are acked at once and answered, however often they come."""
    event = {
        "type": "app_mention",
        "user": "U1",
        "text": "<@UBOT> what did Elizabeth Bennet say?",
        "ts": slack.ts(),
        "channel": "C1",
    }
    envelope = slack.event_envelope(event)
    began = time.monotonic()
    assert [site.post(envelope).status_code for _ in range(3)] == [200, 200, 200]
    assert time.monotonic() - began < 3
    assert PRIDE in literal_text(slack.answer_to(event)["blocks"])
    time.sleep(0.5)
    assert len(slack.posted()) == 1


def test_by_http_a_command_and_a_button_work(slack: SlackServer, site: Site) -> None:
    """The same listeners serve both ways."""
    payload = slack.command("what did Elizabeth Bennet say?", envelope=False)
    assert site.post(str(httpx.QueryParams(payload)), form=True).status_code == 200
    private = slack.response_to(payload)
    pressed = slack.pressed({**private, "channel": "C1"}, "share", ephemeral=True)
    assert site.post(str(httpx.QueryParams({"payload": json.dumps(pressed)})), form=True).status_code == 200
    assert PRIDE in literal_text(slack.wait(slack.posted, "a shared answer")[0]["blocks"])


def test_by_http_what_is_not_signed_is_refused(slack: SlackServer, site: Site) -> None:
    """A wrong secret, an old signature, no signature: nothing is taken in."""
    envelope = slack.event_envelope(
        {"type": "app_mention", "user": "U1", "text": "x", "ts": slack.ts(), "channel": "C1"}
    )
    assert site.post(envelope, secret="another").status_code == 401
    assert site.post(envelope, at=time.time() - 3600).status_code == 401
    assert site.client.post(f"{site.url}/slack/events", json=envelope).status_code == 401
    assert site.client.post(f"{site.url}/slack/events", data={"ssl_check": "1"}).status_code == 401
    assert site.client.post(f"{site.url}/slack/events", content=b"\xff\xfe").status_code == 401
    assert slack.posted() == []


def test_by_http_slack_can_verify_the_address(site: Site) -> None:
    """The challenge comes back."""
    response = site.post({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert (response.status_code, response.json()) == (200, {"challenge": "abc"})


def test_by_http_health_and_readiness_are_told_apart(site: Site) -> None:
    """The process lives; questions are answered; other addresses and huge bodies are refused."""
    assert site.get("/healthz") == 200
    assert site.get("/readyz") == 200
    assert site.get("/") == 404
    assert site.post("x" * 2_500_000).status_code == 413


def test_a_taken_port_is_named(slack: SlackServer, tmp_path: Path) -> None:
    """The setting to change is said."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Cannot listen on 127.0.0.1:{port}.*PORT"):
            serve(settings_for(slack, tmp_path, slack_mode="http", port=port), stop=Event())
