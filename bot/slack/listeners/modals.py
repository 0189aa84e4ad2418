"""Modals: a quote in context, its citation, how an answer came about. They must open within three seconds, so they bypass the inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog

from bot.slack.client import SlackTrouble
from bot.slack.desk import audience_of
from bot.slack.messages import admin_views, kit, reasons, views
from bot.slack.questions import LONGEST, question_from_json
from retrieval.errors import NatoQuotesError, NotFound

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk
    from bot.slack.messages.views import View

log = structlog.get_logger()
Body = dict[str, Any]
OPEN_SECONDS = 3  # what opens a modal is good for no longer
AWAY = "Slack does not answer me at the moment; please try again."
GONE = "These words are no longer in the documents, or may not be shown here."


def register(app: App, desk: Desk) -> None:
    """In context, Copy citation, Why?"""
    for button, make in (("in_context", context), ("context_on", context), ("why", why), ("cite", citation)):
        app.action(button)(_opening(desk, make))


def _opening(desk: Desk, make: Callable[[Desk, Body, Body], View]) -> Any:
    """The listener of a button that opens a modal."""

    def opens(ack: Ack, body: Body, action: Body) -> None:
        ack()
        show(desk, body, lambda: make(desk, body, action))

    return opens


def why(desk: Desk, body: Body, action: Body) -> View:
    """The modal that says how an answer came about, as far as whoever is in the channel may know."""
    state = kit.read_state(action.get("value", ""))
    text = state.get("t") or desk.inbox.asked(str(state.get("e", "")))
    if not text:
        raise NotFound("I no longer have that question; please ask it again.")
    before = question_from_json(state.get("b"))
    return reasons.why(desk.open_shelf().why(str(text)[:LONGEST], audience_of(place(body)), before))


def context(desk: Desk, body: Body, action: Body) -> View:
    """The modal of a quote in context, for whoever may see the channel where it was asked for."""
    state, channel = kit.read_state(action.get("value", "")), place(body)
    found = desk.open_shelf().context(str(state.get("q")), str(state.get("d")), audience_of(channel))
    if found is None:
        raise NotFound(GONE)
    mends = [admin_views.mending(found.hit)] if desk.admins.is_admin(body["user"]["id"]) else []
    return {**views.in_context(found, int(state.get("o", 0)), mends), "private_metadata": kit.state(c=channel)}


def citation(desk: Desk, body: Body, action: Body) -> View:
    """The modal of a quote's citation."""
    state = kit.read_state(action.get("value", ""))
    hit = desk.open_shelf().hit(str(state.get("q")), str(state.get("d")), audience_of(place(body)))
    if hit is None:
        raise NotFound(GONE)
    return views.citation(desk.open_shelf().citations(hit))


def place(body: Body) -> str | None:
    """The channel that a pressed button belongs to, also when it is inside a modal that was opened there."""
    known = kit.read_state(body.get("view", {}).get("private_metadata", "")).get("c")
    found = known or body.get("channel", {}).get("id") or body.get("container", {}).get("channel_id")
    found = found or body.get("channel_id")  # a command's
    return str(found) if found else None


def show(desk: Desk, body: Body, make: Callable[[], View]) -> None:
    """Open the modal that `make` gives, or take its place inside an open one; trouble is a sentence in it."""
    try:
        desk.admit(str(body.get("user_id") or body["user"]["id"]))
        view = make()
    except NatoQuotesError as error:
        view = views.notice("Sorry", str(error))
    except SlackTrouble as trouble:
        log.warning("modal_not_made", trouble=str(trouble))
        view = views.notice("Sorry", AWAY)
    try:
        if body.get("view", {}).get("type") == "modal":
            desk.slack.call("views.update", view_id=body["view"]["id"], view=view, timeout=OPEN_SECONDS)
        else:
            desk.slack.call("views.open", trigger_id=body["trigger_id"], view=view, timeout=OPEN_SECONDS)
    except SlackTrouble as trouble:  # the person sees that nothing opened, and can press again
        log.warning("modal_not_opened", trouble=str(trouble))
