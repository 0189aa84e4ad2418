"""Logging: structured lines on stderr; stdout belongs to the answer."""

from __future__ import annotations

import logging
import sys


def set_up_plain_logging(level: str = "warning") -> int:
    """Send the log lines of `level` and above of what is not Slack to stderr; gives the level's number."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(
        level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    return number


def set_up_logging(level: str = "warning") -> None:
    """Send structlog's log lines too, as `key=value` lines."""
    import structlog  # a tenth of a second that only the bot needs

    number = set_up_plain_logging(level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event")),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
