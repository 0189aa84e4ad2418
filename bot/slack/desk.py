"""The desk: the parts that the listeners and the workers share, chosen once in serve.py."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from bot.library import Library
from bot.settings import Settings
from bot.slack.admins import Admins
from bot.slack.client import Slack, SlackTrouble
from bot.slack.inbox import Event, Inbox
from bot.slack.shares import Counted, Limits, Told, ahead
from bot.slack.worker import Workers
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
    told: Told = field(default_factory=Told)
    counted: Counted = field(init=False)
    errands: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="errand"))

    def __post_init__(self) -> None:
        self.counted = Counted(self.inbox.waiting_of_each)

    def open_shelf(self) -> Library:
        """The index, once it is open; nothing is worked before."""
        if self.shelf is None:
            raise IndexMissing("I am just starting up. Please try again in a moment.")
        return self.shelf

    def receive(self, event: Event | None) -> str | None:
        """Write the event into the inbox, before it is acked; a sentence for the asker when there is a wait.

        An event that was received before does nothing. One that is more than the asker's share is not taken, and the
        asker told so once.
        """
        if event is None:
            return None
        refusal = self.counted.coming(event.user, self._limits())
        if refusal is not None:
            return None if self.inbox.has(event) else self._refused(event, refusal)
        if not self._put(event):
            return None
        return self._wait_note(ahead(self.counted.now(), event.user))

    def put(self, event: Event) -> bool:
        """Write an event into the inbox whatever is waiting there; False when it is there already."""
        self.counted.coming(event.user)
        return self._put(event)

    def tell_in_channel(self, event: Event, note: str, of: str = "a wait") -> None:
        """Tell the asker, and nobody else, of a wait or a limit; of each once in a while, and no answer waits for it."""
        if self.told.first(event.user, of):
            self.run(self._tell, event, note)

    def admit(self, user: str) -> None:
        """Raise Forbidden, with a sentence, for guests and strangers whom no setting allows. Raises Later when Slack is away."""
        if user not in self.admins.named:
            settings = self.settings
            self.admins.members.require(user, guests=settings.answer_guests, strangers=settings.answer_strangers)

    def run(self, errand: Callable[..., None], *arguments: object) -> None:
        """Do something beside everything else that nobody's ack waits for."""

        def guarded() -> None:
            try:
                errand(*arguments)
            except Exception:  # an errand's failure is in the log; nobody waits for it
                log.exception("errand_failed")

        self.errands.submit(guarded)

    def _put(self, event: Event) -> bool:
        new = False
        try:
            new = self.inbox.put(event)
        finally:
            self.counted.came(event.user, new=new)
        if new and self.pool is not None:
            self.pool.wake()
        return new

    def _limits(self) -> Limits:
        return Limits(self.settings.questions_per_user, self.settings.questions_per_workspace)

    def _refused(self, event: Event, refusal: str) -> str | None:
        log.warning("share_used_up", event_id=event.event, user=event.user)
        if event.kind == "slash":
            return refusal  # an ack tells it at no cost
        self.tell_in_channel(event, refusal, "a limit")
        return None

    def _tell(self, event: Event, note: str) -> None:
        thread = event.thread if event.thread != event.ts else None
        try:
            if event.channel is None:
                opened = self.slack.call("conversations.open", users=event.user, timeout=3)
                self.slack.call("chat.postMessage", channel=opened["channel"]["id"], text=note, timeout=3)
                return
            self.slack.call(
                "chat.postEphemeral", channel=event.channel, user=event.user, text=note, thread_ts=thread, timeout=3
            )
        except SlackTrouble as trouble:
            log.info("wait_not_told", event_id=event.event, trouble=str(trouble))

    def _wait_note(self, before: int) -> str | None:
        if self.pool is None or self.shelf is None:
            return "I am just starting up; your answer follows in a moment."
        seconds = self.pool.wait_behind(before)
        if seconds < TELL_AFTER_SECONDS:
            return None
        return f"There are other questions before yours; your answer follows in about {max(5, round(seconds))} seconds."


def audience_of(channel: str | None) -> Audience:
    """Who sees what is posted to a channel; a direct message is a private place and shows what everybody may see."""
    if not channel or channel.startswith("D"):
        return EVERYBODY
    return Audience(channel=channel)
