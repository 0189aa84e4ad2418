"""Messages that point at another one: "is this exact?", "who said this?", "source?"; and what they point at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from bot.slack.messages.wording import pasted_text, quotes_words, typed
from bot.slack.subcommands import Subcommand, parse
from bot.slack.threads import carried, replies
from retrieval.asking.leaning import about_shown

if TYPE_CHECKING:
    from bot.slack.desk import Desk
    from bot.slack.inbox import Event

Pointing = Literal["check", "find"]
LATELY_SECONDS = 60 * 60  # how long a direct message may point at the one before it
NOTHING_ABOVE = (
    "I see no message above this one that quotes anybody. Write “check”, and behind it the words in quotation marks."
)
CANNOT_READ = "I cannot read the messages above. Write “check”, and behind it the words in quotation marks."
SOURCES = Subcommand("sources", "")  # the list of them is asked for
_LONGEST = 90  # characters of a message that points
_THIS = r"(?:this|that|it|these|those|them)"
_QUOTE = r"(?:\s+(?:quotes?|quotations?|words?|lines?|message|one))?"
_TRUE = r"(?:exact|right|real|correct|accurate|true|genuine|verbatim|legit|authentic|word\s+for\s+word|a\s+(?:real|true)\s+quote|made\s+up|fake)"
_ONE = rf"(?:{_THIS}{_QUOTE}|the\s+(?:above|quotes?|quotations?|message|words)(?:\s+above)?)"
_LEAD = r"^\W*(?:(?:hey|hi|so|and|ok|please)\b\W*)?"
_CHECK = re.compile(
    rf"{_LEAD}(?:(?:is|was|are|were)\s+{_ONE}\s+(?:really\s+|actually\s+)?{_TRUE}"
    rf"|(?:(?:can|could|would)\s+(?:you|somebody)\s+)?(?:please\s+)?(?:check|verify|fact[ -]?check|confirm)(?:\s+{_ONE})?(?:\s+above)?(?:,?\s+please)?"
    rf"|(?:exact|verbatim|accurate|real)(?:\s+quote)?|did\s+(?:he|she|they)\s+(?:really\s+|actually\s+)?say\s+{_ONE})\W*$",
    re.IGNORECASE,
)
_FIND = re.compile(
    rf"{_LEAD}(?:who(?:\s+(?:really|actually))?(?:\s+(?:said|says|wrote)\s+{_ONE})?|whose\s+(?:words|quotes?|lines?)(?:\s+(?:is|are)\s+{_THIS})?"
    rf"|where(?:[’']s|\s+is|\s+are)\s+{_ONE}\s+from)\W*$",
    re.IGNORECASE,
)


def pointed_at(text: str) -> Pointing | None:
    """Whether a message asks something of another one, and what; None: it has words of its own."""
    if len(text) > _LONGEST or parse(text) == SOURCES:
        return None
    if _CHECK.match(text):
        return "check"
    return "find" if _FIND.match(text) or about_shown(text) == "source" else None


def above(messages: Sequence[Mapping[str, Any]], ts: str, own: str) -> Mapping[str, Any] | None:
    """Of a thread the message that one of time `ts` points at: the nearest that quotes words, or else the one above it (pure).

    None where that is one of our answers, or there is none.
    """
    before = [m for m in messages if float(m.get("ts") or 0) < float(ts)]
    others = [m for m in before if _says_something(m)]
    if not others or _is_ours(others[-1], own):
        return next((m for m in reversed(others) if not _is_ours(m, own) and quotes_words(pasted_text(m))), None)
    theirs = [m for m in others if not _is_ours(m, own)]
    return next((m for m in reversed(theirs) if quotes_words(pasted_text(m))), theirs[-1])


def answered_last(messages: Sequence[Mapping[str, Any]], ts: str, own: str) -> bool:
    """Whether the message above the one of time `ts` is an answer of ours (pure)."""
    before = [m for m in messages if float(m.get("ts") or 0) < float(ts) and _says_something(m)]
    return bool(before) and _is_ours(before[-1], own)


def meant(desk: Desk, event: Event, kind: Pointing) -> str | None:
    """The text that a message points at; empty where there is none, None where our own answer above is meant.

    Raises Refused where the bot may not read the thread.
    """
    if event.extra.get("forwarded"):
        return str(event.extra["forwarded"])
    if event.thread == event.ts:
        before = desk.inbox.said_before(event, LATELY_SECONDS, points) if event.kind == "dm" else ""
        return before if kind == "check" or quotes_words(before) else None
    messages = replies(desk.slack, str(event.channel), str(event.thread))
    if kind == "find" and answered_last(messages, str(event.ts), desk.me.bot):
        return None
    found = above(messages, str(event.ts), desk.me.bot)
    return pasted_text(found) if found else ""


def points(text: str) -> bool:
    """Whether a text has no words of its own to be checked."""
    return not any(c.isalnum() for c in text) or pointed_at(text) is not None


def _says_something(message: Mapping[str, Any]) -> bool:
    return not points(typed(str(message.get("text") or ""))) or bool(message.get("attachments"))


def _is_ours(message: Mapping[str, Any], own: str) -> bool:
    return message.get("bot_id") == own or bool(carried(message))
