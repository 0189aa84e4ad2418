"""Each person's share: how much one may have waiting, whose turn is next, and who has just been told something."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

TOLD_SECONDS = 60.0  # for so long nobody is told of a wait, or of a limit, a second time
COUNTED_SECONDS = 0.25
REMEMBERED = 10_000  # people
FULL = "I have {number} things of yours to answer already. Please ask again when those are answered."
ALL_FULL = "More is being asked at the moment than I can answer. Please ask again in some minutes."


@dataclass(frozen=True, slots=True)
class Limits:
    """How many events may wait: of one person, and of everybody."""

    each: int
    everybody: int

    def refusal(self, waiting: Mapping[str, int], user: str) -> str | None:
        """Why nothing more is taken from `user`, in one line; None when it is."""
        mine = waiting.get(user, 0)
        if mine >= self.each:
            return FULL.format(number=mine)
        return ALL_FULL if sum(waiting.values()) >= self.everybody else None


def ahead(waiting: Mapping[str, int], user: str) -> int:
    """How many events come before the last one of `user`, when everybody has their turn."""
    mine = waiting.get(user, 0)
    return sum(min(number, mine) for number in waiting.values()) - (1 if mine else 0)


@dataclass
class Counted:
    """How many events of each person wait, counted anew now and then, and with what came in since."""

    read: Callable[[], dict[str, int]]
    _at: float = 0.0
    _found: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def now(self) -> Mapping[str, int]:
        """As it was a moment ago."""
        with self._lock:
            if time.monotonic() - self._at > COUNTED_SECONDS:
                self._found, self._at = self.read(), time.monotonic()
            return dict(self._found)

    def add(self, user: str) -> None:
        """One more came in."""
        with self._lock:
            self._found[user] = self._found.get(user, 0) + 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose events wait: the oldest of them, and how many more are being worked on."""

    user: str
    oldest: int
    working: int = 0


@dataclass
class Turns:
    """Whose turn it is: of whom least is being worked on, then who has waited longest since the last turn."""

    _last: dict[str, int] = field(default_factory=dict)
    _number: int = 0
    _lock: Lock = field(default_factory=Lock)

    def next(self, waiting: Iterable[Waiting]) -> Waiting | None:
        """Whose event is taken now; None when nobody's waits."""
        with self._lock:
            chosen = min(waiting, key=lambda one: (one.working, self._last.get(one.user, 0), one.oldest), default=None)
            if chosen is not None:
                self._number += 1
                if len(self._last) >= REMEMBERED:
                    self._last.clear()
                self._last[chosen.user] = self._number
            return chosen


@dataclass
class Told:
    """Who has been told of a wait or a limit a moment ago, so that a hundred questions bring one note."""

    _until: dict[tuple[str, str], float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def first(self, user: str, of: str = "a wait") -> bool:
        """Whether `user` is to be told of a wait or of a limit; from now on, for a while, not again of the same."""
        now, key = time.monotonic(), (user, of)
        with self._lock:
            if self._until.get(key, 0.0) > now:
                return False
            if len(self._until) >= REMEMBERED:
                self._until.clear()
            self._until[key] = now + TOLD_SECONDS
            return True
