"""@mentions in channels and threads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.slack import payloads
from bot.slack.listeners.keeping import kept, nothing_more

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Answer whoever mentions the bot."""
    app.event("app_mention", middleware=kept(desk, partial(payloads.mention, me=desk.me.user)))(nothing_more)
