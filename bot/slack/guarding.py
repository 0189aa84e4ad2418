"""No event is left without an answer: what goes wrong while one is made becomes a sentence for whoever asked."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.library import Library
from bot.slack.client import SlackTrouble
from bot.slack.desk import Desk
from bot.slack.inbox import Event
from bot.slack.jobs import JobRunning
from bot.slack.messages import answers
from bot.slack.messages.kit import Message
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
        return answers.note(str(error))
    except SlackTrouble:
        raise
    except Exception:
        log.exception("answer_failed", event_id=event.event)
        return answers.note(SORRY.format(event=event.event))
