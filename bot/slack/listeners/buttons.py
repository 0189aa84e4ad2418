"""What the buttons More, Share, thumbs and examples do ("In context", "Copy citation", "Why?": modals).

Their state is in their value, so that they work after a restart and weeks later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import payloads
from bot.slack.listeners import modals
from bot.slack.messages import kit, views
from retrieval.records import Feedback

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """More, Share to channel, thumbs, and the examples of the App Home."""

    @app.action("more")
    def more(ack: Ack, body: Body, action: Body) -> None:
        state = kit.read_state(action.get("value", ""))
        asked = body.get("container", {}).get("message_ts")
        where = (
            asked,
            state.get("e"),
            state.get("l"),
            state.get("o"),
            channel_of(body),
            body["user"]["id"] if private(body) else "",
        )
        desk.receive(payloads.button(body, "more", *where, state=state))
        ack()

    @app.action("share")
    def share(ack: Ack, body: Body, action: Body) -> None:
        channel, state = channel_of(body), kit.read_state(action.get("value", ""))
        if not channel or channel.startswith("D"):
            ack()
            modals.show(desk, body, lambda: views.share_to(action["value"]))
            return
        desk.receive(
            payloads.button(body, "share", state.get("e"), state.get("q"), state.get("c"), channel, state=state)
        )
        ack()

    @app.action("watch_end")
    def watch_end(ack: Ack, body: Body, action: Body) -> None:
        state = kit.read_state(action.get("value", ""))
        desk.receive(payloads.button(body, "watch_end", body["user"]["id"], state.get("w"), state=state))
        ack()

    @app.view("share_to")
    def share_to(ack: Ack, body: Body, view: Body) -> None:
        state, places = kit.read_state(view.get("private_metadata", "")), body.get("response_urls") or [{}]
        channel = views.put_in(view).get("where") or places[0].get("channel_id")
        shared = payloads.button(body, "share", state.get("e"), state.get("q"), state.get("c"), channel, state=state)
        desk.receive(payloads.elsewhere(shared, str(channel), places[0].get("response_url", "")))
        ack()

    _register_thumbs(app, desk)
    for number in range(4):
        app.action(f"example_{number}")(example(desk))


def _register_thumbs(app: App, desk: Desk) -> None:
    """The thumbs under an answer, and what was wrong with it."""

    @app.action("feedback")
    def feedback(ack: Ack, body: Body, action: Body) -> None:
        given = verdict(desk, body, action)
        desk.records.give_feedback(given)
        ack()
        if given.verdict == "down":
            modals.show(desk, body, lambda: views.what_was_wrong(kit.state(e=given.answer)))

    @app.view("reason")
    def reason(ack: Ack, body: Body, view: Body) -> None:
        said, state = views.put_in(view), kit.read_state(view.get("private_metadata", ""))
        why = ": ".join(part for part in (said.get("reason"), said.get("words")) if part)
        desk.records.give_feedback(Feedback(str(state.get("e", "")), body["user"]["id"], "down", reason=why))
        ack()


def example(desk: Desk) -> Any:
    """The listener of an example's button: the answer comes as a direct message."""

    def asked(ack: Ack, body: Body, action: Body) -> None:
        text = str(kit.read_state(action.get("value", "")).get("t", ""))
        desk.receive(payloads.button(body, "example", body["user"]["id"], text, action.get("action_ts"), text=text))
        ack()

    return asked


def verdict(desk: Desk, body: Body, action: Body) -> Feedback:
    """A pressed thumb, as it goes into the records."""
    state = kit.read_state(action.get("value", ""))
    event = str(state.get("e", ""))
    blocks = body.get("message", {}).get("blocks", ())
    elements = [e for b in blocks for e in (*b.get("elements", ()), b.get("accessory") or {})]
    shown = [kit.read_state(e.get("value", "")).get("q") for e in elements if e.get("action_id") == "in_context"]
    return Feedback(
        answer=event,
        user=body["user"]["id"],
        verdict="up" if state.get("v") == "up" else "down",
        channel=channel_of(body),
        question=desk.inbox.asked(event) or "",
        quotes=tuple(str(quote) for quote in shown if quote),
    )


def channel_of(body: Body) -> str | None:
    """The channel in which a button was pressed; None in a modal or the App Home."""
    found = body.get("channel", {}).get("id") or body.get("container", {}).get("channel_id")
    return str(found) if found else None


def private(body: Body) -> bool:
    """Whether only the person who pressed sees the message."""
    return bool(body.get("container", {}).get("is_ephemeral"))
