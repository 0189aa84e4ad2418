"""What admins press and submit. The acts themselves go through the inbox; modals must open within three seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import admin, payloads
from bot.slack.drafts import FACTS
from bot.slack.listeners import home, modals
from bot.slack.messages import admin_views, kit, views

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk


Body = dict[str, Any]
LOOKS = ("status", "feedback", "log")


def register(app: App, desk: Desk) -> None:
    """Drafts, removal, re-indexing, and the App Home's buttons."""
    for action_id, kind in (
        ("draft_keep", "keep"),
        ("draft_discard", "discard"),
        ("remove", "remove"),
        ("undo", "undo"),
    ):
        app.action(action_id)(pressed(desk, kind))
    for kind in (*LOOKS, "reindex"):
        app.action(f"admin_{kind}")(pressed(desk, kind))

    @app.action("draft_edit")
    def draft_edit(ack: Ack, body: Body, action: Body) -> None:
        ack()
        modals.show(desk, body, lambda: details(desk, body, action))

    @app.view("draft_details")
    def draft_details(ack: Ack, body: Body, view: Body) -> None:
        state = kit.read_state(view.get("private_metadata", ""))
        given = {name: views.put_in(view).get(name, "") for name in FACTS}
        fault = payloads.fault_in(given)
        if fault:
            ack(response_action="errors", errors=fault)
            return
        made = payloads.button(
            body, "edit_draft", state.get("i"), view.get("id"), view.get("hash"), state=state, given=given
        )
        desk.receive(payloads.in_message(made, state.get("c"), state.get("m")))
        ack()

    @app.action("admin_add")
    def admin_add(ack: Ack, body: Body) -> None:
        ack()
        modals.show(desk, body, lambda: paste(desk, body))

    @app.view("add_text")
    def add_text(ack: Ack, body: Body, view: Body) -> None:
        given = views.put_in(view)
        fault = payloads.fault_in(given) or payloads.nothing_in(given)
        if fault:
            ack(response_action="errors", errors=fault)
            return
        desk.receive(payloads.button(body, "add_text", view.get("id"), view.get("hash"), *given.values(), given=given))
        ack()

    @app.action("search")
    def search(ack: Ack, body: Body, action: Body) -> None:
        ack()
        home.publish(desk, body["user"]["id"], query=action.get("value") or "")

    for action_id in ("home_back", "home_on"):
        app.action(action_id)(turned(desk))


def pressed(desk: Desk, kind: str) -> Any:
    """The listener of a button that stands for an act; each press is an act of its own, and done once."""

    def act(ack: Ack, body: Body, action: Body) -> None:
        state = kit.read_state(action.get("value", ""))
        desk.receive(
            payloads.button(body, kind, body["user"]["id"], action.get("value"), action.get("action_ts"), state=state)
        )
        ack()

    return act


def turned(desk: Desk) -> Any:
    """The listener of a button that turns the App Home's list of documents."""

    def turn(ack: Ack, body: Body, action: Body) -> None:
        ack()
        state = kit.read_state(action.get("value", ""))
        home.publish(desk, body["user"]["id"], query=str(state.get("w", "")), offset=int(state.get("o", 0)))

    return turn


def details(desk: Desk, body: Body, action: Body) -> views.View:
    """The modal that puts a draft's facts right, with what is known of them now."""
    identifier = str(kit.read_state(action.get("value", "")).get("i", ""))
    channel, ts = modals.place(body), body.get("message", {}).get("ts") or body.get("container", {}).get("message_ts")
    desk.admins.require(body["user"]["id"], "edit details", channel)
    kept = admin.drafts(desk)
    facts = kept.candidate(kept.get(identifier)).facts
    published = facts.published.isoformat() if facts.published else None
    given = {"title": facts.title, "publisher": facts.publisher, "published": published, "url": facts.url}
    given["speaker"] = facts.speaker
    return admin_views.details(identifier, given, {"c": channel or "", "m": ts or ""})


def paste(desk: Desk, body: Body) -> views.View:
    """The modal that adds a document from pasted text."""
    who = body.get("user_id") or body["user"]["id"]  # a command says it the first way, a button the second
    desk.admins.require(who, "add", modals.place(body))
    return admin_views.paste()
