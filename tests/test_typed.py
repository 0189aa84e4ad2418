"""What people type in Slack, read back: mentions, links, subcommands, claims, quoted words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.files import may_have_token
from bot.slack.messages.wording import quoted_words, typed
from bot.slack.questions import question_from_json, question_to_json
from bot.slack.subcommands import FOR_ADMINS, FOR_EVERYBODY, in_marks, parse
from retrieval.model import Question, Speaker


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<@UBOT> what did she say?", "what did she say?"),
        ("hey <@UBOT|bot>, what?", "hey , what?"),
        ("see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2"),
        ("see <https://x.example/|x.example>", "see x.example"),
        ("write <mailto:a@x.example|a@x.example>", "write a@x.example"),
        ("in <#C123|general> and <#C9>", "in #general and #C9"),
        ("<!channel> <@U9> stay", "<!channel> <@U9> stay"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&lt;@UBOT&gt; as typed", "<@UBOT> as typed"),
        ("  two\n lines ", "two lines"),
        ("", ""),
    ],
)
def test_text_is_read_as_it_was_typed(raw: str, read: str) -> None:
    """Our own mention goes; everything else is what the person sees."""
    assert typed(raw, "UBOT") == read


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "help", ""),
        ("help", "help", ""),
        ("speakers", "speakers", ""),
        ('check "call me Ishmael"', "check", '"call me Ishmael"'),
        ("check call me Ishmael", "check", "call me Ishmael"),
        ('who "call me Ishmael"', "who", '"call me Ishmael"'),
        ("timeline Captain Ahab on the whale", "timeline", "Captain Ahab on the whale"),
        ("add https://x.example/", "add", "https://x.example/"),
        ("reindex", "reindex", ""),
        ("what did Ahab say?", "ask", "what did Ahab say?"),
        ("who said that the whale is white?", "ask", "who said that the whale is white?"),
        ("sources say what about the whale?", "ask", "sources say what about the whale?"),
        ("help me find Ahab's words", "ask", "help me find Ahab's words"),
        ("log books of the Pequod", "ask", "log books of the Pequod"),
        ("Check: “call me Ishmael”", "check", "“call me Ishmael”"),
        ("sources?", "sources", ""),
        ("Timeline of Captain Ahab", "timeline", "Captain Ahab"),
        ("/nato-quote timeline Captain Ahab", "timeline", "Captain Ahab"),
        ("check with Starbuck what the captain said", "ask", "check with Starbuck what the captain said"),
        ("check if Ahab spoke of the whale", "ask", "check if Ahab spoke of the whale"),
        ("check what Ahab said: “the whale is mine”", "check", "what Ahab said: “the whale is mine”"),
        ("who said “call me Ishmael”?", "ask", "who said “call me Ishmael”?"),
        ("timeline of what Ahab said", "ask", "timeline of what Ahab said"),
        ("add some salt to what Ahab said", "ask", "add some salt to what Ahab said"),
        ("speakers on the whale", "ask", "speakers on the whale"),
    ],
)
def test_a_subcommand_is_told_from_a_question(text: str, name: str, words: str) -> None:
    """A first word is a subcommand only where what follows fits it."""
    meant = parse(text)
    assert (meant.name, meant.words, meant.mistyped) == (name, words, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("speekers", "speakers"),
        ("soruces", "sources"),
        ("hlep", "help"),
        ('chek "x"', "check"),
        ('whom "x"', "who"),
        ("timelien Ahab", "timeline"),
        ("re-index", "reindex"),
        ("statsu", "status"),
    ],
)
def test_a_mistyped_subcommand_is_recognised(text: str, name: str) -> None:
    """One slip, or a word that is nearly it."""
    meant = parse(text)
    assert (meant.name, meant.mistyped) == (name, text.split(" ")[0])


@pytest.mark.parametrize(
    "text",
    [
        "whaling",
        "Ahab",
        "checks and balances of the crew",
        "adder",
        "remote harbours of the south",
        "Timeliness of the tide?",
    ],
)
def test_an_ordinary_word_is_a_question(text: str) -> None:
    """Not everything is a subcommand."""
    assert parse(text).name == "ask"


@given(st.text(max_size=200))
def test_anything_typed_is_read(text: str) -> None:
    """No text stops the reader, and none is lost: it is all in the words, but for the subcommand."""
    meant = parse(text)
    assert meant.name in {"ask", *FOR_EVERYBODY, *FOR_ADMINS}
    if meant.name == "ask":
        assert meant.words == text.strip()
    in_marks(text)
    typed(text, "UBOT")


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ('"the whale is mine"', "the whale is mine"),
        ("“the whale is mine”", "the whale is mine"),
        ("the whale is mine", "the whale is mine"),
        ('"the whale is mine" by Captain Ahab', "the whale is mine"),
        ('"he said "no" twice"', 'he said "no" twice'),
        ("", ""),
    ],
)
def test_words_in_marks_are_taken_out(words: str, bare: str) -> None:
    """What stands behind them says nothing about them."""
    assert in_marks(words) == bare


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "she said “short” and “a longer one”."}, "a longer one"),
        ({"text": 'she said "like this"'}, "like this"),
        ({"text": "no marks at all"}, "no marks at all"),
        ({"text": "&gt; set apart\nnot this"}, "set apart"),
        ({"text": "x", "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "in a block"}]}]}]}, "in a block"),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_quoted_words_of_a_message(message: dict[str, Any], words: str) -> None:
    """Set apart, or in marks, or else all of it."""
    assert quoted_words(message) == words


def test_a_question_survives_as_json() -> None:
    """As it was understood; anything that is none is None."""
    question = Question(
        "what?", "quote", (Speaker("ahab", "Ahab"), Speaker(None, "a sailor", "unnamed")), "whales", publisher="The Log"
    )
    assert question_from_json(question_to_json(question)) == question
    for broken in (None, {}, {"text": 3}, {"text": "x", "speakers": [{"id": 1}]}, {"text": "x", "since": "soon"}):
        assert question_from_json(broken) is None


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.pdf", True),
        ("http://files.slack.com/files-pri/T1-F1/a.pdf", False),
        ("https://files.slack.com.evil.example/a.pdf", False),
        ("https://evil.example/files.slack.com", False),
        ("https://user@files.slack.com/a.pdf", False),
        ("https://files.slack.com:8443/a.pdf", False),
        ("https://slack.com/a.pdf", False),
        ("http://127.0.0.1:9/a", False),
        ("", False),
    ],
)
def test_the_token_goes_to_slacks_file_host_only(address: str, allowed: bool) -> None:
    """Or to the very host of SLACK_API_URL."""
    assert may_have_token(address, "https://slack.com/api/") is allowed
    assert may_have_token("http://127.0.0.1:9/files/F1", "http://127.0.0.1:9/api/")
    assert not may_have_token("http://127.0.0.1:10/files/F1", "http://127.0.0.1:9/api/")
