"""Who may add, mend and remove: the workspace's admins and owners, and whom ADMIN_USERS names."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.slack.client import SlackTrouble
from bot.slack.members import Members
from retrieval.errors import Forbidden
from retrieval.records import Records

REFUSAL = "That is for admins of this workspace only. Ask one of them; they can do it right here in Slack."
log = structlog.get_logger()


@dataclass
class Admins:
    """The people who may change what everybody is answered from."""

    members: Members
    records: Records
    named: frozenset[str]

    def is_admin(self, user: str) -> bool:
        """Whether the person is one; when Slack cannot be asked, nobody is who is not named in the settings."""
        if user in self.named:
            return True
        try:
            return self.members.standing(user).admin
        except SlackTrouble as trouble:
            log.warning("admin_unknown", trouble=str(trouble))
            return False

    def require(self, user: str, what: str, place: str | None = None) -> None:
        """Raise Forbidden, with one friendly sentence, for whoever is no admin; the attempt goes into the log."""
        if not self.is_admin(user):
            self.records.audit(user, f"refused: {what}", place=place)
            raise Forbidden(REFUSAL)
