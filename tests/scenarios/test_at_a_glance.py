"""An answer reads in ten seconds: what is large, what is a line, which buttons there are, and why it came about."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.messages import answers
from bot.slack.messages.answers import Asked
from retrieval.model import Answer, Question
from tests.block_kit import literal_text
from tests.invented import hit
from tests.scenarios.conftest import Bot, Site
from tests.scenarios.library import PRIDE
from tests.slack_server import BOT_USER, SlackServer


def rows(message: dict[str, Any]) -> list[list[str]]:
    """The labels of each row of buttons."""
    return [[e["text"]["text"] for e in b["elements"]] for b in message["blocks"] if b["type"] == "actions"]


def test_one_quote_is_large_and_the_others_are_lines_that_open(slack: SlackServer, bot: Bot) -> None:
    """One row of buttons, one quiet line of facts, and each line's button shows its own quote."""
    answer = slack.answer_to(slack.mention("what did Mr Darcy say?"))
    assert [b["type"] for b in answer["blocks"]] == ["rich_text", "section", "section", "actions", "context_actions"]
    assert str(answer["blocks"]).count("rich_text_quote") == 1
    assert rows(answer) == [["In context", "Copy citation", "More", "Why?"]]
    facts = answer["blocks"][0]["elements"]
    assert [e["type"] for e in facts] == ["rich_text_quote", "rich_text_section"]
    line = answer["blocks"][2]["text"]["text"]
    slack.press(answer, "in_context", nth=1)
    assert line[1:30] in literal_text(slack.called("views.open").args["view"]["blocks"])


def test_a_private_answer_has_the_same_row_and_a_button_that_shares(slack: SlackServer, bot: Bot) -> None:
    """What is shared looks the same."""
    private = slack.response_to(slack.command("what did Mr Darcy say?"))
    assert rows(private) == [["In context", "Copy citation", "More", "Share to channel", "Why?"]]
    slack.press({**private, "channel": "C1"}, "share", ephemeral=True)
    (shared,) = slack.wait(lambda: slack.posted(channel="C1"), "the shared answer")
    assert rows(shared) == [["In context", "Copy citation"]]
    assert [b["type"] for b in shared["blocks"]][1:4] == ["rich_text", "section", "section"]


def test_what_admins_can_do_is_under_no_answer(slack: SlackServer, bot: Bot) -> None:
    """Not in a channel, not for an admin who asks there: it stands in the private view of a quote."""
    slack.users["U9"] = {"is_admin": True}
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say?", user="U9"))
    assert "mend" not in str(answer["blocks"])
    slack.press(answer, "in_context", user="U9")
    assert "mend_speaker" in str(slack.called("views.open").args["view"])


@pytest.mark.parametrize("text", ["hello", "thanks!", "who are you?"])
def test_small_talk_has_no_thumbs(slack: SlackServer, bot: Bot, text: str) -> None:
    """There is nothing to judge."""
    assert [b["type"] for b in slack.answer_to(slack.mention(text))["blocks"]] == ["rich_text"]


def test_near_looks_different_from_an_answer() -> None:
    """A bold heading that says so, and no quote is large."""
    near = Answer(Question("?", "quote"), reason="speaker_silent", message="Nothing on that.", near=(hit(), hit()))
    blocks = answers.answer(near, Asked("Ev1", "?")).blocks
    assert "rich_text_quote" not in str(blocks)
    assert blocks[0]["elements"][0]["elements"][1]["style"] == {"bold": True}
    assert [b["type"] for b in blocks] == ["rich_text", "section", "section", "actions", "context_actions"]


def test_why_tells_in_words_how_it_came_about(slack: SlackServer, bot: Bot) -> None:
    """Of an answer and of a refusal: what was understood, looked at, weighed and decided."""
    for question, decided in (
        ("what did Elizabeth Bennet say about pride?", "enough to answer"),
        ("what did Elizabeth Bennet say about the harvest?", "too little to answer"),
    ):
        slack.calls.clear()
        slack.press(slack.answer_to(slack.mention(question)), "why")
        shown = literal_text(slack.called("views.open").args["view"]["blocks"])
        assert "words of Elizabeth Bennet (found by name), on “" in shown
        assert decided in shown
        assert PRIDE in shown


def test_why_says_nothing_of_documents_for_another_channel(slack: SlackServer, bot: Bot) -> None:
    """What may not be shown is no reason that may be told."""
    slack.press(slack.answer_to(slack.mention("what about the white whale?", channel="C1")), "why")
    assert "mine and nobody else" not in str(slack.called("views.open").args["view"])


def test_why_over_http(slack: SlackServer, site: Site) -> None:
    """The way by which Slack reaches the bot makes no difference."""
    event = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> what about pride?", "ts": slack.ts()}
    event["channel"] = "C1"
    site.post(slack.event_envelope(event))
    payload = slack.pressed(slack.answer_to(event), "why")
    assert site.post(urlencode({"payload": json.dumps(payload)}), form=True).status_code == 200
    assert slack.called("views.open").args["view"]["title"]["text"] == "Why?"
