"""Slack's payloads read into inbox Events (pure). None: not addressed to the bot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.slack.inbox import Event
from bot.slack.messages.wording import attached_text, pasted_text, quoted_words, typed, typed_lines, without_mention

Payload = Mapping[str, Any]


def mention(body: Payload, me: str) -> Event | None:
    """An @mention in a channel or a thread."""
    event = body["event"]
    if event.get("bot_id") or not event.get("user"):
        return None
    return _message(body, "mention", me)


def direct_message(body: Payload, me: str) -> Event | None:
    """A message to the bot itself, in the messages tab or the agent pane."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") not in (None, "file_share"):
        return None
    if event.get("bot_id") or not event.get("user") or event.get("hidden"):
        return None
    return _message(body, "dm", me)


def follow_up(body: Payload, me: str) -> Event | None:
    """A message in a channel's thread that does not mention the bot; whether it is one of ours, the records know."""
    event = body["event"]
    if event.get("channel_type") == "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
        return None
    if not event.get("thread_ts") or event["thread_ts"] == event["ts"] or f"<@{me}" in event.get("text", ""):
        return None  # mentions come as events of their own
    return _message(body, "follow_up", me)


def command(body: Payload) -> Event:
    """A slash command. It has no id of its own: the same payload is the same question."""
    text = str(body.get("text") or "")
    parts = [str(body.get(name, "")) for name in ("trigger_id", "response_url", "user_id", "channel_id", "text")]
    return Event(
        event=f"slash:{digest(*parts)}",
        kind="slash",
        user=str(body.get("user_id", "")),
        text=_words(text),
        channel=body.get("channel_id"),
        extra={"response_url": body.get("response_url", ""), "command": body.get("command", "")},
    )


def button(body: Payload, kind: str, *key: object, text: str = "", **extra: object) -> Event:
    """A pressed button; `key` is what makes pressing it again the same thing."""
    container, message = body.get("container", {}), body.get("message", {})
    channel = body.get("channel", {}).get("id") or container.get("channel_id")
    ephemeral = bool(container.get("is_ephemeral")) or not message
    return Event(
        event=f"{kind}:{digest(*(str(part) for part in key))}",
        kind=kind,
        user=body["user"]["id"],
        text=text,
        channel=channel,
        thread=message.get("thread_ts") or container.get("thread_ts") or message.get("ts"),
        extra={
            "response_url": body.get("response_url", ""),
            "ephemeral": ephemeral,
            "message_ts": message.get("ts") or container.get("message_ts"),
            **extra,
        },
    )


def elsewhere(event: Event, channel: str, response_url: str) -> Event:
    """The same event, its reply to be posted to another channel."""
    return replace(event, channel=channel, thread=None, extra={**event.extra, "response_url": response_url})


def in_message(event: Event, channel: str | None, ts: str | None) -> Event:
    """The same event, its reply to take the place of a message."""
    extra = {**event.extra, "message_ts": ts, "ephemeral": not ts}
    return replace(event, channel=channel or event.channel, extra=extra)


def fault_in(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with facts that were put in: input -> a sentence; empty when nothing is."""
    from retrieval.errors import DocumentError
    from retrieval.formats.given_speaker import speaker_name
    from retrieval.formats.metadata import day, web_address

    found: dict[str, str] = {}
    if given.get("published") and day(given["published"]) is None:
        found["published"] = "Write the whole day, as 2024-07-10."
    if given.get("url") and web_address(given["url"]) is None:
        found["url"] = "An address begins with https:// or http://."
    try:
        speaker_name(given.get("speaker") or "Nobody")
    except DocumentError as error:
        found["speaker"] = str(error)
    return found


def nothing_in(given: Mapping[str, str]) -> dict[str, str]:
    """Whether neither a text nor an address was put in."""
    if given.get("text") or given.get("url"):
        return {}
    return {"text": "Paste the text here, or give its address above."}


def shortcut(body: Payload, kind: str) -> Event:
    """A message shortcut; the event's text is what the message quotes, or all of it where its quotations are checked."""
    message, channel = body.get("message", {}), body.get("channel", {}).get("id")
    key = (
        str(body.get("trigger_id", "")),
        str(body.get("action_ts", "")),
        str(message.get("ts", "")),
        body["user"]["id"],
    )
    return Event(
        event=f"{kind}:{digest(*key)}",
        kind=kind,
        user=body["user"]["id"],
        text=pasted_text(message) if kind == "check" else quoted_words(message),
        channel=channel,
        extra={"response_url": body.get("response_url", ""), "ephemeral": True},
    )


def digest(*parts: str) -> str:
    """A short name for a list of texts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def _message(body: Payload, kind: str, me: str) -> Event:
    event = body["event"]
    return Event(
        event=str(body.get("event_id") or f"{event['channel']}:{event['ts']}"),
        kind=kind,
        user=event["user"],
        text=_words(without_mention(event.get("text") or "", me)),
        channel=event["channel"],
        ts=event["ts"],
        thread=event.get("thread_ts") or event["ts"],
        extra=_beside(body),
    )


def _words(text: str) -> str:
    """What a person typed; with its lines where something is to be checked, since they say what is quoted."""
    return typed_lines(text.strip()) if text.lstrip()[:5].casefold() == "check" else typed(text)


def _beside(body: Payload) -> dict[str, Any]:
    """What of a message matters beside its text: files, what is forwarded in it, and whether its channel is shared with another workspace."""
    found: dict[str, Any] = {}
    if body["event"].get("files"):
        found["files"] = [_file(f) for f in body["event"]["files"]]
    if forwarded := attached_text(body["event"]):
        found["forwarded"] = forwarded
    if body.get("is_ext_shared_channel"):
        found["shared"] = True
    return found


def _file(file: Payload) -> dict[str, Any]:
    return {name: file.get(name) for name in ("id", "name", "is_external", "mode")}
