"""Events are acked by Bolt before a listener runs. So the inbox's insert runs as middleware, ahead of the ack."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.slack.desk import Desk
    from bot.slack.inbox import Event

Middleware = Callable[..., Any]


def kept(desk: Desk, read: Callable[[dict[str, Any]], Event | None]) -> list[Middleware]:
    """Middleware that writes what `read` finds into the inbox; if that fails, nothing is acked and Slack comes again."""

    def keep(body: dict[str, Any], next: Callable[[], Any]) -> Any:  # noqa: A002  # Bolt passes it by this name
        event = read(body)
        note = desk.receive(event)
        if note and event:
            desk.tell_in_channel(event, note)
        return next()

    return [keep]


def nothing_more() -> None:
    """The listener of an event that the inbox has: there is nothing left to do."""
