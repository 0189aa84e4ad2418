"""The slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import kit, reading

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.desk import Desk

COMMAND = "/nato-quote"


def register(app: App, desk: Desk) -> None:
    """Answer the command privately."""

    @app.command(COMMAND)
    def command(ack: Ack, body: dict[str, Any]) -> None:
        note = desk.receive(reading.command(body))
        if note:
            ack(text=kit.escape(note), response_type="ephemeral")
        else:
            ack()
