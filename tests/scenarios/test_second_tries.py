"""What a person sees after something went wrong halfway: nothing is overwritten, nothing typed is lost, no answer waits for reading."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from bot.slack.messages.answers import Asked, abstention
from retrieval.model import Answer, Question
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot, Site
from tests.scenarios.library import PRIDE
from tests.scenarios.test_surfaces import shortcut
from tests.scenarios.test_trouble import child, kill  # noqa: F401  # the fixture
from tests.slack_server import Failure, SlackServer


@pytest.mark.parametrize("done", [True, False], ids=["it-arrived", "it-did-not"])
def test_a_second_try_of_a_private_more_leaves_the_first_page(slack: SlackServer, bot: Bot, done: bool) -> None:
    """The next page comes beside it after a 5xx."""
    first = slack.response_to(slack.command("what did Mr Darcy say?"))
    slack.fail("response_url", Failure(503, done=done))
    pressed = slack.press({**first, "channel": "C1"}, "more", ephemeral=True)
    wanted = 2 if done else 1
    slack.wait(
        lambda: len([m for u, m in slack.responses if u == pressed["response_url"]]) == wanted, "the second page"
    )
    assert not any(m["replace_original"] for u, m in slack.responses if u == pressed["response_url"])


def test_a_second_try_of_a_shortcut_replaces_nothing(slack: SlackServer, bot: Bot) -> None:
    """What it was used on is somebody's message."""
    slack.fail("response_url", Failure(503))
    response = slack.response_to(shortcut(slack, "check_quote", {"text": f"“{PRIDE}”"}))
    assert response["replace_original"] is False


def test_a_bad_date_keeps_what_was_put_in(slack: SlackServer, bot: Bot) -> None:
    """Edit source details stays open and says at the date what is wrong; nothing is changed."""
    slack.users["U7"] = {"is_admin": True}
    put = {
        "title": {"title": {"value": "A Ball"}},
        "published": {"published": {"value": "last Tuesday"}},
        "url": {"url": {"value": "courier.example"}},
    }
    view = {"type": "modal", "callback_id": "mend_source", "private_metadata": '{"q":"x","d":"y"}', "blocks": []}
    envelope = slack.submit(view, put, user="U7")
    ack = slack.wait(lambda: slack.acks.get(envelope), "the ack")["payload"]
    assert ack["response_action"] == "errors"
    assert ack["errors"] == {
        "published": "Write the whole day, as 2024-07-10.",
        "url": "An address begins with https:// or http://.",
    }


def test_what_is_near_does_not_repeat_the_line_above() -> None:
    """What the sentence says already is not said again, in whatever order and case; the rest is."""
    message = "Nothing by Mr Darcy on the harvest. Elizabeth Bennet is quoted on that."
    found = Answer(
        Question("?", "quote"), message=message, reason="other_speaker", close=("Elizabeth Bennet, on the harvest",)
    )
    assert "What is near" not in literal_text(list(abstention(found, Asked("Ev1", "?")).blocks))
    more = Answer(Question("?", "quote"), message=message, reason="other_speaker", close=("Harvest", "the lakes"))
    shown = literal_text(list(abstention(more, Asked("Ev1", "?")).blocks))
    assert "What is near" in shown
    assert shown.count("arvest") == 1


@pytest.mark.parametrize(
    "failure",
    [Failure(error="missing_scope"), Failure(429, "ratelimited", (("Retry-After", "60"),))],
    ids=["may-not-read", "may-read-once-a-minute"],
)
def test_an_answer_does_not_wait_for_reading(slack: SlackServer, bot: Bot, failure: Failure) -> None:
    """Where Slack does not let us look whether the first try arrived, the answer comes, and says that it may be the second."""
    slack.fail("chat.postMessage", Failure(503, "service_unavailable"))
    slack.fail("conversations.replies", failure)
    shown = literal_text(slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))["blocks"])
    assert PRIDE in shown
    assert "once more" in shown


def test_in_a_thread_that_may_not_be_read_a_question_is_answered(slack: SlackServer, bot: Bot) -> None:
    """What was said above is not known then; a question that stands alone needs none of it."""
    slack.fail("conversations.replies", Failure(429, "ratelimited", (("Retry-After", "60"),)))
    asked = slack.mention("what did Elizabeth Bennet say about pride?", thread="1600000000.000100")
    assert PRIDE in literal_text(slack.answer_to(asked)["blocks"])


def test_a_reply_that_slack_has_confirmed_is_known_without_reading(
    slack: SlackServer,
    child: Callable[..., subprocess.Popen[bytes]],  # noqa: F811
) -> None:
    """Our own records have its ts: an act that is taken up again goes on in the same message."""
    slack.users["U7"] = {"is_admin": True}
    first = child()
    slack.fail("chat.update", Failure(seconds=30))
    slack.command("reindex", user="U7")
    slack.called("chat.update")
    kill(first)
    slack.fail("conversations.history", *[Failure(error="missing_scope")] * 5)
    child()
    slack.wait(lambda: len([c for c in slack.calls if c.method == "chat.update"]) >= 2, "the act goes on")
    assert len(slack.posted(channel="DU7")) == 1


def test_bad_input_over_http(slack: SlackServer, site: Site) -> None:
    """The way by which Slack reaches the bot makes no difference."""
    import json
    from urllib.parse import urlencode

    view = {"type": "modal", "callback_id": "mend_source", "private_metadata": "{}", "blocks": [], "id": "V1"}
    view["state"] = {"values": {"published": {"published": {"value": "soon"}}}}
    payload = {"type": "view_submission", "user": {"id": "U7", "team_id": "T1"}, "team": {"id": "T1"}, "view": view}
    response = site.post(urlencode({"payload": json.dumps(payload)}), form=True)
    assert response.json()["response_action"] == "errors"
