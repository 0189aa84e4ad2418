"""Who somebody is in the workspace, as Slack says it: a member, an admin, a guest, or a stranger of a shared channel."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import structlog

from bot.slack.client import Refused, Slack
from retrieval.errors import Forbidden

KEPT_SECONDS = 25.0  # how long what Slack said about somebody is relied on: who is demoted acts no more within 30
ASK_SECONDS = 2
REMEMBERED = 10_000  # people
GUEST = (
    "I answer full members of this workspace only, and you are a guest in it. Ask the member who invited you, or an admin"
    " to change that."
)
STRANGER = "I answer members of this workspace only. Ask somebody of it for the quote you need."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Membership:
    """What somebody is here. Who is gone, or unknown to Slack, is a stranger."""

    admin: bool = False
    guest: bool = False
    stranger: bool = False


@dataclass
class Members:
    """Asks Slack who somebody is, and remembers it for seconds, not for days."""

    slack: Slack
    team: str = ""  # the workspace that the bot is in
    _known: dict[str, tuple[float, Membership]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def standing(self, user: str) -> Membership:
        """What somebody is. Raises Later when Slack cannot be asked."""
        with self._lock:
            at, known = self._known.get(user, (0.0, None))
        if known is not None and time.monotonic() - at < KEPT_SECONDS:
            return known
        try:
            found = self.slack.call("users.info", user=user, timeout=ASK_SECONDS).get("user") or {}
            standing = standing_of(found, self.team)
        except Refused as refused:  # of another workspace, and not visible from here
            log.info("member_unknown", code=refused.code)
            standing = Membership(stranger=True)
        with self._lock:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[user] = (time.monotonic(), standing)
        return standing

    def require(self, user: str, *, guests: bool, strangers: bool) -> None:
        """Raise Forbidden, with one friendly sentence, for whom a setting does not allow."""
        if guests and strangers:
            return
        standing = self.standing(user)
        if standing.stranger and not strangers:
            raise Forbidden(STRANGER)
        if standing.guest and not guests:
            raise Forbidden(GUEST)


def standing_of(found: Mapping[str, Any], team: str) -> Membership:
    """What Slack's account of somebody says (pure)."""
    if found.get("deleted") or not _ours(found, team):
        return Membership(stranger=True)
    if found.get("is_restricted") or found.get("is_ultra_restricted"):
        return Membership(guest=True)
    return Membership(admin=any(found.get(flag) is True for flag in ("is_admin", "is_owner", "is_primary_owner")))


def _ours(found: Mapping[str, Any], team: str) -> bool:
    """Whether somebody belongs to this workspace: in a channel shared with another one its admins come as admins too."""
    if found.get("is_stranger"):
        return False
    teams = {found.get("team_id") or team, *(found.get("enterprise_user") or {}).get("teams", ())}
    return team in teams
