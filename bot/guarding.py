"""No event is left without an answer: what goes wrong while one is made becomes a sentence for whoever asked."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot import blocks
from bot.desk import Desk
from bot.inbox import Event
from bot.jobs import JobRunning
from bot.kit import Message
from bot.library import Library
from bot.slack import SlackTrouble
from retrieval.errors import NatoQuotesError

# What reading a payload comes to that is not of the shape that Slack sends.
MALFORMED = (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError)
SORRY = "Something went wrong on my side, and it is in the log as {event}. Please ask again, or tell an admin."
log = structlog.get_logger()


def guarded(desk: Desk, event: Event, make: Callable[[Library], Message]) -> Message:
    """What `make` gives, or the reason why there is nothing; only Slack's troubles and waiting jobs pass through."""
    shelf = desk.open_shelf()
    try:
        return make(shelf)
    except JobRunning:
        raise
    except NatoQuotesError as error:
        log.warning("not_answered", event_id=event.event, error=str(error))
        return blocks.note(str(error))
    except SlackTrouble:
        raise
    except Exception:
        log.exception("answer_failed", event_id=event.event)
        return blocks.note(SORRY.format(event=event.event))
