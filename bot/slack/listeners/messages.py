"""Direct messages, the agent pane, and (where a setting asks for it) threads that the bot has answered in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import payloads
from bot.slack.listeners.keeping import kept, nothing_more

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.desk import Desk
    from bot.slack.inbox import Event


def register(app: App, desk: Desk) -> None:
    """Answer direct messages; other messages are looked at only with FOLLOW_THREADS."""

    def read(body: dict[str, Any]) -> Event | None:
        event = payloads.direct_message(body, desk.me.user)
        if event is None and desk.settings.follow_threads:
            event = payloads.follow_up(body, desk.me.user)
            # What nobody addressed to us is never stored: the thread must be one that we answered in.
            if event and not desk.inbox.answered_in(str(event.channel), str(event.thread)):
                return None
        return event

    app.event("message", middleware=kept(desk, read))(nothing_more)
