"""What Slack writes into a message, taken back to the question that a person asks."""

from __future__ import annotations

import pytest

from bot.slack.messages.wording import names_a_member, to_nobody


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@U7> what did Fogg say?", "what did Fogg say?"),
        ("hey <@U7>, what did Fogg say?", "what did Fogg say?"),
        ("<@U7> and <@U8>: what did Fogg say?", "what did Fogg say?"),
        ("what did Fogg say about trains? <@U7>", "what did Fogg say about trains?"),
        ("what did Fogg say about trains cc <@U7|passepartout>, <@U8>", "what did Fogg say about trains"),
        ("what did Fogg say?", "what did Fogg say?"),
    ],
)
def test_whoever_a_question_is_addressed_to_is_no_part_of_it(text: str, question: str) -> None:
    """At its beginning, or behind it as a copy."""
    assert to_nobody(text) == question
    assert not names_a_member(text)


@pytest.mark.parametrize(
    "text",
    ["what did <@U7> say about trains?", "quotes by <@U7>", "<@U7> what is <@U8|passepartout>'s view on trains?"],
)
def test_a_member_whose_words_are_asked_for_is_seen(text: str) -> None:
    """No document knows a member by a mention."""
    assert names_a_member(text)
    assert not names_a_member("anything about <@U7>?")
