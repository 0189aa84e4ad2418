"""The one way out to Slack: every call that the bot makes, with Slack's failures told apart.

Nothing retries here, since a retried post may post twice: an event that could not be answered goes back to the inbox.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from bot.slack.harmless import harmless

if TYPE_CHECKING:
    from slack_sdk import WebClient

# Every Web API method that the bot calls, and the scopes it needs. manifest.json asks for these and no others.
METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "apps.connections.open": (),  # the app token's own scope, connections:write
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "views.open": (),
    "views.update": (),
    "views.publish": (),
    "users.info": ("users:read",),
    "files.info": ("files:read",),
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
}
# Slack takes JSON only for methods that write; the arguments of these go as a form.
READS = frozenset(
    {"apps.connections.open", "conversations.replies", "conversations.history", "users.info", "files.info"}
)
TOKEN_ERRORS = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
PASSING_ERRORS = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"}
)
CALL_SECONDS = 10
ASSISTANT_SECONDS = 2


class SlackTrouble(Exception):
    """Base: a call to Slack did not succeed."""


class Later(SlackTrouble):
    """Slack is busy or out of reach; the same call may succeed after `seconds` (None: nobody said when).

    `perhaps_done` is True when the call may have taken effect all the same.
    """

    def __init__(self, what: str, *, seconds: float | None = None, perhaps_done: bool) -> None:
        super().__init__(what)
        self.seconds = seconds
        self.perhaps_done = perhaps_done


class TokenRefused(Later):
    """Slack does not take the token (any more)."""

    def __init__(self, code: str) -> None:
        super().__init__(code, seconds=5.0, perhaps_done=False)
        self.code = code


class Refused(SlackTrouble):
    """Slack understood the call and will not do it; `code` is Slack's word for why."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code


@dataclass
class Slack:
    """Calls to Slack's Web API and to response URLs. Safe to use from several threads."""

    base_url: str
    token: str
    fresh_token: Callable[[], str | None] = lambda: None  # reads the settings again: a token may be rotated at any time
    _paused: dict[tuple[str, str], float] = field(default_factory=dict)
    _unknown: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def client(self, timeout: int = CALL_SECONDS, token: str | None = None) -> WebClient:
        """A plain client that does not retry by itself."""
        from slack_sdk import WebClient

        return WebClient(token=token or self.token, base_url=self.base_url, timeout=timeout, retry_handlers=[])

    def call(
        self, method: str, *, timeout: int = CALL_SECONDS, token: str | None = None, **args: Any
    ) -> dict[str, Any]:
        """Call one method of METHODS; raises Later, TokenRefused or Refused."""
        if method not in METHODS:
            raise KeyError(method)
        self._hold_back(method, args)
        given = harmless({name: value for name, value in args.items() if value is not None})
        from slack_sdk.errors import SlackApiError

        try:
            client = self.client(timeout, token)
            response = client.api_call(method, params=given) if method in READS else client.api_call(method, json=given)
        except SlackApiError as error:
            raise self._translated(method, args, error) from error
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise Later(f"{method}: {error}", perhaps_done=not _never_left(error)) from error
        return dict(response.data) if isinstance(response.data, dict) else {}

    def assist(self, method: str, **args: Any) -> bool:
        """An `assistant.*` call, which is a courtesy: False when it could not be made, and no answer waits for it."""
        if method in self._unknown:
            return False
        try:
            self.call(method, timeout=ASSISTANT_SECONDS, **args)
        except Refused as error:
            if error.code in ("unknown_method", "method_deprecated", "missing_scope", "not_allowed_token_type"):
                self._unknown.add(method)
            return False
        except Later:
            return False
        return True

    def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """Post to a response URL; raises Refused("…", "expired_url") when Slack takes no more there."""
        from slack_sdk.webhook import WebhookClient

        try:
            response = WebhookClient(url, timeout=CALL_SECONDS, retry_handlers=[]).send_dict(harmless(dict(message)))
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise Later(f"response_url: {error}", perhaps_done=not _never_left(error)) from error
        if response.status_code == 429:
            raise Later("response_url: 429", seconds=_seconds(response.headers), perhaps_done=False)
        if response.status_code >= 500:
            raise Later(f"response_url: {response.status_code}", perhaps_done=True)
        if response.status_code != 200 or _says_no(response.body):
            raise Refused("response_url", "expired_url")

    def _hold_back(self, method: str, args: Mapping[str, Any]) -> None:
        """Raise Later while Slack's last Retry-After for this method and channel is running."""
        with self._lock:
            wait = self._paused.get((method, str(args.get("channel"))), 0.0) - time.monotonic()
        if wait > 0:
            raise Later(f"{method}: waiting as Slack asked", seconds=wait, perhaps_done=False)

    def _translated(self, method: str, args: Mapping[str, Any], error: Any) -> SlackTrouble:
        status, data = int(error.response.status_code), error.response.data
        code = str(data.get("error", "")) if isinstance(data, dict) else ""
        if status == 429 or code in ("ratelimited", "rate_limited"):
            seconds = _seconds(error.response.headers)
            with self._lock:
                self._paused[method, str(args.get("channel"))] = time.monotonic() + seconds
            return Later(f"{method}: ratelimited", seconds=seconds, perhaps_done=False)
        if code in TOKEN_ERRORS:
            self.token = self.fresh_token() or self.token
            return TokenRefused(code)
        if status >= 500 or code in PASSING_ERRORS or code.startswith("Received a response in a non-JSON"):
            return Later(f"{method}: {status} {code}", perhaps_done=True)
        return Refused(method, code or str(status))


def _seconds(headers: Mapping[str, Any]) -> float:
    """What Retry-After says, with some grace for values that are none."""
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), "1")
    value = value[0] if isinstance(value, list) else value
    try:
        return min(max(float(value), 0.1), 3600.0)
    except ValueError:
        return 1.0


def _says_no(body: str | None) -> bool:
    """Whether a response URL's 200 carries `{"ok": false}`."""
    try:
        said = json.loads(body or "")
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("ok") is False


def _never_left(error: Exception) -> bool:
    """Whether the call failed before Slack can have seen it."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError)
