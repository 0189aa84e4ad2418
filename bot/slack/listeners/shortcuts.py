"""Message shortcuts: check the words that somebody quoted, or find where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import payloads

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Both answer privately."""

    @app.shortcut("check_quote")
    def check_quote(ack: Ack, body: dict[str, Any]) -> None:
        desk.receive(payloads.shortcut(body, "check"))
        ack()

    @app.shortcut("find_source")
    def find_source(ack: Ack, body: dict[str, Any]) -> None:
        desk.receive(payloads.shortcut(body, "find"))
        ack()
