"""The slash command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.slack import payloads
from bot.slack.listeners import administration, modals
from bot.slack.messages import kit
from bot.slack.posting import ELSEWHERE
from bot.slack.subcommands import NAME, parse

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk

DIRECT = {"add": "add_url", "reindex": "reindex"}  # they take time, and show how far they are in one message


def register(app: App, desk: Desk) -> None:
    """Answer the command privately."""

    @app.command(NAME)
    def command(ack: Ack, body: dict[str, Any]) -> None:
        event = payloads.command(body)
        meant = parse(event.text)
        if meant.name == "add" and not meant.words:
            ack()
            modals.show(desk, body, lambda: administration.paste(desk, body))
            return
        if meant.name in DIRECT:
            desk.receive(replace(event, kind=DIRECT[meant.name], text=meant.words))
            ack(text=ELSEWHERE, response_type="ephemeral")
            return
        note = desk.receive(event)
        if note:
            ack(text=kit.escape(note), response_type="ephemeral")
        else:
            ack()
