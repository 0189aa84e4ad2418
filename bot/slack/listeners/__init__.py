"""One file per surface, each with `register(app, desk)`. A listener puts what was asked into the inbox and acks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.listeners import (
    administration,
    buttons,
    commands,
    home,
    life,
    mending,
    mentions,
    messages,
    modals,
    shortcuts,
)

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Register every listener."""
    for surface in (mentions, messages, commands, shortcuts, buttons, modals, home, administration, mending, life):
        surface.register(app, desk)
