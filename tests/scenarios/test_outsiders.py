"""Guests, strangers of shared channels, and people who are admins no more."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.slack import members
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot
from tests.scenarios.library import PRIDE
from tests.slack_server import SlackServer

OUTSIDERS: list[dict[str, Any]] = [
    {"is_restricted": True},
    {"is_restricted": True, "is_ultra_restricted": True},
    {"is_stranger": True},
    {"team_id": "T2"},
    {"team_id": "T2", "is_admin": True},
    {"deleted": True},
]


@pytest.mark.parametrize("who", OUTSIDERS, ids=["guest", "single-channel", "stranger", "team", "their-admin", "gone"])
def test_an_outsider_is_told_so_and_sees_nothing(slack: SlackServer, bot: Bot, who: dict[str, Any]) -> None:
    """In a channel, by direct message, by command, on the home tab and in a modal."""
    slack.users["U5"] = who
    said = [
        slack.answer_to(slack.mention("what did Elizabeth Bennet say?", user="U5")),
        slack.answer_to(slack.direct("what did Elizabeth Bennet say?", user="U5")),
        slack.response_to(slack.command("sources", user="U5")),
    ]
    for message in said:
        assert "of this workspace" in str(message)
        assert PRIDE not in str(message)
        assert "Netherfield" not in str(message)
    slack.event({"type": "app_home_opened", "user": "U5", "channel": "D5", "tab": "home"})
    home = slack.wait(lambda: [c for c in slack.calls if c.method == "views.publish"], "the home tab")[-1]
    assert "of this workspace" in str(home.args["view"])
    assert "Netherfield" not in str(home.args["view"])


def test_a_setting_lets_them_in(slack: SlackServer, start: Callable[..., Bot]) -> None:
    """Each its own."""
    start(answer_guests=True)
    slack.users["U5"], slack.users["U6"] = {"is_restricted": True}, {"is_stranger": True}
    assert PRIDE in literal_text(slack.answer_to(slack.mention("what did Elizabeth Bennet say?", user="U5"))["blocks"])
    assert "of this workspace" in str(slack.answer_to(slack.mention("what did Elizabeth Bennet say?", user="U6")))


def test_in_a_channel_shared_with_others_a_member_is_answered_alone(slack: SlackServer, bot: Bot) -> None:
    """What is posted there strangers would read."""
    event = {
        "type": "app_mention",
        "user": "U1",
        "text": "<@UBOT> what did Elizabeth Bennet say?",
        "ts": slack.ts(),
        "channel": "C1",
    }
    slack.deliver("events_api", {**slack.event_envelope(event), "is_ext_shared_channel": True})
    posted = slack.wait(lambda: slack.posted(channel="DU1"), "a direct message")[0]
    assert PRIDE in literal_text(posted["blocks"])
    assert "shared with another workspace" in str(posted)
    assert slack.posted(channel="C1") == []


def test_somebody_who_is_admin_no_more_acts_no_more(
    slack: SlackServer, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within thirty seconds of being demoted."""
    assert members.KEPT_SECONDS < 30
    slack.users["U9"] = {"is_admin": True}
    assert "documents" in str(slack.response_to(slack.command("status", user="U9"))).lower()
    slack.users["U9"] = {}
    now = time.monotonic
    monkeypatch.setattr("bot.slack.members.time.monotonic", lambda: now() + 30)
    assert "admins" in str(slack.response_to(slack.command("log", user="U9")))


def test_another_workspaces_farewell_erases_nothing(slack: SlackServer, bot: Bot) -> None:
    """Only this app leaving this workspace does."""
    slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    envelope = slack.event_envelope({"type": "app_uninstalled"})
    slack.deliver("events_api", {**envelope, "team_id": "T2"})
    slack.answer_to(slack.mention("what did Mr Darcy say?"))
    from retrieval.records import Records

    records = Records(bot.settings.data_dir / "records.sqlite")
    assert len(records.rows("SELECT 1 FROM events")) == 2
    records.close()
