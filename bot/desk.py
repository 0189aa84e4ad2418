"""The desk: the parts that the listeners and the workers share, chosen once in serve.py."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from bot.admins import Admins
from bot.inbox import Event, Inbox
from bot.library import Library
from bot.settings import Settings
from bot.slack import Slack, SlackTrouble
from bot.worker import Workers
from retrieval.errors import IndexMissing
from retrieval.model import EVERYBODY, Audience
from retrieval.records import Records

TELL_AFTER_SECONDS = 3.0  # a wait longer than this is told to the asker at once
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in this workspace, as auth.test says."""

    user: str
    bot: str
    team: str
    url: str = ""


@dataclass
class Desk:
    """What a listener needs: somewhere to put what was asked, and the parts that answer."""

    settings: Settings
    slack: Slack
    me: Me
    records: Records
    inbox: Inbox
    admins: Admins
    shelf: Library | None = None  # None while the index is being opened
    pool: Workers | None = None
    errands: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="errand"))

    def open_shelf(self) -> Library:
        """The index, once it is open; nothing is worked before."""
        if self.shelf is None:
            raise IndexMissing("I am just starting up. Please try again in a moment.")
        return self.shelf

    def receive(self, event: Event | None) -> str | None:
        """Write the event into the inbox, before it is acked; a sentence for the asker when there is a wait.

        An event that was received before does nothing.
        """
        if event is None or not self.inbox.put(event):
            return None
        if self.pool is not None:
            self.pool.wake()
        return self._wait_note()

    def tell_in_channel(self, event: Event, note: str) -> None:
        """Tell the asker, and nobody else, that there is a wait; a courtesy that no answer waits for."""
        self.run(self._tell, event, note)

    def run(self, errand: Callable[..., None], *arguments: object) -> None:
        """Do something beside everything else that nobody's ack waits for."""

        def guarded() -> None:
            try:
                errand(*arguments)
            except Exception:  # an errand's failure is in the log; nobody waits for it
                log.exception("errand_failed")

        self.errands.submit(guarded)

    def _tell(self, event: Event, note: str) -> None:
        thread = event.thread if event.thread != event.ts else None
        try:
            self.slack.call(
                "chat.postEphemeral", channel=event.channel, user=event.user, text=note, thread_ts=thread, timeout=3
            )
        except SlackTrouble as trouble:
            log.info("wait_not_told", event_id=event.event, trouble=str(trouble))

    def _wait_note(self) -> str | None:
        if self.pool is None or self.shelf is None:
            return "I am just starting up; your answer follows in a moment."
        seconds = self.pool.wait_ahead()
        if seconds < TELL_AFTER_SECONDS:
            return None
        return f"There are other questions before yours; your answer follows in about {max(5, round(seconds))} seconds."


def audience_of(channel: str | None) -> Audience:
    """Who sees what is posted to a channel; a direct message is a private place and shows what everybody may see."""
    if not channel or channel.startswith("D"):
        return EVERYBODY
    return Audience(channel=channel)
