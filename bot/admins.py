"""Who may add, mend and remove: the workspace's admins and owners, and whom ADMIN_USERS names."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import structlog

from bot.slack import Slack, SlackTrouble
from retrieval.errors import Forbidden
from retrieval.records import Records

KEPT_SECONDS = 180.0  # how long what Slack said about somebody is relied on
ASK_SECONDS = 2
REFUSAL = "That is for admins of this workspace only. Ask one of them; they can do it right here in Slack."
log = structlog.get_logger()


@dataclass
class Admins:
    """Asks Slack who is an admin, and remembers it for minutes, not for days."""

    slack: Slack
    records: Records
    named: frozenset[str]
    team: str = ""  # the workspace that the bot is in
    _known: dict[str, tuple[float, bool]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_admin(self, user: str) -> bool:
        """Whether the person is one; when Slack cannot be asked, nobody is who is not named in the settings."""
        if user in self.named:
            return True
        with self._lock:
            at, known = self._known.get(user, (0.0, False))
        if time.monotonic() - at < KEPT_SECONDS and at:
            return known
        try:
            found = self.slack.call("users.info", user=user, timeout=ASK_SECONDS).get("user") or {}
        except SlackTrouble as trouble:
            log.warning("admin_unknown", trouble=str(trouble))
            return False
        flags = ("is_admin", "is_owner", "is_primary_owner")
        allowed = self._ours(found) and not found.get("deleted") and any(found.get(flag) is True for flag in flags)
        with self._lock:
            self._known[user] = (time.monotonic(), allowed)
        return allowed

    def _ours(self, found: Mapping[str, Any]) -> bool:
        """Whether somebody belongs to this workspace: in a channel shared with another one its admins come as admins too."""
        if found.get("is_stranger"):
            return False
        teams = {found.get("team_id") or self.team, *(found.get("enterprise_user") or {}).get("teams", ())}
        return self.team in teams

    def require(self, user: str, what: str, place: str | None = None) -> None:
        """Raise Forbidden, with one friendly sentence, for whoever is no admin; the attempt goes into the log."""
        if not self.is_admin(user):
            self.records.audit(user, f"refused: {what}", place=place)
            raise Forbidden(REFUSAL)
