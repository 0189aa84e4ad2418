"""How long one document may be read: looked at wherever reading goes on to the next piece of it, so that no document holds up the others."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from retrieval.errors import Overran

_LEAST = 60.0  # seconds
_CHARACTERS_A_SECOND = 2_000  # a fifth of what one slow core reads
_end: ContextVar[tuple[float, str]] = ContextVar("end", default=(math.inf, ""))


def allowed(characters: int) -> float:
    """The seconds that a text of this length may be read."""
    return _LEAST + characters / _CHARACTERS_A_SECOND


@contextmanager
def bounded(name: str, seconds: float) -> Iterator[None]:
    """Within it `go_on` raises Overran when more than these seconds have passed."""
    token = _end.set((time.monotonic() + seconds, name))
    try:
        yield
    finally:
        _end.reset(token)


def go_on() -> None:
    """Raise Overran, with what to do, where the time for the document is over; nothing outside of `bounded`."""
    end, name = _end.get()
    if time.monotonic() > end:
        raise Overran(f"{name} takes too long to read; split it into parts, and report it if it is not long.")
