"""The Bolt app: authorisation from what auth.test said at the start, and the listeners."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import structlog

from bot.slack.guarding import MALFORMED
from bot.slack.listeners import register

if TYPE_CHECKING:
    from slack_bolt import App, BoltResponse

    from bot.slack.desk import Desk

log = structlog.get_logger()


def make_app(desk: Desk) -> App:
    """Bolt's App over the parts on the desk. Nothing is read from the environment: everything is handed in."""
    from slack_bolt import App
    from slack_bolt.authorization import AuthorizeResult
    from slack_sdk import WebClient

    def authorize(enterprise_id: str | None, team_id: str | None) -> Any:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id or desk.me.team,
            bot_user_id=desk.me.user,
            bot_id=desk.me.bot,
            bot_token=desk.slack.token,
        )

    secret = desk.settings.slack_signing_secret
    app = App(
        name="nato-quotes",
        logger=logging.getLogger("slack_bolt"),
        client=WebClient(base_url=desk.settings.slack_api_url, retry_handlers=[]),
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else "",
        listener_executor=ThreadPoolExecutor(20, thread_name_prefix="listener"),
        ssl_check_enabled=False,  # Slack no longer sends these, and they come unsigned
        request_verification_enabled=desk.settings.slack_mode == "http",
    )
    app.error(not_taken)
    register(app, desk)
    return app


def not_taken(error: Exception) -> BoltResponse:
    """What Slack is told when a payload could not be taken in: whether it is the payload's fault, or may be sent again."""
    from slack_bolt import BoltResponse

    log.error("not_taken", exc_info=error)
    return BoltResponse(status=400 if isinstance(error, MALFORMED) else 503, body="")
