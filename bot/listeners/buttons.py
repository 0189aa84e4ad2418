"""Buttons under an answer. Their state is in their value, so that they work after a restart and weeks later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import kit, reading
from retrieval.records import Feedback

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.desk import Desk


def register(app: App, desk: Desk) -> None:
    """More, Share to channel, thumbs."""

    @app.action("more")
    def more(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        state = kit.read_state(action.get("value", ""))
        channel = body.get("channel", {}).get("id")
        desk.receive(reading.button(body, "more", state.get("e"), state.get("o"), channel, state=state))
        ack()

    @app.action("share")
    def share(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        state = kit.read_state(action.get("value", ""))
        channel = body.get("channel", {}).get("id")
        desk.receive(reading.button(body, "share", state.get("e"), state.get("q"), channel, state=state))
        ack()

    @app.action("feedback")
    def feedback(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        desk.records.give_feedback(verdict(body, action))
        ack()


def verdict(body: dict[str, Any], action: dict[str, Any]) -> Feedback:
    """A pressed thumb, as it goes into the records."""
    state = kit.read_state(action.get("value", ""))
    return Feedback(
        answer=str(state.get("e", "")),
        user=body["user"]["id"],
        verdict="up" if state.get("v") == "up" else "down",
        channel=body.get("channel", {}).get("id"),
    )
