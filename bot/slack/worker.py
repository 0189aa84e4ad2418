"""A bounded pool of threads that works off the inbox."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Thread

import structlog

from bot.slack.inbox import Event, Inbox

IDLE_SECONDS = 0.5  # how often to look for what another process put in or left behind
SWEEP_SECONDS = 2.0
GIVE_WAY_SECONDS = 0.5
log = structlog.get_logger()


class Workers:
    """`size` threads, each taking one event after the other."""

    def __init__(self, inbox: Inbox, work: Callable[[Event], None], size: int) -> None:
        self._inbox, self._work, self._size = inbox, work, size
        self._changed = Condition()
        self._stopping = False
        self._threads: list[Thread] = []
        self._swept_at = 0.0
        self._seconds_each = 0.1  # a running mean

    @property
    def running(self) -> bool:
        """Whether events are being worked."""
        return bool(self._threads) and not self._stopping

    def start(self) -> None:
        """Start working, first of all on what a process that died had in its hands."""
        self._inbox.free_the_dead()
        for number in range(self._size):
            thread = Thread(target=self._run, name=f"worker-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Say that something was put into the inbox."""
        with self._changed:
            self._changed.notify()

    def wait_behind(self, number: int) -> float:
        """About how many seconds an event waits that has `number` before it."""
        return max(0, number + 1 - self._size) * self._seconds_each / self._size

    def stop(self, seconds: float) -> bool:
        """Take nothing more and let what runs finish; False when something still runs after `seconds`."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while not self._stopping:
            try:
                worked = self._one()
            except Exception:  # a worker outlives whatever one event does to it
                log.exception("work_failed")
                worked = False
            if not worked:
                self._rest()

    def _one(self) -> bool:
        if time.monotonic() - self._swept_at > SWEEP_SECONDS:
            self._swept_at = time.monotonic()
            self._inbox.free_the_dead()
        self._give_way()
        event = self._inbox.take()
        if event is None:
            return False
        began = time.monotonic()
        self._work(event)
        self._seconds_each = 0.5 * self._seconds_each + 0.5 * (time.monotonic() - began)
        return True

    def _give_way(self) -> None:
        """Let what is coming in be written down first, for a moment."""
        until = time.monotonic() + GIVE_WAY_SECONDS
        while self._inbox.slips.crowded() and time.monotonic() < until and not self._stopping:
            time.sleep(0.02)

    def _rest(self) -> None:
        with self._changed:
            if not self._stopping:
                self._changed.wait(IDLE_SECONDS)
