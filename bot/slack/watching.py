"""Looks at what comes into the index for what people watch for, and puts the news of it into the inbox."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Event as Flag
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot.slack.inbox import Event
from bot.slack.payloads import digest
from bot.slack.watches import Watch, Watches, key_of
from retrieval.display import display
from retrieval.errors import NatoQuotesError
from retrieval.model import ADMIN, EVERYBODY, Audience, Document

if TYPE_CHECKING:
    from bot.library import Library
    from bot.slack.desk import Desk

LOOK_SECONDS = 1.0
log = structlog.get_logger()


def keep_watching(desk: Desk, shelf: Library, stop: Flag) -> None:
    """Look whenever the index has changed, and for digests that are due, until told to stop."""
    seen = (-1, -1)
    while not stop.is_set():
        try:
            now = shelf.catalog.generation()
            if now != seen:
                look(desk, shelf)
                seen = now
            send(desk)
        except NatoQuotesError as error:  # the index is being made anew: it is looked at when that is done
            log.info("not_watching", reason=str(error))
        except Exception:  # a locked disk: the next round tries again
            log.exception("watching_failed")
        stop.wait(LOOK_SECONDS)


def look(desk: Desk, shelf: Library) -> None:
    """Note what new documents say that somebody watches for."""
    watches = Watches(desk.records)
    fresh = watches.unseen(shelf.documents(ADMIN))
    if fresh:
        watches.looked_at(fresh, [found for watch in watches.active() for found in matching(shelf, watch, fresh)])


def matching(shelf: Library, watch: Watch, documents: Sequence[Document]) -> Iterator[tuple[int, str, str, str]]:
    """The statements of these documents that fit a watch, as far as its place may see them."""
    audience = audience_of(watch)
    seen = [d for d in documents if audience.may_see(d.channels)]
    on_topic = shelf.quotes_on(watch.speakers, watch.topic, audience) if seen and watch.topic else None
    for document in seen:
        for quote in shelf.catalog.quotes_of(document.id):
            words = display(document.text, quote.fragments)
            if watch.fits(quote, words) and (on_topic is None or quote.id in on_topic):
                yield watch.id, key_of(quote, words), quote.id, document.id


def send(desk: Desk) -> None:
    """Put what is due into the inbox; what is there already does nothing there."""
    watches, zone = Watches(desk.records), ZoneInfo(desk.settings.time_zone)
    active = {watch.id: watch for watch in watches.active()}
    for watch in active.values():
        if watches.waits(watch) and watch.is_due(time.time(), zone):
            watches.gather(watch, digest(str(watch.id), str(time.time_ns())))
    for number, batch in watches.untold():
        if watch_ := active.get(number):
            desk.put(news(watch_, batch))


def news(watch: Watch, batch: str) -> Event:
    """The event by which a batch is told, once."""
    extra = {"watch": watch.id, "batch": batch}
    return Event(f"watch:{batch}", "watch_news", watch.user, channel=watch.channel, extra=extra)


def audience_of(watch: Watch) -> Audience:
    """Who sees what a watch tells."""
    return Audience(channel=watch.channel) if watch.channel else EVERYBODY
