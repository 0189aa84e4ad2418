"""The app's own life in a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.desk import Desk

log = structlog.get_logger()


def register(app: App, desk: Desk) -> None:
    """Forget what was asked when the app is uninstalled."""

    @app.event("app_uninstalled")
    def uninstalled() -> None:
        desk.records.forget_everything_asked()
        log.warning("uninstalled", kept="the audit log", forgotten="all questions and verdicts")
