"""What runs before a question is in the inbox is over in a moment, whatever Slack can send."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.slack import payloads
from bot.slack.messages.wording import LONGEST_TEXT, READ, quoted_words, typed
from bot.slack.subcommands import parse

MOST_SECONDS = 0.05
LONGEST = 40_000  # characters of a message that Slack takes
PIECES = [
    *"aA1 .-_/\\|\n\t\"'“”„«»‘’<>@#!&()[]{}*~`:;,?é\u200b\u0301\u202e\x00",
    "<@", "<@U1>", "<@UBOT>", "<@UBOT|", "<!here>", "<a|", "<|", "<a|b>", "<mailto:", "&lt;", "&amp;lt;", "&gt;\n", "&gt; a\n", "“a", "“ab” ", '"ab', "„ab“", "«ab»",
    "hi ", "cc <@U1>, ", ", <@U1>", "did <@", "by <@U1>", "quotes of ", "and ", "a b ", "😀", "\ud800", "check ", 'who "a" ', "a\u0301",
]  # fmt: skip


def event(text: str) -> dict[str, Any]:
    """The body of a message."""
    inner = {"type": "message", "user": "U1", "text": text, "ts": "1.1", "channel": "D1", "channel_type": "im"}
    return {"event_id": "Ev1", "event": inner}


def in_thread(text: str) -> dict[str, Any]:
    """The body of a message in a thread that mentions nobody."""
    inner = {"user": "U1", "text": text, "ts": "1.2", "thread_ts": "1.1", "channel": "C1", "channel_type": "channel"}
    return {"event_id": "Ev1", "event": inner}


def pressed(text: str) -> dict[str, Any]:
    """The body of a message shortcut."""
    return {"user": {"id": "U1"}, "channel": {"id": "C1"}, "message": {"ts": "1.1", "text": text}, "trigger_id": "1"}


def apart(text: str) -> dict[str, Any]:
    """The same, its text set apart as a quotation in as many pieces as a message can hold."""
    elements = [{"type": "text", "text": text[start : start + 40]} for start in range(0, len(text), 40)]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}]
    return {**pressed(text), "message": {"ts": "1.1", "text": text, "blocks": blocks}}


READERS: dict[str, Callable[[str], object]] = {
    "mention": lambda text: payloads.mention(event(text), "UBOT"),
    "direct message": lambda text: payloads.direct_message(event(text), "UBOT"),
    "follow-up": lambda text: payloads.follow_up(in_thread(text), "UBOT"),
    "command": lambda text: parse(payloads.command({"user_id": "U1", "channel_id": "C1", "text": text}).text),
    "shortcut": lambda text: payloads.shortcut(pressed(text), "check"),
    "shortcut on a quotation": lambda text: payloads.shortcut(apart(text), "check"),
    "example": lambda text: payloads.button({"user": {"id": "U1"}}, "example", text, text=text),
    "form": lambda text: payloads.fault_in({"published": text, "url": "https://" + text, "speaker": text}),
}


def hostile() -> Iterator[str]:
    """Texts as long as Slack takes them: each piece over and over, alone, behind another, and before one that fits nothing."""
    for piece in PIECES:
        repeated = (piece * LONGEST)[:LONGEST]
        yield repeated
        yield ("“" + repeated)[:LONGEST]
        yield (repeated[: LONGEST - 2]) + "\x00x"
    for one, other in zip(PIECES, PIECES[7:] + PIECES[:7], strict=True):
        yield ((one + other) * LONGEST)[:LONGEST]


@pytest.mark.parametrize("name", READERS)
def test_no_text_holds_up_an_ack(name: str) -> None:
    """Each way in reads each text within the bound; the best of three counts, since the machine has others to serve."""
    slow = []
    for text in hostile():
        seconds = min(measured(READERS[name], text) for _ in range(3))
        if seconds > MOST_SECONDS:
            slow.append((text[:12], round(seconds, 3)))
    assert slow == []


def measured(read: Callable[[str], object], text: str) -> float:
    """Seconds that reading takes."""
    began = time.perf_counter()
    read(text)
    return time.perf_counter() - began


def test_what_is_longer_than_a_message_is_cut_before_it_is_looked_at() -> None:
    """Nobody quotes that much; what is kept is the beginning."""
    assert len(typed("a" * 100_000)) == LONGEST_TEXT
    assert len(quoted_words({"text": "a" * 100_000})) == READ


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He wrote “it was the best of times” again", "it was the best of times"),
        ('"Call me Ishmael" and "no"', "Call me Ishmael"),
        ("«Call me Ishmael»", "Call me Ishmael"),
        ("„Call me Ishmael“", "Call me Ishmael"),
        ("“““““ it was “the best of times”", "the best of times"),
        ("no marks at all", "no marks at all"),
    ],
)
def test_what_a_message_quotes_is_found(text: str, words: str) -> None:
    """The longest in marks, whatever stray marks stand around it."""
    assert quoted_words({"text": text}) == words
