"""Each person's share: how much one may have waiting, whose turn is next, and who has just been told something."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

TOLD_SECONDS = 60.0  # for so long nobody is told of a wait, or of a limit, a second time
EACH_LATER, MOST_LATER = 1.0, 15.0  # seconds, for each further event that waits
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
    """How many events of each person wait: counted anew now and then, with those that are being written down just now."""

    read: Callable[[], dict[str, int]]
    _at: float = 0.0
    _found: dict[str, int] = field(default_factory=dict)
    _coming: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def now(self) -> Mapping[str, int]:
        """As it was a moment ago."""
        with self._lock:
            return self._now()

    def coming(self, user: str, limits: Limits | None = None) -> str | None:
        """Count one more, to be confirmed by `came`; with limits, where that is too many, nothing is counted and the reason told.

        Looking and counting are one step: a dozen events that arrive at the same moment each see those before them.
        """
        with self._lock:
            refusal = limits.refusal(self._now(), user) if limits else None
            if refusal is None:
                self._coming[user] = self._coming.get(user, 0) + 1
            return refusal

    def came(self, user: str, *, new: bool) -> None:
        """What `coming` counted is written down; or, not being new, was there before."""
        with self._lock:
            self._coming[user] -= 1
            if not self._coming[user]:
                del self._coming[user]
            if new:
                self._found[user] = self._found.get(user, 0) + 1

    def _now(self) -> dict[str, int]:
        if time.monotonic() - self._at > COUNTED_SECONDS:
            self._found, self._at = self.read(), time.monotonic()
        users = self._found.keys() | self._coming.keys()
        return {user: self._found.get(user, 0) + self._coming.get(user, 0) for user in users}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose events wait: the oldest of them, and how many more are being worked on."""

    user: str
    oldest: int
    working: int = 0
    number: int = 1  # of their events that wait
    since: float = 0.0  # when the oldest of them came


@dataclass
class Turns:
    """Whose turn it is: of whom least is being worked on, then who has had none since their oldest event came, then who came first.

    Whoever has many events waiting counts as having come later by some seconds, so that one question is not behind a
    round of all those who sent a dozen, and these wait no longer than that.
    """

    _last: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def next(self, waiting: Iterable[Waiting]) -> Waiting | None:
        """Whose event is taken now; None when nobody's waits."""
        with self._lock:
            chosen = min(waiting, key=self._place, default=None)
            if chosen is not None:
                if len(self._last) >= REMEMBERED:
                    self._last.clear()
                self._last[chosen.user] = time.time()
            return chosen

    def _place(self, one: Waiting) -> tuple[int, float, float, int]:
        last = self._last.get(one.user, 0.0)
        later = min(EACH_LATER * (one.number - 1), MOST_LATER)
        return one.working, last if last > one.since else 0.0, one.since + later, one.oldest


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
