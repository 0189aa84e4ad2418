"""What a person sees at each of the other places where the bot can be asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.slack import payloads
from bot.slack.messages import wording
from retrieval.records import Records
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot
from tests.scenarios.library import PRIDE
from tests.slack_server import TEAM, SlackServer


def answered(slack: SlackServer, text: str, **more: Any) -> str:
    """What the command gives for `text`, as it is read."""
    return literal_text(slack.response_to(slack.command(text, **more))["blocks"])


def shortcut(slack: SlackServer, callback: str, message: dict[str, Any], channel: str = "C1") -> dict[str, Any]:
    """Somebody uses a message shortcut; gives the payload, which is delivered."""
    number = slack.ts()
    payload = {
        "type": "message_action",
        "callback_id": callback,
        "trigger_id": f"trigger{number}",
        "action_ts": number,
        "response_url": f"http://127.0.0.1:{slack.port}/response/{number}",
        "user": {"id": "U1"},
        "channel": {"id": channel, "name": "general"},
        "team": {"id": TEAM},
        "message": {"type": "message", "ts": slack.ts(), "user": "U2", **message},
    }
    slack.deliver("interactive", payload)
    return payload


def test_who_said_these_words(slack: SlackServer, bot: Bot) -> None:
    """The words in quotation marks lead to their speaker."""
    shown = answered(slack, f'who "{PRIDE}"')
    assert "Elizabeth Bennet" in shown


@pytest.mark.parametrize(
    ("claimed", "finding"),
    [
        (f'check "{PRIDE}"', "Exact"),
        (f'check "{PRIDE}" by Elizabeth Bennet', "Exact"),
        (f'check "{PRIDE}" by Mr Darcy', "Somebody else's words"),
        ('check "I could never forgive his pride, if he had not mortified mine."', "Altered"),
        ('check "All happy families are alike in their own kitchens."', "Not found"),
        ("check", "Give me the words in quotation marks"),
    ],
    ids=["exact", "exact-by", "other-speaker", "altered", "not-found", "nothing"],
)
def test_checking_a_quote(slack: SlackServer, bot: Bot, claimed: str, finding: str) -> None:
    """Exact, altered with the difference, somebody else's, or not found."""
    shown = answered(slack, claimed)
    assert finding in shown
    if finding == "Altered":
        assert "never forgive" in shown.replace("\n", " ").replace("  ", " ") or "never" in shown
        assert PRIDE in shown


def test_the_shortcut_checks_the_words_that_a_message_quotes(slack: SlackServer, bot: Bot) -> None:
    """Set apart as a quotation, or in quotation marks; the answer is for who asked alone."""
    apart = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": PRIDE}]}],
    }
    for message in (
        {"text": "see", "blocks": [apart]},
        {"text": f"she said “{PRIDE}”!"},
        {"text": f"look:\n&gt; {PRIDE}"},
    ):
        response = slack.response_to(shortcut(slack, "check_quote", message))
        assert response["response_type"] == "ephemeral"
        assert "Exact" in literal_text(response["blocks"])


def test_the_shortcut_checks_each_quotation_against_whom_its_sentence_names(slack: SlackServer, bot: Bot) -> None:
    """A pasted paragraph with two quotations has two verdicts; true words under a false name are not exact."""
    text = f"“{PRIDE}” said Mr Darcy.\n\nElizabeth Bennet wrote:\n&gt; {PRIDE}"
    shown = literal_text(slack.response_to(shortcut(slack, "check_quote", {"text": text}))["blocks"])
    assert "Somebody else's words" in shown
    assert "These words are Elizabeth Bennet’s, not Fitzwilliam Darcy’s." in shown
    assert "✅ Exact" in shown


def test_a_message_of_nothing_but_marks_is_acked_at_once(slack: SlackServer, bot: Bot) -> None:
    """Forty thousand quotation marks are nobody's work."""
    for mark in ("“", '"', "„", "«", "<", "&gt;\n"):
        began = time.perf_counter()
        event = payloads.shortcut(
            {"user": {"id": "U1"}, "channel": {"id": "C1"}, "message": {"text": mark * 40_000}}, "check"
        )
        payloads.shortcut({"user": {"id": "U1"}, "message": {"text": mark * 40_000}}, "find")
        assert time.perf_counter() - began < 0.2
        assert len(event.text) <= wording.READ
    response = slack.response_to(shortcut(slack, "check_quote", {"text": "“" * 40_000}))
    assert "Give me the words" in literal_text(response["blocks"])


def test_a_claim_in_a_question_is_answered_with_the_verdict_first(slack: SlackServer, bot: Bot) -> None:
    """Above the true words, which are shown as whose they are."""
    asked = slack.mention(f"did Mr Darcy say “{PRIDE}”?")
    shown = literal_text(slack.answer_to(asked)["blocks"])
    assert shown.index("not Fitzwilliam Darcy’s") < shown.index(PRIDE)


def test_a_timeline_of_a_speaker(slack: SlackServer, bot: Bot) -> None:
    """Statements by date, page by page; the topic may follow the name; nobody of that name is told as such."""
    payload = slack.command("timeline Mr Darcy")
    first = slack.response_to(payload)
    shown = literal_text(first["blocks"])
    assert "Fitzwilliam Darcy: 5 statements, by date" in shown
    assert "2 June 1813 (published)" in shown
    assert "the work of many generations" in answered(slack, "timeline Fitzwilliam Darcy on library")
    assert "the work of many generations" in answered(slack, "timeline darcy library")
    assert "Nobody called" in answered(slack, "timeline Quentin Durward")
    assert "Whose words?" in answered(slack, "timeline")


def test_the_list_of_speakers(slack: SlackServer, bot: Bot) -> None:
    """Everybody who is quoted, and nobody whose words are for another channel."""
    shown = answered(slack, "speakers").replace("\n", "")
    assert "Fitzwilliam Darcy (5), Elizabeth Bennet (1)" in shown
    assert "Ahab" not in shown
    assert "Ahab" in answered(slack, "speakers", channel="C9")


def test_the_list_of_sources(slack: SlackServer, bot: Bot) -> None:
    """Every document with its link and how many quotes it has."""
    shown = answered(slack, "sources")
    assert "The Ball at Netherfield" in shown
    assert "The Meryton Courier · published 27 November 1812" in shown
    assert " · 5 quotes" in shown
    assert "Pequod" not in shown


def test_help(slack: SlackServer, bot: Bot) -> None:
    """How to ask, with examples."""
    assert "/nato-quote timeline SPEAKER [TOPIC]" in answered(slack, "help")
    assert "/nato-quote timeline SPEAKER [TOPIC]" in answered(slack, "")


@pytest.mark.parametrize(
    ("typed", "meant", "shows"),
    [
        ("speekers", "speakers", "Fitzwilliam Darcy (5)"),
        ("source", "sources", "The Ball at Netherfield"),
        ("halp", "help", "timeline SPEAKER"),
    ],
)
def test_a_mistyped_subcommand_is_taken_for_what_was_meant(
    slack: SlackServer, bot: Bot, typed: str, meant: str, shows: str
) -> None:
    """And it says so."""
    shown = answered(slack, typed)
    assert f"I took “{typed}” for “{meant}”." in shown
    assert shows in shown


def test_the_shortcut_finds_the_source_of_quoted_words(slack: SlackServer, bot: Bot) -> None:
    """The words in a message's quotation marks are looked up, and only who asked sees it."""
    payload = shortcut(slack, "find_source", {"text": f"did you see “{PRIDE}” in the paper?"})
    response = slack.response_to(payload)
    assert response["response_type"] == "ephemeral"
    assert "The Meryton Courier" in literal_text(response["blocks"])


def test_the_app_home_shows_what_there_is(slack: SlackServer, bot: Bot) -> None:
    """Counts, newest documents, who is quoted, how to ask; nothing that is for one channel."""
    slack.event({"type": "app_home_opened", "user": "U5", "tab": "home", "channel": "DU5"})
    call = slack.called("views.publish")
    shown = literal_text(call.args["view"]["blocks"])
    assert call.args["user_id"] == "U5"
    assert "4 documents · 8 quotes · 4 speakers" in shown
    assert "Round the world" in shown
    assert "Ahab" not in str(call.args)
    assert "Pequod" not in str(call.args)


def test_the_agent_pane_suggests_questions_that_are_answered(slack: SlackServer, bot: Bot) -> None:
    """At most four, drawn from what the documents hold."""
    slack.event({"type": "app_home_opened", "user": "U5", "tab": "messages", "channel": "DU5"})
    prompts = slack.called("assistant.threads.setSuggestedPrompts").args["prompts"]
    assert 1 <= len(prompts) <= 4
    asked = slack.direct(prompts[0]["message"], user="U5")
    assert "rich_text_quote" in str(slack.answer_to(asked)["blocks"])


def test_a_thread_is_not_followed_unless_a_setting_says_so(slack: SlackServer, bot: Bot) -> None:
    """Without a mention a message in a thread is neither answered nor stored."""
    first = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(first)
    slack.event(
        {
            "type": "message",
            "channel_type": "channel",
            "user": "U1",
            "text": "a secret",
            "ts": slack.ts(),
            "thread_ts": first["ts"],
            "channel": "C1",
        }
    )
    slack.answer_to(slack.mention("Bennet?"))
    records = Records(bot.settings.data_dir / "records.sqlite")
    assert records.rows("SELECT * FROM events WHERE text LIKE '%secret%'") == []
    records.close()


def test_a_followed_thread_answers_without_a_mention(slack: SlackServer, start: Callable[..., Bot]) -> None:
    """With the setting on, in threads that the bot has answered in and in no others."""
    bot = start(follow_threads=True)
    first = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(first)
    event = {
        "type": "message",
        "channel_type": "channel",
        "user": "U1",
        "text": "what did Mr Darcy say?",
        "channel": "C1",
    }
    ours = {**event, "ts": slack.ts(), "thread_ts": first["ts"]}
    theirs = {**event, "ts": slack.ts(), "thread_ts": "1600000000.000001"}
    top = {**event, "ts": slack.ts()}
    for one in (theirs, top, ours):
        slack.event(one)
    assert "Fitzwilliam Darcy" in literal_text(slack.answer_to(ours)["blocks"])
    assert len(slack.posted()) == 2
    records = Records(bot.settings.data_dir / "records.sqlite")
    assert len(records.rows("SELECT * FROM events")) == 2
    records.close()


def test_when_the_app_is_uninstalled_all_questions_go(slack: SlackServer, bot: Bot) -> None:
    """Nothing that anybody asked stays behind."""
    slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    slack.event({"type": "app_uninstalled"})
    records = Records(bot.settings.data_dir / "records.sqlite")
    slack.wait(lambda: records.rows("SELECT count(*) AS n FROM events")[0]["n"] == 0, "empty records")
    assert records.rows("SELECT * FROM events") == []
    records.close()
