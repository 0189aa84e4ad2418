"""The app's own life in a workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import structlog

from bot.settings import secret

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.slack.desk import Desk

log = structlog.get_logger()


def register(app: App, desk: Desk) -> None:
    """Forget what was asked when the app is uninstalled: this app, from this workspace."""
    token = desk.settings.slack_app_token

    @app.event("app_uninstalled")
    def uninstalled(body: dict[str, Any]) -> None:
        if not is_ours(body, desk.me.team, secret(token)):
            log.warning("uninstalled_elsewhere", team=body.get("team_id"), app=body.get("api_app_id"))
            return
        desk.records.forget_everything_asked()
        log.warning("uninstalled", kept="the audit log", forgotten="all questions and verdicts")


def is_ours(body: Mapping[str, Any], team: str, app_token: str) -> bool:
    """Whether an event is of this workspace and, where the app-level token tells it (xapp-1-APP-…), of this app."""
    parts = app_token.split("-")
    app = parts[2] if len(parts) > 3 and re.fullmatch(r"A[A-Z0-9]+", parts[2]) else None
    return bool(team) and body.get("team_id") == team and app in (None, body.get("api_app_id"))
