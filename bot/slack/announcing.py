"""Tells the admins' channel, where one is set, what changed in the index."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.settings import Settings
from bot.slack.client import Slack, SlackTrouble
from bot.slack.messages.answers import note

log = structlog.get_logger()


def announcer(settings: Settings) -> Callable[[str], None]:
    """What posts a sentence to the admins' channel; where none is set it does nothing."""
    channel, token = settings.admin_channel, settings.slack_bot_token
    if not channel or token is None:
        return lambda _: None

    def say(text: str) -> None:
        try:
            slack = Slack(settings.slack_api_url, token.get_secret_value())
            slack.call("chat.postMessage", channel=channel, **note(text).payload())
        except SlackTrouble as trouble:  # the index is right all the same; the log and `nato-quote log` have it
            log.warning("admins_not_told", reason=str(trouble), channel=channel)

    return say
