"""What can be asked with the command is understood wherever somebody can write to the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot, Site
from tests.scenarios.library import PRIDE
from tests.slack_server import BOT_USER, SlackServer

Say = Callable[[SlackServer, str], dict[str, Any]]


def in_a_channel(slack: SlackServer, text: str) -> dict[str, Any]:
    return slack.answer_to(slack.mention(text))


def in_a_thread(slack: SlackServer, text: str) -> dict[str, Any]:
    return slack.answer_to(slack.mention(text, thread="1600000000.000100"))


def in_a_direct_message(slack: SlackServer, text: str) -> dict[str, Any]:
    return slack.answer_to(slack.direct(text))


PLACES = [in_a_channel, in_a_thread, in_a_direct_message]


@pytest.mark.parametrize("say", PLACES)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"check “{PRIDE}” by Mr Darcy", "Somebody else's words"),
        (f"Check:\n&gt; {PRIDE}", "Exact"),
        (f'who "{PRIDE}"', "Elizabeth Bennet"),
        ("timeline Mr Darcy", "5 statements, by date"),
        ("timelien Mr Darcy", "I took “timelien” for “timeline”."),
        ("speakers", "4 speakers, most quoted first"),
        ("Sources?", "4 documents, newest first"),
        ("help", "/nato-quote timeline"),
    ],
)
def test_a_word_of_the_command_means_the_same_everywhere(
    slack: SlackServer, bot: Bot, say: Say, text: str, shown: str
) -> None:
    """In a channel, in a thread and in a direct message as behind the command."""
    assert shown in literal_text(say(slack, text)["blocks"])


@pytest.mark.parametrize("say", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "who said that his pride could be forgiven?",
        "check with Mr Darcy what Elizabeth Bennet said about pride",
        "sources say what about Elizabeth Bennet's pride?",
    ],
)
def test_a_question_that_begins_with_such_a_word_stays_a_question(
    slack: SlackServer, bot: Bot, say: Say, text: str
) -> None:
    """Nothing of a list or of a verdict is shown for it."""
    shown = literal_text(say(slack, text)["blocks"])
    assert "Checked:" not in shown
    assert "newest first" not in shown
    assert "in quotation marks:" not in shown


def test_over_http_too(slack: SlackServer, site: Site) -> None:
    """The way by which Slack reaches the bot makes no difference."""
    event = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> speakers", "ts": slack.ts(), "channel": "C1"}
    assert site.post(slack.event_envelope(event)).status_code == 200
    assert "4 speakers" in literal_text(slack.answer_to(event)["blocks"])


def test_what_is_for_admins_is_never_answered_in_a_channel(slack: SlackServer, bot: Bot) -> None:
    """An admin who mentions the bot is answered in the direct messages, and told so; so is anybody else refused."""
    slack.users["U7"] = {"is_admin": True}
    slack.mention("status", user="U7")
    told = slack.called("chat.postEphemeral").args
    assert (told["channel"], told["user"], told["text"]) == ("C1", "U7", "I answer in our direct messages.")
    (private,) = slack.wait(lambda: slack.posted(channel="DU7"), "the status")
    assert "Last index run" in literal_text(private["blocks"]) or "documents" in literal_text(private["blocks"])
    slack.mention("log", user="U8")
    (refused,) = slack.wait(lambda: slack.posted(channel="DU8"), "a refusal")
    assert "admin" in literal_text(refused["blocks"])
    assert slack.posted(channel="C1") == []


def test_an_admins_words_work_in_direct_messages(slack: SlackServer, bot: Bot) -> None:
    """Which documents a title fits, and what was done."""
    slack.users["U7"] = {"is_admin": True}
    assert "At Pemberley" in literal_text(slack.answer_to(slack.direct("remove Pemberley", user="U7"))["blocks"])
    assert "rich_text" in str(slack.answer_to(slack.direct("log", user="U7"))["blocks"])
