"""The App Home, and the messages tab beside it (the agent pane), when somebody opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.slack import admin
from bot.slack.client import SlackTrouble
from bot.slack.messages import admin_views, kit, views
from bot.slack.messages.kit import Block
from bot.slack.messages.views import Holdings
from retrieval.errors import Forbidden, IndexMissing
from retrieval.model import EVERYBODY

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.library import Library
    from bot.slack.desk import Desk

log = structlog.get_logger()


def register(app: App, desk: Desk) -> None:
    """What there is, how to ask, and prompts to begin with."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any]) -> None:
        if event.get("tab") == "messages":
            desk.run(suggest, desk, event["channel"], event["user"])
        else:
            desk.run(publish, desk, event["user"])


def publish(desk: Desk, user: str, *, query: str = "", offset: int = 0) -> None:
    """Show the App Home as things are now; admins have more on it."""
    try:
        view = shown(desk, user, query, offset)
        desk.slack.call("views.publish", user_id=user, view=view)
    except SlackTrouble as trouble:  # the one before stays; it is drawn again when the tab is opened again
        log.warning("home_not_published", trouble=str(trouble))


def shown(desk: Desk, user: str, query: str, offset: int) -> views.View:
    """The App Home as somebody sees it; while there is no index, when to come back."""
    try:
        desk.admit(user)
        shelf = desk.open_shelf()
        extra = for_admins(desk, shelf, query, offset) if desk.admins.is_admin(user) else []
        return views.home(holdings(shelf), extra)
    except (IndexMissing, Forbidden) as why:
        return views.later(str(why))


def for_admins(desk: Desk, shelf: Library, query: str, offset: int) -> list[Block]:
    """The admins' part: the last run, who is at what, buttons, documents."""
    return admin_views.home(
        admin.known(desk),
        admin.at_work(desk),
        shelf.find_documents(query),
        shelf.quote_counts(),
        shelf.together(),
        desk.settings.admin_users,
        query=query,
        offset=offset,
    )


def suggest(desk: Desk, channel: str, user: str) -> None:
    """Offer questions in the agent pane that the documents answer."""
    if desk.shelf is None:
        return
    try:
        desk.admit(user)
    except Forbidden:
        return  # who is not answered is offered nothing
    prompts = [{"title": kit.cut(text, 75, "…"), "message": text} for text in desk.shelf.examples(EVERYBODY)]
    if prompts:
        title = "Ask who said what"
        desk.slack.assist("assistant.threads.setSuggestedPrompts", channel_id=channel, title=title, prompts=prompts[:4])


def holdings(shelf: Library) -> Holdings:
    """What the documents hold, as far as everybody may know."""
    counts, speakers = shelf.counts(EVERYBODY), shelf.speakers(EVERYBODY)
    return Holdings(
        counts.documents,
        counts.quotes,
        counts.speakers,
        newest=shelf.documents(EVERYBODY)[: views.NEWEST],
        most_quoted=tuple((s.name, s.quotes) for s in speakers[:10]),
        examples=shelf.examples(EVERYBODY),
    )
