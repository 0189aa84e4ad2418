"""Reading a place in Slack for what the bot has said there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.client import Refused, Slack
from bot.slack.inbox import Event

METADATA = "nato_quotes_answer"
EARLIER = 60.0  # seconds by which clocks may differ
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


def find(event: Event, messages: list[dict[str, Any]]) -> str | None:
    """The ts of the message that answers `event`, if it is among `messages`."""
    return next((str(m.get("ts")) for m in messages if carried(m).get("event") == event.event), None)


def carried(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """What one of our replies carries in its metadata; empty for any other message."""
    data = message.get("metadata") or {}
    return (data.get("event_payload") or {}) if data.get("event_type") == METADATA else {}


def replies(slack: Slack, channel: str, thread: str, since: float | None = None) -> list[dict[str, Any]]:
    """The messages of a thread (since a point in time), oldest first."""
    oldest = None if since is None else f"{since - EARLIER:.6f}"
    return _pages(slack, "conversations.replies", channel=channel, ts=thread, oldest=oldest)


def history(slack: Slack, channel: str, since: float) -> list[dict[str, Any]]:
    """The messages of a channel since a point in time; none where the bot may not read."""
    try:
        return _pages(slack, "conversations.history", channel=channel, oldest=f"{since - EARLIER:.6f}")
    except Refused as refused:
        if refused.code in NOT_THERE:  # not a member: then it has not posted there either
            return []
        raise


def _pages(slack: Slack, method: str, **arguments: Any) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = slack.call(method, **arguments, include_all_metadata=True, limit=200, cursor=cursor)
        messages.extend(page.get("messages") or [])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return messages
