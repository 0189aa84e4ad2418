"""What a message points at is read: the one above it in the thread, a forwarded one, the direct message before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot, Site
from tests.scenarios.library import PRIDE
from tests.scenarios.test_surfaces import shortcut
from tests.slack_server import BOT_USER, Failure, SlackServer

LESSON = "You taught me a lesson, hard indeed at first"


def said(slack: SlackServer, text: str, thread: str | None = None, **more: Any) -> dict[str, Any]:
    """Somebody says something in a channel to nobody in particular."""
    ts = slack.ts()
    message = {"type": "message", "user": "U2", "text": text, "ts": ts, "channel": "C1", **more}
    slack.messages.append(message | ({"thread_ts": thread} if thread else {}))
    return message


def forwarded(text: str) -> list[dict[str, Any]]:
    """An attachment as Slack makes it of a message that is shared."""
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    blocks = [{"type": "rich_text", "elements": [part]}]
    return [
        {
            "is_share": True,
            "is_msg_unfurl": True,
            "author_name": "Fitzwilliam Darcy",
            "text": text,
            "message_blocks": [{"team": "T1", "channel": "C2", "ts": "1.1", "message": {"blocks": blocks}}],
        }
    ]


@pytest.mark.parametrize("asks", ["is this exact?", "check this", "Check that quote, please", "is that real?", "check"])
def test_a_check_in_a_thread_is_of_the_message_above(slack: SlackServer, bot: Bot, asks: str) -> None:
    """Of the parent, and against the speaker whom that message names."""
    parent = said(slack, f"Mr Darcy at the ball: “{PRIDE}”")
    shown = literal_text(slack.answer_to(slack.mention(asks, thread=parent["ts"]))["blocks"])
    assert "Somebody else's words" in shown
    assert "Elizabeth Bennet" in shown


def test_of_several_messages_above_the_nearest_that_quotes_is_meant(slack: SlackServer, bot: Bot) -> None:
    """Not the chatter after it, and not the parent."""
    parent = said(slack, "All happy families are “alike in their own kitchens”, they say")
    said(slack, f"&gt; {LESSON}\n— Fitzwilliam Darcy", parent["ts"])
    said(slack, "oh, nice one", parent["ts"])
    shown = literal_text(slack.answer_to(slack.mention("is this exact?", thread=parent["ts"]))["blocks"])
    assert "✅ Exact" in shown
    assert "kitchens" not in shown


@pytest.mark.parametrize("asks", ["who said this?", "source?", "who really said that?", "where is this from?"])
def test_who_said_what_stands_above(slack: SlackServer, bot: Bot, asks: str) -> None:
    """Speaker and source of the words above."""
    parent = said(slack, f"“{PRIDE}”")
    shown = literal_text(slack.answer_to(slack.mention(asks, thread=parent["ts"]))["blocks"])
    assert "Elizabeth Bennet" in shown
    assert "The Meryton Courier" in shown


def test_below_our_own_answer_the_source_is_that_of_the_answer(slack: SlackServer, bot: Bot) -> None:
    """What was shown last is meant, although the thread began with other words."""
    parent = said(slack, f"“{LESSON}”")
    slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?", thread=parent["ts"]))
    shown = literal_text(slack.answer_to(slack.mention("source?", thread=parent["ts"]))["blocks"])
    assert "The Ball at Netherfield" in shown
    assert "At Pemberley" not in shown


def test_a_forwarded_message_is_checked(slack: SlackServer, bot: Bot) -> None:
    """With a word of what is wanted, or without any; whoever forwarded it is not who said it."""
    for text in ("is this exact?", ""):
        asked = slack.direct(text, attachments=forwarded(f"Elizabeth Bennet’s line: “{PRIDE}”"))
        assert "✅ Exact" in literal_text(slack.answer_to(asked)["blocks"])


def test_a_direct_message_points_at_the_one_before(slack: SlackServer, bot: Bot) -> None:
    """Outside of threads too."""
    slack.answer_to(slack.direct(f"“{PRIDE}” — Mr Darcy"))
    assert "Somebody else's words" in literal_text(slack.answer_to(slack.direct("is this exact?"))["blocks"])


def test_where_nothing_stands_above_that_is_said(slack: SlackServer, bot: Bot) -> None:
    """With what to do."""
    assert "no message above" in literal_text(slack.answer_to(slack.mention("is this exact?"))["blocks"])


def test_where_the_thread_may_not_be_read_that_is_said(slack: SlackServer, bot: Bot) -> None:
    """With what to do: the words are never guessed."""
    parent = said(slack, f"“{PRIDE}”")
    slack.fail("conversations.replies", Failure(200, "missing_scope"))
    shown = literal_text(slack.answer_to(slack.mention("is this exact?", thread=parent["ts"]))["blocks"])
    assert "cannot read the messages above" in shown


def test_the_shortcut_checks_every_quotation_against_whom_the_message_names(slack: SlackServer, bot: Bot) -> None:
    """One verdict each; the one person that the message names is whom it credits."""
    text = f"From Elizabeth Bennet's evening: “{PRIDE}” And later: “{LESSON}”."
    response = slack.response_to(shortcut(slack, "check_quote", {"text": text}))
    shown = literal_text(response["blocks"])
    assert shown.count("Checked:") == 2
    assert "✅ Exact" in shown
    assert "These words are Fitzwilliam Darcy’s, not Elizabeth Bennet’s." in shown
    other = response | {"channel": "C1"}
    slack.press(other, "share", ephemeral=True)
    (posted,) = slack.wait(lambda: slack.posted(channel="C1"), "the shared verdict")
    assert "Somebody else's words" in literal_text(posted["blocks"])
    assert {"type": "user", "user_id": "U1"} in posted["blocks"][0]["elements"][0]["elements"]


def test_the_shortcut_reads_what_a_message_forwards(slack: SlackServer, bot: Bot) -> None:
    """The quotation is in the attachment, and nothing in the message itself."""
    response = slack.response_to(
        shortcut(slack, "check_quote", {"text": "", "attachments": forwarded(f"“{PRIDE}” — Mr Darcy")})
    )
    assert "Somebody else's words" in literal_text(response["blocks"])


def test_pointing_over_http(slack: SlackServer, site: Site) -> None:
    """The way by which Slack reaches the bot makes no difference."""
    parent = said(slack, f"“{PRIDE}” — Mr Darcy")
    event = {
        "type": "app_mention",
        "user": "U1",
        "text": f"<@{BOT_USER}> is this exact?",
        "ts": slack.ts(),
        "thread_ts": parent["ts"],
        "channel": "C1",
    }
    assert site.post(slack.event_envelope(event)).status_code == 200
    assert "Somebody else's words" in literal_text(slack.answer_to(event)["blocks"])
