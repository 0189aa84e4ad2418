"""The doctor's look at Slack: whether the tokens are taken, and have the scopes that the bot needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from retrieval.doctor import Check

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.settings import Settings

WHERE = "https://api.slack.com/apps"


def examine_slack(settings: Settings) -> Iterator[Check]:
    """Each token that is set, asked of Slack itself; one that is not set is told as such, and no fault."""
    yield _bot_token(settings)
    if settings.slack_mode == "socket":
        yield _app_token(settings)
    elif not _given(settings.slack_signing_secret):
        yield Check("Slack signing secret", False, "not set", f"Copy it from Basic Information of your app at {WHERE}")
    else:
        yield Check("Slack signing secret", True, "set")


def _bot_token(settings: Settings) -> Check:
    from bot.slack.client import METHODS

    name, token = "Slack bot token", _given(settings.slack_bot_token)
    if not token:
        return Check(name, True, "not set; needed by `serve` only (SLACK_BOT_TOKEN)")
    said = _call(settings, token, "auth.test")
    if isinstance(said, str):
        return Check(name, False, said, f"Copy the bot token from OAuth & Permissions of your app at {WHERE}")
    has = {scope.strip() for scope in str(said.headers.get("x-oauth-scopes", "")).split(",") if scope.strip()}
    missing = sorted({scope for scopes in METHODS.values() for scope in scopes} - has) if has else []
    if missing:
        todo = f"Add them under OAuth & Permissions at {WHERE} (manifest.json lists them all), and reinstall the app."
        return Check(name, False, f"{said.get('user')} in {said.get('team')}, without {', '.join(missing)}", todo)
    return Check(name, True, f"{said.get('user')} in {said.get('team')}")


def _app_token(settings: Settings) -> Check:
    name, token = "Slack app token", _given(settings.slack_app_token)
    if not token:
        return Check(name, True, "not set; needed by `serve` in Socket Mode only (SLACK_APP_TOKEN)")
    said = _call(settings, token, "apps.connections.open")
    if isinstance(said, str):
        todo = f"Make an app-level token with the scope connections:write under Basic Information at {WHERE}"
        return Check(name, False, said, todo)
    return Check(name, True, "may open connections")


def _call(settings: Settings, token: str, method: str) -> Any:
    """What Slack answers, or a short text that says why it does not."""
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError

    try:
        return WebClient(token=token, base_url=settings.slack_api_url, timeout=10).api_call(method)
    except SlackApiError as error:
        return f"Slack refuses it ({error.response.get('error', 'unknown')})"
    except (OSError, ValueError) as error:
        return f"Slack at {settings.slack_api_url} cannot be reached ({type(error).__name__})"


def _given(secret: SecretStr | None) -> str:
    return secret.get_secret_value().strip() if secret else ""
